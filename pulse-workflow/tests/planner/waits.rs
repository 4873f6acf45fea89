//! Waiting until something holds: looked at whenever something moves, and ended in time.

use pulse_workflow::{StepStatus, Stop, Verdict};

use crate::run::Run;

const BESIDE: &str = "steps:
- {id: build, command: df, needs: []}
- {id: ready, until: 'steps.build.status === \"succeeded\"', every: 1s, needs: []}
- {id: after, command: df, needs: [ready]}
";

#[test]
fn a_wait_ends_as_soon_as_what_it_waits_for_holds() {
    let mut run = Run::new(BESIDE);
    assert_eq!(run.moves(), ["run build", "look every 1000 at ready"]);
    assert_eq!(run.moves(), [""; 0]);
    run.end("build", StepStatus::Succeeded);

    assert_eq!(run.moves(), ["end (succeeded) ready", "run after"]);
}

#[test]
fn a_wait_for_what_holds_already_is_over_at_once() {
    let mut run = Run::new("steps:\n- {id: now, until: 1 < 2}\n");

    assert_eq!(
        run.advance(),
        (
            vec![
                "look every 10000 at now".to_owned(),
                "end (succeeded) now".to_owned()
            ],
            Some(Verdict::Completed)
        )
    );
}

#[test]
fn a_wait_whose_time_is_up_fails_unless_it_holds_at_last() {
    let mut run = Run::new(BESIDE);
    run.moves();
    let late = |run: &mut Run| run.snapshot.steps.get_mut("ready").unwrap().is_late = true;
    late(&mut run);
    assert_eq!(
        run.moves(),
        ["fail (timeout) ready", "skip (upstream_failed) after"]
    );

    let mut run = Run::new(BESIDE);
    run.moves();
    late(&mut run);
    run.end("build", StepStatus::Succeeded);
    assert_eq!(run.moves(), ["end (succeeded) ready", "run after"]);
}

#[test]
fn a_wait_that_cannot_tell_fails() {
    for until in ["steps.build.outputs.x.y", "steps.build.status"] {
        let text = BESIDE.replace("steps.build.status === \\\"succeeded\\\"", until);
        let text = text.replace("steps.build.status === \"succeeded\"", until);
        let mut run = Run::new(&text);

        assert_eq!(
            run.moves(),
            [
                "run build",
                "look every 1000 at ready",
                "fail (condition_error) ready",
                "skip (upstream_failed) after"
            ],
            "{until}"
        );
    }
}

#[test]
fn a_stopped_execution_begins_no_wait() {
    let mut run = Run::new("steps:\n- {id: build, command: df}\n- {id: ready, until: 1 > 2}\n");
    run.moves();
    run.snapshot.execution.stop = Some(Stop::Cancelled);
    run.end("build", StepStatus::Cancelled);

    assert_eq!(
        run.advance(),
        (vec!["cancel ready".to_owned()], Some(Verdict::Cancelled))
    );
}
