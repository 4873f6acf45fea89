//! Steps that run other workflows.

use super::{of_step, only};

#[test]
fn what_a_step_that_runs_a_workflow_cannot_be_is_refused_where_it_stands() {
    for (step, refused) in [
        ("{type: workflow}", "3: a workflow step needs a `workflow`"),
        ("{workflow: Deploy}", "14: `Deploy` names no workflow"),
        ("{workflow: deploy@0}", "14: `deploy@0` names no workflow"),
        (
            "{workflow: \"${{ inputs.x }}\"}",
            "14: `${{ … }}` is not supported here",
        ),
        (
            "{workflow: deploy, retry: {max: 1}}",
            "22: `retry` belongs to execute steps; the type of this one is workflow",
        ),
        (
            "{workflow: deploy, rollout: {}}",
            "22: `rollout` belongs to execute steps; the type of this one is workflow",
        ),
        (
            "{workflow: deploy, with: {list: [\"${{ 1 }}\"]}}",
            "36: `${{ … }}` is not supported inside a list",
        ),
        (
            "{workflow: deploy, with: {x: {y: 1}}}",
            "32: expected text, found a mapping",
        ),
        (
            "{workflow: deploy, with: {x: \"${{ steps.nowhere.status }}\"}}",
            "37: no step `nowhere` in this workflow",
        ),
    ] {
        assert_eq!(of_step(step), refused, "{step}");
    }
    let own = only("name: deploy\nsteps:\n- {workflow: deploy@2}\n");
    assert_eq!(
        (own.line, own.column, own.message.as_str()),
        (3, 14, "`deploy` would run itself: deploy -> deploy@2")
    );
    let rolled = only(
        "targets: [all]\nsteps:\n- rollout: {}\n  steps:\n  - {id: a, command: df}\n  - {id: b, workflow: deploy}\n",
    );
    assert_eq!(
        rolled.message,
        "a workflow step cannot stand in a group with a `rollout`"
    );
}
