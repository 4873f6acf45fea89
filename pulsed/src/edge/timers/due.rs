//! What is due: waits that are over, prompts that nobody answered, executions out of time.

use std::time::Duration;

use crate::{
    app::App,
    domain::{
        EngineError,
        executions::{
            overdue::{EndOverdue, FindOverdue},
            undo::RollBack,
        },
        jobs::{
            end::{self, Evidence},
            report::error_chain,
        },
        perform,
        prompts::{self, ExpirePrompts},
        rollouts::{self, LookAfter},
        steps::{self, EndWaits},
    },
    model::job::Awaited,
};

/// Does what is due, and gives how long until something is due again.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let next = steps::next_due(&app).await?;
    if next != Some(0) {
        return Ok(next.map_or(Duration::from_secs(1), Duration::from_millis));
    }
    for execution in steps::due(&app).await? {
        told(perform(&app, &EndWaits(execution)).await);
    }
    for execution in prompts::expired(&app).await? {
        told(perform(&app, &ExpirePrompts(execution)).await);
    }
    for execution in perform(&app, &FindOverdue).await? {
        told(perform(&app, &EndOverdue(execution)).await);
    }
    end::jobs(&app, Evidence::GivenUp).await?;
    if end::has_awaiting(&app).await? {
        for awaited in Awaited::ALL {
            end::jobs(&app, Evidence::Late(awaited)).await?;
        }
    }
    for execution in rollouts::resting(&app).await? {
        told(perform(&app, &LookAfter(execution)).await);
    }
    for execution in rollouts::to_roll_back(&app).await? {
        if let Err(error) = perform(&app, &RollBack(execution)).await {
            tracing::error!(cause = %error_chain(&error), execution.id = %execution, "a rollout cannot be brought back");
        }
    }
    // An attempt whose delay is over now is offered by the queue.
    app.switchboard().doorbells().queue.notify_one();
    Ok(Duration::from_millis(5))
}

/// One execution that cannot be moved holds up no other.
fn told(outcome: Result<(), EngineError>) {
    if let Err(error) = outcome {
        tracing::error!(cause = %error_chain(&error), "what is due cannot be done");
    }
}
