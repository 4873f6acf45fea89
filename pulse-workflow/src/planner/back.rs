//! Bringing back what an execution has done, step by step, the newest first.

use super::{JobStatus, Move, Planning, SkipReason, StepStatus, Stop, skip};
use crate::model::{RolledBackAfter, Section, Step, StepPath};

impl Planning<'_> {
    /// Moves the rollbacks once everything before them has ended: one at a time, that of the step
    /// which ended last first. One that fails holds up no other.
    pub(super) fn bring_back(&mut self) {
        if !self.standing.everything_before_has_ended(Section::Rollback) {
            return;
        }
        let is_wanted = self.is_rollback_wanted();
        let mut left: Vec<(&Step, &StepPath)> = Vec::new();
        for step in &self.workflow.rollbacks {
            let Some(original) = self.workflow.brought_back_by(&step.path) else {
                continue;
            };
            match self.standing.status(&step.path) {
                StepStatus::Succeeded
                | StepStatus::Failed
                | StepStatus::Skipped
                | StepStatus::Cancelled => {}
                StepStatus::Ready | StepStatus::Running => return,
                StepStatus::Waiting => left.push((step, &original.path)),
            }
        }
        if self.standing.is_paused() && self.standing.stop().is_none() {
            return;
        }
        let order = |path: &StepPath| self.standing.facts().steps.get(path)?.order;
        left.sort_by_key(|(_, original)| std::cmp::Reverse(order(original)));
        for (step, original) in left {
            let hosts = self.succeeded_on(original);
            if is_wanted && !hosts.is_empty() {
                self.apply(Move::RunOn {
                    step: step.path.clone(),
                    hosts,
                });
                return;
            }
            let reason = if is_wanted || self.standing.stop().is_some() {
                SkipReason::NothingToUndo
            } else {
                SkipReason::NothingFailed
            };
            self.apply(skip(step, reason));
        }
    }

    /// Whether the document wants it after an end like this one; what has begun goes on whatever
    /// comes meanwhile.
    fn is_rollback_wanted(&self) -> bool {
        let Some(rollback) = &self.workflow.rollback else {
            return false;
        };
        if self.standing.undoes() {
            return false;
        }
        let has_begun = self
            .workflow
            .rollbacks
            .iter()
            .any(|step| !self.standing.jobs(&step.path).is_empty());
        let after = match self.standing.stop() {
            Some(Stop::Cancelled) => RolledBackAfter::Cancelled,
            Some(Stop::TimedOut) => RolledBackAfter::TimedOut,
            None if self.standing.main_failed() => RolledBackAfter::Failed,
            None => return has_begun,
        };
        has_begun || rollback.after.contains(&after)
    }

    /// The hosts on which the job of a step succeeded.
    fn succeeded_on(&self, path: &StepPath) -> Vec<String> {
        let facts = self.standing.facts().steps.get(path);
        let hosts = facts.into_iter().flat_map(|facts| &facts.hosts);
        hosts
            .filter(|(_, host)| host.status == JobStatus::Succeeded)
            .map(|(name, _)| name.clone())
            .collect()
    }
}
