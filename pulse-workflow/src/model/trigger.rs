//! What starts a workflow by itself.

use crate::cron::Cron;

/// Moments at which a workflow starts.
#[derive(Clone, Debug)]
pub struct ScheduleTrigger {
    pub cron: Cron,
    pub overlap: Overlap,
    pub catch_up: CatchUp,
}

/// What becomes of a moment that is due while an earlier run is still going.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlap {
    /// Nothing starts.
    #[default]
    Skip,
    /// One waits for the end of the earlier one.
    Queue,
    /// Both run.
    Allow,
    /// The earlier one is asked to end.
    Replace,
}

/// What becomes of moments at which nothing could start, since no server was there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CatchUp {
    Skip,
    /// The newest of them starts late.
    #[default]
    Once,
    /// Each of them starts late.
    All,
}

impl Overlap {
    pub const ALL: [Self; 4] = [Self::Skip, Self::Queue, Self::Allow, Self::Replace];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Queue => "queue",
            Self::Allow => "allow",
            Self::Replace => "replace",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|overlap| overlap.as_str() == word)
    }
}

impl CatchUp {
    pub const ALL: [Self; 3] = [Self::Skip, Self::Once, Self::All];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Once => "once",
            Self::All => "all",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|policy| policy.as_str() == word)
    }
}
