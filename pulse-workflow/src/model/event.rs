//! What has happened in pulse, and what a document starts for it.

use serde_json::Value as Json;

use super::Condition;
use super::occasion::{Decided, Happened, Reaction};
use crate::expression::Root;

/// Events that start a workflow.
#[derive(Clone, Debug)]
pub struct EventTrigger {
    /// What tells it from the other triggers of the document.
    pub name: String,
    pub on: Vec<EventKind>,
    /// Of which workflows; of all of them where it names none.
    pub workflows: Vec<String>,
    /// Of which monitors; of all of them where it names none.
    pub monitors: Vec<String>,
    pub(crate) reaction: Reaction,
}

/// What may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Completed,
    Failed,
    Cancelled,
    TimedOut,
    Prompt,
    MonitorDown,
    MonitorUp,
}

impl EventKind {
    pub const ALL: [Self; 7] = [
        Self::Completed,
        Self::Failed,
        Self::Cancelled,
        Self::TimedOut,
        Self::Prompt,
        Self::MonitorDown,
        Self::MonitorUp,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed_out",
            Self::Prompt => "prompt",
            Self::MonitorDown => "monitor_down",
            Self::MonitorUp => "monitor_up",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Whether it happens to a monitor, and else to an execution.
    pub const fn is_of_monitors(self) -> bool {
        match self {
            Self::MonitorDown | Self::MonitorUp => true,
            Self::Completed | Self::Failed | Self::Cancelled | Self::TimedOut | Self::Prompt => {
                false
            }
        }
    }
}

impl EventTrigger {
    /// What it is called where the document says nothing.
    pub const UNNAMED: &str = "event";

    /// Its condition, as written.
    pub fn when(&self) -> Option<&str> {
        self.reaction.when.as_ref().map(Condition::source)
    }

    /// Decides what an event starts.
    ///
    /// # Errors
    ///
    /// Says which expression has no answer to this event; that is neither yes nor no.
    pub fn decide(&self, event: &Json) -> Result<Decided, String> {
        self.reaction
            .decide(&Happened::of(&[(Root::Event, event)])?)
    }
}
