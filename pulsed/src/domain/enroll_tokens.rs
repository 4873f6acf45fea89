//! Enrolment tokens: issuing, listing and revoking them.

use jiff::Timestamp;
use pulse_api::{
    EnrollTokenId,
    http::workers::{EnrollTokenView, IssueEnrollToken},
    status::EnrollTokenStatus,
    token::TokenKind,
};
use pulse_workflow::{is_label_key, text::is_line};
use serde_json::{Value, json};

use super::{Repeatable, Verb, tokens::mint};
use crate::{
    app::App,
    model::{
        enroll_token::{Grant, TTL_SECONDS, USES},
        place::Aged,
        worker::is_valid_name,
    },
    store::{self, StoreError, Tx, enroll_tokens::Terms},
};

/// Issues a token. Its secret is shown once and kept nowhere: the same call made again gets the same
/// token with another secret, unless a host has used it by then.
#[derive(Debug, Clone)]
pub(crate) struct Issue {
    pub(crate) wish: IssueEnrollToken,
    pub(crate) by: String,
}

/// A token that was just issued.
pub(crate) struct Issued {
    pub(crate) id: EnrollTokenId,
    pub(crate) token: String,
    pub(crate) expires_at: Timestamp,
}

/// Why no token was issued.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IssueError {
    #[error("no selector can name a label `{0}`: a key is made of letters, digits and -_./:@+*")]
    Label(String),
    #[error("the value of the label `{0}` holds control characters, or some that turn text around")]
    LabelValue(String),
    #[error("there is no region {0}")]
    UnknownRegion(String),
    #[error("a token lives between 60 seconds and 24 hours")]
    Ttl,
    #[error("a token enrols between 1 and 1,000 hosts")]
    Uses,
    #[error("a token for one name enrols one host")]
    OneName,
    #[error("{0} is not a valid name")]
    Name(String),
    #[error("the token that this call issued was used, revoked, or has run out")]
    Gone,
    #[error("no randomness to be had")]
    Random,
    #[error("could not store the token")]
    Store(#[from] StoreError),
}

impl Verb for Issue {
    type Output = Issued;
    type Error = IssueError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Issued, IssueError> {
        let wish = &self.wish;
        if !TTL_SECONDS.contains(&wish.ttl_seconds) {
            return Err(IssueError::Ttl);
        }
        if !USES.contains(&wish.uses) {
            return Err(IssueError::Uses);
        }
        if wish.name.is_some() && wish.uses > 1 {
            return Err(IssueError::OneName);
        }
        let names = wish.name.iter().chain(&wish.groups);
        if let Some(bad) = names.into_iter().find(|name| !is_valid_name(name)) {
            return Err(IssueError::Name(bad.clone()));
        }
        if let Some(bad) = wish.labels.keys().find(|key| !is_label_key(key)) {
            return Err(IssueError::Label(bad.clone()));
        }
        if let Some((bad, _)) = wish.labels.iter().find(|(_, value)| !is_line(value)) {
            return Err(IssueError::LabelValue(bad.clone()));
        }
        if wish.region.contains('\0') || !store::regions::exists(tx, &wish.region).await? {
            return Err(IssueError::UnknownRegion(wish.region.clone()));
        }
        let grant = Grant {
            id: EnrollTokenId::new(),
            region: wish.region.clone(),
            role: wish.role,
            groups: wish.groups.clone(),
            labels: wish.labels.clone(),
            name: wish.name.clone(),
        };
        let minted = mint(TokenKind::Enroll, grant.id.0).map_err(|_| IssueError::Random)?;
        let terms = Terms {
            by: &self.by,
            ttl_seconds: wish.ttl_seconds,
            uses: wish.uses,
        };
        let expires_at =
            store::enroll_tokens::insert(tx, &grant, minted.secret_sha256, terms).await?;
        let subject = grant.id.to_string();
        let detail =
            json!({"region": wish.region, "role": wish.role, "name": wish.name, "uses": wish.uses});
        store::audit::insert(tx, (&self.by, "enroll_token.issue", &subject), detail);
        Ok(Issued {
            id: grant.id,
            token: minted.text,
            expires_at,
        })
    }

    fn store_error(error: &IssueError) -> Option<&StoreError> {
        match error {
            IssueError::Store(error) => Some(error),
            IssueError::UnknownRegion(_)
            | IssueError::Label(_)
            | IssueError::LabelValue(_)
            | IssueError::Ttl
            | IssueError::Uses
            | IssueError::OneName
            | IssueError::Name(_)
            | IssueError::Gone
            | IssueError::Random => None,
        }
    }
}

impl Repeatable for Issue {
    fn keep(output: &Issued) -> Result<Value, serde_json::Error> {
        serde_json::to_value(output.id)
    }

    async fn repeat(&self, _app: &App, tx: &mut Tx, kept: Value) -> Result<Issued, IssueError> {
        let id: EnrollTokenId = serde_json::from_value(kept).map_err(StoreError::from)?;
        let minted = mint(TokenKind::Enroll, id.0).map_err(|_| IssueError::Random)?;
        let renewed = store::enroll_tokens::renew(tx, id, minted.secret_sha256).await?;
        let expires_at = renewed.ok_or(IssueError::Gone)?;
        let subject = id.to_string();
        let actor = (
            self.by.as_str(),
            "enroll_token.issue_again",
            subject.as_str(),
        );
        store::audit::insert(tx, actor, json!({}));
        Ok(Issued {
            id,
            token: minted.text,
            expires_at,
        })
    }
}

/// Takes back a token that is not used up.
#[derive(Debug, Clone)]
pub(crate) struct Revoke {
    pub(crate) id: EnrollTokenId,
    pub(crate) by: String,
}

/// Why a token was not taken back.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RevokeError {
    #[error("no such token")]
    Unknown,
    #[error("the token is {0} already")]
    Ended(EnrollTokenStatus),
    #[error("could not revoke the token")]
    Store(#[from] StoreError),
}

impl Verb for Revoke {
    type Output = ();
    type Error = RevokeError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), RevokeError> {
        if !store::enroll_tokens::revoke(tx, self.id).await? {
            return match store::enroll_tokens::status(tx, self.id).await? {
                None => Err(RevokeError::Unknown),
                Some(EnrollTokenStatus::Revoked) => Ok(()),
                Some(status) => Err(RevokeError::Ended(status)),
            };
        }
        let subject = self.id.to_string();
        store::audit::insert(tx, (&self.by, "enroll_token.revoke", &subject), json!({}));
        Ok(())
    }

    fn store_error(error: &RevokeError) -> Option<&StoreError> {
        match error {
            RevokeError::Store(error) => Some(error),
            RevokeError::Unknown | RevokeError::Ended(_) => None,
        }
    }
}

/// Marks the tokens that nobody used in time. Without input: what is due is read here.
#[derive(Debug)]
pub(crate) struct Expire;

impl Verb for Expire {
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<usize, StoreError> {
        store::enroll_tokens::expire(tx).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Tokens, newest first.
pub(crate) async fn list(
    app: &App,
    part: (Option<Aged>, i64),
) -> Result<Vec<EnrollTokenView>, StoreError> {
    let views = store::enroll_tokens::list(&mut app.store().read().await?, part).await?;
    views
        .into_iter()
        .map(|view| Ok(serde_json::from_value(view)?))
        .collect()
}
