//! What is typed wrong, and what is typed as elsewhere.

use std::{
    fs::{self, File},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use super::fake::{Answer, Fake, Ran, execution, worker};

fn nobody() -> Fake {
    Fake::start(|_, _| Answer::Drop)
}

#[test]
fn a_slip_is_told_with_the_one_word_that_was_meant() {
    let fake = nobody();
    for (line, meant) in [
        ("wroker ls", "worker"),
        ("worker lss", "ls"),
        ("worker token craete", "create"),
        ("strat deploy", "start"),
        ("worker ls --statsu online", "--status"),
        ("worker ls --outptu json", "--output"),
        ("worker ls --status onlin", "online"),
        ("worker ls --state drianing", "draining"),
        ("worker ls -o jsno", "json"),
        ("worker ls --color alwys", "always"),
        ("worker token ls --tme utc", "--time"),
    ] {
        let args: Vec<&str> = line.split(' ').collect();

        let ran = fake
            .run(&args)
            .exits(2)
            .tells(&format!("\nhint: did you mean `{meant}`?\n"));

        let suggestions =
            ran.stderr.matches("similar").count() + ran.stderr.matches("tip:").count();
        assert_eq!(suggestions, 0, "{}", ran.stderr);
        assert!(!ran.stderr.contains("\n\n\n"), "{}", ran.stderr);
    }
    assert!(fake.seen().is_empty());
}

#[test]
fn a_slip_in_a_variable_is_told_too() {
    let ran: Ran = nobody()
        .command(&["worker", "ls"])
        .env("PULSE_OUTPUT", "jsno")
        .output()
        .unwrap()
        .into();

    ran.exits(2).tells("hint: did you mean `json`?");
}

#[test]
fn what_is_like_nothing_is_told_without_a_guess() {
    let fake = nobody();
    for line in [
        "zzzzz",
        "worker ls --zzzzz",
        "worker ls -o zzzzz",
        "worker zzzzz",
    ] {
        let args: Vec<&str> = line.split(' ').collect();

        let ran = fake.run(&args).exits(2).tells("zzzzz");

        assert!(!ran.stderr.contains("did you mean"), "{}", ran.stderr);
    }
}

#[test]
fn a_slip_in_a_short_name_of_a_context_is_one_too() {
    let fake = nobody();
    fake.run(&["context", "set", "st", "--url", "http://h"])
        .exits(0);

    fake.run(&["-c", "sst", "worker", "ls"])
        .exits(7)
        .tells("hint: did you mean `st`?");
}

#[test]
fn of_a_flag_for_every_command_the_last_one_holds() {
    let fake = Fake::start(|_, _| Answer::page(&json!([worker("web-1")])));

    for line in [
        "worker ls -o json -o name",
        "-o json worker ls -o name",
        "worker ls -q -q -y -y -o name -o name",
        "worker ls --time utc --time local --color never --color auto -o yaml -o name",
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        fake.run(&args).exits(0).prints("web-1\n");
    }
    let ran = fake.run(&["worker", "ls", "-o", "json", "-o", "name"]);
    assert_eq!(ran.exits(0).stdout, "worker/web-1\n");
}

#[test]
fn what_removes_is_found_under_each_of_its_names() {
    let fake = nobody();
    for noun in [
        "worker", "workflow", "region", "secret", "schedule", "context",
    ] {
        for verb in ["rm", "remove", "delete"] {
            let ran = fake.run(&[noun, verb, "--help"]).exits(0);

            assert!(ran.stdout.contains(&format!("Usage: pulsectl {noun} ")));
        }
    }
    fake.run(&["workflow", "show", "--help"])
        .exits(0)
        .prints("Usage: pulsectl workflow get");
}

#[test]
fn help_that_could_not_be_written_is_an_error() {
    let fake = nobody();
    for word in ["--help", "--version"] {
        let full = File::options().write(true).open("/dev/full").unwrap();

        let ran: Ran = fake.command(&[word]).stdout(full).output().unwrap().into();

        ran.exits(1).tells("could not write the output");
    }
}

#[test]
fn a_document_is_checked_by_either_name_of_the_flag() {
    let fake = nobody();
    let good = fake.file(
        "good.yaml",
        "name: a\nsteps:\n  - {name: a, command: df, targets: [all]}\n",
    );
    let bad = fake.file("bad.yaml", "steps:\n  - {nme: x}\n");

    fake.run(&["workflow", "validate", "--check", &good])
        .exits(0);
    fake.run(&["workflow", "validate", "--check", &bad])
        .exits(1);
}

#[test]
fn a_day_is_a_time_to_list_from() {
    let fake = Fake::start(|_, _| Answer::page(&json!([])));
    let zone = |args: &[&str]| -> Ran {
        let mut command: Command = fake.command(args);
        command.env("TZ", "Etc/GMT-2").stdin(Stdio::null());
        command.output().unwrap().into()
    };

    zone(&["execution", "ls", "--since", "2026-11-23"]).exits(0);
    zone(&["audit", "ls", "--since", "2026-11-23T10:30"]).exits(0);
    zone(&["execution", "ls", "--since", "yesterday"])
        .exits(2)
        .tells("2026-11-23");

    let asked: Vec<String> = fake.seen().into_iter().map(|it| it.query).collect();
    assert!(asked[0].contains("2026-11-22T22%3A00%3A00Z"), "{asked:?}");
    assert!(asked[1].contains("2026-11-23T08%3A30%3A00Z"), "{asked:?}");
}

#[test]
fn an_export_writes_over_a_file_only_when_it_is_told_to() {
    let fake = Fake::start(|request, _| {
        if request.path.ends_with("/events") {
            return Answer::Stream(vec![super::fake::end("completed", None)]);
        }
        Answer::Json(200, execution("completed"))
    });
    let file = fake.file("42.jsonl", "older\n");
    let export = ["execution", "export", "42", "-O", &file];

    fake.run(&export)
        .exits(2)
        .tells("hint: --force writes over it");
    assert_eq!(fs::read_to_string(&file).unwrap(), "older\n");
    fake.run(&[&export[..], &["--force"]].concat()).exits(0);

    let first: Value =
        serde_json::from_str(fs::read_to_string(&file).unwrap().lines().next().unwrap()).unwrap();
    assert_eq!(first["execution"]["number"], 42);
}
