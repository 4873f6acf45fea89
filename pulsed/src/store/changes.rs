//! What one transaction changes in executions: a write per group.
//!
//! Foreign keys between these tables are deferred, so the writes need no order but
//! that in which rows are locked: executions, steps, jobs. Where a row is not as it was found, its
//! write fails, and the commit with it.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use pulse_api::{ExecutionId, http::executions::Entry};

use super::{
    StoreError, calls, definitions, executions,
    jobs::write::{self, OfferedRow},
    notifications, outputs, prompts, rollouts, sensors, steps,
    timeline::{self, Source},
    writes::Write,
};
use crate::model::{
    changes::{Changes, News, Offered, Placement},
    entry::{NewEntry, NewPiece},
    job::{self, Held, Job},
    known::{Known, Memory},
};

/// What writes the changes; offers among new jobs stand for so many milliseconds.
pub(super) fn writes(changes: &Changes, offer_ttl_ms: u64) -> Result<Vec<Write<'_>>, StoreError> {
    let (new_steps, moved): (Vec<_>, Vec<_>) = changes
        .steps
        .iter()
        .filter(|step| step.is_touched())
        .partition(|step| step.is_new());
    let (new, old): (Vec<_>, Vec<_>) = changes
        .executions
        .iter()
        .partition(|execution| execution.origin().is_some());
    let turned: Vec<_> = changes
        .rollouts
        .iter()
        .filter(|rollout| rollout.is_touched())
        .collect();
    let called: Vec<_> = changes
        .calls
        .iter()
        .filter(|call| call.is_touched())
        .collect();
    let ended: Vec<_> = changes
        .executions
        .iter()
        .filter(|execution| execution.ends_now())
        .collect();
    let groups = [
        some(&changes.definitions, definitions::insert_all),
        some(&new, executions::insert).transpose()?,
        some(&new_steps, steps::insert),
        some(&old, executions::apply),
        some(&moved, steps::apply),
        some(&turned, rollouts::put),
        some(&called, calls::put),
        some(&changes.jobs, write::apply),
        some(&changes.prompts, prompts::apply),
        some(&changes.notices, notifications::insert),
        some(&ended, |ended| notifications::tell(ended)),
        some(&ended, |ended| sensors::events::hear(ended)),
        some(&changes.entries, timeline::insert).transpose()?,
        some(&changes.pieces, outputs::insert),
    ];
    let mut writes: Vec<_> = groups.into_iter().flatten().collect();
    for batch in changes.new_jobs.chunks(JOBS_AT_ONCE) {
        writes.push(write::insert(batch, offer_ttl_ms)?);
    }
    Ok(writes)
}

/// How many jobs one statement adds: a step on the whole fleet keeps no statement busy for long.
const JOBS_AT_ONCE: usize = 1_000;

/// The offers that new jobs became.
pub(super) fn offered(rows: impl IntoIterator<Item = OfferedRow>) -> Vec<Offered> {
    rows.into_iter().filter_map(OfferedRow::offer).collect()
}

/// What the changes leave to be remembered, with the jobs that are in their workers' hands by them.
pub(super) fn memories(changes: &mut Changes, offered: &[Offered]) -> Vec<Memory> {
    let mut memories = std::mem::take(&mut changes.memories);
    let mut known: HashMap<ExecutionId, &mut Known> = memories
        .iter_mut()
        .filter_map(|memory| match memory {
            Memory::Keep(known) => Some((known.execution.id, &mut **known)),
            Memory::Forget(_) => None,
        })
        .collect();
    if known.is_empty() {
        return memories;
    }
    let fences: HashMap<_, _> = offered
        .iter()
        .map(|offer| ((offer.job, offer.attempt), offer.fence))
        .collect();
    let moved = changes.jobs.iter().map(job::Change::job);
    let new = changes.new_jobs.iter().filter_map(|new| {
        let fence = *fences.get(&(new.core.id, new.core.attempt))?;
        let core = new.core.clone();
        Some(Job::Polled(Held { core, fence }))
    });
    for job in moved.chain(new) {
        if let Some(known) = known.get_mut(&job.core().execution) {
            known.jobs.push(job);
        }
    }
    memories
}

/// What the changes have to tell once they are committed.
pub(super) fn news(
    changes: Changes,
    offered: &[Offered],
    now: Timestamp,
) -> Result<Vec<News>, StoreError> {
    let stored = changes.definitions.into_iter().map(|(sha256, _)| sha256);
    let mut news: Vec<News> = stored.map(News::Stored).collect();
    let offered: HashMap<_, _> = offered
        .iter()
        .map(|offer| ((offer.job, offer.attempt), offer))
        .collect();
    for new in changes.new_jobs {
        if let Placement::Offered = new.placement {
            let offer = offered.get(&(new.core.id, new.core.attempt));
            let offer = offer.ok_or(StoreError::Stale)?;
            let mut command = new.command;
            command.fence = offer.fence;
            command.expires_at = offer.expires_at;
            news.push(News::Offer(new.core.worker, command));
        }
    }
    let entries = entries(changes.entries, changes.pieces, now);
    news.extend(
        entries
            .into_iter()
            .map(|(execution, entries)| News::Entries(execution, entries)),
    );
    Ok(news)
}

/// The new entries of each execution's timeline, in order.
fn entries(
    entries: Vec<NewEntry>,
    pieces: Vec<NewPiece>,
    at: Timestamp,
) -> BTreeMap<ExecutionId, Vec<Entry>> {
    let mut timelines: BTreeMap<ExecutionId, Vec<Entry>> = BTreeMap::new();
    for new in entries {
        timelines.entry(new.execution).or_default().push(Entry {
            seq: new.seq,
            at,
            what: new.what,
        });
    }
    for new in pieces {
        let source = Source {
            job: new.piece.job,
            attempt: new.piece.attempt,
            step: new.step,
            worker: new.worker_name,
        };
        let place = (new.piece.stream, new.piece.offset);
        let entry = timeline::output_entry((new.seq, at), source, place, new.piece.bytes);
        timelines.entry(new.execution).or_default().push(entry);
    }
    for timeline in timelines.values_mut() {
        timeline.sort_by_key(|entry| entry.seq);
    }
    timelines
}

/// What is made of the rows, if there are any.
fn some<'a, T, S>(rows: &'a [T], make: impl FnOnce(&'a [T]) -> S) -> Option<S> {
    (!rows.is_empty()).then(|| make(rows))
}
