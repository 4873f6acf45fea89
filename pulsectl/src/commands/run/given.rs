//! Whether the answers of `--answer` fit the workflow, before anything is started.

use pulse_workflow::{Action, Prompt, Step, Workflow, inputs};

use crate::{
    error::Failure,
    follow::{Answers, is_step, option_of},
    names,
    ui::quote,
};

/// Refuses answers to steps that ask nothing, and answers that are not among the options.
pub(super) fn check(answers: &Answers, workflow: &Workflow) -> Result<(), Failure> {
    let prompts: Vec<(&Step, &Prompt)> = workflow
        .all_steps()
        .filter_map(|step| match &step.action {
            Action::Prompt(prompt) => Some((step, prompt)),
            Action::Execute(_)
            | Action::Wait { .. }
            | Action::Group(_)
            | Action::Agent(_)
            | Action::Workflow(_)
            | Action::Notify(_) => None,
        })
        .collect();
    for (key, answer) in answers.left() {
        // Several steps may have one name; the answer may be for any of them.
        let meant: Vec<&Prompt> = prompts
            .iter()
            .filter(|(step, _)| is_step(key, &step.id, &step.name))
            .map(|(_, prompt)| *prompt)
            .collect();
        // The workflows that it runs may ask too, and only the server knows them.
        if meant.is_empty() && workflow.has_calls() {
            continue;
        }
        if meant.is_empty() {
            return Err(unknown("answer", key, &prompts));
        }
        let fits = |prompt: &Prompt| {
            prompt.options.is_empty()
                || prompt.options.contains(&option_of(answer, &prompt.options))
        };
        if !meant.iter().any(|prompt| fits(prompt)) {
            let options = meant[0].options.as_slice();
            return Err(not_an_option((key, answer), options));
        }
    }
    check_fields(answers, &prompts)
}

/// Refuses fields of steps that ask nothing, and answers whose fields are missing or do not fit.
fn check_fields(answers: &Answers, prompts: &[(&Step, &Prompt)]) -> Result<(), Failure> {
    let fields = &answers.fields;
    let is_any = |key: &str| {
        let mut steps = prompts.iter();
        steps.any(|(step, _)| is_step(key, &step.id, &step.name))
    };
    if let Some(key) = fields.steps().find(|key| !is_any(key)) {
        return Err(unknown("field", key, prompts));
    }
    let mut faults = Vec::new();
    for (step, prompt) in prompts {
        let given = fields.of(&step.id, &step.name);
        let is_answered = answers
            .left()
            .any(|(key, _)| is_step(key, &step.id, &step.name));
        if given.is_empty() && !is_answered {
            continue;
        }
        if let Err(found) = inputs::fields(prompt, &given) {
            faults.extend(found.into_iter().map(|fault| {
                let hint = fault.hint.map(|hint| format!(" ({hint})"));
                let flag = format!("{}.{}=VALUE", step.name, fault.name);
                let message = fault.message;
                format!(
                    "{message}{}: --field {}",
                    hint.unwrap_or_default(),
                    quote(&flag)
                )
            }));
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    let failure = Failure::usage("what is to be filled in does not fit; nothing was started");
    Err(failure.details(faults))
}

fn unknown(flag: &str, key: &str, prompts: &[(&Step, &Prompt)]) -> Failure {
    let failure = Failure::usage(format!(
        "`--{flag} {key}`: no prompt of the workflow has this name; nothing was started"
    ));
    let names: Vec<&str> = prompts.iter().map(|(step, _)| step.name.as_str()).collect();
    let both = prompts
        .iter()
        .flat_map(|(step, _)| [step.name.as_str(), step.id.as_str()]);
    match (names::nearest(key, both), names.is_empty()) {
        (Some(near), _) => failure.hint(format!("did you mean `{near}`?")),
        (None, false) => failure.hint(format!("its prompts are {}", names.join(", "))),
        (None, true) => failure.hint(format!("it asks nothing; leave out --{flag}")),
    }
}

fn not_an_option((key, answer): (&str, &str), options: &[String]) -> Failure {
    let failure = Failure::usage(format!(
        "`{answer}` is not among the options of {key}; nothing was started"
    ));
    match names::nearest(answer, options.iter().map(String::as_str)) {
        Some(near) => failure.hint(format!(
            "did you mean --answer {}?",
            quote(&format!("{key}={near}"))
        )),
        None => failure.hint(format!("the options are {}", options.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "steps:\n  - name: Check\n    command: df\n    targets: [all]\n  \
        - name: User approval\n    type: prompt\n    message: Go?\n    options: ['Yes', 'No']\n";

    fn checked(answer: &str) -> Result<(), Failure> {
        let workflow = super::super::inputs::read(TEXT).unwrap();
        let answers = Answers::parse(&[answer.to_owned()]).unwrap();
        check(&answers, &workflow)
    }

    #[test]
    fn answers_that_fit_pass_in_any_case() {
        assert!(checked("User approval=Yes").is_ok());
        assert!(checked("user approval=no").is_ok());
    }

    #[test]
    fn a_misspelt_step_and_an_unknown_option_are_refused() {
        let step = checked("User aproval=Yes").unwrap_err();
        let option = checked("User approval=Maybe").unwrap_err();

        assert_eq!(step.hint.as_deref(), Some("did you mean `User approval`?"));
        assert_eq!(option.hint.as_deref(), Some("the options are Yes, No"));
        assert!(checked("Check=Yes").is_err());
    }
}
