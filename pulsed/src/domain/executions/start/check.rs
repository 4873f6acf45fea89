//! What must be so before anything starts, of a new execution as of one that is run again.

use std::sync::Arc;

use pulse_workflow::{Targets, Workflow, inputs};
use serde_json::{Map, Value};

use super::StartError;
use crate::{
    app::App,
    domain::{
        engine,
        secrets::{self, delivery::SecretFault},
    },
    model::{grant::Reach, workflow::Version},
    store::Tx,
};

/// Where the configuration says so, whoever may not store a workflow brings no commands either:
/// what such a document may hold is what they may do one by one.
pub(in crate::domain) fn commands(
    app: &App,
    unnamed: &Workflow,
    reach: &Reach,
) -> Result<(), StartError> {
    let may_bring = app.config().server.operator_commands || reach.is_admins();
    if unnamed.runs_commands() && !may_bring {
        return Err(StartError::CommandsForbidden);
    }
    Ok(())
}

/// Secrets of a document that is not stored are the admins' to use; without a reach it is pulse that starts it.
pub(in crate::domain) async fn secrets(
    app: &App,
    tx: &mut Tx,
    (document, name, reach): (&Workflow, Option<&str>, Option<&Reach>),
) -> Result<(), StartError> {
    let is_allowed = reach.is_none_or(Reach::is_admins);
    if name.is_none() && !document.secrets.is_empty() && !is_allowed {
        return Err(StartError::Secret(SecretFault::Unnamed));
    }
    secrets::check(app, tx, (&document.secrets, name))
        .await
        .map_err(StartError::Secret)
}

/// Of a paused workflow nothing starts, whoever asks.
pub(in crate::domain) fn pause(version: &Version) -> Result<(), StartError> {
    match &version.paused {
        None => Ok(()),
        Some(paused) => Err(StartError::Paused {
            workflow: version.name.clone(),
            paused: paused.clone(),
        }),
    }
}

/// The workflow as a run with these inputs has it; more steps than it may have are the fault of
/// the input that asks for them.
pub(in crate::domain) fn unfold(
    written: Arc<Workflow>,
    inputs: &Map<String, Value>,
) -> Result<Arc<Workflow>, StartError> {
    let input = written.folded_by().unwrap_or_default().to_owned();
    engine::unfolded(written, inputs).map_err(|too_many| {
        StartError::Inputs(vec![inputs::InputFault {
            message: format!("input `{input}`: {too_many}"),
            name: input,
            hint: None,
        }])
    })
}

/// Reads targets that are given for a run.
pub(in crate::domain) fn targets(targets: &Value) -> Result<Targets, StartError> {
    Targets::given(targets).ok_or(StartError::Targets)
}
