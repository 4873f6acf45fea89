//! Events that documents wait for: whatever has happened is decided.

use std::time::Duration;

use crate::{
    app::App,
    causes::error_chain,
    domain::{
        EngineError, StoreError, perform,
        sensors::react::{self, GiveUp, React, Reacted},
    },
};

/// When to look again after something was decided: more may have happened by now.
const SOON: Duration = Duration::from_millis(5);
/// When to look again where nothing has happened.
const LATER: Duration = Duration::from_secs(1);

/// Decides what has happened, and gives how long until the next look.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let left = &app.left_aside().events;
    let mut waiting = left.again();
    waiting.extend(react::undecided(&app, &left.keys()).await?);
    if waiting.is_empty() {
        return Ok(left.next().map_or(LATER, |again| again.min(LATER)));
    }
    for event in waiting {
        if decide(&app, event).await? {
            left.done(&event);
        }
    }
    Ok(SOON)
}

/// Decides one event, and gives whether it is decided. What goes wrong with one is not to stand in the way of
/// the others, unless the database is away for all of them.
async fn decide(app: &App, event: i64) -> Result<bool, StoreError> {
    let left = &app.left_aside().events;
    let error = match perform(app, &React(event)).await {
        Ok(Reacted::Decided) => return Ok(true),
        Ok(Reacted::Left(why)) => {
            if left.put(event) {
                tracing::warn!(delivery.id = event, %why, "an event is left to other servers");
            }
            return Ok(false);
        }
        Err(EngineError::Store(error @ StoreError::Unavailable(_))) => return Err(error),
        Err(error) => error,
    };
    tracing::error!(delivery.id = event, cause = %error_chain(&error), "an event could not be decided");
    if let EngineError::Store(error) = &error
        && !error.is_about_rows()
        && !matches!(error, StoreError::Slow(_))
    {
        left.put(event);
        return Ok(false);
    }
    match perform(app, &GiveUp(event, error.to_string())).await {
        Ok(()) => Ok(true),
        Err(error @ StoreError::Unavailable(_)) => Err(error),
        Err(error) => {
            tracing::error!(delivery.id = event, cause = %error_chain(&error), "an event could not be given up");
            left.put(event);
            Ok(false)
        }
    }
}
