//! `completion`: scripts for shells.

mod names;
mod scripts;

pub(crate) use names::CompleteNames;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::{
    app::App,
    cli::Cli,
    error::{Exit, Failure},
};

/// Print the completion script of a shell
///
/// In bash, zsh and fish it also completes the names of what there is, such as workers, workflows,
/// schedules and tokens, and the numbers of executions and of open prompts: asked of the server in at
/// most 300 ms, and kept for a minute in $XDG_CACHE_HOME/pulsectl.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl completion bash > ~/.local/share/bash-completion/completions/pulsectl
  pulsectl completion zsh > ~/.zfunc/_pulsectl
  pulsectl completion fish > ~/.config/fish/completions/pulsectl.fish")]
pub(crate) struct Completion {
    /// The shell that reads it
    #[arg(value_enum)]
    shell: Shell,
}

impl Completion {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        app.ui.text(&script(self.shell))?;
        Ok(Exit::OK)
    }
}

/// The script of a shell.
pub(super) fn script(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pulsectl", &mut script);
    scripts::with_names(shell, &String::from_utf8_lossy(&script))
}
