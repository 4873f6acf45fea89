//! What clap answers in place of a command: help that was asked for, or what is wrong with the words,
//! with what was probably meant.

use std::{error::Error as _, process::ExitCode};

use clap::{
    Arg, Command, Error,
    error::{ContextKind, ContextValue, ErrorKind},
};
use pulse_api::status::UnknownStatus;

use super::reading::{NAME, whole};
use crate::{
    error::{Exit, Failure, Kind},
    names, ui,
};

/// Tells it, and gives the exit code that goes with it.
pub(crate) fn answer(error: Error) -> ExitCode {
    if error.use_stderr() {
        ui::stderr_part(&told(error));
        return Exit::from(Kind::Usage).into();
    }
    match ui::stdout_text(&error.render().ansi().to_string()) {
        Ok(()) => Exit::OK.into(),
        Err(failure) => {
            ui::stderr_line(&ui::failure_text(&failure, 0));
            Exit::from(failure.kind).into()
        }
    }
}

/// The text of a mistake: one best suggestion in place of all that clap finds alike.
fn told(mut error: Error) -> String {
    if let Some(failure) = later(&error) {
        return format!("{}\n", ui::failure_text(&failure, 0));
    }
    let meant = meant(&error).map(|meant| format!("did you mean `{meant}`?"));
    let meant = meant.or_else(|| behind_dashes(&error));
    for kind in [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ] {
        error.remove(kind);
    }
    let text = error.render().ansi().to_string();
    let Some(meant) = meant else {
        return text;
    };
    let hint = ui::hint_line(&meant);
    match text.split_once("\n\n") {
        // What was taken out has left an empty line.
        Some((what, rest)) => format!("{what}\n{hint}\n\n{}", rest.trim_start_matches('\n')),
        None => format!("{text}\n{hint}\n"),
    }
}

/// What people look for and is not there yet: the command, what is looked for below it, and what stands in.
const LATER: &[(&str, &str, &str)] = &[
    (
        "execution",
        "artifacts",
        "`pulsectl execution export 42 -O FILE` has all of it, `pulsectl execution logs 42 --save DIR` the output",
    ),
    (
        "execution",
        "open",
        "`pulsectl execution show 42` tells all of it",
    ),
    (
        "worker",
        "shell",
        "`pulsectl worker exec NAME -- COMMAND` runs one command",
    ),
    (
        "login",
        "--sso",
        "`pulsectl login URL` takes a token; an administrator makes one with `pulsectl token create`",
    ),
    (
        "sensor",
        "apply",
        "a webhook belongs to its workflow: write it below `triggers`, and `pulsectl workflow apply FILE`",
    ),
    (
        "sensor",
        "rm",
        "a webhook belongs to its workflow: take it out of the document, and `pulsectl workflow apply FILE`",
    ),
];

/// What is known to be looked for, with what stands in for it.
fn later(error: &Error) -> Option<Failure> {
    let given = [ContextKind::InvalidSubcommand, ContextKind::InvalidArg]
        .into_iter()
        .find_map(|kind| match error.get(kind) {
            Some(ContextValue::String(given)) => Some(given.as_str()),
            Some(_) | None => None,
        })?;
    let tree = whole();
    let below = reached(error, &tree).get_name();
    let is_it = |one: &&(&str, &str, &str)| one.0 == below && one.1 == given;
    let (below, what, instead) = LATER.iter().find(is_it)?;
    let said = format!("`{NAME} {below} {what}` is not there yet");
    Some(Failure::usage(said).hint(*instead))
}

/// Where the command for a host was written without what separates it from its flags.
fn behind_dashes(error: &Error) -> Option<String> {
    let is_missing = error.kind() == ErrorKind::MissingRequiredArgument;
    let tree = whole();
    let is_exec = is_missing && reached(error, &tree).get_name() == "exec";
    is_exec.then(|| format!("put `--` before the command: `{NAME} worker exec web-1 -- uptime`"))
}

/// The command, flag or value that was probably meant.
fn meant(error: &Error) -> Option<String> {
    let given = |kind| match error.get(kind) {
        Some(ContextValue::String(given)) => Some(given.as_str()),
        Some(_) | None => None,
    };
    if let Some(given) = given(ContextKind::InvalidSubcommand) {
        let tree = whole();
        return nearest(given, &commands(reached(error, &tree)));
    }
    if let Some(given) = given(ContextKind::InvalidValue) {
        return nearest(given, &values(error));
    }
    let flag = given(ContextKind::InvalidArg)?.strip_prefix("--")?;
    let tree = whole();
    nearest(flag, &flags(reached(error, &tree))).map(|flag| format!("--{flag}"))
}

fn nearest(given: &str, known: &[&str]) -> Option<String> {
    names::nearest(given, known.iter().copied()).map(str::to_owned)
}

/// The command that the words came as far as: its usage is a part of what is told.
fn reached<'tree>(error: &Error, tree: &'tree Command) -> &'tree Command {
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => usage.to_string(),
        Some(_) | None => String::new(),
    };
    let words = usage.split_whitespace().skip_while(|word| *word != NAME);
    let mut reached = tree;
    for word in words.skip(1) {
        match reached.find_subcommand(word) {
            Some(next) => reached = next,
            None => break,
        }
    }
    reached
}

/// What may stand in the place of a command. An alias of one letter is near everything.
fn commands(command: &Command) -> Vec<&str> {
    let shown = command.get_subcommands().filter(|one| !one.is_hide_set());
    shown
        .flat_map(Command::get_name_and_visible_aliases)
        .filter(|name| name.len() > 1)
        .collect()
}

fn flags(command: &Command) -> Vec<&str> {
    let shown = command.get_arguments().filter(|one| !one.is_hide_set());
    shown
        .filter_map(Arg::get_long_and_visible_aliases)
        .flatten()
        .collect()
}

fn values(error: &Error) -> Vec<&str> {
    if let Some(ContextValue::Strings(known)) = error.get(ContextKind::ValidValue) {
        return known.iter().map(String::as_str).collect();
    }
    let unknown = error.source().and_then(|it| it.downcast_ref());
    unknown.map_or_else(Vec::new, |it: &UnknownStatus| it.known.to_vec())
}
