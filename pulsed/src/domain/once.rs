//! Calls that carry a key have one effect, however often they are made.

use serde_json::Value;

use crate::store::{
    self, StoreError, Tx,
    idempotency::{Answer, Kept},
};

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

/// Why a call that may carry a key was not carried out.
#[derive(Debug)]
pub(crate) enum OnceError<E> {
    Reused(Reused),
    Verb(E),
}

impl<E> From<Reused> for OnceError<E> {
    fn from(reused: Reused) -> Self {
        Self::Reused(reused)
    }
}

/// The answer that the same call got before.
pub(super) async fn replay(tx: &mut Tx, once: &Once) -> Result<Option<Answer>, StoreError> {
    store::idempotency::find(tx, &once.principal, &once.key).await
}

/// What the answer before was; `Reused` when it was to another request.
pub(super) fn read(answer: Answer, once: &Once) -> Result<Value, Reused> {
    if answer.request_sha256 == once.request_sha256 {
        Ok(answer.body)
    } else {
        Err(Reused)
    }
}

/// The answer to keep for a call.
pub(super) fn kept(once: &Once, body: Value) -> Kept {
    Kept {
        principal: once.principal.clone(),
        key: once.key.clone(),
        answer: Answer {
            request_sha256: once.request_sha256.clone(),
            body,
        },
    }
}

/// Whether the error says that the same call was faster.
pub(super) fn was_faster(error: &StoreError) -> bool {
    matches!(error, StoreError::Taken { constraint } if constraint == "idempotency_keys_pkey")
}
