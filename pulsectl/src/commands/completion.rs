//! `completion`: scripts for shells.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::{
    app::App,
    cli::Cli,
    error::{Exit, Failure},
};

/// Print the completion script of a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl completion bash > ~/.local/share/bash-completion/completions/pulsectl
  pulsectl completion zsh > ~/.zfunc/_pulsectl
  pulsectl completion fish > ~/.config/fish/completions/pulsectl.fish")]
pub(crate) struct Completion {
    #[arg(value_enum)]
    shell: Shell,
}

impl Completion {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "pulsectl", &mut script);
        app.ui.text(&String::from_utf8_lossy(&script))?;
        Ok(Exit::OK)
    }
}
