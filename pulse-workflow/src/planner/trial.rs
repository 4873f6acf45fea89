//! The workflow that looks at the batches of a rollout: when it is run, and how its step ends.

use super::rollout::{Rolling, newest};
use super::{CallSpec, Move, RolloutFacts, Scene, SkipReason, StepStatus};
use crate::model::{Action, Rollout, Trial, trials_of};

impl Rolling<'_> {
    /// The workflow to run on the batch that has just ended, where one looks at it; with what it is given,
    /// or why that cannot be told. A batch without a host that came to its end well is not looked at.
    pub(super) fn trial(
        &self,
        rollout: &Rollout,
        facts: &RolloutFacts,
    ) -> Option<Result<CallSpec, String>> {
        let mut looking = rollout.looking(facts.batch);
        looking.find_map(|health| health.workflow.as_ref())?;
        let newest = newest(facts);
        self.changed().iter().find(|host| newest.contains(host))?;
        let step = self.workflow.step(&trials_of(&self.owner.path))?;
        let Action::Workflow(call) = &step.action else {
            return None;
        };
        let section = self.workflow.section(&step.path)?;
        let inputs = super::inputs(call, &Scene::new(self.standing, step, section));
        let inputs = inputs.map_err(|why| format!("{}: {why}", step.id));
        Some(inputs.map(|inputs| CallSpec {
            callee: call.callee.clone(),
            inputs,
            timeout_ms: step.timeout_ms,
        }))
    }

    /// Ends the step that stands for the runs of that workflow, with the rollout.
    pub(super) fn end_trial(&self, status: StepStatus) -> Option<Move> {
        let step = self.workflow.step(&trials_of(&self.owner.path))?;
        let facts = self.standing.rollout(&self.owner.path)?;
        let step = step.path.clone();
        let end = |status, reason| Move::End {
            step: step.clone(),
            status,
            reason,
            detail: String::new(),
        };
        match self.standing.status(&step) {
            StepStatus::Waiting if status == StepStatus::Cancelled => Some(Move::Cancel { step }),
            StepStatus::Waiting => Some(Move::Skip {
                step,
                reason: if self.undoes() {
                    SkipReason::NothingToUndo
                } else {
                    SkipReason::NothingToCheck
                },
                evidence: None,
            }),
            StepStatus::Ready | StepStatus::Running => Some(match facts.trial {
                _ if status == StepStatus::Cancelled => end(status, "execution_stopped"),
                Trial::Failed => end(StepStatus::Failed, "unhealthy"),
                Trial::Stopped => end(StepStatus::Cancelled, "unhealthy"),
                Trial::None | Trial::Running | Trial::Passed => end(StepStatus::Succeeded, ""),
            }),
            StepStatus::Succeeded
            | StepStatus::Failed
            | StepStatus::Skipped
            | StepStatus::Cancelled => None,
        }
    }
}
