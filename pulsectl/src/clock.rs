//! The only place that reads the clock.

use std::time::{Duration, Instant};

use jiff::{Timestamp, civil, tz::TimeZone};

use crate::{duration, error::Failure};

/// The time on this machine: shown to people, and signed with; nothing is decided by it here.
#[expect(clippy::disallowed_methods, reason = "this is the crate's clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// A time as the server reads it, from a time, from a day or from how long ago it was: a day begins,
/// and its hours are, where the reader is.
pub(crate) fn instant(text: &str) -> Result<String, Failure> {
    if text.parse::<Timestamp>().is_ok() {
        return Ok(text.to_owned());
    }
    instant_in(text, &TimeZone::system()).map(|at| at.to_string())
}

/// The same where a day begins as it does in this zone.
pub(crate) fn instant_in(text: &str, zone: &TimeZone) -> Result<Timestamp, Failure> {
    if let Ok(at) = text.parse() {
        return Ok(at);
    }
    if let Ok(local) = text.parse::<civil::DateTime>() {
        let at = local.to_zoned(zone.clone());
        return at
            .map(|at| at.timestamp())
            .map_err(|error| Failure::usage(format!("`{text}` is no time")).because(&error));
    }
    let ago = duration::parse(text).map_err(|_| {
        Failure::usage(format!(
            "`{text}` is neither a time nor how long ago it was"
        ))
        .hint("write it as 30m or 1d, as a day such as 2026-11-23, or as 2026-11-23T10:00:00Z")
    })?;
    let at = now().checked_sub(ago);
    at.map_err(|_| Failure::usage(format!("`{text}` is too long ago")))
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
