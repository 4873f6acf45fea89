//! Everything that one transaction changes in executions, gathered before it is written.

use jiff::Timestamp;
use pulse_api::{
    ExecutionId, Fence, JobId, WorkerId,
    frames::{Claim, ExecuteCommand},
    http::executions::{Entry, EntryKind},
    status::JobStatus,
};

use pulse_workflow::NoticeSpec;

use super::{
    call::Call,
    entry::{NewEntry, NewPiece},
    execution::Execution,
    job,
    known::Memory,
    prompt,
    rollout::Rollout,
    step::Step,
};

/// What one transaction changes; the store writes all of it with one statement.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Documents that may have no row yet, by their digests.
    pub(crate) definitions: Vec<(Vec<u8>, String)>,
    pub(crate) executions: Vec<Execution>,
    /// New ones are added, the others written where the rows are as they were found.
    pub(crate) steps: Vec<Step>,
    pub(crate) rollouts: Vec<Rollout>,
    pub(crate) calls: Vec<Call>,
    pub(crate) notices: Vec<NewNotice>,
    pub(crate) new_jobs: Vec<NewJob>,
    pub(crate) jobs: Vec<job::Change>,
    pub(crate) prompts: Vec<prompt::Change>,
    pub(crate) entries: Vec<NewEntry>,
    pub(crate) pieces: Vec<NewPiece>,
    /// What to remember once it is committed.
    pub(crate) memories: Vec<Memory>,
}

/// A message that a step sends.
#[derive(Debug, Clone)]
pub(crate) struct NewNotice {
    pub(crate) execution: ExecutionId,
    pub(crate) step: String,
    pub(crate) channel: String,
    pub(crate) message: String,
    /// For how long it is tried.
    pub(crate) timeout_ms: u64,
}

impl NewNotice {
    /// What a step of an execution says, for as long as it may take.
    pub(crate) fn of(
        (execution, step): (ExecutionId, &str),
        notice: NoticeSpec,
        timeout_ms: u64,
    ) -> Self {
        Self {
            execution,
            step: step.to_owned(),
            channel: notice.channel,
            message: notice.message,
            timeout_ms,
        }
    }
}

/// A job that a step starts now, or the next attempt of one that did not succeed.
#[derive(Debug, Clone)]
pub(crate) struct NewJob {
    pub(crate) core: job::Core,
    /// What the worker is asked to do; its fence and expiry are set when it is written.
    pub(crate) command: Box<ExecuteCommand>,
    pub(crate) placement: Placement,
    pub(crate) awaits: Option<Awaits>,
}

/// What a job awaits other than the end of its process.
#[derive(Debug, Clone)]
pub(crate) struct Awaits {
    pub(crate) what: job::Awaited,
    /// The version that an agent must say when it is back.
    pub(crate) version: Option<String>,
}

impl From<job::Awaited> for Awaits {
    fn from(what: job::Awaited) -> Self {
        Self {
            what,
            version: None,
        }
    }
}

impl NewJob {
    /// The state that it begins in.
    pub(crate) fn status(&self) -> JobStatus {
        match &self.placement {
            Placement::Offered => JobStatus::Polled,
            Placement::Queued | Placement::QueuedFor(_) | Placement::Delayed(_) => {
                JobStatus::Pending
            }
            Placement::Ended(ending) => ending.status,
        }
    }
}

/// Where a new job begins.
#[derive(Debug, Clone)]
pub(crate) enum Placement {
    /// Its worker has a free slot: it is written already offered.
    Offered,
    /// It waits for its worker.
    Queued,
    /// It waits for its worker to come, for this many milliseconds at most.
    QueuedFor(u64),
    /// It waits for its worker, and for this many milliseconds first.
    Delayed(u64),
    /// It ends as it begins: its worker is not there, or nothing has to run.
    Ended(Box<job::Ending>),
}

/// The fence and the expiry that an offer got when it was written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offered {
    pub(crate) job: JobId,
    pub(crate) attempt: u32,
    pub(crate) fence: Fence,
    pub(crate) expires_at: Timestamp,
}

/// What a committed transaction has to tell.
#[derive(Debug)]
pub(crate) enum News {
    /// An offer, for the worker's session.
    Offer(WorkerId, Box<ExecuteCommand>),
    /// An attempt that its worker shall end and forget: the server has ended it.
    Kill(WorkerId, Claim),
    /// A worker was asked to drain or to hold.
    Drain,
    /// So many executions were removed because they ended long ago.
    Pruned(u64),
    /// What so many executions wrote was removed.
    PrunedOutputs(u64),
    /// The sign of life that was sent at this moment of the worker's own clock is stored.
    Heard(WorkerId, Timestamp),
    /// The document with this digest has its row.
    Stored(Vec<u8>),
    /// Entries of one execution's timeline, in order, for its followers.
    Entries(ExecutionId, Vec<Entry>),
}

impl Changes {
    /// Takes over everything that another one gathered.
    pub(crate) fn absorb(&mut self, other: Self) {
        // Named one by one, so that none is forgotten.
        let Self {
            definitions,
            executions,
            steps,
            rollouts,
            calls,
            notices,
            new_jobs,
            jobs,
            prompts,
            entries,
            pieces,
            memories,
        } = other;
        self.definitions.extend(definitions);
        self.executions.extend(executions);
        self.steps.extend(steps);
        self.rollouts.extend(rollouts);
        self.calls.extend(calls);
        self.notices.extend(notices);
        self.new_jobs.extend(new_jobs);
        self.jobs.extend(jobs);
        self.prompts.extend(prompts);
        self.entries.extend(entries);
        self.pieces.extend(pieces);
        self.memories.extend(memories);
    }

    /// Adds an entry to the execution's timeline.
    pub(crate) fn note(&mut self, execution: &mut Execution, what: EntryKind) {
        let seq = execution.next_seq();
        self.entries.push(NewEntry {
            execution: execution.id,
            seq,
            what,
        });
    }
}
