//! What this host cannot run is counted as skipped, and says why.

use std::{fs, path::Path, process::Command};

use pulse_tests::{places, skip};

/// What `script/test` says at the end of such an output, with these tests skipped.
fn summary(output: &str, skipped: &str) -> String {
    let folder = places::new_folder("summary");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let mut command = Command::new(places::checkout().join("script/lib/summary"));
    let said = command
        .arg(file("output", output))
        .arg(file("skipped", skipped))
        .output()
        .unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(said.status.success(), "{said:?}");
    String::from_utf8(said.stdout).unwrap()
}

const NEXTEST: &str = "\u{1b}[32m     Summary\u{1b}[0m [ 240.1s] 850 tests run: 847 passed \
    (3 slow, 1 flaky), 1 failed, 2 timed out, 4 skipped\n";

#[test]
fn what_ran_is_counted_as_the_runner_counts_it() {
    assert_eq!(summary(NEXTEST, ""), "847 passed, 3 failed, 4 skipped\n");
    let cargo = "test result: FAILED. 10 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out\n\
        test result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n";
    assert_eq!(summary(cargo, ""), "15 passed, 1 failed, 2 skipped\n");
}

#[test]
fn what_was_skipped_is_not_counted_as_passed_and_says_why() {
    let twice =
        "sso::one\tthere is no nginx\nsandbox::two\tno cgroups\nsso::one\tthere is no nginx\n";

    assert_eq!(
        summary(NEXTEST, twice),
        "skipped: sandbox::two: no cgroups\n\
         skipped: sso::one: there is no nginx\n\
         845 passed, 3 failed, 6 skipped\n"
    );
}

/// Says that it was skipped, when the test below asks for it.
#[test]
#[ignore = "one of the next test's own"]
fn this_test_skips() {
    skip("because it is\nasked to");
}

#[test]
fn a_skipped_test_stands_in_the_list_with_its_name() {
    let list = places::new_folder("skips").join("list");
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "skips::this_test_skips"]);
    let ran = command.env("PULSE_TESTS_SKIPPED", &list).output().unwrap();

    assert!(ran.status.success());
    let listed = fs::read_to_string(&list).unwrap();
    assert_eq!(listed, "skips::this_test_skips\tbecause it is; asked to\n");
    fs::remove_dir_all(list.parent().unwrap()).unwrap();
}

/// Whoever skips in another way is not counted.
#[test]
fn there_is_one_way_to_skip() {
    fn look(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_source = path.extension().is_some_and(|extension| extension == "rs");
            if path.is_dir() {
                look(&path, found);
            } else if is_source
                && fs::read_to_string(&path)
                    .unwrap()
                    .contains(concat!("\"skip", "ped: "))
            {
                found.push(path.display().to_string());
            }
        }
    }
    let mut found = Vec::new();
    for folder in [
        "tests/src",
        "pulse-agent/tests",
        "pulsectl/tests",
        "pulse-workflow/tests",
    ] {
        look(&places::checkout().join(folder), &mut found);
    }
    let own = places::checkout().join("tests/src/skip.rs");
    found.retain(|path| !path.contains("it/skips.rs"));
    assert_eq!(found, [own.display().to_string()]);
}
