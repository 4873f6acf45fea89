//! Monitors: what is due is looked at, what is reported is written, what is not is given up.

use std::time::Duration;

use super::{Outcome, fleet};
use crate::{
    app::App,
    domain::{
        Verb,
        monitors::look::{LookAtDue, LoseExpired, MissBeats, Prune, Record, TellUntold},
        perform,
    },
};

/// How many reports one transaction takes.
const BATCH: usize = 500;

/// Has what is due be looked at, gives up what nobody has reported, and tells of what is still to be told. What
/// cannot be done of it keeps nothing of the rest waiting.
pub(super) async fn run(app: App) -> Outcome {
    let watched = fleet::watching().as_millis();
    let watched_ms = i64::try_from(watched).unwrap_or(i64::MAX);
    let done: [Outcome; 5] = [
        // What was reported in time is not given up for having waited here.
        record(app.clone()).await.map(drop),
        step(&app, &LoseExpired).await,
        step(&app, &MissBeats { watched_ms }).await,
        step(&app, &LookAtDue).await,
        step(&app, &TellUntold).await,
    ];
    done.into_iter().collect()
}

async fn step<V>(app: &App, verb: &V) -> Outcome
where
    V: Verb,
    V::Error: std::error::Error + Send + Sync + 'static,
{
    perform(app, verb).await?;
    Ok(())
}

/// Writes what was reported of looks: what comes meanwhile goes together into the next transaction.
pub(super) async fn record(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let mut said = app.outcomes().take();
    // What a worker said first of a look counts: one statement would write either, whichever it finds.
    said.sort_by_key(|said| (said.check, said.worker));
    said.dedup_by_key(|said| (said.check, said.worker));
    let mut batches = said.chunks(BATCH);
    while let Some(batch) = batches.next() {
        if let Err(error) = perform(&app, &Record(batch)).await {
            // What cannot be written at all is not tried again: its looks are lost.
            let left = if error.may_pass() { batch } else { &[] };
            app.outcomes()
                .put(left.iter().chain(batches.flatten()).cloned());
            return Err(error.into());
        }
    }
    Ok(Duration::from_secs(1))
}

/// Forgets old looks, piece by piece, until none is left or the replica stops.
pub(super) async fn prune(app: App) -> Outcome {
    let stop = app.supervisor().stopping().clone();
    while !stop.is_cancelled() && perform(&app, &Prune).await? {}
    Ok(())
}
