//! Things that run by themselves: clocks ticking at the doors of verbs.
//!
//! Each is a reconciler: no input, the same on the first run and after a crash,
//! safe on every replica at once. A doorbell only makes it look sooner.

mod calls;
mod due;
mod fleet;
mod monitors;
mod notifications;
mod places;
mod schedules;
mod sensors;

use std::{future::Future, time::Duration};

use tokio::sync::Notify;

use crate::{
    app::App,
    causes::error_chain,
    domain::{
        audit, enroll_tokens,
        executions::prune,
        jobs::{
            end::{self, Evidence},
            offer::{self, OfferWaiting, WithdrawExpired},
        },
        perform, server,
        workers::{credentials::AskDue, drain::PassDeadlines},
    },
    switchboard::ToSession,
};

type Outcome = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// Starts every timer.
pub(crate) fn start(app: &App) {
    let ms = Duration::from_millis;
    let check = ms(app.config().jobs.check_interval_ms);
    repeat(app, ("server", ms(2_000)), |app| async move {
        Ok(server::beat(&app).await?)
    });
    repeat(app, ("beats", beat_period(app)), fleet::write_beats);
    repeat(app, ("sweep", sweep_period(app)), fleet::sweep);
    repeat(app, ("sessions", ms(2_000)), fleet::close_void_sessions);
    repeat(app, ("deliver", ms(1_000)), deliver);
    repeat(app, ("withdraw", ms(1_000)), |app| async move {
        perform(&app, &WithdrawExpired).await?;
        end::jobs(&app, Evidence::Unwanted).await?;
        Ok(())
    });
    repeat(app, ("stuck", check), stuck);
    repeat(app, ("enroll_tokens", ms(60_000)), |app| async move {
        perform(&app, &enroll_tokens::Expire).await?;
        Ok(())
    });
    repeat(app, ("seal", ms(1_000)), |app| async move {
        while perform(&app, &audit::Seal).await? == audit::Sealing::Full {}
        Ok(())
    });
    repeat(app, ("refusals", ms(2_000)), |app| async move {
        Ok(audit::write_refusals(&app).await?)
    });
    repeat(app, ("drains", ms(1_000)), |app| async move {
        perform(&app, &PassDeadlines).await?;
        Ok(())
    });
    repeat(
        app,
        ("credentials", rotation_period(app)),
        |app| async move {
            perform(&app, &AskDue).await?;
            Ok(())
        },
    );
    repeat(app, ("monitors", ms(1_000)), monitors::run);
    repeat(app, ("retention", ms(60_000)), retain);
    repeat(app, ("size", ms(60_000)), |app| async move {
        Ok(server::measure(&app).await?)
    });
    repeat(app, ("prune", ms(3_600_000)), |app| async move {
        perform(&app, &server::Prune).await?;
        monitors::prune(app).await
    });
    if let Some(shown) = app.certificate().cloned() {
        repeat(app, ("certificate", ms(60_000)), move |_| {
            let shown = shown.clone();
            async move { Ok(tokio::task::spawn_blocking(move || shown.renew()).await??) }
        });
    }
    start_rung(app);
}

/// Starts those that look when somebody rings.
fn start_rung(app: &App) {
    let ms = Duration::from_millis;
    ring(
        app,
        ("queue", ms(1_000)),
        |app| &app.switchboard().doorbells().queue,
        queue,
    );
    ring(
        app,
        ("due", ms(1_000)),
        |app| &app.switchboard().doorbells().due,
        due::run,
    );
    ring(
        app,
        ("places", ms(1_000)),
        |app| &app.switchboard().doorbells().places,
        places::run,
    );
    ring(
        app,
        ("calls", ms(1_000)),
        |app| &app.switchboard().doorbells().calls,
        calls::run,
    );
    ring(
        app,
        ("checks", ms(1_000)),
        |app| &app.switchboard().doorbells().checks,
        monitors::record,
    );
    ring(
        app,
        ("notifications", ms(1_000)),
        |app| &app.switchboard().doorbells().notifications,
        notifications::run,
    );
    ring(
        app,
        ("schedules", ms(5_000)),
        |app| &app.switchboard().doorbells().schedules,
        schedules::run,
    );
    ring(
        app,
        ("events", ms(1_000)),
        |app| &app.switchboard().doorbells().events,
        sensors::run,
    );
}

/// Offers what waits, and ends what waits for no process.
async fn queue(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    perform(&app, &OfferWaiting).await?;
    if end::has_awaiting(&app).await? {
        end::jobs(&app, Evidence::Arrived).await?;
        end::jobs(&app, Evidence::OtherVersion).await?;
    }
    Ok(Duration::from_secs(1))
}

/// How often signs of life are written: often enough for short thresholds.
fn beat_period(app: &App) -> Duration {
    let threshold = app.config().workers.unreachable_after_ms;
    Duration::from_millis((threshold / 20).clamp(100, 3_000))
}

/// How often credentials are looked at: often enough for a short life of them.
fn rotation_period(app: &App) -> Duration {
    let life = app.config().workers.rotate_credential_after_ms;
    Duration::from_millis((life / 20).clamp(500, 60_000))
}

/// How often the fleet is swept: often enough for short thresholds.
pub(super) fn sweep_period(app: &App) -> Duration {
    let threshold = app.config().workers.unreachable_after_ms;
    Duration::from_millis((threshold / 20).clamp(100, 5_000))
}

/// Runs `job` every `period` until the replica stops.
fn repeat<F, R>(app: &App, (name, period): (&'static str, Duration), job: F)
where
    F: Fn(App) -> R + Send + 'static,
    R: Future<Output = Outcome> + Send,
{
    let app = app.clone();
    app.timers().register(name, period);
    app.supervisor().clone().spawn(name, async move {
        let stop = app.supervisor().stopping().clone();
        let mut ticks = tokio::time::interval(period);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                _ = ticks.tick() => {}
            }
            note(&app, name, job(app.clone()).await);
        }
    });
}

/// Runs `job` when the doorbell rings, and after the time that it gives at the latest.
fn ring<B, F, R>(app: &App, (name, period): (&'static str, Duration), bell: B, job: F)
where
    B: Fn(&App) -> &Notify + Send + Sync + 'static,
    F: Fn(App) -> R + Send + 'static,
    R: Future<Output = Result<Duration, Box<dyn std::error::Error + Send + Sync>>> + Send,
{
    let owner = app.clone();
    app.timers().register(name, period);
    app.supervisor().spawn(name, async move {
        let stop = owner.supervisor().stopping().clone();
        let mut wait = Duration::ZERO;
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = bell(&owner).notified() => {}
                () = tokio::time::sleep(wait) => {}
            }
            wait = match job(owner.clone()).await {
                Ok(next) => {
                    note(&owner, name, Ok(()));
                    next.min(period)
                }
                Err(error) => {
                    note(&owner, name, Err(error));
                    period
                }
            };
        }
    });
}

fn note(app: &App, name: &'static str, outcome: Outcome) {
    let error = outcome.err().map(|error| error_chain(&*error));
    if let Some(error) = &error {
        tracing::warn!(timer = name, cause = %error, "a timer will try again");
    }
    app.timers().note(name, app.now(), error);
}

/// Removes what was kept for long enough, piece by piece, until nothing is left or the replica stops.
async fn retain(app: App) -> Outcome {
    let stop = app.supervisor().stopping().clone();
    while !stop.is_cancelled() && prune::retain(&app).await?.is_continue() {
        // What people and agents write goes first.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// Sends what a lost wake would have sent: one look for all sessions here.
async fn deliver(app: App) -> Outcome {
    if app.switchboard().session_count() == 0 {
        return Ok(());
    }
    let outbox = offer::outbox_of_server(&app).await?;
    for command in outbox.offers {
        // A session that is gone has its offers read when it comes back.
        let _ = app
            .switchboard()
            .tell(command.worker_id, ToSession::Offer(Box::new(command)));
    }
    for wish in outbox.cancels {
        let _ = app
            .switchboard()
            .tell(wish.worker, ToSession::Cancel(wish.claim, wish.grace_ms));
    }
    for (worker, wanted) in outbox.wanted {
        let _ = app.switchboard().tell(worker, ToSession::Wanted(wanted));
    }
    for (worker, check) in outbox.checks {
        let _ = app
            .switchboard()
            .tell(worker, ToSession::Check(Box::new(check)));
    }
    for (worker, ask) in outbox.logs {
        let _ = app
            .switchboard()
            .tell(worker, ToSession::ReadLog(Box::new(ask)));
    }
    Ok(())
}

/// Ends jobs of which nothing has been heard for too long.
async fn stuck(app: App) -> Outcome {
    let silent = app.config().jobs.stuck_after_ms;
    end::jobs(&app, Evidence::Silent(silent)).await?;
    end::jobs(&app, Evidence::Overdue).await?;
    Ok(())
}
