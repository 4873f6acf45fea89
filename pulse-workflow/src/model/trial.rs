//! The workflow of a rollout's health: run after a batch, on its hosts, and its end says whether they are well.
//!
//! One step that nobody wrote stands for all of its runs; each of them has a path of its own below it.

use super::Workflow;
use super::call::Call;
use super::rollout::Health;
use super::step::{Action, Step, StepPath};

const ID: &str = "health-workflow";

/// How the runs of a rollout's workflow have ended so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trial {
    /// None has begun.
    #[default]
    None,
    /// One is to begin, or runs.
    Running,
    Passed,
    /// One at least found its batch not well.
    Failed,
    /// One was ended before it could say.
    Stopped,
}

/// The path of the step in the rollout of this one; those of the runs stand below it.
pub fn trials_of(owner: &StepPath) -> StepPath {
    StepPath(format!("{owner}/{ID}"))
}

/// The step in the rollout of this one.
pub(crate) fn step(
    owner: &StepPath,
    (health, call): (&Health, &Call),
    needs: Vec<StepPath>,
) -> Step {
    Step {
        path: trials_of(owner),
        parent: Some(owner.clone()),
        id: ID.to_owned(),
        name: ID.to_owned(),
        condition: None,
        needs,
        timeout_ms: health.timeout_ms,
        continue_on_error: false,
        action: Action::Workflow(call.clone()),
    }
}

/// The path of the run that looks at a batch, counted from 0, of this step's rollout.
pub fn trial_of(owner: &StepPath, batch: usize) -> StepPath {
    StepPath(format!("{}/{}", trials_of(owner), batch + 1))
}

impl Workflow {
    /// The step whose rollout this run looks at a batch of, and the step that stands for the run.
    pub fn tried_by(&self, run: &StepPath) -> Option<(&Step, &Step)> {
        let (stands, batch) = run.as_str().rsplit_once('/')?;
        batch.parse::<usize>().ok()?;
        let owner = StepPath(stands.strip_suffix(&format!("/{ID}"))?.to_owned());
        let owner = self.step(&owner)?;
        let mut health = owner.rollout()?.health.iter();
        health.find_map(|health| health.workflow.as_ref())?;
        Some((owner, self.step(&trials_of(&owner.path))?))
    }
}
