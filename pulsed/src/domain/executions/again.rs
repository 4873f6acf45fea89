//! Starting a new execution from an earlier one: what a retry and an undo have in common.

use pulse_api::ExecutionId;

use super::{
    carry::Carried,
    start::{Beginning, Start, StartError, Started, check},
};
use crate::{
    app::App,
    domain::{
        engine::{self, Fleet},
        places::Groups,
        secret_inputs::{self, SecretInputs},
        windows::Windows,
    },
    model::{
        changes::Changes,
        execution,
        grant::{Reach, Right},
    },
    store::{self, StoreError, Tx, executions::StartedWith, places::Wanted, workflows::Name},
};

/// What the new execution is to the earlier one.
#[derive(Debug)]
pub(super) enum Purpose {
    Retry {
        windows: Windows,
        why: Option<String>,
        secrets: SecretInputs,
    },
    Undo {
        secrets: SecretInputs,
    },
}

/// Why an execution is not one to start from.
pub(super) enum Unfit {
    Unknown,
    StillRunning,
    Start(StartError),
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        Self::Start(error.into())
    }
}

/// What an execution that has ended was started with, for who may run it.
pub(super) async fn origin(
    tx: &mut Tx,
    execution: ExecutionId,
    reach: &Reach,
) -> Result<StartedWith, Unfit> {
    let origin = store::executions::origin(tx, execution).await?;
    let origin = origin.ok_or(Unfit::Unknown)?;
    if !store::executions::allows(tx, execution, (reach, Right::Run)).await? {
        return Err(Unfit::Start(StartError::Forbidden));
    }
    if origin.is_live {
        return Err(Unfit::StillRunning);
    }
    Ok(origin)
}

/// Starts an execution of the same document with the same inputs.
pub(super) async fn start(
    app: &App,
    tx: &mut Tx,
    (mut origin, purpose, (by, reach)): (StartedWith, Purpose, (&str, Option<&Reach>)),
    carried: Option<Carried>,
) -> Result<Started, StartError> {
    let workflow = engine::workflow_with(app, tx, (&origin.definition, &origin.inputs)).await?;
    let id = ExecutionId::new();
    let (Purpose::Retry { secrets, .. } | Purpose::Undo { secrets }) = &purpose;
    let secrets = secret_inputs::again(app, tx, (&mut origin, &workflow), secrets).await?;
    let name = origin.workflow_name.as_deref();
    check::secrets(app, tx, (&workflow, name, reach)).await?;
    let secrets = secret_inputs::seal(app, tx, (id, &secrets)).await?;
    let of = Some(origin.number);
    let taken = carried
        .as_ref()
        .map(|carried| (carried.from, carried.paths()));
    if let (Purpose::Retry { .. }, Some((id, _))) = (&purpose, origin.workflow) {
        // A workflow that was deleted since is not paused.
        let newest = store::workflows::version(tx, &Name::Id(id), None).await?;
        newest.as_ref().map_or(Ok(()), check::pause)?;
    }
    let number = origin.number;
    let (reason, windows) = match &purpose {
        Purpose::Retry { windows, why, .. } => {
            let why = why.as_ref().map(|why| format!(": {why}"));
            let reason = format!("retry of #{number}{}", why.unwrap_or_default());
            (reason, *windows)
        }
        Purpose::Undo { .. } => (format!("undo of #{number}"), Windows::Obeyed),
    };
    let (retry_of, undo_of) = match purpose {
        Purpose::Retry { .. } => (of, None),
        Purpose::Undo { .. } => (None, of),
    };
    let beginning = Beginning {
        id,
        workflow_name: origin.workflow_name,
        definition: origin.definition,
        started_by: by.to_owned(),
        inputs: origin.inputs,
        secrets,
        targets: origin.targets,
        origin: execution::Origin {
            workflow: origin.workflow,
            reason: Some(reason),
            timeout_ms: workflow.timeout_ms,
            retry_of,
            parent_step: None,
            reach: reach.filter(|_| workflow.may_start_others()).cloned(),
        },
        workflow,
        only_on: None,
        undo_of,
        parent: None,
        carried,
        place: None,
        windows,
    };
    let started = begin(app, tx, beginning, Changes::default()).await?;
    if let Some((from, paths)) = taken {
        store::steps::complete_taken_over(tx, (from, started.execution_id), paths);
    }
    Ok(started)
}

/// Starts something within the transaction of a verb; refused, it has written nothing.
pub(in crate::domain) async fn start_within(
    app: &App,
    tx: &mut Tx,
    (start, place): (&Start, Option<Wanted>),
) -> Result<Started, StartError> {
    let mut changes = Changes::default();
    let mut beginning = start.resolve(app, tx, &mut changes).await?;
    beginning.place = place;
    begin(app, tx, beginning, changes).await
}

async fn begin(
    app: &App,
    tx: &mut Tx,
    beginning: Beginning,
    mut changes: Changes,
) -> Result<Started, StartError> {
    let reserved = store::executions::reserve(tx, 1, &[]).await?;
    let number = reserved.numbers.first().copied().ok_or(StoreError::Stale)?;
    let started = Started {
        execution_id: beginning.id,
        number,
    };
    let deed = beginning.deed();
    let mut fleet = Fleet::default();
    let run = beginning
        .begin(
            tx,
            number,
            (&mut fleet, &mut Groups::default(), &mut changes),
        )
        .await?;
    store::audit::insert_all(tx, vec![deed]);
    engine::finish(app, tx, (vec![run], changes));
    Ok(started)
}
