//! `worker remove`.

use clap::Args;
use pulse_api::http::workers::WorkerView;

use super::show;
use crate::{
    app::App,
    client::{Call, Client, segment},
    error::{Exit, Failure, Kind},
};

/// Remove workers and revoke their credentials
///
/// Refused while steps run on them, unless --force is given. On a terminal the name of the worker
/// has to be typed, or the number of several; --yes does without.
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
        let (found, mut failures) = self.found(&client).await?;
        confirm(app, &found)?;
        for worker in &found {
            let name = &worker.name;
            match self.remove(&client, worker).await {
                Ok(()) => {
                    let done = serde_json::json!({"name": name, "removed": true});
                    let line = format!("worker/{name} removed");
                    app.ui.done(("worker", name), &done, line)?;
                }
                Err(failure) if self.workers.len() == 1 => return Err(failure),
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

    /// The workers that are meant, and what is said of those that are none.
    async fn found(&self, client: &Client) -> Result<(Vec<WorkerView>, Vec<String>), Failure> {
        let (mut found, mut failures) = (Vec::new(), Vec::new());
        for given in &self.workers {
            match show::one(client, given).await {
                Ok(worker) => found.push(worker),
                Err(failure) if self.workers.len() == 1 || failure.kind != Kind::NotFound => {
                    return Err(failure);
                }
                Err(failure) => failures.push(format!("{given}: {failure}")),
            }
        }
        if found.is_empty() {
            return Err(Failure::not_found("none of these workers is there").details(failures));
        }
        Ok((found, failures))
    }

    async fn remove(&self, client: &Client, worker: &WorkerView) -> Result<(), Failure> {
        let call = Call::delete(&format!("/workers/{}", segment(&worker.id.to_string())));
        let call = if self.force {
            call
        } else {
            call.query("only_idle", "true")
        };
        client.send(&call).await.map(drop)
    }
}

/// Has the name of the one worker typed, or the number of several.
fn confirm(app: &App, found: &[WorkerView]) -> Result<(), Failure> {
    let names: Vec<&str> = found.iter().map(|worker| worker.name.as_str()).collect();
    let (expected, what) = match names.as_slice() {
        [name] => ((*name).to_owned(), "its name"),
        several => (several.len().to_string(), "how many they are"),
    };
    let all = names.join(", ");
    app.confirm_typed(
        &format!("remove {all} and revoke the credential"),
        (what, &expected),
    )
}
