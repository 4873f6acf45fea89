//! Running an execution again, as a new one that names the old.

use pulse_api::{ExecutionId, status::JobStatus};
use serde_json::Value;

use super::start::{Beginning, StartError, Started};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError, Fleet},
    },
    model::{
        changes::Changes,
        execution::Origin,
        grant::{Reach, Right},
    },
    store::{self, StoreError, Tx},
};

/// Which workers a retry runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    /// Wherever the document says.
    EveryTarget,
    /// Only where jobs did not succeed, for steps that name no targets of their own.
    FailedWorkers,
}

/// Runs an execution again with the same document and inputs.
#[derive(Debug, Clone)]
pub(crate) struct Retry {
    pub(crate) execution: ExecutionId,
    pub(crate) on: On,
    pub(crate) by: String,
    pub(crate) reach: Reach,
}

/// Why it was not run again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RetryError {
    #[error("no such execution")]
    Unknown,
    #[error("the execution has not ended yet")]
    StillRunning,
    #[error("every job of the execution succeeded")]
    NothingFailed,
    #[error(transparent)]
    Start(#[from] StartError),
}

impl From<StoreError> for RetryError {
    fn from(error: StoreError) -> Self {
        Self::Start(StartError::Engine(EngineError::Store(error)))
    }
}

impl Verb for Retry {
    type Output = Started;
    type Error = RetryError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Started, RetryError> {
        let origin = store::executions::origin(tx, self.execution).await?;
        let origin = origin.ok_or(RetryError::Unknown)?;
        if !store::executions::allows(tx, self.execution, (&self.reach, Right::Run)).await? {
            return Err(RetryError::Start(StartError::Forbidden));
        }
        if origin.is_live {
            return Err(RetryError::StillRunning);
        }
        let targets = match self.on {
            On::EveryTarget => origin.targets,
            On::FailedWorkers => Some(failed_workers(tx, self.execution).await?),
        };
        let inputs = match origin.inputs {
            Value::Object(inputs) => inputs,
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => serde_json::Map::new(),
        };
        let workflow = engine::workflow(app, tx, &origin.definition)
            .await
            .map_err(StartError::Engine)?;
        let beginning = Beginning {
            id: ExecutionId::new(),
            workflow_name: origin.workflow_name,
            definition: origin.definition,
            started_by: self.by.clone(),
            inputs,
            targets,
            origin: Origin {
                workflow: origin.workflow,
                reason: Some(format!("retry of #{}", origin.number)),
                timeout_ms: workflow.timeout_ms,
                retry_of: Some(origin.number),
            },
            workflow,
            only_on: None,
            undo_of: None,
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

    fn store_error(error: &RetryError) -> Option<&StoreError> {
        match error {
            RetryError::Start(error) => error.store(),
            RetryError::Unknown | RetryError::StillRunning | RetryError::NothingFailed => None,
        }
    }
}

/// The names of the workers on which a job's last attempt did not succeed.
async fn failed_workers(tx: &mut Tx, execution: ExecutionId) -> Result<Value, RetryError> {
    let standings = store::jobs::standings(tx, &[execution], None).await?;
    let mut names: Vec<String> = standings
        .into_iter()
        .filter(|standing| standing.status != JobStatus::Succeeded)
        .map(|standing| standing.core.worker_name)
        .collect();
    names.sort();
    names.dedup();
    if names.is_empty() {
        return Err(RetryError::NothingFailed);
    }
    Ok(Value::from(names))
}
