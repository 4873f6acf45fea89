//! `worker remove`.

use clap::Args;

use crate::{
    app::App,
    client::{Call, segment},
    commands::references,
    error::{Exit, Failure, Kind},
};

/// Remove workers and revoke their credentials
///
/// Refused while steps run on them, unless --force is given.
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Names or ids
    #[arg(value_parser = crate::names::given("worker"), required = true, value_name = "WORKER")]
    workers: Vec<String>,
    /// Even while steps run
    #[arg(long)]
    force: bool,
}

impl Remove {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        app.confirm(
            &format!(
                "remove {} and revoke the credential",
                self.workers.join(", ")
            ),
            "--yes",
        )?;
        let mut failures = Vec::new();
        for name in &self.workers {
            let call = Call::delete(&format!("/workers/{}", segment(name)));
            let call = if self.force {
                call
            } else {
                call.query("only_idle", "true")
            };
            match client.send(&call).await.map(drop) {
                Ok(()) => {
                    let done = serde_json::json!({"name": name, "removed": true});
                    app.ui
                        .changed(name, &done, format!("worker/{name} removed"))?;
                }
                Err(failure) if self.workers.len() == 1 => {
                    return Err(references::suggest_worker(&client, name, failure).await);
                }
                Err(failure) => failures.push(format!("{name}: {failure}")),
            }
        }
        if failures.is_empty() {
            return Ok(Exit::OK);
        }
        let kind = if failures.len() == self.workers.len() {
            Kind::Failed
        } else {
            Kind::Partial
        };
        Err(Failure::new(kind, "not every worker was removed").details(failures))
    }
}
