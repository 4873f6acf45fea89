//! What one job of a step is on one host.
//!
//! Fills in expressions and defaults; sending the job anywhere is the server's affair.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use crate::expression::EvaluateError;
use crate::model::{Action, Execute, Payload, Runtime, Sandbox, Section, Step, StepPath, Workflow};
use crate::planner::{Scene, Snapshot, Standing};
use crate::targets::Host;
use crate::template::Template;

/// How long a job may run when nothing says otherwise.
pub const DEFAULT_TIMEOUT_MS: u64 = 300_000;

/// Everything a host needs to run one job.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JobSpec {
    /// A line for the shell, or the text of the script.
    pub command: String,
    pub script: bool,
    pub runtime: Runtime,
    pub env: BTreeMap<String, String>,
    pub timeout_ms: u64,
    pub working_dir: Option<String>,
    pub user: Option<String>,
    /// The function block to call in place of the command.
    pub uses: Option<String>,
    /// What the function block is given.
    pub with: crate::Map,
    pub sandbox: Option<Sandbox>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("the workflow has no step `{0}`")]
    UnknownStep(StepPath),
    #[error("step `{0}` runs no jobs")]
    NoJobs(StepPath),
    #[error("{field}: {message}")]
    Expression { field: String, message: String },
}

/// Fills in one job of an execute step for one host.
pub fn render(
    workflow: &Workflow,
    snapshot: &Snapshot,
    step: &StepPath,
    host: &Host,
) -> Result<JobSpec, RenderError> {
    let found = workflow
        .step(step)
        .ok_or_else(|| RenderError::UnknownStep(step.clone()))?;
    let Action::Execute(execute) = &found.action else {
        return Err(RenderError::NoJobs(step.clone()));
    };
    let section = workflow.section(step).unwrap_or(Section::Main);
    let standing = Standing::new(workflow, snapshot);
    let scene = Scene::new(&standing, found, section).on_host(host);
    let defaults = &workflow.defaults;
    let spec = JobSpec {
        command: String::new(),
        script: false,
        runtime: execute.runtime,
        env: BTreeMap::new(),
        timeout_ms: found
            .timeout_ms
            .or(defaults.timeout_ms)
            .unwrap_or(DEFAULT_TIMEOUT_MS),
        working_dir: None,
        user: None,
        uses: None,
        with: crate::Map::new(),
        sandbox: execute.sandbox.clone(),
    };
    let env = env(workflow, (found, execute), &scene, snapshot)?;
    let (body, script, field) = match &execute.payload {
        Payload::Command(body) => (body, false, "command"),
        Payload::Script(body) => (body, true, "script"),
        Payload::Block { name, with } => {
            return Ok(JobSpec {
                uses: Some(name.clone()),
                with: given(with, &scene)?,
                env,
                ..spec
            });
        }
    };
    let command = body
        .fill_quoted(&scene, execute.runtime)
        .map_err(|error| refused(field, &error))?;
    Ok(JobSpec {
        command,
        script,
        env,
        working_dir: execute
            .working_dir
            .clone()
            .or_else(|| defaults.working_dir.clone()),
        user: execute.user.clone().or_else(|| defaults.user.clone()),
        ..spec
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
            env.insert(format!("PULSE_INPUT_{}", variable(name)), text);
        }
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
