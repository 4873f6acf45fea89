//! `version`.

use clap::Args;
use serde_json::json;

use crate::{
    app::App,
    error::{Exit, Failure},
};

/// Print the version of pulsectl
#[derive(Debug, Args)]
pub(crate) struct Version {}

impl Version {
    #[expect(clippy::unused_self, reason = "every command runs alike")]
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        let version = env!("CARGO_PKG_VERSION");
        let all = json!({"version": version, "protocol": pulse_api::PROTOCOL});
        app.ui
            .done(("version", version), &all, format!("pulsectl {version}"))?;
        Ok(Exit::OK)
    }
}
