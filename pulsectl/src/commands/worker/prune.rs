//! `worker prune`.

use std::time::Duration;

use clap::Args;
use pulse_api::http::workers::{CleanUpWorkers, CleanedUp, WorkerView};

use crate::{
    app::App,
    client::Call,
    duration,
    error::{Exit, Failure},
    follow,
};

/// Clean up workers that have been offline for long
///
/// They are taken off the list. One that comes back registers again and is the same worker; to
/// lock a host out, use `worker remove`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker prune --offline-for 7d --dry-run
  pulsectl worker prune --offline-for 24h --yes")]
pub(crate) struct Prune {
    /// For how long they must have been silent
    #[arg(long, value_name = "DURATION", value_parser = duration::parse, default_value = "24h")]
    offline_for: Duration,
    /// Only show which ones
    #[arg(long)]
    dry_run: bool,
}

impl Prune {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let seconds = self.offline_for.as_secs();
        let call = Call::get("/workers")
            .query("status", "offline")
            .query("stale_for", seconds.to_string());
        let found: Vec<WorkerView> = client.list(call, None).await?;
        if self.dry_run || found.is_empty() {
            app.ui.list(&found)?;
            return Ok(Exit::OK);
        }
        let count = follow::plural(found.len(), "worker");
        app.confirm(&format!("clean up {count}"), "--yes")?;
        let wish = CleanUpWorkers {
            offline_for_seconds: Some(seconds),
        };
        let cleaned: CleanedUp = client
            .json(Call::post("/workers/cleanup").json(&wish)?)
            .await?;
        // One with open jobs stays, and one that fell silent just now may have come along.
        for id in &cleaned.deleted {
            let known = found.iter().find(|worker| worker.id == *id);
            let name = known.map_or_else(|| id.to_string(), |worker| worker.name.clone());
            let done = serde_json::json!({"id": id, "name": name, "deleted": true});
            let line = format!("worker/{name} cleaned up");
            app.ui.done(("worker", &name), &done, line)?;
        }
        Ok(Exit::OK)
    }
}
