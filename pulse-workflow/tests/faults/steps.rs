//! What a step is made of.

use pulse_workflow::{Source, load};

use super::{of_step, only};

#[test]
fn a_step_with_uses_leaves_the_rest_to_the_block() {
    let fault = only("steps:\n- {uses: restart, command: df}\n");
    assert_eq!(fault.message, "a step has `uses` or a `command`, not both");
    for key in ["env", "user", "working_dir", "runtime"] {
        let value = match key {
            "env" => "{A: b}",
            "runtime" => "bash",
            _ => "/root",
        };
        let text = format!("steps:\n- {{uses: restart, {key}: {value}}}\n");
        let faults = load(&Source {
            name: "x",
            text: &text,
        })
        .unwrap_err();
        let wanted = format!("`{key}` is the function block's own affair");
        assert!(
            faults.render("x").contains(&wanted),
            "{}",
            faults.render("x")
        );
    }
    let fault = only("steps:\n- {command: df, with: {a: b}}\n");
    assert_eq!(fault.message, "`with` belongs to `uses`");
    let fault = only("steps:\n- {uses: 'a b'}\n");
    assert_eq!((fault.line, fault.column), (2, 10));
}

#[test]
fn a_sandbox_can_only_tighten() {
    let sandboxes = [
        "{no_new_privileges: false}",
        "{memory_mib: 0}",
        "{cpus: 0}",
        "{read: [usr]}",
        "{network: none}",
    ];

    let faults = sandboxes.map(|it| of_step(&format!("{{command: df, sandbox: {it}}}")));

    assert_eq!(
        faults,
        [
            "26: a step can only tighten what its host allows",
            "39: `memory_mib` is at least 1",
            "33: `cpus` is a number from 0.01 to 4096",
            "33: every path must start with `/`",
            "27: unknown key `network`",
        ]
    );
}

#[test]
fn a_step_must_make_sense() {
    assert_eq!(of_step("{name: x}"), "3: the step does nothing");
    assert_eq!(
        of_step("{type: execute}"),
        "3: an execute step needs a `command`, a `script` or `uses`"
    );
    assert_eq!(
        of_step("{command: df, script: df}"),
        "25: a step has a `command` or a `script`, not both"
    );
    assert_eq!(
        of_step("{command: df, message: hi}"),
        "17: `message` belongs to prompt steps; the type of this one is execute"
    );
    assert_eq!(
        of_step("{duration: 5s, timeout: 1s}"),
        "18: `timeout` has no meaning in a wait step"
    );
    assert_eq!(
        of_step("{duration: 5s, until: 1 < 2}"),
        "18: a step waits for a `duration` or `until` something, not both"
    );
    assert_eq!(
        of_step("{duration: 5s, every: 1s}"),
        "18: `every` belongs to `until`"
    );
    assert_eq!(
        of_step("{until: 1 < 2, every: 10ms}"),
        "25: a wait looks every 100 ms at most"
    );
    assert_eq!(
        of_step("{command: df, until: 1 < 2}"),
        "17: `until` belongs to wait steps; the type of this one is execute"
    );
    assert_eq!(
        of_step("{command: df, targets: []}"),
        "26: an empty list of targets would run nowhere"
    );
    assert_eq!(
        of_step("{command: df, targets: [all], pick: 0}"),
        "39: a `pick` of 0 would run nowhere"
    );
    assert_eq!(
        of_step("{command: df, pick: 1}"),
        "17: `pick` has no effect without `targets`"
    );
    assert_eq!(
        of_step("{command: ' '}"),
        "13: expected text, found only blanks"
    );
    assert_eq!(of_step("{command: }"), "11: expected text, found nothing");
}

#[test]
fn a_message_needs_a_channel_and_something_to_say() {
    for (step, refused) in [
        (
            "{type: notify, message: hi}",
            "3: a notify step needs a `channel`",
        ),
        ("{channel: ops}", "3: a notify step needs a `message`"),
        ("{channel: Ops, message: hi}", "13: `Ops` names no channel"),
        (
            "{channel: ops, message: \"\\u200b\"}",
            "27: a message that says nothing",
        ),
        (
            "{channel: ops, message: hi, options: [a]}",
            "31: `options` belongs to prompt steps; the type of this one is notify",
        ),
        (
            "{channel: ops, message: hi, targets: [all]}",
            "31: `targets` belongs to execute steps; the type of this one is notify",
        ),
        (
            "{channel: ops, message: \"${{ steps.nowhere.status }}\"}",
            "32: no step `nowhere` in this workflow",
        ),
    ] {
        assert_eq!(of_step(step), refused, "{step}");
    }
}

#[test]
fn what_nobody_can_see_is_no_text() {
    assert_eq!(
        of_step("{command: df, name: \"\\u200b \\u2060\"}"),
        "23: expected text, found nothing that can be seen"
    );
    assert_eq!(
        of_step("{message: ' ', options: [a]}"),
        "13: a prompt without a question"
    );
    assert_eq!(
        of_step("{message: \"\\u200b\", options: [a]}"),
        "13: a prompt without a question"
    );
    assert_eq!(
        of_step("{message: Go?, options: [a, \"\\u200b\"]}"),
        "31: expected text, found nothing that can be seen"
    );
}

#[test]
fn a_value_must_fit_its_key() {
    assert_eq!(
        of_step("{script: x, runtime: pyton}"),
        "24: unknown value `pyton`"
    );
    assert_eq!(
        of_step("{message: a, options: [b], default: c, timeout: 5m}"),
        "39: `c` is not an option"
    );
    assert_eq!(
        of_step("{message: a, options: [b], default: b}"),
        "39: a `default` is taken only with a `timeout`"
    );
    assert_eq!(
        of_step("{command: df, timeout: 0}"),
        "26: a timeout of 0 would end the step before it starts"
    );
    assert_eq!(
        of_step("{command: df, env: {PULSE_X: a}}"),
        "23: names that start with `PULSE_` belong to pulse"
    );
    assert_eq!(
        of_step("{command: df, retry: {max: 0}}"),
        "30: `max` is between 1 and 100"
    );
    assert_eq!(
        of_step("{command: df, targets: 'role=web && rgion=fra'}"),
        "39: unknown key `rgion` in a selector"
    );
}

#[test]
fn a_cycle_of_needs_is_named() {
    let text = "steps:\n\
        - {id: a, command: df, needs: [c]}\n\
        - {id: b, command: df, needs: [a]}\n\
        - {id: c, command: df, needs: [b]}\n\
        - {id: d, command: df}\n";

    let fault = only(text);

    assert_eq!(fault.message, "these steps need each other: a, b, c");
    assert_eq!((fault.line, fault.column), (2, 31));
}
