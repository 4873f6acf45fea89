//! The manual pages: what clap knows of every verb, and what it does not.

use std::{fs, io, path::Path};

use clap::{Command, CommandFactory as _};
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};

use crate::cli::Cli;

const EXITS: &[(&str, &str)] = &[
    ("0", "done; of run: drained, or asked to end"),
    ("1", "something failed that may work later"),
    ("2", "what was typed cannot work"),
    (
        "3",
        "doctor found something that keeps this host from working",
    ),
    (
        "77",
        "the server does not want this host: its worker was removed, or its token refused",
    ),
    (
        "78",
        "the configuration is of no use, or the host is not enrolled",
    ),
    ("82", "as a service: the server asked for a restart"),
];

const LINK_SIGNALS: &[(&str, &str)] = &[
    (
        "TERM, INT",
        "end; steps go on where a service keeps the executor, otherwise they may end by \
         themselves for stop_grace_ms",
    ),
    ("QUIT", "end at once"),
    (
        "USR1",
        "drain: start nothing more, and end with 0 when nothing runs",
    ),
    ("USR2", "take work again"),
];

const EXECUTOR_SIGNALS: &[(&str, &str)] = &[
    (
        "TERM, INT",
        "let steps end by themselves for stop_grace_ms, then end them",
    ),
    (
        "HUP",
        "leave the place to the installed program as soon as no step runs",
    ),
];

const FILES: &[(&str, &str)] = &[
    (
        "/etc/pulse-agent/agent.yaml",
        "the configuration; see agent.yaml(5)",
    ),
    (
        "/etc/pulse-agent/enroll.token",
        "an enrolment token; removed once it has been used",
    ),
    (
        "/etc/default/pulse-agent",
        "the environment of both services; PULSE__SECTION__KEY wins over the file",
    ),
    (
        "/var/lib/pulse",
        "the credential, the journal of steps, and what was not reported yet",
    ),
    (
        "/var/lib/pulse/log",
        "what the agent has logged lately, as `pulsectl worker logs` shows it",
    ),
];

/// Writes one page per verb into a folder.
pub(crate) fn write(folder: &Path) -> io::Result<()> {
    let mut root = Cli::command();
    root.build();
    fs::create_dir_all(folder)?;
    write_all(folder, &root, "pulse-agent")
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
        .source(concat!("pulse-agent ", env!("CARGO_PKG_VERSION")))
        .date("")
        .render(&mut page)?;
    own_sections().to_writer(&mut page)?;
    Ok(page)
}

fn own_sections() -> Roff {
    let mut roff = Roff::default();
    for (title, entries) in [
        ("EXIT STATUS", EXITS),
        ("SIGNALS OF RUN", LINK_SIGNALS),
        ("SIGNALS OF EXECUTOR", EXECUTOR_SIGNALS),
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
