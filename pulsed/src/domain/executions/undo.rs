//! Bringing back what the rollouts of an execution have changed, as a new execution.

use pulse_api::ExecutionId;
use serde_json::Value;

use super::start::{Beginning, StartError, Started};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError, Fleet},
    },
    model::{
        access::PULSE,
        changes::Changes,
        execution::Origin,
        grant::{Reach, Right},
    },
    store::{self, StoreError, Tx},
};

/// Undoes the rollouts of an execution that has ended: on each host that had begun, the rollbacks
/// run where the commands stood, newest first, and its agent is treated as it was before.
#[derive(Debug, Clone)]
pub(crate) struct Undo {
    pub(crate) execution: ExecutionId,
    pub(crate) reach: Reach,
    pub(crate) by: String,
}

/// Why nothing was undone.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UndoError {
    #[error("no such execution")]
    Unknown,
    #[error("the execution has not ended yet")]
    StillRunning,
    #[error("the execution has rolled nothing out")]
    NothingToUndo,
    #[error(transparent)]
    Start(#[from] StartError),
}

impl UndoError {
    /// The failure of the store, where it is one.
    fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Start(error) => error.store(),
            Self::Unknown | Self::StillRunning | Self::NothingToUndo => None,
        }
    }
}

impl From<StoreError> for UndoError {
    fn from(error: StoreError) -> Self {
        Self::Start(StartError::Engine(EngineError::Store(error)))
    }
}

/// Starts the execution that undoes one that has ended.
async fn begin(
    app: &App,
    tx: &mut Tx,
    (origin, by): (store::executions::Origin, String),
) -> Result<Started, UndoError> {
    let inputs = match origin.inputs {
        Value::Object(inputs) => inputs,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            serde_json::Map::new()
        }
    };
    let workflow = engine::workflow(app, tx, &origin.definition)
        .await
        .map_err(StartError::Engine)?;
    let beginning = Beginning {
        id: ExecutionId::new(),
        workflow_name: origin.workflow_name,
        definition: origin.definition,
        started_by: by,
        inputs,
        targets: origin.targets,
        origin: Origin {
            workflow: origin.workflow,
            reason: Some(format!("undo of #{}", origin.number)),
            timeout_ms: workflow.timeout_ms,
            retry_of: None,
        },
        workflow,
        only_on: None,
        undo_of: Some(origin.number),
    };
    let reserved = store::executions::reserve(tx, 1, &[]).await?;
    let number = reserved.numbers.first().copied().ok_or(StoreError::Stale)?;
    let started = Started {
        execution_id: beginning.id,
        number,
    };
    let (mut fleet, mut changes) = (Fleet::default(), Changes::default());
    store::audit::insert_all(tx, vec![beginning.deed()]);
    let run = beginning
        .begin(tx, number, (&mut fleet, &mut changes))
        .await?;
    engine::finish(app, tx, (vec![run], changes), reserved.now);
    Ok(started)
}

/// Brings back what an execution has rolled out, where its document says that this is to happen by itself.
#[derive(Debug)]
pub(crate) struct RollBack(pub(crate) ExecutionId);

impl Verb for RollBack {
    type Output = ();
    type Error = UndoError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), UndoError> {
        if !store::rollouts::take_rollback(tx, self.0).await? {
            return Ok(());
        }
        let origin = store::executions::origin(tx, self.0).await?;
        let origin = origin.ok_or(UndoError::Unknown)?;
        begin(app, tx, (origin, PULSE.to_owned())).await?;
        Ok(())
    }

    fn store_error(error: &UndoError) -> Option<&StoreError> {
        error.store()
    }
}

impl Verb for Undo {
    type Output = Started;
    type Error = UndoError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Started, UndoError> {
        let origin = store::executions::origin(tx, self.execution).await?;
        let origin = origin.ok_or(UndoError::Unknown)?;
        if !store::executions::allows(tx, self.execution, (&self.reach, Right::Run)).await? {
            return Err(UndoError::Start(StartError::Forbidden));
        }
        if origin.is_live {
            return Err(UndoError::StillRunning);
        }
        let is_undo = origin.undo_of.is_some();
        if is_undo || store::rollouts::of(tx, &[self.execution]).await?.is_empty() {
            return Err(UndoError::NothingToUndo);
        }
        // Whoever asks first does it: what was to happen by itself happens now.
        store::rollouts::take_rollback(tx, self.execution).await?;
        begin(app, tx, (origin, self.by.clone())).await
    }

    fn store_error(error: &UndoError) -> Option<&StoreError> {
        error.store()
    }
}
