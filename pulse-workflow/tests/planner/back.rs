//! Bringing back a whole execution: what, where, in which order, and when not.

use proptest::prelude::*;
use pulse_workflow::{HostFacts, JobStatus, StepStatus, Stop, Verdict};

use crate::run::Run;

const DOCUMENT: &str = "rollback: {after: [failed]}
steps:
- {id: one, command: do one, rollback: undo one}
- {id: two, command: do two, rollback: undo two}
- {id: three, command: do three}
finally:
- {id: last, command: df}
";

/// Ends a step with these jobs on hosts.
fn ended(run: &mut Run, step: &str, jobs: &[(&str, JobStatus)]) {
    let is_well = jobs
        .iter()
        .all(|(_, status)| *status == JobStatus::Succeeded);
    let status = if is_well {
        StepStatus::Succeeded
    } else {
        StepStatus::Failed
    };
    let facts = run.end(step, status);
    for (host, status) in jobs {
        let status = *status;
        let facts = facts.hosts.entry((*host).to_owned()).or_default();
        *facts = HostFacts {
            status,
            ..HostFacts::default()
        };
    }
}

const WELL: JobStatus = JobStatus::Succeeded;
const BAD: JobStatus = JobStatus::Failed;

#[test]
fn what_succeeded_is_brought_back_newest_first_and_before_the_last_list() {
    let mut run = Run::new(DOCUMENT);
    run.moves();
    ended(&mut run, "one", &[("a", WELL), ("b", WELL)]);
    run.moves();
    ended(&mut run, "two", &[("a", WELL)]);
    run.moves();
    ended(&mut run, "three", &[("a", BAD)]);

    assert_eq!(run.moves(), ["run on a: rollback/two"]);
    ended(&mut run, "rollback/two", &[("a", BAD)]);
    assert_eq!(run.moves(), ["run on a, b: rollback/one"]);
    ended(&mut run, "rollback/one", &[("a", WELL), ("b", WELL)]);
    assert_eq!(run.moves(), ["run finally/last"]);
    run.end("finally/last", StepStatus::Succeeded);
    assert_eq!(run.advance().1, Some(Verdict::Failed));
}

#[test]
fn a_step_that_failed_on_some_hosts_is_brought_back_on_the_others() {
    let mut run = Run::new(DOCUMENT);
    run.moves();
    ended(&mut run, "one", &[("a", WELL), ("b", BAD)]);

    assert_eq!(
        run.moves(),
        [
            "skip (upstream_failed) two",
            "skip (upstream_failed) three",
            "run on a: rollback/one"
        ]
    );
    ended(&mut run, "rollback/one", &[("a", WELL)]);
    assert_eq!(
        run.moves(),
        ["skip (nothing_to_undo) rollback/two", "run finally/last"]
    );
}

#[test]
fn nothing_is_brought_back_after_a_good_end_or_one_that_is_not_listed() {
    let mut run = Run::new(DOCUMENT);
    for step in ["one", "two", "three"] {
        run.moves();
        ended(&mut run, step, &[("a", WELL)]);
    }
    assert_eq!(
        run.moves(),
        [
            "skip (nothing_failed) rollback/two",
            "skip (nothing_failed) rollback/one",
            "run finally/last"
        ]
    );

    let mut run = Run::new(DOCUMENT);
    run.moves();
    ended(&mut run, "one", &[("a", WELL)]);
    run.snapshot.execution.stop = Some(Stop::Cancelled);
    let moves = run.moves();
    assert!(
        moves.contains(&"skip (nothing_to_undo) rollback/one".to_owned()),
        "{moves:?}"
    );
}

#[test]
fn a_rollback_that_has_begun_goes_on_when_the_execution_is_cancelled() {
    let mut run = Run::new(DOCUMENT);
    run.moves();
    ended(&mut run, "one", &[("a", WELL)]);
    run.moves();
    ended(&mut run, "two", &[("a", WELL)]);
    run.moves();
    ended(&mut run, "three", &[("a", BAD)]);
    run.moves();
    run.snapshot.execution.stop = Some(Stop::Cancelled);
    ended(&mut run, "rollback/two", &[("a", WELL)]);

    assert_eq!(run.moves(), ["run on a: rollback/one"]);
}

proptest! {
    #[test]
    fn each_host_that_succeeded_is_brought_back_once_and_no_other(
        outcomes in prop::collection::vec(prop::collection::vec(any::<bool>(), 3), 1..6),
        back in prop::collection::vec(any::<bool>(), 32),
        stop_at in prop::option::of(0_usize..12),
    ) {
        let steps: Vec<String> = (0..outcomes.len())
            .map(|at| format!("- {{id: s{at}, command: df, continue_on_error: true, rollback: undo}}\n"))
            .collect();
        let mut run = Run::new(&format!(
            "rollback: {{}}\nsteps:\n{}- {{id: end, command: df}}\n", steps.concat()
        ));
        let hosts = ["a", "b", "c"];
        let jobs = |well: &[bool]| -> Vec<(&str, JobStatus)> {
            let status = |well: &bool| if *well { WELL } else { BAD };
            hosts.iter().copied().zip(well.iter().map(status)).collect()
        };
        let mut done = Vec::new();
        let mut back = back.into_iter().cycle();
        let mut verdict = None;
        for round in 0..200 {
            if Some(round) == stop_at {
                run.snapshot.execution.stop = Some(Stop::Cancelled);
            }
            let (moves, found) = run.advance();
            verdict = found;
            if verdict.is_some() {
                break;
            }
            for shown in moves.iter().filter(|shown| shown.starts_with("run on ")) {
                done.push(shown.clone());
            }
            let running = run.snapshot.steps.iter();
            let running = running.filter(|(_, facts)| facts.status == StepStatus::Running);
            let running: Vec<String> = running.map(|(path, _)| path.to_string()).collect();
            prop_assert_eq!(running.len(), 1, "{:?}", run.snapshot);
            let path = &running[0];
            if let Some(at) = path.strip_prefix('s').and_then(|at| at.parse::<usize>().ok()) {
                ended(&mut run, path, &jobs(&outcomes[at]));
            } else {
                let status = if path == "end" || !back.next().unwrap() { BAD } else { WELL };
                ended(&mut run, path, &[("a", status)]);
            }
        }
        prop_assert!(verdict.is_some(), "stuck: {:?}", run.snapshot);
        let mut wanted = Vec::new();
        for (at, well) in outcomes.iter().enumerate().rev() {
            let has_run = run.snapshot.steps[format!("s{at}").as_str()].order.is_some();
            let names: Vec<&str> = hosts.iter().copied().zip(well).filter(|(_, well)| **well).map(|(host, _)| host).collect();
            if has_run && !names.is_empty() {
                wanted.push(format!("run on {}: rollback/s{at}", names.join(", ")));
            }
        }
        prop_assert_eq!(done, wanted);
    }
}
