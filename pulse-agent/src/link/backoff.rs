//! How long to wait before the next try.

use std::time::Duration;

/// The first tries come quickly, so that a restarted server is found at once.
const QUICK: Duration = Duration::from_millis(100);
const QUICK_TRIES: u32 = 20;
/// Then, for about a minute, a server that comes back is found within a second.
const STEADY: Duration = Duration::from_secs(1);
const STEADY_TRIES: u32 = 80;
const CAP: Duration = Duration::from_secs(15);

/// Waits that grow, each between half and the whole of its step.
#[derive(Debug, Default)]
pub(crate) struct Backoff {
    tries: u32,
}

impl Backoff {
    /// The wait before the next try; the first comes at once.
    ///
    /// `roll` is a random number that keeps a fleet from coming back in step.
    pub(crate) fn next(&mut self, roll: u32) -> Duration {
        let tries = self.tries;
        self.tries = self.tries.saturating_add(1);
        if tries == 0 {
            return Duration::ZERO;
        }
        let step = if tries <= QUICK_TRIES {
            QUICK * tries.min(3)
        } else if tries <= STEADY_TRIES {
            STEADY
        } else {
            CAP.min(STEADY * 2_u32.saturating_pow((tries - STEADY_TRIES).min(4)))
        };
        step / 2 + step.mul_f64(f64::from(roll) / f64::from(u32::MAX)) / 2
    }

    /// The server was reached.
    pub(crate) fn reset(&mut self) {
        self.tries = 0;
    }
}

/// Between half and one and a half times a pause that many were asked to make.
pub(crate) fn spread(pause: Duration, roll: u32) -> Duration {
    pause / 2 + pause.mul_f64(f64::from(roll) / f64::from(u32::MAX))
}

/// A random number; without randomness a fixed one, which only costs jitter.
pub(crate) fn roll() -> u32 {
    getrandom::u32().unwrap_or(u32::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_try_is_immediate_and_the_next_are_quick() {
        let mut backoff = Backoff::default();
        assert_eq!(backoff.next(u32::MAX), Duration::ZERO);

        for _ in 0..QUICK_TRIES {
            assert!(backoff.next(u32::MAX) <= Duration::from_millis(300));
        }
    }

    #[test]
    fn those_who_were_asked_to_wait_come_back_one_by_one() {
        let asked = Duration::from_secs(2);

        assert_eq!(spread(asked, 0), Duration::from_secs(1));
        assert_eq!(spread(asked, u32::MAX), Duration::from_secs(3));
    }

    #[test]
    fn it_ends_at_the_cap_and_starts_over_after_success() {
        let mut backoff = Backoff::default();
        for _ in 0..100 {
            backoff.next(0);
        }
        assert_eq!(backoff.next(u32::MAX), CAP);
        assert_eq!(backoff.next(0), CAP / 2);

        backoff.reset();

        assert_eq!(backoff.next(0), Duration::ZERO);
    }
}
