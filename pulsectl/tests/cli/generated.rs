//! The committed completions and manual pages are those of this build.

use std::{collections::BTreeSet, fs, path::Path};

use super::fake::{Answer, Fake};

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn the_completions_are_up_to_date() {
    let fake = Fake::start(|_, _| Answer::Drop);
    for (shell, file) in [
        ("bash", "pulsectl.bash"),
        ("zsh", "_pulsectl"),
        ("fish", "pulsectl.fish"),
        ("elvish", "pulsectl.elv"),
        ("powershell", "_pulsectl.ps1"),
    ] {
        let now = fake.run(&["completion", shell]).exits(0).stdout;
        let committed =
            fs::read_to_string(root().join("completions").join(file)).unwrap_or_default();

        assert!(
            now == committed,
            "stale: pulsectl completion {shell} > completions/{file}"
        );
    }
}

#[test]
fn the_manual_pages_are_up_to_date() {
    let fake = Fake::start(|_, _| Answer::Drop);
    let fresh = fake.home.join("man");

    fake.run(&["man", "--dir", &fresh.display().to_string()])
        .exits(0);

    let committed = root().join("man");
    let is_mine = |name: &String| name.starts_with("pulsectl");
    let mine: BTreeSet<String> = names(&committed).into_iter().filter(is_mine).collect();
    assert_eq!(
        names(&fresh),
        mine,
        "stale: rm man/*; pulsectl man --dir man"
    );
    for name in names(&fresh) {
        let same = fs::read(fresh.join(&name)).unwrap() == fs::read(committed.join(&name)).unwrap();
        assert!(same, "stale: man/{name}; pulsectl man --dir man");
    }
}

#[test]
fn a_manual_page_ends_with_what_clap_does_not_know() {
    let fake = Fake::start(|_, _| Answer::Drop);

    fake.run(&["man", "run"])
        .exits(0)
        .prints(".SH \"EXIT STATUS\"")
        .prints(".SH ENVIRONMENT")
        .prints(".SH EXAMPLES");
}

#[test]
fn every_topic_and_command_has_help() {
    let fake = Fake::start(|_, _| Answer::Drop);

    fake.run(&["help", "exit-codes"])
        .exits(0)
        .prints("124       --timeout ran out");
    fake.run(&["help", "environment"])
        .exits(0)
        .prints("PULSE_URL");
    fake.run(&["help", "worker", "exec"])
        .exits(0)
        .prints("Usage: pulsectl worker exec");
    fake.run(&["help", "exitcodes"])
        .exits(2)
        .tells("did you mean `exit-codes`?");
}

#[test]
fn a_wrong_word_is_usage_and_gets_a_suggestion() {
    let fake = Fake::start(|_, _| Answer::Drop);

    fake.run(&["exection"]).exits(2).tells("execution");
    fake.run(&["run", "x", "--answr", "a=b"])
        .exits(2)
        .tells("--answer");
}
