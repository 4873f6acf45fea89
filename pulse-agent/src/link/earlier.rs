//! Going back to an earlier credential where the server has never given out the newest.
//!
//! Its database was restored, or failed over, to a state before the last rotation. Only the word
//! for that leads back, one step at a time; after anything else the newest is shown again, since
//! the server that knows it would take an earlier one for stolen.

use std::time::Duration;

use tokio::time::Instant;

use super::{backoff::roll, relay::Relay};
use crate::{credential::Credential, service_manager};

const NEVER_GIVEN_OUT: &str = "this server has never given out the credential of this host, nor an earlier one that is kept here";

/// Once a server has known none of them, it is shown the newest alone for this long.
const REST: Duration = Duration::from_mins(10);

/// When a server that knew none of them may be shown all of them again.
#[derive(Debug, Default)]
pub(crate) struct Walks {
    rest_until: Option<Instant>,
}

impl Walks {
    /// Goes on to the one before, unless all were shown of late. False where the newest is up.
    ///
    /// `roll` is a random number that keeps a fleet from walking in step.
    fn step(&mut self, credential: &mut Credential, (now, roll): (Instant, u32)) -> bool {
        let is_resting = self.rest_until.is_some_and(|until| now < until);
        if is_resting && !credential.is_earlier() {
            return false;
        }
        let has_more = credential.step_back();
        if !has_more {
            let jitter = REST.mul_f64(f64::from(roll) / f64::from(u32::MAX)) / 2;
            self.rest_until = Some(now + REST + jitter);
        }
        has_more
    }

    /// The server knew one of them: the next trouble is another.
    fn forget(&mut self) {
        self.rest_until = None;
    }
}

impl Relay<'_> {
    /// Shows the one before, at once; after the last of them the newest, after a pause, and it alone for
    /// a while.
    pub(super) fn unknown(&mut self) {
        let is_news = self.pace.last_refusal.as_deref() != Some(NEVER_GIVEN_OUT);
        let has_more = self
            .walks
            .step(&mut self.credential, (Instant::now(), roll()));
        self.uplink
            .set_credential(self.credential.secret().to_owned());
        if has_more {
            if is_news {
                tracing::warn!(
                    "this server has never given out the newest credential of this host, as after a restore of its database: trying the one before"
                );
            }
            self.uplink.restart(Duration::ZERO);
        } else if is_news {
            let name = &self.credential.name;
            tracing::warn!(
                reason = NEVER_GIVEN_OUT,
                hint = format!(
                    "is it the right server? After a restore from an old backup: `pulsectl worker remove {name} --force` if `pulsectl worker ls` shows it, then `pulse-agent enroll --force …` here with a new token"
                ),
                "no connection to the server; trying again"
            );
            service_manager::status(&format!("no connection to the server: {NEVER_GIVEN_OUT}"));
            self.pace.last_refusal = Some(NEVER_GIVEN_OUT.to_owned());
        }
    }

    /// Shows the newest the next time, and lets nobody use an earlier one until then.
    pub(super) fn begin_with_newest(&mut self) {
        if self.credential.is_earlier() {
            self.rotation.end();
            self.credential.start_over();
            self.uplink
                .set_credential(self.credential.secret().to_owned());
        }
    }

    /// Has an earlier one that the server took replaced at once.
    pub(super) fn leave_earlier(&mut self) {
        self.walks.forget();
        if self.credential.is_earlier() {
            tracing::warn!(
                "the server took an earlier credential of this host; asking for a new one"
            );
            self.rotate();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_knew_none_of_them_is_shown_the_newest_alone_for_a_while() {
        let mut credential = Credential::after(2);
        let mut walks = Walks::default();
        let start = Instant::now();
        let mut tries = |pause: Duration, roll: u32| {
            let at = (start + pause, roll);
            let mut tries = 1;
            while walks.step(&mut credential, at) {
                tries += 1;
            }
            assert!(!credential.is_earlier());
            tries
        };

        assert_eq!(tries(Duration::ZERO, 0), 3);
        for number in 1..20 {
            assert_eq!(tries(Duration::from_secs(30 * number), 0), 1);
        }
        assert_eq!(tries(REST, u32::MAX), 3);
        assert_eq!(tries(REST * 2, 0), 1);
        assert_eq!(tries(REST * 2 + REST / 2, 0), 3);
    }

    #[test]
    fn a_way_back_that_was_begun_is_gone_to_its_end() {
        let mut credential = Credential::after(2);
        let mut walks = Walks::default();
        let now = (Instant::now(), 0);
        while walks.step(&mut credential, now) {}
        credential.step_back();

        assert!(walks.step(&mut credential, now));
    }

    #[test]
    fn after_a_connection_all_of_them_are_shown_at_once_again() {
        let mut credential = Credential::after(2);
        let mut walks = Walks::default();
        let now = (Instant::now(), 0);
        while walks.step(&mut credential, now) {}
        assert!(!walks.step(&mut credential, now));

        walks.forget();

        assert!(walks.step(&mut credential, now));
    }
}
