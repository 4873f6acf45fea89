//! What happens next: the rules of order, conditions, failure, stops and closing lists.

mod back;
mod calls;
mod groups;
mod notices;
mod random;
mod rollouts;
mod run;
mod spread;
mod trials;
mod waits;

use std::collections::BTreeMap;

use pulse_workflow::{
    ExecutionFacts, HostFacts, JobStatus, Move, SkipReason, StepStatus, Stop, Verdict, advance,
};
use run::Run;

const ASKS: &str = "steps:
- {id: ask, message: ok?, options: [Yes, No]}
- {id: upgrade, command: df, condition: promptResponse === 'Yes'}
- {id: again, message: reboot?, options: [Yes, No]}
- {id: reboot, command: df, condition: promptResponse === 'Yes'}
";

#[test]
fn a_false_condition_skips_the_step_and_the_execution_goes_on() {
    let mut run = Run::new(ASKS);
    assert_eq!(run.moves(), ["ask \"ok?\" of ask"]);

    run.answer("ask", "No");

    assert_eq!(
        run.moves(),
        ["skip (condition_false) upgrade", "ask \"reboot?\" of again"]
    );
    run.answer("again", "Yes");
    assert_eq!(run.moves(), ["run reboot"]);
    run.end("reboot", StepStatus::Succeeded);
    assert_eq!(run.advance(), (vec![], Some(Verdict::Completed)));
}

#[test]
fn a_skipped_step_says_which_values_decided() {
    let mut run = Run::new(ASKS);
    run.moves();
    run.answer("ask", "No");

    let plan = advance(&run.workflow, &run.snapshot);

    let Move::Skip { evidence, .. } = &plan.moves[0] else {
        panic!("{plan:?}")
    };
    let shown = "promptResponse === 'Yes' (promptResponse = \"No\")";
    assert_eq!(evidence.as_deref(), Some(shown));
}

#[test]
fn the_answer_is_the_latest_among_the_ancestors_only() {
    let mut run = Run::new(
        "steps:
- {id: left, message: l, options: [a, b], needs: []}
- {id: right, message: r, options: [a, b], needs: []}
- {id: of-left, command: df, needs: [left], condition: promptResponse === 'a'}
- {id: of-both, command: df, needs: [left, right], condition: promptResponse === 'a'}
- {id: of-none, command: df, needs: [], condition: promptResponse === null}
",
    );
    assert_eq!(
        run.moves(),
        ["ask \"l\" of left", "ask \"r\" of right", "run of-none"]
    );
    run.answer("right", "b");
    run.answer("left", "a");

    assert_eq!(run.moves(), ["run of-left", "run of-both"]);
}

#[test]
fn after_a_failure_only_what_asks_for_it_runs() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df}
- {id: b, command: df}
- {id: repair, command: df, condition: failure()}
- {id: report, command: df, condition: 'always() && steps.a.status === \"failed\"'}
- {id: after, command: df}
",
    );
    run.moves();
    run.end("a", StepStatus::Failed);
    assert_eq!(run.moves(), ["skip (upstream_failed) b", "run repair"]);
    run.end("repair", StepStatus::Succeeded);
    assert_eq!(run.moves(), ["run report"]);
    run.end("report", StepStatus::Succeeded);

    assert_eq!(
        run.advance(),
        (
            vec!["skip (upstream_failed) after".to_owned()],
            Some(Verdict::Failed)
        )
    );
}

#[test]
fn a_tolerated_failure_fails_nothing() {
    let mut run = Run::new(
        "steps:\n- {id: a, command: df, continue_on_error: true}\n- {id: b, command: df}\n",
    );
    run.moves();
    run.end("a", StepStatus::Failed);
    assert_eq!(run.moves(), ["run b"]);
    run.end("b", StepStatus::Succeeded);

    assert_eq!(run.advance().1, Some(Verdict::Completed));
}

#[test]
fn a_condition_that_breaks_fails_the_step_and_is_never_a_skip() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df, condition: steps.b.response.length > 1}
- {id: b, command: df}
",
    );

    let plan = advance(&run.workflow, &run.snapshot);

    let Move::Fail { reason, detail, .. } = &plan.moves[0] else {
        panic!("{plan:?}")
    };
    assert_eq!(*reason, "condition_error");
    assert_eq!(
        detail,
        "`steps.b.response.length > 1`: cannot read `length` of null"
    );
    assert_eq!(
        run.advance(),
        (
            vec![
                "fail (condition_error) a".to_owned(),
                "skip (upstream_failed) b".to_owned()
            ],
            Some(Verdict::Failed)
        )
    );
}

#[test]
fn a_condition_that_gives_no_boolean_fails_the_step() {
    let mut run = Run::new("steps:\n- {id: a, command: df, condition: execution.number}\n");

    assert_eq!(run.moves(), ["fail (condition_error) a"]);
}

#[test]
fn conditions_read_what_jobs_reported() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df}
- {id: b, command: df, condition: 'steps.a.exit_code === 0 && steps.a.outputs.free > 10 && steps.a.hosts[\"web-1\"].status === \"succeeded\" && steps.a.stdout.includes(\"ok\")'}
",
    );
    assert!(run.workflow.reads_stdout());
    run.moves();
    let host = HostFacts {
        status: JobStatus::Succeeded,
        exit_code: Some(0),
        outputs: BTreeMap::from([("free".to_owned(), "25".to_owned())]),
        stdout: Some("all ok\n".to_owned()),
    };
    run.end("a", StepStatus::Succeeded)
        .hosts
        .insert("web-1".to_owned(), host);

    assert_eq!(run.moves(), ["run b"]);
}

const CLOSING: &str = "steps:
- {id: a, command: df}
- {id: b, command: df}
on_failure:
- {id: page, command: df}
finally:
- {id: clean, command: df}
- {id: tell, command: df, condition: cancelled()}
";

#[test]
fn finally_runs_in_order_after_success() {
    let mut run = Run::new(CLOSING);
    run.moves();
    run.end("a", StepStatus::Succeeded);
    run.moves();
    run.end("b", StepStatus::Succeeded);
    assert_eq!(
        run.moves(),
        ["skip (nothing_failed) on_failure/page", "run finally/clean"]
    );
    run.end("finally/clean", StepStatus::Succeeded);

    assert_eq!(
        run.advance(),
        (
            vec!["skip (condition_false) finally/tell".to_owned()],
            Some(Verdict::Completed)
        )
    );
}

#[test]
fn finally_runs_after_failure_and_after_on_failure() {
    let mut run = Run::new(CLOSING);
    run.moves();
    run.end("a", StepStatus::Failed);
    assert_eq!(
        run.moves(),
        ["skip (upstream_failed) b", "run on_failure/page"]
    );
    run.end("on_failure/page", StepStatus::Succeeded);
    assert_eq!(run.moves(), ["run finally/clean"]);
    run.end("finally/clean", StepStatus::Failed);

    assert_eq!(run.advance().1, Some(Verdict::Failed));
}

#[test]
fn a_stop_cancels_what_waits_and_finally_still_runs() {
    for (stop, verdict) in [
        (Stop::Cancelled, Verdict::Cancelled),
        (Stop::TimedOut, Verdict::TimedOut),
    ] {
        let mut run = Run::new(CLOSING);
        run.moves();
        run.snapshot.execution = ExecutionFacts {
            stop: Some(stop),
            ..ExecutionFacts::default()
        };
        assert_eq!(run.moves(), ["cancel b"]);
        run.end("a", StepStatus::Cancelled);
        assert_eq!(run.moves(), ["cancel on_failure/page", "run finally/clean"]);
        run.end("finally/clean", StepStatus::Succeeded);
        assert_eq!(run.moves(), ["run finally/tell"]);
        run.end("finally/tell", StepStatus::Succeeded);
        assert_eq!(run.advance(), (vec![], Some(verdict)));
    }
}

#[test]
fn needs_replace_the_implied_order() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df, needs: [c]}
- {id: b, duration: 5s, needs: []}
- {id: c, command: df, needs: []}
",
    );
    assert_eq!(run.moves(), ["sleep 5000 in b", "run c"]);
    run.end("c", StepStatus::Succeeded);

    assert_eq!(run.moves(), ["run a"]);
}

#[test]
fn the_words_of_skips_are_what_facts_hold() {
    assert_eq!(SkipReason::UpstreamFailed.as_str(), "upstream_failed");
    assert_eq!(SkipReason::ConditionFalse.as_str(), "condition_false");
}
