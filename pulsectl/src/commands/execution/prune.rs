//! `execution prune`.

use std::time::Duration;

use clap::Args;
use pulse_api::http::executions::{PruneExecutions, PrunedExecutions};

use crate::{
    app::App,
    client::{Call, Client},
    duration,
    error::{Exit, Failure},
    follow::plural,
};

/// Remove executions that ended long ago, with everything they wrote
///
/// Those that are open stay, and so do those that an open one was started from. The audit trail
/// stays whole. Without this the server removes what is older than its retention.executions_days.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution prune --older-than 30d --dry-run
  pulsectl execution prune --older-than 7d --workflow nightly-check --yes")]
pub(crate) struct Prune {
    /// How long ago they must have ended
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    older_than: Duration,
    /// Only those of this workflow
    #[arg(long, value_parser = crate::names::given("workflow"))]
    workflow: Option<String>,
    /// Only say how many
    #[arg(long)]
    dry_run: bool,
}

impl Prune {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let mut wish = PruneExecutions {
            older_than_seconds: self.older_than.as_secs(),
            workflow: self.workflow,
            dry_run: true,
        };
        let mut all = ask(&client, &wish).await?;
        if self.dry_run || all.removed == 0 {
            let line = format!("{}{} would be removed", count(&all), numbers(&all));
            app.ui
                .done(("executions", &all.removed.to_string()), &all, line)?;
            return Ok(Exit::OK);
        }
        let question = format!("remove {}{} for good", count(&all), numbers(&all));
        app.confirm(&question, "--yes")?;
        wish.dry_run = false;
        all = ask(&client, &wish).await?;
        while all.more {
            let next = ask(&client, &wish).await.map_err(|failure| {
                let before = format!("{}{} removed before that", count(&all), numbers(&all));
                failure.details(vec![before])
            })?;
            if next.removed > 0 {
                let removed = all.removed + next.removed;
                app.ui.say(format!("{removed} removed so far"));
            }
            all = PrunedExecutions {
                removed: all.removed + next.removed,
                first: all.first.into_iter().chain(next.first).min(),
                last: all.last.max(next.last),
                more: next.more,
            };
        }
        let line = format!("{}{} removed", count(&all), numbers(&all));
        app.ui
            .done(("executions", &all.removed.to_string()), &all, line)?;
        Ok(Exit::OK)
    }
}

async fn ask(client: &Client, wish: &PruneExecutions) -> Result<PrunedExecutions, Failure> {
    client
        .json(Call::post("/executions/prune").json(wish)?)
        .await
}

fn count(pruned: &PrunedExecutions) -> String {
    plural(
        usize::try_from(pruned.removed).unwrap_or(usize::MAX),
        "execution",
    )
}

/// ` (#4 to #97)`.
fn numbers(pruned: &PrunedExecutions) -> String {
    match (pruned.first, pruned.last) {
        (Some(first), Some(last)) if first == last => format!(" (#{first})"),
        (Some(first), Some(last)) => format!(" (#{first} to #{last})"),
        (Some(_) | None, _) => String::new(),
    }
}
