//! Reading what was typed without building the whole tree, which costs more than most commands do.
//!
//! The tree is made branch by branch (`defer`). Its texts are complete only once all of it is built,
//! so whatever shows texts of several commands builds it: help, mistakes, manual pages, completions.

use std::ffi::OsString;

use clap::{
    Args as _, CommandFactory as _, Error, FromArgMatches as _, Subcommand as _, ValueEnum as _,
    error::ErrorKind,
};

use super::{Cli, Command};
use crate::{flags::Global, ui::live::PrefixChoice};

pub(super) const NAME: &str = "pulsectl";

/// Reads the words of this process, or gives what is to be told in place of a command.
pub(crate) fn read() -> Result<Cli, Error> {
    let words = with_bare_prefix(std::env::args_os().collect());
    let words = with_look_at(words);
    let tree = branch(&words).unwrap_or_else(Cli::command);
    match parse(tree, &words) {
        Err(error) if error.kind() == ErrorKind::DisplayVersion => Err(error),
        Err(_) => match parse(whole(), &words) {
            Err(error) if shows_help(&error) => parse(helped(), &words),
            read => read,
        },
        read => read,
    }
}

fn shows_help(error: &Error) -> bool {
    let kind = error.kind();
    kind == ErrorKind::DisplayHelp || kind == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
}

/// `--prefix` without a choice is `--prefix=full`: what follows it is a choice only if it is one.
fn with_bare_prefix(mut words: Vec<OsString>) -> Vec<OsString> {
    let end = words.iter().position(|word| word == "--");
    for at in 0..end.unwrap_or(words.len()) {
        let next = words.get(at + 1).and_then(|word| word.to_str());
        let is_choice = next.is_some_and(|next| PrefixChoice::from_str(next, false).is_ok());
        if words[at] == "--prefix" && !is_choice {
            words[at] = "--prefix=full".into();
        }
    }
    words
}

/// Behind `monitor test`, `--url` is what is looked at; in front of it the server, as everywhere.
fn with_look_at(mut words: Vec<OsString>) -> Vec<OsString> {
    let end = words.iter().position(|word| word == "--");
    let end = end.unwrap_or(words.len());
    let is_test = |pair: &[OsString]| pair[0] == "monitor" && pair[1] == "test";
    let Some(at) = words[..end].windows(2).position(is_test) else {
        return words;
    };
    for word in &mut words[at..end] {
        let flag = word.to_str().and_then(|word| word.strip_prefix("--url"));
        if let Some(rest) = flag.filter(|rest| rest.is_empty() || rest.starts_with('=')) {
            *word = format!("--{LOOK_AT}{rest}").into();
        }
    }
    words
}

/// What the flag is called once it is known which `--url` is meant.
pub(crate) const LOOK_AT: &str = "look-at";

/// The tree with all its texts.
pub(crate) fn whole() -> clap::Command {
    let mut tree = Cli::command();
    tree.build();
    tree
}

/// The tree as help shows it: what every command takes is named in one place, behind the examples.
pub(crate) fn helped() -> clap::Command {
    let flags = global_flags();
    let names: Vec<String> = flags
        .get_arguments()
        .filter_map(|flag| Some(format!("--{}", flag.get_long()?)))
        .collect();
    let line = format!(
        "Global options: {}\n`{NAME} help global-flags` tells what each does.",
        names.join(" ")
    );
    named_once(whole(), &line)
}

/// The flags of every command.
pub(crate) fn global_flags() -> clap::Command {
    Global::augment_args(clap::Command::new(NAME))
}

fn named_once(command: clap::Command, line: &str) -> clap::Command {
    let before = command.get_after_help().map(|text| format!("{text}\n\n"));
    command
        .mut_args(|arg| {
            let is_everywhere = arg.is_global_set();
            arg.hide(is_everywhere)
        })
        .after_help(format!("{}{line}", before.unwrap_or_default()))
        .mut_subcommands(|below| named_once(below, line))
}

fn parse(mut tree: clap::Command, words: &[OsString]) -> Result<Cli, Error> {
    let mut matches = tree.try_get_matches_from_mut(words)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut tree))
}

/// The one branch that the words seem to name.
///
/// What it accepts the whole tree reads alike, since a word in the place of a command is nothing else;
/// what it refuses may be right all the same.
fn branch(words: &[OsString]) -> Option<clap::Command> {
    let nouns = Command::augment_subcommands(clap::Command::new(NAME));
    let root = Global::augment_args(clap::Command::new(NAME))
        .subcommand_required(true)
        .disable_help_subcommand(true);
    let (noun, rest) = named(&nouns, words.get(1..)?)?;
    let mut opened = noun.clone();
    // Of all that opens a command this is the least: what is below it stays closed.
    opened.render_usage();
    Some(
        root.subcommand(match named(&opened, rest) {
            Some((verb, _)) => clap::Command::new(noun.get_name().to_owned())
                .aliases(
                    noun.get_all_aliases()
                        .map(str::to_owned)
                        .collect::<Vec<_>>(),
                )
                .subcommand_required(true)
                .subcommand(verb.clone()),
            None => noun.clone(),
        }),
    )
}

/// The first word that names a command below this one, and what follows it.
fn named<'tree, 'words>(
    tree: &'tree clap::Command,
    words: &'words [OsString],
) -> Option<(&'tree clap::Command, &'words [OsString])> {
    let mut found = words.iter().enumerate();
    found.find_map(|(at, word)| Some((tree.find_subcommand(word)?, &words[at + 1..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        let words = std::iter::once(NAME).chain(line.split_whitespace());
        words.map(OsString::from).collect()
    }

    fn shown(read: Result<Cli, Error>) -> String {
        read.map_or_else(|error| error.to_string(), |cli| format!("{cli:?}"))
    }

    #[test]
    fn a_prefix_without_a_choice_is_full_wherever_it_stands() {
        let read = |line: &str| {
            let words = with_bare_prefix(words(line));
            let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
            words[1..].join(" ")
        };

        assert_eq!(read("ex logs --prefix 42"), "ex logs --prefix=full 42");
        assert_eq!(read("ex logs 42 --prefix"), "ex logs 42 --prefix=full");
        for same in ["ex logs --prefix none 42", "w exec a -- x --prefix 1"] {
            assert_eq!(read(same), same);
        }
    }

    #[test]
    fn a_branch_reads_what_the_whole_tree_reads() {
        for line in [
            "worker exec web-1 -- true",
            "w exec -l region=fra --env A=b -o json -- sh -c x",
            "worker list -o json",
            "worker token create --uses 3",
            "--context worker worker ls --no-input",
            "ex show #1 -q",
            "run deploy --yes --answer a=b",
            "fleet rollout ls",
            "version",
            "help run",
        ] {
            let words = words(line);
            let branch = parse(branch(&words).unwrap(), &words);

            assert!(branch.is_ok(), "{line}: {}", shown(branch));
            assert_eq!(shown(branch), shown(parse(whole(), &words)), "{line}");
        }
    }

    #[test]
    fn a_branch_refuses_what_names_another() {
        for line in [
            "--context worker region ls",
            "worker --context exec ls",
            "worker help",
        ] {
            let words = words(line);
            let branch = branch(&words).map(|tree| parse(tree, &words));

            let agrees = branch
                .is_none_or(|read| read.is_err() || shown(read) == shown(parse(whole(), &words)));
            assert!(agrees, "{line}");
        }
    }
}
