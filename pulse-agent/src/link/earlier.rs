//! Going back to an earlier credential where the server has never given out the newest.
//!
//! Its database was restored, or failed over, to a state before the last rotation. Only the word
//! for that leads back, one step at a time; after anything else the newest is shown again, since
//! the server that knows it would take an earlier one for stolen.

use std::time::Duration;

use super::relay::Relay;
use crate::service_manager;

const NEVER_GIVEN_OUT: &str = "this server has never given out the credential of this host, nor an earlier one that is kept here";

impl Relay<'_> {
    /// Shows the one before, at once; after the last of them the newest, after a pause.
    pub(super) fn unknown(&mut self) {
        let is_news = self.pace.last_refusal.as_deref() != Some(NEVER_GIVEN_OUT);
        let has_more = self.credential.step_back();
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
        if self.credential.is_earlier() {
            tracing::warn!(
                "the server took an earlier credential of this host; asking for a new one"
            );
            self.rotate();
        }
    }
}
