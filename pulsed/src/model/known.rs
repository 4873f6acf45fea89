//! What a replica knows of an execution from having written it itself.
//!
//! It is no state: what is done on its word is checked with the commit against the row, and where
//! somebody else has moved the execution since, it is read again.

use std::sync::Arc;

use pulse_api::{ExecutionId, status::StepKind};
use pulse_workflow::Workflow;
use serde_json::{Map, Value};

use super::{
    execution::{Execution, Pause},
    job::Job,
    step::Step,
};

/// An execution as the last transaction left it.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) execution: Execution,
    pub(crate) workflow: Arc<Workflow>,
    /// All of them, in document order.
    pub(crate) steps: Vec<Step>,
    /// Those in their workers' hands that this transaction has put there.
    pub(crate) jobs: Vec<Job>,
    /// The `last_seq` from which the transaction went on.
    pub(crate) base: i64,
}

/// What to remember of an execution after a commit.
#[derive(Debug)]
pub(crate) enum Memory {
    Keep(Box<Known>),
    Forget(ExecutionId),
}

/// Whether it waits for no timer, and moves no workers, which are locked after their executions.
fn is_plain_step(step: &Step) -> bool {
    step.sleep_ms.is_none() && step.due_at.is_none() && step.kind != StepKind::Agent
}

/// Beyond this many steps, or bytes of inputs and targets, remembering costs more than reading.
const MAX_STEPS: usize = 64;
const MAX_INPUTS: usize = 4_096;

impl Memory {
    /// What to remember of an execution that is written as it is here.
    ///
    /// Nothing where its next move depends on more than its steps and jobs: a rollout, a timer, or
    /// somebody's wish that it ends or rests.
    pub(crate) fn of(execution: &Execution, workflow: &Arc<Workflow>, steps: &[Step]) -> Self {
        let is_plain = !execution.status().is_terminal()
            && !execution.is_held()
            && execution.stop.is_none()
            && execution.pause == Pause::Going
            && execution.undo_of.is_none()
            && !workflow.has_rollouts()
            && !workflow.has_calls()
            && steps.iter().all(is_plain_step);
        let targets = execution.targets.as_ref().map_or(0, weight);
        if !is_plain || steps.len() > MAX_STEPS || size(&execution.inputs) + targets > MAX_INPUTS {
            return Self::Forget(execution.id);
        }
        Self::Keep(Box::new(Known {
            execution: execution.written(),
            workflow: Arc::clone(workflow),
            steps: steps.iter().map(Step::written).collect(),
            jobs: Vec::new(),
            base: execution.found_seq(),
        }))
    }
}

/// About how many bytes inputs take.
fn size(inputs: &Map<String, Value>) -> usize {
    inputs
        .iter()
        .map(|(name, value)| name.len() + weight(value))
        .sum()
}

fn weight(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 16,
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(weight).sum::<usize>() + 16,
        Value::Object(fields) => size(fields) + 16,
    }
}
