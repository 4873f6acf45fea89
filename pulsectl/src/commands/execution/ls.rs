//! `execution ls`.

use std::time::Duration;

use clap::Args;
use pulse_api::{
    http::{executions::ExecutionView, health::UserView},
    status::ExecutionStatus,
};
use pulse_workflow::adhoc;

use crate::{
    app::App,
    cli::Output,
    client::Call,
    clock, duration,
    error::{Exit, Failure},
    ui::{Cell, Column, Row, Toned as _, time_cell},
};

impl Row for ExecutionView {
    const KIND: &'static str = "execution";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NUMBER", |execution, _| {
                Cell::new(execution.number.to_string())
            }),
            Column::new("WORKFLOW", |execution, _| Cell::maybe(what(execution))),
            Column::new("STATUS", |execution, _| execution.status.to_cell()),
            Column::new("BY", |execution, _| Cell::new(&execution.started_by)),
            Column::new("CREATED", |execution, times| {
                time_cell(Some(execution.created_at), times)
            }),
            Column::new("TOOK", |execution, _| Cell::maybe(took(execution))),
            Column::wide("OUTCOME", |execution, _| {
                Cell::maybe(execution.outcome.as_ref())
            }),
            Column::wide("REASON", |execution, _| {
                Cell::maybe(execution.reason.as_ref())
            }),
            Column::wide("RETRY-OF", |execution, _| {
                Cell::maybe(execution.retry_of.map(|number| number.to_string()))
            }),
            Column::wide("ID", |execution, _| Cell::new(execution.id.to_string())),
        ]
    }

    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// `deploy@3`.
pub(super) fn workflow(execution: &ExecutionView) -> Option<String> {
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
fn what(execution: &ExecutionView) -> Option<String> {
    let command = execution.command.as_ref();
    let command = command.map(|command| format!("$ {}", adhoc::shortened(command, SHOWN)));
    workflow(execution).or(command)
}

/// How long it ran, once it is over.
pub(super) fn took(execution: &ExecutionView) -> Option<String> {
    let span = execution
        .completed_at?
        .duration_since(execution.started_at?);
    Duration::try_from(span).ok().map(duration::short)
}

/// List executions, newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution ls --status failed --since 1d
  pulsectl execution ls --by me -o wide")]
pub(crate) struct Ls {
    /// Only those of a workflow
    #[arg(long, value_name = "NAME")]
    workflow: Option<String>,
    /// Only those with this status, such as running, waiting or failed
    #[arg(long)]
    status: Option<ExecutionStatus>,
    /// Only those that somebody started; `me` is you
    #[arg(long = "by", value_name = "USER")]
    started_by: Option<String>,
    /// Only those created since then: a duration such as 1d, or a time
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
            .maybe("workflow", self.workflow)
            .maybe("status", self.status.map(ExecutionStatus::as_str))
            .maybe("started_by", started_by)
            .maybe("since", since);
        let executions: Vec<ExecutionView> = client.list(call, Some(self.limit)).await?;
        app.ui
            .widened(self.wide.then_some(Output::Wide))
            .list(&executions)?;
        Ok(Exit::OK)
    }
}
