//! Letting nothing of a workflow start, for a while or for good.

use pulse_api::WorkflowId;
use serde_json::json;

use super::is_seen;
use crate::{
    app::App,
    domain::Verb,
    model::{
        grant::{Reach, Right},
        wake::Wake,
    },
    store::{self, StoreError, Tx, workflows::Name},
};

/// Deletes a workflow; its history stays.
#[derive(Debug, Clone)]
pub(crate) struct Delete {
    pub(crate) name: Name,
    pub(crate) by: String,
}

impl Verb for Delete {
    /// Whether there was such a workflow.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        let deleted = store::workflows::delete(tx, &self.name).await?;
        if let Some(name) = &deleted {
            store::schedules::cut_of_deleted(tx).await?;
            store::audit::insert(tx, (&self.by, "workflow.delete", name), json!({}));
        }
        Ok(deleted.is_some())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Lets nothing of a workflow start, or lets it start again. What has begun goes on.
#[derive(Debug, Clone)]
pub(crate) struct SetPause {
    pub(crate) name: Name,
    pub(crate) pause: Pause,
    pub(crate) by: String,
    pub(crate) reach: Reach,
}

/// Whether a workflow may be started.
#[derive(Debug, Clone)]
pub(crate) enum Pause {
    Paused(Option<String>),
    Going,
}

/// Why a workflow was not paused or resumed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PauseError {
    #[error("no such workflow")]
    Unknown,
    #[error("the workflow is not yours to run")]
    Forbidden,
    #[error("could not store it")]
    Store(#[from] StoreError),
}

impl Verb for SetPause {
    type Output = WorkflowId;
    type Error = PauseError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<WorkflowId, PauseError> {
        let found = store::workflows::version(tx, &self.name, None).await?;
        let found = found.filter(|found| is_seen(found, &self.reach));
        let found = found.ok_or(PauseError::Unknown)?;
        let workflow = (Some(found.name.as_str()), found.grants.as_ref());
        if !self.reach.includes(Right::Run, workflow) {
            return Err(PauseError::Forbidden);
        }
        let (action, by, reason) = match &self.pause {
            Pause::Paused(reason) => ("workflow.pause", Some(self.by.as_str()), reason.as_deref()),
            Pause::Going => ("workflow.resume", None, None),
        };
        // Already so: whoever paused it first stays.
        if found.paused.is_some() == by.is_some() {
            return Ok(found.workflow);
        }
        store::workflows::set_pause(tx, found.workflow, (by, reason)).await?;
        tx.wake(Wake::Feed);
        // What waits for its turn gets it again.
        tx.wake(Wake::Places);
        let detail = json!({"reason": reason});
        store::audit::insert(tx, (&self.by, action, &found.name), detail);
        Ok(found.workflow)
    }

    fn store_error(error: &PauseError) -> Option<&StoreError> {
        match error {
            PauseError::Store(error) => Some(error),
            PauseError::Unknown | PauseError::Forbidden => None,
        }
    }
}

/// Waits for what was starting while its workflow was paused. A transaction after that of the pause:
/// it is not held up by what comes later, which sees the pause.
#[derive(Debug)]
pub(crate) struct AwaitStarts(pub(crate) WorkflowId);

impl Verb for AwaitStarts {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::workflows::await_starts(tx, self.0).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
