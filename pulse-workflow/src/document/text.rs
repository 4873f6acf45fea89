//! Lines and positions of a text.

/// A place in a document, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Position {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Position {
    pub(crate) const START: Self = Self { line: 1, column: 1 };
}

/// The lines of a document, as the YAML parser counts them.
#[derive(Debug)]
pub(crate) struct Lines<'a>(Vec<&'a str>);

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at] == b'\n' || bytes[at] == b'\r' {
                lines.push(&text[start..at]);
                if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                    at += 1;
                }
                start = at + 1;
            }
            at += 1;
        }
        lines.push(&text[start..]);
        Self(lines)
    }

    /// The text of a line; empty past the end.
    pub(crate) fn line(&self, line: u32) -> &'a str {
        self.0
            .get((line as usize).wrapping_sub(1))
            .copied()
            .unwrap_or_default()
    }
}

/// Counts as the positions of a document do: nothing in 64 KiB passes 32 bits.
pub(crate) fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
