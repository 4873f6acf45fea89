//! What is due: waits that are over, prompts that nobody answered, executions out of time.

use std::time::Duration;

use crate::{
    app::App,
    domain::{
        executions::overdue::{EndOverdue, FindOverdue},
        jobs::end::{EndJobs, Evidence},
        perform,
        prompts::{self, ExpirePrompts},
        steps::{self, EndWaits},
    },
};

/// Does what is due, and gives how long until something is due again.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let next = steps::next_due(&app).await?;
    if next != Some(0) {
        return Ok(next.map_or(Duration::from_secs(1), Duration::from_millis));
    }
    for execution in steps::due(&app).await? {
        perform(&app, &EndWaits(execution)).await?;
    }
    for execution in prompts::expired(&app).await? {
        perform(&app, &ExpirePrompts(execution)).await?;
    }
    for execution in perform(&app, &FindOverdue).await? {
        perform(&app, &EndOverdue(execution)).await?;
    }
    perform(&app, &EndJobs(Evidence::GivenUp)).await?;
    // A delayed attempt that is due now is offered by the queue.
    app.switchboard().doorbells().queue.notify_one();
    Ok(Duration::from_millis(5))
}
