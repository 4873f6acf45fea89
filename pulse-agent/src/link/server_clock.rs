//! What time it is on the server, and how wrong that may be.

/// Clocks may drift apart by one part in this many.
const DRIFT_DIVISOR: i64 = 100;

/// One comparison of the clocks, in nanoseconds.
#[derive(Debug, Clone, Copy)]
struct Sample {
    /// Server's Unix time less the boot clock.
    offset: i64,
    error: i64,
    at: i64,
}

/// An estimate of the server's clock on the base of the boot clock, which no one can set.
#[derive(Debug, Default)]
pub(crate) struct ServerClock {
    best: Option<Sample>,
}

impl ServerClock {
    /// Takes an answer: it left the server at some moment between the two local ones.
    pub(crate) fn learn(&mut self, sent_ns: i64, received_ns: i64, server_unix_ns: i64) {
        if received_ns < sent_ns {
            return;
        }
        let error = (received_ns - sent_ns) / 2;
        let sample = Sample {
            offset: server_unix_ns - (sent_ns + error),
            error,
            at: received_ns,
        };
        let is_better = self
            .best
            .is_none_or(|best| error <= best.error_at(received_ns));
        if is_better {
            self.best = Some(sample);
        }
    }

    /// Another server or a restarted one may have another clock.
    pub(crate) fn forget(&mut self) {
        self.best = None;
    }

    /// The server's Unix time less the boot clock.
    pub(crate) fn offset_ns(&self) -> Option<i64> {
        self.best.map(|best| best.offset)
    }

    /// The first moment of the boot clock at which the server's clock may have reached this time.
    pub(crate) fn earliest(&self, server_unix_ns: i64) -> Option<i64> {
        let best = self.best?;
        let ahead = server_unix_ns - best.offset - best.error - best.at;
        // The bound itself grows while time passes.
        let passed = if ahead > 0 {
            ahead / (DRIFT_DIVISOR + 1) * DRIFT_DIVISOR
        } else {
            ahead
        };
        Some(best.at + passed)
    }
}

impl Sample {
    fn error_at(self, now_ns: i64) -> i64 {
        self.error + (now_ns - self.at).max(0) / DRIFT_DIVISOR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: i64 = 1_000_000_000;

    #[test]
    fn without_an_answer_nothing_is_known() {
        assert_eq!(ServerClock::default().earliest(SECOND), None);
    }

    #[test]
    fn the_server_may_have_reached_a_time_half_a_round_trip_early() {
        let mut clock = ServerClock::default();
        clock.learn(10 * SECOND, 12 * SECOND, 1000 * SECOND);

        let earliest = clock.earliest(1005 * SECOND).unwrap();

        // It was 1000 on the server at 11 ± 1, so 1005 may come as early as 15, drift aside.
        assert!(
            earliest <= 15 * SECOND && earliest > 14 * SECOND,
            "{earliest}"
        );
    }

    #[test]
    fn a_better_answer_replaces_a_worse_one_and_age_makes_worse() {
        let mut clock = ServerClock::default();
        clock.learn(0, SECOND / 10, 1000 * SECOND);
        clock.learn(SECOND, 3 * SECOND, 1000 * SECOND);
        assert_eq!(clock.offset_ns(), Some(1000 * SECOND - SECOND / 20));

        clock.learn(1000 * SECOND, 1002 * SECOND, 2000 * SECOND);

        assert_eq!(clock.offset_ns(), Some(2000 * SECOND - 1001 * SECOND));
    }

    #[test]
    fn an_expired_time_lies_in_the_past() {
        let mut clock = ServerClock::default();
        clock.learn(10 * SECOND, 10 * SECOND, 1000 * SECOND);

        assert!(clock.earliest(999 * SECOND).unwrap() < 10 * SECOND);
    }
}
