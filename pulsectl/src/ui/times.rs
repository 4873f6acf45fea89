//! Times as people want to see them.

use jiff::{Timestamp, tz::TimeZone};

use crate::{cli::TimeFormat, clock, duration};

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

    /// The time of day, for lines of a log.
    pub(crate) fn of_day(&self, at: Timestamp) -> String {
        let zone = match self.format {
            TimeFormat::Utc | TimeFormat::Rfc3339 => TimeZone::UTC,
            TimeFormat::Relative | TimeFormat::Local => TimeZone::system(),
        };
        at.to_zoned(zone).strftime("%H:%M:%S").to_string()
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
