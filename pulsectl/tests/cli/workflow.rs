//! Documents: checked here, stored there.

use serde_json::json;

use super::{
    fake::{Answer, EXECUTION_ID, Fake, Ran, Request, user},
    forms::willing,
};

const DISK: &str = "name: disk-check # a comment\nsteps:\n  - name: Check\n    command: df -h\n    targets: [all]\n";

/// What storing answers: 201 for a new workflow, 200 for one that was already so.
fn applied(status: u16) -> Answer {
    let changed = status == 201;
    let body = json!({"id": EXECUTION_ID, "name": "disk-check", "version": 1, "changed": changed});
    Answer::Json(status, body)
}

fn stored(source: &str) -> Answer {
    Answer::Json(
        200,
        json!({
            "id": EXECUTION_ID, "name": "disk-check", "description": null, "version": 3, "definition": {},
            "source": source, "created_by": "maria", "created_at": "2026-01-01T12:00:00Z",
            "updated_at": "2026-01-01T12:00:00Z"
        }),
    )
}

#[test]
fn applying_sends_the_document_byte_for_byte() {
    let fake = Fake::start(|_, _| applied(201));
    let file = fake.file("disk.yaml", DISK);

    let ran = fake
        .run(&[
            "workflow",
            "apply",
            "-f",
            &file,
            "--expect-rev",
            "2",
            "-m",
            "first",
        ])
        .exits(0);

    assert_eq!(ran.stdout, "workflow/disk-check created (version 1)\n");
    let seen = &fake.calls("PUT", "/workflows/disk-check")[0];
    assert_eq!(seen.body, DISK);
    assert_eq!(seen.header("content-type"), Some("application/yaml"));
    assert_eq!(seen.header("if-match"), Some("2"));
    assert_eq!(seen.header("x-pulse-message"), Some("first"));
}

#[test]
fn applying_again_changes_nothing() {
    let fake = Fake::start(|_, _| applied(200));
    let file = fake.file("disk.yaml", DISK);

    let ran = fake
        .run(&["workflow", "apply", "-f", &file, "-o", "json"])
        .exits(0);

    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&report["unchanged"], &report["created"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(report["workflows"][0]["result"], "unchanged");
}

#[test]
fn a_document_without_a_name_takes_it_from_its_file() {
    let fake = Fake::start(|_, _| applied(201));
    let seed =
        r#"{"steps": [{"name": "Check", "type": "execute", "command": "df", "targets": ["all"]}]}"#;
    let file = fake.file("disk-space-check.json", seed);

    fake.run(&["workflow", "apply", "-f", &file]).exits(0);

    assert_eq!(fake.calls("PUT", "/workflows/disk-space-check").len(), 1);
}

#[test]
fn a_stale_version_exits_9() {
    let fake = Fake::start(|_, _| Answer::problem(409, "stale_version", "peter stored version 4"));
    let file = fake.file("disk.yaml", DISK);

    fake.run(&["workflow", "apply", "-f", &file, "--expect-rev", "3"])
        .exits(9)
        .tells("peter stored version 4");
}

#[test]
fn an_invalid_document_is_never_sent() {
    let fake = Fake::start(|_, _| applied(201));
    let file = fake.file(
        "disk.yaml",
        "name: disk\nsteps:\n  - name: Check\n    commmand: df\n",
    );

    fake.run(&["workflow", "apply", "-f", &file])
        .exits(2)
        .tells("disk.yaml:4:")
        .tells("nothing was sent");

    assert!(fake.seen().is_empty());
}

#[test]
fn validation_needs_no_server_and_shows_every_fault_in_place() {
    let fake = Fake::start(|_, _| Answer::Drop);
    let good = fake.file("good.yaml", DISK);
    let bad = fake.file(
        "bad.yaml",
        "name: disk\nsteps:\n  - name: A\n    commmand: x\n  - name: B\n    comand: x\n",
    );

    fake.run(&["workflow", "validate", "-f", &good])
        .exits(0)
        .prints("valid (1 step)");
    fake.run(&["workflow", "validate", "-f", &good, "-f", &bad])
        .exits(1)
        .prints("bad.yaml:4:")
        .prints("commmand: x")
        .prints("bad.yaml:6:");

    assert!(fake.seen().is_empty());
}

#[test]
fn faults_become_annotations_or_json() {
    let fake = Fake::start(|_, _| Answer::Drop);
    let bad = fake.file(
        "bad.yaml",
        "name: disk\nsteps:\n  - name: A\n    commmand: x\n",
    );

    fake.run(&["workflow", "validate", "-f", &bad, "-o", "github"])
        .exits(1)
        .prints("::error file=")
        .prints("bad.yaml,line=4,col=");
    let ran = fake
        .run(&["workflow", "validate", "-f", &bad, "-o", "json"])
        .exits(1);

    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (&report[0]["valid"], &report[0]["errors"][0]["line"]),
        (&json!(false), &json!(4))
    );
}

#[test]
fn a_later_document_of_a_file_keeps_its_lines() {
    let fake = Fake::start(|_, _| Answer::Drop);
    let file = fake.file(
        "two.yaml",
        &format!("---\n{DISK}---\nname: b\nsteps:\n  - name: A\n    commmand: x\n"),
    );

    fake.run(&["workflow", "validate", "-f", &file])
        .exits(1)
        .prints("two.yaml:11:");
}

#[test]
fn a_diff_exits_1_when_there_is_one() {
    let fake = Fake::start(|_, _| stored(DISK));
    let same = fake.file("disk.yaml", DISK);
    let other = fake.file("other.yaml", &DISK.replace("df -h", "df -k"));

    assert_eq!(
        fake.run(&["workflow", "diff", "-f", &same]).exits(0).stdout,
        ""
    );
    fake.run(&["workflow", "diff", "-f", &other])
        .exits(1)
        .prints("-    command: df -h\n+    command: df -k\n");
}

#[test]
fn a_folder_is_read_in_order() {
    let fake = Fake::start(|request, _| {
        let name = request.path.rsplit('/').next().unwrap_or_default();
        Answer::Json(
            201,
            json!({"id": EXECUTION_ID, "name": name, "version": 1, "changed": true}),
        )
    });
    fake.file("b.yaml", &DISK.replace("disk-check", "b"));
    fake.file("a.yml", &DISK.replace("disk-check", "a"));
    fake.file("notes.txt", "not a document");
    let folder = fake.home.display().to_string();

    let ran = fake
        .run(&["workflow", "apply", "-f", &folder, "-q"])
        .exits(0);

    assert_eq!(ran.stdout, "a\nb\n");
}

#[test]
fn a_document_is_printed_as_it_was_given() {
    let fake = Fake::start(|_, _| stored(DISK));

    assert_eq!(
        fake.run(&["workflow", "get", "disk-check"]).exits(0).stdout,
        DISK
    );
}

/// The id of the n-th workflow of a list.
fn id(number: usize) -> String {
    format!("01900000-0000-7000-8000-00000000000{number}")
}

/// A server with workflows of maria, who calls, and one of peter.
fn of_two_people() -> Fake {
    Fake::start(|request, _| match request.method.as_str() {
        "GET" if request.path.ends_with("/user") => Answer::Json(200, user()),
        "GET" if request.path.ends_with("/workflows") => {
            let names = ["disk-check", "old", "older", "backup", "peters"];
            let items = names.iter().enumerate().map(|(number, name)| {
                let Answer::Json(_, mut one) = stored("") else {
                    unreachable!()
                };
                one["id"] = json!(id(number));
                one["name"] = json!(name);
                if *name == "peters" {
                    one["created_by"] = json!("peter");
                }
                one
            });
            Answer::page(&items.collect::<Vec<_>>().into())
        }
        "GET" => stored(DISK),
        "DELETE" => Answer::Json(204, json!(null)),
        _ => applied(200),
    })
}

/// Runs a pruning of all but the backup.
fn prune(fake: &Fake, more: &[&str]) -> Ran {
    let file = fake.file("disk.yaml", DISK);
    let args = ["workflow", "apply", &file, "--prune", "-l", "name!=backup"];
    fake.run(&[&args[..], more].concat())
}

fn sent(fake: &Fake, method: &str) -> usize {
    let is_sent = |request: &&Request| request.method == method;
    fake.seen().iter().filter(is_sent).count()
}

#[test]
fn pruning_deletes_what_matches_and_is_in_no_document() {
    let fake = of_two_people();

    prune(&fake, &["--dry-run"])
        .exits(0)
        .prints("workflow/old pruned (dry run)");
    prune(&fake, &[]).exits(2).tells("add --yes");
    assert_eq!(sent(&fake, "DELETE"), 0);
    prune(&fake, &["--yes"])
        .exits(0)
        .prints("workflow/older pruned");

    assert_eq!(sent(&fake, "DELETE"), 2);
    for number in [1, 2] {
        let path = format!("/workflows/{}", id(number));
        assert_eq!(fake.calls("DELETE", &path).len(), 1);
    }
}

#[test]
fn pruning_keeps_what_others_have_made_and_says_so() {
    let fake = of_two_people();

    prune(&fake, &["--dry-run"])
        .exits(0)
        .prints("workflow/peters kept (dry run): peter has made it");
    prune(&fake, &["--yes"])
        .exits(0)
        .prints("workflow/peters kept: peter has made it")
        .tells("--prune deletes only what maria has made");
    let quiet = prune(&fake, &["--yes", "-q"]).exits(0);
    let report = prune(&fake, &["--yes", "-o", "json"]).exits(0);

    assert!(
        fake.calls("DELETE", &format!("/workflows/{}", id(4)))
            .is_empty()
    );
    assert_eq!(quiet.stdout, "disk-check\nold\nolder\n");
    let report: serde_json::Value = serde_json::from_str(&report.stdout).unwrap();
    assert_eq!((&report["pruned"], &report["kept"]), (&json!(2), &json!(1)));
    let last = report["workflows"].as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["result"], &last["created_by"]),
        (&json!("kept"), &json!("peter"))
    );
}

#[test]
fn pruning_goes_by_name_and_never_without_saying_which() {
    let fake = of_two_people();
    let file = fake.file("disk.yaml", DISK);
    let args = ["workflow", "apply", &file, "--prune"];

    fake.run(&[&args[..], &["-l", "!region=fra", "--yes"]].concat())
        .exits(2)
        .tells("asks for more than names");
    fake.run(&args).exits(2);

    assert_eq!(sent(&fake, "DELETE"), 0);
}

#[test]
fn a_pruning_that_is_refused_has_stored_no_document_either() {
    let fake = of_two_people();
    let file = fake.file("disk.yaml", DISK);
    let args = ["workflow", "apply", &file, "--prune", "-l", "region=fra"];

    fake.run(&[&args[..], &["--yes"]].concat())
        .exits(2)
        .tells("asks for more than names");
    prune(&fake, &[]).exits(2).tells("add --yes");
    assert_eq!(sent(&fake, "PUT"), 0);

    prune(&fake, &["--yes"]).exits(0);
    assert_eq!((sent(&fake, "PUT"), sent(&fake, "DELETE")), (1, 2));
}

#[test]
fn two_stored_versions_are_compared() {
    let fake = Fake::start(|request, _| {
        let version = if request.path.ends_with("/versions/5") {
            5
        } else {
            3
        };
        let source = DISK.replace("df -h", &format!("df -h # {version}"));
        Answer::Json(
            200,
            json!({
                "version": version, "sha256": "", "message": null, "created_by": "maria",
                "created_at": "2026-01-01T12:00:00Z", "source": source
            }),
        )
    });

    fake.run(&["workflow", "diff", "disk-check@3", "disk-check@5"])
        .exits(1)
        .prints("--- disk-check@3")
        .prints("+    command: df -h # 5");
    fake.run(&["workflow", "diff", "disk-check@3", "disk-check@3"])
        .exits(0);
}

#[test]
fn the_json_of_an_earlier_pulse_is_imported() {
    let fake = Fake::start(|_, _| applied(201));
    let seed = json!({
        "name": "Disk Check", "description": "how full",
        "definition": {"steps": [{"name": "Check", "type": "execute", "targets": ["all"],
            "command": "df -h", "timeout": 60000}]}
    });
    let file = fake.file("disk.json", &seed.to_string());

    fake.run(&["workflow", "import", "-f", &file])
        .exits(0)
        .prints("workflow/disk-check created");

    let seen = &fake.calls("PUT", "/workflows/disk-check")[0];
    let sent: serde_json::Value = serde_json::from_str(&seen.body).unwrap();
    assert_eq!(sent["steps"], seed["definition"]["steps"]);
    assert_eq!(sent["description"], "how full");
    let yaml = fake.file("disk.yaml", DISK);
    fake.run(&["workflow", "import", &yaml])
        .exits(2)
        .tells("`pulsectl workflow apply` takes YAML");
}

#[test]
fn an_editor_that_was_named_needs_no_terminal() {
    let fake = willing();
    let edit = |editor: Option<&str>| -> Ran {
        let mut command = fake.command(&["workflow", "edit", "audit"]);
        command.env("PATH", "/usr/bin:/bin");
        if let Some(editor) = editor {
            command.env("PULSECTL_EDITOR", editor);
        }
        command.output().unwrap().into()
    };

    edit(None).exits(2).tells("PULSECTL_EDITOR");
    edit(Some("sed -i s/df/free/")).exits(0);

    assert!(
        fake.calls("PUT", "/workflows/audit")[0]
            .body
            .contains("free")
    );
}

#[test]
fn every_example_of_the_document_is_there() {
    let fake = willing();
    for which in ["interactive", "rolling", "backup"] {
        let text = fake.run(&["workflow", "example", which]).exits(0).stdout;
        let file = fake.file("example.yaml", &text);
        fake.run(&["workflow", "validate", &file]).exits(0);
    }
}
