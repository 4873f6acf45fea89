//! Places in the order of everything that happens.

use std::{fmt, str::FromStr};

/// A place between two events: after so many rows of a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cursor {
    pub(crate) tx: i64,
    pub(crate) row: i64,
}

/// A text that is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoCursor;

impl Cursor {
    /// The place after the next event, which this transaction wrote.
    pub(crate) fn after(self, tx: i64) -> Self {
        let row = if tx == self.tx { self.row + 1 } else { 1 };
        Self { tx, row }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.tx, self.row)
    }
}

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let (tx, row) = text.split_once('-').ok_or(NoCursor)?;
        let number = |text: &str| {
            let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<i64>()
                .ok()
                .filter(|_| is_plain)
                .ok_or(NoCursor)
        };
        // A transaction with more rows than this cannot be.
        let row = number(row)?;
        if row > 1_000_000_000 {
            return Err(NoCursor);
        }
        Ok(Self {
            tx: number(tx)?,
            row,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_counted_within_their_transaction() {
        let at = Cursor { tx: 7, row: 0 };

        assert_eq!(at.after(7).after(7).to_string(), "7-2");
        assert_eq!(at.after(7).after(9).to_string(), "9-1");
    }

    #[test]
    fn a_cursor_is_read_back_and_nothing_else_is_one() {
        assert_eq!("9-1".parse(), Ok(Cursor { tx: 9, row: 1 }));
        for text in ["", "9", "9-", "-1-2", "9-+1", "a-b", "9-99999999999"] {
            assert_eq!(text.parse::<Cursor>(), Err(NoCursor), "{text}");
        }
    }
}
