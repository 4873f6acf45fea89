//! Expressions, before anything is evaluated.

use super::{faults, only, workflow};

#[test]
fn expressions_name_only_what_is_there() {
    let text = "inputs: {version: {default: '1'}}\nsteps:\n\
        - {id: check, command: df}\n\
        - id: next\n  command: |\n    echo\n    echo ${{ steps.chek.status }} ${{ inputs.verson }}\n";

    let found: Vec<(u32, u32, String, Option<String>)> = faults(text)
        .into_iter()
        .map(|fault| (fault.line, fault.column, fault.message, fault.hint))
        .collect();

    let hint = |text: &str| Some(text.to_owned());
    assert_eq!(
        found,
        [
            (
                7,
                14,
                "no step `chek` in this workflow".to_owned(),
                hint("did you mean `check`?")
            ),
            (
                7,
                39,
                "no input `verson` in this workflow".to_owned(),
                hint("did you mean `version`?")
            ),
        ]
    );
}

#[test]
fn a_value_inside_of_quotes_is_refused() {
    for command in [
        "echo \"${{ inputs.a }}\"",
        "echo '${{ inputs.a }}'",
        "echo `echo ${{ inputs.a }}`",
        "cat <<EOF\n${{ inputs.a }}\nEOF",
        "echo \"$(echo \"${{ inputs.a }}\")\"",
        "echo \"a\\\"${{ inputs.a }}\"",
    ] {
        let document = serde_json::json!({
            "inputs": {"a": {"default": "x"}},
            "steps": [{"command": command}],
        });
        let fault = only(&document.to_string());
        assert!(
            fault.message.contains("stands inside"),
            "{command}: {fault:?}"
        );
    }
    for command in [
        "echo ${{ inputs.a }}",
        "echo \"x\"${{ inputs.a }}'y'",
        "echo it\\'s ${{ inputs.a }}",
        "# it's fine\necho $(echo ${{ inputs.a }})",
        "grep x <<< ${{ inputs.a }}",
        "echo \"${{ raw(inputs.a) }}\"",
    ] {
        let document = serde_json::json!({
            "inputs": {"a": {"default": "x"}},
            "steps": [{"command": command}],
        });
        workflow(&document.to_string());
    }
}

#[test]
fn expressions_do_not_see_secrets() {
    for expression in ["secrets.TOKEN", "env.TOKEN", "TOKEN"] {
        let text =
            format!("secrets: [TOKEN]\nsteps: [{{command: 'echo ${{{{ {expression} }}}}'}}]\n");
        let fault = only(&text);
        assert_eq!(
            (fault.line, fault.path.as_str()),
            (2, "steps[0].command"),
            "{text}"
        );
    }
}

#[test]
fn expressions_do_not_see_secret_inputs() {
    let declared = "inputs: {token: {secret: true}, token_file: {default: x}}\n";
    for place in [
        "steps: [{command: 'echo ${{ inputs.token }}'}]",
        "steps: [{command: x, env: {A: 'a ${{ inputs.token }}'}}]",
        "steps: [{command: x, condition: \"inputs.token === 'x'\"}]",
        "steps: [{workflow: other, with: {token: '${{ inputs.token }}'}}]",
        "steps: [{command: x}]\nconcurrency: {group: '${{ inputs.token }}'}",
    ] {
        let fault = only(&format!("{declared}{place}\n"));
        assert_eq!(
            fault.message, "input `token` is secret: expressions do not see it",
            "{place}"
        );
        assert_eq!(
            fault.hint.as_deref(),
            Some("commands and scripts find it in `$PULSE_INPUT_TOKEN`")
        );
    }
    workflow(&format!(
        "{declared}steps: [{{command: 'echo ${{{{ inputs.token_file }}}}'}}]\n"
    ));
}
