//! When something is due: five fields of cron in a time zone.
//!
//! The moments are those of `croner`; time zones are the ones that are built in, so that every
//! program says the same on every host. The moment to begin from is given: nothing here reads a clock.

use std::fmt;
use std::sync::LazyLock;

use croner::parser::{CronParser, Seconds, Year};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, Zoned};

/// The zones that are built in.
static ZONES: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// Moments that come back.
#[derive(Clone, Debug)]
pub struct Cron {
    text: String,
    fields: croner::Cron,
    zone: TimeZone,
    zone_name: String,
}

/// Why a text is not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CronFault {
    pub message: String,
    pub hint: Option<String>,
}

/// A moment that is due, as the clocks of its zone show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: Timestamp,
    pub local: Zoned,
    pub shift: Option<Shift>,
}

/// What the clocks of a zone do on the day of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// They are set forward; the hour of the moment is as always.
    ForwardThatDay,
    /// They are set back; the hour of the moment is as always.
    BackThatDay,
    /// The hour that is meant does not exist that day: it is due as soon as the clocks go on.
    Moved,
    /// The clocks show this time twice: this is the first.
    First,
    /// The clocks show this time twice: this is the second.
    Second,
}

impl fmt::Display for Shift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ForwardThatDay => "clocks go forward that day",
            Self::BackThatDay => "clocks go back that day",
            Self::Moved => "clocks go forward: the time that is meant does not exist",
            Self::First => "clocks go back: the first of two such times",
            Self::Second => "clocks go back: the second of two such times",
        })
    }
}

/// The zone with this name.
pub(crate) fn zone(name: &str) -> Result<TimeZone, CronFault> {
    ZONES.get(name).map_err(|_| {
        let known = ZONES.available().map(|known| known.as_str().to_owned());
        let known: Vec<String> = known.collect();
        let near = crate::decode::nearest(name, known.iter().map(String::as_str));
        CronFault {
            message: format!("unknown time zone `{name}`"),
            hint: Some(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "it is a name such as `Europe/Berlin`, or `UTC`".to_owned(),
            }),
        }
    })
}

impl Cron {
    /// Reads five fields, or one of the words such as `@daily`.
    pub fn parse(text: &str, zone_name: &str) -> Result<Self, CronFault> {
        let zone = zone(zone_name)?;
        let text = text.trim();
        let fields: Vec<&str> = text.split_whitespace().collect();
        let is_word = text.starts_with('@');
        if is_word && !WORDS.contains(&text.to_ascii_lowercase().as_str()) {
            return Err(CronFault {
                message: format!("unknown word `{}`", shortened(text)),
                hint: Some(format!("it is one of {}, or five fields", WORDS.join(", "))),
            });
        }
        if !is_word && fields.len() != 5 {
            let hint = if fields.len() == 6 {
                "there are no seconds: minute, hour, day of the month, month, day of the week"
            } else {
                "minute, hour, day of the month, month, day of the week: `30 2 * * *` is half past two"
            };
            let count = fields.len();
            return Err(CronFault {
                message: format!("a cron expression has five fields, this one {count}"),
                hint: Some(hint.to_owned()),
            });
        }
        let parser = CronParser::builder()
            .seconds(Seconds::Disallowed)
            .year(Year::Disallowed)
            .build();
        let parsed = parser.parse(text).map_err(|error| CronFault {
            message: said(&error),
            hint: Some("for example `30 2 * * *`, `*/15 * * * *` or `0 9 * * 1-5`".to_owned()),
        })?;
        Ok(Self {
            text: text.to_owned(),
            fields: parsed,
            zone,
            zone_name: zone_name.to_owned(),
        })
    }

    /// The expression as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its time zone.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The name of its time zone.
    pub fn zone_name(&self) -> &str {
        &self.zone_name
    }

    /// The first moment after this one; none where there is none within a lifetime.
    pub fn next_after(&self, after: Timestamp) -> Option<Timestamp> {
        let after = after.to_zoned(self.zone.clone());
        let next = self.fields.find_next_occurrence(&after, false).ok()?;
        Some(next.timestamp())
    }

    /// The next moments after this one, with what the clocks do on their days.
    pub fn upcoming(&self, after: Timestamp) -> impl Iterator<Item = Due> + '_ {
        let mut last = after;
        std::iter::from_fn(move || {
            last = self.next_after(last)?;
            Some(self.due(last))
        })
    }

    /// A moment of it as the clocks of its zone show it.
    pub fn due(&self, at: Timestamp) -> Due {
        let local = at.to_zoned(self.zone.clone());
        Due {
            at,
            shift: self.shift(&local),
            local,
        }
    }

    fn shift(&self, local: &Zoned) -> Option<Shift> {
        let civil = local.datetime();
        let ambiguous = self.zone.to_ambiguous_timestamp(civil);
        if let jiff::tz::AmbiguousOffset::Fold { before, .. } = ambiguous.offset() {
            let is_first = local.offset() == before;
            return Some(if is_first {
                Shift::First
            } else {
                Shift::Second
            });
        }
        let (start, end) = (local.start_of_day().ok()?, local.end_of_day().ok()?);
        let change = end.offset().seconds() - start.offset().seconds();
        let is_meant = self.fields.is_time_matching(local).unwrap_or(true);
        match change {
            0 => None,
            1.. if !is_meant => Some(Shift::Moved),
            1.. => Some(Shift::ForwardThatDay),
            _ => Some(Shift::BackThatDay),
        }
    }
}

/// Words for expressions that are wanted often.
const WORDS: &[&str] = &[
    "@hourly",
    "@daily",
    "@midnight",
    "@weekly",
    "@monthly",
    "@yearly",
    "@annually",
];

/// What the library says, as a half sentence.
fn said(error: &croner::errors::CronError) -> String {
    use croner::errors::CronError;
    let text = match error {
        CronError::InvalidPattern(text)
        | CronError::IllegalCharacters(text)
        | CronError::ComponentError(text) => text.trim_end_matches('.').to_owned(),
        CronError::EmptyPattern
        | CronError::InvalidDate
        | CronError::InvalidTime
        | CronError::TimeSearchLimitExceeded => "it is not a cron expression".to_owned(),
    };
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

fn shortened(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    /// The next moments in the zone's own clock, with what is said of them.
    fn next(cron: &str, zone: &str, (after, count): (&str, usize)) -> Vec<String> {
        let cron = Cron::parse(cron, zone).unwrap();
        let shown = |due: Due| {
            let shift = due.shift.map(|shift| format!(" {shift:?}"));
            let local = due.local.strftime("%m-%d %H:%M %:z");
            format!("{local}{}", shift.unwrap_or_default())
        };
        cron.upcoming(at(after)).take(count).map(shown).collect()
    }

    #[test]
    fn a_fixed_time_that_does_not_exist_is_due_when_the_clocks_go_on() {
        assert_eq!(
            next("30 2 * * *", "Europe/Berlin", ("2026-03-27T12:00:00Z", 3)),
            [
                "03-28 02:30 +01:00",
                "03-29 03:00 +02:00 Moved",
                "03-30 02:30 +02:00"
            ]
        );
        assert_eq!(
            next("30 4 * * *", "Europe/Berlin", ("2026-03-28T12:00:00Z", 1)),
            ["03-29 04:30 +02:00 ForwardThatDay"]
        );
    }

    #[test]
    fn a_fixed_time_that_there_is_twice_is_due_once() {
        assert_eq!(
            next("30 2 * * *", "Europe/Berlin", ("2026-10-24T12:00:00Z", 2)),
            ["10-25 02:30 +02:00 First", "10-26 02:30 +01:00"]
        );
    }

    #[test]
    fn what_comes_every_so_often_skips_the_hour_that_is_missing_and_comes_in_both_of_two() {
        assert_eq!(
            next("*/30 * * * *", "Europe/Berlin", ("2026-03-29T00:15:00Z", 3)),
            [
                "03-29 01:30 +01:00 ForwardThatDay",
                "03-29 03:00 +02:00 ForwardThatDay",
                "03-29 03:30 +02:00 ForwardThatDay"
            ]
        );
        assert_eq!(
            next("*/30 * * * *", "Europe/Berlin", ("2026-10-24T23:45:00Z", 5)),
            [
                "10-25 02:00 +02:00 First",
                "10-25 02:30 +02:00 First",
                "10-25 02:00 +01:00 Second",
                "10-25 02:30 +01:00 Second",
                "10-25 03:00 +01:00 BackThatDay"
            ]
        );
    }

    #[test]
    fn days_of_the_month_and_of_the_week_are_those_of_cron() {
        assert_eq!(
            next("0 9 * * 1-5", "UTC", ("2026-11-20T12:00:00Z", 2)),
            ["11-23 09:00 +00:00", "11-24 09:00 +00:00"]
        );
        // Where both are given, either is enough.
        assert_eq!(
            next("0 0 1 * MON", "UTC", ("2026-11-28T12:00:00Z", 3)),
            [
                "11-30 00:00 +00:00",
                "12-01 00:00 +00:00",
                "12-07 00:00 +00:00"
            ]
        );
        assert_eq!(
            next("@daily", "America/New_York", ("2026-07-01T12:00:00Z", 1)),
            ["07-02 00:00 -04:00"]
        );
    }

    #[test]
    fn a_day_that_never_comes_has_no_next_moment() {
        let cron = Cron::parse("0 0 31 2 *", "UTC").unwrap();

        assert_eq!(cron.next_after(at("2026-01-01T00:00:00Z")), None);
    }

    #[test]
    fn what_is_no_expression_is_refused_with_what_would_be_right() {
        let fault = |text, zone| Cron::parse(text, zone).unwrap_err();

        assert_eq!(
            fault("0 30 2 * * *", "UTC").message,
            "a cron expression has five fields, this one 6"
        );
        assert_eq!(
            fault("", "UTC").message,
            "a cron expression has five fields, this one 0"
        );
        assert_eq!(fault("@reboot", "UTC").message, "unknown word `@reboot`");
        for text in [
            "61 * * * *",
            "* 24 * * *",
            "* * * 13 *",
            "a b c d e",
            "*/0 * * * *",
        ] {
            assert!(!fault(text, "UTC").message.is_empty(), "{text}");
        }
        let zone = fault("@daily", "Europe/Berlim");
        assert_eq!(zone.message, "unknown time zone `Europe/Berlim`");
        assert_eq!(zone.hint.as_deref(), Some("did you mean `Europe/Berlin`?"));
    }
}
