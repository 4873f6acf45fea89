//! Durations as people type them: `30s`, `5m`, `1h30m`, `90d`, `500ms`.

use std::time::Duration;

/// Reads a duration; a bare number is seconds.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Ok(Duration::from_secs(seconds));
    }
    let mut rest = text;
    let mut total = Duration::ZERO;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, after) = rest.split_at(digits);
        let letters = after.len()
            - after
                .trim_start_matches(|c: char| c.is_ascii_lowercase())
                .len();
        let (unit, after) = after.split_at(letters);
        let number: u64 = number.parse().map_err(|_| wrong(text))?;
        let milliseconds = unit_ms(unit).ok_or_else(|| wrong(text))?;
        let part = number
            .checked_mul(milliseconds)
            .ok_or_else(|| wrong(text))?;
        total = total
            .checked_add(Duration::from_millis(part))
            .ok_or_else(|| wrong(text))?;
        rest = after.trim_start();
    }
    if text.is_empty() {
        Err(wrong(text))
    } else {
        Ok(total)
    }
}

fn unit_ms(unit: &str) -> Option<u64> {
    match unit {
        "ms" => Some(1),
        "s" => Some(1000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        "d" => Some(86_400_000),
        "w" => Some(7 * 86_400_000),
        _ => None,
    }
}

fn wrong(text: &str) -> String {
    format!("`{text}` is not a duration; write one such as 500ms, 30s, 5m, 1h30m or 7d")
}

/// Writes a duration in at most two units: `40 ms`, `3.1 s`, `2m 05s`, `3h 10m`, `2d 4h`.
pub(crate) fn short(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 if duration.as_millis() < 100 => format!("{} ms", duration.as_millis()),
        0..60 => format!("{:.1} s", duration.as_secs_f64()),
        60..3600 => format!("{}m {:02}s", seconds / 60, seconds % 60),
        3600..86_400 => format!("{}h {:02}m", seconds / 3600, seconds % 3600 / 60),
        _ => format!("{}d {}h", seconds / 86_400, seconds % 86_400 / 3600),
    }
}

/// Writes an age in one unit, or two where one is too coarse: `5s`, `4m10s`, `3h`, `2d`.
pub(crate) fn age(seconds: u64) -> String {
    match seconds {
        0..120 => format!("{seconds}s"),
        120..600 => format!("{}m{}s", seconds / 60, seconds % 60),
        600..7200 => format!("{}m", seconds / 60),
        7200..172_800 => format!("{}h", seconds / 3600),
        _ => format!("{}d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_add_up() {
        assert_eq!(parse("1h30m"), Ok(Duration::from_mins(90)));
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse("90d"), Ok(Duration::from_hours(2160)));
        assert_eq!(parse("1m 30s"), Ok(Duration::from_secs(90)));
    }

    #[test]
    fn a_bare_number_is_seconds() {
        assert_eq!(parse("15"), Ok(Duration::from_secs(15)));
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "m",
            "5x",
            "-5s",
            "1.5h",
            "99999999999999999999s",
            "18446744073709551615w",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ages_stay_short() {
        assert_eq!(age(5), "5s");
        assert_eq!(age(250), "4m10s");
        assert_eq!(age(4000), "66m");
        assert_eq!(age(8000), "2h");
        assert_eq!(age(400_000), "4d");
    }
}
