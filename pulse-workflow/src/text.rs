//! Free text of people: what may be in it, so that nobody who reads it later is deceived by it.

use crate::document::forbidden;

/// Whether a text is one line that shows what it says.
pub fn is_line(text: &str) -> bool {
    is_prose(text) && !text.contains(['\t', '\n', '\r'])
}

/// Whether a text, of several lines maybe, shows what it says: nothing in it moves a cursor, or turns the
/// order around in which it is read.
pub fn is_prose(text: &str) -> bool {
    let is_mark = |c: char| {
        matches!(
            c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}'
        )
    };
    !text.chars().any(|c| is_mark(c) || forbidden(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_text_around_or_moves_a_cursor_is_no_plain_text() {
        for text in [
            "a\u{202e}b",
            "a\u{2066}b",
            "\u{1b}[2J",
            "a\0b",
            "a\u{85}b",
            "a\u{200f}",
        ] {
            assert!(!is_line(text) && !is_prose(text), "{text:?}");
        }
    }

    #[test]
    fn other_languages_are_plain_text_and_prose_has_lines() {
        for text in ["", "Überprüfung – 100 %", "שלום", "日本語 🎉", "عربي"] {
            assert!(is_line(text) && is_prose(text), "{text:?}");
        }
        assert!(!is_line("a\nb"));
        assert!(is_prose("a\nb\tc\r\n"));
    }
}
