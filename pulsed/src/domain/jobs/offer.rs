//! Offering waiting jobs, and taking back offers that nobody took.

use pulse_api::{WorkerId, agent_log::ReadLog, frames::ExecuteCommand, probe::Check};

use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
    },
    model::{changes::Changes, changes::News, wake::Wake, worker::Wanted},
    store::{self, StoreError, Tx, jobs::offers::CancelWish},
};

/// Offers waiting jobs to workers with room. Without input: who has room is read here.
#[derive(Debug)]
pub(crate) struct OfferWaiting;

impl Verb for OfferWaiting {
    /// How many offers were made.
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<usize, StoreError> {
        let offers = store::jobs::offers::claim(tx, app.config().jobs.offer_ttl_ms).await?;
        let count = offers.len();
        for command in offers {
            tx.tell(News::Offer(command.worker_id, Box::new(command)));
        }
        Ok(count)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Takes back offers that have expired: the jobs wait again, no attempt is used.
#[derive(Debug)]
pub(crate) struct WithdrawExpired;

impl Verb for WithdrawExpired {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let expired = store::jobs::expired_offers(tx).await?;
        let mut changes = Changes::default();
        for job in expired {
            if let Some(change) = job.withdraw() {
                changes.jobs.push(change);
                tx.wake(Wake::Queue);
            }
        }
        if !changes.jobs.is_empty() {
            engine::finish(app, tx, (Vec::new(), changes));
        }
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// What sessions have to send now.
pub(crate) struct Outbox {
    pub(crate) offers: Vec<ExecuteCommand>,
    pub(crate) cancels: Vec<CancelWish>,
    /// What is wanted of the workers, where it changed lately or one was asked about.
    pub(crate) wanted: Vec<(WorkerId, Wanted)>,
    /// The looks that the workers are to take.
    pub(crate) checks: Vec<(WorkerId, Check)>,
    /// What people want to see of the agents' own logs.
    pub(crate) logs: Vec<(WorkerId, ReadLog)>,
}

/// Reads what is true now for one worker.
pub(crate) async fn outbox(app: &App, worker: WorkerId) -> Result<Outbox, StoreError> {
    let mut tx = app.store().read().await?;
    let offers = store::jobs::offers::live_of(&mut tx, worker).await?;
    let cancels = store::jobs::offers::cancels_of(&mut tx, worker).await?;
    let wanted = store::workers::wanted(&mut tx, worker).await?;
    let checks = store::monitors::checks::open_of(&mut tx, worker).await?;
    let logs = store::workers::logs::open_of(&mut tx, worker).await?;
    Ok(Outbox {
        offers,
        cancels,
        wanted: wanted.map(|wanted| (worker, wanted)).into_iter().collect(),
        checks: checks.into_iter().map(|check| (worker, check)).collect(),
        logs,
    })
}

/// Reads what is true now for every worker whose session is on this replica.
pub(crate) async fn outbox_of_server(app: &App) -> Result<Outbox, StoreError> {
    let mut tx = app.store().read().await?;
    let offers = store::jobs::offers::live_of_server(&mut tx, app.server()).await?;
    let cancels = store::jobs::offers::cancels_of_server(&mut tx, app.server()).await?;
    let wanted = store::workers::wanted_of_server(&mut tx, app.server()).await?;
    let checks = store::monitors::checks::open_of_server(&mut tx, app.server()).await?;
    let logs = store::workers::logs::open_of_server(&mut tx, app.server()).await?;
    Ok(Outbox {
        offers,
        cancels,
        wanted,
        checks,
        logs,
    })
}
