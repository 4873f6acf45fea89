//! What one job of a step is on one host.
//!
//! Fills in expressions and defaults; sending the job anywhere is the server's affair.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::expression::EvaluateError;
use crate::model::spread::text;
use crate::model::{
    Action, Agent, AgentVerb, Execute, Expect, Payload, Runtime, Sandbox, Section, Step, StepPath,
    Workflow,
};
use crate::planner::{Purpose, Scene, Snapshot, Standing};
use crate::targets::Host;
use crate::template::Template;

/// What the variables begin with that inputs are in: no secret that is stored may be called so.
pub const INPUT_PREFIX: &str = "PULSE_INPUT_";

/// How long a job may run when nothing says otherwise.
pub const DEFAULT_TIMEOUT_MS: u64 = 300_000;

/// Everything a host needs to run one job.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JobSpec {
    pub task: Task,
    /// A line for the shell, or the text of the script.
    pub command: String,
    pub script: bool,
    pub runtime: Runtime,
    pub env: BTreeMap<String, String>,
    /// The secrets that it gets beside that. A function block gets none: what it needs, its host has.
    pub secrets: Vec<String>,
    pub timeout_ms: u64,
    pub working_dir: Option<String>,
    pub user: Option<String>,
    /// The function block to call in place of the command.
    pub uses: Option<String>,
    /// What the function block is given.
    pub with: crate::Map,
    pub sandbox: Option<Sandbox>,
}

/// What makes the job end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Task {
    /// Its process ends.
    Command,
    /// The host comes back with another boot id.
    Reboot,
    /// Nothing else runs on the host any more.
    Drain,
    /// Everybody may use the host again.
    Resume,
    /// Its agent has started anew, in this version where one is named.
    Restart { version: Option<String> },
}

/// The function block behind `agent: doctor`; every agent offers it.
const DOCTOR: &str = "pulse.doctor";

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("the workflow has no step `{0}`")]
    UnknownStep(StepPath),
    #[error("step `{0}` runs no jobs")]
    NoJobs(StepPath),
    #[error("{field}: {message}")]
    Expression { field: String, message: String },
}

/// Fills in one job of an execute or agent step for one host.
pub fn render(
    workflow: &Workflow,
    snapshot: &Snapshot,
    step: &StepPath,
    host: &Host,
) -> Result<JobSpec, RenderError> {
    let found = workflow
        .step(step)
        .ok_or_else(|| RenderError::UnknownStep(step.clone()))?;
    let section = workflow.section(step).unwrap_or(Section::Main);
    // What brings a step back sees what that step saw, but for what has happened since.
    let (stands, section) = match workflow.brought_back_by(step) {
        Some(original) => (original, Section::Main),
        None => (found, section),
    };
    let standing = Standing::new(workflow, snapshot);
    let scene = Scene::new(&standing, stands, section).on_host(host);
    match &found.action {
        Action::Execute(execute) => {
            let surroundings = Surroundings {
                workflow,
                snapshot,
                step: stands,
                scene,
            };
            surroundings.execute(execute)
        }
        Action::Agent(agent) => {
            agent_spec((workflow, found, snapshot.execution.purpose), agent, &scene)
        }
        Action::Group(_)
        | Action::Prompt(_)
        | Action::Wait { .. }
        | Action::Workflow(_)
        | Action::Notify(_) => Err(RenderError::NoJobs(step.clone())),
    }
}

/// A job that could not be filled in: it asks for nothing.
pub fn unfilled(workflow: &Workflow, step: &StepPath) -> JobSpec {
    let timeout_ms = workflow.step(step).and_then(|step| step.timeout_ms);
    blank(workflow, timeout_ms)
}

/// A job of which nothing is said yet but how long it may take.
fn blank(workflow: &Workflow, timeout_ms: Option<u64>) -> JobSpec {
    JobSpec {
        task: Task::Command,
        command: String::new(),
        script: false,
        runtime: Runtime::Shell,
        env: BTreeMap::new(),
        secrets: Vec::new(),
        timeout_ms: timeout_ms
            .or(workflow.defaults.timeout_ms)
            .unwrap_or(DEFAULT_TIMEOUT_MS),
        working_dir: None,
        user: None,
        uses: None,
        with: crate::Map::new(),
        sandbox: None,
    }
}

/// A step with everything that its texts may name.
struct Surroundings<'a> {
    workflow: &'a Workflow,
    snapshot: &'a Snapshot,
    step: &'a Step,
    scene: Scene<'a>,
}

impl Surroundings<'_> {
    fn execute(&self, execute: &Execute) -> Result<JobSpec, RenderError> {
        let is_undo = self.snapshot.execution.purpose == Purpose::Undo;
        let spec = JobSpec {
            task: match execute.expect {
                Expect::Reboot if !is_undo => Task::Reboot,
                Expect::Success | Expect::Reboot => Task::Command,
            },
            env: env(
                self.workflow,
                (self.step, execute),
                &self.scene,
                self.snapshot,
            )?,
            sandbox: execute.sandbox.clone(),
            ..blank(self.workflow, self.step.timeout_ms)
        };
        let (body, script, field) = match (&execute.payload, &execute.rollback) {
            (_, Some(body)) if is_undo => (body, false, "rollback"),
            (Payload::Command(body), _) => (body, false, "command"),
            (Payload::Script(body), _) => (body, true, "script"),
            (Payload::Block { name, with }, _) => {
                return Ok(JobSpec {
                    runtime: execute.runtime,
                    uses: Some(name.clone()),
                    with: given(with, &self.scene)?,
                    ..spec
                });
            }
        };
        let runtime = match execute.runtime {
            Runtime::Python | Runtime::Node if !script => Runtime::Shell,
            runtime @ (Runtime::Shell | Runtime::Bash | Runtime::Python | Runtime::Node) => runtime,
        };
        let command = body
            .fill_quoted(&self.scene, runtime)
            .map_err(|error| refused(field, &error))?;
        let defaults = &self.workflow.defaults;
        Ok(JobSpec {
            command,
            script,
            runtime,
            secrets: self.secrets(),
            working_dir: execute
                .working_dir
                .clone()
                .or_else(|| defaults.working_dir.clone()),
            user: execute.user.clone().or_else(|| defaults.user.clone()),
            ..spec
        })
    }
}

impl Surroundings<'_> {
    /// The variables with secrets: those that the document names, and the secret inputs that were given,
    /// which are not among the others.
    fn secrets(&self) -> Vec<String> {
        let given = self
            .workflow
            .secret_inputs()
            .filter(|spec| !self.snapshot.inputs.contains_key(&spec.name))
            .map(|spec| input_variable(&spec.name));
        self.workflow.secrets.iter().cloned().chain(given).collect()
    }
}

fn agent_spec(
    (workflow, step, purpose): (&Workflow, &Step, Purpose),
    agent: &Agent,
    scene: &Scene<'_>,
) -> Result<JobSpec, RenderError> {
    let version = agent.version.as_ref().map(|version| {
        version
            .fill_plain(scene)
            .map_err(|error| refused("version", &error))
    });
    let task = match agent.verb {
        AgentVerb::Drain => Task::Drain,
        AgentVerb::Resume => Task::Resume,
        AgentVerb::Restart => Task::Restart {
            // An undo brings back whatever was there before.
            version: version.transpose()?.filter(|_| purpose == Purpose::Run),
        },
        AgentVerb::Doctor => Task::Command,
    };
    Ok(JobSpec {
        task,
        uses: (agent.verb == AgentVerb::Doctor).then(|| DOCTOR.to_owned()),
        env: BTreeMap::from([("PULSE_STEP".to_owned(), step.path.to_string())]),
        ..blank(workflow, step.timeout_ms)
    })
}

/// What a function block is given: texts, which its host reads as what it asks for.
fn given(with: &BTreeMap<String, Template>, scene: &Scene<'_>) -> Result<crate::Map, RenderError> {
    with.iter()
        .map(|(name, template)| {
            let text = template
                .fill_plain(scene)
                .map_err(|error| refused(&format!("with.{name}"), &error))?;
            Ok((name.clone(), Json::String(text)))
        })
        .collect()
}

fn env(
    workflow: &Workflow,
    (step, execute): (&Step, &Execute),
    scene: &Scene<'_>,
    snapshot: &Snapshot,
) -> Result<BTreeMap<String, String>, RenderError> {
    let mut env = BTreeMap::new();
    // A function block's environment is its host's affair, but for what pulse itself says.
    let is_block = matches!(execute.payload, Payload::Block { .. });
    let written = workflow.defaults.env.iter().chain(&execute.env);
    for (name, template) in written.filter(|_| !is_block) {
        env.insert(name.clone(), fill(name, template, scene)?);
    }
    for (name, value) in &snapshot.inputs {
        if let Some(text) = plain(value) {
            env.insert(input_variable(name), text);
        }
    }
    let repeated = workflow.repeated(step);
    for (axis, value) in repeated.matrix.iter().flatten() {
        env.insert(format!("PULSE_MATRIX_{}", variable(axis)), text(value));
    }
    if let Some(item) = repeated.item {
        env.insert("PULSE_ITEM".to_owned(), text(item));
    }
    if let Some(answer) = scene.answer() {
        env.insert("PULSE_PROMPT_RESPONSE".to_owned(), answer.to_owned());
    }
    env.insert("PULSE_STEP".to_owned(), step.path.to_string());
    Ok(env)
}

fn fill(name: &str, template: &Template, scene: &Scene<'_>) -> Result<String, RenderError> {
    template
        .fill_plain(scene)
        .map_err(|error| refused(&format!("env.{name}"), &error))
}

fn refused(field: &str, error: &EvaluateError) -> RenderError {
    RenderError::Expression {
        field: field.to_owned(),
        message: error.message.clone(),
    }
}

/// An input as the text of a variable; one that was not given sets no variable.
fn plain(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => {
            Some(value.to_string())
        }
    }
}

/// The variable that steps find an input in.
pub fn input_variable(input: &str) -> String {
    format!("{INPUT_PREFIX}{}", variable(input))
}

/// The part of a variable's name that stands for an input.
pub(crate) fn variable(input: &str) -> String {
    input
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect()
}
