//! When a workflow may not start.
//!
//! A window begins at the moments of its cron and lasts so long by the clock of the world: where the
//! clocks of its zone change meanwhile, it ends an hour earlier or later by them.

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use crate::cron::Cron;
use crate::duration;

/// How often it is looked whether a window covers a moment: each takes some microseconds.
const MOST_LOOKS: usize = 4_000;
/// How far ahead that end is looked for.
const FARTHEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// When a workflow may not start, and what becomes of a start at such a time.
#[derive(Clone, Debug)]
pub struct Windows {
    pub deny: Vec<Window>,
    pub when_denied: WhenDenied,
}

/// A length of time that comes back.
#[derive(Clone, Debug)]
pub struct Window {
    /// The moments at which it begins.
    pub cron: Cron,
    pub length_ms: u64,
}

/// What becomes of an execution that is started in a denied window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WhenDenied {
    /// It begins when the window is over.
    #[default]
    Wait,
    /// It is not started.
    Reject,
}

/// Why nothing starts now, and until when.
#[derive(Clone, Debug)]
pub struct Denied {
    /// Of the windows of this moment the one that ends last.
    pub window: Window,
    /// When no window denies a start any more.
    pub until: Timestamp,
    /// Whether that was farther than is looked ahead: it is denied at least until then.
    pub is_at_least: bool,
}

impl WhenDenied {
    pub const ALL: [Self; 2] = [Self::Wait, Self::Reject];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Wait => "wait",
            Self::Reject => "reject",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.as_str() == word)
    }
}

impl Windows {
    /// Whether a start at this moment is denied. The end is that of all windows together that follow
    /// each other without a gap.
    pub fn denied(&self, at: Timestamp) -> Option<Denied> {
        self.denied_within(at, &mut { MOST_LOOKS })
    }

    /// Whether each of them ends, seen from this moment on, before the others go on for ever.
    pub(crate) fn ever_opens(&self, from: Timestamp) -> bool {
        let mut left = MOST_LOOKS;
        self.deny.iter().all(|window| {
            let first = window.cron.next_after(from);
            let denied = first.and_then(|first| self.denied_within(first, &mut left));
            !denied.is_some_and(|denied| denied.is_at_least)
        })
    }

    fn denied_within(&self, at: Timestamp, left: &mut usize) -> Option<Denied> {
        let (window, mut until) = self.covering(at)?;
        let farthest = at.checked_add(FARTHEST).unwrap_or(Timestamp::MAX);
        let mut is_at_least = false;
        while let Some((_, end)) = self.covering(until) {
            until = end;
            *left = left.saturating_sub(self.deny.len());
            is_at_least = *left == 0 || until > farthest;
            if is_at_least {
                break;
            }
        }
        Some(Denied {
            window: window.clone(),
            until,
            is_at_least,
        })
    }

    /// Of the windows of a moment the one that ends last, and when.
    fn covering(&self, at: Timestamp) -> Option<(&Window, Timestamp)> {
        let each = self.deny.iter();
        let each = each.filter_map(|window| Some((window, window.end(at)?)));
        each.max_by_key(|(_, end)| *end)
    }
}

impl Window {
    /// When it ends, if this moment is in it; the moment of its end is not.
    fn end(&self, at: Timestamp) -> Option<Timestamp> {
        let length = SignedDuration::from_millis(i64::try_from(self.length_ms).ok()?);
        let after = at.checked_sub(length).ok()?;
        // Windows begin at whole seconds.
        let after = Timestamp::from_second(after.as_second()).ok()?;
        let start = self.cron.next_after(after)?;
        if start > at {
            return None;
        }
        start.checked_add(length).ok()
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (cron, zone) = (self.cron.text(), self.cron.zone_name());
        let length = duration::shown(self.length_ms);
        write!(f, "`{cron}` for {length}, {zone}")
    }
}

impl fmt::Display for Denied {
    /// `until 2026-12-27 00:00 CET, by the window …`, as the clocks of the window show it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let least = if self.is_at_least { "at least " } else { "" };
        let until = self.window.cron.due(self.until).local;
        let until = until.strftime(if self.until.as_second() % 60 == 0 {
            "%F %R %Z"
        } else {
            "%F %T %Z"
        });
        write!(f, "{least}until {until}, by its window {}", self.window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600_000;
    const DAY: u64 = 24 * HOUR;

    fn windows(deny: &[(&str, u64, &str)]) -> Windows {
        let window = |(cron, length_ms, zone): &(&str, u64, &str)| Window {
            cron: Cron::parse(cron, zone).unwrap(),
            length_ms: *length_ms,
        };
        Windows {
            deny: deny.iter().map(window).collect(),
            when_denied: WhenDenied::Wait,
        }
    }

    /// Until when a start is denied at each of these moments; `-` where it is not.
    fn until(deny: &[(&str, u64, &str)], moments: &[&str]) -> Vec<String> {
        let windows = windows(deny);
        let until = |moment: &&str| {
            let denied = windows.denied(moment.parse().unwrap());
            denied.map_or("-".to_owned(), |denied| denied.until.to_string())
        };
        moments.iter().map(until).collect()
    }

    #[test]
    fn a_window_denies_from_its_first_moment_to_the_one_before_its_end() {
        let freeze = [("0 22 * * *", 8 * HOUR, "UTC")];

        assert_eq!(
            until(
                &freeze,
                &[
                    "2026-11-23T21:59:59.999Z",
                    "2026-11-23T22:00:00Z",
                    "2026-11-24T00:00:00.5Z",
                    "2026-11-24T05:59:59.5Z",
                    "2026-11-24T06:00:00Z",
                ]
            ),
            [
                "-",
                "2026-11-24T06:00:00Z",
                "2026-11-24T06:00:00Z",
                "2026-11-24T06:00:00Z",
                "-"
            ]
        );
    }

    #[test]
    fn windows_that_overlap_or_touch_end_with_the_last_of_them() {
        let weekend = [
            ("0 18 * * FRI", 12 * HOUR, "UTC"),
            ("0 0 * * SAT", DAY, "UTC"),
            ("0 0 * * SUN", DAY, "UTC"),
            ("0 9 * * MON", HOUR, "UTC"),
        ];

        assert_eq!(
            until(
                &weekend,
                &[
                    "2026-11-27T19:00:00Z",
                    "2026-11-29T23:59:59Z",
                    "2026-11-30T00:00:00Z",
                    "2026-11-30T09:30:00Z",
                ]
            ),
            [
                "2026-11-30T00:00:00Z",
                "2026-11-30T00:00:00Z",
                "-",
                "2026-11-30T10:00:00Z"
            ]
        );
    }

    #[test]
    fn a_window_begins_by_the_clocks_of_its_zone_and_lasts_by_that_of_the_world() {
        let night = [("0 22 * * *", 8 * HOUR, "Europe/Berlin")];
        let denied = |deny: &[_], at| until(deny, &[at]).remove(0);

        // In summer from 20:00, in winter from 21:00 of UTC.
        assert_eq!(
            denied(&night, "2026-07-01T20:00:00Z"),
            "2026-07-02T04:00:00Z"
        );
        assert_eq!(denied(&night, "2026-12-01T20:00:00Z"), "-");
        // The night in which the clocks go forward, and that in which they go back.
        assert_eq!(
            denied(&night, "2026-03-29T04:59:59Z"),
            "2026-03-29T05:00:00Z"
        );
        assert_eq!(denied(&night, "2026-03-29T05:00:00Z"), "-");
        assert_eq!(
            denied(&night, "2026-10-25T03:59:59Z"),
            "2026-10-25T04:00:00Z"
        );
        assert_eq!(denied(&night, "2026-10-25T04:00:00Z"), "-");
        // A time that does not exist begins when the clocks go on; of two, the first begins.
        let early = [("30 2 * * *", HOUR, "Europe/Berlin")];
        assert_eq!(denied(&early, "2026-03-29T00:59:59Z"), "-");
        assert_eq!(
            denied(&early, "2026-03-29T01:00:00Z"),
            "2026-03-29T02:00:00Z"
        );
        assert_eq!(
            denied(&early, "2026-10-25T00:30:00Z"),
            "2026-10-25T01:30:00Z"
        );
        assert_eq!(denied(&early, "2026-10-25T01:30:00Z"), "-");
    }

    #[test]
    fn the_end_is_looked_for_so_far_and_no_farther() {
        let always = [("*/5 * * * *", 10 * 60_000, "UTC")];
        let long = [("0 0 1 * *", 31 * DAY, "UTC")];
        let at = "2026-11-23T12:00:00Z".parse().unwrap();

        for deny in [always, long] {
            let denied = windows(&deny).denied(at).unwrap();

            assert!(denied.is_at_least);
            assert!(!windows(&deny).ever_opens(at));
            let next = windows(&deny).denied(denied.until).unwrap();
            assert!(next.until > denied.until);
        }
        assert!(windows(&[("0 0 * * *", 23 * HOUR, "UTC")]).ever_opens(at));
    }

    #[test]
    fn what_denies_says_until_when_by_the_clocks_of_its_zone() {
        let windows = windows(&[("0 0 24 12 *", 3 * DAY, "Europe/Berlin")]);

        let denied = windows.denied("2026-12-24T12:00:00Z".parse().unwrap());

        assert_eq!(
            denied.unwrap().to_string(),
            "until 2026-12-27 00:00 CET, by its window `0 0 24 12 *` for 3d, Europe/Berlin"
        );
    }
}
