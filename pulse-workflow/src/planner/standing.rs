//! How every step stands while the planner works: the facts plus the moves made so far.
//!
//! Answers questions about statuses; which move follows is decided by the caller.

use std::collections::BTreeMap;

use super::{
    JobStatus, Move, Progress, Purpose, RolloutFacts, SkipReason, Snapshot, StepStatus, Stop,
    Verdict,
};
use crate::expression::Outlook;
use crate::model::{Action, Section, Step, StepPath, Workflow};

pub(crate) struct Standing<'a> {
    workflow: &'a Workflow,
    snapshot: &'a Snapshot,
    /// Statuses that moves of this plan have changed, with the reason.
    changed: BTreeMap<&'a str, (StepStatus, &'static str)>,
}

impl<'a> Standing<'a> {
    pub(crate) fn new(workflow: &'a Workflow, snapshot: &'a Snapshot) -> Self {
        Self {
            workflow,
            snapshot,
            changed: BTreeMap::new(),
        }
    }

    pub(super) fn stop(&self) -> Option<Stop> {
        self.snapshot.execution.stop
    }

    pub(super) fn is_paused(&self) -> bool {
        self.snapshot.execution.progress == Progress::Paused
    }

    pub(super) fn undoes(&self) -> bool {
        self.snapshot.execution.purpose == Purpose::Undo
    }

    pub(super) fn rollout(&self, path: &StepPath) -> Option<&'a RolloutFacts> {
        self.snapshot.steps.get(path)?.rollout.as_ref()
    }

    /// How the job of a step stands on one host, where there is one.
    pub(super) fn job(&self, path: &StepPath, host: &str) -> Option<JobStatus> {
        let facts = self.snapshot.steps.get(path)?;
        facts.hosts.get(host).map(|host| host.status)
    }

    /// How the jobs of a step stand.
    pub(super) fn jobs(&self, path: &StepPath) -> Vec<JobStatus> {
        let facts = self.snapshot.steps.get(path);
        facts
            .map(|facts| facts.hosts.values().map(|host| host.status).collect())
            .unwrap_or_default()
    }

    /// Whether the time of a step is up that waits for something.
    pub(super) fn is_late(&self, path: &StepPath) -> bool {
        let facts = self.snapshot.steps.get(path);
        facts.is_some_and(|facts| facts.is_late)
    }

    /// What a prompt was answered.
    pub(super) fn response(&self, path: &StepPath) -> Option<&'a str> {
        self.snapshot.steps.get(path)?.response.as_deref()
    }

    pub(super) fn status(&self, path: &StepPath) -> StepStatus {
        match self.changed.get(path.as_str()) {
            Some((status, _)) => *status,
            None => self
                .snapshot
                .steps
                .get(path)
                .map_or(StepStatus::Waiting, |facts| facts.status),
        }
    }

    pub(super) fn is_terminal(&self, path: &StepPath) -> bool {
        self.status(path).is_terminal()
    }

    pub(super) fn apply(&mut self, next: &Move) {
        let (status, reason) = match next {
            Move::Run { .. }
            | Move::Open { .. }
            | Move::Roll { .. }
            | Move::RunOn { .. }
            | Move::Rest { .. }
            | Move::NextBatch { .. }
            | Move::Consult { .. }
            | Move::RollBack { .. }
            | Move::Ask { .. }
            | Move::Call { .. }
            | Move::Tell { .. }
            | Move::Sleep { .. }
            | Move::Watch { .. } => (StepStatus::Running, ""),
            Move::End { status, reason, .. } => (*status, *reason),
            Move::Skip { reason, .. } => (StepStatus::Skipped, reason.as_str()),
            Move::Fail { reason, .. } => (StepStatus::Failed, *reason),
            Move::Cancel { .. } => (StepStatus::Cancelled, "cancelled"),
        };
        if let Some(step) = self.workflow.step(next.step()) {
            self.changed.insert(step.path.as_str(), (status, reason));
        }
    }

    /// Whether the lists before this one have no step left that could still move.
    pub(super) fn everything_before_has_ended(&self, section: Section) -> bool {
        let ended = |steps: &[Step]| steps.iter().all(|step| self.is_terminal(&step.path));
        match section {
            Section::Main => true,
            Section::OnFailure => ended(&self.workflow.steps),
            Section::Rollback => ended(&self.workflow.steps) && ended(&self.workflow.on_failure),
            Section::Finally => {
                ended(&self.workflow.steps)
                    && ended(&self.workflow.on_failure)
                    && ended(&self.workflow.rollbacks)
            }
        }
    }

    pub(super) fn main_failed(&self) -> bool {
        let mut main = self.workflow.steps.iter();
        main.any(|step| step.parent.is_none() && self.counts_as_failed(step))
    }

    /// The verdict, once no step is left that could still move.
    pub(super) fn verdict(&self) -> Option<Verdict> {
        if !self
            .workflow
            .all_steps()
            .all(|step| self.is_terminal(&step.path))
        {
            return None;
        }
        Some(match self.stop() {
            Some(Stop::Cancelled) => Verdict::Cancelled,
            Some(Stop::TimedOut) => Verdict::TimedOut,
            None if self
                .workflow
                .all_steps()
                .any(|step| step.parent.is_none() && self.counts_as_failed(step)) =>
            {
                Verdict::Failed
            }
            None => Verdict::Completed,
        })
    }

    /// Whether the step itself went wrong in a way that fails the execution.
    pub(super) fn counts_as_failed(&self, step: &Step) -> bool {
        match self.status(&step.path) {
            StepStatus::Failed => !step.continue_on_error,
            // Without a stop only something from outside cancels a single step.
            StepStatus::Cancelled => self.stop().is_none(),
            StepStatus::Waiting
            | StepStatus::Ready
            | StepStatus::Running
            | StepStatus::Succeeded
            | StepStatus::Skipped => false,
        }
    }

    /// Whether steps after this one may go on.
    fn is_ok(&self, step: &Step) -> bool {
        match self.status(&step.path) {
            StepStatus::Succeeded => true,
            StepStatus::Failed => step.continue_on_error,
            StepStatus::Skipped => self.reason(&step.path) != SkipReason::UpstreamFailed.as_str(),
            StepStatus::Waiting
            | StepStatus::Ready
            | StepStatus::Running
            | StepStatus::Cancelled => false,
        }
    }

    fn reason(&self, path: &StepPath) -> &str {
        match self.changed.get(path.as_str()) {
            Some((_, reason)) => reason,
            None => self
                .snapshot
                .steps
                .get(path)
                .and_then(|facts| facts.reason.as_deref())
                .unwrap_or_default(),
        }
    }

    pub(super) fn workflow(&self) -> &'a Workflow {
        self.workflow
    }

    pub(super) fn facts(&self) -> &'a Snapshot {
        self.snapshot
    }

    pub(super) fn outlook(&self, ancestors: &[&Step]) -> Outlook {
        Outlook {
            success: ancestors.iter().all(|ancestor| self.is_ok(ancestor)),
            failure: ancestors
                .iter()
                .any(|ancestor| self.counts_as_failed(ancestor)),
            cancelled: self.stop().is_some(),
        }
    }

    /// What the status functions of a step's conditions speak of: what it needs, directly or not,
    /// inside its own group; in the closing lists, everything before it.
    pub(super) fn concerned(&self, step: &Step, section: Section) -> Vec<&'a Step> {
        let workflow = self.workflow;
        let is_top = |other: &&Step| other.parent.is_none();
        let path = step.path.clone();
        let before = |list: &'a [Step]| {
            list.iter()
                .take_while(move |other| other.path != path)
                .filter(is_top)
        };
        let main = workflow.steps.iter().filter(is_top);
        match section {
            Section::OnFailure if step.parent.is_none() => {
                main.chain(before(&workflow.on_failure)).collect()
            }
            Section::Finally if step.parent.is_none() => main
                .chain(workflow.on_failure.iter().filter(is_top))
                .chain(before(&workflow.finally))
                .collect(),
            Section::Main | Section::OnFailure | Section::Rollback | Section::Finally => {
                workflow.needed(step)
            }
        }
    }

    /// Everything that has come before a step: what concerns it and its groups, with the steps inside.
    pub(super) fn ancestors(&self, step: &'a Step, section: Section) -> Vec<&'a Step> {
        let mut found = Vec::new();
        let mut at = Some(step);
        while let Some(step) = at {
            for other in self.concerned(step, section) {
                found.push(other);
                found.extend(self.inside(other));
            }
            at = step
                .parent
                .as_ref()
                .and_then(|group| self.workflow.step(group));
        }
        found
    }

    /// The steps inside a group, those of nested groups included.
    fn inside(&self, group: &Step) -> impl Iterator<Item = &'a Step> {
        let within = format!("{}/", group.path);
        let is_group = matches!(group.action, Action::Group(_));
        self.workflow
            .all_steps()
            .filter(move |step| is_group && step.path.as_str().starts_with(&within))
    }
}
