//! How often and after how long a call is tried again.

use std::time::{Duration, Instant};

/// The tries of one call.
pub(super) struct Tries {
    deadline: Option<Instant>,
    made: u32,
}

/// How many tries a call gets when no `--timeout` says how long to go on.
const WITHOUT_DEADLINE: u32 = 4;

impl Tries {
    pub(super) fn new(deadline: Option<Instant>) -> Self {
        Self { deadline, made: 1 }
    }

    /// How long to wait before the next try; `None` when there is none.
    pub(super) fn next(&mut self, asked: Option<Duration>) -> Option<Duration> {
        let delay = asked
            .unwrap_or_else(|| backoff(self.made))
            .min(Duration::from_secs(30));
        let goes_on = match self.deadline {
            Some(deadline) => Instant::now() + delay < deadline,
            None => self.made < WITHOUT_DEADLINE,
        };
        self.made += 1;
        goes_on.then_some(delay)
    }
}

/// 150 ms, doubled with every try up to 5 s, and cut by chance to between half and all of it.
pub(super) fn backoff(tries: u32) -> Duration {
    let full = 150u64
        .saturating_mul(1 << tries.saturating_sub(1).min(10))
        .min(5000);
    let chance = u64::from(getrandom::u32().unwrap_or(u32::MAX / 2));
    let half = full / 2;
    Duration::from_millis(half + half * chance / u64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_to_a_limit() {
        for (tries, most) in [(1, 150), (2, 300), (3, 600), (20, 5000)] {
            let wait = backoff(tries).as_millis();

            assert!(wait <= most && wait >= most / 2 - 1, "{tries}: {wait}");
        }
    }

    #[test]
    fn a_call_without_a_deadline_gives_up_after_a_few_tries() {
        let mut tries = Tries::new(None);

        let waits = std::iter::from_fn(|| tries.next(None)).count();

        assert_eq!(waits, 3);
    }
}
