//! `execution ls`.

use std::time::Duration;

use clap::Args;
use pulse_api::{
    http::{
        executions::{ExecutionSummary, ExecutionView},
        health::UserView,
    },
    status::ExecutionStatus,
};
use pulse_workflow::adhoc;

use crate::{
    app::App,
    client::Call,
    clock,
    commands::references::{self, Noun},
    duration,
    error::{Exit, Failure},
    flags::Output,
    ui::{Cell, Column, Row, Toned as _, time_cell},
};

/// An execution, in a list or by itself.
trait Listed {
    fn summary(&self) -> &ExecutionSummary;
}

impl Listed for ExecutionSummary {
    fn summary(&self) -> &ExecutionSummary {
        self
    }
}

impl Listed for ExecutionView {
    fn summary(&self) -> &ExecutionSummary {
        &self.summary
    }
}

impl<T: Listed> Row for T {
    const KIND: &'static str = "execution";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NUMBER", |listed, _| {
                Cell::new(listed.summary().number.to_string())
            }),
            Column::new("WORKFLOW", |listed, _| {
                Cell::maybe(what_and_for(listed.summary()))
            }),
            Column::new("STATUS", |listed, _| listed.summary().status.to_cell()),
            Column::new("BY", |listed, _| Cell::new(&listed.summary().started_by)),
            Column::new("CREATED", |listed, times| {
                time_cell(Some(listed.summary().created_at), times)
            }),
            Column::new("TOOK", |listed, _| took_cell(listed.summary())),
            Column::wide("OUTCOME", |listed, _| {
                Cell::maybe(listed.summary().outcome.as_ref())
            }),
            Column::wide("REASON", |listed, _| {
                Cell::maybe(listed.summary().reason.as_ref())
            }),
            Column::wide("RETRY-OF", |listed, _| {
                Cell::maybe(listed.summary().retry_of.map(|number| number.to_string()))
            }),
            Column::wide("ID", |listed, _| Cell::new(listed.summary().id.to_string())),
        ]
    }

    fn key(&self) -> String {
        self.summary().id.to_string()
    }
}

/// `deploy@3`.
pub(super) fn workflow(execution: &ExecutionSummary) -> Option<String> {
    let name = execution.workflow.name.as_ref()?;
    let version = execution
        .workflow
        .version
        .map(|version| format!("@{version}"));
    Some(format!("{name}{}", version.unwrap_or_default()))
}

/// How much of a command a list shows.
const SHOWN: usize = 48;

/// The workflow, or else the command as one types it: `$ uptime`.
pub(crate) fn what(execution: &ExecutionSummary) -> Option<String> {
    let command = execution.command.as_ref();
    let command = command.map(|command| format!("$ {}", adhoc::shortened(command, SHOWN)));
    workflow(execution).or(command)
}

/// The same, and of which execution it is a step: `release@3 (step of #41)`.
fn what_and_for(execution: &ExecutionSummary) -> Option<String> {
    let what = what(execution)?;
    Some(match execution.parent {
        Some(parent) => format!("{what} (step of #{parent})"),
        None => what,
    })
}

/// How long it ran, once it is over.
fn ran_for(execution: &ExecutionSummary) -> Option<Duration> {
    let span = execution
        .completed_at?
        .duration_since(execution.started_at?);
    Duration::try_from(span).ok()
}

/// The same as `3.1 s`; for programs in seconds.
fn took_cell(execution: &ExecutionSummary) -> Cell {
    let seconds = ran_for(execution).map(|took| format!("{:.3}", took.as_secs_f64()));
    let cell = Cell::maybe(took(execution));
    match seconds {
        Some(seconds) => cell.for_programs(seconds),
        None => cell,
    }
}

/// `3.1 s`, once it is over.
pub(super) fn took(execution: &ExecutionSummary) -> Option<String> {
    ran_for(execution).map(duration::short)
}

/// List executions, newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution ls --status failed --since 1d
  pulsectl execution ls --by me -o wide")]
pub(crate) struct Ls {
    /// Only those of a workflow
    #[arg(value_parser = crate::names::given("workflow"), long, value_name = "NAME")]
    workflow: Option<String>,
    /// Only those with this status, such as running, waiting or failed
    #[arg(long)]
    status: Option<ExecutionStatus>,
    /// Only those that somebody started; `me` is you
    #[arg(long = "by", value_name = "USER")]
    started_by: Option<String>,
    /// Only those created since then: a duration such as 1d, a day, or a time
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// How many at most
    #[arg(short = 'L', long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
    /// Show every column, as with -o wide
    #[arg(short, long)]
    wide: bool,
}

impl Ls {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let started_by = match self.started_by.as_deref() {
            Some("me" | "@me") => Some(client.get::<UserView>("/user").await?.username),
            other => other.map(str::to_owned),
        };
        let since = self.since.as_deref().map(clock::instant).transpose()?;
        let call = Call::get("/executions")
            .maybe("status", self.status.map(ExecutionStatus::as_str))
            .maybe("started_by", started_by)
            .maybe("since", since);
        let of = async |workflow: Option<&str>| {
            let call = call.clone().maybe("workflow", workflow);
            client.list(call, Some(self.limit)).await
        };
        let mut executions: Vec<ExecutionSummary> = of(self.workflow.as_deref()).await?;
        if let Some(given) = self.workflow.as_deref().filter(|_| executions.is_empty()) {
            let called = references::called(&client, (Noun::Workflow, given)).await?;
            if called != given {
                executions = of(Some(&called)).await?;
            }
        }
        app.ui
            .widened(self.wide.then_some(Output::Wide))
            .list(&executions)?;
        Ok(Exit::OK)
    }
}
