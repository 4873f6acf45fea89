//! What clap answers in place of a command: help that was asked for, or what is wrong with the words,
//! with what was probably meant.

use std::{error::Error as _, process::ExitCode};

use clap::{
    Arg, Command, Error,
    error::{ContextKind, ContextValue},
};
use pulse_api::status::UnknownStatus;

use super::reading::{NAME, whole};
use crate::{
    error::{Exit, Kind},
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
    let meant = meant(&error);
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
    let hint = ui::hint_line(&format!("did you mean `{meant}`?"));
    match text.split_once("\n\n") {
        // What was taken out has left an empty line.
        Some((what, rest)) => format!("{what}\n{hint}\n\n{}", rest.trim_start_matches('\n')),
        None => format!("{text}\n{hint}\n"),
    }
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
