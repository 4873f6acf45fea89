//! Where reports of agents arrive: *natural batching*.
//!
//! Reports that come while a transaction is in flight go together into the next
//! one. A busy server writes hundreds of reports per commit; an idle one waits
//! for nothing. What is not urgent waits a moment for company.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use pulse_api::{
    WorkerId,
    frames::{Ack, Claim, CommandResult, ToAgent, close},
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, mpsc},
    time::{Instant, timeout_at},
};
use tokio_util::sync::CancellationToken;

use super::record::{Record, Settled};
use crate::{
    app::App,
    causes::error_chain,
    domain::{engine::EngineError, perform},
    model::entry::Piece,
    switchboard::ToSession,
};

/// What an agent reports of one attempt.
#[derive(Debug, Clone)]
pub(crate) enum What {
    Started,
    /// It will not be started; no attempt is used.
    NotStarted {
        reason: String,
    },
    Output(Arc<Piece>),
    Result(Arc<CommandResult>),
}

/// A report, and where the acknowledgement goes after the commit.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) worker: WorkerId,
    pub(crate) claim: Claim,
    pub(crate) what: What,
    pub(crate) reply: mpsc::UnboundedSender<ToAgent>,
}

struct Queued {
    report: Report,
    room: OwnedSemaphorePermit,
}

/// The queue of reports: one, so that no report of a job overtakes another.
#[derive(Clone)]
pub(crate) struct Intake {
    queue: mpsc::UnboundedSender<Queued>,
    room: Arc<Semaphore>,
}

/// The other end of the queue.
pub(crate) struct Queue(mpsc::UnboundedReceiver<Queued>);

/// How many bytes of reports may be in memory; a session that brings more waits.
const ROOM_BYTES: u32 = 16 * 1024 * 1024;
/// What a report costs beside its output, in bytes.
const REPORT_BYTES: u32 = 1_024;
/// How many reports one transaction takes at most.
const BATCH: usize = 512;
/// How many bytes of them: a result waits at most for one such transaction, and for what came before it.
const BATCH_BYTES: usize = 1024 * 1024;
/// How long output and news of starts wait for company.
const UNHURRIED: Duration = Duration::from_millis(20);

impl Intake {
    /// A queue and its other end.
    pub(crate) fn new() -> (Self, Queue) {
        let (queue, reports) = mpsc::unbounded_channel();
        let room = Arc::new(Semaphore::new(ROOM_BYTES as usize));
        (Self { queue, room }, Queue(reports))
    }

    /// Queues a report, as soon as there is room for it.
    pub(crate) async fn put(&self, report: Report) {
        let bytes = match &report.what {
            What::Output(piece) => u32::try_from(piece.bytes.len()).unwrap_or(ROOM_BYTES / 2),
            What::Started | What::NotStarted { .. } | What::Result(_) => 0,
        };
        // A closed semaphore or queue means that the replica is stopping; the agent reports again.
        if let Ok(room) = Arc::clone(&self.room)
            .acquire_many_owned(bytes + REPORT_BYTES)
            .await
        {
            let _ = self.queue.send(Queued { report, room });
        }
    }
}

/// Records reports until the replica stops.
pub(crate) async fn record_all(app: App, mut queue: Queue, stop: CancellationToken) {
    loop {
        let batch = tokio::select! {
            () = stop.cancelled() => return,
            batch = next(&mut queue) => batch,
        };
        if batch.is_empty() {
            return;
        }
        let (reports, _rooms): (Vec<Report>, Vec<_>) = batch
            .into_iter()
            .map(|queued| (queued.report, queued.room))
            .unzip();
        let recorded = AssertUnwindSafe(record(&app, &reports, &stop))
            .catch_unwind()
            .await;
        if recorded.is_err() {
            tracing::error!(reports = reports.len(), "recording a batch panicked");
        }
    }
}

/// The next batch: what has gathered, and while nothing in it is urgent, what comes in a moment.
async fn next(queue: &mut Queue) -> Vec<Queued> {
    let mut batch = Vec::new();
    let Some(mut queued) = queue.0.recv().await else {
        return batch;
    };
    let until = Instant::now() + UNHURRIED;
    let (mut bytes, mut is_urgent) = (0, false);
    loop {
        bytes += queued.room.num_permits();
        is_urgent |= hurries(&queued.report.what);
        batch.push(queued);
        if batch.len() == BATCH || bytes > BATCH_BYTES {
            return batch;
        }
        let more = if is_urgent {
            queue.0.try_recv().ok()
        } else {
            timeout_at(until, queue.0.recv()).await.ok().flatten()
        };
        match more {
            Some(more) => queued = more,
            None => return batch,
        }
    }
}

fn hurries(what: &What) -> bool {
    match what {
        What::Result(_) | What::NotStarted { .. } => true,
        What::Started | What::Output(_) => false,
    }
}

/// Records a batch, however long the database is away; then acknowledges it.
async fn record(app: &App, reports: &[Report], stop: &CancellationToken) {
    let mut wait = Duration::from_millis(50);
    loop {
        match perform(app, &Record { reports }).await {
            Ok(settled) => return acknowledge(reports, &settled),
            Err(EngineError::Store(error)) if error.may_pass() => {}
            Err(error) if reports.len() > 1 => {
                tracing::warn!(%error, reports = reports.len(), "recording the batch one by one");
                for report in reports {
                    Box::pin(record(app, std::slice::from_ref(report), stop)).await;
                }
                return;
            }
            Err(error) => {
                let (job, worker) = (reports[0].claim.job_id, reports[0].worker);
                let cause = error_chain(&error);
                tracing::error!(%cause, job.id = %job, worker.id = %worker, "a report could not be recorded");
                // What follows it must not be acknowledged: the agent connects and reports anew.
                let close = ToSession::Close(close::GOING_AWAY, "a report could not be recorded");
                let _ = app.switchboard().tell(worker, close);
                return;
            }
        }
        // The agents keep what is not acknowledged: giving up here loses nothing.
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(wait) => wait = (wait * 2).min(Duration::from_secs(1)),
        }
    }
}

fn acknowledge(reports: &[Report], settled: &[Settled]) {
    for (index, (report, settled)) in reports.iter().zip(settled).enumerate() {
        let output_seq = match (&report.what, settled) {
            (_, Settled::Withheld) | (What::Started | What::NotStarted { .. }, Settled::Done) => {
                continue;
            }
            (What::Result(_), Settled::Done) => None,
            (What::Output(piece), Settled::Done) => {
                let later = reports[index + 1..].iter().any(|other| {
                    other.claim == report.claim && matches!(other.what, What::Output(_))
                });
                if later {
                    continue;
                }
                Some(piece.seq)
            }
        };
        let ack = Ack {
            job_id: report.claim.job_id,
            attempt: report.claim.attempt,
            output_seq,
        };
        // A session that is gone reports again.
        let _ = report.reply.send(ToAgent::Ack(ack));
    }
}
