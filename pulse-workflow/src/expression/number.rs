//! Numbers to and from text, the way JavaScript does it.

use super::convert::trim;

/// Writes a number as `String(number)` does.
pub(crate) fn text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 {
            "Infinity".to_owned()
        } else {
            "-Infinity".to_owned()
        };
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{:e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits: String = mantissa.chars().filter(|c| *c != '.').collect();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if number < 0.0 { "-" } else { "" };
    format!("{sign}{}", layout(&digits, exponent))
}

/// Places the point among the shortest digits; `exponent` is that of the first digit.
fn layout(digits: &str, exponent: i32) -> String {
    let count = i32::try_from(digits.len()).unwrap_or(0);
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let split = usize::try_from(exponent + 1).unwrap_or(0);
    match exponent {
        21.. | ..=-7 => {
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            let sign = if exponent < 0 { "-" } else { "+" };
            format!("{first}{point}{rest}e{sign}{}", exponent.abs())
        }
        0..=20 if count <= exponent + 1 => format!("{digits}{}", zeros(exponent + 1 - count)),
        0..=20 => format!("{}.{}", &digits[..split], &digits[split..]),
        -6..=-1 => format!("0.{}{digits}", zeros(-exponent - 1)),
    }
}

/// Reads a text as `Number(text)` does.
pub(super) fn parse(text: &str) -> f64 {
    let text = trim(text);
    if text.is_empty() {
        return 0.0;
    }
    for (prefix, radix) in [
        ("0x", 16),
        ("0X", 16),
        ("0o", 8),
        ("0O", 8),
        ("0b", 2),
        ("0B", 2),
    ] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return whole(digits, radix);
        }
    }
    match text {
        "Infinity" | "+Infinity" => f64::INFINITY,
        "-Infinity" => f64::NEG_INFINITY,
        _ if text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) =>
        {
            text.parse().unwrap_or(f64::NAN)
        }
        _ => f64::NAN,
    }
}

fn whole(digits: &str, radix: u32) -> f64 {
    if digits.is_empty() || digits.len() > 256 {
        return f64::NAN;
    }
    let significant = digits.trim_start_matches('0');
    if significant.is_empty() && !digits.is_empty() {
        return 0.0;
    }
    // Beyond 128 bits the last digits could round differently from JavaScript.
    match u128::from_str_radix(significant, radix) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "rounding to a double is what is asked for"
        )]
        Ok(number) if !significant.starts_with('+') => number as f64,
        Ok(_) | Err(_) => f64::NAN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_javascript_writes_them() {
        for (number, wanted) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-1.5, "-1.5"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (123_456_789.125, "123456789.125"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (1.5e-9, "1.5e-9"),
            (f64::MAX, "1.7976931348623157e+308"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(text(number), wanted);
        }
    }

    #[test]
    fn texts_are_read_as_javascript_reads_them() {
        for (written, wanted) in [
            ("", 0.0),
            (" 12 ", 12.0),
            ("0x1F", 31.0),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("5.", 5.0),
        ] {
            assert!((parse(written) - wanted).abs() < f64::EPSILON, "{written}");
        }
        for nonsense in [
            "abc", "1_000", "nan", "inf", "0x", "0x+1", "--1", "1e", "+", "1 2",
        ] {
            assert!(parse(nonsense).is_nan(), "{nonsense}");
        }
    }
}
