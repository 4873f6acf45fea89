//! What a person is asked when a rollout goes worse than it may.
//!
//! The question is a step that nobody wrote: it stands beside what the rollout does on its hosts.

use super::prompt::{Prompt, Terms};
use super::step::{Action, Step, StepPath};
use crate::template::Template;

pub(crate) const CONTINUE: &str = "Continue";
pub(crate) const STOP: &str = "Stop";
pub(crate) const ROLL_BACK: &str = "Roll back";

const ID: &str = "on-exceed";

/// The path of the question in the rollout of this step.
pub(crate) fn path(owner: &StepPath) -> StepPath {
    StepPath(format!("{owner}/{ID}"))
}

/// The question in the rollout of this step, with these in its group; what it says is known when it
/// is asked.
pub(crate) fn step(owner: &Step, inside: &[Step]) -> Step {
    let mut options = vec![CONTINUE.to_owned(), STOP.to_owned()];
    let mut written = std::iter::once(owner).chain(inside);
    if written.any(|step| step.rollback().is_some()) {
        options.push(ROLL_BACK.to_owned());
    }
    Step {
        path: path(&owner.path),
        parent: Some(owner.path.clone()),
        id: ID.to_owned(),
        name: ID.to_owned(),
        condition: None,
        needs: Vec::new(),
        timeout_ms: None,
        continue_on_error: false,
        action: Action::Prompt(Prompt {
            message: Template::literal(""),
            options,
            default: None,
            terms: Terms::default(),
            fields: Vec::new(),
        }),
    }
}
