//! Calls that were refused, until a timer writes them into the audit trail.
//!
//! Nobody can make the trail grow as fast as they can call: what is alike is counted, and of
//! what is not, only so much is told apart.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// How many kinds are told apart between two writings; the rest is counted together.
const KINDS: usize = 50;

/// Why a call was refused; the names are those of the audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Why {
    NoCredential,
    WrongToken,
    ExpiredToken,
    WorkerRemoved,
    Cloned,
    WrongEnrolment,
    /// What was delivered to a sensor, or to what is none, is not signed as it must be.
    WrongSignature,
    TooMany,
    Forbidden,
    UntrustedHeaders,
    NoGroup,
    Disabled,
    CrossSite,
}

impl Why {
    /// The action under which it stands in the audit trail.
    pub(crate) fn action(self) -> &'static str {
        match self {
            Self::NoCredential => "refused.no_credential",
            Self::WrongToken => "refused.wrong_token",
            Self::ExpiredToken => "refused.expired_token",
            Self::WorkerRemoved => "refused.removed_worker",
            Self::Cloned => "refused.cloned_credential",
            Self::WrongEnrolment => "refused.enrolment",
            Self::WrongSignature => "refused.signature",
            Self::TooMany => "refused.too_many",
            Self::Forbidden => "refused.forbidden",
            Self::UntrustedHeaders => "refused.untrusted_headers",
            Self::NoGroup => "refused.no_group",
            Self::Disabled => "refused.disabled_user",
            Self::CrossSite => "refused.cross_site",
        }
    }
}

/// What refused calls have in common.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    pub(crate) why: Why,
    /// Who called, as far as they proved it.
    pub(crate) who: Option<String>,
    pub(crate) from: Option<IpAddr>,
}

/// How often calls of one kind were refused, and one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) times: u64,
    /// Method and path of the first.
    pub(crate) example: String,
}

/// Refused calls since the last writing.
#[derive(Default)]
pub(crate) struct Refusals(Mutex<HashMap<Kind, Count>>);

impl Refusals {
    /// Counts a refused call.
    pub(crate) fn note(&self, kind: Kind, example: impl FnOnce() -> String) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_known = counts.contains_key(&kind);
        let kind = if is_known || counts.len() < KINDS {
            kind
        } else {
            Kind {
                who: None,
                from: None,
                ..kind
            }
        };
        let count = counts.entry(kind).or_insert_with(|| Count {
            times: 0,
            example: example(),
        });
        count.times += 1;
    }

    /// Takes what has gathered.
    pub(crate) fn take(&self) -> HashMap<Kind, Count> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts back what could not be written.
    pub(crate) fn put_back(&self, taken: HashMap<Kind, Count>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (kind, count) in taken {
            counts
                .entry(kind)
                .and_modify(|newer| newer.times += count.times)
                .or_insert(count);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(last: u8) -> Kind {
        Kind {
            why: Why::WrongToken,
            who: None,
            from: Some(IpAddr::from([192, 0, 2, last])),
        }
    }

    #[test]
    fn a_flood_from_everywhere_is_few_kinds() {
        let refusals = Refusals::default();

        for last in 0..=255 {
            refusals.note(from(last), || "GET /user".to_owned());
        }

        let taken = refusals.take();
        assert!(taken.len() <= KINDS + 1, "{}", taken.len());
        assert_eq!(taken.values().map(|count| count.times).sum::<u64>(), 256);
    }

    #[test]
    fn what_could_not_be_written_is_counted_on() {
        let refusals = Refusals::default();
        refusals.note(from(1), || "GET /user".to_owned());
        let taken = refusals.take();
        refusals.note(from(1), || "GET /workers".to_owned());

        refusals.put_back(taken);

        assert_eq!(refusals.take()[&from(1)].times, 2);
    }
}
