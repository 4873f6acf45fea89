//! Places in the order of everything that happens.

use std::{fmt, str::FromStr};

use uuid::Uuid;

/// A place behind an event, named by what the event is and not by how many there are before it: those
/// may be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cursor {
    /// The transaction that wrote it.
    pub(crate) tx: i64,
    /// The execution that it is about; nil where it is about none.
    pub(crate) execution: Uuid,
    /// Its number in the execution, or among the events that are about none.
    pub(crate) row: i64,
}

/// A text that is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoCursor;

impl Cursor {
    /// The place before everything that a transaction wrote.
    pub(crate) fn before(tx: i64) -> Self {
        let execution = Uuid::nil();
        Self {
            tx,
            execution,
            row: 0,
        }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tx, execution, row } = self;
        write!(f, "{tx}-{}-{row}", execution.simple())
    }
}

impl FromStr for Cursor {
    type Err = NoCursor;

    fn from_str(text: &str) -> Result<Self, NoCursor> {
        let number = |text: &str| {
            let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<i64>()
                .ok()
                .filter(|_| is_plain)
                .ok_or(NoCursor)
        };
        let parts: Vec<&str> = text.split('-').collect();
        match parts.as_slice() {
            // An older server counted the rows of a transaction: what it told of this one is told again.
            [tx, row] => number(row).and_then(|_| number(tx)).map(Self::before),
            [tx, execution, row] => Ok(Self {
                tx: number(tx)?,
                execution: Uuid::try_parse(execution).map_err(|_| NoCursor)?,
                row: number(row)?,
            }),
            _ => Err(NoCursor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_in_the_order_of_transactions_executions_and_numbers() {
        let at = |tx, execution, row| Cursor {
            tx,
            execution: Uuid::from_u128(execution),
            row,
        };

        let places = [
            at(7, 0, 9),
            at(7, 1, 8),
            at(7, 1, 9),
            at(7, 2, 1),
            at(8, 0, 1),
        ];

        assert!(places.is_sorted());
        assert!(Cursor::before(7) < places[0]);
        assert!(Cursor::before(8) > places[3]);
    }

    #[test]
    fn a_cursor_is_read_back_and_nothing_else_is_one() {
        let at = Cursor {
            tx: 9,
            execution: Uuid::from_u128(17),
            row: 1,
        };

        assert_eq!(at.to_string().parse(), Ok(at));
        for text in ["", "9", "9-", "-1-2", "9-+1", "a-b", "9-x-1", "9-0-1-2"] {
            assert_eq!(text.parse::<Cursor>(), Err(NoCursor), "{text}");
        }
    }

    #[test]
    fn a_place_of_an_older_server_is_the_begin_of_its_transaction() {
        assert_eq!("9-3".parse(), Ok(Cursor::before(9)));
    }
}
