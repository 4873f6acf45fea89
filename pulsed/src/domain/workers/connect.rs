//! Sessions of agents: opening, closing, and noticing which are void.

use pulse_api::{
    JobId, WorkerId,
    frames::{self, Claim, ExecuteCommand, WorkerConnect},
    http::workers::HostMark,
    status::JobStatus,
};

use serde_json::Value;

use crate::{
    app::App,
    domain::Verb,
    model::{wake::Wake, worker::Wanted},
    store::{self, StoreError, Tx, workers::life::Says},
};

/// Opens a session: from now on offers go through it, and older sessions are void.
#[derive(Debug)]
pub(crate) struct Connect<'a> {
    pub(crate) worker: WorkerId,
    pub(crate) hello: &'a WorkerConnect,
    /// What the host says of itself beside its first frame.
    pub(crate) mark: Option<&'a HostMark>,
}

/// A session that was opened.
pub(crate) struct Opened {
    pub(crate) epoch: i64,
    pub(crate) name: String,
    pub(crate) wanted: Wanted,
    /// Attempts that the agent holds, but that have ended here.
    pub(crate) kill: Vec<Claim>,
    /// What a worker that cannot name jobs was asked to do over an earlier session.
    pub(crate) asked: Vec<ExecuteCommand>,
    /// Attempts that run by the table, but that the agent does not know of.
    pub(crate) forgotten: Vec<(JobId, u32)>,
}

impl Verb for Connect<'_> {
    /// `None` when the worker was cleaned up or removed.
    type Output = Option<Opened>;
    type Error = StoreError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Option<Opened>, StoreError> {
        let hello = self.hello;
        let says = Says {
            slots: hello.slots,
            boot_id: hello.boot_id.as_deref(),
            version: hello.version.as_deref(),
            executor_version: hello.executor_version.as_deref(),
            capabilities: hello.capabilities.clone(),
            function_blocks: hello.function_blocks.clone().map(Value::Array),
            link: hello.link.as_deref(),
            mark: self.mark,
            protocol: hello.protocol,
            stays_drained: hello.stays_drained,
        };
        let Some(session) =
            store::workers::life::connect(tx, (self.worker, app.server()), says).await?
        else {
            return Ok(None);
        };
        let Some(wanted) = store::workers::wanted(tx, self.worker).await? else {
            return Ok(None);
        };
        let table = store::jobs::in_hand(tx, self.worker, &hello.running).await?;
        let standing = |claim: &Claim| {
            table.iter().find(|known| {
                known.claim.job_id == claim.job_id && known.claim.attempt == claim.attempt
            })
        };
        let has_ended =
            |claim: &&Claim| standing(claim).is_none_or(|known| known.status.is_terminal());
        let kill = hello.running.iter().filter(has_ended).copied().collect();
        // A worker that speaks only the third seed's fields cannot list what it holds.
        let lists = hello.protocol.is_some();
        let is_known = |claim: &Claim| {
            hello
                .running
                .iter()
                .any(|own| own.job_id == claim.job_id && own.attempt == claim.attempt)
        };
        let forgotten = table
            .iter()
            .filter(|held| held.status == JobStatus::Running && !held.has_awaits)
            .filter(|held| lists && !is_known(&held.claim))
            .map(|held| (held.claim.job_id, held.claim.attempt))
            .collect();
        let asked = if lists {
            Vec::new()
        } else {
            store::jobs::offers::in_hand_of(tx, self.worker).await?
        };
        tx.wake(Wake::Queue);
        Ok(Some(Opened {
            epoch: session.epoch,
            name: session.name,
            wanted,
            kill,
            asked,
            forgotten,
        }))
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Writes what a connected worker says of itself now: what waits for it may have room, or a host.
#[derive(Debug)]
pub(crate) struct Describe {
    pub(crate) worker: WorkerId,
    pub(crate) epoch: i64,
    /// Checked.
    pub(crate) says: frames::Describe,
}

impl Verb for Describe {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let says = Says {
            slots: Some(self.says.slots),
            capabilities: Some(self.says.capabilities.clone()),
            function_blocks: Some(Value::Array(self.says.function_blocks.clone())),
            ..Says::default()
        };
        if store::workers::life::describe(tx, (self.worker, self.epoch), says).await? {
            tx.wake(Wake::Queue);
        }
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Records that a session has ended.
#[derive(Debug)]
pub(crate) struct Disconnect {
    pub(crate) worker: WorkerId,
    pub(crate) epoch: i64,
}

impl Verb for Disconnect {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::workers::life::disconnect(tx, self.worker, self.epoch).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Which of the sessions here are void: a newer one exists elsewhere, or the worker is gone.
pub(crate) async fn void(
    app: &App,
    sessions: &[(WorkerId, i64)],
) -> Result<Vec<(WorkerId, i64)>, StoreError> {
    store::workers::life::superseded(&mut app.store().read().await?, sessions).await
}
