//! Steps that run other workflows: what they want begins, what has ended is taken.

use std::time::Duration;

use super::due::told;
use crate::{
    app::App,
    domain::{
        calls::{self, Attend, Attended, EndUnwanted},
        perform,
    },
};

/// When to look again after something was done: more may be wanted by now.
const SOON: Duration = Duration::from_millis(5);
/// When to look again where something could not be done, and will be wanted again at once.
const LATER: Duration = Duration::from_millis(500);

/// Does what there is to do, and gives how long until the next look.
pub(super) async fn run(app: App) -> Result<Duration, Box<dyn std::error::Error + Send + Sync>> {
    let (waiting, unwanted) = calls::open(&app).await?;
    if waiting.is_empty() && unwanted.is_empty() {
        return Ok(Duration::from_secs(1));
    }
    let mut is_done = true;
    for execution in waiting {
        let attended = perform(&app, &Attend(execution)).await;
        is_done &= matches!(attended, Ok(Attended::Wholly));
        told(execution, &attended);
    }
    for child in unwanted {
        is_done &= told(child, &perform(&app, &EndUnwanted(child)).await);
    }
    Ok(if is_done { SOON } else { LATER })
}
