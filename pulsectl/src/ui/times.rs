//! Times as people want to see them.

use jiff::{Timestamp, tz::TimeZone};

use crate::{clock, duration, flags::TimeFormat};

/// Who reads the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    Person,
    Program,
}

/// How times are shown.
#[derive(Debug, Clone)]
pub(crate) struct TimeStyle {
    format: TimeFormat,
    is_chosen: bool,
}

impl TimeStyle {
    /// Relative times for a terminal, exact ones for a pipe, unless a flag says otherwise.
    pub(crate) fn new(chosen: Option<TimeFormat>, reader: Reader) -> Self {
        let default = match reader {
            Reader::Person => TimeFormat::Relative,
            Reader::Program => TimeFormat::Rfc3339,
        };
        Self {
            format: chosen.unwrap_or(default),
            is_chosen: chosen.is_some(),
        }
    }

    pub(crate) fn is_relative(&self) -> bool {
        self.format == TimeFormat::Relative
    }

    /// The same, but never relative.
    pub(crate) fn exact(&self) -> Self {
        match self.format {
            TimeFormat::Relative => Self {
                format: TimeFormat::Rfc3339,
                ..*self
            },
            TimeFormat::Local | TimeFormat::Utc | TimeFormat::Rfc3339 => self.clone(),
        }
    }

    pub(crate) fn show(&self, at: Timestamp) -> String {
        match self.format {
            TimeFormat::Relative => relative(at, clock::now()),
            TimeFormat::Local => at
                .to_zoned(TimeZone::system())
                .strftime("%Y-%m-%d %H:%M:%S")
                .to_string(),
            TimeFormat::Utc => at
                .to_zoned(TimeZone::UTC)
                .strftime("%Y-%m-%d %H:%M:%SZ")
                .to_string(),
            TimeFormat::Rfc3339 => at.to_string(),
        }
    }

    /// Whether somebody has said how times are to look.
    pub(crate) fn is_chosen(&self) -> bool {
        self.is_chosen
    }

    /// The time of a line of a log: what was asked for; else of the day for whoever looks on, and with
    /// day and zone for a file.
    pub(crate) fn of_line(&self, at: Timestamp) -> String {
        match self.format {
            TimeFormat::Relative if !self.is_chosen => {
                let at = at.to_zoned(TimeZone::system());
                at.strftime("%H:%M:%S").to_string()
            }
            TimeFormat::Rfc3339 => at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            TimeFormat::Relative | TimeFormat::Local | TimeFormat::Utc => self.show(at),
        }
    }
}

/// `4m10s ago`, `in 2h`.
fn relative(at: Timestamp, now: Timestamp) -> String {
    let seconds = now.as_second() - at.as_second();
    let age = duration::age(seconds.unsigned_abs());
    match seconds {
        0 => "now".to_owned(),
        1.. => format!("{age} ago"),
        _ => format!("in {age}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_times_look_both_ways() {
        let at = |second| Timestamp::from_second(second).unwrap();

        assert_eq!(relative(at(1000), at(1250)), "4m10s ago");
        assert_eq!(relative(at(1000), at(1000)), "now");
        assert_eq!(relative(at(9000), at(1000)), "in 2h");
    }

    #[test]
    fn a_pipe_gets_exact_times() {
        let at = Timestamp::from_second(0).unwrap();

        assert_eq!(
            TimeStyle::new(None, Reader::Program).show(at),
            "1970-01-01T00:00:00Z"
        );
        assert_eq!(
            TimeStyle::new(Some(TimeFormat::Utc), Reader::Person).show(at),
            "1970-01-01 00:00:00Z"
        );
    }
}
