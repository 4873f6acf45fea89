//! `worker`: the hosts' agents.

mod capabilities;
mod change;
mod doctor;
mod exec;
mod logs;
mod ls;
mod prune;
mod remove;
mod restart;
mod row;
mod show;
mod state;
mod token;
mod top;

use clap::Subcommand;

pub(crate) use exec::Exec;

use crate::{
    app::App,
    error::{Exit, Failure},
};

/// Look at workers, run commands on them, enrol and remove them
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Worker {
    #[command(visible_alias = "list")]
    Ls(ls::Ls),
    Show(show::Show),
    Top(top::Top),
    Logs(logs::Logs),
    Exec(Exec),
    Doctor(doctor::Doctor),
    Drain(state::Drain),
    Resume(state::Resume),
    Restart(restart::Restart),
    RotateCredential(restart::RotateCredential),
    Label(change::Label),
    Rename(change::Rename),
    #[command(visible_aliases = ["rm", "delete"])]
    Remove(remove::Remove),
    Prune(prune::Prune),
    #[command(subcommand)]
    Token(token::Token),
}

impl Worker {
    /// Whether it passes on what steps write.
    pub(crate) const fn has_output(&self) -> bool {
        matches!(self, Self::Exec(_) | Self::Doctor(_))
    }

    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::Top(command) => command.run(app).await,
            Self::Logs(command) => command.run(app).await,
            Self::Prune(command) => command.run(app).await,
            Self::Exec(command) => command.run(app).await,
            Self::Doctor(command) => command.run(app).await,
            Self::Drain(command) => command.run(app).await,
            Self::Resume(command) => command.run(app).await,
            Self::Restart(command) => command.run(app).await,
            Self::RotateCredential(command) => command.run(app).await,
            Self::Label(command) => command.run(app).await,
            Self::Rename(command) => command.run(app).await,
            Self::Remove(command) => command.run(app).await,
            Self::Token(command) => command.run(app).await,
        }
    }
}
