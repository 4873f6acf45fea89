//! Signs of life, silence, and sessions that are void.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use pulse_api::frames::close;

use super::{Outcome, sweep_period};
use crate::{
    app::App,
    domain::{
        perform,
        workers::{
            connect,
            life::{self, RenewEvidence, WriteBeats},
        },
    },
    switchboard::ToSession,
};

/// Writes the signs of life that have gathered.
pub(super) async fn write_beats(app: App) -> Outcome {
    let (beats, alive) = app.beats().take();
    if beats.is_empty() {
        return Ok(());
    }
    let written = perform(&app, &WriteBeats(&beats)).await;
    if written.is_err() {
        // Kept for the next time: an outage of the database is not held against workers.
        for beat in beats {
            app.beats().put(beat, std::iter::empty());
        }
        forget_watch();
    }
    written?;
    if !alive.is_empty() {
        perform(&app, &RenewEvidence(&alive)).await?;
    }
    Ok(())
}

/// Since when this replica has been looking without a gap, and when it looked last.
static WATCH: Mutex<Option<(Instant, Instant)>> = Mutex::new(None);

/// Looks who has been silent. Silence begins to count anew after a gap in the looking itself, or
/// in writing what was heard: who could not be heard is not held against anybody.
pub(super) async fn sweep(app: App) -> Outcome {
    let watched = watched(sweep_period(&app));
    let swept = life::sweep(&app, u64::try_from(watched.as_millis()).unwrap_or(u64::MAX)).await;
    if swept.is_err() {
        forget_watch();
    }
    Ok(swept?)
}

fn watched(period: Duration) -> Duration {
    let now = Instant::now();
    let mut watch = WATCH.lock().unwrap_or_else(PoisonError::into_inner);
    let (since, last) = watch.unwrap_or((now, now));
    let has_gap = now.duration_since(last) > 2 * period + Duration::from_secs(1);
    let since = if has_gap { now } else { since };
    *watch = Some((since, now));
    now.duration_since(since)
}

/// For how long this replica has been looking without a gap.
pub(super) fn watching() -> Duration {
    let watch = WATCH.lock().unwrap_or_else(PoisonError::into_inner);
    watch.map_or(Duration::ZERO, |(since, last)| last.duration_since(since))
}

fn forget_watch() {
    *WATCH.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Closes sessions whose worker was removed, or has connected elsewhere since.
pub(super) async fn close_void_sessions(app: App) -> Outcome {
    let sessions = app.switchboard().sessions();
    if sessions.is_empty() {
        return Ok(());
    }
    for (worker, epoch) in connect::void(&app, &sessions).await? {
        let message = ToSession::Close(
            close::UNAUTHORIZED,
            "the credential was revoked, or used elsewhere",
        );
        app.switchboard().tell_epoch((worker, epoch), message);
    }
    Ok(())
}
