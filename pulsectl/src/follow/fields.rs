//! What is filled in with an answer, as the command line gives it.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use super::is_step;
use crate::{error::Failure, flags::Pairs};

/// Fields by step, as `--field STEP.NAME=VALUE` gives them.
#[derive(Debug, Clone, Default)]
pub(crate) struct GivenFields(VecDeque<(String, String, String)>);

impl GivenFields {
    pub(crate) fn parse(pairs: &[String]) -> Result<Self, Failure> {
        let read = |pair: &String| {
            let (key, value) = pair.split_once('=')?;
            let (step, name) = key.rsplit_once('.')?;
            let (step, name) = (step.trim(), name.trim());
            (!step.is_empty() && !name.is_empty())
                .then(|| (step.to_owned(), name.to_owned(), value.trim().to_owned()))
        };
        let given = pairs.iter().map(|pair| {
            read(pair).ok_or_else(|| {
                Failure::usage(format!("`--field {pair}` names no step and field"))
                    .hint("write it as --field \"User approval.version=1.2\"")
            })
        });
        Ok(Self(given.collect::<Result<_, _>>()?))
    }

    /// What was given for a step, by its id or its name.
    pub(crate) fn of(&self, id: &str, name: &str) -> Map<String, Value> {
        let mine = self.0.iter().filter(|(step, _, _)| is_step(step, id, name));
        mine.map(|(_, field, value)| (field.clone(), Value::String(value.clone())))
            .collect()
    }

    /// The steps that something was given for.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(step, _, _)| step.as_str())
    }
}

/// Fields of one prompt, as `--field NAME=VALUE` gives them.
pub(crate) fn of_one(pairs: &[String]) -> Result<Map<String, Value>, Failure> {
    let read: Vec<(String, String)> = FIELDS.read(pairs)?;
    let trimmed = |text: String| text.trim().to_owned();
    let fields = read.into_iter();
    Ok(fields
        .map(|(name, value)| (trimmed(name), Value::String(trimmed(value))))
        .collect())
}

const FIELDS: Pairs = Pairs {
    flag: "--field",
    example: "version=1.2",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_may_have_dots_in_its_name_and_a_field_has_none() {
        let pairs = ["Ship v1.2.version=a=b".to_owned()];

        let given = GivenFields::parse(&pairs).unwrap();

        assert_eq!(given.of("ship", "Ship v1.2")["version"], "a=b");
        assert!(given.of("other", "Other").is_empty());
        assert!(GivenFields::parse(&["version=1".to_owned()]).is_err());
        assert!(of_one(&["version".to_owned()]).is_err());
    }
}
