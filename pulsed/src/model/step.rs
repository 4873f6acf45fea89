//! What a step of an execution is, and the only moves it can make.

use jiff::Timestamp;
use pulse_api::{
    ExecutionId,
    status::{JobStatus, StepKind, StepStatus},
};

use serde_json::{Map, Value};

use super::machine::{Illegal, moves};

moves! { "Step", StepStatus;
    /// What it needs has ended and its condition holds: jobs, prompt, timer or call exist.
    Run = "run": Waiting, Ready => Running;
    /// Its condition is false, or what it needs did not go well.
    Skip = "skip": Waiting, Ready => Skipped;
    /// Every job succeeded, the prompt was answered, the timer is over, or its workflow completed.
    Succeed = "succeed": Running => Succeeded;
    /// A job or its workflow did not succeed, the prompt expired, or it could not run at all.
    Fail = "fail": Waiting, Ready, Running => Failed;
    /// The execution is being ended.
    Cancel = "cancel": Waiting, Ready, Running => Cancelled;
}

/// A step, as the store found it and as moves have changed it since.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) execution: ExecutionId,
    pub(crate) path: String,
    pub(crate) index: u32,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: StepKind,
    /// What the row says; none for a step that has no row yet. Moves leave it alone.
    stored: Option<StepStatus>,
    status: StepStatus,
    pub(crate) reason: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) response: Option<String>,
    /// What was filled in with it.
    pub(crate) fields: Map<String, Value>,
    /// Grows with each step that ends.
    pub(crate) ended_order: Option<u64>,
    pub(crate) jobs: JobCounts,
    touched: bool,
    /// For a wait that starts now: its length.
    pub(crate) sleep_ms: Option<u64>,
    pub(crate) due_at: Option<Timestamp>,
    /// Whether it waits for something, and its time is up.
    pub(crate) is_late: bool,
}

/// What the row of a step says.
#[derive(Debug, Clone)]
pub(crate) struct StepRecord {
    pub(crate) execution: ExecutionId,
    pub(crate) path: String,
    pub(crate) index: u32,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: StepKind,
    pub(crate) status: StepStatus,
    pub(crate) reason: Option<String>,
    pub(crate) response: Option<String>,
    pub(crate) fields: Map<String, Value>,
    pub(crate) ended_order: Option<u64>,
    pub(crate) jobs: JobCounts,
    pub(crate) due_at: Option<Timestamp>,
}

/// How a step's jobs stand, each counted once however many attempts it had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct JobCounts {
    pub(crate) total: u32,
    /// Those that have not ended.
    pub(crate) open: u32,
    /// Those that ended otherwise than well.
    pub(crate) bad: u32,
}

impl From<StepRecord> for Step {
    fn from(row: StepRecord) -> Self {
        Self {
            execution: row.execution,
            path: row.path,
            index: row.index,
            id: row.id,
            name: row.name,
            kind: row.kind,
            stored: Some(row.status),
            status: row.status,
            reason: row.reason,
            detail: None,
            response: row.response,
            fields: row.fields,
            ended_order: row.ended_order,
            jobs: row.jobs,
            touched: false,
            sleep_ms: None,
            due_at: row.due_at,
            is_late: false,
        }
    }
}

/// What a step of a document is called in rows and answers.
pub(crate) fn kind(kind: pulse_workflow::StepKind) -> StepKind {
    match kind {
        pulse_workflow::StepKind::Execute => StepKind::Execute,
        pulse_workflow::StepKind::Prompt => StepKind::Prompt,
        pulse_workflow::StepKind::Wait => StepKind::Wait,
        pulse_workflow::StepKind::Group => StepKind::Group,
        pulse_workflow::StepKind::Agent => StepKind::Agent,
        pulse_workflow::StepKind::Workflow => StepKind::Workflow,
        pulse_workflow::StepKind::Notify => StepKind::Notify,
    }
}

impl Step {
    /// A step that waits for its turn, not stored yet.
    pub(crate) fn new(execution: ExecutionId, row: pulse_workflow::StepRow) -> Self {
        let kind = kind(row.kind);
        let mut step = Self::from(StepRecord {
            execution,
            path: row.path.0,
            index: row.index,
            id: row.id,
            name: row.name,
            kind,
            status: StepStatus::Waiting,
            reason: None,
            response: None,
            fields: Map::new(),
            ended_order: None,
            jobs: JobCounts::default(),
            due_at: None,
        });
        step.stored = None;
        step.touched = true;
        step
    }

    /// A step that has ended so in an earlier execution, for one that goes on behind it; not stored
    /// yet.
    pub(crate) fn taken_over(self, by: ExecutionId) -> Self {
        Self {
            execution: by,
            stored: None,
            touched: true,
            sleep_ms: None,
            due_at: None,
            ..self
        }
    }

    /// As it is once it is written.
    pub(crate) fn written(&self) -> Self {
        Self {
            stored: Some(self.status),
            detail: None,
            touched: false,
            ..self.clone()
        }
    }

    pub(crate) fn status(&self) -> StepStatus {
        self.status
    }

    /// The state that the row must still be in.
    pub(crate) fn stored(&self) -> StepStatus {
        self.stored.unwrap_or(StepStatus::Waiting)
    }

    /// Whether it has no row yet.
    pub(crate) fn is_new(&self) -> bool {
        self.stored.is_none()
    }

    /// Whether there is something to write.
    pub(crate) fn is_touched(&self) -> bool {
        self.touched
    }

    /// Starts it with this many jobs; none for a prompt or a wait.
    pub(crate) fn run(&mut self, jobs: u32) -> Result<(), Illegal> {
        self.make(Verb::Run)?;
        self.jobs = JobCounts {
            total: jobs,
            open: jobs,
            bad: 0,
        };
        Ok(())
    }

    /// Adds jobs to it; the first ones start it.
    pub(crate) fn run_more(&mut self, jobs: u32) -> Result<(), Illegal> {
        if self.status != StepStatus::Running {
            return self.run(jobs);
        }
        self.jobs.total += jobs;
        self.jobs.open += jobs;
        self.touched = true;
        Ok(())
    }

    /// Counts a job of it that ended so in an earlier execution.
    pub(crate) fn count_taken_over(&mut self, status: JobStatus) {
        self.jobs.total += 1;
        if status != JobStatus::Succeeded {
            self.jobs.bad += 1;
        }
        self.touched = true;
    }

    /// Passes it over.
    pub(crate) fn skip(&mut self, reason: &str, detail: Option<String>) -> Result<(), Illegal> {
        self.make(Verb::Skip)?;
        self.say(reason, detail);
        Ok(())
    }

    /// Looks at what it waits for after so long again.
    pub(crate) fn look_again_in(&mut self, milliseconds: u64) {
        self.sleep_ms = Some(milliseconds);
        self.touched = true;
    }

    pub(crate) fn succeed(&mut self) -> Result<(), Illegal> {
        self.make(Verb::Succeed)
    }

    /// Ends a prompt with its answer, and what was filled in with it.
    pub(crate) fn answer(
        &mut self,
        response: &str,
        fields: Map<String, Value>,
    ) -> Result<(), Illegal> {
        self.make(Verb::Succeed)?;
        self.response = Some(response.to_owned());
        self.fields = fields;
        Ok(())
    }

    pub(crate) fn fail(&mut self, reason: &str, detail: Option<String>) -> Result<(), Illegal> {
        self.make(Verb::Fail)?;
        self.say(reason, detail);
        Ok(())
    }

    pub(crate) fn cancel(&mut self, reason: &str) -> Result<(), Illegal> {
        self.make(Verb::Cancel)?;
        self.say(reason, None);
        Ok(())
    }

    /// Says more of it than was said before.
    pub(crate) fn add_detail(&mut self, more: &str) {
        let said = self.detail.take();
        self.detail = Some(said.map_or_else(|| more.to_owned(), |said| format!("{said}; {more}")));
        self.touched = true;
    }

    /// Counts a job of it that has ended so; gives whether it was the last.
    pub(crate) fn count_ended(&mut self, status: JobStatus) -> bool {
        self.jobs.open = self.jobs.open.saturating_sub(1);
        if status != JobStatus::Succeeded {
            self.jobs.bad += 1;
        }
        self.touched = true;
        self.jobs.open == 0
    }

    fn say(&mut self, reason: &str, detail: Option<String>) {
        self.reason = Some(reason.to_owned());
        self.detail = detail;
    }

    fn make(&mut self, verb: Verb) -> Result<(), Illegal> {
        self.status = next(self.status, verb)?;
        self.touched = true;
        Ok(())
    }
}
