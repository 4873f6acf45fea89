//! The host's clocks. Everything else is given the time.

use jiff::Timestamp;
use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds since the host was started, time spent asleep included.
///
/// Setting the wall clock does not move it, and every process of the host reads the same.
pub(crate) fn boottime_ns() -> i64 {
    let now = clock_gettime(ClockId::Boottime);
    now.tv_sec * 1_000_000_000 + now.tv_nsec
}

/// The host's own idea of the time of day; never compared with a deadline.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the wall clock"
)]
pub(crate) fn wall() -> Timestamp {
    Timestamp::now()
}

/// The wall clock less the boot clock: what stands in until the server has told its time.
pub(crate) fn wall_offset_ns() -> i64 {
    unix_ns(wall()) - boottime_ns()
}

/// Nanoseconds of a moment since 1970.
pub(crate) fn unix_ns(at: Timestamp) -> i64 {
    i64::try_from(at.as_nanosecond()).unwrap_or(i64::MAX)
}

/// The moment so many nanoseconds after 1970.
pub(crate) fn timestamp(unix_ns: i64) -> Timestamp {
    Timestamp::from_nanosecond(i128::from(unix_ns)).unwrap_or(Timestamp::UNIX_EPOCH)
}
