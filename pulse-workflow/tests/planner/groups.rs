//! Steps inside groups: when they begin, what they see, how the group ends.

use pulse_workflow::{StepStatus, Stop, Verdict};

use crate::run::Run;

const GROUP: &str = "steps:
- {id: before, command: df}
- id: both
  steps:
  - {id: left, command: df, needs: []}
  - {id: right, command: df, needs: []}
  - {id: join, command: df, needs: [left, right], condition: 'always() && steps.left.status === \"succeeded\"'}
- {id: after, command: df}
";

#[test]
fn the_steps_of_a_group_begin_with_it_and_end_it() {
    let mut run = Run::new(GROUP);
    assert_eq!(run.moves(), ["run before"]);
    run.end("before", StepStatus::Succeeded);
    assert_eq!(
        run.moves(),
        ["open both", "run both/left", "run both/right"]
    );
    run.end("both/left", StepStatus::Succeeded);
    assert_eq!(run.moves(), [""; 0]);
    run.end("both/right", StepStatus::Succeeded);
    assert_eq!(run.moves(), ["run both/join"]);
    run.end("both/join", StepStatus::Succeeded);

    assert_eq!(run.moves(), ["end (succeeded) both", "run after"]);
}

#[test]
fn a_group_in_which_a_step_failed_has_failed() {
    let mut run = Run::new(GROUP);
    run.moves();
    run.end("before", StepStatus::Succeeded);
    run.moves();
    run.end("both/left", StepStatus::Succeeded);
    run.end("both/right", StepStatus::Failed);
    assert_eq!(run.moves(), ["run both/join"]);
    run.end("both/join", StepStatus::Succeeded);

    assert_eq!(
        run.advance(),
        (
            vec![
                "end (failed) both".to_owned(),
                "skip (upstream_failed) after".to_owned()
            ],
            Some(Verdict::Failed)
        )
    );
}

#[test]
fn a_group_that_is_skipped_skips_everything_in_it() {
    let mut run = Run::new(
        "steps:
- {id: a, message: ok?, options: [Yes, No]}
- id: g
  condition: promptResponse === 'Yes'
  steps:
  - {id: x, command: df}
  - {id: y, command: df, needs: []}
",
    );
    run.moves();
    run.answer("a", "No");

    let (moves, verdict) = run.advance();

    assert_eq!(
        moves,
        [
            "skip (condition_false) g",
            "skip (group_skipped) g/x",
            "skip (group_skipped) g/y"
        ]
    );
    assert_eq!(verdict, Some(Verdict::Completed));
}

#[test]
fn an_answer_inside_a_group_counts_after_it() {
    let mut run = Run::new(
        "steps:
- id: g
  steps:
  - {id: ask, message: ok?, options: [Yes, No]}
- id: b
  command: df
  condition: promptResponse === 'Yes' && steps['g/ask'].response === 'Yes'
",
    );
    run.moves();
    run.answer("g/ask", "Yes");

    assert_eq!(run.moves(), ["end (succeeded) g", "run b"]);
}

#[test]
fn a_stop_cancels_a_group_with_its_steps() {
    let mut run = Run::new(GROUP);
    run.moves();
    run.end("before", StepStatus::Succeeded);
    run.moves();
    run.snapshot.execution.stop = Some(Stop::Cancelled);
    assert_eq!(run.moves(), ["cancel both/join", "cancel after"]);
    run.end("both/left", StepStatus::Cancelled);
    run.end("both/right", StepStatus::Succeeded);

    assert_eq!(
        run.advance(),
        (
            vec!["end (cancelled) both".to_owned()],
            Some(Verdict::Cancelled)
        )
    );
}

#[test]
fn a_group_in_finally_runs_after_a_stop() {
    let mut run = Run::new(
        "steps:
- {id: a, command: df}
finally:
- id: g
  steps:
  - {id: x, command: df}
  - {id: y, command: df}
",
    );
    run.moves();
    run.snapshot.execution.stop = Some(Stop::Cancelled);
    run.end("a", StepStatus::Cancelled);
    assert_eq!(run.moves(), ["open finally/g", "run finally/g/x"]);
    run.end("finally/g/x", StepStatus::Succeeded);
    assert_eq!(run.moves(), ["run finally/g/y"]);
    run.end("finally/g/y", StepStatus::Succeeded);

    assert_eq!(run.advance().1, Some(Verdict::Cancelled));
}
