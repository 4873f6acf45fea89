//! What is run on a host that a rollout has changed, to see whether it is well.
//!
//! A check is a step that nobody wrote: it follows what the rollout does, host by host.

use std::collections::BTreeMap;

use super::step::{Action, Agent, AgentVerb, Execute, Expect, Payload, Runtime, Step, StepPath};
use crate::template::Template;

#[derive(Clone, Debug)]
pub enum Check {
    /// The agent looks at itself.
    Doctor,
    /// A line for the shell that must succeed.
    Command { line: Template, shell: Runtime },
}

impl Check {
    const fn id(&self) -> &'static str {
        match self {
            Self::Doctor => "health-doctor",
            Self::Command { .. } => "health-command",
        }
    }

    /// The path of its step in the rollout of this one.
    pub(crate) fn path(&self, owner: &StepPath) -> StepPath {
        StepPath(format!("{owner}/{}", self.id()))
    }

    /// Its step in the rollout of this one.
    pub(crate) fn step(
        &self,
        (owner, timeout_ms): (&StepPath, Option<u64>),
        needs: Vec<StepPath>,
    ) -> Step {
        let action = match self {
            Self::Doctor => Action::Agent(Agent {
                verb: AgentVerb::Doctor,
                targets: None,
                version: None,
            }),
            Self::Command { line, shell } => Action::Execute(Box::new(Execute {
                payload: Payload::Command(line.clone()),
                runtime: *shell,
                targets: None,
                retry: None,
                env: BTreeMap::new(),
                working_dir: None,
                user: None,
                sandbox: None,
                rollout: None,
                rollback: None,
                expect: Expect::Success,
            })),
        };
        Step {
            path: self.path(owner),
            parent: Some(owner.clone()),
            id: self.id().to_owned(),
            name: self.id().to_owned(),
            condition: None,
            needs,
            timeout_ms,
            continue_on_error: false,
            action,
        }
    }
}
