//! `monitor`: what is looked at again and again, and what came of it.

mod apply;
mod change;
mod create;
mod history;
mod maintenance;
mod probe;
mod rows;
mod show;
mod test;

use clap::Subcommand;

pub(crate) use self::maintenance::Maintenance;
use crate::{
    app::App,
    error::{Exit, Failure},
};

/// Watch pages, ports, certificates, names, hosts, and what reports by itself
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Monitor {
    #[command(visible_alias = "list")]
    Ls(show::Ls),
    Show(show::Show),
    Apply(apply::Apply),
    #[command(subcommand)]
    Create(create::Create),
    Test(test::Test),
    Check(test::Check),
    Pause(change::Pause),
    Resume(change::Resume),
    History(history::History),
    Uptime(history::Uptime),
    Beat(change::Beat),
    #[command(subcommand)]
    Maintenance(Maintenance),
    #[command(visible_aliases = ["remove", "delete"])]
    Rm(change::Remove),
}

impl Monitor {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::Apply(command) => command.run(app).await,
            Self::Create(command) => command.run(app).await,
            Self::Test(command) => command.run(app).await,
            Self::Check(command) => command.run(app).await,
            Self::Pause(command) => command.run(app).await,
            Self::Resume(command) => command.run(app).await,
            Self::History(command) => command.run(app).await,
            Self::Uptime(command) => command.run(app).await,
            Self::Beat(command) => command.run(app).await,
            Self::Maintenance(command) => command.run(app).await,
            Self::Rm(command) => command.run(app).await,
        }
    }
}
