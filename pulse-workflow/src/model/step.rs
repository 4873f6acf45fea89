//! One step of a workflow, and what it does.
//!
//! Nothing here knows about hosts, jobs or how a step went.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::call::Call;
use super::notify::Notify;
use super::prompt::Prompt;
use super::rollout::Rollout;
use super::spread::{Instance, Spread};
use super::wait::Wait;
use crate::expression::Expression;
use crate::targets::{Needs, Targets};
use crate::template::Template;

/// The address of one step inside an execution, as in `finally/cleanup`.
///
/// The path of a main step is its id; inside a group the group's path stands before it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepPath(pub String);

impl StepPath {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StepPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for StepPath {
    fn from(path: &str) -> Self {
        Self(path.to_owned())
    }
}

impl From<String> for StepPath {
    fn from(path: String) -> Self {
        Self(path)
    }
}

impl Borrow<str> for StepPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// What is known of a step when an execution starts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepRow {
    pub path: StepPath,
    /// Counted from 0 over the whole document.
    pub index: u32,
    pub id: String,
    pub name: String,
    pub kind: StepKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    Execute,
    Prompt,
    Wait,
    Group,
    Agent,
    Workflow,
    Notify,
}

impl StepKind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Execute => "execute",
            Self::Prompt => "prompt",
            Self::Wait => "wait",
            Self::Group => "group",
            Self::Agent => "agent",
            Self::Workflow => "workflow",
            Self::Notify => "notify",
        }
    }
}

impl fmt::Display for StepKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One entry of a document's lists of steps.
#[derive(Clone, Debug)]
pub struct Step {
    pub path: StepPath,
    /// The group that it stands in.
    pub parent: Option<StepPath>,
    pub id: String,
    pub name: String,
    pub condition: Option<Condition>,
    /// The steps that must have ended before this one may start; implicit order included.
    pub needs: Vec<StepPath>,
    /// For a prompt: how long it waits for an answer.
    pub timeout_ms: Option<u64>,
    pub continue_on_error: bool,
    pub action: Action,
}

impl Step {
    pub(crate) fn reads_stdout(&self) -> bool {
        self.condition
            .as_ref()
            .is_some_and(|condition| condition.expression.reads_stdout())
            || match &self.action {
                Action::Execute(execute) => execute.templates().any(Template::reads_stdout),
                Action::Prompt(prompt) => prompt.message.reads_stdout(),
                Action::Notify(notify) => notify.message.reads_stdout(),
                Action::Workflow(call) => call.with.values().any(super::Given::reads_stdout),
                Action::Wait(Wait::Until { condition, .. }) => condition.expression.reads_stdout(),
                Action::Wait(Wait::For { .. }) | Action::Group(_) | Action::Agent(_) => false,
            }
    }

    /// How the step goes over its hosts, where not over all of them at once.
    pub fn rollout(&self) -> Option<&Rollout> {
        match &self.action {
            Action::Execute(execute) => execute.rollout.as_ref(),
            Action::Group(group) => group.rollout.as_ref(),
            Action::Agent(_)
            | Action::Prompt(_)
            | Action::Wait { .. }
            | Action::Workflow(_)
            | Action::Notify(_) => None,
        }
    }

    /// What brings a host back after this step.
    pub fn rollback(&self) -> Option<&Template> {
        match &self.action {
            Action::Execute(execute) => execute.rollback.as_ref(),
            Action::Group(_)
            | Action::Agent(_)
            | Action::Prompt(_)
            | Action::Wait { .. }
            | Action::Workflow(_)
            | Action::Notify(_) => None,
        }
    }

    /// The targets that the step itself names.
    pub(crate) fn own_targets(&self) -> Option<&Targets> {
        match &self.action {
            Action::Execute(execute) => execute.targets.as_ref(),
            Action::Group(group) => group.targets.as_ref(),
            Action::Agent(agent) => agent.targets.as_ref(),
            Action::Prompt(_) | Action::Wait { .. } | Action::Workflow(_) | Action::Notify(_) => {
                None
            }
        }
    }

    /// Whether it is a group that stands for several, of which it is not known yet how many.
    pub(crate) fn is_folded(&self) -> bool {
        match &self.action {
            Action::Group(group) => group.spread.is_some(),
            Action::Execute(_)
            | Action::Agent(_)
            | Action::Prompt(_)
            | Action::Wait { .. }
            | Action::Workflow(_)
            | Action::Notify(_) => false,
        }
    }

    /// Whether it is one of the groups that a group stands for.
    pub(crate) fn is_instance(&self) -> bool {
        match &self.action {
            Action::Group(group) => group.instance.is_some(),
            Action::Execute(_)
            | Action::Agent(_)
            | Action::Prompt(_)
            | Action::Wait { .. }
            | Action::Workflow(_)
            | Action::Notify(_) => false,
        }
    }

    /// Whether it runs jobs on hosts.
    pub fn has_targets(&self) -> bool {
        match &self.action {
            Action::Execute(_) | Action::Agent(_) => true,
            Action::Group(group) => group.rollout.is_some(),
            Action::Prompt(_) | Action::Wait { .. } | Action::Workflow(_) | Action::Notify(_) => {
                false
            }
        }
    }
}

/// An expression that decides whether a step runs.
#[derive(Clone, Debug)]
pub struct Condition {
    pub expression: Expression,
}

impl Condition {
    /// The expression as written.
    pub fn source(&self) -> &str {
        self.expression.source()
    }
}

#[derive(Clone, Debug)]
pub enum Action {
    Execute(Box<Execute>),
    Prompt(Prompt),
    Wait(Wait),
    Group(Group),
    Agent(Agent),
    Workflow(Call),
    Notify(Notify),
}

impl Action {
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Execute(_) => StepKind::Execute,
            Self::Prompt(_) => StepKind::Prompt,
            Self::Wait(_) => StepKind::Wait,
            Self::Group(_) => StepKind::Group,
            Self::Agent(_) => StepKind::Agent,
            Self::Workflow(_) => StepKind::Workflow,
            Self::Notify(_) => StepKind::Notify,
        }
    }
}

/// One job on every target.
#[derive(Clone, Debug)]
pub struct Execute {
    pub payload: Payload,
    pub runtime: Runtime,
    pub targets: Option<Targets>,
    pub retry: Option<RetryPolicy>,
    /// The step's own variables over those of `defaults`.
    pub env: BTreeMap<String, Template>,
    pub working_dir: Option<String>,
    pub user: Option<String>,
    /// Restrictions beyond those that a host has for every step.
    pub sandbox: Option<Sandbox>,
    pub rollout: Option<Rollout>,
    /// Run in place of the payload when a rollout is undone.
    pub rollback: Option<Template>,
    pub expect: Expect,
}

impl Execute {
    pub(crate) fn templates(&self) -> impl Iterator<Item = &Template> {
        let (body, with) = match &self.payload {
            Payload::Command(body) | Payload::Script(body) => (Some(body), None),
            Payload::Block { with, .. } => (None, Some(with)),
        };
        let given = with.into_iter().flat_map(BTreeMap::values);
        body.into_iter()
            .chain(given)
            .chain(self.env.values())
            .chain(self.rollback.as_ref())
    }

    /// What a host must have for this.
    pub fn needs(&self) -> Needs<'_> {
        match &self.payload {
            Payload::Command(_) | Payload::Script(_) => Needs {
                runtime: Some(self.runtime),
                block: None,
                masking: false,
            },
            Payload::Block { name, .. } => Needs {
                runtime: None,
                block: Some(name),
                masking: false,
            },
        }
    }
}

/// What makes a job succeed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expect {
    /// Exit code 0.
    #[default]
    Success,
    /// The host comes back with another boot id.
    Reboot,
}

/// Steps that belong together; their ids count inside it.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// With it the whole list runs host by host.
    pub rollout: Option<Rollout>,
    /// For the steps inside that name none.
    pub targets: Option<Targets>,
    /// What it is repeated for, while that is not known: a run has an instance for each instead.
    pub spread: Option<Spread>,
    /// What it was made for, of a group that nobody wrote.
    pub instance: Option<Instance>,
}

/// Something done to the agents of hosts.
#[derive(Clone, Debug)]
pub struct Agent {
    pub verb: AgentVerb,
    pub targets: Option<Targets>,
    /// The version that an agent must say when it is back.
    pub version: Option<Template>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentVerb {
    /// Only this execution may use the host from now on; waits until nothing else runs there.
    Drain,
    /// Everybody may use the host again.
    Resume,
    /// The agent starts anew; waits until it is back.
    Restart,
    /// The agent looks at itself.
    Doctor,
}

impl AgentVerb {
    pub const ALL: [Self; 4] = [Self::Drain, Self::Resume, Self::Restart, Self::Doctor];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drain => "drain",
            Self::Resume => "resume",
            Self::Restart => "restart",
            Self::Doctor => "doctor",
        }
    }
}

/// How far a job is confined; what is absent is left to the host.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sandbox {
    pub no_new_privileges: bool,
    pub memory_mib: Option<u64>,
    pub processes: Option<u64>,
    pub cpus: Option<f64>,
    pub cpu_seconds: Option<u64>,
    pub open_files: Option<u64>,
    pub file_size_mib: Option<u64>,
    pub read: Option<Vec<String>>,
    pub write: Option<Vec<String>>,
}

/// What a job runs.
#[derive(Clone, Debug)]
pub enum Payload {
    /// A line for the shell.
    Command(Template),
    /// The text of a program for the step's runtime.
    Script(Template),
    /// A named command that the host offers, and what it is given.
    Block {
        name: String,
        with: BTreeMap<String, Template>,
    },
}

/// The program that runs a script.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Runtime {
    #[default]
    Shell,
    Bash,
    Python,
    Node,
}

impl Runtime {
    pub const ALL: [Self; 4] = [Self::Shell, Self::Bash, Self::Python, Self::Node];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Shell => "shell",
            Self::Bash => "bash",
            Self::Python => "python",
            Self::Node => "node",
        }
    }
}

/// When and how often a job that went wrong is started again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many more attempts follow the first.
    pub max: u32,
    pub delay_ms: u64,
    pub exponential: bool,
    pub max_delay_ms: Option<u64>,
    pub jitter: bool,
    pub causes: Vec<RetryFor>,
}

/// A cause that a retry policy answers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryFor {
    Failed,
    Exit(i32),
    Timeout,
    Lost,
}
