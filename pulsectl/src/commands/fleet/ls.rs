//! `fleet rollout ls`.

use clap::Args;
use pulse_api::http::executions::{ExecutionSummary, RolloutSummary};
use serde::Serialize;

use crate::{
    app::App,
    client::{Call, Client},
    error::{Exit, Failure},
    ui::{Cell, Column, Row, Toned as _, time_cell},
};

#[derive(Debug, Args)]
pub(crate) struct Ls {
    /// How many at most
    #[arg(short = 'L', long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
}

impl Ls {
    pub(super) async fn run(self, app: &App, client: &Client) -> Result<Exit, Failure> {
        let call = Call::get("/executions").query("rollouts", "true");
        let found: Vec<ExecutionSummary> = client.list(call, Some(self.limit)).await?;
        let found: Vec<Listed> = found.into_iter().map(Listed).collect();
        app.ui.list(&found)?;
        Ok(Exit::OK)
    }
}

/// An execution as a list of rollouts shows it.
#[derive(Serialize)]
#[serde(transparent)]
struct Listed(ExecutionSummary);

impl Listed {
    /// The one that is under way, or was last.
    fn newest(&self) -> Option<&RolloutSummary> {
        self.0.rollouts.last()
    }

    fn counted(&self, count: fn(&RolloutSummary) -> u32) -> Cell {
        Cell::maybe(self.newest().map(|rollout| count(rollout).to_string()))
    }
}

impl Row for Listed {
    const KIND: &'static str = "rollout";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NUMBER", |listed, _| Cell::new(listed.0.number.to_string())),
            Column::new("WHAT", |listed, _| what(listed)),
            Column::new("STATUS", |listed, _| listed.0.status.to_cell()),
            Column::new("BATCH", |listed, _| Cell::maybe(listed.newest().map(batch))),
            Column::new("DONE", |listed, _| listed.counted(|rollout| rollout.done)),
            Column::new("BUSY", |listed, _| listed.counted(|rollout| rollout.busy)),
            Column::new("FAILED", |listed, _| {
                listed.counted(|rollout| rollout.failed)
            }),
            Column::new("WAITING", |listed, _| {
                listed.counted(|rollout| rollout.waiting)
            }),
            Column::new("BY", |listed, _| Cell::new(&listed.0.started_by)),
            Column::new("STARTED", |listed, times| {
                time_cell(Some(listed.0.created_at), times)
            }),
            Column::new("OUTCOME", |listed, _| Cell::maybe(outcome(listed))),
            Column::wide("WHY", |listed, _| {
                Cell::maybe(listed.newest().and_then(|rollout| rollout.detail.as_ref()))
            }),
            Column::wide("REASON", |listed, _| Cell::maybe(listed.0.reason.as_ref())),
            Column::wide("ID", |listed, _| Cell::new(listed.0.id.to_string())),
        ]
    }

    fn key(&self) -> String {
        self.0.id.to_string()
    }
}

/// The steps that go over workers; of an undo, what it undoes.
fn what(listed: &Listed) -> Cell {
    let names: Vec<&str> = listed
        .0
        .rollouts
        .iter()
        .map(|rollout| rollout.step.as_str())
        .collect();
    let names = names.join(", ");
    Cell::new(match listed.0.undo_of {
        Some(number) => format!("undo of #{number}: {names}"),
        None => names,
    })
}

fn batch(rollout: &RolloutSummary) -> String {
    let canary = if rollout.batch == 1 && rollout.canary {
        " canary"
    } else {
        ""
    };
    format!("{}/{}{canary}", rollout.batch, rollout.batches)
}

/// What the status alone does not tell.
fn outcome(listed: &Listed) -> Option<String> {
    let undo = listed.0.undone_by.map(|number| format!("undo #{number}"));
    let paused = listed
        .0
        .paused_by
        .as_ref()
        .map(|by| format!("paused by {by}"));
    let known = [listed.0.outcome.clone(), undo, paused];
    let known: Vec<String> = known.into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(", "))
}
