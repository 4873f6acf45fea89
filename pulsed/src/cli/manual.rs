//! The manual pages: what clap knows of every verb, and what it does not.

use std::{fs, io, path::Path};

use clap::{Command, CommandFactory as _};
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};

use super::args::Cli;

const EXITS: &[(&str, &str)] = &[
    ("0", "done, or asked to end"),
    (
        "1",
        "something outside failed: the database, a file, a port",
    ),
    ("2", "what was typed or configured cannot work"),
    ("3", "`pulsed doctor` found something that is wrong"),
];

const SIGNALS: &[(&str, &str)] = &[
    ("TERM, INT", "end; a second one ends at once"),
    (
        "HUP",
        "as a service: read the configuration again and take the level of the log from it; \
         otherwise: end",
    ),
];

const FILES: &[(&str, &str)] = &[
    (
        "/etc/pulsed/pulsed.yaml, /etc/pulsed/pulsed.d/*.yaml",
        "the configuration; see pulsed.yaml(5)",
    ),
    (
        "/etc/default/pulsed",
        "the environment of the service; PULSE__SECTION__KEY wins over the files",
    ),
];

/// Writes one page per verb into a folder.
pub(crate) fn write(folder: &Path) -> io::Result<()> {
    let mut root = Cli::command();
    root.build();
    fs::create_dir_all(folder)?;
    write_all(folder, &root, "pulsed")
}

fn write_all(folder: &Path, command: &Command, name: &str) -> io::Result<()> {
    fs::write(folder.join(format!("{name}.8")), page(command, name)?)?;
    let verbs = command
        .get_subcommands()
        .filter(|verb| !verb.is_hide_set() && verb.get_name() != "help");
    for verb in verbs {
        write_all(folder, verb, &format!("{name}-{}", verb.get_name()))?;
    }
    Ok(())
}

fn page(command: &Command, name: &str) -> io::Result<Vec<u8>> {
    let command = command
        .clone()
        .name(name.to_owned())
        .display_name(name.to_owned());
    let mut page = Vec::new();
    Man::new(command)
        .manual("pulse")
        .section("8")
        .source(concat!("pulsed ", env!("CARGO_PKG_VERSION")))
        .date("")
        .render(&mut page)?;
    own_sections().to_writer(&mut page)?;
    Ok(page)
}

fn own_sections() -> Roff {
    let mut roff = Roff::default();
    for (title, entries) in [
        ("EXIT STATUS", EXITS),
        ("SIGNALS", SIGNALS),
        ("FILES", FILES),
    ] {
        roff.control("SH", [title]);
        for (term, meaning) in entries {
            roff.control("TP", []);
            roff.text([bold(*term)]);
            roff.text([roman(*meaning)]);
        }
    }
    roff
}
