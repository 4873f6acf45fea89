//! `worker ls`.

use clap::Args;
use pulse_api::{
    http::workers::WorkerView,
    status::{AdminState, WorkerStatus},
};

use crate::{
    app::App,
    cli::Output,
    client::Call,
    commands::selectors,
    error::{Exit, Failure},
};

/// List workers
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker ls
  pulsectl worker ls -l region=fra,label.rack!=b7 -o wide
  pulsectl worker ls --status offline -q")]
pub(crate) struct Ls {
    /// Only those that match, such as region=fra,group!=db
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    selector: Option<String>,
    /// Only those of a region
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// Only those of a group
    #[arg(long, value_name = "NAME")]
    group: Option<String>,
    /// Only those with this status: online, unreachable, offline or deleted
    #[arg(long)]
    status: Option<WorkerStatus>,
    /// Only those in this state: active, draining, drained or held
    #[arg(long)]
    state: Option<AdminState>,
    /// Show every column, as with -o wide
    #[arg(short, long)]
    wide: bool,
}

impl Ls {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let selector = self
            .selector
            .as_deref()
            .map(selectors::expression)
            .transpose()?;
        let deleted = (self.status == Some(WorkerStatus::Deleted)).then_some("true");
        let call = Call::get("/workers")
            .maybe("selector", selector)
            .maybe("region", self.region)
            .maybe("group", self.group)
            .maybe("status", self.status.map(WorkerStatus::as_str))
            .maybe("findDeleted", deleted);
        let mut workers: Vec<WorkerView> = client.list(call, None).await?;
        if let Some(state) = self.state {
            workers.retain(|worker| worker.admin_state == state);
        }
        app.ui
            .widened(self.wide.then_some(Output::Wide))
            .list(&workers)?;
        Ok(Exit::OK)
    }
}
