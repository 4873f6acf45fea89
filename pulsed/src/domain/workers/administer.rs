//! What operators change of workers: their name and labels, a restart, their end.

use jiff::Timestamp;
use pulse_api::WorkerId;
use pulse_workflow::{is_label_key, text::is_line};
use serde_json::{Value, json};

use crate::{
    app::App,
    domain::{
        Verb,
        engine::EngineError,
        jobs::end::{self, Evidence},
    },
    model::{
        wake::Wake,
        worker::{RestartScope, is_valid_name},
    },
    store::{self, StoreError, Tx, workers::Patch},
};

/// Changes what is known of a worker.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) worker: WorkerId,
    pub(crate) groups: Option<Vec<String>>,
    pub(crate) labels: Option<Value>,
    pub(crate) name: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) by: String,
}

/// Why a worker was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChangeError {
    #[error("no such worker")]
    Unknown,
    #[error("{0} is not a valid name")]
    Name(String),
    #[error("no selector can name a label `{0}`: a key is made of letters, digits and -_./:@+*")]
    Label(String),
    #[error("the value of the label `{0}` holds control characters, or some that turn text around")]
    LabelValue(String),
    #[error("a worker called {0} exists already")]
    NameTaken(String),
    #[error("there is no region {0}")]
    UnknownRegion(String),
    #[error("could not change the worker")]
    Store(#[from] StoreError),
}

impl Verb for Change {
    type Output = ();
    type Error = ChangeError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), ChangeError> {
        let names = self.name.iter().chain(self.groups.iter().flatten());
        if let Some(bad) = names.into_iter().find(|name| !is_valid_name(name)) {
            return Err(ChangeError::Name(bad.clone()));
        }
        let labels = self.labels.as_ref().and_then(Value::as_object);
        // One that has such a key from earlier times can still lose it.
        let given = labels.into_iter().flatten();
        for (key, value) in given.filter(|(_, value)| !value.is_null()) {
            if !is_label_key(key) {
                return Err(ChangeError::Label(key.clone()));
            }
            if !value.as_str().is_none_or(is_line) {
                return Err(ChangeError::LabelValue(key.clone()));
            }
        }
        if let Some(region) = &self.region
            && (region.contains('\0') || !store::regions::exists(tx, region).await?)
        {
            return Err(ChangeError::UnknownRegion(region.clone()));
        }
        let patch = Patch {
            groups: self.groups.clone(),
            labels: self.labels.clone(),
            name: self.name.clone(),
            region: self.region.clone(),
        };
        let found = store::workers::patch(tx, self.worker, patch)
            .await
            .map_err(|error| match (error, &self.name) {
                (StoreError::Taken { .. }, Some(name)) => ChangeError::NameTaken(name.clone()),
                (error, _) => ChangeError::Store(error),
            })?;
        if !found {
            return Err(ChangeError::Unknown);
        }
        let detail = json!({"name": self.name, "groups": self.groups, "labels": self.labels, "region": self.region});
        let subject = self.worker.to_string();
        store::audit::insert(tx, (&self.by, "worker.change", &subject), detail);
        Ok(())
    }

    fn store_error(error: &ChangeError) -> Option<&StoreError> {
        match error {
            ChangeError::Store(error) => Some(error),
            ChangeError::Unknown
            | ChangeError::Name(_)
            | ChangeError::Label(_)
            | ChangeError::LabelValue(_)
            | ChangeError::NameTaken(_)
            | ChangeError::UnknownRegion(_) => None,
        }
    }
}

/// Asks for a restart of a worker's agent.
#[derive(Debug, Clone)]
pub(crate) struct Restart {
    pub(crate) worker: WorkerId,
    pub(crate) scope: RestartScope,
    pub(crate) by: String,
}

impl Verb for Restart {
    /// Whether its agent is connected, so that there is one to restart.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        let asked = store::workers::ask_restart(tx, &[self.worker], self.scope).await?;
        if asked.is_empty() {
            return Ok(false);
        }
        let subject = self.worker.to_string();
        let detail = json!({"scope": self.scope.as_str()});
        store::audit::insert(tx, (&self.by, "worker.restart", &subject), detail);
        tx.wake(Wake::Worker(self.worker));
        Ok(true)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Forgets a wish for a restart that the worker of a session does not fulfil.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ForgetRestart {
    pub(crate) worker: WorkerId,
    pub(crate) epoch: i64,
    /// Which wish it is; one that was made since stays.
    pub(crate) wanted_at: Option<Timestamp>,
}

impl Verb for ForgetRestart {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::workers::forget_restart(tx, (self.worker, self.epoch), self.wanted_at).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Whether a worker is removed while jobs are in its hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhileBusy {
    /// They are lost.
    Remove,
    Refuse,
}

/// Why a worker was not removed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RemoveError {
    #[error("{0} jobs are in the worker's hands")]
    Busy(i64),
    #[error("could not end the worker's jobs")]
    Engine(#[from] EngineError),
    #[error("could not remove the worker")]
    Store(#[from] StoreError),
}

/// Ends the jobs of a worker that was removed; a crash in between leaves that to the sweep.
pub(crate) async fn end_jobs_of_removed(app: &App, worker: WorkerId) -> Result<(), EngineError> {
    let gone = Evidence::WorkersGone(vec![worker], "worker_removed");
    end::jobs(app, gone).await?;
    Ok(())
}

/// Removes a worker: its credential is worthless from now on, its jobs are lost.
#[derive(Debug)]
pub(crate) struct Remove<'a> {
    pub(crate) worker: WorkerId,
    pub(crate) by: &'a str,
    pub(crate) while_busy: WhileBusy,
}

impl Verb for Remove<'_> {
    /// Whether there was such a worker.
    type Output = bool;
    type Error = RemoveError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, RemoveError> {
        // Under the lock that every offer to this worker needs.
        let in_hand = store::workers::life::hold_for_removal(tx, self.worker).await?;
        if self.while_busy == WhileBusy::Refuse && in_hand > 0 {
            return Err(RemoveError::Busy(in_hand));
        }
        let removed = store::workers::life::remove(tx, self.worker).await?;
        store::workers::credentials::revoke(tx, self.worker).await?;
        if removed {
            let subject = self.worker.to_string();
            store::audit::insert(tx, (self.by, "worker.remove", &subject), json!({}));
        }
        tx.wake(Wake::Worker(self.worker));
        Ok(removed)
    }

    fn store_error(error: &RemoveError) -> Option<&StoreError> {
        match error {
            RemoveError::Store(error) => Some(error),
            RemoveError::Engine(error) => error.store(),
            RemoveError::Busy(_) => None,
        }
    }
}
