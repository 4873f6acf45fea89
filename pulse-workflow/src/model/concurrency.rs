//! How many executions of a group may run at once.

use std::rc::Rc;

use crate::Map;
use crate::expression::{Names, Outlook, Root, Value};
use crate::template::Template;

/// The longest name of a group, in bytes.
const LONGEST: usize = 200;

/// An execution runs only while it has one of the places of its group.
#[derive(Clone, Debug)]
pub struct Concurrency {
    pub(crate) group: Template,
    pub limit: u32,
    pub when_full: WhenFull,
}

/// What becomes of an execution that is started while every place of its group is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenFull {
    /// It waits for its turn.
    #[default]
    Queue,
    /// It is not started.
    Reject,
    /// The oldest of the group are asked to end, and it waits until they have.
    CancelOldest,
}

impl WhenFull {
    pub const ALL: [Self; 3] = [Self::Queue, Self::Reject, Self::CancelOldest];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Reject => "reject",
            Self::CancelOldest => "cancel_oldest",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.as_str() == word)
    }
}

impl Concurrency {
    /// The name of the group of a run with these inputs.
    pub fn group(&self, inputs: &Map) -> Result<String, String> {
        let filled = self.group.fill_from(&Inputs(inputs));
        let filled = filled.map_err(|error| error.to_string())?;
        let name = filled.trim().to_owned();
        Self::check_group(&name)?;
        Ok(name)
    }

    /// Refuses what is no name: a group is a line that people read.
    pub(crate) fn check_group(name: &str) -> Result<(), String> {
        if name.trim().is_empty() {
            Err("the group has no name".to_owned())
        } else if name.len() > LONGEST {
            Err(format!("the name of a group has at most {LONGEST} bytes"))
        } else if name.chars().any(char::is_control) {
            Err("the name of a group is a single line".to_owned())
        } else if name.starts_with('@') {
            Err("groups that start with `@` belong to pulse".to_owned())
        } else {
            Ok(())
        }
    }
}

/// Before anything has run, only the inputs are known.
struct Inputs<'a>(&'a Map);

impl Names for Inputs<'_> {
    fn root(&self, root: Root) -> Value {
        match root {
            Root::Inputs => {
                let entries = self.0.iter();
                let entries =
                    entries.map(|(name, value)| (Rc::from(name.as_str()), Value::from(value)));
                Value::object(entries.collect()).unwrap_or(Value::Undefined)
            }
            Root::PromptResponse
            | Root::State
            | Root::Steps
            | Root::Execution
            | Root::Host
            | Root::Matrix
            | Root::Item
            | Root::Payload
            | Root::Headers
            | Root::Event => Value::Undefined,
        }
    }

    fn step(&self, _id: &str) -> Value {
        Value::Undefined
    }

    fn outlook(&self) -> Outlook {
        Outlook::default()
    }
}
