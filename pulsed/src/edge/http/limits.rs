//! Slowing down whoever guesses, and whoever asks for more than their share.
//!
//! What is counted is in this replica's memory: with more replicas, there is more for everybody.

use std::{
    collections::HashMap,
    hash::Hash,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use crate::{config, model::access::Speaker};

const MINUTE: Duration = Duration::from_mins(1);
/// How many networks or callers are remembered; beyond it, those that say nothing are forgotten.
const REMEMBERED: usize = 10_000;

/// Everything that is limited.
pub(super) struct Limits {
    pub(super) wrong_tokens: Guesses,
    pub(super) wrong_enrolments: Guesses,
    pub(super) requests: Shares,
}

impl Limits {
    pub(super) fn new(limits: &config::Limits) -> Self {
        Self {
            wrong_tokens: Guesses::new(limits.wrong_tokens_per_minute),
            wrong_enrolments: Guesses::new(limits.wrong_enrolments_per_minute),
            requests: Shares::new(limits.requests_per_second, limits.request_burst),
        }
    }
}

/// Wrong guesses by network.
pub(super) struct Guesses {
    most: u32,
    seen: Mutex<HashMap<IpAddr, (Instant, u32)>>,
}

impl Guesses {
    fn new(most: u32) -> Self {
        Self {
            most,
            seen: Mutex::default(),
        }
    }

    /// Counts a wrong guess; gives whether there were too many before it in the same minute, or from
    /// so many networks that this one cannot be counted.
    pub(super) fn is_over(&self, from: IpAddr, now: Instant) -> bool {
        let from = network(from);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= REMEMBERED && !seen.contains_key(&from) {
            seen.retain(|_, (since, _)| now.duration_since(*since) < MINUTE);
            if seen.len() >= REMEMBERED {
                return true;
            }
        }
        let entry = seen.entry(from).or_insert((now, 0));
        if now.duration_since(entry.0) >= MINUTE {
            *entry = (now, 0);
        }
        if entry.1 >= self.most {
            return true;
        }
        entry.1 += 1;
        false
    }
}

/// Who counts as one: an IPv4 address, or the /64 that one host of IPv6 may choose its own from.
fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        address @ IpAddr::V4(_) => address,
    }
}

/// What each caller has left: so many calls a second, and what was not used before.
pub(super) struct Shares {
    /// 0 for no limit.
    per_second: u32,
    burst: u32,
    left: Mutex<HashMap<Caller, (Instant, f64)>>,
}

/// Whose share it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Caller {
    User(String),
    Worker(Speaker),
    /// Whoever delivers to it.
    Sensor(String),
}

impl Shares {
    fn new(per_second: u32, burst: u32) -> Self {
        Self {
            per_second,
            burst: burst.max(per_second),
            left: Mutex::default(),
        }
    }

    /// Takes one call out of a caller's share; where nothing is left, gives when there will be.
    pub(super) fn take(&self, caller: Caller, now: Instant) -> Result<(), Duration> {
        if self.per_second == 0 {
            return Ok(());
        }
        let (rate, full) = (f64::from(self.per_second), f64::from(self.burst));
        let grown = |(at, left): &(Instant, f64)| {
            (left + now.duration_since(*at).as_secs_f64() * rate).min(full)
        };
        let mut shares = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        if shares.len() >= REMEMBERED && !shares.contains_key(&caller) {
            shares.retain(|_, share| grown(share) < full);
        }
        let share = shares.entry(caller).or_insert((now, full));
        *share = (now, grown(share));
        if share.1 < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - share.1) / rate));
        }
        share.1 -= 1.0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_so_many_wrong_guesses_an_address_has_to_wait_a_minute() {
        let wrong = Guesses::new(10);
        let (guesser, other) = (IpAddr::from([192, 0, 2, 1]), IpAddr::from([192, 0, 2, 2]));
        let now = Instant::now();

        for _ in 0..10 {
            assert!(!wrong.is_over(guesser, now));
        }

        assert!(wrong.is_over(guesser, now));
        assert!(!wrong.is_over(other, now));
        assert!(!wrong.is_over(guesser, now + MINUTE));
    }

    #[test]
    fn the_addresses_of_one_ipv6_network_guess_together() {
        let wrong = Guesses::new(2);
        let now = Instant::now();
        let is_over = |from: &str| wrong.is_over(from.parse().unwrap(), now);

        assert!(!is_over("2001:db8:0:1::1"));
        assert!(!is_over("2001:db8:0:1:ffff::2"));

        assert!(is_over("2001:db8:0:1::3"));
        assert!(!is_over("2001:db8:0:2::3"));
        assert!(!is_over("192.0.2.1"));
        assert!(!is_over("::ffff:192.0.2.1"));
        assert!(is_over("192.0.2.1"));
    }

    #[test]
    fn guesses_from_very_many_networks_are_not_all_remembered() {
        let wrong = Guesses::new(2);
        let now = Instant::now();
        for number in 0..10_000_u32 {
            assert!(!wrong.is_over(IpAddr::V4(number.into()), now));
        }

        assert!(wrong.is_over(IpAddr::from([192, 0, 2, 1]), now));
        assert!(!wrong.is_over(IpAddr::V4(7.into()), now));
        assert!(!wrong.is_over(IpAddr::from([192, 0, 2, 1]), now + MINUTE));
        assert!(wrong.seen.lock().unwrap().len() <= REMEMBERED);
    }

    #[test]
    fn what_was_not_used_is_left_for_a_burst_and_no_more() {
        let shares = Shares::new(10, 30);
        let caller = || Caller::User("alice".to_owned());
        let now = Instant::now();
        let taken = |at: Instant| {
            (0..100)
                .take_while(|_| shares.take(caller(), at).is_ok())
                .count()
        };

        assert_eq!(taken(now), 30);
        assert_eq!(taken(now + Duration::from_secs(1)), 10);
        assert_eq!(taken(now + Duration::from_hours(1)), 30);
        let other = Caller::User("bob".to_owned());
        assert!(shares.take(other, now + Duration::from_hours(1)).is_ok());
    }

    #[test]
    fn whoever_has_nothing_left_is_told_when_to_come_back() {
        let shares = Shares::new(10, 10);
        let caller = || Caller::User("alice".to_owned());
        let now = Instant::now();
        for _ in 0..10 {
            shares.take(caller(), now).unwrap();
        }

        let wait = shares.take(caller(), now).unwrap_err();

        assert!(wait > Duration::from_millis(90) && wait <= Duration::from_millis(100));
        assert!(shares.take(caller(), now + wait).is_ok());
    }

    #[test]
    fn without_a_limit_nobody_is_counted() {
        let shares = Shares::new(0, 0);
        let now = Instant::now();

        let all = (0..10_000).all(|_| shares.take(Caller::User("ci".to_owned()), now).is_ok());

        assert!(all);
    }
}
