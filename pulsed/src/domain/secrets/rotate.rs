//! Another key for all secrets. Each part can be repeated, and whatever is killed in between is
//! carried on by the next call: two keys in the file say that there is something to carry on.

use std::path::Path;

use serde_json::json;

use super::keys::{self, KeyTrouble};
use crate::{
    app::App,
    domain::{Verb, perform},
    key_file::{self, KeyFileError},
    model::seal::Keys,
    store::{self, StoreError, Tx},
};

/// How many secrets are sealed anew in one transaction.
const BATCH: i64 = 100;
/// In the audit trail.
const BY: &str = "pulsed secrets rotate-key";

/// How far a rotation goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Another key gets into the file, and is not used yet: time to copy the file to other servers.
    Prepare,
    Whole,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Rotated {
    /// The id of the newest key.
    pub(crate) key: String,
    /// Whether it was in the file already.
    pub(crate) was_begun: bool,
    /// How many secrets were sealed anew.
    pub(crate) secrets: usize,
}

/// Puts another key in the place of the one that secrets are sealed under.
pub(crate) async fn rotate(app: &App, path: &Path, extent: Extent) -> Result<Rotated, KeyTrouble> {
    let _held = key_file::hold(path)?;
    let mut keys = key_file::read(Some(path))?;
    let was_begun = keys.are_several();
    if extent == Extent::Whole {
        // Looked at again when the time comes; here, so that a wrong file stays as it is.
        perform(app, &Fits { keys: keys.clone() }).await?;
    }
    if !was_begun {
        keys = keys.with(key_file::random_key()?);
        key_file::replace(path, &keys)?;
    }
    let mut rotated = Rotated {
        key: keys.newest().id.clone(),
        was_begun,
        secrets: 0,
    };
    if extent == Extent::Prepare {
        return Ok(rotated);
    }
    let key = keys.newest().clone();
    key_file::settle(path)?;
    perform(app, &Turn { keys: keys.clone() }).await?;
    loop {
        let keys = keys.clone();
        let resealed = perform(app, &Reseal { keys }).await?;
        rotated.secrets += resealed.secrets;
        if resealed.secrets + resealed.inputs == 0 {
            break;
        }
    }
    let (id, secrets) = (key.id.clone(), rotated.secrets);
    perform(app, &Finish { id, secrets }).await?;
    key_file::replace(path, &Keys::one(key))?;
    Ok(rotated)
}

/// Whether the file has the key that counts.
struct Fits {
    keys: Keys,
}

impl Verb for Fits {
    type Output = ();
    type Error = KeyTrouble;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), KeyTrouble> {
        keys::has_current(tx, &self.keys).await
    }

    fn store_error(error: &KeyTrouble) -> Option<&StoreError> {
        of_store(error)
    }
}

/// From here on, everybody seals under the newest of these keys.
struct Turn {
    keys: Keys,
}

impl Verb for Turn {
    type Output = ();
    type Error = KeyTrouble;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), KeyTrouble> {
        keys::has_current(tx, &self.keys).await?;
        let key = self.keys.newest();
        store::secrets::turn_to_key(tx, keys::introduce(key)?).await?;
        store::audit::insert(tx, (BY, "secret.turn_to_key", &key.id), json!({}));
        Ok(())
    }

    fn store_error(error: &KeyTrouble) -> Option<&StoreError> {
        of_store(error)
    }
}

/// How many were sealed anew: secrets, and executions with secret inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Resealed {
    secrets: usize,
    inputs: usize,
}

/// Seals some of the secrets anew that are still under an older key, and some of the secret inputs.
struct Reseal {
    keys: Keys,
}

impl Verb for Reseal {
    type Output = Resealed;
    type Error = KeyTrouble;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Resealed, KeyTrouble> {
        let key = self.keys.newest();
        let secrets = store::secrets::lock_others(tx, &key.id, BATCH).await?;
        let count = secrets.len();
        for mut secret in secrets {
            let value = keys::open_with(&self.keys, &secret)?;
            secret.bytes = key.seal(secret.subject(), value.as_bytes(), keys::random()?);
            secret.key_id.clone_from(&key.id);
            store::secrets::reseal(tx, &secret).await?;
        }
        let inputs = store::secret_inputs::lock_others(tx, &key.id, BATCH).await?;
        let others = inputs.len();
        for mut inputs in inputs {
            let text = keys::open_inputs(&self.keys, &inputs)?;
            let of = store::secret_inputs::subject(inputs.execution);
            inputs.bytes = key.seal(of, &text, keys::random()?);
            inputs.key_id.clone_from(&key.id);
            store::secret_inputs::reseal(tx, &inputs).await?;
        }
        if count + others > 0 {
            let detail = json!({"secrets": count, "inputs": others});
            store::audit::insert(tx, (BY, "secret.seal_anew", &key.id), detail);
        }
        Ok(Resealed {
            secrets: count,
            inputs: others,
        })
    }

    fn store_error(error: &KeyTrouble) -> Option<&StoreError> {
        of_store(error)
    }
}

/// Forgets the older keys.
struct Finish {
    id: String,
    secrets: usize,
}

impl Verb for Finish {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::secrets::forget_keys(tx).await?;
        let detail = json!({"secrets": self.secrets});
        store::audit::insert(tx, (BY, "secret.forget_keys", &self.id), detail);
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

fn of_store(error: &KeyTrouble) -> Option<&StoreError> {
    match error {
        KeyTrouble::Store(error) => Some(error),
        KeyTrouble::File(_)
        | KeyTrouble::WrongFile(_)
        | KeyTrouble::Broken(_)
        | KeyTrouble::BrokenInputs => None,
    }
}

/// Makes the key file with its first key.
pub(crate) fn begin(path: &Path) -> Result<String, KeyFileError> {
    key_file::create(path).map(|keys| keys.newest().id.clone())
}
