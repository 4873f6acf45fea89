//! Rollouts, and what brings them back.

use super::{of_step, only};

#[test]
fn what_a_rollout_cannot_do_is_refused_where_it_stands() {
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {batchs: 1}}"),
        "43: unknown key `batchs`; did you mean `batches`?"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {batches: [1, 0%]}}"),
        "56: a batch of 0 hosts would never end"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {max_fail: 110%}}"),
        "53: expected a number of hosts"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {on_exceed: ask}}"),
        "54: unknown value `ask`"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {on_exceed: rollback}}"),
        "3: `on_exceed: rollback` has nothing to bring back"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {health: docter}}"),
        "51: unknown value `docter`"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], rollout: {health: {workflow: w}}}"),
        "52: `workflow` is not supported yet"
    );
    assert_eq!(
        of_step("{command: df, rollback: df}"),
        "17: `rollback` has no effect without `rollout`"
    );
    assert_eq!(of_step("{agent: drian}"), "11: unknown value `drian`");
    assert_eq!(
        of_step("{agent: drain, command: df}"),
        "4: `agent` belongs to agent steps; the type of this one is execute"
    );
    let group = |step: &str| of_step(&format!("{{rollout: {{}}, steps: [{step}]}}"));
    assert_eq!(
        group("{message: Sure?, options: [Yes]}"),
        "25: a prompt step cannot stand in a group with a `rollout`"
    );
    assert_eq!(
        group("{command: df, targets: [a]}"),
        "39: `targets` has no place inside a group with a `rollout`"
    );
    assert_eq!(
        of_step(
            "{id: g, rollout: {health: doctor}, targets: [all], steps: [{id: health-doctor, command: df}]}"
        ),
        "8: two steps have the id `g/health-doctor`"
    );
    let fault = only("steps:\n- steps:\n  - {command: df, commmand: df}\n");
    assert_eq!(fault.path, "steps[0].steps[0].commmand");
}

#[test]
fn a_rollback_of_the_document_must_have_something_to_bring_back_once() {
    let of = |rollback: &str, step: &str| {
        let fault = only(&format!("rollback: {rollback}\nsteps:\n- {step}\n"));
        format!("{}: {}", fault.path, fault.message)
    };
    assert_eq!(
        of("{}", "{command: df}"),
        "rollback: `rollback` has nothing to bring back"
    );
    assert_eq!(
        of("{after: [lost]}", "{command: df, rollback: df}"),
        "rollback.after[0]: unknown value `lost`"
    );
    assert_eq!(
        of("{order: forward}", "{command: df, rollback: df}"),
        "rollback.order: unknown value `forward`"
    );
    assert_eq!(
        of(
            "{}",
            "{id: s, command: df, rollback: df, rollout: {on_exceed: rollback}}"
        ),
        "rollback: the `rollback` of the document brings back what s rolls out"
    );
    assert_eq!(
        of("{}", "{id: rollback, command: df, rollback: df}"),
        "rollback: with a `rollback` of the document no step may have the id `rollback`"
    );
    assert_eq!(
        of_step("{command: df, rollback: df}"),
        "17: `rollback` has no effect without `rollout`"
    );
}
