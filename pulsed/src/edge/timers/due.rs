//! What is due: waits that are over, prompts that nobody answered, executions out of time.

use std::time::Duration;

use pulse_api::ExecutionId;

use crate::{
    app::App,
    domain::{
        executions::{
            overdue::{EndOverdue, FindOverdue},
            undo::RollBack,
        },
        jobs::end::{self, Evidence, Swept, complain},
        perform,
        prompts::{self, ExpirePrompts},
        rollouts::{self, LookAfter},
        steps::{self, EndWaits},
    },
    model::job::Awaited,
};

/// When to look again after something was done: more may be due by now.
const SOON: Duration = Duration::from_millis(5);
/// When to look again where something could not be done, and will be due again at once.
const LATER: Duration = Duration::from_millis(500);

/// Does what is due, and gives how long until something is due again.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let next = steps::next_due(&app).await?;
    if next != Some(0) {
        return Ok(next.map_or(Duration::from_secs(1), Duration::from_millis));
    }
    let mut is_done = true;
    for execution in steps::due(&app).await? {
        is_done &= told(execution, &perform(&app, &EndWaits(execution)).await);
    }
    for execution in prompts::expired(&app).await? {
        is_done &= told(execution, &perform(&app, &ExpirePrompts(execution)).await);
    }
    for execution in perform(&app, &FindOverdue).await? {
        is_done &= told(execution, &perform(&app, &EndOverdue(execution)).await);
    }
    is_done &= end::jobs(&app, Evidence::GivenUp).await? == Swept::Wholly;
    if end::has_awaiting(&app).await? {
        for awaited in Awaited::ALL {
            is_done &= end::jobs(&app, Evidence::Late(awaited)).await? == Swept::Wholly;
        }
    }
    for execution in rollouts::resting(&app).await? {
        is_done &= told(execution, &perform(&app, &LookAfter(execution)).await);
    }
    for execution in rollouts::to_roll_back(&app).await? {
        is_done &= told(execution, &perform(&app, &RollBack(execution)).await);
    }
    // An attempt whose delay is over now is offered by the queue.
    app.switchboard().doorbells().queue.notify_one();
    Ok(if is_done { SOON } else { LATER })
}

/// Whether it was done. One execution that cannot be moved holds up no other.
pub(super) fn told<T, E>(execution: ExecutionId, outcome: &Result<T, E>) -> bool
where
    E: std::error::Error + 'static,
{
    if let Err(error) = outcome {
        complain(execution, error);
    }
    outcome.is_ok()
}
