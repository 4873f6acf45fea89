//! `worker ls`.

use clap::Args;
use pulse_api::{
    http::workers::WorkerView,
    status::{AdminState, WorkerStatus},
};

use crate::{
    app::App,
    client::Call,
    commands::{
        references::{self, Noun},
        region, selectors,
    },
    error::{Exit, Failure},
    flags::Output,
};

/// List workers
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker ls
  pulsectl worker ls -l region=fra,rack!=b7 -o wide
  pulsectl worker ls --status offline -q")]
pub(crate) struct Ls {
    /// Only those that match, such as region=fra,group!=db; given again, those that match that too
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    selector: Vec<String>,
    /// All that there are (this is the default)
    #[arg(long, conflicts_with = "selector")]
    all: bool,
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
        let selector = selectors::all(&self.selector)?;
        let deleted = (self.status == Some(WorkerStatus::Deleted)).then_some("true");
        let call = Call::get("/workers")
            .maybe("selector", selector)
            .maybe("region", self.region.as_deref())
            .maybe("group", self.group)
            .maybe("status", self.status.map(WorkerStatus::as_str))
            .maybe("findDeleted", deleted);
        let ui = app.ui.widened(self.wide.then_some(Output::Wide));
        let is_usual = ui.output == Output::Table && ui.columns.is_empty() && !ui.quiet;
        let shows_regions = async { is_usual && region::is_enabled(&client).await };
        let (workers, shows_regions) = tokio::join!(client.list(call, None), shows_regions);
        let mut workers: Vec<WorkerView> = workers?;
        if let Some(region) = self.region.as_deref().filter(|_| workers.is_empty()) {
            references::called(&client, (Noun::Region, region)).await?;
        }
        if let Some(state) = self.state {
            workers.retain(|worker| worker.admin_state == state);
        }
        if !is_usual {
            ui.list(&workers)?;
        } else if shows_regions {
            workers.sort_by(|a, b| (&a.region, &a.name).cmp(&(&b.region, &b.name)));
            ui.with_columns(&BY_REGION).list(&workers)?;
        } else {
            ui.with_columns(&BY_REGION[1..]).list(&workers)?;
        }
        Ok(Exit::OK)
    }
}

/// What is shown where there is more than one region; where there is one, it goes without saying.
const BY_REGION: [&str; 8] = [
    "region", "name", "status", "state", "groups", "running", "heard", "version",
];
