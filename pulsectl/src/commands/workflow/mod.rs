//! `workflow`: named, versioned documents.

mod apply;
mod circles;
mod diff;
mod documents;
mod edit;
mod example;
mod import;
mod pause;
mod prune;
mod read;
mod rename;
mod sarif;
mod validate;

use clap::Subcommand;

pub(crate) use diff::colored;
pub(crate) use documents::{Document, From as Documents, read_text};

use crate::{
    app::App,
    error::{Exit, Failure},
};

/// Check, store and read workflows
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Workflow {
    #[command(visible_alias = "list")]
    Ls(read::Ls),
    #[command(visible_alias = "show")]
    Get(read::Get),
    History(read::History),
    Validate(validate::Validate),
    Apply(apply::Apply),
    Import(import::Import),
    Diff(diff::Diff),
    #[command(visible_aliases = ["rm", "remove"])]
    Delete(read::Delete),
    Edit(edit::Edit),
    Rename(rename::Rename),
    Pause(pause::Pause),
    Resume(pause::Resume),
    Graph(example::Graph),
    Example(example::Example),
    Schema(read::Schema),
}

impl Workflow {
    /// Whether it passes a document on as it is.
    pub(crate) const fn has_output(&self) -> bool {
        matches!(self, Self::Get(_))
    }

    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Get(command) => command.run(app).await,
            Self::History(command) => command.run(app).await,
            Self::Validate(command) => command.run(app),
            Self::Apply(command) => command.run(app).await,
            Self::Import(command) => command.run(app).await,
            Self::Diff(command) => command.run(app).await,
            Self::Delete(command) => command.run(app).await,
            Self::Edit(command) => command.run(app).await,
            Self::Rename(command) => command.run(app).await,
            Self::Pause(command) => command.run(app).await,
            Self::Resume(command) => command.run(app).await,
            Self::Graph(command) => command.run(app).await,
            Self::Example(command) => command.run(app),
            Self::Schema(command) => command.run(app),
        }
    }
}
