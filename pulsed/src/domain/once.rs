//! Calls that carry a key have one effect, however often they are made.

use serde_json::Value;

use super::secrets::keys::{self, KeyTrouble};
use crate::{
    app::App,
    store::{
        self, StoreError, Tx,
        idempotency::{Answer, Kept},
    },
};

/// How long the digest of a call is; a keyed one has the name of its key behind it.
const DIGEST: usize = 32;

/// Who calls, under which key, with what.
#[derive(Debug, Clone)]
pub(crate) struct Once {
    pub(crate) principal: String,
    pub(crate) key: String,
    /// The digest of method, path and body.
    pub(crate) request_sha256: Vec<u8>,
}

/// The key was used for another request.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("this idempotency key was used for another request")]
pub(crate) struct Reused;

/// Why an answer that was kept is not that of a call.
#[derive(Debug)]
pub(crate) enum KeptError {
    Reused(Reused),
    /// Whether it is cannot be told without the key under which secrets are sealed.
    Key(KeyTrouble),
}

/// Why a call that may carry a key was not carried out.
#[derive(Debug)]
pub(crate) enum OnceError<E> {
    Kept(KeptError),
    Verb(E),
}

/// Whether a call gives something that nobody is to learn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    Secrets,
    NoSecret,
}

/// The answer that the same call got before.
pub(super) async fn replay(tx: &mut Tx, once: &Once) -> Result<Option<Answer>, StoreError> {
    store::idempotency::find(tx, &once.principal, &once.key).await
}

/// What the answer before was, where it was to this very request.
pub(super) fn read(app: &App, answer: Answer, once: &Once) -> Result<Value, KeptError> {
    if is_of(app, &answer.request_sha256, once).map_err(KeptError::Key)? {
        Ok(answer.body)
    } else {
        Err(KeptError::Reused(Reused))
    }
}

/// Whether a digest was kept for this request. Of one under a key that was thrown away since, nobody knows.
fn is_of(app: &App, kept: &[u8], once: &Once) -> Result<bool, KeyTrouble> {
    match kept.split_at_checked(DIGEST) {
        Some((digest, id)) if !id.is_empty() => {
            let keys = keys::own(app)?;
            let key = std::str::from_utf8(id).ok().and_then(|id| keys.find(id));
            Ok(key.is_some_and(|key| key.digest(&once.request_sha256) == digest))
        }
        Some(_) | None => Ok(kept == once.request_sha256),
    }
}

/// By what a call is known again. Of one that gives secrets that tells nothing of them: the plain digest of
/// a short value could be guessed by whoever reads the database.
pub(super) async fn digest(
    app: &App,
    tx: &mut Tx,
    (once, gives): (&Once, Gives),
) -> Result<Vec<u8>, KeyTrouble> {
    match gives {
        Gives::NoSecret => Ok(once.request_sha256.clone()),
        Gives::Secrets => {
            let key = keys::to_recognise_by(app, tx).await?;
            Ok([key.digest(&once.request_sha256), key.id.into_bytes()].concat())
        }
    }
}

/// The answer to keep for a call.
pub(super) fn kept(once: &Once, request_sha256: Vec<u8>, body: Value) -> Kept {
    Kept {
        principal: once.principal.clone(),
        key: once.key.clone(),
        answer: Answer {
            request_sha256,
            body,
        },
    }
}

/// Whether the error says that the same call was faster.
pub(super) fn was_faster(error: &StoreError) -> bool {
    matches!(error, StoreError::Taken { constraint } if constraint == "idempotency_keys_pkey")
}
