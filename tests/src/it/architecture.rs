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
    let mut named = Vec::new();
    let mut in_crate_group = false;
    for (line, number) in code.lines().zip(1..) {
        let line = line.trim();
        if line.starts_with("//") {
            continue;
        }
        for rest in line.split("crate::").skip(1) {
            let word: String = rest
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            named.push((word, number));
        }
        // `use crate::{` opens a group whose members stand on lines of their own.
        if in_crate_group {
            let is_member = text
                .lines()
                .nth(number - 1)
                .is_some_and(|line| line.starts_with("    ") && !line.starts_with("     "));
            if is_member {
                for member in line.split(", ") {
                    let word: String = member
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    named.push((word, number));
                }
            }
        }
        if line.starts_with("use crate::{") || line.starts_with("pub(crate) use crate::{") {
            in_crate_group = !line.ends_with("};");
        } else if line == "};" {
            in_crate_group = false;
        }
        for library in ["axum", "diesel", "diesel_async", "tokio", "bb8"] {
            if line.contains(&format!("{library}::")) {
                named.push((library.to_owned(), number));
            }
        }
    }
    named
}

fn offences(ring: &str, forbidden: &[&str]) -> Vec<String> {
    let mut offences = Vec::new();
    for (file, text) in sources(&format!("pulsed/src/{ring}")) {
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
            "model",
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
        offences("store", &["domain", "edge", "app", "axum"]),
        offences("domain", &["edge", "axum", "diesel", "diesel_async"]),
        offences("edge", &["store", "diesel", "diesel_async"]),
    ]
    .concat();

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
    for package in [
        "pulse-api",
        "pulse-workflow",
        "pulsed",
        "pulse-agent",
        "pulsectl",
        "tests",
    ] {
        for (file, text) in sources(&format!("{package}/src")) {
            let lines = text.lines().count();
            if lines > 600 {
                found.push(format!("{file} has {lines}"));
            }
        }
    }

    assert!(found.is_empty(), "{}", found.join("\n"));
}
