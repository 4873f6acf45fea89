//! What operators want of workers: drain, resume, rename, remove.

use pulse_api::{WorkerId, status::AdminState};
use serde_json::{Value, json};

use crate::{
    app::App,
    domain::{
        Verb,
        engine::EngineError,
        jobs::end::{EndJobs, Evidence},
        perform,
    },
    model::{changes::News, wake::Wake, worker::is_valid_name},
    store::{self, StoreError, Tx, workers::Patch},
};

/// Says what is wanted of a worker.
#[derive(Debug, Clone)]
pub(crate) struct SetAdminState {
    pub(crate) worker: WorkerId,
    pub(crate) state: AdminState,
    pub(crate) reason: Option<String>,
    pub(crate) by: String,
}

impl Verb for SetAdminState {
    /// Whether there is such a worker.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        let found = store::workers::administer(tx, self.worker, self.state).await?;
        if found {
            let detail = json!({"state": self.state, "reason": self.reason});
            let subject = self.worker.to_string();
            store::audit::insert(tx, (&self.by, "worker.admin_state", &subject), detail);
            if self.state != AdminState::Active {
                tx.tell(News::Drain);
            }
            tx.wake(Wake::Worker(self.worker));
            tx.wake(Wake::Queue);
        }
        Ok(found)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

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
            | ChangeError::NameTaken(_)
            | ChangeError::UnknownRegion(_) => None,
        }
    }
}

/// Removes a worker: its credential is worthless from now on, its jobs are lost.
///
/// Gives whether there was such a worker.
pub(crate) async fn remove(app: &App, worker: WorkerId, by: &str) -> Result<bool, EngineError> {
    let removed = perform(app, &Remove { worker, by }).await?;
    perform(
        app,
        &EndJobs(Evidence::WorkersGone(vec![worker], "worker_removed")),
    )
    .await?;
    Ok(removed)
}

struct Remove<'a> {
    worker: WorkerId,
    by: &'a str,
}

impl Verb for Remove<'_> {
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        let removed = store::workers::life::remove(tx, self.worker).await?;
        store::workers::identity::revoke_credentials(tx, self.worker).await?;
        if removed {
            let subject = self.worker.to_string();
            store::audit::insert(tx, (self.by, "worker.remove", &subject), json!({}));
        }
        tx.wake(Wake::Worker(self.worker));
        Ok(removed)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
