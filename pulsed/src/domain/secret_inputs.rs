//! Secret inputs of executions: sealed when they are given, opened for one frame, or for what takes them
//! over.

use std::{borrow::Cow, collections::BTreeMap};

use pulse_api::{ExecutionId, SecretText};
use pulse_workflow::{
    Workflow, input_variable,
    inputs::{self, InputFault, Secrets},
};
use serde_json::{Map, Value};

use super::{
    executions::start::StartError,
    once::Gives,
    secrets::{
        delivery::SecretFault,
        keys::{self, KeyTrouble},
    },
};
use crate::{
    app::App,
    store::{
        self, Tx,
        executions::StartedWith,
        secret_inputs::{SealedInputs, subject},
    },
};

/// What is given for secret inputs, by their names.
pub(crate) type SecretInputs = BTreeMap<String, SecretText>;

/// What is given for a run. Nothing of it is written to a log: what is secret may be among it.
#[derive(Clone)]
pub(crate) enum Inputs {
    /// What is secret stands apart: the others are kept elsewhere too, where everybody sees them.
    Apart(Map<String, Value>, SecretInputs),
    /// What is secret may be among the others as well: which of them is, the document says.
    Together(Map<String, Value>, SecretInputs),
}

impl Inputs {
    /// Nothing of them is secret.
    pub(crate) fn open(inputs: Map<String, Value>) -> Self {
        Self::Apart(inputs, SecretInputs::new())
    }
}

/// What is given for a run as its document takes it: what everybody sees, and what is secret.
pub(super) type Resolved<'a> = (Map<String, Value>, Cow<'a, SecretInputs>);

/// Checks everything that is given for a run.
pub(super) fn resolve<'a>(
    workflow: &Workflow,
    given: &'a Inputs,
) -> Result<Resolved<'a>, Vec<InputFault>> {
    let resolved = |open: &Map<String, Value>, secrets: &SecretInputs| {
        inputs::resolve(workflow, open, Secrets::Given(&exposed(secrets)))
    };
    match given {
        Inputs::Together(open, apart) if workflow.secret_inputs().next().is_some() => {
            let (open, among) = inputs::part(workflow, open.clone())?;
            let mut secrets = apart.clone();
            for (name, value) in among {
                if apart.contains_key(&name) {
                    return Err(vec![twice(name)]);
                }
                secrets.insert(name, SecretText::new(value));
            }
            Ok((resolved(&open, &secrets)?, Cow::Owned(secrets)))
        }
        Inputs::Together(open, secrets) | Inputs::Apart(open, secrets) => {
            Ok((resolved(open, secrets)?, Cow::Borrowed(secrets)))
        }
    }
}

fn twice(name: String) -> InputFault {
    InputFault {
        message: format!(
            "input `{name}` is given twice: among `inputs`, and under `secret_inputs`"
        ),
        hint: Some("leave one of them out".to_owned()),
        name,
    }
}

fn exposed(secrets: &SecretInputs) -> BTreeMap<&str, &str> {
    secrets
        .iter()
        .map(|(name, value)| (name.as_str(), value.expose()))
        .collect()
}

/// Whether anything is given for secret inputs.
pub(super) fn gives(secrets: &SecretInputs) -> Gives {
    if secrets.is_empty() {
        Gives::NoSecret
    } else {
        Gives::Secrets
    }
}

/// Seals what is given for an execution; nothing where nothing is.
pub(super) async fn seal(
    app: &App,
    tx: &mut Tx,
    (execution, secrets): (ExecutionId, &SecretInputs),
) -> Result<Option<SealedInputs>, StartError> {
    if secrets.is_empty() {
        return Ok(None);
    }
    let refused = |trouble| StartError::Secret(SecretFault::Key(trouble));
    let text = serde_json::to_vec(&exposed(secrets)).map_err(store::StoreError::from)?;
    let key = keys::to_seal_under(app, tx).await.map_err(refused)?;
    let random = keys::random().map_err(refused)?;
    Ok(Some(SealedInputs {
        execution,
        names: secrets.keys().cloned().collect(),
        key_id: key.id.clone(),
        bytes: key.seal(subject(execution), &text, random),
    }))
}

/// What was given for the secret inputs of an execution, as far as it is not wiped.
async fn kept(
    app: &App,
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Option<SecretInputs>, KeyTrouble> {
    let Some(sealed) = store::secret_inputs::find(tx, execution).await? else {
        return Ok(None);
    };
    let text = keys::open_inputs(&keys::own(app)?, &sealed)?;
    let read = serde_json::from_slice(&text);
    read.map(Some).map_err(|_| KeyTrouble::BrokenInputs)
}

/// The variables of a job, by what was given for its execution.
pub(super) async fn variables(
    app: &App,
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<BTreeMap<String, SecretText>, KeyTrouble> {
    let kept = kept(app, tx, execution).await?.unwrap_or_default();
    let variables = kept.into_iter();
    Ok(variables
        .map(|(name, value)| (input_variable(&name), value))
        .collect())
}

/// What a run has for its secret inputs that repeats or brings back an earlier one: what is given for it,
/// and of that one what is not wiped. Takes those that it has out of the other inputs.
pub(super) async fn again(
    app: &App,
    tx: &mut Tx,
    (origin, workflow): (&mut StartedWith, &Workflow),
    given: &SecretInputs,
) -> Result<SecretInputs, StartError> {
    if workflow.secret_inputs().next().is_none() && given.is_empty() {
        return Ok(SecretInputs::new());
    }
    let kept = kept(app, tx, origin.id).await.map_err(SecretFault::Key);
    let mut secrets = kept.map_err(StartError::Secret)?.unwrap_or_default();
    secrets.extend(given.clone());
    let number = origin.number;
    let is_gone = |name: &str| !origin.inputs.contains_key(name) && !secrets.contains_key(name);
    let gone: Vec<InputFault> = workflow
        .secret_inputs()
        .filter(|spec| is_gone(&spec.name))
        .map(|spec| wiped(&spec.name, number))
        .collect();
    if !gone.is_empty() {
        return Err(StartError::Inputs(gone));
    }
    inputs::check_secrets(workflow, &exposed(&secrets)).map_err(StartError::Inputs)?;
    origin.inputs.retain(|name, _| !secrets.contains_key(name));
    Ok(secrets)
}

fn wiped(name: &str, number: i64) -> InputFault {
    InputFault {
        name: name.to_owned(),
        message: format!("input `{name}` is secret, and was wiped when #{number} ended"),
        hint: Some(format!(
            "give it again: `-p {name}=@FILE`, or `-p {name}=@-` on stdin; in the interface, under `secret_inputs`"
        )),
    }
}
