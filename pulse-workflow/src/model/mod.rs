//! The nouns of a workflow: what a loaded document is.
//!
//! Values here are already checked; reading them out of a document lives in `decode`.

mod call;
mod check;
mod concurrency;
mod event;
mod input;
mod notify;
pub(crate) mod occasion;
mod prompt;
pub(crate) mod question;
pub(crate) mod rollback;
mod rollout;
pub(crate) mod spread;
mod step;
pub(crate) mod trial;
mod trigger;
mod wait;
mod webhook;
mod window;

use std::collections::{BTreeMap, BTreeSet};

pub use call::{Call, CallBook, Callee, DEEPEST_CALLS, Given};
pub use check::Check;
pub use concurrency::{Concurrency, WhenFull};
pub use event::{EventKind, EventTrigger};
pub use input::{InputKind, InputSpec};
pub use notify::Notify;
pub use occasion::Decided;
pub use prompt::{NotBy, Prompt, Terms};
pub use rollback::{After as RolledBackAfter, Rollback};
pub use rollout::{After, Health, Judgement, NewErrors, OnExceed, Order, Rollout, Seen, Share};
pub use spread::{Instance, Spread, Unfoldable};
pub use step::{
    Action, Agent, AgentVerb, Condition, Execute, Expect, Group, Payload, RetryFor, RetryPolicy,
    Runtime, Sandbox, Step, StepKind, StepPath, StepRow,
};
pub use trial::{Trial, trial_of, trials_of};
pub use trigger::{CatchUp, Overlap, ScheduleTrigger};
pub use wait::Wait;
pub use webhook::{HookKind, Webhook};
pub use window::{Denied, WhenDenied, Window, Windows};

use crate::render::DEFAULT_TIMEOUT_MS;
use crate::targets::Targets;
use crate::template::Template;

/// A workflow document that passed every check.
#[derive(Clone, Debug)]
pub struct Workflow {
    pub name: Option<String>,
    pub description: Option<String>,
    pub inputs: Vec<InputSpec>,
    pub targets: Option<Targets>,
    pub defaults: Defaults,
    /// Every list is flat: the steps of a group follow it and name it as their parent.
    pub steps: Vec<Step>,
    /// Run in order after the main steps when one of them failed.
    pub on_failure: Vec<Step>,
    /// After which ends what the main steps have done is brought back.
    pub rollback: Option<Rollback>,
    /// The steps that do it, written by nobody; they run after `on_failure`.
    pub(crate) rollbacks: Vec<Step>,
    /// Run in order at the very end, also after failure, cancel and timeout.
    pub finally: Vec<Step>,
    pub timeout_ms: Option<u64>,
    pub permissions: Permissions,
    /// The places of which each execution needs one.
    pub concurrency: Option<Concurrency>,
    /// When it may not start.
    pub windows: Option<Windows>,
    /// The clocks that start it.
    pub schedules: Vec<ScheduleTrigger>,
    /// What starts it from outside.
    pub webhooks: Vec<Webhook>,
    /// What has it start that happens in pulse.
    pub events: Vec<EventTrigger>,
    /// The secrets that commands and scripts get in their environment.
    pub secrets: Vec<String>,
}

/// The groups that may do something with a workflow; without a list, whoever's role is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    pub run: Option<Vec<String>>,
    pub answer: Option<Vec<String>>,
    pub view: Option<Vec<String>>,
}

/// What steps inherit when they do not say it themselves.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    pub timeout_ms: Option<u64>,
    pub runtime: Option<Runtime>,
    pub env: BTreeMap<String, Template>,
    pub working_dir: Option<String>,
    pub user: Option<String>,
    pub retry: Option<RetryPolicy>,
}

/// The list of a document that a step stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Main,
    OnFailure,
    /// What brings back the main steps.
    Rollback,
    Finally,
}

impl Workflow {
    /// Every step known at the start: main, then `on_failure`, then what brings back the main ones, then
    /// `finally`, each in document order.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps
            .iter()
            .chain(&self.on_failure)
            .chain(&self.rollbacks)
            .chain(&self.finally)
    }

    /// Finds a step by its path.
    pub fn step(&self, path: &StepPath) -> Option<&Step> {
        self.all_steps().find(|step| step.path == *path)
    }

    /// The rows an execution starts with, in document order.
    pub fn step_rows(&self) -> Vec<StepRow> {
        self.all_steps()
            .zip(0..)
            .map(|(step, index)| StepRow {
                path: step.path.clone(),
                index,
                id: step.id.clone(),
                name: step.name.clone(),
                kind: step.action.kind(),
            })
            .collect()
    }

    /// The list a step stands in, if the workflow has such a step.
    pub fn section(&self, path: &StepPath) -> Option<Section> {
        let holds = |steps: &[Step]| steps.iter().any(|step| step.path == *path);
        if holds(&self.steps) {
            Some(Section::Main)
        } else if holds(&self.on_failure) {
            Some(Section::OnFailure)
        } else if holds(&self.rollbacks) {
            Some(Section::Rollback)
        } else if holds(&self.finally) {
            Some(Section::Finally)
        } else {
            None
        }
    }

    /// The steps a step waits for; for `on_failure` and `finally`, the one before it in its list.
    pub fn needs(&self, path: &StepPath) -> &[StepPath] {
        self.step(path).map_or(&[], |step| &step.needs)
    }

    /// The steps of a group, in document order.
    pub fn children<'a>(&'a self, group: &'a StepPath) -> impl Iterator<Item = &'a Step> {
        self.all_steps()
            .filter(move |step| step.parent.as_ref() == Some(group))
    }

    /// The step whose `rollout` decides when this one runs on which host: itself or its group.
    pub fn rolled_by(&self, step: &Step) -> Option<&Step> {
        let parent = step.parent.as_ref().and_then(|parent| self.step(parent));
        [self.step(&step.path), parent]
            .into_iter()
            .flatten()
            .find(|owner| owner.rollout().is_some())
    }

    /// Whether the step at this path runs by a rollout.
    pub fn is_rolled(&self, path: &StepPath) -> bool {
        self.step(path)
            .is_some_and(|step| self.rolled_by(step).is_some())
    }

    /// The inputs that are kept sealed.
    pub fn secret_inputs(&self) -> impl Iterator<Item = &InputSpec> {
        self.inputs.iter().filter(|spec| spec.secret)
    }

    /// Whether commands and scripts get secrets in their environment.
    pub fn gives_secrets(&self) -> bool {
        !self.secrets.is_empty() || self.secret_inputs().next().is_some()
    }

    /// Whether any step runs a command, a script or a function block of a host.
    pub fn runs_commands(&self) -> bool {
        self.all_steps()
            .any(|step| matches!(step.action, Action::Execute(_)))
    }

    /// Whether any step runs by a rollout.
    pub fn has_rollouts(&self) -> bool {
        self.all_steps().any(|step| step.rollout().is_some())
    }

    /// What a rollout does on each host, in order; the checks of its health come last. What it asks
    /// people is none of it.
    pub(crate) fn members<'a>(&'a self, owner: &'a Step) -> Vec<&'a Step> {
        let own = match &owner.action {
            Action::Group(_) => None,
            Action::Execute(_)
            | Action::Agent(_)
            | Action::Prompt(_)
            | Action::Wait { .. }
            | Action::Workflow(_)
            | Action::Notify(_) => Some(owner),
        };
        let inside = self.children(&owner.path).filter(|step| step.has_targets());
        own.into_iter().chain(inside).collect()
    }

    /// The step that an expression in `from` means by this id: in its own group first, then further out.
    pub(crate) fn named_from(&self, from: &Step, id: &str) -> Option<&Step> {
        let mut scope = from.parent.as_ref();
        while let Some(group) = scope {
            let nested = format!("{group}/{id}");
            // An instance of a group goes by its path only: what it is called may depend on inputs.
            let found = self.step(&StepPath(nested));
            if let Some(step) = found.filter(|step| !step.is_instance()) {
                return Some(step);
            }
            scope = self.step(group).and_then(|group| group.parent.as_ref());
        }
        self.all_steps().find(|step| step.path.as_str() == id)
    }

    /// Positions of the main steps, each after everything it needs; document order where free.
    pub fn topological(&self) -> Vec<usize> {
        let mut placed = BTreeSet::new();
        let mut order = Vec::with_capacity(self.steps.len());
        while order.len() < self.steps.len() {
            let before = order.len();
            for (at, step) in self.steps.iter().enumerate() {
                let ready = step.needs.iter().all(|need| placed.contains(need));
                if ready && placed.insert(&step.path) {
                    order.push(at);
                }
            }
            if order.len() == before {
                break;
            }
        }
        order
    }

    /// Every step of the same list or group that a step needs, directly or not.
    pub(crate) fn needed(&self, step: &Step) -> Vec<&Step> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&StepPath> = step.needs.iter().collect();
        while let Some(path) = open.pop() {
            if let Some(at) = self.all_steps().position(|other| other.path == *path)
                && found.insert(at)
            {
                open.extend(self.needs(path));
            }
        }
        self.all_steps()
            .enumerate()
            .filter(|(at, _)| found.contains(at))
            .map(|(_, step)| step)
            .collect()
    }

    /// Whether the execution goes on as if the step had succeeded when it fails.
    pub fn continue_on_error(&self, path: &StepPath) -> bool {
        self.step(path).is_some_and(|step| step.continue_on_error)
    }

    /// How long a step may take that says nothing of its own.
    pub fn timeout_of(&self, step: &Step) -> u64 {
        step.timeout_ms
            .or(self.defaults.timeout_ms)
            .unwrap_or(DEFAULT_TIMEOUT_MS)
    }

    /// Whether any expression reads the output of an earlier step.
    ///
    /// The caller fills `HostFacts::stdout` only then: it is the one large fact.
    pub fn reads_stdout(&self) -> bool {
        self.all_steps().any(Step::reads_stdout)
            || self.defaults.env.values().any(Template::reads_stdout)
    }
}
