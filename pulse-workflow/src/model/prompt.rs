//! A question to people: what they may answer, and how many of them it takes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::input::InputSpec;
use crate::template::Template;

/// A question to people.
#[derive(Clone, Debug)]
pub struct Prompt {
    pub message: Template,
    pub options: Vec<String>,
    /// The answer taken when the step's timeout passes; without it the step fails.
    pub default: Option<String>,
    pub terms: Terms,
    /// What is asked beside the options.
    pub fields: Vec<InputSpec>,
}

/// How many people an answer takes, and who may give none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The options that count once so many different people have chosen them.
    pub approvals: BTreeMap<String, u32>,
    pub not_by: Option<NotBy>,
}

impl Terms {
    /// How many different people must choose this option for it to count.
    pub fn needed(&self, option: &str) -> u32 {
        self.approvals.get(option).copied().unwrap_or(1)
    }
}

/// Who may not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotBy {
    /// Whoever started the execution.
    Starter,
}

impl NotBy {
    pub const ALL: [Self; 1] = [Self::Starter];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Starter => "starter",
        }
    }
}
