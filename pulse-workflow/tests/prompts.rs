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
