//! Who somebody is, by what they show.

use pulse_api::{
    WorkerId,
    http::workers::{CloneView, HostMark},
    status::{CredentialStatus, Role, WorkerStatus},
    token::TokenKind,
};
use serde_json::json;
use subtle::ConstantTimeEq;

use super::{Verb, perform};
use crate::{
    app::App,
    domain::workers::credentials::{LockOut, Use},
    model::{
        access::{Claim, Principal, Speaker, User, Via, role_of},
        credential::Shown,
        token,
    },
    store::{self, StoreError, Tx},
};

/// Why somebody is nobody.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccessError {
    #[error("the token is not valid")]
    Unknown,
    /// It is whole and of an agent, and there is no such one: its id, of which nobody can guess a
    /// right one with its secret, is not here.
    #[error("this server has never given out this credential")]
    UnknownCredential,
    #[error("the token has run out or was revoked")]
    Expired,
    #[error("a newer credential of this worker came into use a moment ago")]
    Overtaken,
    #[error("this worker was removed")]
    WorkerRemoved,
    #[error("this credential is used by two hosts")]
    Cloned(Option<Box<CloneView>>),
    #[error("no group of {0} lets them in")]
    NoGroup(String),
    #[error("{0} is locked out")]
    Disabled(String),
    #[error("could not look the caller up")]
    Store(#[from] StoreError),
}

/// Who the token belongs to, read anew for each call: what was revoked does not work any more.
pub(crate) async fn authenticate(
    app: &App,
    text: &str,
    mark: &HostMark,
) -> Result<Principal, AccessError> {
    let shared = app.config().server.shared_worker_key.as_ref();
    if shared.is_some_and(|key| key.expose().as_bytes().ct_eq(text.as_bytes()).into()) {
        return Ok(Principal::Worker(Speaker::Shared));
    }
    let parts = token::read(text).ok_or(AccessError::Unknown)?;
    match parts.kind {
        TokenKind::User => user(app, &parts).await.map(Principal::User),
        TokenKind::Agent => worker(app, &parts, mark)
            .await
            .map(|id| Principal::Worker(Speaker::One(id))),
        TokenKind::Enroll => Err(AccessError::Unknown),
    }
}

async fn user(app: &App, parts: &pulse_api::token::TokenParts<'_>) -> Result<User, AccessError> {
    let found = app.lookups().find(parts.id).await?;
    let found = found.ok_or(AccessError::Unknown)?;
    let is_live = found.is_live;
    let user = found.user_who_shows(|digest| token::matches(parts.secret, digest));
    let user = user.ok_or(AccessError::Unknown)?;
    if !is_live {
        return Err(AccessError::Expired);
    }
    Ok(user)
}

async fn worker(
    app: &App,
    parts: &pulse_api::token::TokenParts<'_>,
    mark: &HostMark,
) -> Result<WorkerId, AccessError> {
    let found = store::workers::credentials::find(&mut app.store().read().await?, parts.id).await?;
    let (shown, secret_sha256) = found.ok_or(AccessError::UnknownCredential)?;
    if !token::matches(parts.secret, &secret_sha256) {
        return Err(AccessError::Unknown);
    }
    match shown.status {
        CredentialStatus::Active => {}
        CredentialStatus::Fresh => perform(app, &Use(shown)).await?,
        CredentialStatus::Superseded | CredentialStatus::Cloned => {
            if is_overtaken(app, shown, mark).await? {
                return Err(AccessError::Overtaken);
            }
            let verb = LockOut {
                worker: shown.worker,
                other: mark,
            };
            let clone = perform(app, &verb).await?;
            return Err(AccessError::Cloned(clone.map(Box::new)));
        }
        CredentialStatus::Revoked => return Err(AccessError::WorkerRemoved),
    }
    Ok(shown.worker)
}

/// Whether a call may have been on its way while a rotation made its credential worthless: a copy
/// elsewhere would not be known by these marks, and one here shows it again later.
async fn is_overtaken(app: &App, shown: Shown, mark: &HostMark) -> Result<bool, StoreError> {
    if mark.machine.is_empty() || mark.boot.is_empty() {
        return Ok(false);
    }
    let mut tx = app.store().read().await?;
    store::workers::credentials::was_good_lately(&mut tx, shown, mark).await
}

/// Who a trusted proxy vouches for. What it says is noted when it is new, and once a minute.
pub(crate) async fn sign_in(app: &App, claim: Claim) -> Result<User, AccessError> {
    let role = role_by_groups(app, &claim);
    let known = store::users::find(&mut app.store().read().await?, &claim.username).await?;
    if known.is_none() && role.is_none() {
        return Err(AccessError::NoGroup(claim.username));
    }
    if known.as_ref().is_some_and(|known| known.is_disabled) {
        return Err(AccessError::Disabled(claim.username));
    }
    let is_noted =
        |known: &store::users::Known| known.is_fresh && known.claim == claim && known.role == role;
    if !known.as_ref().is_some_and(is_noted) {
        let claim = claim.clone();
        perform(app, &SignIn { claim, role }).await?;
    }
    let Some(role) = role else {
        return Err(AccessError::NoGroup(claim.username));
    };
    let fixed = known.and_then(|known| known.fixed_role);
    Ok(User {
        username: claim.username,
        display_name: claim.display_name,
        email: claim.email,
        groups: claim.groups,
        role: fixed.unwrap_or(role),
        via: Via::Proxy,
        workflows: None,
    })
}

fn role_by_groups(app: &App, claim: &Claim) -> Option<Role> {
    let sso = app.config().sso.as_ref()?;
    let giving = [
        (Role::Admin, sso.admin_groups.as_slice()),
        (Role::Operator, sso.operator_groups.as_slice()),
        (Role::Viewer, sso.viewer_groups.as_slice()),
    ];
    role_of(&claim.groups, giving)
}

/// Notes what a proxy says of somebody.
#[derive(Debug)]
struct SignIn {
    claim: Claim,
    role: Option<Role>,
}

impl Verb for SignIn {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let known = store::users::find(tx, &self.claim.username).await?;
        store::users::put(tx, &self.claim, self.role).await?;
        let is_same = |known: &store::users::Known| {
            known.claim.groups == self.claim.groups && known.role == self.role
        };
        if !known.as_ref().is_some_and(is_same) {
            let username = &self.claim.username;
            let detail = json!({"role": self.role, "groups": self.claim.groups});
            store::audit::insert(tx, (username, "user.sign_in", username), detail);
        }
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Whether somebody who proved themselves a while ago is still let in, as who they are now.
pub(crate) async fn again(app: &App, user: &User) -> Result<Option<User>, StoreError> {
    match &user.via {
        Via::Token { id, shown, .. } => {
            let found = app.lookups().find(*id).await?;
            let found = found.filter(|found| found.is_live);
            Ok(found.and_then(|found| found.user_who_shows(|digest| digest == shown)))
        }
        Via::Console => Ok(None),
        Via::Proxy => {
            let mut tx = app.store().read().await?;
            let known = store::users::find(&mut tx, &user.username).await?;
            let known = known.filter(|known| !known.is_disabled);
            Ok(known.and_then(|known| {
                let role = known.role?;
                Some(User {
                    groups: known.claim.groups,
                    role: known.fixed_role.unwrap_or(role),
                    ..user.clone()
                })
            }))
        }
    }
}

/// Whether a worker that proved itself was cleaned up, and has to register again.
pub(crate) async fn is_cleaned_up(app: &App, worker: WorkerId) -> Result<bool, StoreError> {
    let found = store::workers::find(&mut app.store().read().await?, &worker.to_string()).await?;
    Ok(found.is_none_or(|found| found.status == WorkerStatus::Deleted))
}
