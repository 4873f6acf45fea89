//! The line that `systemctl status` shows of the link.

use crate::{
    credential::Credential,
    wire::{DrainMode, Load},
};

/// Where the link is connected, and how busy its executor is.
pub(crate) fn line(credential: &Credential, load: &Load) -> String {
    let mode = match load.draining {
        Some(DrainMode::Exit) => ", draining",
        Some(DrainMode::Hold) => ", held",
        None => "",
    };
    format!(
        "connected to {} as {}{mode}: {} running, {} waiting, {} to report",
        credential.server, credential.name, load.running, load.queued, load.unreported
    )
}
