//! Who somebody is, by what they show.

use pulse_api::{WorkerId, status::WorkerStatus, token::TokenKind};

use crate::{
    app::App,
    model::{
        access::{Principal, User},
        token,
    },
    store::{self, StoreError},
};

/// Why somebody is nobody.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccessError {
    #[error("the token is not valid")]
    Unknown,
    #[error("the token has run out or was revoked")]
    Expired,
    #[error("this worker was removed")]
    WorkerRemoved,
    #[error("could not look the token up")]
    Store(#[from] StoreError),
}

/// Who the token belongs to, read anew for each call: what was revoked does not work any more.
pub(crate) async fn authenticate(app: &App, text: &str) -> Result<Principal, AccessError> {
    let parts = token::read(text).ok_or(AccessError::Unknown)?;
    match parts.kind {
        TokenKind::User => user(app, &parts).await.map(Principal::User),
        TokenKind::Agent => worker(app, &parts).await.map(Principal::Worker),
        TokenKind::Enroll => Err(AccessError::Unknown),
    }
}

async fn user(app: &App, parts: &pulse_api::token::TokenParts<'_>) -> Result<User, AccessError> {
    let found = store::tokens::find(&mut app.store().read().await?, parts.id).await?;
    let found = found.ok_or(AccessError::Unknown)?;
    if !token::matches(parts.secret, &found.secret_sha256) {
        return Err(AccessError::Unknown);
    }
    if !found.is_live {
        return Err(AccessError::Expired);
    }
    Ok(found.user)
}

async fn worker(
    app: &App,
    parts: &pulse_api::token::TokenParts<'_>,
) -> Result<WorkerId, AccessError> {
    let found =
        store::workers::identity::find_credential(&mut app.store().read().await?, parts.id).await?;
    let found = found.ok_or(AccessError::Unknown)?;
    if !token::matches(parts.secret, &found.secret_sha256) {
        return Err(AccessError::Unknown);
    }
    if !found.is_active {
        return Err(AccessError::WorkerRemoved);
    }
    Ok(found.worker)
}

/// Whether a worker that proved itself was cleaned up, and has to register again.
pub(crate) async fn is_cleaned_up(app: &App, worker: WorkerId) -> Result<bool, StoreError> {
    let found = store::workers::find(&mut app.store().read().await?, &worker.to_string()).await?;
    Ok(found.is_none_or(|found| found.status == WorkerStatus::Deleted))
}
