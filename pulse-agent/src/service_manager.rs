//! Telling systemd how far a service is. Without `NOTIFY_SOCKET` nothing here does anything.

use std::time::Duration;

use sd_notify::NotifyState;

/// From here on the service does what it is for.
pub(crate) fn ready() {
    tell(&[NotifyState::Ready]);
}

/// One line for `systemctl status`.
pub(crate) fn status(text: &str) {
    tell(&[NotifyState::Status(text)]);
}

/// The end follows, after this long at most.
pub(crate) fn stopping(limit: Duration) {
    let limit_us = u32::try_from(limit.as_micros()).unwrap_or(u32::MAX);
    tell(&[
        NotifyState::Stopping,
        NotifyState::ExtendTimeoutUsec(limit_us),
    ]);
}

/// Shows that the program's one thread still turns, twice as often as systemd wants to see it.
pub(crate) async fn keep_watch() {
    let Some(limit) = sd_notify::watchdog_enabled() else {
        return;
    };
    let mut beat = tokio::time::interval(limit / 2);
    loop {
        beat.tick().await;
        tell(&[NotifyState::Watchdog]);
    }
}

fn tell(states: &[NotifyState]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::warn!(%error, "the service manager cannot be told");
    }
}
