//! `fleet`: changing many workers, a few at a time.
//!
//! A rollout is an execution of a document that is written here: its state is on the server.

mod document;
mod ending;
mod ls;
mod roll;
mod rollout;
mod show;
mod standing;
mod status;

use clap::Subcommand;

use crate::{
    app::App,
    commands::worker::Exec,
    error::{Exit, Failure},
};

/// Look at the whole fleet, and change it a few workers at a time
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Fleet {
    Status(status::Status),
    Exec(Box<Exec>),
    RollingRestart(roll::RollingRestart),
    Upgrade(roll::Upgrade),
    #[command(subcommand)]
    Rollout(rollout::Rollout),
}

impl Fleet {
    /// Whether it passes on what steps write.
    pub(crate) const fn has_output(&self) -> bool {
        matches!(
            self,
            Self::Exec(_) | Self::RollingRestart(_) | Self::Upgrade(_) | Self::Rollout(_)
        )
    }

    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Status(command) => command.run(app).await,
            Self::Exec(command) => command.run(app).await,
            Self::RollingRestart(command) => command.run(app).await,
            Self::Upgrade(command) => command.run(app).await,
            Self::Rollout(command) => command.run(app).await,
        }
    }
}
