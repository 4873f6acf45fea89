//! What work costs, whoever else is on the machine.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The processor time that this thread has had.
pub(crate) fn spent() -> Duration {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(spent).expect("time that was spent is not negative")
}

/// The processor time that this thread has had since then.
pub(crate) fn spent_since(before: Duration) -> Duration {
    spent().saturating_sub(before)
}
