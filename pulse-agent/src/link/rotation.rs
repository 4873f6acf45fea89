//! A new credential in place of the old one, without a moment at which neither is good.
//!
//! The new one is on disk, and everybody's here, before it is used; the old one is good until then.
//! Whatever gets lost on the way, the next try begins with a credential that the server takes.

use std::{future::Future, pin::Pin, time::Duration};

use pulse_api::{
    Problem,
    http::workers::{FreshCredential, PingBody},
};

use super::{
    backoff::{Backoff, roll},
    relay::{Outcome, Relay, ending},
};
use crate::{
    credential::Credential,
    network::{Network, RequestError},
    state::State,
};

/// After a refusal or a disk that cannot be written.
const PAUSE: Duration = Duration::from_mins(1);

type Rotating = Pin<Box<dyn Future<Output = Result<Credential, Box<Problem>>>>>;
type Using = Pin<Box<dyn Future<Output = ()>>>;

/// A rotation that is going on, if any.
#[derive(Default)]
pub(crate) struct Rotation {
    rotating: Option<Rotating>,
    /// The first use of a new one.
    using: Option<Using>,
}

impl Rotation {
    /// Begins, unless it has begun already: after the first use of the last one, which may have come
    /// before the wish for another.
    pub(crate) fn begin(&mut self, network: Network, state: State, credential: Credential) {
        if self.rotating.is_none() {
            self.rotating = Some(Box::pin(rotate(network, state, credential)));
        }
    }

    /// Asks no more, and uses nothing: what was given out by then and not kept here is worthless.
    pub(crate) fn end(&mut self) {
        *self = Self::default();
    }

    /// Uses the new one once, which makes the old one worthless. Lost, the next connection does
    /// the same.
    pub(crate) fn confirm(&mut self, network: Network, credential: Credential) {
        self.using = Some(Box::pin(confirm(network, credential)));
    }

    /// The new credential, not used yet, or why this worker gets none any more; never, while none
    /// is asked for. May be dropped and called again.
    pub(crate) async fn next(&mut self) -> Result<Credential, Box<Problem>> {
        if let Some(using) = &mut self.using {
            using.await;
            self.using = None;
        }
        let Some(rotating) = &mut self.rotating else {
            return std::future::pending().await;
        };
        let done = rotating.await;
        self.rotating = None;
        done
    }
}

impl Relay<'_> {
    /// Asks for a new credential, unless one is on its way.
    pub(super) fn rotate(&mut self) {
        let (network, state) = (self.network.clone(), self.options.state.clone());
        self.rotation.begin(network, state, self.credential.clone());
    }

    /// From here on the new credential is this worker's.
    pub(super) fn rotated(&mut self, rotated: Result<Credential, Box<Problem>>) -> Option<Outcome> {
        match rotated {
            Ok(credential) => {
                self.uplink.set_credential(credential.secret().to_owned());
                self.credential = credential;
                // A connection that is being opened shows the old one, which must be good still.
                if self.uplink.is_up() {
                    let network = self.network.clone();
                    self.rotation.confirm(network, self.credential.clone());
                }
                None
            }
            Err(problem) => ending(problem.code, &problem.detail),
        }
    }
}

async fn rotate(
    network: Network,
    state: State,
    credential: Credential,
) -> Result<Credential, Box<Problem>> {
    let ask = format!("/workers/{}/credential", credential.worker_id);
    let mut backoff = Backoff::default();
    loop {
        let body = serde_json::json!({});
        let asked: Result<FreshCredential, RequestError> =
            network.post(&ask, Some(credential.secret()), &body).await;
        match asked {
            Ok(fresh) => {
                let next = credential.followed_by(fresh.credential);
                match state.store_credential(&next) {
                    // Nothing is waited for between the disk and whoever uses it from here on.
                    Ok(()) => {
                        tracing::info!(generation = fresh.generation, "the credential was rotated");
                        return Ok(next);
                    }
                    Err(error) => {
                        tracing::error!(%error, "a new credential could not be kept; trying again");
                        // The file may be in place although its folder could not be synced.
                        if let Ok(Some(kept)) = state.credential()
                            && kept.secret() == next.secret()
                        {
                            return Ok(kept);
                        }
                        tokio::time::sleep(PAUSE).await;
                    }
                }
            }
            Err(RequestError::Refused(problem)) if problem.status == 401 => return Err(problem),
            Err(RequestError::Refused(problem)) => {
                tracing::warn!(
                    reason = problem.detail,
                    "no new credential yet; trying again"
                );
                tokio::time::sleep(PAUSE).await;
            }
            Err(error @ (RequestError::Unreachable(_) | RequestError::Strange { .. })) => {
                tracing::debug!(%error, "no new credential yet; trying again");
                tokio::time::sleep(backoff.next(roll())).await;
            }
        }
    }
}

async fn confirm(network: Network, next: Credential) {
    let ping = format!("/workers/{}/ping", next.worker_id);
    let pinged: Result<serde_json::Value, RequestError> = network
        .post(&ping, Some(next.secret()), &PingBody::default())
        .await;
    if let Err(error) = pinged {
        tracing::debug!(%error, "the new credential is not in force yet");
    }
}
