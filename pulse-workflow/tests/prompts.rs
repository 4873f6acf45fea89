//! What a question may ask of people, and which faults are told.

use pulse_workflow::{Action, Fault, NotBy, Prompt, Source, load};

fn fault(step: &str) -> String {
    let text = format!("steps:\n- {step}\n");
    let loaded = load(&Source {
        name: "x.yaml",
        text: &text,
    });
    let faults: Vec<Fault> = match loaded {
        Ok(_) => panic!("this loads:\n{text}"),
        Err(faults) => faults.0,
    };
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let Fault { path, message, .. } = &faults[0];
    format!("{path}: {message}")
}

fn prompt(step: &str) -> Prompt {
    let text = format!("steps:\n- {step}\n");
    let loaded = load(&Source {
        name: "x.yaml",
        text: &text,
    });
    let workflow = match loaded {
        Ok(loaded) => loaded.workflow,
        Err(faults) => panic!("{}", faults.render("x.yaml")),
    };
    let Action::Prompt(prompt) = &workflow.steps[0].action else {
        panic!("not a prompt: {text}");
    };
    prompt.clone()
}

#[test]
fn an_option_may_need_several_people_and_every_other_needs_one() {
    let prompt = prompt(
        "{message: Ship?, options: [Ship, Wait, No], approvals: {Ship: 2}, not_by: starter}",
    );

    let needed = ["Ship", "Wait", "No"].map(|option| prompt.terms.needed(option));
    assert_eq!(needed, [2, 1, 1]);
    assert_eq!(prompt.terms.not_by, Some(NotBy::Starter));
}

#[test]
fn approvals_name_an_option_and_more_than_one_person() {
    for (rest, told) in [
        (
            "approvals: 2",
            "approvals: `approvals` says which option needs several people",
        ),
        ("approvals: {}", "approvals: `approvals` is empty"),
        (
            "approvals: {yes: 2}",
            "approvals.yes: `yes` is not an option",
        ),
        (
            "approvals: {Yes: 1}",
            "approvals.Yes: an answer may need 2 to 20 people; without a number it needs one",
        ),
        (
            "approvals: {Yes: two}",
            "approvals.Yes: expected a whole number",
        ),
        (
            "approvals: {Yes: 2}, default: Yes, timeout: 5m",
            "default: `Yes` needs 2 people, and nobody would have said it",
        ),
        ("not_by: peter", "not_by: unknown value `peter`"),
    ] {
        let step = format!("{{message: Ship?, options: [Yes, No], {rest}}}");
        assert_eq!(fault(&step), format!("steps[0].{told}"), "{rest}");
    }
    assert_eq!(
        fault("{command: ls, approvals: {Yes: 2}}"),
        "steps[0].approvals: `approvals` belongs to prompt steps; the type of this one is execute"
    );
}

#[test]
fn fields_are_typed_as_inputs_are_and_refused_as_they_are() {
    let step = "{message: Ship?, options: [Yes, No], fields: {mode: {values: [fast, slow]}, \
        count: {type: number, default: 2}}}";
    let asked = prompt(step);

    let given = |text: &str| serde_json::from_str(text).unwrap();
    let filled = pulse_workflow::inputs::fields(&asked, &given(r#"{"mode": "fast"}"#)).unwrap();
    assert_eq!(
        serde_json::Value::Object(filled),
        serde_json::json!({"mode": "fast", "count": 2})
    );
    let faults = pulse_workflow::inputs::fields(&asked, &given(r#"{"mod": "x"}"#)).unwrap_err();
    let told: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(told, ["unknown field `mod`", "field `mode` is required"]);
    for (fields, told) in [
        ("{}", "fields: `fields` is empty"),
        (
            "{a b: {}}",
            "fields.a b: a field's name is letters, digits, `_` and `-`",
        ),
        ("{a: {type: money}}", "fields.a.type: unknown value `money`"),
        (
            "{a: {type: string}}, default: No, timeout: 5m",
            "default: nobody would fill in the field `a`",
        ),
    ] {
        let step = format!("{{message: Ship?, options: [Yes, No], fields: {fields}}}");
        assert_eq!(fault(&step), format!("steps[0].{told}"));
    }
}
