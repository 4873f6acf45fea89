//! Rollouts whose batches a workflow looks at.

use pulse_workflow::{Action, JobStatus, Move, Purpose, Rest, Stop, Trial, Verdict, advance};
use serde_json::json;

use crate::run::Run;

const WELL: (Trial, Rest) = (Trial::Passed, Rest::Over);

fn unwell() -> (Trial, Rest) {
    (Trial::Failed, Rest::Unhealthy("look: #7 failed".to_owned()))
}

/// One host at a time, each looked at by a workflow.
fn looked_at(more: &str) -> Run {
    Run::new(&format!(
        "steps:\n- {{id: s, command: new, rollback: old, targets: [all],\n   \
         rollout: {{health: {{workflow: look}}{more}}}}}\n"
    ))
}

fn succeed(run: &mut Run, host: &str) -> Vec<String> {
    run.job("s", host, JobStatus::Succeeded);
    run.moves()
}

#[test]
fn each_batch_is_looked_at_before_the_next_and_the_last_one_too() {
    let mut run = looked_at("");
    assert_eq!(run.moves(), ["roll s", "run on a: s"]);
    assert_eq!(succeed(&mut run, "a"), ["look and rest in s"]);
    run.tried("s", WELL);
    assert_eq!(run.moves(), ["next batch of s", "run on b: s"]);
    assert_eq!(succeed(&mut run, "b"), ["look and rest in s"]);
    run.tried("s", WELL);
    run.moves();
    assert_eq!(succeed(&mut run, "c"), ["look and rest in s"]);
    run.tried("s", WELL);

    let (moves, verdict) = run.advance();

    assert_eq!(
        moves,
        ["end (succeeded) s/health-workflow", "end (succeeded) s"]
    );
    assert_eq!(verdict, Some(Verdict::Completed));
}

#[test]
fn a_batch_that_is_not_well_stops_a_rollout_that_tolerates_failures() {
    let mut run = looked_at(", max_fail: 9, on_exceed: rollback");
    run.moves();
    succeed(&mut run, "a");
    run.tried("s", unwell());

    let (moves, verdict) = run.advance();

    assert_eq!(
        moves,
        [
            "roll back s",
            "end (failed) s/health-workflow",
            "end (failed) s"
        ]
    );
    assert_eq!(verdict, Some(Verdict::Failed));
}

#[test]
fn only_the_canary_is_looked_at_where_the_document_says_so() {
    let mut run = Run::new(
        "steps:\n- {id: s, command: new, targets: [all],\n   \
         rollout: {batches: [1, 2], health: {workflow: look, after: first}}}\n",
    );
    run.moves();
    assert_eq!(succeed(&mut run, "a"), ["look and rest in s"]);
    run.tried("s", WELL);
    run.moves();
    run.job("s", "b", JobStatus::Succeeded);

    assert_eq!(
        succeed(&mut run, "c"),
        ["end (succeeded) s/health-workflow", "end (succeeded) s"]
    );
}

#[test]
fn a_check_of_the_canary_alone_stands_beside_a_workflow_for_each_batch() {
    let mut run = Run::new(
        "steps:\n- {id: s, command: new, targets: [all],\n   \
         rollout: {batches: [1, 2], health: [{after: first, command: look}, {workflow: look}]}}\n",
    );
    run.moves();
    assert_eq!(succeed(&mut run, "a"), ["run on a: s/health-command"]);
    run.job("s/health-command", "a", JobStatus::Succeeded);
    assert_eq!(run.moves(), ["look and rest in s"]);
    run.tried("s", WELL);
    assert_eq!(run.moves(), ["next batch of s", "run on b, c: s"]);
    run.job("s", "b", JobStatus::Succeeded);

    assert_eq!(succeed(&mut run, "c"), ["look and rest in s"]);
}

#[test]
fn a_batch_of_which_no_host_was_changed_is_not_looked_at() {
    let mut run = looked_at(", max_fail: 9");
    run.hosts.truncate(1);
    run.moves();
    run.job("s", "a", JobStatus::Failed);
    assert_eq!(run.moves(), ["rest in s"]);
    run.rest("s", Rest::Over);

    assert_eq!(
        run.moves(),
        [
            "skip (nothing_to_check) s/health-workflow",
            "end (succeeded) s"
        ]
    );
}

#[test]
fn nothing_is_closed_while_a_batch_is_looked_at() {
    let mut stopped = looked_at("");
    stopped.moves();
    succeed(&mut stopped, "a");
    stopped.snapshot.execution.stop = Some(Stop::Cancelled);
    let mut troubled = looked_at("");
    troubled.moves();
    succeed(&mut troubled, "a");
    let gone = Rest::Unhealthy("went offline: a".to_owned());
    troubled.rest("s", gone.clone());

    assert_eq!(stopped.moves(), [""; 0]);
    assert_eq!(troubled.moves(), [""; 0]);

    stopped.tried("s", (Trial::Stopped, Rest::Resting));
    troubled.tried("s", (Trial::Stopped, gone));
    assert_eq!(
        stopped.moves(),
        ["end (cancelled) s/health-workflow", "end (cancelled) s"]
    );
    assert_eq!(
        troubled.moves(),
        ["end (cancelled) s/health-workflow", "end (failed) s"]
    );
}

#[test]
fn a_person_may_let_pass_that_a_batch_is_not_well_and_the_next_is_looked_at() {
    let mut run = looked_at(", on_exceed: prompt");
    run.moves();
    succeed(&mut run, "a");
    run.tried("s", unwell());
    let asked = run.moves();
    assert_eq!(asked[0], "consult for  in s");
    assert!(
        asked[1].contains("look: #7 failed; 2 of 3 hosts"),
        "{asked:?}"
    );

    run.answer("s/on-exceed", "Continue");

    assert_eq!(run.moves(), ["next batch of s", "run on b: s"]);
    assert_eq!(succeed(&mut run, "b"), ["look and rest in s"]);
}

#[test]
fn an_undo_looks_at_nothing() {
    let mut run = looked_at("");
    run.snapshot.execution.purpose = Purpose::Undo;
    run.hosts.truncate(1);
    run.moves();

    assert_eq!(
        succeed(&mut run, "a"),
        [
            "skip (nothing_to_undo) s/health-workflow",
            "end (succeeded) s"
        ]
    );
}

const GIVEN: &str = "inputs: {port: {type: number, default: 80}}
targets: [all]
steps:
- id: roll
  rollout:
    batches: [3]
    health: {workflow: look@2, timeout: 5m, with: {port: '${{ inputs.port }}', plain: x, bad: '${{ steps.install.status }}'}}
  steps:
  - {id: install, command: new}
";

#[test]
fn what_looks_is_given_what_the_document_says_with_its_type() {
    let mut run = Run::new(GIVEN);
    run.snapshot.inputs.insert("port".to_owned(), json!(80));
    run.moves();
    for host in ["a", "b", "c"] {
        run.job("roll/install", host, JobStatus::Succeeded);
    }

    let plan = advance(&run.workflow, &run.snapshot);

    let [
        Move::Rest {
            trial: Some(Ok(call)),
            ..
        },
    ] = plan.moves.as_slice()
    else {
        panic!("{plan:?}");
    };
    assert_eq!(call.callee.to_string(), "look@2");
    assert_eq!(call.timeout_ms, Some(300_000));
    let given = json!({"port": 80, "plain": "x", "bad": "running"});
    assert_eq!(json!(call.inputs), given);
}

#[test]
fn what_cannot_be_told_makes_the_batch_unwell_before_anything_begins() {
    let text = GIVEN.replace("steps.install.status", "steps.install.outputs.n.m");
    let mut run = Run::new(&text);
    run.snapshot.inputs.insert("port".to_owned(), json!(80));
    run.moves();
    for host in ["a", "b", "c"] {
        run.job("roll/install", host, JobStatus::Succeeded);
    }

    let (moves, verdict) = run.advance();

    assert_eq!(moves[0], "rest in roll", "{moves:?}");
    assert_eq!(verdict, Some(Verdict::Failed));
}

#[test]
fn its_runs_are_told_from_the_steps_of_a_document() {
    let run = Run::new(GIVEN);
    let of = |path: &str| {
        let found = run.workflow.tried_by(&path.into());
        found.map(|(owner, step)| (owner.path.to_string(), step.path.to_string()))
    };
    let owner = "roll".into();

    let tried = Some(("roll".to_owned(), "roll/health-workflow".to_owned()));
    assert_eq!(of(pulse_workflow::trial_of(&owner, 0).as_str()), tried);
    for other in [
        "roll/health-workflow",
        "roll/install",
        "roll",
        "x/health-workflow/1",
    ] {
        assert_eq!(of(other), None, "{other}");
    }
    let callees: Vec<String> = run
        .workflow
        .callees()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(callees, ["look@2"]);
    assert!(run.workflow.has_calls());
    let kinds = run.workflow.all_steps();
    let calls = kinds.filter(|step| matches!(step.action, Action::Workflow(_)));
    assert_eq!(calls.count(), 1);
}
