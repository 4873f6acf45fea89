//! What a schedule is, and which of its moments start something.

use std::collections::VecDeque;

use jiff::Timestamp;
use pulse_api::{
    ScheduleId, WorkflowId,
    status::{MissedRuns, Overlap},
};
use pulse_workflow::Cron;
use serde_json::{Map, Value};

/// A schedule, as its row says.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub(crate) id: ScheduleId,
    pub(crate) name: String,
    pub(crate) workflow: WorkflowId,
    /// Its place in the document that makes it.
    pub(crate) position: Option<i32>,
    pub(crate) cron: String,
    pub(crate) timezone: String,
    pub(crate) overlap: Overlap,
    pub(crate) missed: MissedRuns,
    pub(crate) inputs: Map<String, Value>,
    pub(crate) owner: Owner,
    pub(crate) created_by: String,
    pub(crate) next_due_at: Option<Timestamp>,
}

/// In whose name, and with whose rights, a schedule starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    pub(crate) name: String,
    /// What they had signed in with, where a proxy did not vouch for them.
    pub(crate) token: Option<uuid::Uuid>,
}

/// How late a moment may be decided and not count as missed, in seconds.
const GRACE: i64 = 60;
/// How many missed moments are started at most, and how many are told one by one.
const MOST: usize = 100;
/// How many moments one look counts: more are left for the next.
const LOOK: usize = 10_000;

/// What is to be done about the moments that are due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Decision {
    /// The moment that starts something.
    pub(crate) start: Option<Timestamp>,
    /// The newest of those that start nothing, oldest first.
    pub(crate) missed: Vec<Timestamp>,
    /// How many older ones start nothing either.
    pub(crate) untold: usize,
    /// The next moment to decide, which may be past already.
    pub(crate) next: Option<Timestamp>,
}

/// Decides the moments from `first` until now, both of them included.
pub(crate) fn decide(
    cron: &Cron,
    (first, now): (Timestamp, Timestamp),
    policy: MissedRuns,
) -> Decision {
    let mut due = VecDeque::new();
    let (mut untold, mut given_up) = (0, None);
    let mut next = Some(first);
    while let Some(moment) = next.filter(|moment| *moment <= now) {
        if due.len() + untold == LOOK {
            break;
        }
        due.push_back(moment);
        if due.len() > MOST {
            given_up = due.pop_front();
            untold += 1;
        }
        next = cron.next_after(moment);
    }
    let is_whole = next.is_none_or(|moment| moment > now);
    match policy {
        // The others have their turn at the next look.
        MissedRuns::All if is_whole && untold == 0 => {
            let start = due.pop_front();
            Decision {
                start,
                next: due.front().copied().or(next),
                ..Decision::default()
            }
        }
        // Only the newest are made up for: those before them are given up, and what is left is decided anew.
        MissedRuns::All => Decision {
            start: None,
            untold: if is_whole { untold } else { untold + due.len() } - 1,
            next: if is_whole { due.front().copied() } else { next },
            missed: if is_whole {
                given_up
            } else {
                due.back().copied()
            }
            .into_iter()
            .collect(),
        },
        MissedRuns::Once | MissedRuns::Skip => {
            let is_late = |moment: &Timestamp| now.as_second() - moment.as_second() > GRACE;
            let newest = if is_whole { due.back().copied() } else { None };
            let start = newest.filter(|moment| policy == MissedRuns::Once || !is_late(moment));
            if start.is_some() {
                due.pop_back();
            }
            Decision {
                start,
                missed: due.into(),
                untold,
                next,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        format!("2026-11-23T{text}Z").parse().unwrap()
    }

    fn hourly(from: &str, now: &str, policy: MissedRuns) -> Decision {
        let cron = Cron::parse("0 * * * *", "UTC").unwrap();
        decide(&cron, (at(from), at(now)), policy)
    }

    #[test]
    fn a_moment_that_is_not_missed_starts_whatever_the_policy() {
        for policy in [MissedRuns::Skip, MissedRuns::Once, MissedRuns::All] {
            let decided = hourly("10:00:00", "10:00:01", policy);

            assert_eq!(decided.start, Some(at("10:00:00")), "{policy}");
            assert_eq!(decided.missed, [], "{policy}");
            assert_eq!(decided.next, Some(at("11:00:00")), "{policy}");
        }
    }

    #[test]
    fn what_was_missed_starts_never_once_or_each_by_itself() {
        let skip = hourly("08:00:00", "10:30:00", MissedRuns::Skip);
        let once = hourly("08:00:00", "10:30:00", MissedRuns::Once);
        let all = hourly("08:00:00", "10:30:00", MissedRuns::All);

        let missed = ["08:00:00", "09:00:00", "10:00:00"].map(at);
        assert_eq!((skip.start, skip.missed), (None, missed.to_vec()));
        assert_eq!(skip.next, Some(at("11:00:00")));
        assert_eq!(
            (once.start, once.missed),
            (Some(missed[2]), missed[..2].to_vec())
        );
        assert_eq!((all.start, all.next), (Some(missed[0]), Some(missed[1])));
    }

    #[test]
    fn nothing_starts_before_its_time() {
        let decided = hourly("10:00:00", "09:59:59", MissedRuns::All);

        assert_eq!(decided.start, None);
        assert_eq!(decided.next, Some(at("10:00:00")));
    }

    #[test]
    fn of_very_many_only_the_newest_are_made_up_for_in_bounded_pieces() {
        let cron = Cron::parse("* * * * *", "UTC").unwrap();
        let now: Timestamp = "2026-11-23T10:00:30Z".parse().unwrap();
        let mut from: Timestamp = "2026-11-13T10:00:00Z".parse().unwrap();
        let (mut started, mut given_up) = (0, 0);
        while from <= now {
            let decided = decide(&cron, (from, now), MissedRuns::All);
            started += usize::from(decided.start.is_some());
            given_up += decided.untold + decided.missed.len();
            from = decided.next.unwrap();
        }

        assert_eq!(started, MOST);
        assert_eq!(started + given_up, 10 * 24 * 60 + 1);
    }
}
