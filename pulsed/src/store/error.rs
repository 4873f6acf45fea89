//! What can go wrong with PostgreSQL, as far as callers can act on it.

use diesel::{
    ConnectionError,
    result::{DatabaseErrorKind, Error as DieselError},
};

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// No connection could be had, or the database has no room to work in; nothing was done.
    #[error("the database is away")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The connection broke while committing: it may or may not have happened.
    #[error("the outcome of the commit is not known")]
    OutcomeUnknown,
    /// A guarded write found the row moved on; the caller looks again.
    #[error("the row has moved on")]
    Stale,
    /// Another transaction was in the way; the caller tries again.
    #[error("the transaction must be tried again")]
    Retry(#[source] DieselError),
    /// A statement took longer than any may.
    #[error("the database took too long")]
    Slow(#[source] DieselError),
    /// A unique key is taken.
    #[error("the key {constraint} is taken")]
    Taken {
        /// The name of the index.
        constraint: String,
    },
    /// A row that is referred to does not exist, or is still referred to.
    #[error("the reference {constraint} does not hold")]
    Reference {
        /// The name of the foreign key.
        constraint: String,
    },
    /// A row could not be understood: a bug here, or a newer program's row.
    #[error("a row could not be read")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Anything else that the database said.
    #[error("the database refused")]
    Database(#[source] DieselError),
}

impl StoreError {
    /// What a failed COMMIT means: a broken connection leaves the outcome open.
    pub(super) fn from_commit(error: DieselError) -> Self {
        let is_refusal = matches!(&error, DieselError::DatabaseError(_, info)
            if names_one_of(info.message(), EXHAUSTED));
        let error = Self::from(error);
        if matches!(error, Self::Unavailable(_)) && !is_refusal {
            Self::OutcomeUnknown
        } else {
            error
        }
    }

    /// The same failure for another caller, where it concerns everybody alike: the database is
    /// away, or went away while it committed.
    pub(crate) fn for_everybody(&self) -> Option<Self> {
        match self {
            Self::Unavailable(error) => Some(Self::Unavailable(error.to_string().into())),
            Self::OutcomeUnknown => Some(Self::OutcomeUnknown),
            Self::Stale
            | Self::Retry(_)
            | Self::Slow(_)
            | Self::Taken { .. }
            | Self::Reference { .. }
            | Self::Unreadable(_)
            | Self::Database(_) => None,
        }
    }

    /// Whether the failure passes by itself: what cannot be given up is tried again.
    pub(crate) fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unavailable(_)
                | Self::OutcomeUnknown
                | Self::Stale
                | Self::Retry(_)
                | Self::Slow(_)
        )
    }

    /// Whether it is about the rows that were read or written, and not about the database.
    pub(crate) fn is_about_rows(&self) -> bool {
        match self {
            Self::Taken { .. } | Self::Reference { .. } | Self::Unreadable(_) => true,
            Self::Database(DieselError::DatabaseError(kind, _)) => matches!(
                kind,
                DatabaseErrorKind::CheckViolation | DatabaseErrorKind::NotNullViolation
            ),
            Self::Unavailable(_)
            | Self::OutcomeUnknown
            | Self::Stale
            | Self::Retry(_)
            | Self::Slow(_)
            | Self::Database(_) => false,
        }
    }

    /// Whether another try may succeed at once. What took too long would take as long again.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self, Self::Stale | Self::Retry(_)) || self.is_about_a_document()
    }

    /// Whether a document that was to be referred to was removed meanwhile, or one that was to be
    /// removed is referred to by now.
    pub(crate) fn is_about_a_document(&self) -> bool {
        matches!(self, Self::Reference { constraint } if constraint.ends_with("_definition_fkey"))
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        if let DieselError::DeserializationError(source) = error {
            return Self::Unreadable(source);
        }
        let DieselError::DatabaseError(kind, info) = &error else {
            return Self::Database(error);
        };
        let constraint = || info.constraint_name().unwrap_or("unknown").to_owned();
        if info.message().contains(MOVED_ON) {
            return Self::Stale;
        }
        let is_retry = matches!(kind, DatabaseErrorKind::SerializationFailure)
            || names_one_of(info.message(), PASSING);
        let is_loss = matches!(kind, DatabaseErrorKind::ClosedConnection)
            || names_one_of(info.message(), EXHAUSTED)
            || is_connection_loss(info.message());
        if matches!(kind, DatabaseErrorKind::UniqueViolation) {
            Self::Taken {
                constraint: constraint(),
            }
        } else if matches!(kind, DatabaseErrorKind::ForeignKeyViolation) {
            Self::Reference {
                constraint: constraint(),
            }
        } else if is_retry {
            Self::Retry(error)
        } else if names_one_of(info.message(), &["due to statement timeout"]) {
            Self::Slow(error)
        } else if is_loss {
            Self::Unavailable(Box::new(error))
        } else {
            Self::Database(error)
        }
    }
}

/// What `expect_rows` in the schema says.
const MOVED_ON: &str = "the row has moved on";

/// What passes by itself: another transaction in the way.
///
/// diesel hands on no SQLSTATE, so the (untranslated) messages have to do.
const PASSING: &[&str] = &["deadlock detected", "due to lock timeout"];

/// What the database has too little of to work for anybody, until somebody gives it more.
const EXHAUSTED: &[&str] = &[
    "could not extend file",
    "no space left on device",
    "out of memory",
    "too many clients",
    // A server that is a copy, until it is promoted or the address is another one's.
    "read-only transaction",
];

fn names_one_of(message: &str, signs: &[&str]) -> bool {
    let message = message.to_ascii_lowercase();
    signs.iter().any(|sign| message.contains(sign))
}

/// Whether a message tells of a server that went away or is not ready yet.
fn is_connection_loss(message: &str) -> bool {
    const SIGNS: &[&str] = &[
        "connection closed",
        "terminating connection",
        "the database system is",
        "error communicating with the server",
        "connection reset",
        "broken pipe",
    ];
    names_one_of(message, SIGNS)
}

impl From<::bb8::RunError<ConnectionError>> for StoreError {
    fn from(error: ::bb8::RunError<ConnectionError>) -> Self {
        Self::Unavailable(Box::new(error))
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(Box::new(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(message: &str) -> StoreError {
        let kind = DatabaseErrorKind::Unknown;
        DieselError::DatabaseError(kind, Box::new(message.to_owned())).into()
    }

    #[test]
    fn a_statement_that_took_too_long_is_not_begun_again_at_once() {
        let slow = said("canceling statement due to statement timeout");
        let held_up = said("canceling statement due to lock timeout");

        assert!(matches!(slow, StoreError::Slow(_)));
        assert!(slow.may_pass() && !slow.is_transient());
        assert!(held_up.is_transient());
    }
}
