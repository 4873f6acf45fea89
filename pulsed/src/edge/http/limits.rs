//! Slowing down whoever guesses tokens: ten wrong ones a minute and address.
//!
//! The address is the socket's: a header that a client writes says nothing.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// How many wrong tokens an address may show in a minute.
const WRONG_TOKENS: u32 = 10;
const MINUTE: Duration = Duration::from_mins(1);
/// How many addresses are remembered; beyond it, those whose minute is over are forgotten.
const ADDRESSES: usize = 10_000;

/// Wrong tokens by address.
#[derive(Default)]
pub(super) struct WrongTokens(Mutex<HashMap<IpAddr, (Instant, u32)>>);

impl WrongTokens {
    /// Counts a wrong token.
    pub(super) fn count(&self, from: IpAddr) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= ADDRESSES {
            seen.retain(|_, (since, _)| since.elapsed() < MINUTE);
        }
        let entry = seen.entry(from).or_insert((Instant::now(), 0));
        if entry.0.elapsed() >= MINUTE {
            *entry = (Instant::now(), 0);
        }
        entry.1 += 1;
    }

    /// Whether an address has shown too many.
    pub(super) fn is_over(&self, from: IpAddr) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(&from)
            .is_some_and(|(since, count)| *count >= WRONG_TOKENS && since.elapsed() < MINUTE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tenth_wrong_token_is_the_last() {
        let wrong = WrongTokens::default();
        let (guesser, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));

        for _ in 0..WRONG_TOKENS {
            assert!(!wrong.is_over(guesser));
            wrong.count(guesser);
        }

        assert!(wrong.is_over(guesser));
        assert!(!wrong.is_over(other));
    }
}
