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
fn a_workflow_that_cannot_look_at_batches_is_refused_where_it_stands() {
    let of = |health: &str| {
        of_step(&format!(
            "{{command: df, targets: [all], rollout: {{health: {health}}}}}"
        ))
    };
    for (health, refused) in [
        ("{workflow: Look}", "62: `Look` names no workflow"),
        ("{workflow: look@x}", "62: `look@x` names no workflow"),
        (
            "{with: {a: 1}}",
            "52: `with` has no meaning without `workflow`",
        ),
        (
            "{workflow: look, with: {a: {b: 1}}}",
            "78: expected text, found a mapping",
        ),
        (
            "{workflow: look, with: {a: \"${{ inputs.nothing }}\"}}",
            "83: no input `nothing` in this workflow",
        ),
        ("[]", "51: `health` is empty"),
        ("[doctor, {doctor: true}]", "60: a second `doctor`"),
        (
            "[{workflow: a}, {after: first, workflow: b}]",
            "67: a second `workflow`",
        ),
        (
            "{runs: 1, timeout: 5m}",
            "61: `timeout` has no meaning without `doctor`, `command` or `workflow`",
        ),
        (
            "{workflow: look, timeout: 0}",
            "77: a timeout of 0 would end the step before it starts",
        ),
    ] {
        assert_eq!(of(health), refused, "{health}");
    }
    let own = only(
        "name: deploy\nsteps:\n- {command: df, targets: [all], rollout: {health: {workflow: deploy@2}}}\n",
    );
    assert_eq!(own.message, "`deploy` would run itself: deploy -> deploy@2");
    assert_eq!(own.path, "steps[0].rollout.health.workflow");
    assert_eq!(
        of_step(
            "{id: g, rollout: {health: {workflow: w}}, targets: [all], steps: [{id: health-workflow, command: df}]}"
        ),
        "8: two steps have the id `g/health-workflow`"
    );
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
