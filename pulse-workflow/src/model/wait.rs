//! What a step waits for: a length of time, or something that comes to hold.

use super::step::Condition;

/// What a step waits for.
#[derive(Clone, Debug)]
pub enum Wait {
    For {
        duration_ms: u64,
    },
    /// Until this holds; it fails when its time is up before that.
    Until {
        condition: Condition,
        /// How long it looks away at most: it looks whenever something in the execution moves, too.
        every_ms: u64,
    },
}
