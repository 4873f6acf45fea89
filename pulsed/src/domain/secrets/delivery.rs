//! Which secrets a run may use, and their values on their way to a worker: opened for one frame,
//! stored nowhere.

use std::collections::BTreeMap;

use pulse_api::{SecretText, frames::ExecuteCommand};
use pulse_workflow::INPUT_PREFIX;

use super::keys::{self, KeyTrouble};
use crate::{
    app::App,
    causes::error_chain,
    domain::secret_inputs,
    store::{self, StoreError, Tx, secrets::Sealed},
};

/// How much all secrets of a workflow hold, in bytes: they travel in one frame.
const MOST_BYTES: usize = 32 * 1024;

/// Why a run may not use its secrets.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SecretFault {
    #[error("there is no secret {0}")]
    Unknown(String),
    #[error("the secret {0} is for other workflows only")]
    OtherWorkflow(String),
    #[error("the secret {0} is for the workers of some regions only")]
    OtherRegion(String),
    #[error("a document of one's own that names secrets is run by admins only")]
    Unnamed,
    #[error("the secrets of the workflow hold more than {MOST_BYTES} bytes")]
    TooMuch,
    #[error("step \"{step}\": {detail}")]
    Region { step: String, detail: String },
    #[error(transparent)]
    Key(#[from] KeyTrouble),
}

impl SecretFault {
    /// The failure of the store, where it is one.
    pub(crate) fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Key(KeyTrouble::Store(error)) => Some(error),
            Self::Unknown(_)
            | Self::OtherWorkflow(_)
            | Self::OtherRegion(_)
            | Self::Unnamed
            | Self::TooMuch
            | Self::Region { .. }
            | Self::Key(_) => None,
        }
    }

    /// Whether it is this server that cannot: its file can be put right, or another server does it.
    pub(crate) fn is_of_this_server(&self) -> bool {
        matches!(
            self,
            Self::Key(KeyTrouble::File(_) | KeyTrouble::WrongFile(_))
        )
    }
}

impl From<StoreError> for SecretFault {
    fn from(error: StoreError) -> Self {
        Self::Key(KeyTrouble::Store(error))
    }
}

/// Checks that a workflow may use these secrets, and that this server can open them.
pub(crate) async fn check(
    app: &App,
    tx: &mut Tx,
    (names, workflow): (&[String], Option<&str>),
) -> Result<(), SecretFault> {
    if names.is_empty() {
        return Ok(());
    }
    let found = store::secrets::named(tx, names).await?;
    opened(app, (names, workflow), &found).map(drop)
}

/// The values of secrets that are for everybody, each with its name.
pub(crate) async fn values(
    app: &App,
    tx: &mut Tx,
    names: &[String],
) -> Result<Vec<(String, SecretText)>, SecretFault> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::secrets::named(tx, names).await?;
    if let Some(kept) = found.iter().find(|secret| secret.regions.is_some()) {
        return Err(SecretFault::OtherRegion(kept.name.clone()));
    }
    opened(app, (names, None), &found)
}

/// The values of secrets, each with its name.
fn opened(
    app: &App,
    (names, workflow): (&[String], Option<&str>),
    found: &[Sealed],
) -> Result<Vec<(String, SecretText)>, SecretFault> {
    let mut values = Vec::with_capacity(names.len());
    let mut bytes = 0;
    for name in names {
        let secret = found.iter().find(|secret| secret.name == *name);
        let secret = secret.ok_or_else(|| SecretFault::Unknown(name.clone()))?;
        if !secret.is_for(workflow) {
            return Err(SecretFault::OtherWorkflow(name.clone()));
        }
        let value = keys::open(app, secret)?;
        bytes += value.expose().len();
        values.push((name.clone(), value));
    }
    if bytes > MOST_BYTES {
        return Err(SecretFault::TooMuch);
    }
    Ok(values)
}

/// The values of those among these secrets that there are and that a workflow may use. A server without
/// the key that counts says so, whatever is asked for.
pub(crate) async fn usable(
    app: &App,
    tx: &mut Tx,
    (names, workflow): (&[String], &str),
) -> Result<Vec<SecretText>, KeyTrouble> {
    let Some(keys) = keys::to_open_with(app, tx).await? else {
        return Ok(Vec::new());
    };
    let found = store::secrets::named(tx, names).await?;
    found
        .iter()
        .filter(|secret| secret.is_for(Some(workflow)))
        .map(|secret| keys::open_with(&keys, secret).map(SecretText::new))
        .collect()
}

/// Why an offer does not go out.
#[derive(Debug)]
pub(crate) enum Withheld {
    /// It goes out later, if the job still waits for it then.
    Later(String),
    /// Its job cannot have its secrets, for this reason.
    Never(String),
}

impl From<StoreError> for Withheld {
    fn from(error: StoreError) -> Self {
        Self::Later(error_chain(&error))
    }
}

/// Gives an offer the values of its secrets, just before it goes out.
pub(crate) async fn attach(app: &App, command: &mut ExecuteCommand) -> Result<(), Withheld> {
    let mut tx = app.store().read().await?;
    let place = (command.execution_id, command.worker_id);
    let is_input = |name: &String| name.starts_with(INPUT_PREFIX);
    let (of_inputs, stored): (Vec<String>, Vec<String>) =
        command.secret_names.iter().cloned().partition(is_input);
    let wanted = store::secrets::for_job(&mut tx, place, &stored).await?;
    let given = if of_inputs.is_empty() {
        Ok(BTreeMap::new())
    } else {
        secret_inputs::variables(app, &mut tx, command.execution_id).await
    };
    drop(tx);
    let worker = (wanted.worker.as_str(), wanted.region.as_str());
    if !wanted.masks {
        // It did when it was chosen: it will say so again, or be upgraded.
        let sentence = "its agent does not say that it masks secrets";
        return Err(Withheld::Later(sentence.to_owned()));
    }
    if let Some(fault) = wanted
        .secrets
        .iter()
        .find_map(|secret| secret.kept_from(worker))
    {
        return Err(Withheld::Never(fault));
    }
    let names = (stored.as_slice(), wanted.workflow.as_deref());
    let opened = given
        .map_err(SecretFault::Key)
        .and_then(|given| Ok((given, opened(app, names, &wanted.secrets)?)));
    match opened {
        Ok((given, _)) if !of_inputs.iter().all(|name| given.contains_key(name)) => Err(
            Withheld::Never("the secret inputs of its execution are wiped".to_owned()),
        ),
        Ok((given, values)) => {
            command.secrets.extend(given);
            command.secrets.extend(values);
            Ok(())
        }
        Err(SecretFault::Key(KeyTrouble::Store(error))) => Err(error.into()),
        Err(fault) if fault.is_of_this_server() => Err(Withheld::Later(error_chain(&fault))),
        Err(fault) => Err(Withheld::Never(fault.to_string())),
    }
}
