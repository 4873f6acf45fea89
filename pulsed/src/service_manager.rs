//! Telling systemd how far the server is. Without `NOTIFY_SOCKET` nothing here does anything.

use sd_notify::NotifyState;
use tokio_util::sync::CancellationToken;

/// The server listens; whether the database is there is what the status says.
pub(crate) fn ready() {
    tell(&[NotifyState::Ready]);
}

/// One line for `systemctl status`.
pub(crate) fn status(text: &str) {
    tell(&[NotifyState::Status(text)]);
}

/// From here on only the end follows.
pub(crate) fn stopping() {
    tell(&[NotifyState::Stopping, NotifyState::Status("stopping")]);
}

/// Shows that the runtime still turns, twice as often as systemd wants to see it.
pub(crate) async fn keep_watch(stop: CancellationToken) {
    let Some(limit) = sd_notify::watchdog_enabled() else {
        return;
    };
    let mut beat = tokio::time::interval(limit / 2);
    loop {
        tokio::select! {
            // The end has a bound of its own, shorter than this one.
            () = stop.cancelled() => return,
            _ = beat.tick() => tell(&[NotifyState::Watchdog]),
        }
    }
}

fn tell(states: &[NotifyState]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!(%error, "the service manager cannot be told");
    }
}
