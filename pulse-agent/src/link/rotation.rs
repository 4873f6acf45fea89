//! A new credential in place of the old one, without a moment at which neither is good.
//!
//! The new one is on disk before it is used, and the old one is good until then: whatever gets
//! lost on the way, the next try begins with a credential that the server takes.

use std::{future::Future, pin::Pin, time::Duration};

use pulse_api::{
    Problem,
    http::workers::{FreshCredential, PingBody},
};

use super::backoff::{Backoff, roll};
use crate::{
    network::{Network, RequestError},
    state::{Credential, State},
};

/// After a refusal or a disk that cannot be written.
const PAUSE: Duration = Duration::from_mins(1);

type Rotating = Pin<Box<dyn Future<Output = Result<Credential, Box<Problem>>>>>;

/// A rotation that is going on, if any.
#[derive(Default)]
pub(crate) struct Rotation(Option<Rotating>);

impl Rotation {
    /// Begins, unless it has begun already.
    pub(crate) fn begin(&mut self, network: Network, state: State, credential: Credential) {
        if self.0.is_none() {
            self.0 = Some(Box::pin(rotate(network, state, credential)));
        }
    }

    /// The new credential, or why this worker gets none any more; never, while none is asked for.
    /// May be dropped and called again.
    pub(crate) async fn next(&mut self) -> Result<Credential, Box<Problem>> {
        let Some(rotating) = &mut self.0 else {
            return std::future::pending().await;
        };
        let done = rotating.await;
        self.0 = None;
        done
    }
}

async fn rotate(
    network: Network,
    state: State,
    mut credential: Credential,
) -> Result<Credential, Box<Problem>> {
    let endpoint = |verb: &str| format!("/workers/{}/{verb}", credential.worker_id);
    let (ask, ping) = (endpoint("credential"), endpoint("ping"));
    let mut backoff = Backoff::default();
    loop {
        let body = serde_json::json!({});
        let asked: Result<FreshCredential, RequestError> =
            network.post(&ask, Some(&credential.secret), &body).await;
        match asked {
            Ok(fresh) => {
                let next = Credential {
                    secret: fresh.credential,
                    ..credential.clone()
                };
                match state.store_credential(&next) {
                    Ok(()) => {
                        confirm(&network, &ping, &next).await;
                        tracing::info!(generation = fresh.generation, "the credential was rotated");
                        return Ok(next);
                    }
                    Err(error) => {
                        tracing::error!(%error, "a new credential could not be kept; trying again");
                        // The file may be in place although its folder could not be synced.
                        if let Ok(Some(kept)) = state.credential() {
                            credential = kept;
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

/// Uses it once, which makes the old one worthless. Lost, the next connection does the same.
async fn confirm(network: &Network, ping: &str, next: &Credential) {
    let pinged: Result<serde_json::Value, RequestError> = network
        .post(ping, Some(&next.secret), &PingBody::default())
        .await;
    if let Err(error) = pinged {
        tracing::debug!(%error, "the new credential is not in force yet");
    }
}
