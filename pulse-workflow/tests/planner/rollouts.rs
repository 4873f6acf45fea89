//! How a rollout goes over its hosts: batches, failures, rests, pauses, stops, undo.

use std::collections::{BTreeMap, BTreeSet};

use pulse_workflow::{JobStatus, Progress, Purpose, Rest, StepPath, Stop, Verdict};

use crate::run::Run;

const ROLL: &str = "targets: [all]
steps:
- id: roll
  rollout: {batches: [1, 2], max_fail: 0}
  steps:
  - {id: drain, agent: drain}
  - {id: install, command: new, rollback: old}
  - {id: resume, agent: resume}
- {id: after, command: df}
";

fn succeed(run: &mut Run, step: &str, hosts: &[&str]) -> Vec<String> {
    for host in hosts {
        run.job(step, host, JobStatus::Succeeded);
    }
    run.moves()
}

fn to_strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn canary(run: &mut Run) {
    run.moves();
    succeed(run, "roll/drain", &["a"]);
    succeed(run, "roll/install", &["a"]);
}

#[test]
fn each_host_takes_the_whole_list_and_the_next_batch_follows() {
    let mut run = Run::new(ROLL);
    assert_eq!(run.moves(), ["roll roll", "run on a: roll/drain"]);
    assert_eq!(
        succeed(&mut run, "roll/drain", &["a"]),
        ["run on a: roll/install"]
    );
    assert_eq!(
        succeed(&mut run, "roll/install", &["a"]),
        ["run on a: roll/resume"]
    );
    assert_eq!(
        succeed(&mut run, "roll/resume", &["a"]),
        ["next batch of roll", "run on b, c: roll/drain"]
    );
    assert_eq!(
        succeed(&mut run, "roll/drain", &["c"]),
        ["run on c: roll/install"]
    );
    assert_eq!(
        succeed(&mut run, "roll/drain", &["b"]),
        ["run on b: roll/install"]
    );
    run.job("roll/install", "b", JobStatus::Succeeded);
    assert_eq!(
        succeed(&mut run, "roll/install", &["c"]),
        ["run on b, c: roll/resume"]
    );

    assert_eq!(
        succeed(&mut run, "roll/resume", &["b", "c"]),
        [
            "end (succeeded) roll/drain",
            "end (succeeded) roll/install",
            "end (succeeded) roll/resume",
            "end (succeeded) roll",
            "run after"
        ]
    );
}

#[test]
fn the_canarys_failure_stops_at_one_host() {
    let mut run = Run::new(ROLL);
    run.moves();
    succeed(&mut run, "roll/drain", &["a"]);
    run.job("roll/install", "a", JobStatus::Unreachable);

    let (moves, verdict) = run.advance();

    assert_eq!(
        moves,
        [
            "end (succeeded) roll/drain",
            "end (failed) roll/install",
            "skip (upstream_failed) roll/resume",
            "end (failed) roll",
            "skip (upstream_failed) after"
        ]
    );
    assert_eq!(verdict, Some(Verdict::Failed));
}

#[test]
fn tolerated_failures_count_over_the_whole_rollout() {
    let mut run = Run::new(&ROLL.replace("max_fail: 0", "max_fail: 1"));
    run.moves();
    run.job("roll/drain", "a", JobStatus::Failed);
    assert_eq!(
        run.moves(),
        ["next batch of roll", "run on b, c: roll/drain"]
    );
    run.job("roll/drain", "b", JobStatus::Failed);
    // The host that has begun goes on to its end.
    assert_eq!(
        succeed(&mut run, "roll/drain", &["c"]),
        ["run on c: roll/install"]
    );
    succeed(&mut run, "roll/install", &["c"]);
    run.job("roll/resume", "c", JobStatus::Succeeded);

    assert_eq!(run.advance().1, Some(Verdict::Failed));
}

#[test]
fn a_rest_holds_the_next_batch_until_it_is_over() {
    let mut run = Run::new(&ROLL.replace("max_fail: 0", "pause: 5s"));
    canary(&mut run);
    assert_eq!(succeed(&mut run, "roll/resume", &["a"]), ["rest in roll"]);
    assert_eq!(run.moves(), [""; 0]);
    run.rest("roll", Rest::Over);

    assert_eq!(
        run.moves(),
        ["next batch of roll", "run on b, c: roll/drain"]
    );
}

#[test]
fn a_canary_that_is_not_well_stops_the_rollout() {
    let mut run = Run::new(&ROLL.replace("max_fail: 0", "health: {runs: 3, after: first}"));
    canary(&mut run);
    assert_eq!(succeed(&mut run, "roll/resume", &["a"]), ["rest in roll"]);
    run.rest("roll", Rest::Unhealthy("2 of 3 runs failed".to_owned()));

    let (moves, verdict) = run.advance();

    assert!(moves.contains(&"end (failed) roll".to_owned()), "{moves:?}");
    assert_eq!(verdict, Some(Verdict::Failed));
}

#[test]
fn a_rollout_that_is_to_roll_back_asks_for_it_once_its_last_host_has_ended() {
    let back = "max_fail: 0, on_exceed: rollback";
    let mut run = Run::new(&ROLL.replace("[1, 2], max_fail: 0", &format!("[2], {back}")));
    run.moves();
    run.job("roll/drain", "a", JobStatus::Failed);
    // The other one of the batch goes on to its end first.
    assert_eq!(
        succeed(&mut run, "roll/drain", &["b"]),
        ["run on b: roll/install"]
    );
    succeed(&mut run, "roll/install", &["b"]);

    assert_eq!(
        succeed(&mut run, "roll/resume", &["b"]),
        [
            "roll back roll",
            "end (failed) roll/drain",
            "end (succeeded) roll/install",
            "end (succeeded) roll/resume",
            "end (failed) roll",
            "skip (upstream_failed) after"
        ]
    );
}

#[test]
fn hosts_that_are_not_well_are_rolled_back_too() {
    let gate = "health: {runs: 3, after: first}, on_exceed: rollback";
    let mut run = Run::new(&ROLL.replace("max_fail: 0", gate));
    canary(&mut run);
    succeed(&mut run, "roll/resume", &["a"]);
    run.rest("roll", Rest::Unhealthy("2 of 3 runs failed".to_owned()));

    assert_eq!(run.moves()[0], "roll back roll");
}

#[test]
fn the_checks_of_a_canary_follow_its_change_and_let_the_others_go_without() {
    let gate = "health: {doctor: true, command: curl, after: first}";
    let mut run = Run::new(&ROLL.replace("max_fail: 0", gate));
    canary(&mut run);
    assert_eq!(
        succeed(&mut run, "roll/resume", &["a"]),
        ["run on a: roll/health-doctor"]
    );
    assert_eq!(
        succeed(&mut run, "roll/health-doctor", &["a"]),
        ["run on a: roll/health-command"]
    );
    assert_eq!(
        succeed(&mut run, "roll/health-command", &["a"]),
        ["rest in roll"]
    );
    run.rest("roll", Rest::Over);
    run.moves();
    succeed(&mut run, "roll/drain", &["b", "c"]);
    succeed(&mut run, "roll/install", &["b", "c"]);

    let moves = succeed(&mut run, "roll/resume", &["b", "c"]);

    assert!(
        moves.contains(&"end (succeeded) roll".to_owned()),
        "{moves:?}"
    );
}

#[test]
fn a_check_that_fails_stops_a_rollout_that_tolerates_failures() {
    let mut run = Run::new(
        "steps:\n- {id: s, command: new, rollback: old, targets: [all],\n   \
         rollout: {max_fail: 9, on_exceed: rollback, health: doctor}}\n",
    );
    assert_eq!(run.moves(), ["roll s", "run on a: s"]);
    assert_eq!(
        succeed(&mut run, "s", &["a"]),
        ["run on a: s/health-doctor"]
    );
    run.job("s/health-doctor", "a", JobStatus::Failed);

    let (moves, verdict) = run.advance();

    assert_eq!(
        moves,
        [
            "roll back s",
            "end (failed) s/health-doctor",
            "end (failed) s"
        ]
    );
    assert_eq!(verdict, Some(Verdict::Failed));
}

#[test]
fn an_undo_checks_nothing() {
    let mut run = Run::new(
        "steps:\n- {id: s, command: new, rollback: old, targets: [all], rollout: {health: doctor}}\n",
    );
    run.snapshot.execution.purpose = Purpose::Undo;
    run.hosts = vec!["a".to_owned()];
    assert_eq!(run.moves(), ["roll s", "run on a: s"]);

    assert_eq!(
        succeed(&mut run, "s", &["a"]),
        [
            "skip (nothing_to_undo) s/health-doctor",
            "end (succeeded) s"
        ]
    );
}

/// A rollout that asks a person once a host has failed.
fn asked() -> Run {
    let mut run = Run::new(
        "steps:\n- {id: s, command: new, rollback: old, targets: [all],\n   \
         rollout: {batches: 1, on_exceed: prompt}}\n",
    );
    run.moves();
    run.job("s", "a", JobStatus::Failed);
    let message = "s: a; 2 of 3 hosts were not begun. Continue goes on with the next ones, and stops \
        should too many more fail.";
    let ask = format!("ask {message:?} of s/on-exceed");
    assert_eq!(run.moves(), ["consult for a in s", &ask]);
    assert_eq!(run.moves(), [""; 0]);
    run
}

#[test]
fn whoever_lets_a_rollout_go_on_is_not_asked_again() {
    let mut run = asked();
    run.answer("s/on-exceed", "Continue");
    assert_eq!(run.moves(), ["next batch of s", "run on b: s"]);
    run.job("s", "b", JobStatus::Failed);

    let (moves, verdict) = run.advance();

    assert_eq!(moves, ["end (failed) s"]);
    assert_eq!(verdict, Some(Verdict::Failed));
}

#[test]
fn a_person_may_stop_a_rollout_or_have_it_brought_back() {
    for (answer, moves) in [
        ("Stop", &["end (failed) s"][..]),
        ("Roll back", &["roll back s", "end (failed) s"]),
    ] {
        let mut run = asked();
        run.answer("s/on-exceed", answer);

        assert_eq!(run.advance(), (to_strings(moves), Some(Verdict::Failed)));
    }
}

#[test]
fn a_person_may_let_pass_that_a_canary_is_not_well() {
    let mut run = Run::new(&ROLL.replace("max_fail: 0", "on_exceed: prompt, health: {runs: 1}"));
    canary(&mut run);
    succeed(&mut run, "roll/resume", &["a"]);
    run.rest("roll", Rest::Unhealthy("1 of 1 runs failed".to_owned()));
    assert_eq!(run.moves().len(), 2);

    run.answer("roll/on-exceed", "Continue");

    assert_eq!(
        run.moves(),
        ["next batch of roll", "run on b, c: roll/drain"]
    );
}

#[test]
fn what_a_person_was_not_told_of_is_not_let_pass() {
    let mut run = Run::new(
        "steps:\n- {id: s, command: new, targets: [all],\n   \
         rollout: {batches: 1, on_exceed: prompt, health: {runs: 1}}}\n",
    );
    run.moves();
    run.job("s", "a", JobStatus::Failed);
    run.moves();
    run.answer("s/on-exceed", "Continue");
    assert_eq!(run.moves(), ["rest in s"]);
    run.rest("s", Rest::Unhealthy("1 of 1 runs failed".to_owned()));

    assert_eq!(
        run.advance(),
        (to_strings(&["end (failed) s"]), Some(Verdict::Failed))
    );
}

#[test]
fn a_rollout_that_nothing_happens_to_asks_nobody() {
    let mut run = Run::new(
        "steps:\n- {id: s, command: new, targets: [all], rollout: {batches: 3, on_exceed: prompt}}\n",
    );
    run.moves();

    let moves = succeed(&mut run, "s", &["a", "b", "c"]);

    assert_eq!(
        moves,
        ["skip (nothing_failed) s/on-exceed", "end (succeeded) s"]
    );
}

#[test]
fn nothing_is_rolled_back_by_a_stop_or_by_an_undo_that_fails() {
    let text = ROLL.replace("max_fail: 0", "on_exceed: rollback");
    let mut stopped = Run::new(&text);
    stopped.moves();
    stopped.snapshot.execution.stop = Some(Stop::Cancelled);
    stopped.job("roll/drain", "a", JobStatus::Failed);
    let mut undo = Run::new(&text);
    undo.snapshot.execution.purpose = Purpose::Undo;
    undo.hosts = vec!["a".to_owned()];
    undo.moves();
    undo.job("roll/drain", "a", JobStatus::Failed);

    for (moves, verdict) in [stopped.advance(), undo.advance()] {
        assert!(verdict.is_some(), "{moves:?}");
        let asked = moves.iter().any(|next| next.starts_with("roll back"));
        assert!(!asked, "{moves:?}");
    }
}

#[test]
fn a_pause_lets_a_host_end_and_begins_no_other() {
    let mut run = Run::new(ROLL);
    run.moves();
    run.snapshot.execution.progress = Progress::Paused;
    assert_eq!(
        succeed(&mut run, "roll/drain", &["a"]),
        ["run on a: roll/install"]
    );
    succeed(&mut run, "roll/install", &["a"]);
    assert_eq!(succeed(&mut run, "roll/resume", &["a"]), [""; 0]);
    run.snapshot.execution.progress = Progress::Going;

    assert_eq!(
        run.moves(),
        ["next batch of roll", "run on b, c: roll/drain"]
    );
}

#[test]
fn a_stop_ends_the_rollout_once_nothing_runs() {
    let mut run = Run::new(ROLL);
    run.moves();
    run.snapshot.execution.stop = Some(Stop::Cancelled);
    assert_eq!(run.moves(), ["cancel after"]);
    run.job("roll/drain", "a", JobStatus::Cancelled);

    let (moves, verdict) = run.advance();

    assert_eq!(
        moves,
        [
            "end (cancelled) roll/drain",
            "cancel roll/install",
            "cancel roll/resume",
            "end (cancelled) roll"
        ]
    );
    assert_eq!(verdict, Some(Verdict::Cancelled));
}

#[test]
fn one_step_can_be_rolled_out_alone() {
    let mut run =
        Run::new("steps:\n- {id: s, command: df, targets: [all], rollout: {batches: 2}}\n");
    assert_eq!(run.moves(), ["roll s", "run on a, b: s"]);
    assert_eq!(
        succeed(&mut run, "s", &["a", "b"]),
        ["next batch of s", "run on c: s"]
    );
    run.job("s", "c", JobStatus::Succeeded);

    assert_eq!(
        run.advance(),
        (
            vec!["end (succeeded) s".to_owned()],
            Some(Verdict::Completed)
        )
    );
}

#[test]
fn an_undo_runs_the_rollbacks_where_the_commands_stood_and_only_where_they_ran() {
    let mut run = Run::new(
        "targets: [all]
steps:
- {id: before, command: df}
- id: roll
  rollout: {batches: [100%]}
  steps:
  - {id: drain, agent: drain}
  - {id: one, command: new, rollback: old 1}
  - {id: two, command: new, rollback: old 2}
  - {id: resume, agent: resume}
",
    );
    run.snapshot.execution.purpose = Purpose::Undo;
    run.hosts = vec!["b".to_owned(), "a".to_owned()];
    assert_eq!(
        run.moves(),
        [
            "skip (nothing_to_undo) before",
            "roll roll",
            "run on b, a: roll/drain"
        ]
    );
    let begun = |steps: &[&str]| -> BTreeSet<StepPath> {
        steps.iter().map(|step| StepPath::from(*step)).collect()
    };
    let undoes = BTreeMap::from([
        ("a".to_owned(), begun(&["roll/one", "roll/two"])),
        ("b".to_owned(), begun(&["roll/one"])),
    ]);
    let facts = run.snapshot.steps.get_mut("roll").unwrap();
    facts.rollout.as_mut().unwrap().undoes = Some(undoes);

    let next = succeed(&mut run, "roll/drain", &["a", "b"]);

    assert_eq!(next, ["run on a: roll/two", "run on b: roll/one"]);
    run.job("roll/two", "a", JobStatus::Succeeded);
    assert_eq!(
        succeed(&mut run, "roll/one", &["b"]),
        ["run on a: roll/one", "run on b: roll/resume"]
    );
}
