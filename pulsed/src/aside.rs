//! What this server could not do just now, and leaves until there is nothing else to do.
//!
//! What cannot be done here is not to stand before what can: whoever looks for what there is to do
//! leaves this out, and tries it again after that, each time a little later. Lost with the process, it
//! costs one more try.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use pulse_api::{ExecutionId, ScheduleId};

/// How long something is left at first.
const FIRST: Duration = Duration::from_secs(1);
/// How long it is at most.
const LONGEST: Duration = Duration::from_secs(16);
/// How much is tried again before others are looked for.
const AT_ONCE: usize = 20;
/// How much is known at most; the rest is tried whenever it is found.
const MOST: usize = 10_000;

/// What timers leave aside.
#[derive(Default)]
pub(crate) struct LeftAside {
    /// Schedules whose moment is to be decided.
    pub(crate) schedules: Aside<ScheduleId>,
    /// Deliveries of events that are to be decided.
    pub(crate) events: Aside<i64>,
    /// Steps whose workflow is to begin; without a step, whole executions.
    pub(crate) steps: Aside<(ExecutionId, Option<String>)>,
    /// Channels, by name, of which something was not accepted, or that cannot be told from here.
    pub(crate) channels: Aside<String>,
}

/// Things of one kind that are left aside.
pub(crate) struct Aside<K>(Mutex<HashMap<K, Left>>);

struct Left {
    wait: Duration,
    until: Instant,
}

impl<K> Default for Aside<K> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Clone + Eq + Hash> Aside<K> {
    /// Leaves something aside; gives whether that is new.
    pub(crate) fn put(&self, key: K) -> bool {
        self.put_at(key, Instant::now())
    }

    /// It is done, here or elsewhere.
    pub(crate) fn done(&self, key: &K) {
        self.all().remove(key);
    }

    /// Everything that is left aside.
    pub(crate) fn keys(&self) -> Vec<K> {
        self.all().keys().cloned().collect()
    }

    /// Some of what is to be tried again by now, the longest waiting first.
    pub(crate) fn again(&self) -> Vec<K> {
        self.again_at(Instant::now())
    }

    /// When it is to be tried again, where it is left aside.
    pub(crate) fn until(&self, key: &K) -> Option<Instant> {
        self.all().get(key).map(|left| left.until)
    }

    /// In how long the first of it is to be tried again.
    pub(crate) fn next(&self) -> Option<Duration> {
        let all = self.all();
        let next = all.values().map(|left| left.until).min();
        next.map(|next| next.saturating_duration_since(Instant::now()))
    }

    fn put_at(&self, key: K, now: Instant) -> bool {
        let mut all = self.all();
        let before = all.get(&key).map(|left| left.wait);
        if before.is_none() && all.len() >= MOST {
            return false;
        }
        let wait = before.map_or(FIRST, |wait| (wait * 2).min(LONGEST));
        let until = now + wait;
        all.insert(key, Left { wait, until });
        before.is_none()
    }

    fn again_at(&self, now: Instant) -> Vec<K> {
        let all = self.all();
        let mut due: Vec<_> = all.iter().filter(|(_, left)| left.until <= now).collect();
        due.sort_unstable_by_key(|(_, left)| left.until);
        due.truncate(AT_ONCE);
        due.into_iter().map(|(key, _)| key.clone()).collect()
    }

    fn all(&self) -> MutexGuard<'_, HashMap<K, Left>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_aside_is_tried_again_each_time_a_little_later_until_it_is_done() {
        let (aside, start) = (Aside::default(), Instant::now());
        let again = |seconds| aside.again_at(start + Duration::from_secs(seconds));

        assert!(aside.put_at("a", start));
        assert_eq!((again(0), again(1)), (vec![], vec!["a"]));
        assert!(!aside.put_at("a", start + FIRST));
        assert_eq!((again(2), again(3)), (vec![], vec!["a"]));
        for _ in 0..9 {
            aside.put_at("a", start);
        }
        assert_eq!((again(15), again(16)), (vec![], vec!["a"]));
        assert_eq!(aside.keys(), ["a"]);
        aside.done(&"a");
        assert_eq!((aside.keys(), aside.next()), (vec![], None));
    }

    #[test]
    fn the_longest_waiting_come_first_and_no_more_is_known_than_finds_room() {
        let (aside, start) = (Aside::default(), Instant::now());
        for number in 0..MOST {
            let later = Duration::from_millis(u64::try_from(number).unwrap());
            assert!(aside.put_at(number, start + later));
        }

        assert!(!aside.put_at(MOST, start));

        let again = aside.again_at(start + LONGEST * 2);
        assert_eq!(again, (0..AT_ONCE).collect::<Vec<_>>());
        aside.done(&0);
        assert!(aside.put_at(MOST, start));
    }
}
