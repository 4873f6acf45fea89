//! The one place that asks for the time of day.
//!
//! Deadlines are computed in SQL with the database's clock; this one is for
//! logs, answers to people, and measuring.

use jiff::Timestamp;
use rustix::time::{ClockId, clock_gettime};

/// The time now, by this host's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that everything else asks"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Microseconds since this host was started, time spent asleep included. Nobody can set it.
pub(crate) fn boottime_us() -> i64 {
    let now = clock_gettime(ClockId::Boottime);
    now.tv_sec * 1_000_000 + now.tv_nsec / 1000
}
