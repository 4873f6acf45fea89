//! Lengths of time as a document writes them.
//!
//! A bare number is milliseconds, as in the first documents; text carries its units.

use std::fmt::Write as _;

/// The longest length of time a document may name: one year.
pub(crate) const LONGEST_MS: u64 = 366 * 24 * 3_600_000;

/// Reads `500ms`, `30s`, `5m`, `2h`, `1d`, `1h30m`, or a bare count of milliseconds.
pub(crate) fn parse(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().filter(|ms| *ms <= LONGEST_MS);
    }
    let mut rest = text;
    let mut total = 0_u64;
    let mut largest = u64::MAX;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: u64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let letters = rest
            .find(|c: char| !c.is_ascii_lowercase())
            .unwrap_or(rest.len());
        let unit = unit_ms(&rest[..letters])?;
        if unit >= largest {
            return None;
        }
        largest = unit;
        total = total.checked_add(count.checked_mul(unit)?)?;
        rest = &rest[letters..];
    }
    (total <= LONGEST_MS && !text.is_empty()).then_some(total)
}

/// A length of time as people write it: `1h30m`.
pub(crate) fn shown(ms: u64) -> String {
    let mut rest = ms;
    let mut text = String::new();
    for unit in ["d", "h", "m", "s", "ms"] {
        let length = unit_ms(unit).unwrap_or(1);
        if rest >= length {
            let _ = write!(text, "{}{unit}", rest / length);
            rest %= length;
        }
    }
    if text.is_empty() {
        "0s".to_owned()
    } else {
        text
    }
}

fn unit_ms(unit: &str) -> Option<u64> {
    match unit {
        "ms" => Some(1),
        "s" => Some(1_000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        "d" => Some(86_400_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_number_is_milliseconds() {
        assert_eq!(parse("5000"), Some(5000));
    }

    #[test]
    fn units_add_up_from_large_to_small() {
        assert_eq!(parse("1h30m"), Some(5_400_000));
        assert_eq!(parse("500ms"), Some(500));
        assert_eq!(parse("2d"), Some(172_800_000));
    }

    #[test]
    fn what_is_shown_is_read_as_the_same() {
        assert_eq!(shown(5_400_000), "1h30m");
        for ms in [1, 999, 60_500, 3_600_000, 90_000_000] {
            assert_eq!(parse(&shown(ms)), Some(ms));
        }
    }

    #[test]
    fn nonsense_is_no_duration() {
        for text in [
            "",
            "s",
            "5x",
            "30m1h",
            "1.5h",
            "-5s",
            "5 s",
            "99999999999999999999s",
            "9999d",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
