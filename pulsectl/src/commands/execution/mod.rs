//! `execution`: runs of workflows, past and present.

mod control;
mod diff;
mod export;
mod logs;
mod ls;
mod pieces;
mod prune;
mod rerun;
mod respond;
mod save;
mod show;
mod timeline;
mod wait;
mod watch;

use clap::Subcommand;

pub(crate) use control::cancelled;
pub(crate) use logs::last_lines;
pub(crate) use ls::what;
pub(crate) use show::end_of_window;
pub(crate) use watch::attach;

use crate::{
    app::App,
    error::{Exit, Failure},
};

/// Look at executions, follow, answer, cancel and retry them
///
/// An execution is named by its number, its id, the beginning of its id, or @last: the newest that
/// you started.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Execution {
    #[command(visible_alias = "list")]
    Ls(ls::Ls),
    Show(show::Show),
    Logs(logs::Logs),
    #[command(visible_alias = "attach")]
    Watch(watch::Watch),
    Wait(wait::Wait),
    Cancel(control::Cancel),
    Retry(control::Retry),
    Rerun(rerun::Rerun),
    Respond(respond::Respond),
    Diff(diff::Diff),
    Export(export::Export),
    Prune(prune::Prune),
}

impl Execution {
    /// Whether it passes on what steps write.
    pub(crate) const fn has_output(&self) -> bool {
        matches!(
            self,
            Self::Logs(_) | Self::Watch(_) | Self::Retry(_) | Self::Rerun(_) | Self::Export(_)
        )
    }

    /// Whether it prints nothing else.
    pub(crate) const fn only_passes_on(&self) -> bool {
        matches!(self, Self::Logs(_))
    }

    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::Logs(command) => command.run(app).await,
            Self::Watch(command) => command.run(app).await,
            Self::Wait(command) => command.run(app).await,
            Self::Cancel(command) => command.run(app).await,
            Self::Retry(command) => command.run(app).await,
            Self::Rerun(command) => command.run(app).await,
            Self::Respond(command) => command.run(app).await,
            Self::Diff(command) => command.run(app).await,
            Self::Export(command) => command.run(app).await,
            Self::Prune(command) => command.run(app).await,
        }
    }
}
