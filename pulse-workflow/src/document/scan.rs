//! What a document's text must satisfy before the YAML parser sees it.
//!
//! One linear pass over the bytes.

use std::fmt::Write as _;

use super::text::{Position, count};
use super::{Complaint, LARGEST};

/// Refuses text that is too large or holds characters that do not belong in a document.
pub(super) fn check(text: &str) -> Result<(), Complaint> {
    if text.len() > LARGEST {
        let size = text.len();
        return Err(Complaint::new(
            Position::START,
            format!("the document has {size} bytes; the limit is {LARGEST}"),
        ));
    }
    let mut at = Position::START;
    for (offset, c) in text.char_indices() {
        if let Some(name) = forbidden(c)
            && !(c == '\u{feff}' && offset == 0)
        {
            return Err(Complaint::new(
                at,
                format!("{name} is not allowed in a document"),
            ));
        }
        if c == '\n' {
            at = Position {
                line: at.line + 1,
                column: 1,
            };
        } else {
            at.column += 1;
        }
    }
    Ok(())
}

/// Names a character that has no place in a document, written out or escaped.
pub(crate) fn forbidden(c: char) -> Option<String> {
    let code = u32::from(c);
    match c {
        '\t' | '\n' | '\r' => None,
        '\0' => Some("a NUL character".to_owned()),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(format!("the text direction character U+{code:04X}"))
        }
        '\u{feff}' => Some("a byte order mark after the start".to_owned()),
        c if c.is_control() => Some(format!("the control character U+{code:04X}")),
        _ => None,
    }
}

/// Whether nobody could see anything of a text: blanks, and characters that take no place.
pub(crate) fn is_invisible(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c,
                '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
    })
}

/// Rewrites the surrogate pairs of JSON escapes, which YAML does not know.
///
/// JSON writes a character above U+FFFF as `\ud83d\ude00`, YAML as `\U0001F600`.
pub(super) fn join_surrogates(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        joined.push_str(&rest[..at]);
        rest = &rest[at..];
        let pair = unit(rest).zip(rest.get(6..).and_then(unit));
        let character = pair.and_then(|(high, low)| {
            char::decode_utf16([high, low])
                .next()
                .and_then(Result::ok)
                .filter(|c| u32::from(*c) > 0xffff)
        });
        let skipped = if let Some(c) = character {
            // Writing to a String cannot fail.
            let _ = write!(joined, "\\U{:08X}", u32::from(c));
            12
        } else {
            let second = rest[1..].chars().next().map_or(0, char::len_utf8);
            joined.push_str(&rest[..=second]);
            1 + second
        };
        rest = &rest[skipped..];
    }
    joined.push_str(rest);
    joined
}

fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u16::from_str_radix(digits, 16).ok()
}

/// The first forbidden character of a value whose escapes are resolved.
pub(super) fn forbidden_in(value: &str) -> Option<(u32, String)> {
    value
        .chars()
        .enumerate()
        .find_map(|(at, c)| Some((count(at), forbidden(c)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_override_is_refused_where_it_stands() {
        let complaint = check("a: b\nc: x\u{202e}y\n").unwrap_err();

        assert_eq!(complaint.at, Position { line: 2, column: 5 });
        assert!(complaint.message.contains("U+202E"), "{complaint:?}");
    }

    #[test]
    fn nul_and_escape_are_refused_and_tabs_are_not() {
        assert!(check("a: \0").is_err());
        assert!(check("a: \u{1b}[0m").is_err());
        assert!(check("\u{feff}a: |\n  b\tc\r\n").is_ok());
    }

    #[test]
    fn surrogate_pairs_become_one_character() {
        assert_eq!(
            join_surrogates(r#"{"a": "\ud83d\ude00"}"#),
            r#"{"a": "\U0001F600"}"#
        );
        assert_eq!(
            join_surrogates(r#"{"a": "\\ud83d\\ude00 \u00e9 \"}"#),
            r#"{"a": "\\ud83d\\ude00 \u00e9 \"}"#
        );
        assert_eq!(join_surrogates(r"\ud83d"), r"\ud83d");
        assert_eq!(join_surrogates("\\"), "\\");
        assert_eq!(join_surrogates("\\é"), "\\é");
    }
}
