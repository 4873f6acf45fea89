//! Letting workers rest: draining them, the deadline of it, and taking them up again.
//!
//! A drain ends nothing and starts nothing: whoever makes an offer holds the worker's row, and
//! so does the drain, so that no offer is made after it. What was offered and not begun waits
//! again.

use pulse_api::{
    DrainId, WorkerId,
    status::{AdminState, DrainMode, OnDeadline},
};
use serde_json::json;

use crate::{
    app::App,
    domain::{
        Verb,
        engine::{self, EngineError},
    },
    model::{
        access::PULSE,
        changes::{Changes, News},
        job::Job,
        wake::Wake,
        worker::Deadline,
    },
    store::{self, StoreError, Tx, workers::drains::NewDrain},
};

/// Lets a worker finish what it has and start nothing more.
#[derive(Debug, Clone)]
pub(crate) struct Drain {
    pub(crate) worker: WorkerId,
    pub(crate) mode: DrainMode,
    pub(crate) deadline: Option<Deadline>,
    pub(crate) reason: Option<String>,
    pub(crate) by: String,
    /// Where somebody on the host has asked for it: which it is, and the session that says so. It
    /// is taken once, and changes nothing where the worker rests already.
    pub(crate) host: Option<(DrainId, i64)>,
}

impl Verb for Drain {
    /// Whether there is such a worker, and it begins to rest.
    type Output = bool;
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<bool, EngineError> {
        if let Some((id, epoch)) = self.host {
            if !store::workers::drains::take(tx, (self.worker, epoch), id).await? {
                return Ok(false);
            }
            // Taken or in vain: its agent waits for an answer.
            tx.wake(Wake::Worker(self.worker));
        }
        let seen = self.host.map(|_| AdminState::Active);
        let drain = NewDrain {
            id: self.host.map_or_else(DrainId::new, |(id, _)| id),
            mode: self.mode,
            deadline: self.deadline,
            reason: self.reason.as_deref(),
            by: &self.by,
        };
        if !store::workers::drains::begin(tx, (self.worker, seen), drain).await? {
            return Ok(false);
        }
        take_back_offers(app, tx, self.worker).await?;
        let detail = json!({
            "mode": self.mode,
            "reason": self.reason,
            "deadline_seconds": self.deadline.map(|deadline| deadline.after_seconds),
            "on_deadline": self.deadline.map(|deadline| deadline.then),
        });
        let subject = self.worker.to_string();
        store::audit::insert(tx, (&self.by, "worker.drain", &subject), detail);
        tx.tell(News::Drain);
        tx.wake(Wake::Worker(self.worker));
        Ok(true)
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// An agent that has an offer already may start it all the same, and say so under its fence.
pub(super) async fn take_back_offers(
    app: &App,
    tx: &mut Tx,
    worker: WorkerId,
) -> Result<(), StoreError> {
    let mut changes = Changes::default();
    let offers = store::jobs::offers_of(tx, worker).await?;
    changes.jobs = offers.into_iter().filter_map(Job::withdraw).collect();
    if !changes.jobs.is_empty() {
        engine::finish(app, tx, (Vec::new(), changes));
    }
    Ok(())
}

/// Lets a worker start jobs again.
#[derive(Debug, Clone)]
pub(crate) struct Resume {
    pub(crate) worker: WorkerId,
    pub(crate) by: String,
    /// Only where it is this drain that is on; whatever keeps the worker from starting jobs else.
    pub(crate) which: Option<DrainId>,
}

impl Verb for Resume {
    /// Whether there is such a worker, under the drain that is meant.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        if !store::workers::drains::end(tx, (self.worker, self.which)).await? {
            return Ok(false);
        }
        let subject = self.worker.to_string();
        store::audit::insert(tx, (&self.by, "worker.resume", &subject), json!({}));
        tx.wake(Wake::Worker(self.worker));
        tx.wake(Wake::Queue);
        Ok(true)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Does what was asked for where a drain's deadline has come. Without input: what is due is read
/// here.
#[derive(Debug)]
pub(crate) struct PassDeadlines;

impl Verb for PassDeadlines {
    /// How many deadlines came.
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<usize, StoreError> {
        let passed = store::workers::drains::pass_deadlines(tx).await?;
        let to_cancel: Vec<WorkerId> = passed
            .iter()
            .filter(|(_, then)| *then == OnDeadline::Cancel)
            .map(|(worker, _)| *worker)
            .collect();
        let cancelled = store::workers::drains::cancel_jobs(tx, &to_cancel).await?;
        for (worker, then) in &passed {
            let count = cancelled.iter().filter(|of| *of == worker).count();
            let detail = json!({"on_deadline": then, "jobs_cancelled": count});
            let subject = worker.to_string();
            store::audit::insert(tx, (PULSE, "worker.drain_deadline", &subject), detail);
            tracing::warn!(worker.id = %worker, on_deadline = %then, jobs = count, "the deadline of a drain has passed");
            tx.wake(Wake::Worker(*worker));
        }
        Ok(passed.len())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
