//! Restarts that the server asks for.

use pulse_api::frames::{FromAgent, Restart, RestartRefused};

use super::relay::{Outcome, Relay};
use crate::program;

impl Relay<'_> {
    /// Leaves its place to the installed program, unless that would leave the host without an agent.
    pub(super) async fn restart(&mut self, restart: Restart) -> Option<Outcome> {
        let config = self.options.origin.file.clone();
        let tried = move || program::is_sound(config.as_deref());
        match tokio::task::spawn_blocking(tried).await {
            Ok(Ok(())) => Some(Outcome::Restart(restart)),
            Ok(Err(error)) => {
                let cause = std::error::Error::source(&error);
                let cause = cause.map_or(String::new(), |cause| format!(": {cause}"));
                let detail = format!("{error}{cause}");
                tracing::error!(reason = detail, "not restarted");
                self.uplink
                    .send(&FromAgent::RestartRefused(RestartRefused { detail }));
                None
            }
            // The runtime is ending, and this process with it.
            Err(_) => None,
        }
    }
}
