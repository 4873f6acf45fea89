//! Groups with a `matrix` or a `foreach`: which groups they stand for, and what these see.

use std::collections::BTreeSet;

use pulse_workflow::{Host, HostFacts, Snapshot, StepStatus, Verdict, render};
use serde_json::json;

use crate::run::Run;

const MATRIX: &str = "steps:
- id: build
  matrix: {arch: [amd64, arm64], suite: [12, 13]}
  steps:
  - {id: compile, command: 'make ${{ matrix.arch }}'}
  - {id: test, command: df, condition: 'matrix.suite === 13 && steps.compile.status === \"succeeded\"'}
- {id: after, command: df}
";

#[test]
fn a_matrix_is_a_group_for_each_combination_all_at_once() {
    let mut run = Run::new(MATRIX);

    assert_eq!(
        run.moves(),
        [
            "open build",
            "open build/amd64-12",
            "run build/amd64-12/compile",
            "open build/amd64-13",
            "run build/amd64-13/compile",
            "open build/arm64-12",
            "run build/arm64-12/compile",
            "open build/arm64-13",
            "run build/arm64-13/compile",
        ]
    );
    run.end("build/amd64-12/compile", StepStatus::Succeeded);
    run.end("build/amd64-13/compile", StepStatus::Succeeded);
    assert_eq!(
        run.moves(),
        [
            "skip (condition_false) build/amd64-12/test",
            "run build/amd64-13/test",
            "end (succeeded) build/amd64-12",
        ]
    );
}

#[test]
fn one_combination_that_fails_stops_no_other_and_fails_the_group() {
    let mut run = Run::new(MATRIX);
    run.moves();
    run.end("build/amd64-12/compile", StepStatus::Failed);
    for other in ["amd64-13", "arm64-12", "arm64-13"] {
        run.end(&format!("build/{other}/compile"), StepStatus::Succeeded);
    }
    run.moves();
    run.end("build/amd64-13/test", StepStatus::Succeeded);
    run.end("build/arm64-13/test", StepStatus::Succeeded);

    let (moves, verdict) = run.advance();

    assert_eq!(
        moves[moves.len() - 2..],
        ["end (failed) build", "skip (upstream_failed) after"]
    );
    assert_eq!(verdict, Some(Verdict::Failed));
}

#[test]
fn jobs_see_what_they_are_repeated_for_as_values_and_as_variables() {
    let run = Run::new(
        "steps:
- id: outer
  matrix: {arch: [amd64]}
  steps:
  - id: inner
    foreach: ['a b', 2]
    steps:
    - {id: say, command: 'echo ${{ matrix.arch }} ${{ item }} ${{ item === 2 }}'}
",
    );
    let say = |item: &str| {
        let path = format!("outer/amd64/inner/{item}/say");
        let host = Host::default();
        let job = render(
            &run.workflow,
            &Snapshot::default(),
            &path.as_str().into(),
            &host,
        );
        job.unwrap()
    };

    let (first, second) = (say("a-b"), say("2"));

    assert_eq!(first.command, "echo amd64 'a b' false");
    assert_eq!(second.command, "echo amd64 2 true");
    assert_eq!(first.env["PULSE_MATRIX_ARCH"], "amd64");
    assert_eq!(first.env["PULSE_ITEM"], "a b");
    assert_eq!(first.env["PULSE_STEP"], "outer/amd64/inner/a-b/say");
}

const INPUT: &str = "inputs: {services: {type: list, default: []}}
steps:
- id: each
  foreach: ${{ inputs.services }}
  steps:
  - {id: restart, command: 'systemctl restart ${{ item }}'}
- {id: after, command: df}
";

#[test]
fn an_input_decides_how_many_groups_there_are() {
    let mut run = Run::new(INPUT);
    assert_eq!(run.workflow.folded_by(), Some("services"));
    let inputs = json!({"services": ["web", "Web", "db"]});

    run.workflow = run.workflow.unfolded(inputs.as_object().unwrap()).unwrap();

    assert_eq!(run.workflow.folded_by(), None);
    assert_eq!(
        run.moves(),
        [
            "open each",
            "open each/web",
            "run each/web/restart",
            "open each/web-2",
            "run each/web-2/restart",
            "open each/db",
            "run each/db/restart",
        ]
    );
}

#[test]
fn a_group_for_no_items_has_succeeded() {
    let mut run = Run::new(INPUT);
    let inputs = json!({"services": []});
    run.workflow = run.workflow.unfolded(inputs.as_object().unwrap()).unwrap();

    let moves = run.moves();

    assert_eq!(moves, ["open each", "end (succeeded) each", "run after"]);
}

#[test]
fn no_two_instances_have_the_same_path() {
    for items in [
        json!(["a-3", "a", "A"]),
        json!(["2", "é"]),
        json!(["3", "β", "γ"]),
        json!(["x-2", "x", "X", "x!"]),
    ] {
        let run = Run::new(INPUT);
        let inputs = json!({"services": items});
        let workflow = run.workflow.unfolded(inputs.as_object().unwrap()).unwrap();

        let rows = workflow.step_rows();
        let paths: BTreeSet<&str> = rows.iter().map(|row| row.path.as_str()).collect();

        assert_eq!(paths.len(), rows.len(), "{items}: {paths:?}");
    }
}

#[test]
fn the_name_of_an_instance_hides_no_step_of_that_name() {
    let mut run = Run::new(
        "steps:
- {id: db, command: df}
- id: deploy
  foreach: [web, db]
  steps:
  - {id: one, command: df, condition: 'steps.db.exit_code === 3'}
",
    );
    run.moves();
    let host = HostFacts {
        exit_code: Some(3),
        ..HostFacts::default()
    };
    let db = run.end("db", StepStatus::Succeeded);
    db.hosts.insert("a".to_owned(), host);

    let moves = run.moves();

    assert!(
        moves.contains(&"run deploy/web/one".to_owned()),
        "{moves:?}"
    );
    assert!(moves.contains(&"run deploy/db/one".to_owned()), "{moves:?}");
}

#[test]
fn items_of_an_input_are_as_bounded_as_those_of_a_document() {
    let run = Run::new(INPUT);
    let long = "x".repeat(129);
    let many: Vec<u32> = (0..101).collect();
    for (items, refused) in [
        (json!(many), "101 items; the limit is 100"),
        (
            json!(["a\nb"]),
            "an item of a `foreach` is one line of at most 128 bytes",
        ),
        (
            json!([long]),
            "an item of a `foreach` is one line of at most 128 bytes",
        ),
    ] {
        let inputs = json!({"services": items});
        let error = run.workflow.unfolded(inputs.as_object().unwrap());
        let begun = run.workflow.unfolded_as_begun(inputs.as_object().unwrap());

        assert_eq!(error.unwrap_err().to_string(), refused);
        let steps = begun.unwrap().all_steps().count();
        assert!(
            steps > items.as_array().unwrap().len(),
            "what has begun goes on"
        );
    }
}

#[test]
fn more_items_than_an_execution_has_steps_are_refused() {
    let run = Run::new(INPUT);
    let items: Vec<u32> = (0..100).collect();
    let inputs = json!({"services": items});

    let error = run
        .workflow
        .unfolded(inputs.as_object().unwrap())
        .unwrap_err();

    assert_eq!(
        error.to_string(),
        "with one group for each item there are more than 200 steps"
    );
}

#[test]
fn a_group_that_nobody_has_unfolded_does_not_run_as_it_is_written() {
    let mut run = Run::new(INPUT);

    assert_eq!(run.moves()[0], "fail (unknown_items) each");
}
