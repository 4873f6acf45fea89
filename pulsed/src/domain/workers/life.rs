//! Signs of life and their absence: 2 minutes, 6 minutes, a day.

use std::collections::HashMap;

use pulse_api::{WorkerId, frames::Claim};
use serde_json::{Value, json};

use super::drain::take_back_offers;
use crate::{
    app::App,
    domain::{
        Repeatable, Verb,
        engine::EngineError,
        jobs::end::{self, Evidence},
        perform,
    },
    model::{
        access::PULSE,
        changes::News,
        wake::Wake,
        worker::{Beat, Implausible, checked_capabilities, lasting, leaving},
    },
    store::{self, StoreError, Tx, audit::Deed},
};

/// Writes signs of life, however many, in one statement.
#[derive(Debug)]
pub(crate) struct WriteBeats<'a>(pub(crate) &'a [Beat]);

impl Verb for WriteBeats<'_> {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let counted = store::workers::life::beat(tx, app.server(), self.0).await?;
        app.meters().beats_written(self.0.len());
        let counted: HashMap<WorkerId, bool> = counted.into_iter().collect();
        for beat in self.0 {
            let Some(was_away) = counted.get(&beat.worker) else {
                continue;
            };
            if *was_away {
                tracing::info!(worker.id = %beat.worker, "worker is heard from again");
                tx.wake(Wake::Queue);
            }
            if let Some(sent_at) = beat.sent_at {
                tx.tell(News::Heard(beat.worker, sent_at));
            }
        }
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Writes one sign of life, with what the host says of itself besides.
#[derive(Debug)]
pub(crate) struct SignOfLife {
    beats: [Beat; 1],
    meta: Option<Value>,
}

impl SignOfLife {
    /// Whatever is said besides, the sign of life counts; what cannot be kept of it is left out, and
    /// told as the fault.
    pub(crate) fn new(beat: Beat, said: Option<&Value>) -> (Self, Option<Implausible>) {
        let (meta, fault) = match said.and_then(lasting).map(checked_capabilities) {
            Some(Ok(meta)) => (Some(meta), None),
            Some(Err(fault)) => (None, Some(fault)),
            None => (None, None),
        };
        let beats = [beat];
        (Self { beats, meta }, fault)
    }
}

/// A sign of life that counts.
pub(crate) struct Heard;

impl Verb for SignOfLife {
    type Output = Heard;
    type Error = StoreError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Heard, StoreError> {
        WriteBeats(&self.beats).run(app, tx).await?;
        if let Some(meta) = &self.meta {
            let [beat] = &self.beats;
            store::workers::identity::set_meta(tx, beat.worker, meta).await?;
        }
        Ok(Heard)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

impl Repeatable for SignOfLife {
    fn keep(_: &Heard) -> Result<Value, serde_json::Error> {
        Ok(Value::Null)
    }

    /// Whoever says it again lives.
    async fn repeat(&self, app: &App, tx: &mut Tx, _kept: Value) -> Result<Heard, StoreError> {
        self.run(app, tx).await
    }
}

/// Renews the evidence that these attempts are alive, as their agents say; those that have ended
/// here are to be killed there.
#[derive(Debug)]
pub(crate) struct RenewEvidence<'a>(pub(crate) &'a [(WorkerId, Claim)]);

impl Verb for RenewEvidence<'_> {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        for (worker, claim) in store::jobs::write::renew(tx, self.0).await? {
            tx.tell(News::Kill(worker, claim));
        }
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Looks who has been silent for too long. Without input: everything is read here.
///
/// `watched_ms` is for how long this replica has been looking without a gap: a limit that is
/// longer is not judged yet, since the silence may have been the server's own.
pub(crate) async fn sweep(app: &App, watched_ms: u64) -> Result<(), EngineError> {
    let limits = &app.config().workers;
    if watched_ms < limits.unreachable_after_ms {
        return Ok(());
    }
    for worker in perform(app, &Miss(limits.unreachable_after_ms)).await? {
        tracing::warn!(worker.id = %worker, "worker is unreachable");
    }
    if watched_ms < limits.offline_after_ms {
        return Ok(());
    }
    let leave = LeaveSilent {
        offline_ms: limits.offline_after_ms,
        beat_ms: limits.heartbeat_interval_ms,
    };
    let gone = perform(app, &leave).await?;
    for worker in &gone {
        tracing::warn!(worker.id = %worker, "worker is offline");
    }
    // Also what an earlier look did not come to: the workers' end and their jobs' are two
    // transactions.
    end::jobs(app, Evidence::Abandoned).await?;
    let clean_up = CleanUp {
        offline_ms: limits.delete_after_ms,
        by: PULSE,
    };
    for worker in perform(app, &clean_up).await? {
        tracing::info!(worker.id = %worker, "worker was offline for long, and is cleaned up");
    }
    Ok(())
}

struct Miss(u64);

impl Verb for Miss {
    type Output = Vec<WorkerId>;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Vec<WorkerId>, StoreError> {
        tx.wake(Wake::Feed);
        store::workers::life::miss(tx, self.0).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

struct LeaveSilent {
    offline_ms: u64,
    /// How often workers are heard from: so far apart fall silent whom one cause has cut off.
    beat_ms: u64,
}

impl Verb for LeaveSilent {
    type Output = Vec<WorkerId>;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Vec<WorkerId>, StoreError> {
        let silent = store::workers::life::silent(tx, self.offline_ms, 2 * self.beat_ms).await?;
        if silent.is_empty() {
            return Ok(Vec::new());
        }
        let (online, unreachable, _) = store::workers::counts(tx).await?;
        let fleet = online + unreachable;
        let (leaving, spared) = leaving(&silent, fleet);
        if spared > 0 {
            tracing::error!(
                silent = spared,
                fleet,
                "most of the fleet fell silent: failing nothing yet"
            );
        }
        tx.wake(Wake::Feed);
        store::workers::life::leave(tx, &leaving, Some(self.offline_ms)).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Deletes, softly, who has been offline for so long; gives who.
#[derive(Debug)]
pub(crate) struct CleanUp<'a> {
    pub(crate) offline_ms: u64,
    pub(crate) by: &'a str,
}

impl Verb for CleanUp<'_> {
    type Output = Vec<WorkerId>;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Vec<WorkerId>, StoreError> {
        tx.wake(Wake::Feed);
        let deleted = store::workers::life::clean_up(tx, self.offline_ms).await?;
        let deeds = deleted.iter().map(|worker| Deed {
            actor: self.by.to_owned(),
            action: "worker.clean_up",
            subject: worker.to_string(),
            detail: json!({"offline_ms": self.offline_ms}),
        });
        if !deleted.is_empty() {
            store::audit::insert_all(tx, deeds.collect());
        }
        Ok(deleted)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Takes a worker's goodbye: offline at once, jobs that it runs are lost. What it has not begun
/// waits a while for it to come back: an agent is often only being replaced.
pub(crate) async fn unregister(app: &App, worker: WorkerId) -> Result<(), EngineError> {
    perform(app, &Leave(worker)).await?;
    perform(app, &TakeBack(worker)).await?;
    perform(app, &KeepWaiting(worker)).await?;
    let gone = Evidence::WorkersGone(vec![worker], "worker_stopped");
    end::jobs(app, gone).await?;
    Ok(())
}

/// Takes back what the worker has not begun.
struct TakeBack(WorkerId);

impl Verb for TakeBack {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        take_back_offers(app, tx, self.0).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Gives what waits for the worker a while.
struct KeepWaiting(WorkerId);

impl Verb for KeepWaiting {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::jobs::write::keep_waiting(tx, self.0, PATIENCE_MS).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

struct Leave(WorkerId);

/// How long jobs that were not begun wait for a worker that said goodbye, in milliseconds.
const PATIENCE_MS: u64 = 15 * 60 * 1_000;

impl Verb for Leave {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        tx.wake(Wake::Feed);
        let worker = self.0.to_string();
        if !store::workers::life::leave(tx, &[self.0], None)
            .await?
            .is_empty()
        {
            store::audit::insert(tx, (&worker, "worker.unregister", &worker), json!({}));
        }
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
