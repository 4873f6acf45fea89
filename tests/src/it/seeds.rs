//! The table of the seeds' lines: complete, and naming tests that exist.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use pulse_tests::places;

/// How many lines each seed document has.
const LINES: [usize; 5] = [S0, S1, S2, S3, S4];
/// Workers and regions.
const S0: usize = 41;
/// Sensor workers.
const S1: usize = 71;
/// A fleet of workers.
const S2: usize = 40;
/// Orchestration.
const S3: usize = 186;
/// Worker states.
const S4: usize = 47;

/// Where tests are when no crate is named before them.
const HERE: &str = "pulse-tests";
/// Where the tests of a crate are.
const CRATES: [(&str, &[&str]); 5] = [
    (HERE, &["tests/src/it"]),
    ("pulsed", &["pulsed/src"]),
    (
        "pulse-agent",
        &["pulse-agent/tests/agent", "pulse-agent/src"],
    ),
    ("pulsectl", &["pulsectl/tests/cli", "pulsectl/src"]),
    (
        "pulse-workflow",
        &["pulse-workflow/tests", "pulse-workflow/src"],
    ),
];

/// Every test below a folder, as `module::name`.
fn collect(folder: &Path, module: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let inner = match (module, stem) {
            (_, "mod" | "main") => module.to_owned(),
            ("", _) => stem.to_owned(),
            _ => format!("{module}::{stem}"),
        };
        if path.is_dir() {
            collect(&path, &inner, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.extend(tests_of(&fs::read_to_string(&path).unwrap(), &inner));
        }
    }
}

/// The functions of a file that are marked as tests.
fn tests_of(text: &str, module: &str) -> Vec<String> {
    let mut module = module.to_owned();
    let mut found = Vec::new();
    let mut is_marked = false;
    for line in text.lines().map(str::trim_start) {
        if line == "mod tests {" {
            module.push_str("::tests");
        } else if line.starts_with("#[") {
            is_marked |= line.contains("test]") || line.contains("test(");
        } else if let Some(rest) = line.trim_start_matches("async ").strip_prefix("fn ") {
            let name = rest.split('(').next().unwrap();
            found.extend(is_marked.then(|| format!("{module}::{name}")));
            is_marked = false;
        }
    }
    found
}

/// Seed and number of a line such as `S4.12`.
fn number(line: &str) -> Option<(usize, usize)> {
    let (seed, number) = line.strip_prefix('S')?.split_once('.')?;
    Some((seed.parse().ok()?, number.parse().ok()?))
}

/// The rows of the table: the line, what it asks for, and where that is.
fn rows(table: &str) -> Vec<((usize, usize), String, String)> {
    let cells = table.lines().map(|row| {
        let cells: Vec<&str> = row.split(" | ").collect();
        let first = cells[0].trim_start_matches("| ");
        let (asks, place) = (cells.get(1)?, cells.get(2)?);
        Some((number(first)?, asks.to_string(), place.to_string()))
    });
    cells.flatten().collect()
}

#[test]
fn every_line_of_every_seed_has_one_row_in_order() {
    let wanted: Vec<(usize, usize)> = LINES
        .iter()
        .enumerate()
        .flat_map(|(seed, lines)| (1..=*lines).map(move |line| (seed, line)))
        .collect();

    let rows = rows(&places::read("docs/SEEDS.md"));

    let found: Vec<(usize, usize)> = rows.iter().map(|(line, ..)| *line).collect();
    let missing: Vec<_> = wanted.iter().filter(|line| !found.contains(line)).collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
    assert_eq!(found, wanted);
    for (line, asks, place) in rows {
        assert!(!asks.trim().is_empty(), "{line:?} asks for nothing");
        assert!(
            !place.trim_matches([' ', '|']).is_empty(),
            "{line:?} is nowhere"
        );
    }
}

#[test]
fn every_test_that_the_table_names_exists() {
    let known: BTreeMap<&str, BTreeSet<String>> = CRATES
        .iter()
        .map(|(name, folders)| {
            let mut found = BTreeSet::new();
            for folder in *folders {
                collect(&places::checkout().join(folder), "", &mut found);
            }
            (*name, found)
        })
        .collect();

    let mut named = 0;
    for (line, _, place) in rows(&places::read("docs/SEEDS.md")) {
        let mut of = HERE;
        let parts: Vec<&str> = place.split('`').collect();
        for (word, after) in parts
            .iter()
            .skip(1)
            .step_by(2)
            .zip(parts.iter().skip(2).step_by(2))
        {
            if known.contains_key(word) && after.starts_with(':') {
                of = word;
            } else if word.contains("::") {
                let is_there = known[of].contains(*word);
                assert!(is_there, "{line:?}: there is no test {word} in {of}");
                named += 1;
                of = HERE;
            }
        }
    }

    assert!(named > 300, "{named}");
}
