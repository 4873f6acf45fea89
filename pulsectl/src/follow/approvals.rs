//! How far a question has come that needs several people: words for those who read it.

use std::collections::BTreeMap;

use pulse_api::http::prompts::PromptAnswer;

/// How many people an option needs, and who has said it.
struct Count<'a> {
    option: &'a str,
    needed: u32,
    by: Vec<&'a str>,
}

fn counts<'a>(
    approvals: &'a BTreeMap<String, u32>,
    answers: &'a [PromptAnswer],
) -> impl Iterator<Item = Count<'a>> {
    approvals.iter().map(|(option, needed)| Count {
        option,
        needed: *needed,
        by: answers
            .iter()
            .filter(|answer| answer.response == *option)
            .map(|answer| answer.answered_by.as_str())
            .collect(),
    })
}

/// The options, with how many of the people that they need have said them: `Yes (1 of 2), No`.
pub(crate) fn options(
    options: &[String],
    (approvals, answers): (&BTreeMap<String, u32>, &[PromptAnswer]),
) -> Vec<String> {
    let shown = |option: &String| {
        let mut several = counts(approvals, answers);
        match several.find(|count| count.option == option) {
            Some(count) => format!("{option} ({} of {})", count.by.len(), count.needed),
            None => option.clone(),
        }
    };
    options.iter().map(shown).collect()
}

/// What a question waits for once somebody has answered: `Yes 1 of 2, waiting for another person`.
pub(crate) fn standing(
    approvals: &BTreeMap<String, u32>,
    answers: &[PromptAnswer],
) -> Option<String> {
    if answers.is_empty() {
        return None;
    }
    let heard: Vec<Count<'_>> = counts(approvals, answers)
        .filter(|count| !count.by.is_empty())
        .collect();
    let said: Vec<String> = heard
        .iter()
        .map(|count| format!("{} {} of {}", count.option, count.by.len(), count.needed))
        .collect();
    let missing = heard
        .iter()
        .map(|count| (count.needed as usize).saturating_sub(count.by.len()))
        .min()?;
    let waits = match missing {
        0 | 1 => "waiting for another person".to_owned(),
        more => format!("waiting for {more} more people"),
    };
    Some(format!("{}, {waits}", said.join(", ")))
}

/// What an option needs, and who has said it: a line for those who are asked.
pub(crate) fn needs(approvals: &BTreeMap<String, u32>, answers: &[PromptAnswer]) -> Option<String> {
    let told = counts(approvals, answers).map(|count| {
        let by = if count.by.is_empty() {
            String::new()
        } else {
            format!(", {} said by {}", count.by.len(), count.by.join(", "))
        };
        format!("{} needs {} people{by}", count.option, count.needed)
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// Who has given the answer that counted, or those given so far.
pub(crate) fn names(answers: &[PromptAnswer], response: Option<&str>) -> String {
    let counted = answers
        .iter()
        .filter(|answer| response.is_none_or(|response| answer.response == response));
    let names: Vec<&str> = counted.map(|answer| answer.answered_by.as_str()).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(given: &[(&str, &str)]) -> Vec<PromptAnswer> {
        let answers = given.iter().map(|(by, response)| PromptAnswer {
            answered_by: (*by).to_owned(),
            response: (*response).to_owned(),
            comment: None,
            values: None,
            answered_at: jiff::Timestamp::UNIX_EPOCH,
        });
        answers.collect()
    }

    #[test]
    fn what_is_missing_is_counted_for_the_option_that_is_nearest() {
        let approvals = [("All".to_owned(), 4), ("Some".to_owned(), 2)].into();

        let said = |given: &[(&str, &str)]| standing(&approvals, &answers(given));

        assert_eq!(said(&[]), None);
        assert_eq!(
            said(&[("ada", "All")]).as_deref(),
            Some("All 1 of 4, waiting for 3 more people")
        );
        assert_eq!(
            said(&[("ada", "All"), ("bo", "Some")]).as_deref(),
            Some("All 1 of 4, Some 1 of 2, waiting for another person")
        );
    }

    #[test]
    fn an_option_that_needs_several_people_says_so() {
        let approvals = [("Yes".to_owned(), 2)].into();
        let heard = answers(&[("ada", "Yes")]);

        let shown = options(&["Yes".to_owned(), "No".to_owned()], (&approvals, &heard));

        assert_eq!(shown, ["Yes (1 of 2)", "No"]);
        assert_eq!(
            needs(&approvals, &heard).as_deref(),
            Some("Yes needs 2 people, 1 said by ada")
        );
        assert_eq!(
            needs(&approvals, &[]).as_deref(),
            Some("Yes needs 2 people")
        );
    }
}
