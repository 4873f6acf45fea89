//! Running an execution again, as a new one that names the old.

use pulse_api::{ExecutionId, WorkerId, status::JobStatus};
use serde_json::Value;

use super::{
    again::{self, Purpose, Unfit},
    carry::{self, CarryError},
    start::{StartError, Started, check},
};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
        once::Gives,
        secret_inputs::{self, SecretInputs},
        windows::Windows,
    },
    model::{
        grant::{Reach, Right},
        past::Again,
    },
    store::{self, StoreError, Tx},
};

/// Which workers a retry runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum On {
    /// Wherever the document says.
    EveryTarget,
    /// Only where jobs did not succeed.
    FailedWorkers,
    /// Where the document says, but for what has run and does not run again.
    Rest(Again),
}

/// Runs an execution again with the same document and inputs.
#[derive(Debug, Clone)]
pub(crate) struct Retry {
    pub(crate) execution: ExecutionId,
    pub(crate) on: On,
    /// The id or the name of the step to begin with; those before it are taken over.
    pub(crate) from_step: Option<String>,
    pub(crate) by: String,
    pub(crate) reach: Reach,
    /// Whether the windows of its document hold it, and why not.
    pub(crate) windows: Windows,
    pub(crate) reason: Option<String>,
    /// What is given for its secret inputs.
    pub(crate) secrets: SecretInputs,
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
    #[error(
        "step {step:?} ran #{child}, which did not end well: its workers are not those of this execution"
    )]
    FailedInside { step: String, child: i64 },
    /// Each says where it begins.
    #[error("unstarted and from_step exclude each other")]
    TwoBeginnings,
    #[error("#{0} has run it again already")]
    Retried(i64),
    /// Run again, its document would roll out what it was to bring back.
    #[error("the execution undoes #{0}")]
    Undoes(i64),
    #[error(transparent)]
    Carry(#[from] CarryError),
    #[error(transparent)]
    Start(#[from] StartError),
}

impl From<StoreError> for RetryError {
    fn from(error: StoreError) -> Self {
        Self::Start(StartError::Engine(EngineError::Store(error)))
    }
}

impl From<Unfit> for RetryError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Unknown => Self::Unknown,
            Unfit::StillRunning => Self::StillRunning,
            Unfit::Start(error) => Self::Start(error),
        }
    }
}

impl Verb for Retry {
    type Output = Started;
    type Error = RetryError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Started, RetryError> {
        // Whoever goes on with what never began sees every other retry: it would begin twice.
        store::executions::lock(tx, &[self.execution]).await?;
        let mut origin = again::origin(tx, self.execution, &self.reach).await?;
        if let On::Rest(_) = self.on
            && let Some(number) = store::executions::retry_of(tx, origin.number).await?
        {
            return Err(RetryError::Retried(number));
        }
        if let Some(number) = origin.undo_of {
            return Err(RetryError::Undoes(number));
        }
        let workflow = engine::workflow_with(app, tx, (&origin.definition, &origin.inputs))
            .await
            .map_err(StartError::from)?;
        if origin.workflow_name.is_none() {
            check::commands(app, &workflow, &self.reach)?;
        }
        // What is run again may be brought back by what runs beside it.
        if workflow.has_rollbacks() {
            store::executions::lock_family(tx, self.execution).await?;
        }
        if self.on == On::FailedWorkers {
            if let Some((step, child)) = store::calls::failed(tx, self.execution).await?.pop() {
                return Err(RetryError::FailedInside { step, child });
            }
            carry::refuse_brought_back(tx, (self.execution, workflow.as_ref())).await?;
            let targets = failed_workers(tx, self.execution).await?;
            origin.targets = Some(targets);
        }
        let of = (self.execution, workflow.as_ref());
        let carried = match (&self.from_step, self.on) {
            (Some(_), On::Rest(_)) => return Err(RetryError::TwoBeginnings),
            (Some(step), On::EveryTarget | On::FailedWorkers) => {
                Some(carry::before(tx, of, step).await?)
            }
            (None, On::Rest(again)) => Some(carry::but_unstarted(tx, of, again).await?),
            (None, On::EveryTarget | On::FailedWorkers) => None,
        };
        // Whoever takes an answer over answers.
        for answered in carried.iter().flat_map(|carried| &carried.answered) {
            let may_answer = (&self.reach, Right::Answer);
            if !store::executions::allows(tx, *answered, may_answer).await? {
                return Err(StartError::Forbidden.into());
            }
        }
        let purpose = Purpose::Retry {
            windows: self.windows,
            why: self.reason.clone(),
            secrets: self.secrets.clone(),
        };
        Ok(again::start(
            app,
            tx,
            (origin, purpose, (&self.by, Some(&self.reach))),
            carried,
        )
        .await?)
    }

    fn gives(&self) -> Gives {
        secret_inputs::gives(&self.secrets)
    }

    fn store_error(error: &RetryError) -> Option<&StoreError> {
        match error {
            RetryError::Start(error) => error.store(),
            RetryError::Carry(CarryError::Store(error)) => Some(error),
            RetryError::Carry(_)
            | RetryError::Unknown
            | RetryError::StillRunning
            | RetryError::NothingFailed
            | RetryError::FailedInside { .. }
            | RetryError::TwoBeginnings
            | RetryError::Retried(_)
            | RetryError::Undoes(_) => None,
        }
    }
}

/// The workers on which a job's last attempt did not succeed, by what they are called now. One that is
/// gone is named by its id: somebody else may be called so by now.
async fn failed_workers(tx: &mut Tx, execution: ExecutionId) -> Result<Value, RetryError> {
    let standings = store::jobs::standings(tx, &[execution], None).await?;
    let mut workers: Vec<WorkerId> = standings
        .into_iter()
        .filter(|standing| standing.status != JobStatus::Succeeded)
        .map(|standing| standing.core.worker)
        .collect();
    workers.sort_unstable();
    workers.dedup();
    if workers.is_empty() {
        return Err(RetryError::NothingFailed);
    }
    let called = store::workers::renames::called(tx, &workers).await?;
    let name = |worker: &WorkerId| called.get(worker).cloned();
    let mut names: Vec<String> = workers
        .iter()
        .map(|worker| name(worker).unwrap_or_else(|| worker.to_string()))
        .collect();
    names.sort();
    Ok(Value::from(names))
}
