//! Rotating what workers prove themselves with, and locking out the two ends of a copy.

use pulse_api::{
    WorkerId,
    http::workers::{CloneView, FreshCredential, HostMark},
};
use serde_json::json;

use super::enroll::credential;
use crate::{
    app::App,
    domain::Verb,
    model::{credential::Shown, wake::Wake},
    store::{self, StoreError, Tx},
};

/// Gives out the next generation of a worker's credential.
///
/// The one in force stays good until the new one is used for the first time.
#[derive(Debug)]
pub(crate) struct Rotate(pub(crate) WorkerId);

/// Why no credential was given out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RotateError {
    #[error("no credential of this worker is in force")]
    NoneInForce,
    #[error("no randomness to be had")]
    Random,
    #[error("could not store the credential")]
    Store(#[from] StoreError),
}

impl Verb for Rotate {
    type Output = FreshCredential;
    type Error = RotateError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<FreshCredential, RotateError> {
        let fresh = credential().map_err(|_| RotateError::Random)?;
        let new = (fresh.id, fresh.secret_sha256);
        let generation = store::workers::credentials::give_out(tx, self.0, new).await?;
        let generation = generation.ok_or(RotateError::NoneInForce)?;
        let subject = self.0.to_string();
        let detail = json!({"generation": generation});
        store::audit::insert(tx, (&subject, "credential.rotate", &subject), detail);
        Ok(FreshCredential {
            credential: fresh.text,
            generation,
        })
    }

    fn store_error(error: &RotateError) -> Option<&StoreError> {
        match error {
            RotateError::Store(error) => Some(error),
            RotateError::NoneInForce | RotateError::Random => None,
        }
    }
}

/// Puts a fresh credential into force, because it was used.
#[derive(Debug)]
pub(crate) struct Use(pub(crate) Shown);

impl Verb for Use {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::workers::credentials::promote(tx, self.0).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Locks out everybody who has a worker's credential, because a superseded one was shown.
#[derive(Debug)]
pub(crate) struct LockOut<'a> {
    pub(crate) worker: WorkerId,
    /// Who showed it.
    pub(crate) other: &'a HostMark,
}

impl Verb for LockOut<'_> {
    /// Who the two were; `None` for a worker that is gone.
    type Output = Option<CloneView>;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Option<CloneView>, StoreError> {
        if let Some(known) =
            store::workers::credentials::lock_out(tx, self.worker, self.other).await?
        {
            let subject = self.worker.to_string();
            let detail = json!({"known": known, "other": self.other});
            store::audit::insert(tx, (&subject, "credential.cloned", &subject), detail);
            tracing::error!(
                worker.id = %self.worker,
                known = ?known,
                other = ?self.other,
                "one credential is used by two hosts: both are locked out"
            );
            tx.wake(Wake::Worker(self.worker));
        }
        let clone = store::workers::credentials::clone_of(tx, self.worker).await?;
        Ok(clone.map(serde_json::from_value).transpose()?)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Asks a worker for a new credential.
#[derive(Debug, Clone)]
pub(crate) struct AskRotation {
    pub(crate) worker: WorkerId,
    pub(crate) by: String,
}

impl Verb for AskRotation {
    /// Whether it has one in force.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        if !store::workers::credentials::ask(tx, self.worker).await? {
            return Ok(false);
        }
        let subject = self.worker.to_string();
        store::audit::insert(
            tx,
            (&self.by, "credential.ask_rotation", &subject),
            json!({}),
        );
        tx.wake(Wake::Worker(self.worker));
        Ok(true)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Asks the connected workers whose credential has become old. Without input: who is due is read
/// here.
#[derive(Debug)]
pub(crate) struct AskDue;

impl Verb for AskDue {
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<usize, StoreError> {
        let older_ms = app.config().workers.rotate_credential_after_ms;
        let due = store::workers::credentials::ask_due(tx, older_ms).await?;
        for worker in &due {
            tx.wake(Wake::Worker(*worker));
        }
        Ok(due.len())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
