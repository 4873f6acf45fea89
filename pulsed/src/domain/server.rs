//! This replica among the others, and housekeeping.

use std::time::Duration;

use pulse_api::http::health::{
    AgentCountView, DatabaseView, QueueView, ReplicaView, WorkerCountsView,
};
use serde_json::json;

use super::Verb;
use crate::{
    app::App,
    model::wake::Wake,
    store::{self, StoreError, Tx},
};

/// How long the database may say nothing before it is called away.
const SILENCE: Duration = Duration::from_secs(3);

/// Says that this replica lives, and learns the database's clock and the number of its peers.
pub(crate) async fn beat(app: &App) -> Result<(), StoreError> {
    let name = &app.config().server.name;
    let sessions = app.switchboard().session_count();
    let mut tx = app.store().read().await?;
    let (now, peers) = store::servers::beat(&mut tx, app.server(), name, sessions).await?;
    app.learn(now, peers);
    Ok(())
}

/// Says that this replica stops.
pub(crate) async fn leave(app: &App) -> Result<(), StoreError> {
    store::servers::leave(&mut app.store().read().await?, app.server()).await
}

/// Sends hints to the other replicas.
pub(crate) async fn hint(app: &App, wakes: &[Wake]) -> Result<(), StoreError> {
    app.store().read().await?.notify(wakes).await
}

/// Whether the database answers.
pub(crate) async fn is_database_there(app: &App) -> bool {
    let asked = async {
        let mut tx = app.store().read().await?;
        store::regions::exists(&mut tx, "").await
    };
    // One that has gone silent says nothing, not even that it is away.
    tokio::time::timeout(SILENCE, asked)
        .await
        .is_ok_and(|answer| answer.is_ok())
}

/// Looks how large the database is.
pub(crate) async fn measure(app: &App) -> Result<(), StoreError> {
    let bytes = store::servers::database_bytes(&mut app.store().read().await?).await?;
    app.meters().database_measured(bytes);
    Ok(())
}

/// Notes that somebody takes the whole database away.
#[derive(Debug)]
pub(crate) struct Backup {
    pub(crate) by: String,
}

impl Verb for Backup {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::audit::insert(tx, (&self.by, "server.backup", "server"), json!({}));
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Forgets what nobody needs any more. Without input: what is old is found here.
#[derive(Debug)]
pub(crate) struct Prune;

impl Verb for Prune {
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<usize, StoreError> {
        let events = store::events::prune(tx).await?;
        store::schedules::prune(tx).await?;
        store::sensors::prune(tx).await?;
        let told = store::notifications::prune(tx).await?;
        let renames = store::workers::renames::prune(tx).await?;
        let asks = store::workers::logs::prune(tx).await?;
        Ok(events + told + renames + asks + store::idempotency::prune(tx).await?)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// What the database knows of the whole service.
pub(crate) struct Overview {
    pub(crate) database: DatabaseView,
    pub(crate) migration: Option<String>,
    pub(crate) replicas: Vec<ReplicaView>,
    pub(crate) workers: WorkerCountsView,
    pub(crate) agents: Vec<AgentCountView>,
    pub(crate) queue: QueueView,
}

/// Looks at the whole service.
pub(crate) async fn overview(app: &App) -> Result<Overview, StoreError> {
    let mut tx = app.store().read().await?;
    let (version, migration) = store::servers::database(&mut tx).await?;
    let replicas = store::servers::list(&mut tx).await?;
    let (online, unreachable, offline) = store::workers::counts(&mut tx).await?;
    let protocols = store::workers::protocols(&mut tx).await?;
    let (pending, polled, running, oldest_ms) = store::jobs::views::queue(&mut tx).await?;
    let seconds = oldest_ms.map(|ms| Duration::from_millis(ms).as_secs_f64());
    Ok(Overview {
        database: DatabaseView {
            connected: true,
            version: Some(version),
            bytes: app.meters().database_bytes(),
        },
        migration,
        replicas: replicas
            .into_iter()
            .map(|row| Ok(serde_json::from_value(row)?))
            .collect::<Result<_, StoreError>>()?,
        workers: WorkerCountsView {
            online,
            unreachable,
            offline,
        },
        agents: protocols
            .into_iter()
            .map(|(protocol, count)| AgentCountView { protocol, count })
            .collect(),
        queue: QueueView {
            pending,
            polled,
            running,
            oldest_pending_seconds: seconds,
        },
    })
}
