//! Bringing back what the rollouts of an execution have changed, as a new execution.

use pulse_api::ExecutionId;

use super::{
    again::{self, Purpose, Unfit},
    carry,
    start::{StartError, Started},
};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
        entries,
        once::Gives,
        secret_inputs::{self, SecretInputs},
    },
    model::{access::PULSE, changes::Changes, grant::Reach},
    store::{self, StoreError, Tx, executions::Locked},
};

pub(crate) use crate::store::executions::Undone;

/// Undoes the rollouts of an execution that has ended: on each host that had begun, the rollbacks
/// run where the commands stood, newest first, and its agent is treated as it was before.
#[derive(Debug, Clone)]
pub(crate) struct Undo {
    pub(crate) execution: ExecutionId,
    pub(crate) reach: Reach,
    pub(crate) by: String,
    /// What is given for its secret inputs.
    pub(crate) secrets: SecretInputs,
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
    #[error("the execution was undone, or is being undone")]
    Undone(Undone),
    /// Its own rollbacks ran before its end.
    #[error("what step {0:?} has done was brought back by the execution itself")]
    BroughtBack(String),
    #[error(transparent)]
    Start(#[from] StartError),
}

impl From<Unfit> for UndoError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::Unknown => Self::Unknown,
            Unfit::StillRunning => Self::StillRunning,
            Unfit::Start(error) => Self::Start(error),
        }
    }
}

impl UndoError {
    /// The failure of the store, where it is one.
    fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Start(error) => error.store(),
            Self::Unknown
            | Self::StillRunning
            | Self::NothingToUndo
            | Self::Undone(_)
            | Self::BroughtBack(_) => None,
        }
    }
}

impl From<StoreError> for UndoError {
    fn from(error: StoreError) -> Self {
        Self::Start(StartError::Engine(EngineError::Store(error)))
    }
}

/// Brings back what an execution has rolled out, where its document says that this is to happen by itself.
#[derive(Debug)]
pub(crate) struct RollBack(pub(crate) ExecutionId);

impl Verb for RollBack {
    type Output = ();
    type Error = UndoError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), UndoError> {
        let locked = store::executions::lock(tx, &[self.0]).await?;
        let wished = store::rollouts::take_rollback(tx, self.0).await?;
        if wished.is_empty() {
            return Ok(());
        }
        store::secret_inputs::wipe(tx, self.0);
        // Somebody ended it otherwise while the wish waited for its last steps.
        if locked.executions.iter().any(|found| found.stop.is_some()) {
            return Ok(());
        }
        let origin = store::executions::origin(tx, self.0).await?;
        let origin = origin.ok_or(UndoError::Unknown)?;
        let purpose = Purpose::Undo {
            secrets: SecretInputs::new(),
        };
        match again::start(app, tx, (origin, purpose, (PULSE, None)), None).await {
            Ok(_) => Ok(()),
            Err(refused) if may_pass(&refused) => Err(refused.into()),
            Err(refused) => tell(app, tx, (locked, &wished, &refused)).await,
        }
    }

    fn store_error(error: &UndoError) -> Option<&StoreError> {
        error.store()
    }
}

/// Whether it is worth trying again by itself.
fn may_pass(refused: &StartError) -> bool {
    let is_fault = matches!(refused, StartError::Engine(_));
    is_fault || refused.is_of_this_server() || refused.is_meant()
}

/// Says with the steps that were to be brought back why they are not: somebody has to put that right, and
/// undoes the execution then.
async fn tell(
    app: &App,
    tx: &mut Tx,
    (locked, wished, refused): (Locked, &[String], &StartError),
) -> Result<(), UndoError> {
    let mut runs = engine::load(app, tx, locked)
        .await
        .map_err(StartError::from)?;
    let mut changes = Changes::default();
    let why = format!("not brought back by itself: {}", refused.told());
    for run in &mut runs {
        for path in wished {
            let step = run.step(path)?;
            step.add_detail(&why);
            let entry = entries::step(step);
            changes.note(&mut run.execution, entry);
        }
    }
    engine::finish(app, tx, (runs, changes));
    Ok(())
}

impl Verb for Undo {
    type Output = Started;
    type Error = UndoError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Started, UndoError> {
        // Two who undo the same one come one after the other.
        store::executions::lock(tx, &[self.execution]).await?;
        let origin = again::origin(tx, self.execution, &self.reach).await?;
        let is_undo = origin.undo_of.is_some();
        if is_undo || store::rollouts::of(tx, &[self.execution]).await?.is_empty() {
            return Err(UndoError::NothingToUndo);
        }
        if let Some(undone) = store::executions::undone(tx, origin.number).await? {
            return Err(UndoError::Undone(undone));
        }
        let workflow = engine::workflow_with(app, tx, (&origin.definition, &origin.inputs)).await;
        let workflow = workflow.map_err(StartError::from)?;
        if let Some(step) = carry::rolled_back(tx, (self.execution, &workflow)).await? {
            return Err(UndoError::BroughtBack(step));
        }
        // Whoever asks first does it: what was to happen by itself happens now.
        store::rollouts::take_rollback(tx, self.execution).await?;
        store::secret_inputs::wipe(tx, self.execution);
        let purpose = Purpose::Undo {
            secrets: self.secrets.clone(),
        };
        Ok(again::start(
            app,
            tx,
            (origin, purpose, (&self.by, Some(&self.reach))),
            None,
        )
        .await?)
    }

    fn gives(&self) -> Gives {
        secret_inputs::gives(&self.secrets)
    }

    fn store_error(error: &UndoError) -> Option<&StoreError> {
        error.store()
    }
}
