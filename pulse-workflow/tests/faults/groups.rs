//! Groups, and what they are repeated for.

use pulse_workflow::{Source, load};

use super::{of_step, only, workflow};

#[test]
fn what_a_group_cannot_be_repeated_for_is_refused_where_it_stands() {
    for (step, refused) in [
        (
            "{matrix: {}, steps: [{command: df}]}",
            "12: `matrix` is empty",
        ),
        (
            "{matrix: {a: 1}, steps: [{command: df}]}",
            "16: expected a list",
        ),
        (
            "{matrix: {a: []}, steps: [{command: df}]}",
            "16: the list is empty",
        ),
        (
            "{matrix: {a: [x, x]}, steps: [{command: df}]}",
            "20: `x` is listed twice",
        ),
        (
            "{matrix: {1a: [x]}, steps: [{command: df}]}",
            "13: an axis is letters, digits and `_`, and starts with a letter",
        ),
        (
            "{foreach: [a], matrix: {b: [c]}, steps: [{command: df}]}",
            "4: a group has a `matrix` or a `foreach`, not both",
        ),
        (
            "{foreach: [[a]], steps: [{command: df}]}",
            "14: expected text, found a list",
        ),
        (
            "{foreach: '${{ inputs.x }}', steps: [{command: df}]}",
            "13: no input `x` in this workflow",
        ),
        (
            "{foreach: [a], targets: [all], rollout: {}, steps: [{command: df}]}",
            "4: `foreach` and `rollout` on the same group",
        ),
        (
            "{command: df, foreach: [a]}",
            "17: `foreach` belongs to group steps; the type of this one is execute",
        ),
        (
            "{command: df, condition: matrix.x === 1}",
            "28: `matrix` is known only inside a group with a `matrix`",
        ),
        (
            "{command: 'df ${{ item }}'}",
            "21: `item` is known only inside a group with a `foreach`",
        ),
        (
            "{matrix: {arch: [a]}, steps: [{command: 'df ${{ matrix.arhc }}'}]}",
            "51: the matrix has no axis `arhc`",
        ),
    ] {
        assert_eq!(of_step(step), refused, "{step}");
    }
}

#[test]
fn a_group_is_repeated_for_a_bounded_number_of_things() {
    let eleven: Vec<u32> = (0..11).collect();
    let step = format!("{{matrix: {{a: {eleven:?}, b: {eleven:?}}}, steps: [{{command: df}}]}}");
    assert_eq!(of_step(&step), "12: 121 combinations; the limit is 100");
    let many: Vec<u32> = (0..100).collect();
    let text = format!("steps:\n- {{foreach: {many:?}, steps: [{{command: df}}]}}\n");
    assert_eq!(
        only(&text).message,
        "with one group for each item there are more than 200 steps"
    );
}

#[test]
fn only_a_list_says_what_a_group_is_repeated_for() {
    let text = "inputs: {x: {type: string}}\nsteps:\n- {foreach: '${{ inputs.x }}', steps: [{command: df}]}\n";
    assert_eq!(only(text).message, "input `x` is no list");
}

#[test]
fn from_outside_the_steps_of_a_repeated_group_are_those_of_its_instances() {
    let text = |id: &str| {
        format!(
            "steps:\n- id: build\n  matrix: {{arch: [amd64]}}\n  steps: [{{id: compile, command: df}}]\n\
             - {{command: df, condition: 'steps[\"{id}\"].status === \"succeeded\"'}}\n"
        )
    };
    let read = |text: &str| load(&Source { name: "x", text }).is_ok();
    assert!(read(&text("build/amd64/compile")));
    assert!(read(&text("build")));
    assert_eq!(
        only(&text("build/compile")).message,
        "no step `build/compile` in this workflow"
    );
}

#[test]
fn ids_count_inside_their_group() {
    let fault = only(
        "steps:\n- id: g\n  steps:\n  - {id: a, command: df}\n  - {id: c, command: df}\n  - {id: a, command: df}\n",
    );
    assert_eq!(fault.message, "two steps have the id `g/a`");
    let fault = only(
        "steps:\n- {id: b, command: df}\n- id: g\n  steps:\n  - {id: a, command: df, needs: [b]}\n",
    );
    assert_eq!(fault.message, "no step has the id `b`");
    let steps = workflow(
        "steps:
- id: g
  steps:
  - {id: a, command: df}
  - {id: b, command: df, condition: steps.a.exit_code === 0}
- {id: a, command: df, condition: 'steps[\"g/a\"].exit_code === 0'}
",
    );
    let paths: Vec<&str> = steps.steps.iter().map(|step| step.path.as_str()).collect();
    assert_eq!(paths, ["g", "g/a", "g/b", "a"]);
}
