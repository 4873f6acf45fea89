//! Places in groups: whoever waits for one gets it, in order; before that, windows that are over.

use std::time::Duration;

use super::due::told;
use crate::{
    app::App,
    domain::{
        perform,
        places::{self, BeginHeld, MakeRoom, Sweep},
        windows::{self, BeginDenied},
    },
};

/// When to look again after something was begun, or had its window end: the next may have its turn
/// by now, and only so many are found by one look.
const SOON: Duration = Duration::from_millis(5);
/// When to look again otherwise.
const LATER: Duration = Duration::from_secs(1);

/// Asks those in the way to end, and begins those whose turn it is or whose window is over.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let over = windows::over(&app).await?;
    let mut is_done = true;
    for execution in &over {
        is_done &= told(*execution, &perform(&app, &BeginDenied(*execution)).await);
    }
    for execution in places::in_the_way(&app).await? {
        told(execution, &perform(&app, &MakeRoom(execution)).await);
    }
    let ready = places::ready(&app).await?;
    is_done &= !over.is_empty() || !ready.is_empty();
    for execution in ready {
        is_done &= told(execution, &perform(&app, &BeginHeld(execution)).await);
    }
    perform(&app, &Sweep).await?;
    Ok(if is_done { SOON } else { LATER })
}
