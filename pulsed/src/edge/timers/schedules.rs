//! Schedules: whatever is due starts.

use std::time::Duration;

use crate::{
    app::App,
    domain::{
        EngineError,
        jobs::report::error_chain,
        perform,
        schedules::fire::{self, Fire, GiveUp},
    },
};

/// When to look again after something was started: more may be due by now.
const SOON: Duration = Duration::from_millis(5);
/// When to look again where nothing is due at all, or something could not be decided.
const LATER: Duration = Duration::from_secs(5);

/// Decides what is due, and gives how long until something is due again.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let next = fire::next_due(&app).await?;
    if next != Some(0) {
        return Ok(next.map_or(LATER, Duration::from_millis));
    }
    for schedule in fire::due(&app).await? {
        match perform(&app, &Fire(schedule)).await {
            Ok(()) => {}
            Err(EngineError::Store(error)) if !error.is_about_rows() => return Err(error.into()),
            Err(error) => {
                tracing::error!(schedule.id = %schedule, cause = %error_chain(&error), "a schedule could not start");
                perform(&app, &GiveUp(schedule, error.to_string())).await?;
            }
        }
    }
    Ok(SOON)
}
