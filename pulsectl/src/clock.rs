//! The only place that reads the clock.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// The time on this machine; only ever shown to people, never decided by.
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// When a wait that starts now is over.
pub(crate) fn deadline(wait: Option<Duration>) -> Option<Instant> {
    wait.map(|wait| Instant::now() + wait)
}

/// Sleeps until the deadline, or for ever without one.
pub(crate) async fn until(deadline: Option<Instant>) {
    match deadline {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}
