//! Whether what a step gives to a function block is what its workers ask for.

use pulse_api::blocks::InputFault;
use pulse_workflow::{Action, JobSpec, Payload, StepPath};
use serde_json::{Map, Value};

use super::Run;
use crate::model::worker::Candidate;

/// Checks the values for one worker. One that describes no inputs is left to judge by itself.
pub(super) fn check(candidate: &Candidate, spec: &JobSpec) -> Result<(), String> {
    let Some(name) = &spec.uses else {
        return Ok(());
    };
    let Some(block) = candidate.block(name) else {
        return Ok(());
    };
    let Err(faults) = block.inputs.resolve(&spec.with) else {
        return Ok(());
    };
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let worker = &candidate.name;
    Err(format!("{name} on {worker}: {}", faults.join("; ")))
}

/// What is wrong with the values of a step before anything has run: the names, and every value
/// that is written out. What expressions will say is checked when the step starts.
pub(super) fn faults_at_start(
    run: &Run,
    step: &StepPath,
    workers: &[Candidate],
) -> Vec<InputFault> {
    let Some(Action::Execute(execute)) = run.workflow.step(step).map(|step| &step.action) else {
        return Vec::new();
    };
    let Payload::Block { name, with } = &execute.payload else {
        return Vec::new();
    };
    let names: Map<String, Value> = with.keys().map(|key| (key.clone(), Value::Null)).collect();
    let written: Map<String, Value> = with
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), value.as_literal()?.into())))
        .collect();
    let mut faults = Vec::new();
    for block in workers.iter().filter_map(|worker| worker.block(name)) {
        faults.extend(block.inputs.faults_of_names(&names));
        let of_values = block.inputs.resolve(&written).err().unwrap_or_default();
        let is_written = |fault: &InputFault| written.contains_key(&fault.input);
        faults.extend(of_values.into_iter().filter(is_written));
        if !faults.is_empty() {
            break;
        }
    }
    faults.dedup();
    faults
}
