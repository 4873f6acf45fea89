//! What an agent has logged of itself: asked for by people, passed on by the server, said by agents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    LogAskId,
    status::{AgentPart, LogLevel},
};

/// The most bytes of text that one answer carries, unless a single line has more.
pub const ANSWER_BYTES: usize = 64 * 1024;

/// The most lines that one answer carries.
pub const ANSWER_LINES: usize = 500;

/// The longest text of a line, in bytes; more is cut off where it is logged.
pub const LINE_BYTES: usize = 2_000;

/// The most of the newest lines that can be asked for.
pub const MOST_TAIL: u32 = 10_000;

/// The longest place in a log, in bytes.
pub const CURSOR_BYTES: usize = 64;

/// A frame from the server: say what was logged. Only to agents whose capabilities have `logs`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadLog {
    pub ask_id: LogAskId,
    #[serde(flatten)]
    pub wanted: LogWanted,
    /// Where nothing is there yet: how long to wait for it, in milliseconds.
    #[serde(default)]
    pub wait_ms: u64,
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogWanted {
    /// Those behind this place, which an earlier answer has named; `tail` and `since` mean nothing then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The newest so many; all that are kept without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tail: Option<u32>,
    /// Those logged since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

/// A frame from an agent: what was logged.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LogSaid {
    pub ask_id: LogAskId,
    #[serde(flatten)]
    pub log: WorkerLog,
}

/// What an agent has logged of itself, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkerLog {
    pub lines: Vec<LogLine>,
    /// The place behind the last of the lines: whoever asks with it gets what comes after them.
    pub cursor: String,
    /// Whether more lines are there already than one answer carries.
    pub more: bool,
    /// Whether lines are missing before these, since the host does not have them any more.
    pub missed: bool,
}

/// A line of an agent's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LogLine {
    /// By the host's own clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    pub level: LogLevel,
    /// Which process of the agent has logged it.
    pub part: AgentPart,
    /// The sentence, and behind it what it is about, as `key=value`.
    pub text: String,
}
