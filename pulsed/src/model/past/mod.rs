//! What an execution that has ended left to begin: which of its jobs may have run, and which of its
//! steps are over.

use std::collections::HashSet;

use pulse_api::{
    JobId, WorkerId,
    status::{JobStatus, StepKind, StepStatus},
};
use pulse_workflow::{Action, AgentVerb, SkipReason, Workflow};

use super::step::Step;

/// What is known of an attempt that has ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attempt {
    pub(crate) status: JobStatus,
    /// It was handed to its worker, which has not said since that it did not start it.
    pub(crate) was_offered: bool,
    /// Its worker's agent was to start anew, which is asked for without an offer.
    pub(crate) was_restart: bool,
    /// Its process was heard of.
    pub(crate) has_started: bool,
}

impl Attempt {
    /// Whether it has run, or may have: its worker may have begun with whatever it was offered,
    /// though nothing was heard of it.
    fn may_have_run(self) -> bool {
        let is_said = match self.status {
            // Nobody can say of one that is lost that it did not run.
            JobStatus::Succeeded | JobStatus::Lost => true,
            JobStatus::Pending
            | JobStatus::Polled
            | JobStatus::Running
            | JobStatus::Failed
            | JobStatus::TimedOut
            | JobStatus::Cancelled => false,
        };
        is_said || self.was_offered || self.was_restart || self.has_started
    }
}

/// How a job of an execution that has ended went.
#[derive(Debug, Clone)]
pub(crate) struct Past {
    pub(crate) id: JobId,
    pub(crate) step: String,
    pub(crate) worker: WorkerId,
    /// That of its last attempt.
    pub(crate) status: JobStatus,
    /// Whether any attempt has run, or may have.
    has_run: bool,
}

impl Past {
    /// A job with its first attempt.
    pub(crate) fn new((id, worker): (JobId, WorkerId), step: String, attempt: Attempt) -> Self {
        Self {
            id,
            step,
            worker,
            status: attempt.status,
            has_run: attempt.may_have_run(),
        }
    }

    /// Adds the attempt after those that it knows of.
    pub(crate) fn add(&mut self, attempt: Attempt) {
        self.status = attempt.status;
        self.has_run |= attempt.may_have_run();
    }
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

/// Why an execution cannot be gone on with where it stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Tangled {
    #[error("step {0:?} before it went over its hosts batch by batch")]
    Rolled(String),
    #[error("step {0:?} before it drains workers for its execution alone")]
    Drains(String),
    #[error("everything in the execution has begun")]
    NothingUnstarted,
    #[error("every job of its main steps succeeded")]
    NothingLeft,
    #[error("step {0:?} ran and did not end well, so nothing behind it would begin")]
    EndedBadly(String),
    #[error("steps of the group {0:?} have run, and not all of them")]
    Grouped(String),
    #[error("step {0:?} began on some of its hosts only, and what it needs runs again")]
    Halves(String),
}

/// How far a step has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// It ran, and what is behind it may go on.
    Over,
    /// It was passed over by its own condition.
    Passed,
    /// It was passed over because something before it did not go well.
    Behind,
    /// Nothing of it has begun, or all of it runs again.
    Left,
    /// It began on some of its hosts, and runs on the others.
    Half,
    /// It ran, did not end well, and does not run again.
    Bad,
}

/// How far a step has come that holds no others.
fn of_step(row: &Step, jobs: &[&Past], (is_tolerated, again): (bool, Again)) -> Standing {
    let is_tolerated = is_tolerated && row.status() == StepStatus::Failed;
    match row.status() {
        StepStatus::Succeeded => return Standing::Over,
        StepStatus::Skipped => return of_skipped(row),
        StepStatus::Waiting | StepStatus::Ready | StepStatus::Running => return Standing::Left,
        StepStatus::Failed | StepStatus::Cancelled => {}
    }
    if !matches!(row.kind, StepKind::Execute | StepKind::Agent) {
        return if is_tolerated {
            Standing::Over
        } else {
            Standing::Left
        };
    }
    let left = jobs.iter().filter(|job| again.takes(job)).count();
    if left == jobs.len() {
        // Also one that failed before it had any job.
        Standing::Left
    } else if left > 0 {
        Standing::Half
    } else if is_tolerated {
        Standing::Over
    } else {
        Standing::Bad
    }
}

/// How far a step has come that runs another workflow.
fn of_call(row: &Step, (has_begun, is_tolerated): (bool, bool), again: Again) -> Standing {
    match row.status() {
        StepStatus::Succeeded => Standing::Over,
        StepStatus::Skipped => of_skipped(row),
        StepStatus::Failed | StepStatus::Cancelled
            if !has_begun || again == Again::UnstartedAndFailed =>
        {
            Standing::Left
        }
        StepStatus::Failed if is_tolerated => Standing::Over,
        StepStatus::Failed | StepStatus::Cancelled => Standing::Bad,
        StepStatus::Waiting | StepStatus::Ready | StepStatus::Running => Standing::Left,
    }
}

fn of_skipped(row: &Step) -> Standing {
    if row.reason.as_deref() == Some(SkipReason::UpstreamFailed.as_str()) {
        Standing::Behind
    } else {
        Standing::Passed
    }
}

/// How far a group has come, from how far the steps in it have; none where that is in its middle.
fn of_group(row: &Step, (inside, is_tolerated): (&[Standing], bool)) -> Option<Standing> {
    let has = |standing| inside.contains(&standing);
    if row.status() == StepStatus::Skipped {
        return Some(of_skipped(row));
    }
    let has_begun = has(Standing::Over) || has(Standing::Bad);
    if has(Standing::Half) || (has_begun && has(Standing::Left)) {
        return None;
    }
    let is_well = match row.status() {
        StepStatus::Succeeded => true,
        StepStatus::Failed => is_tolerated,
        StepStatus::Waiting
        | StepStatus::Ready
        | StepStatus::Running
        | StepStatus::Skipped
        | StepStatus::Cancelled => false,
    };
    Some(if has(Standing::Left) {
        Standing::Left
    } else if is_well {
        Standing::Over
    } else if has_begun {
        Standing::Bad
    } else {
        Standing::Left
    })
}

/// What is taken over of an execution that has ended.
#[derive(Debug)]
pub(crate) struct Sorted {
    /// The paths of the main steps that are over, those in groups included.
    pub(crate) over: HashSet<String>,
    /// The jobs that ran of steps that began on some of their hosts only.
    pub(crate) half: Vec<Past>,
}

/// Tells what is over from what is left to begin.
pub(crate) fn sort(
    workflow: &Workflow,
    (steps, jobs, called): (&[Step], &[Past], &[String]),
    again: Again,
) -> Result<Sorted, Tangled> {
    let sorting = Sorting {
        workflow,
        steps,
        jobs,
        called,
        again,
    };
    let (mut over, mut half, mut is_whole) = (HashSet::new(), Vec::new(), true);
    for at in workflow.topological() {
        let step = &workflow.steps[at];
        if step.parent.is_some() {
            continue;
        }
        let standing = sorting.standing(step)?;
        match standing {
            // What was passed over behind the place where it goes on is looked at anew.
            Standing::Passed if !is_whole => {}
            Standing::Over | Standing::Passed => {
                over.extend(sorting.family(step).map(|step| step.path.0.clone()));
            }
            Standing::Half if !step.needs.iter().all(|need| over.contains(need.as_str())) => {
                return Err(Tangled::Halves(step.name.clone()));
            }
            Standing::Half => {
                let of_it = sorting.jobs(step);
                half.extend(of_it.into_iter().filter(|job| !again.takes(job)).cloned());
            }
            Standing::Left | Standing::Behind => {}
            Standing::Bad => return Err(Tangled::EndedBadly(step.name.clone())),
        }
        is_whole &= matches!(standing, Standing::Over | Standing::Passed);
    }
    match (is_whole, again) {
        (false, _) => Ok(Sorted { over, half }),
        (true, Again::Unstarted) => Err(Tangled::NothingUnstarted),
        (true, Again::UnstartedAndFailed) => Err(Tangled::NothingLeft),
    }
}

struct Sorting<'a> {
    workflow: &'a Workflow,
    steps: &'a [Step],
    jobs: &'a [Past],
    /// The paths of steps whose workflows began and did not end well.
    called: &'a [String],
    again: Again,
}

impl<'a> Sorting<'a> {
    /// How far a step has come; an error where what ran of it can neither stay nor run again.
    fn standing(&self, step: &'a pulse_workflow::Step) -> Result<Standing, Tangled> {
        let found = self.found(step);
        let has_begun = match found {
            Some(Standing::Over | Standing::Half | Standing::Bad) | None => true,
            Some(Standing::Passed | Standing::Behind | Standing::Left) => false,
        };
        if has_begun && self.workflow.is_rolled(&step.path) {
            return Err(Tangled::Rolled(step.name.clone()));
        }
        let drain = self.family(step).find(|step| drains(step));
        if let Some(drain) =
            drain.filter(|_| matches!(found, Some(Standing::Over | Standing::Half)))
        {
            return Err(Tangled::Drains(drain.name.clone()));
        }
        found.ok_or_else(|| Tangled::Grouped(step.name.clone()))
    }

    fn found(&self, step: &'a pulse_workflow::Step) -> Option<Standing> {
        // Rows and document agree: both come from the same text.
        let row = self
            .steps
            .iter()
            .find(|row| row.path == step.path.as_str())?;
        match &step.action {
            Action::Group(_) => {
                let inside: Option<Vec<Standing>> = self
                    .workflow
                    .children(&step.path)
                    .map(|inner| self.found(inner))
                    .collect();
                of_group(row, (&inside?, step.continue_on_error))
            }
            Action::Workflow(_) => {
                let has_begun = self.called.contains(&row.path);
                let facts = (has_begun, step.continue_on_error);
                Some(of_call(row, facts, self.again))
            }
            Action::Execute(_)
            | Action::Agent(_)
            | Action::Prompt(_)
            | Action::Wait { .. }
            | Action::Notify(_) => {
                let ruling = (step.continue_on_error, self.again);
                Some(of_step(row, &self.jobs(step), ruling))
            }
        }
    }

    fn jobs(&self, step: &pulse_workflow::Step) -> Vec<&'a Past> {
        let is_of = |job: &&Past| job.step == step.path.as_str();
        self.jobs.iter().filter(is_of).collect()
    }

    /// The step and everything in it.
    fn family(
        &self,
        step: &'a pulse_workflow::Step,
    ) -> impl Iterator<Item = &'a pulse_workflow::Step> {
        let within = format!("{}/", step.path);
        self.workflow
            .steps
            .iter()
            .filter(move |other| other.path == step.path || other.path.0.starts_with(&within))
    }
}

/// Whether a step drains workers.
pub(crate) fn drains(step: &pulse_workflow::Step) -> bool {
    matches!(&step.action, Action::Agent(agent) if agent.verb == AgentVerb::Drain)
}

#[cfg(test)]
mod tests;
