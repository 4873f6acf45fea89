//! Places in groups: whoever waits for one gets it, in order.

use std::time::Duration;

use crate::{
    app::App,
    domain::{
        executions::cancel::CancelError,
        jobs::end::complain,
        perform,
        places::{self, BeginHeld, Sweep},
    },
};

/// When to look again after something was begun: the next may have its turn by now.
const SOON: Duration = Duration::from_millis(5);
/// When to look again otherwise.
const LATER: Duration = Duration::from_secs(1);

/// Asks those in the way to end, and begins those whose turn it is.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    for cancel in places::in_the_way(&app).await? {
        match perform(&app, &cancel).await {
            Ok(_) | Err(CancelError::Finished(_) | CancelError::Unknown) => {}
            Err(error) => complain(cancel.execution, &error),
        }
    }
    let ready = places::ready(&app).await?;
    let mut is_done = !ready.is_empty();
    for execution in ready {
        if let Err(error) = perform(&app, &BeginHeld(execution)).await {
            complain(execution, &error);
            is_done = false;
        }
    }
    perform(&app, &Sweep).await?;
    Ok(if is_done { SOON } else { LATER })
}
