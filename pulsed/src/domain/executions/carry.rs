//! What a retry takes over: the steps before the one that it begins with, or everything that ran, as it
//! ended.

use pulse_api::{
    ExecutionId,
    status::{JobStatus, StepKind, StepStatus},
};
use pulse_workflow::{Action, AgentVerb, Workflow};

use crate::{
    domain::{engine::Run, entries},
    model::{changes::Changes, step::Step},
    store::{self, StoreError, Tx, jobs::carry::Past},
};

/// Steps that have ended, and the execution that they ended in.
pub(super) struct Carried {
    pub(super) from: ExecutionId,
    pub(super) steps: Vec<Step>,
    /// The jobs that ran of a step that had not begun everywhere.
    half: Vec<Past>,
}

/// Which jobs run again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Again {
    /// Those that never began.
    Unstarted,
    /// These, and those that did not succeed.
    UnstartedAndFailed,
}

impl Again {
    fn takes(self, job: &Past) -> bool {
        let is_failed = job.status != JobStatus::Succeeded;
        !job.has_run || (self == Self::UnstartedAndFailed && is_failed)
    }
}

/// Why an execution cannot be begun in its middle.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CarryError {
    #[error("the document has no main step {0:?}")]
    UnknownStep(String),
    #[error("step {0:?} before it did not end well")]
    NotWell(String),
    #[error("step {0:?} before it went over its hosts batch by batch")]
    Rolled(String),
    #[error("step {0:?} before it drains workers for its execution alone")]
    Drains(String),
    #[error("the document reads the output of steps, which stays with the execution that ran them")]
    ReadsOutput,
    #[error("everything in the execution has begun")]
    NothingUnstarted,
    #[error("every job of its main steps succeeded")]
    NothingLeft,
    #[error("step {0:?} ran and did not end well, so nothing behind it would begin")]
    EndedBadly(String),
    #[error("steps of the group {0:?} have run, and not all of them")]
    Grouped(String),
    #[error("step {0:?} began on some of its hosts only, and is not the first such step")]
    Halves(String),
    #[error("could not read the steps")]
    Store(#[from] StoreError),
}

impl Carried {
    /// Whether somebody's answer is among it.
    pub(super) fn has_answers(&self) -> bool {
        self.steps.iter().any(|step| step.kind == StepKind::Prompt)
    }

    pub(super) fn paths(&self) -> Vec<String> {
        self.steps.iter().map(|step| step.path.clone()).collect()
    }

    /// Puts the steps in the place of those that wait for their turn.
    pub(super) async fn into_run(
        self,
        tx: &mut Tx,
        run: &mut Run,
        changes: &mut Changes,
    ) -> Result<(), StoreError> {
        let to = run.execution.id;
        let half = self.half.iter().map(|job| job.id).collect();
        store::jobs::carry::take_over(tx, (self.from, to), (self.paths(), half)).await?;
        if run.workflow.has_calls() {
            store::calls::take_over(tx, (self.from, to), &self.paths()).await?;
            run.calls = store::calls::of(tx, &[to]).await?;
        }
        run.taken = self.half;
        for carried in self.steps {
            let carried = carried.taken_over(to);
            changes.note(&mut run.execution, entries::step(&carried));
            let path = carried.path.clone();
            *run.step(&path)? = carried;
        }
        Ok(())
    }
}

/// The steps before the one with this id or name.
pub(super) async fn before(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
    given: &str,
) -> Result<Carried, CarryError> {
    let is_meant = |step: &pulse_workflow::Step| {
        step.parent.is_none()
            && (step.id == given || step.name.to_lowercase() == given.to_lowercase())
    };
    let unknown = || CarryError::UnknownStep(given.to_owned());
    let first = workflow
        .steps
        .iter()
        .position(is_meant)
        .ok_or_else(unknown)?;
    let earlier = &workflow.steps[..first];
    if let Some(rolled) = earlier.iter().find(|step| workflow.is_rolled(&step.path)) {
        return Err(CarryError::Rolled(rolled.name.clone()));
    }
    if let Some(step) = earlier.iter().find(|step| drains(step)) {
        return Err(CarryError::Drains(step.name.clone()));
    }
    if workflow.reads_stdout() {
        return Err(CarryError::ReadsOutput);
    }
    let mut stored = store::steps::of(tx, &[execution]).await?;
    let mut steps = Vec::with_capacity(first);
    for step in earlier {
        let at = stored.iter().position(|row| row.path == step.path.as_str());
        let row = stored.swap_remove(at.ok_or(StoreError::Stale)?);
        let is_well = match row.status() {
            StepStatus::Succeeded | StepStatus::Skipped => true,
            StepStatus::Failed => step.continue_on_error || step.parent.is_some(),
            StepStatus::Waiting
            | StepStatus::Ready
            | StepStatus::Running
            | StepStatus::Cancelled => false,
        };
        if !is_well {
            return Err(CarryError::NotWell(step.name.clone()));
        }
        steps.push(row);
    }
    Ok(Carried {
        from: execution,
        steps,
        half: Vec::new(),
    })
}

fn drains(step: &pulse_workflow::Step) -> bool {
    matches!(&step.action, Action::Agent(agent) if agent.verb == AgentVerb::Drain)
}

/// Every main step that has nothing left to begin, and what ran of the one that has.
pub(super) async fn but_unstarted(
    tx: &mut Tx,
    (execution, workflow): (ExecutionId, &Workflow),
    again: Again,
) -> Result<Carried, CarryError> {
    if workflow.reads_stdout() {
        return Err(CarryError::ReadsOutput);
    }
    let past = store::jobs::carry::past(tx, execution).await?;
    let called = store::calls::failed(tx, execution).await?;
    let mut sorting = Sorting {
        called: called.into_iter().map(|(step, _)| step).collect(),
        workflow,
        again,
        past,
        carried: Vec::new(),
        half: Vec::new(),
        first_left: None,
    };
    let mut stored = store::steps::of(tx, &[execution]).await?;
    for step in &workflow.steps {
        let at = stored.iter().position(|row| row.path == step.path.as_str());
        let row = stored.swap_remove(at.ok_or(StoreError::Stale)?);
        sorting.sort(step, row)?;
    }
    if sorting.first_left.is_none() {
        return Err(match again {
            Again::Unstarted => CarryError::NothingUnstarted,
            Again::UnstartedAndFailed => CarryError::NothingLeft,
        });
    }
    Ok(Carried {
        from: execution,
        steps: sorting.carried,
        half: sorting.half,
    })
}

/// Why a step was skipped whose upstream may run now.
const UPSTREAM_FAILED: &str = pulse_workflow::SkipReason::UpstreamFailed.as_str();

/// Main steps on their way to those that are taken over and those that run.
struct Sorting<'a> {
    workflow: &'a Workflow,
    again: Again,
    past: Vec<Past>,
    /// The paths of steps whose workflows began and did not end well.
    called: Vec<String>,
    carried: Vec<Step>,
    half: Vec<Past>,
    /// The path of the first step that runs.
    first_left: Option<&'a str>,
}

impl<'a> Sorting<'a> {
    fn sort(&mut self, step: &'a pulse_workflow::Step, row: Step) -> Result<(), CarryError> {
        let path = step.path.as_str();
        let jobs: Vec<Past> = self
            .past
            .iter()
            .filter(|job| job.step == path)
            .cloned()
            .collect();
        let has_begun = !jobs.is_empty() || row.status() == StepStatus::Succeeded;
        if let Some(group) = self.left_group(step) {
            return if has_begun && row.kind != StepKind::Group {
                Err(CarryError::Grouped(group))
            } else {
                Ok(())
            };
        }
        if self.is_over(step, &row, &jobs) {
            if self.workflow.is_rolled(&step.path) && has_begun {
                return Err(CarryError::Rolled(step.name.clone()));
            }
            if drains(step) && has_begun {
                return Err(CarryError::Drains(step.name.clone()));
            }
            self.carried.push(row);
            return Ok(());
        }
        // Its group is taken over as it ended: nothing in it would begin.
        if let Some(group) = step
            .parent
            .as_ref()
            .and_then(|path| self.workflow.step(path))
        {
            return Err(CarryError::Grouped(group.name.clone()));
        }
        let (left, stays): (Vec<Past>, Vec<Past>) =
            jobs.into_iter().partition(|job| self.again.takes(job));
        let has_called = self.called.iter().any(|called| called == path);
        let is_done = left.is_empty() && !stays.is_empty();
        if is_done || (has_called && self.again == Again::Unstarted) {
            return Err(CarryError::EndedBadly(step.name.clone()));
        }
        let is_half = !stays.is_empty();
        if is_half && self.workflow.is_rolled(&step.path) {
            return Err(CarryError::Rolled(step.name.clone()));
        }
        if is_half && drains(step) {
            return Err(CarryError::Drains(step.name.clone()));
        }
        let begins_first = self.first_left.is_none()
            && step
                .needs
                .iter()
                .all(|need| self.carried.iter().any(|row| row.path == need.as_str()));
        if is_half && !begins_first {
            return Err(CarryError::Halves(step.name.clone()));
        }
        self.first_left.get_or_insert(path);
        self.half.extend(stays);
        Ok(())
    }

    /// The name of the group that it is in, where that has not ended.
    fn left_group(&self, step: &pulse_workflow::Step) -> Option<String> {
        let parent = step.parent.as_ref()?;
        let is_carried = self.carried.iter().any(|row| row.path == parent.as_str());
        let group = self.workflow.step(parent).filter(|_| !is_carried);
        group.map(|group| group.name.clone())
    }

    /// Whether nothing of a step is left to begin, and what is behind it may.
    fn is_over(&self, step: &pulse_workflow::Step, row: &Step, jobs: &[Past]) -> bool {
        match row.status() {
            // What was skipped behind the place where it goes on is looked at anew.
            StepStatus::Skipped if step.parent.is_none() => {
                self.first_left.is_none() && row.reason.as_deref() != Some(UPSTREAM_FAILED)
            }
            StepStatus::Succeeded | StepStatus::Skipped => true,
            StepStatus::Failed => {
                let is_tolerated = step.continue_on_error || step.parent.is_some();
                // One that failed before it had any job has begun nowhere.
                let has_jobs = matches!(row.kind, StepKind::Execute | StepKind::Agent);
                let has_begun = !has_jobs || !jobs.is_empty();
                let calls_again = self.again == Again::UnstartedAndFailed
                    && self
                        .called
                        .iter()
                        .any(|called| called == step.path.as_str());
                is_tolerated
                    && has_begun
                    && !calls_again
                    && !jobs.iter().any(|job| self.again.takes(job))
            }
            StepStatus::Cancelled => step.parent.is_some(),
            StepStatus::Waiting | StepStatus::Ready | StepStatus::Running => false,
        }
    }
}
