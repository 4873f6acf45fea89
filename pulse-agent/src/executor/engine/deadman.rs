//! Ends steps that must not outlive their connection to the server.
//!
//! The server may start such a step again once it has not heard of this host for long enough. So
//! this process, which needs no link for it, ends it first: it counts on the boot clock, which
//! goes on while the host sleeps, from the sending of the last sign of life that the server says
//! it has stored.

use std::time::Duration;

use pulse_api::frames::{OnDisconnect, Reason};

use super::Engine;
use crate::{
    clock,
    executor::{record::Key, watch::Order},
};

/// How often the clock is looked at while there is something to end: timers stand still while
/// the host sleeps.
const LOOK: Duration = Duration::from_secs(1);

/// How long the silence has been, and may be.
#[derive(Debug)]
pub(crate) struct Deadman {
    /// On the boot clock.
    heard_ns: i64,
    limit: Duration,
}

impl Default for Deadman {
    fn default() -> Self {
        Self {
            heard_ns: clock::boottime_ns(),
            limit: Duration::from_secs(330),
        }
    }
}

impl Deadman {
    /// How long until the silence has been too long; zero when it has.
    fn left(&self, now_ns: i64) -> Duration {
        let silent = u64::try_from(now_ns - self.heard_ns).unwrap_or(0);
        self.limit.saturating_sub(Duration::from_nanos(silent))
    }

    /// Whether what must not outlive its connection would be ended soon after it was started.
    fn is_near(&self, now_ns: i64) -> bool {
        self.left(now_ns) < self.limit / 2
    }
}

impl Engine {
    /// Takes over how long a silence may be.
    pub(crate) fn limit_silence(&mut self, limit_ms: u64) {
        self.deadman.limit = Duration::from_millis(limit_ms);
    }

    /// A sign of life that was sent then counts. An older one changes nothing.
    pub(crate) fn heard(&mut self, sent_ns: i64) {
        let sent_ns = sent_ns.min(clock::boottime_ns());
        self.deadman.heard_ns = self.deadman.heard_ns.max(sent_ns);
    }

    /// Whether this had better not be started before the server has stored a sign of life again. An
    /// offer may overtake that, when the server's database comes back from a long absence.
    pub(crate) fn is_too_early_for(&self, on_disconnect: OnDisconnect) -> bool {
        on_disconnect == OnDisconnect::Stop && self.deadman.is_near(clock::boottime_ns())
    }

    /// When to look whether something must be ended; never, while nothing may have to.
    pub(crate) fn next_deadman(&self) -> Option<Duration> {
        let is_bound = self
            .running
            .values()
            .any(|running| running.on_disconnect == OnDisconnect::Stop);
        is_bound.then(|| self.deadman.left(clock::boottime_ns()).min(LOOK))
    }

    /// Ends what must not outlive its connection, when the silence has been too long.
    pub(crate) fn end_cut_off(&mut self) {
        if !self.deadman.left(clock::boottime_ns()).is_zero() {
            return;
        }
        // What is left of the server's patience: 10 s of 6 minutes.
        let grace = self.deadman.limit / 33;
        let grace = grace.min(Duration::from_millis(self.parts.settings.kill_grace_ms));
        let bound: Vec<Key> = self
            .running
            .iter_mut()
            .filter(|(_, running)| running.on_disconnect == OnDisconnect::Stop)
            .map(|(key, running)| {
                // Ordered once; its end is on its way.
                running.on_disconnect = OnDisconnect::Continue;
                *key
            })
            .collect();
        for key in bound {
            tracing::warn!(job.id = %key.job_id, attempt = key.attempt, "cut off from the server for too long: ending a step that may be started again");
            let reason = Reason::CutOff;
            self.order(key, Order { reason, grace });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_silence_counts_from_the_last_sign_of_life() {
        let deadman = Deadman {
            heard_ns: 5_000_000_000,
            limit: Duration::from_secs(330),
        };

        assert_eq!(deadman.left(5_000_000_000), Duration::from_secs(330));
        assert_eq!(deadman.left(334_000_000_000), Duration::from_secs(1));
        assert_eq!(deadman.left(335_000_000_000), Duration::ZERO);
        assert_eq!(deadman.left(999_000_000_000), Duration::ZERO);
        assert!(!deadman.is_near(169_000_000_000));
        assert!(deadman.is_near(171_000_000_000));
    }
}
