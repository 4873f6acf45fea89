//! Steps that send messages.

use pulse_workflow::{Move, StepStatus, Stop, Verdict, advance};
use serde_json::json;

use crate::run::Run;

const TELLS: &str = "inputs: {host: {}}
steps:
- {id: tell, channel: ops, message: '${{ inputs.host }} goes down'}
- {id: reboot, command: df}
finally:
- {id: done, type: notify, channel: ops, message: 'it is ${{ steps.reboot.status }}'}
";

#[test]
fn a_message_is_filled_in_and_what_follows_waits_until_it_was_accepted() {
    let mut run = Run::new(TELLS);
    run.snapshot
        .inputs
        .insert("host".to_owned(), json!("web-1"));

    assert_eq!(run.moves(), ["tell ops \"web-1 goes down\" by tell"]);
    assert_eq!(run.moves(), [""; 0]);
    run.end("tell", StepStatus::Succeeded);
    assert_eq!(run.moves(), ["run reboot"]);
    run.end("reboot", StepStatus::Failed);
    assert_eq!(run.moves(), ["tell ops \"it is failed\" by finally/done"]);
    run.end("finally/done", StepStatus::Succeeded);
    assert_eq!(run.advance(), (vec![], Some(Verdict::Failed)));
}

#[test]
fn what_finally_tells_is_told_of_an_execution_that_was_ended_too() {
    let mut run = Run::new(TELLS);
    let host = ("host".to_owned(), json!("web-1"));
    run.snapshot.inputs.extend([host]);
    run.moves();
    run.end("tell", StepStatus::Cancelled);
    run.snapshot.execution.stop = Some(Stop::Cancelled);

    assert_eq!(
        run.moves(),
        [
            "cancel reboot",
            "tell ops \"it is cancelled\" by finally/done"
        ]
    );
}

#[test]
fn a_message_that_is_too_long_fails_its_step_and_says_how_long_it_is() {
    let mut run =
        Run::new("inputs: {log: {}}\nsteps:\n- {channel: ops, message: '${{ inputs.log }}'}\n");
    let long = "x".repeat(17_000);
    run.snapshot.inputs.insert("log".to_owned(), json!(long));

    let plan = advance(&run.workflow, &run.snapshot);

    let [Move::Fail { reason, detail, .. }] = plan.moves.as_slice() else {
        panic!("{plan:?}");
    };
    assert_eq!(*reason, "render_error");
    assert_eq!(
        detail,
        "the message has 17000 bytes, and at most 16384 are sent"
    );
}
