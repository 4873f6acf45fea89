//! The arrows between crates and between the rings of the server, read from the sources.

use std::{fs, path::Path};

use pulse_tests::places;

/// Every Rust file below a folder of the checkout, with its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn gather(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(places::checkout()).unwrap();
                found.push((
                    name.display().to_string(),
                    fs::read_to_string(&path).unwrap(),
                ));
            }
        }
    }
    let mut found = Vec::new();
    gather(&places::checkout().join(folder), &mut found);
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// The rings and crates that a file names, each with its line; tests and comments left out.
fn named(text: &str) -> Vec<(String, usize)> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().map(|line| {
        let is_comment = line.trim_start().starts_with("//");
        if is_comment { "" } else { line }
    });
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut named = Vec::new();
    let line_at = |at: usize| code[..at].matches('\n').count() + 1;
    for (at, path) in code.match_indices("crate::") {
        let rest = &code[at + path.len()..];
        let words = match rest.strip_prefix('{') {
            Some(group) => members(group),
            None => vec![(0, word(rest))],
        };
        for (within, word) in words {
            named.push((word, line_at(at + path.len() + within)));
        }
    }
    for library in ["axum", "diesel", "diesel_async", "tokio", "bb8"] {
        for (at, _) in code.match_indices(&format!("{library}::")) {
            named.push((library.to_owned(), line_at(at)));
        }
    }
    for clock in ["Instant::now", "SystemTime::now", "Timestamp::now"] {
        for (at, _) in code.match_indices(clock) {
            named.push((clock.to_owned(), line_at(at)));
        }
    }
    for part in ["env", "fs", "net", "process", "thread"] {
        let within = code.match_indices("std::{").flat_map(|(at, path)| {
            let begin = at + path.len();
            let own = members(&code[begin..]).into_iter();
            own.filter(|(_, word)| word == part)
                .map(move |(within, _)| begin + within)
                .collect::<Vec<_>>()
        });
        let path = format!("std::{part}");
        let alone = code.match_indices(&path).map(|(at, _)| at);
        for at in alone.chain(within) {
            named.push((path.clone(), line_at(at)));
        }
    }
    named
}

fn word(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

/// The first words of the members of a group `{a::b, c::{d, e}}` whose brace is open already, each
/// with its place.
fn members(group: &str) -> Vec<(usize, String)> {
    let mut members = Vec::new();
    let (mut depth, mut is_next) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => is_next = true,
            c if is_next && !c.is_whitespace() => {
                members.push((at, word(&group[at..])));
                is_next = false;
            }
            _ => {}
        }
    }
    members
}

#[test]
fn every_form_of_a_name_is_found() {
    let text = "\
// crate::edge is no name here
use crate::{app::App, store};
pub(super) use crate::{
    model::{edge, step},
    domain::Verb,
};
use std::{
    collections::BTreeMap,
    time::Instant,
};
fn since() -> Instant { Instant::now() }
fn now() { crate::clock::now(); std::thread::yield_now(); tokio::spawn(a); }
#[cfg(test)]
use crate::tests;
";

    let mut found = named(text);
    found.sort_by_key(|(_, line)| *line);

    let found: Vec<String> = found
        .iter()
        .map(|(word, line)| format!("{line} {word}"))
        .collect();
    let wanted = [
        "2 app",
        "2 store",
        "4 model",
        "5 domain",
        "11 Instant::now",
        "12 clock",
        "12 tokio",
        "12 std::thread",
    ];
    assert_eq!(found, wanted);
}

fn offences(folder: &str, forbidden: &[&str]) -> Vec<String> {
    let mut offences = Vec::new();
    for (file, text) in sources(folder) {
        for (word, line) in named(&text) {
            if forbidden.contains(&word.as_str()) {
                offences.push(format!("{file}:{line} names {word}"));
            }
        }
    }
    offences
}

#[test]
fn the_rings_of_the_server_call_inwards_only() {
    let found = [
        offences(
            "pulsed/src/model",
            &[
                "store",
                "domain",
                "edge",
                "app",
                "axum",
                "diesel",
                "diesel_async",
                "tokio",
                "bb8",
            ],
        ),
        offences("pulsed/src/store", &["domain", "edge", "app", "axum"]),
        offences(
            "pulsed/src/domain",
            &["edge", "axum", "diesel", "diesel_async"],
        ),
        offences("pulsed/src/edge", &["store", "diesel", "diesel_async"]),
    ]
    .concat();

    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// What touches the world outside a process, or asks what time it is.
const OUTSIDE: &[&str] = &[
    "tokio",
    "std::env",
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "Instant::now",
    "SystemTime::now",
    "Timestamp::now",
];

#[test]
fn what_is_pure_touches_nothing_outside() {
    let pure = ["pulsed/src/model", "pulse-workflow/src"];
    let found = pure.map(|folder| offences(folder, OUTSIDE)).concat();

    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn only_the_store_knows_the_database_library() {
    let mut found = Vec::new();
    for (file, text) in sources("pulsed/src") {
        let is_store = file.starts_with("pulsed/src/store/");
        let knows = named(&text)
            .into_iter()
            .find(|(word, _)| word.starts_with("diesel"));
        if let Some((word, line)) = knows.filter(|_| !is_store) {
            found.push(format!("{file}:{line} names {word}"));
        }
    }

    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The crates of this workspace that a crate depends on, tests aside.
fn needs(package: &str) -> Vec<String> {
    let manifest = places::read(&format!("{package}/Cargo.toml"));
    let mut needs = Vec::new();
    let mut section = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section == "[dependencies]" && line.starts_with("pulse") {
            let name = line.split(['.', ' ', '=']).next().unwrap();
            needs.push(name.to_owned());
        }
    }
    needs.sort();
    needs
}

#[test]
fn the_crates_depend_on_each_other_as_the_architecture_says() {
    assert_eq!(needs("pulse-api"), Vec::<String>::new());
    assert_eq!(needs("pulse-workflow"), Vec::<String>::new());
    assert_eq!(needs("pulse-agent"), ["pulse-api"]);
    assert_eq!(needs("pulsectl"), ["pulse-api", "pulse-workflow"]);
    assert_eq!(needs("pulsed"), ["pulse-api", "pulse-workflow"]);
}

#[test]
fn the_agent_is_built_without_the_scheduler_for_many_threads() {
    // It runs on one thread; the scheduler would take a mathematical library along into both processes.
    for manifest in ["Cargo.toml", "pulse-agent/Cargo.toml"] {
        assert!(
            !places::read(manifest).contains("rt-multi-thread"),
            "{manifest}"
        );
    }
}

#[test]
fn no_source_file_is_longer_than_six_hundred_lines() {
    let mut found = Vec::new();
    for folder in [
        "bench/src",
        "pulse-agent/src",
        "pulse-agent/tests",
        "pulse-api/src",
        "pulse-workflow/src",
        "pulse-workflow/tests",
        "pulsectl/src",
        "pulsectl/tests",
        "pulsed/src",
        "tests/src",
    ] {
        for (file, text) in sources(folder) {
            let lines = text.lines().count();
            if lines > 600 {
                found.push(format!("{file} has {lines}"));
            }
        }
    }

    assert!(found.is_empty(), "{}", found.join("\n"));
}
