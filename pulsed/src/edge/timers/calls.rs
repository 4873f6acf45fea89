//! Steps that run other workflows: what they want begins, what has ended is taken.

use std::time::Duration;

use pulse_api::ExecutionId;

use super::due::told;
use crate::{
    app::App,
    domain::{
        calls::{self, Attend, EndUnwanted, Left},
        perform,
    },
};

/// When to look again after something was done: more may be wanted by now.
const SOON: Duration = Duration::from_millis(5);
/// When to look again where something could not be done, and will be wanted again at once.
const LATER: Duration = Duration::from_millis(500);

/// Does what there is to do, and gives how long until the next look.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let left = &app.left_aside().steps;
    let (waiting, unwanted) = calls::open(&app, left.keys()).await?;
    let again = left.again();
    if waiting.is_empty() && unwanted.is_empty() && again.is_empty() {
        let most = Duration::from_secs(1);
        return Ok(left.next().map_or(most, |again| most.min(again)));
    }
    let mut is_done = true;
    for execution in waiting {
        attend(&app, execution).await;
    }
    for (execution, step) in again {
        let still = attend(&app, execution).await;
        if !still.contains(&step) {
            left.done(&(execution, step));
        }
    }
    for child in unwanted {
        is_done &= told(child, &perform(&app, &EndUnwanted(child)).await);
    }
    Ok(if is_done { SOON } else { LATER })
}

/// Attends to one execution, and gives what of it is left aside: steps, or all of it.
async fn attend(app: &App, execution: ExecutionId) -> Vec<Option<String>> {
    let left = &app.left_aside().steps;
    let attended = perform(app, &Attend(execution)).await;
    if !told(execution, &attended) {
        left.put((execution, None));
        return vec![None];
    }
    let mut still = Vec::new();
    for Left { step, why } in attended.unwrap_or_default() {
        if left.put((execution, Some(step.clone()))) {
            tracing::warn!(execution.id = %execution, step.path = %step, %why, "a step is left to other servers");
        }
        still.push(Some(step));
    }
    still
}
