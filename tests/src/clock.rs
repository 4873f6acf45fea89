//! The only look at this host's clock, for frames that must carry a time.

use jiff::Timestamp;

/// Now, as a worker of the seed would write it.
#[expect(clippy::disallowed_methods, reason = "a worker has a clock of its own")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
