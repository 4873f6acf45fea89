//! The one place that asks for the time of day.
//!
//! Deadlines are computed in SQL with the database's clock; this one is for
//! logs, answers to people, and measuring.

use jiff::Timestamp;

/// The time now, by this host's clock.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that everything else asks"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
