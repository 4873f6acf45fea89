//! What an execution is, and the only moves it can make.

use pulse_api::{ExecutionId, WorkflowId, status::ExecutionStatus};
use serde_json::{Map, Value};

use super::{
    grant::Reach,
    machine::{Illegal, moves},
};

moves! { "Execution", ExecutionStatus;
    /// A step has jobs in hand, or runs another workflow. What is `pending` waits for leave to begin.
    Run = "run": Pending, Running, Waiting => Running;
    /// Nothing runs on a worker: a person or a timer is waited for.
    Wait = "wait": Pending, Running, Waiting => Waiting;
    /// Every step ended, and well.
    Complete = "complete": Pending, Running, Waiting => Completed;
    /// Every step ended, and some did not go well.
    Fail = "fail": Pending, Running, Waiting => Failed;
    /// Every step ended after somebody asked for the end.
    Cancel = "cancel": Pending, Running, Waiting => Cancelled;
    /// Every step ended after the execution ran out of time.
    TimeOut = "time out": Pending, Running, Waiting => TimedOut;
}

/// Why an execution shall end early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    Cancelled,
    TimedOut,
}

impl Stop {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed_out",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "cancelled" => Some(Self::Cancelled),
            "timed_out" => Some(Self::TimedOut),
            _ => None,
        }
    }
}

/// Whether anything new begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Pause {
    #[default]
    Going,
    Paused,
}

/// The digest of a document's text.
pub(crate) type DefinitionSha = Vec<u8>;

/// The step that runs an execution, and the execution that the step is of.
#[derive(Debug, Clone)]
pub(crate) struct Parent {
    pub(crate) number: i64,
    pub(crate) step: String,
}

/// An execution, as the store found it and as moves have changed it since.
#[derive(Debug, Clone)]
pub(crate) struct Execution {
    pub(crate) id: ExecutionId,
    pub(crate) number: i64,
    pub(crate) workflow: Option<String>,
    pub(crate) definition: DefinitionSha,
    pub(crate) started_by: String,
    pub(crate) inputs: Map<String, Value>,
    /// For steps that name no targets.
    pub(crate) targets: Option<Value>,
    pub(crate) stop: Option<Stop>,
    /// Whether somebody has asked that nothing new begins.
    pub(crate) pause: Pause,
    /// The number of the execution whose rollouts this one brings back.
    pub(crate) undo_of: Option<i64>,
    /// The number of the execution whose step runs this one.
    pub(crate) parent: Option<i64>,
    /// The number of the newest entry of its timeline.
    pub(crate) last_seq: i64,
    /// What only the first writing needs; none for an execution that has a row.
    origin: Option<Origin>,
    stored: ExecutionStatus,
    /// The `last_seq` that the row had.
    found_seq: i64,
    /// The `last_seq` that the row must still have, where it was not locked before.
    seen: Option<i64>,
    status: ExecutionStatus,
    /// Whether it waits for leave to begin: until then nothing in it moves.
    is_held: bool,
    pub(crate) outcome: Option<String>,
}

/// Where an execution comes from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    /// The workflow and its version; none for an unnamed run.
    pub(crate) workflow: Option<(WorkflowId, i32)>,
    pub(crate) reason: Option<String>,
    pub(crate) timeout_ms: Option<u64>,
    /// The number of the execution that this one repeats.
    pub(crate) retry_of: Option<i64>,
    /// The path of the step that runs it.
    pub(crate) parent_step: Option<String>,
    /// How far whoever starts it reaches, where its steps may start other workflows.
    pub(crate) reach: Option<Reach>,
}

/// What the row of an execution says.
#[derive(Debug, Clone)]
pub(crate) struct ExecutionRecord {
    pub(crate) id: ExecutionId,
    pub(crate) number: i64,
    pub(crate) workflow: Option<String>,
    pub(crate) definition: DefinitionSha,
    pub(crate) started_by: String,
    pub(crate) inputs: Map<String, Value>,
    pub(crate) targets: Option<Value>,
    pub(crate) stop: Option<Stop>,
    pub(crate) pause: Pause,
    pub(crate) undo_of: Option<i64>,
    pub(crate) parent: Option<i64>,
    pub(crate) last_seq: i64,
    pub(crate) status: ExecutionStatus,
}

impl From<ExecutionRecord> for Execution {
    fn from(row: ExecutionRecord) -> Self {
        Self {
            id: row.id,
            number: row.number,
            workflow: row.workflow,
            definition: row.definition,
            started_by: row.started_by,
            inputs: row.inputs,
            targets: row.targets,
            stop: row.stop,
            pause: row.pause,
            undo_of: row.undo_of,
            parent: row.parent,
            last_seq: row.last_seq,
            origin: None,
            stored: row.status,
            found_seq: row.last_seq,
            seen: None,
            status: row.status,
            is_held: row.status == ExecutionStatus::Pending,
            outcome: None,
        }
    }
}

impl Execution {
    /// An execution that has no row yet.
    pub(crate) fn begin(record: ExecutionRecord, origin: Origin) -> Self {
        Self {
            origin: Some(origin),
            is_held: false,
            ..Self::from(record)
        }
    }

    /// Where it comes from, while it has no row yet.
    pub(crate) fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// As it is once it is written; whoever moves it on has its row compared.
    pub(crate) fn written(&self) -> Self {
        Self {
            origin: None,
            stored: self.status,
            found_seq: self.last_seq,
            seen: Some(self.last_seq),
            outcome: None,
            ..self.clone()
        }
    }

    /// Whether it has not begun, and has to wait: one whose row says `pending`.
    pub(crate) fn is_held(&self) -> bool {
        self.is_held
    }

    /// Has it wait for its turn, as it is written for the first time.
    pub(crate) fn hold(&mut self) {
        self.is_held = true;
    }

    /// Lets it begin.
    pub(crate) fn admit(&mut self) {
        self.is_held = false;
    }

    pub(crate) fn status(&self) -> ExecutionStatus {
        self.status
    }

    /// The `last_seq` from which this transaction goes on.
    pub(crate) fn found_seq(&self) -> i64 {
        self.found_seq
    }

    /// The `last_seq` that the row must still have, with nobody having asked for its end or a pause;
    /// none where the row is locked.
    pub(crate) fn seen(&self) -> Option<i64> {
        self.seen
    }

    /// The state that the row must still be in.
    pub(crate) fn stored(&self) -> ExecutionStatus {
        self.stored
    }

    /// Whether this transaction ends it.
    pub(crate) fn ends_now(&self) -> bool {
        let has_ended_before = self.origin.is_none() && self.stored.is_terminal();
        self.status.is_terminal() && !has_ended_before
    }

    /// Makes the move; gives whether the state is another one now.
    pub(crate) fn make(&mut self, verb: Verb) -> Result<bool, Illegal> {
        let before = self.status;
        self.status = next(before, verb)?;
        Ok(self.status != before)
    }

    /// Takes the next number of its timeline.
    pub(crate) fn next_seq(&mut self) -> i64 {
        self.last_seq += 1;
        self.last_seq
    }
}
