//! `man`: manual pages.

use std::{fs, path::PathBuf};

use clap::Args;
use clap_mangen::{
    Man as Page,
    roff::{Roff, bold, roman},
};

use super::help::EXIT_TABLE;
use crate::{
    app::App,
    cli,
    config::VARIABLES,
    error::{Exit, Failure},
};

/// Print the manual page of a command, or write all of them
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl man run | man -l -
  pulsectl man --dir man")]
pub(crate) struct Man {
    /// The words of a command
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    words: Vec<String>,
    /// Write every page into this folder
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

impl Man {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        let root = cli::whole();
        if let Some(dir) = &self.dir {
            fs::create_dir_all(dir)?;
            write_all(dir, &root, "pulsectl")?;
            return Ok(Exit::OK);
        }
        let mut command = &root;
        let mut name = "pulsectl".to_owned();
        for word in &self.words {
            command = command.find_subcommand(word).ok_or_else(|| {
                Failure::usage(format!("there is no command `{word}`"))
                    .hint("`pulsectl --help` lists the commands")
            })?;
            name = format!("{name}-{}", command.get_name());
        }
        app.ui.text(&page(command, &name)?)?;
        Ok(Exit::OK)
    }
}

fn write_all(dir: &std::path::Path, command: &clap::Command, name: &str) -> Result<(), Failure> {
    fs::write(dir.join(format!("{name}.1")), page(command, name)?)?;
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        write_all(dir, sub, &format!("{name}-{}", sub.get_name()))?;
    }
    Ok(())
}

/// One page: what clap knows, then the sections written by hand.
fn page(command: &clap::Command, name: &str) -> Result<String, Failure> {
    let examples = command.get_after_help().map(ToString::to_string);
    let command = command
        .clone()
        .name(name.to_owned())
        .display_name(name.to_owned())
        .after_help("")
        .after_long_help("")
        // A manual page is the long help; what the short one leaves out belongs in it.
        .mut_args(|arg| arg.hide_short_help(false));
    let man = Page::new(command)
        .manual("pulse")
        .source(concat!("pulsectl ", env!("CARGO_PKG_VERSION")))
        .date("");
    let mut text = Vec::new();
    man.render(&mut text)?;
    own_sections(name, examples.as_deref()).to_writer(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn own_sections(name: &str, examples: Option<&str>) -> Roff {
    let mut roff = Roff::default();
    if let Some(examples) = examples.and_then(|text| text.split_once("Examples:\n")) {
        roff.control("SH", ["EXAMPLES"]);
        roff.control("nf", []);
        for line in examples.1.lines() {
            roff.text([roman(line)]);
        }
        roff.control("fi", []);
    }
    roff.control("SH", ["EXIT STATUS"]);
    for (code, meaning) in EXIT_TABLE {
        roff.control("TP", []);
        roff.text([bold(*code)]);
        roff.text([roman(*meaning)]);
    }
    roff.control("SH", ["ENVIRONMENT"]);
    for (variable, what) in VARIABLES {
        roff.control("TP", []);
        roff.text([bold(*variable)]);
        roff.text([roman(*what)]);
    }
    if name == "pulsectl" {
        roff.control("SH", ["FILES"]);
        for (file, what) in [
            (
                "$XDG_CONFIG_HOME/pulsectl/config.yaml",
                "contexts; no secrets",
            ),
            (
                "$XDG_STATE_HOME/pulsectl/credentials.yaml",
                "tokens; refused when others can read it",
            ),
        ] {
            roff.control("TP", []);
            roff.text([bold(file)]);
            roff.text([roman(what)]);
        }
    }
    roff
}
