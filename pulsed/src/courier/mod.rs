//! Sending what is to be told: by HTTP and by mail, in short times, and never to where nobody is.
//!
//! What is sent, and what becomes of it, is decided elsewhere. Nothing that comes back is kept but a
//! short sentence, without any secret in it.

mod address;
mod http;
pub(crate) mod mail;

use std::{
    collections::BTreeSet,
    sync::{Mutex, OnceLock, PoisonError},
    time::Duration,
};

use ipnet::IpNet;

use self::address::Guarded;
pub(crate) use self::http::{Parcel, UrlKind, plain_fault};

/// How long one try takes at most.
pub(crate) const LONGEST_TRY: Duration = Duration::from_secs(10);

/// How many channels are served at once here.
const MOST_SERVED: usize = 16;

/// Why something was not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Undelivered {
    /// It may be later: at once, or not before so many milliseconds have gone by.
    Later { why: String, after_ms: Option<u64> },
    /// The receiver says that it will not be, or nobody is asked.
    Refused(String),
    /// Whoever has it told may not have it told there: a word and a sentence.
    Barred(&'static str, String),
}

impl Undelivered {
    /// One that may go better next time.
    pub(crate) fn later(why: impl Into<String>) -> Self {
        Self::Later {
            why: why.into(),
            after_ms: None,
        }
    }
}

/// Who carries notifications out of this replica.
pub(crate) struct Courier {
    /// Made when it is needed first: a host without any certificates still serves.
    http: OnceLock<reqwest::Client>,
    guarded: Guarded,
    /// The channels that are served right now.
    served: Mutex<BTreeSet<String>>,
}

impl Courier {
    /// One that goes to no address that is meant for the host alone, but for those in these networks.
    pub(crate) fn new(allowed: &[IpNet]) -> Self {
        Self {
            http: OnceLock::new(),
            guarded: Guarded::new(allowed),
            served: Mutex::default(),
        }
    }

    /// Takes a channel to serve it, unless it is served already, or too many are.
    pub(crate) fn take(&self, channel: &str) -> bool {
        let mut served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        served.len() < MOST_SERVED && served.insert(channel.to_owned())
    }

    /// Puts a channel back.
    pub(crate) fn put_back(&self, channel: &str) {
        let mut served = self.served.lock().unwrap_or_else(PoisonError::into_inner);
        served.remove(channel);
    }
}

/// A sentence of a stranger: one line, short, and without the secrets that were sent.
fn quoted(text: &str, secrets: &[&str]) -> String {
    /// How much of it is kept, in characters.
    const LONGEST: usize = 200;
    let mut masked = text.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() >= 6) {
        masked = masked.replace(secret, "***");
    }
    let words: Vec<&str> = masked
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_says_is_short_and_holds_no_secret() {
        let said = format!("no\n token \u{1b}[31mhunter2hunter2 {}", "x".repeat(500));

        let quoted = quoted(&said, &["hunter2hunter2"]);

        assert!(quoted.starts_with("no token [31m*** xxx"), "{quoted}");
        assert_eq!(quoted.chars().count(), 200);
    }

    #[test]
    fn a_channel_is_served_by_one_at_a_time() {
        let courier = Courier::new(&[]);

        assert!(courier.take("ops"));
        assert!(!courier.take("ops"));
        courier.put_back("ops");
        assert!(courier.take("ops"));
    }
}
