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
    _room: OwnedSemaphorePermit,
}

/// The queues of reports. All reports of one job are in one queue, so that none overtakes another;
/// several queues let one transaction commit while the next is written.
#[derive(Clone)]
pub(crate) struct Intake {
    lanes: Vec<mpsc::UnboundedSender<Queued>>,
    room: Arc<Semaphore>,
}

/// The other end of a queue.
pub(crate) struct Queue(mpsc::UnboundedReceiver<Queued>);

/// How many bytes of reports may be in memory; a session that brings more waits.
const ROOM_BYTES: u32 = 32 * 1024 * 1024;
/// What a report costs beside its output, in bytes.
const REPORT_BYTES: u32 = 1_024;
/// How many transactions may record at once.
const LANES: usize = 3;
/// How many reports one transaction takes at most.
const BATCH: usize = 512;
/// How long output and news of starts wait for company.
const UNHURRIED: Duration = Duration::from_millis(20);

impl Intake {
    /// Queues and their other ends.
    pub(crate) fn new() -> (Self, Vec<Queue>) {
        let (lanes, queues) = (0..LANES)
            .map(|_| mpsc::unbounded_channel())
            .map(|(lane, queue)| (lane, Queue(queue)))
            .unzip();
        let room = Arc::new(Semaphore::new(ROOM_BYTES as usize));
        (Self { lanes, room }, queues)
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
            let lane = report.claim.job_id.0.as_u128() % self.lanes.len() as u128;
            if let Some(lane) = usize::try_from(lane)
                .ok()
                .and_then(|lane| self.lanes.get(lane))
            {
                let _ = lane.send(Queued {
                    report,
                    _room: room,
                });
            }
        }
    }
}

/// Records reports until the replica stops.
pub(crate) async fn record_all(app: App, mut queue: Queue, stop: CancellationToken) {
    let mut batch: Vec<Queued> = Vec::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            count = queue.0.recv_many(&mut batch, BATCH) => if count == 0 { return },
        }
        gather(&mut queue, &mut batch).await;
        let reports: Vec<Report> = batch.drain(..).map(|queued| queued.report).collect();
        let recorded = AssertUnwindSafe(record(&app, &reports, &stop))
            .catch_unwind()
            .await;
        if recorded.is_err() {
            tracing::error!(reports = reports.len(), "recording a batch panicked");
        }
    }
}

/// Waits for company while nothing in the batch is urgent.
async fn gather(queue: &mut Queue, batch: &mut Vec<Queued>) {
    let until = Instant::now() + UNHURRIED;
    while batch.len() < BATCH && !batch.iter().any(|queued| is_urgent(&queued.report.what)) {
        let more = queue.0.recv_many(batch, BATCH);
        match timeout_at(until, more).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn is_urgent(what: &What) -> bool {
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

/// An error with its causes in one line.
pub(crate) fn error_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
