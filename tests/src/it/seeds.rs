//! The table of the seeds' lines and the tests that assert them.

use std::{collections::BTreeSet, fs};

use pulse_tests::places;

/// Where tests are that drive the programs.
const FOLDERS: [&str; 3] = [
    "tests/src/it",
    "pulse-agent/tests/agent",
    "pulsectl/tests/cli",
];

/// Every test in these folders, as `file::name`.
fn tests() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let files = FOLDERS.map(|folder| fs::read_dir(places::checkout().join(folder)).unwrap());
    for entry in files.into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let file = path.file_stem().unwrap().to_str().unwrap().to_owned();
        for line in fs::read_to_string(&path).unwrap().lines() {
            let after = line.trim_start().trim_start_matches("async ");
            if let Some(name) = after
                .strip_prefix("fn ")
                .and_then(|rest| rest.split('(').next())
            {
                found.insert(format!("{file}::{name}"));
            }
        }
    }
    found
}

/// Seed and number of a line such as `S4.12`.
fn number(line: &str) -> Option<(u32, u32)> {
    let (seed, number) = line.strip_prefix('S')?.split_once('.')?;
    Some((seed.parse().ok()?, number.parse().ok()?))
}

#[test]
fn every_line_stands_once_in_order_and_names_tests_that_exist() {
    let table = places::read("docs/SEEDS.md");
    let known = tests();
    let mut last = (0, 0);
    let mut rows = 0;

    for row in table.lines() {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let Some(line) = cells.get(1).and_then(|cell| number(cell)) else {
            continue;
        };
        assert!(line > last, "{row} stands after {last:?}");
        last = line;
        rows += 1;
        for name in cells[2].split('`').skip(1).step_by(2) {
            let is_test = name.matches("::").count() == 1
                && !name.contains([' ', '{', '/'])
                && !name.ends_with("::tests");
            assert!(
                !is_test || known.contains(name),
                "{row}: there is no test {name}"
            );
        }
    }

    assert!(rows > 50, "{rows}");
}
