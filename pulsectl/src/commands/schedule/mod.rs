//! `schedule`: what starts workflows by the clock.

mod apply;
mod change;
mod create;
mod preview;
mod show;

use clap::Subcommand;
use pulse_api::http::schedules::{ScheduleView, SlotView};

use crate::{
    app::App,
    error::{Exit, Failure},
    ui::{Cell, Column, Row, time_cell},
};

/// Start workflows by the clock
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Schedule {
    #[command(visible_alias = "list")]
    Ls(show::Ls),
    Show(show::Show),
    Create(create::Create),
    Apply(apply::Apply),
    Preview(preview::Preview),
    Pause(change::Pause),
    Resume(change::Resume),
    Trigger(change::Trigger),
    #[command(visible_aliases = ["remove", "delete"])]
    Rm(change::Remove),
}

impl Schedule {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::Create(command) => command.run(app).await,
            Self::Apply(command) => command.run(app).await,
            Self::Preview(command) => command.run(app).await,
            Self::Pause(command) => command.run(app).await,
            Self::Resume(command) => command.run(app).await,
            Self::Trigger(command) => command.run(app).await,
            Self::Rm(command) => command.run(app).await,
        }
    }
}

impl Row for ScheduleView {
    const KIND: &'static str = "schedule";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |schedule, _| Cell::new(&schedule.name)),
            Column::new("WORKFLOW", |schedule, _| {
                Cell::maybe(schedule.workflow.name.as_ref())
            }),
            Column::new("CRON", |schedule, _| Cell::new(&schedule.cron)),
            Column::new("TIMEZONE", |schedule, _| Cell::new(&schedule.timezone)),
            Column::new("NEXT", |schedule, times| match &schedule.paused_by {
                Some(by) => Cell::new(format!("paused by {by}")),
                None => time_cell(schedule.next_due_at, times),
            }),
            Column::new("LAST", |schedule, _| {
                Cell::maybe(schedule.slots.first().map(came_of))
            }),
            Column::wide("OVERLAP", |schedule, _| {
                Cell::new(schedule.overlap.as_str())
            }),
            Column::wide("MISSED", |schedule, _| Cell::new(schedule.missed.as_str())),
            Column::wide("RUNS-AS", |schedule, _| Cell::new(&schedule.runs_as)),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

/// `started #42`, or `skipped: #41 is still going`.
fn came_of(slot: &SlotView) -> String {
    match (slot.execution, &slot.detail) {
        (Some(number), _) => format!("{} #{number}", slot.result),
        (None, Some(why)) => format!("{}: {why}", slot.result),
        (None, None) => slot.result.to_string(),
    }
}
