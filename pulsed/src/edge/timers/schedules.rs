//! Schedules: whatever is due starts.

use std::time::Duration;

use pulse_api::ScheduleId;

use crate::{
    app::App,
    causes::error_chain,
    domain::{
        EngineError, StoreError, perform,
        schedules::fire::{self, Fire, Fired, GiveUp},
    },
};

/// When to look again after something was started: more may be due by now.
const SOON: Duration = Duration::from_millis(5);
/// When to look again where nothing is due at all.
const LATER: Duration = Duration::from_secs(5);

/// Decides what is due, and gives how long until something is due again.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let left = &app.left_aside().schedules;
    let aside = left.keys();
    let next = fire::next_due(&app, &aside).await?;
    let mut due = left.again();
    if next == Some(0) {
        due.extend(fire::due(&app, &aside).await?);
    }
    if due.is_empty() {
        let next = next.map_or(LATER, Duration::from_millis);
        return Ok(left.next().map_or(next, |again| next.min(again)));
    }
    for schedule in due {
        if decide(&app, schedule).await? {
            left.done(&schedule);
        }
    }
    Ok(SOON)
}

/// Decides one schedule, and gives whether it is decided. What goes wrong with one is not to stand in
/// the way of the others, unless the database is away for all of them.
async fn decide(app: &App, schedule: ScheduleId) -> Result<bool, StoreError> {
    let error = match perform(app, &Fire(schedule)).await {
        Ok(Fired::Decided) => return Ok(true),
        Ok(Fired::Left(why)) => {
            if app.left_aside().schedules.put(schedule) {
                tracing::warn!(schedule.id = %schedule, %why, "a schedule is left to other servers");
            }
            return Ok(false);
        }
        Err(EngineError::Store(error @ StoreError::Unavailable(_))) => return Err(error),
        Err(error) => error,
    };
    tracing::error!(schedule.id = %schedule, cause = %error_chain(&error), "a schedule could not start");
    let left = &app.left_aside().schedules;
    if let EngineError::Store(error) = &error
        && !error.is_about_rows()
        && !matches!(error, StoreError::Slow(_))
    {
        left.put(schedule);
        return Ok(false);
    }
    match perform(app, &GiveUp(schedule, error.to_string())).await {
        Ok(()) => Ok(true),
        Err(error @ StoreError::Unavailable(_)) => Err(error),
        Err(error) => {
            tracing::error!(schedule.id = %schedule, cause = %error_chain(&error), "a schedule could not be given up");
            left.put(schedule);
            Ok(false)
        }
    }
}
