//! Regions: labels of places.

/// Whether a region may have this code: `[a-z0-9][a-z0-9-]{0,31}`.
pub(crate) fn is_valid_code(code: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    (1..=32).contains(&code.len())
        && code.starts_with(is_plain)
        && code.chars().all(|c| is_plain(c) || c == '-')
}
