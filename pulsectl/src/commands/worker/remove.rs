//! `worker remove`.

use clap::Args;
use pulse_api::http::workers::WorkerView;

use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::references,
    error::{Exit, Failure, Kind},
};

/// Remove workers and revoke their credentials
///
/// Refused while steps run on them, unless --force is given.
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Names or ids
    #[arg(required = true, value_name = "WORKER")]
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
            let removed = match self.is_idle(&client, name).await {
                Ok(()) => client.send(&call).await.map(drop),
                Err(failure) => Err(failure),
            };
            match removed {
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

    /// Refuses while steps run, unless `--force` was given.
    async fn is_idle(&self, client: &Client, name: &str) -> Result<(), Failure> {
        if self.force {
            return Ok(());
        }
        let worker: WorkerView = client.get(&format!("/workers/{}", segment(name))).await?;
        if worker.jobs_running == 0 {
            return Ok(());
        }
        Err(Failure::new(
            Kind::Conflict,
            format!("{} steps run on {name}", worker.jobs_running),
        )
        .hint(format!(
            "`pulsectl worker drain {name} --wait` first, or --force"
        )))
    }
}
