//! What YAML makes of a text.

use pulse_workflow::{Source, load};

use super::{faults, only, workflow};

#[test]
fn the_traps_of_yaml_come_with_advice() {
    for (step, line, column) in [
        ("condition: !x", 3, 14),
        ("condition: 'Yes' === promptResponse", 3, 20),
        ("condition: promptResponse ? 'x' : 'y'", 3, 35),
        ("condition: [1,2].includes(x)", 3, 19),
        ("condition: *x", 3, 14),
        ("condition: & x", 3, 14),
        ("condition: `x`", 3, 14),
        ("condition: %x", 3, 14),
        ("condition: @x", 3, 14),
        ("env: {A: b", 4, 1),
    ] {
        let text = format!("steps:\n- command: df\n  {step}\n");
        let faults = faults(&text);
        let hinted = faults.iter().any(|fault| {
            let hint = fault.hint.as_deref().unwrap_or_default();
            (fault.line, fault.column) == (line, column) && hint.contains("quote")
        });
        assert!(hinted, "{step} (wanted {line}:{column}): {faults:#?}");
    }
    let fault = only("steps:\n- command: { a; b; }\n");
    assert_eq!(fault.message, "expected text, found a mapping");
    assert!(fault.hint.is_some_and(|hint| hint.contains("quote it")));
}

#[test]
fn a_value_that_yaml_cuts_short_is_warned_of() {
    let text = "steps:\n- command: run x # note\n";

    let warnings = load(&Source { name: "x", text }).unwrap().warnings;

    assert_eq!(warnings.len(), 1);
    assert_eq!((warnings[0].line, warnings[0].column), (2, 17));
}

#[test]
fn the_parts_of_yaml_that_mislead_are_refused() {
    for (text, message) in [
        (
            "a: 1\na: 2\nsteps: [{command: x}]",
            "key `a` is written twice",
        ),
        ("steps: [{command: !!str x}]", "YAML tags are not supported"),
        (
            "steps: [{command: x}]\n---\nsteps: []",
            "a second document starts here",
        ),
        (
            "x: &x {command: a}\nsteps: [{<<: *x}]",
            "merge keys (`<<`) are not supported",
        ),
        (
            "steps: [{? [a] : b, command: x}]",
            "a key must be text, not a list or a mapping",
        ),
        ("", "the document is empty"),
        ("# nothing", "the document is empty"),
        ("- a", "expected a mapping, found a list"),
        ("name: x", "the document has no `steps`"),
        ("steps: []", "`steps` is empty"),
        (
            "steps: [{command: \"a\\0b\"}]",
            "a NUL character is not allowed in a value",
        ),
        (
            "steps: [{command: \"a\\u202eb\"}]",
            "the text direction character U+202E is not allowed in a value",
        ),
        (
            "steps: [{command: a\u{202e}b}]",
            "the text direction character U+202E is not allowed in a document",
        ),
        (
            "steps: [{command: a\0b}]",
            "a NUL character is not allowed in a document",
        ),
    ] {
        let faults = faults(text);
        assert!(
            faults.iter().any(|fault| fault.message == message),
            "{text}: {faults:#?}"
        );
    }
}

#[test]
fn sizes_are_limited() {
    let long_name = format!("steps: [{{name: {}, command: x}}]", "n".repeat(1000));
    assert!(faults(&long_name)[0].message.contains("at most 128 bytes"));
    let many: Vec<String> = (0..201)
        .map(|n| format!("- {{id: s{n}, command: x}}"))
        .collect();
    let many = many.join("\n");
    assert_eq!(
        only(&format!("steps:\n{many}\n")).message,
        "201 steps; the limit is 200"
    );
    let big = format!("steps:\n- command: {}\n", "x".repeat(65 * 1024));
    assert!(only(&big).message.contains("the limit is 65536"));
}

#[test]
fn words_stay_words() {
    let text = "steps:\n- {message: ok?, options: [Yes, No, on, 12:30, 0x1f]}\n- command: true\n";

    let steps = workflow(text).steps;

    let pulse_workflow::Action::Prompt(prompt) = &steps[0].action else {
        panic!("a prompt")
    };
    assert_eq!(prompt.options, ["Yes", "No", "on", "12:30", "0x1f"]);
}

#[test]
fn json_with_escapes_loads_as_json_means_it() {
    let text = "{\n\t\"steps\": [\n\t\t{\"name\": \"a\\/b \\ud83d\\ude00\", \"command\": \"echo \\u00e9\", \"timeout\": 600000}\n\t]\n}";

    let workflow = workflow(text);

    assert_eq!(workflow.steps[0].name, "a/b 😀");
    assert_eq!(workflow.steps[0].timeout_ms, Some(600_000));
}

#[test]
fn a_bare_number_that_was_meant_as_seconds_is_warned_of() {
    let text = |timeout: &str| {
        format!("name: x\nsteps:\n- {{id: a, command: df, targets: [all], timeout: {timeout}}}\n")
    };
    let warned = |timeout: &str| {
        let text = text(timeout);
        load(&Source {
            name: "x",
            text: &text,
        })
        .unwrap()
        .warnings
    };

    let warnings = warned("30");

    assert_eq!(warnings.len(), 1);
    assert_eq!(warnings[0].message, "30 is less than a second");
    for timeout in ["1000", "30ms", "30s"] {
        assert_eq!(warned(timeout), [], "{timeout}");
    }
}
