//! Answers given on the command line.

use std::collections::VecDeque;

use serde_json::Value;

use super::GivenFields;
use crate::error::Failure;

/// Answers by step, in the order they were given.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers {
    given: VecDeque<(String, String)>,
    /// What is filled in with them.
    pub(crate) fields: GivenFields,
    /// Whether a prompt's own default answers where nothing was given.
    pub(crate) defaults: bool,
}

impl Answers {
    /// Reads `step=answer` pairs.
    pub(crate) fn parse(pairs: &[String]) -> Result<Self, Failure> {
        let read = |pair: &String| {
            let (step, answer) = pair
                .split_once('=')
                .filter(|(step, _)| !step.trim().is_empty())?;
            Some((step.trim().to_owned(), answer.trim().to_owned()))
        };
        let given = pairs
            .iter()
            .map(|pair| {
                read(pair).ok_or_else(|| {
                    Failure::usage(format!("`--answer {pair}` names no step"))
                        .hint("write it as --answer \"User approval=Yes\"")
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            given,
            fields: GivenFields::default(),
            defaults: false,
        })
    }

    /// Adds the answers of a YAML or JSON map: one for a step, or a list for one that asks again.
    pub(crate) fn read(&mut self, place: &str, text: &str) -> Result<(), Failure> {
        let wrong = || {
            Failure::usage(format!("{place} does not hold answers"))
                .hint("write it as a map, such as `User approval: \"Yes\"`")
        };
        let map: serde_json::Map<String, Value> =
            serde_yaml::from_str(text).map_err(|error| wrong().because(&error))?;
        for (step, answers) in map {
            let answers = match answers.as_array() {
                Some(several) => several.clone(),
                None => vec![answers],
            };
            for answer in answers {
                let answer = plain(&answer).ok_or_else(wrong)?;
                self.given.push_back((step.trim().to_owned(), answer));
            }
        }
        Ok(())
    }

    /// The answers that are left, with the steps they are for.
    pub(crate) fn left(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.given.iter();
        pairs.map(|(step, answer)| (step.as_str(), answer.as_str()))
    }

    /// The steps whose answers were never asked for.
    pub(crate) fn unused(&self) -> impl Iterator<Item = &str> {
        self.given.iter().map(|(step, _)| step.as_str())
    }

    /// Takes the next answer for a step, by its id or its name; of one inside others, also by the end of
    /// its path.
    pub(crate) fn take(&mut self, id: &str, name: &str) -> Option<String> {
        let at = self
            .given
            .iter()
            .position(|(key, _)| ends(id).any(|id| is_step(key, id, name)))?;
        self.given.remove(at).map(|(_, answer)| answer)
    }
}

/// A path, and what is left of it without its beginnings: `a/b/c`, `b/c`, `c`.
fn ends(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.split_once('/').map(|(_, rest)| rest)
    })
}

/// A word of YAML as a person meant it: `Yes` is a word, and `true` was written as one too.
fn plain(answer: &Value) -> Option<String> {
    match answer {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Bool(_) | Value::Number(_) => Some(answer.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether a key means a step: by its id or its name, in any case.
pub(crate) fn is_step(key: &str, id: &str, name: &str) -> bool {
    key.eq_ignore_ascii_case(id) || key.to_lowercase() == name.to_lowercase()
}

/// The option that was meant: exactly, or by another case.
pub(crate) fn option_of(answer: &str, options: &[String]) -> String {
    let same = options.iter().find(|option| *option == answer);
    let near = || {
        options
            .iter()
            .find(|option| option.to_lowercase() == answer.to_lowercase())
    };
    same.or_else(near)
        .cloned()
        .unwrap_or_else(|| answer.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_key_answers_in_order() {
        let pairs = [
            "Go on=Yes".to_owned(),
            "go-on=No".to_owned(),
            "Other=x".to_owned(),
        ];
        let mut answers = Answers::parse(&pairs).unwrap();

        assert_eq!(answers.take("go-on", "Go on").as_deref(), Some("Yes"));
        assert_eq!(answers.take("go-on", "Go on").as_deref(), Some("No"));
        assert_eq!(answers.take("go-on", "Go on"), None);
        assert_eq!(answers.take("other", "Other").as_deref(), Some("x"));
    }

    #[test]
    fn a_file_answers_after_the_flags() {
        let mut answers = Answers::parse(&["Go on=No".to_owned()]).unwrap();
        answers
            .read("a.yaml", "Go on: [Yes, 2]\nOther: x\n")
            .unwrap();

        let given: Vec<_> = (0..3).map(|_| answers.take("go-on", "Go on")).collect();

        assert_eq!(
            given,
            [Some("No".into()), Some("Yes".into()), Some("2".into())]
        );
        assert!(answers.read("a.yaml", "- Yes\n").is_err());
        assert!(answers.read("a.yaml", "Go on: {a: b}\n").is_err());
    }

    #[test]
    fn a_step_inside_others_is_meant_by_the_end_of_its_path() {
        let mut answers =
            Answers::parse(&["ask=Yes".to_owned(), "call/ask=No".to_owned()]).unwrap();

        assert_eq!(answers.take("call/ask", "Go on").as_deref(), Some("Yes"));
        assert_eq!(answers.take("all/call/ask", "Go on").as_deref(), Some("No"));
    }

    #[test]
    fn an_answer_without_a_step_is_refused() {
        assert!(Answers::parse(&["Yes".to_owned()]).is_err());
        assert!(Answers::parse(&["=Yes".to_owned()]).is_err());
    }

    #[test]
    fn the_case_of_an_option_does_not_matter() {
        let options = ["Yes".to_owned(), "No".to_owned()];

        assert_eq!(option_of("yes", &options), "Yes");
        assert_eq!(option_of("maybe", &options), "maybe");
    }
}
