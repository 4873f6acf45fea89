//! `prompt`: questions that executions wait on.

mod answer;
mod delegate;
mod ls;
mod watch;

use clap::Subcommand;

use crate::{
    app::App,
    error::{Exit, Failure},
};

/// List prompts and answer them
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Prompt {
    #[command(visible_alias = "list")]
    Ls(ls::Ls),
    Show(ls::Show),
    Answer(answer::Answer),
    Delegate(delegate::Delegate),
}

impl Prompt {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::Answer(command) => command.run(app).await,
            Self::Delegate(command) => command.run(app).await,
        }
    }
}
