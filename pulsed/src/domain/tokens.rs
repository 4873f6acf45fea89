//! Tokens of people and scripts.

use jiff::Timestamp;
use pulse_api::{TokenId, http::tokens::TokenView, status::Role, token::TokenKind};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Repeatable, Verb};
use crate::{
    app::App,
    model::{
        access::{User, Via},
        place::Aged,
        token::{self, Minted, TTL_SECONDS},
        workflow::is_valid_name,
    },
    store::{
        self, StoreError, Tx,
        tokens::{Locked, NewToken},
        workflows::Name,
    },
};

/// Makes a token. Its secret is shown once and kept nowhere: the same call made again gets the same
/// token with another secret.
#[derive(Debug, Clone)]
pub(crate) struct Create {
    pub(crate) name: String,
    /// Whose deeds its deeds are.
    pub(crate) username: String,
    /// Whom it belongs to, where that is somebody whom a proxy has named.
    pub(crate) owner: Option<String>,
    pub(crate) role: Role,
    pub(crate) groups: Vec<String>,
    pub(crate) workflows: Option<Vec<String>>,
    pub(crate) ttl_seconds: u32,
    pub(crate) by: String,
}

/// A token that was just made.
pub(crate) struct Created {
    pub(crate) id: TokenId,
    pub(crate) token: String,
    pub(crate) expires_at: Timestamp,
}

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CreateError {
    #[error("a name has 1 to 128 characters and no control characters")]
    Name,
    #[error("a token lives between 60 seconds and 90 days")]
    Ttl,
    #[error("a group has 1 to 256 bytes, and neither commas nor control characters")]
    Group,
    #[error("{0} cannot be a workflow's name")]
    Workflow(String),
    #[error("there is no workflow {0}")]
    NoWorkflow(String),
    #[error("a token for some workflows only cannot be an admin's")]
    AdminOfSome,
    #[error("the token that this call made is gone")]
    Gone,
    #[error("no randomness to be had")]
    Random,
    #[error("could not store the token")]
    Store(#[from] StoreError),
}

impl Verb for Create {
    type Output = Created;
    type Error = CreateError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Created, CreateError> {
        self.check()?;
        for workflow in self.workflows.iter().flatten() {
            let name = Name::Name(workflow.clone());
            if store::workflows::version(tx, &name, None).await?.is_none() {
                return Err(CreateError::NoWorkflow(workflow.clone()));
            }
        }
        let minted = mint(TokenKind::User, Uuid::now_v7()).map_err(|_| CreateError::Random)?;
        let new = NewToken {
            id: minted.id,
            name: &self.name,
            username: &self.username,
            owner: self.owner.as_deref(),
            groups: &self.groups,
            workflows: self.workflows.as_deref(),
            role: self.role,
            secret_sha256: minted.secret_sha256.clone(),
            created_by: &self.by,
            ttl_seconds: self.ttl_seconds,
        };
        let expires_at = store::tokens::insert(tx, new).await?;
        let subject = minted.id.to_string();
        let detail = json!({"name": self.name, "username": self.username, "role": self.role,
            "groups": self.groups, "workflows": self.workflows});
        store::audit::insert(tx, (&self.by, "token.create", &subject), detail);
        Ok(Created {
            id: TokenId(minted.id),
            token: minted.text,
            expires_at,
        })
    }

    fn store_error(error: &CreateError) -> Option<&StoreError> {
        match error {
            CreateError::Store(error) => Some(error),
            CreateError::Name
            | CreateError::Ttl
            | CreateError::Group
            | CreateError::Workflow(_)
            | CreateError::NoWorkflow(_)
            | CreateError::AdminOfSome
            | CreateError::Gone
            | CreateError::Random => None,
        }
    }
}

impl Repeatable for Create {
    fn keep(output: &Created) -> Result<Value, serde_json::Error> {
        serde_json::to_value(output.id)
    }

    async fn repeat(&self, tx: &mut Tx, kept: Value) -> Result<Created, CreateError> {
        let id: TokenId = serde_json::from_value(kept).map_err(StoreError::from)?;
        let minted = mint(TokenKind::User, id.0).map_err(|_| CreateError::Random)?;
        let renewed = store::tokens::renew(tx, id, minted.secret_sha256).await?;
        let expires_at = renewed.ok_or(CreateError::Gone)?;
        let subject = id.to_string();
        store::audit::insert(tx, (&self.by, "token.create_again", &subject), json!({}));
        Ok(Created {
            id,
            token: minted.text,
            expires_at,
        })
    }
}

impl Create {
    fn check(&self) -> Result<(), CreateError> {
        let length = self.name.chars().count();
        if !(1..=128).contains(&length) || self.name.chars().any(char::is_control) {
            return Err(CreateError::Name);
        }
        if !TTL_SECONDS.contains(&self.ttl_seconds) {
            return Err(CreateError::Ttl);
        }
        let is_group = |name: &String| {
            (1..=256).contains(&name.len()) && !name.chars().any(|c| c.is_control() || c == ',')
        };
        if self.groups.len() > 100 || !self.groups.iter().all(is_group) {
            return Err(CreateError::Group);
        }
        let Some(workflows) = &self.workflows else {
            return Ok(());
        };
        if self.role == Role::Admin {
            return Err(CreateError::AdminOfSome);
        }
        match workflows.iter().find(|name| !is_valid_name(name)) {
            Some(bad) => Err(CreateError::Workflow(bad.clone())),
            None => Ok(()),
        }
    }
}

/// A new secret for the token with this id.
pub(super) fn mint(kind: TokenKind, id: Uuid) -> Result<Minted, getrandom::Error> {
    Ok(token::mint(kind, id, random()?))
}

/// 256 random bits.
pub(super) fn random() -> Result<[u8; 32], getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// How long the secret before may be good after a rotation, in seconds.
const LONGEST_OVERLAP: u32 = 7 * 24 * 60 * 60;

/// Gives a token a new secret; its name, its role and its end stay. Who may not make such a token
/// may not give it a secret that they know either.
#[derive(Debug, Clone)]
pub(crate) struct Rotate {
    pub(crate) id: TokenId,
    pub(crate) overlap_seconds: u32,
    pub(crate) by: User,
}

/// A token with a new secret.
pub(crate) struct Rotated {
    pub(crate) token: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) expires_at: Timestamp,
    pub(crate) previous_until: Option<Timestamp>,
}

/// Why a token keeps its secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RotateError {
    #[error("no such token")]
    Unknown,
    #[error("a secret is good for a week after it was replaced, at most")]
    Overlap,
    #[error("the secret that asks was replaced already")]
    Replaced,
    #[error("the token may do more than the one that asks")]
    Beyond,
    #[error("no randomness to be had")]
    Random,
    #[error("could not store the secret")]
    Store(#[from] StoreError),
}

impl Verb for Rotate {
    type Output = Rotated;
    type Error = RotateError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Rotated, RotateError> {
        if self.overlap_seconds > LONGEST_OVERLAP {
            return Err(RotateError::Overlap);
        }
        let locked = store::tokens::lock(tx, self.id).await?;
        let locked = locked.ok_or(RotateError::Unknown)?;
        self.may_rotate(&locked)?;
        let no_later = match &self.by.via {
            Via::Token { expires_at, .. } => Some(*expires_at),
            Via::Proxy => None,
        };
        let minted = mint(TokenKind::User, self.id.0).map_err(|_| RotateError::Random)?;
        let until = (self.overlap_seconds, no_later);
        store::tokens::rotate(tx, self.id, minted.secret_sha256, until).await?;
        let detail = json!({"name": locked.name, "overlap_seconds": self.overlap_seconds});
        let subject = self.id.to_string();
        store::audit::insert(tx, (&self.by.username, "token.rotate", &subject), detail);
        self.rotated(tx, minted.text).await
    }

    fn store_error(error: &RotateError) -> Option<&StoreError> {
        match error {
            RotateError::Store(error) => Some(error),
            RotateError::Unknown
            | RotateError::Overlap
            | RotateError::Replaced
            | RotateError::Beyond
            | RotateError::Random => None,
        }
    }
}

impl Repeatable for Rotate {
    fn keep(_output: &Rotated) -> Result<Value, serde_json::Error> {
        Ok(Value::Null)
    }

    /// Another secret in place of the one that got lost; the one before both stays what it was.
    async fn repeat(&self, tx: &mut Tx, _kept: Value) -> Result<Rotated, RotateError> {
        let minted = mint(TokenKind::User, self.id.0).map_err(|_| RotateError::Random)?;
        let renewed = store::tokens::renew(tx, self.id, minted.secret_sha256).await?;
        renewed.ok_or(RotateError::Unknown)?;
        let subject = self.id.to_string();
        let actor = (
            self.by.username.as_str(),
            "token.rotate_again",
            subject.as_str(),
        );
        store::audit::insert(tx, actor, json!({}));
        self.rotated(tx, minted.text).await
    }
}

impl Rotate {
    fn may_rotate(&self, token: &Locked) -> Result<(), RotateError> {
        if let Via::Token { id, shown, .. } = &self.by.via
            && *id == self.id.0
        {
            let is_newest = *shown == token.secret_sha256;
            return if is_newest {
                Ok(())
            } else {
                Err(RotateError::Replaced)
            };
        }
        if self.by.role == Role::Admin {
            return Ok(());
        }
        if token.username != self.by.username {
            return Err(RotateError::Unknown);
        }
        let has_groups = token
            .groups
            .iter()
            .all(|group| self.by.groups.contains(group));
        let has_workflows = self.by.workflows.as_ref().is_none_or(|own| {
            let wanted = token.workflows.as_ref();
            wanted.is_some_and(|wanted| wanted.iter().all(|name| own.contains(name)))
        });
        if token.role > self.by.role || !has_groups || !has_workflows {
            return Err(RotateError::Beyond);
        }
        Ok(())
    }

    async fn rotated(&self, tx: &mut Tx, token: String) -> Result<Rotated, RotateError> {
        let now = store::tokens::lock(tx, self.id).await?;
        let now = now.ok_or(RotateError::Unknown)?;
        Ok(Rotated {
            token,
            name: now.name,
            role: now.role,
            expires_at: now.expires_at,
            previous_until: now.previous_until,
        })
    }
}

/// Revokes a token; one of their own, for those who are not admins.
#[derive(Debug, Clone)]
pub(crate) struct Revoke {
    pub(crate) id: TokenId,
    pub(crate) only_of: Option<String>,
    pub(crate) by: String,
}

impl Verb for Revoke {
    /// Whether there is such a token.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        let found = store::tokens::revoke(tx, self.id, self.only_of.as_deref()).await?;
        if found {
            let subject = self.id.to_string();
            store::audit::insert(tx, (&self.by, "token.revoke", &subject), json!({}));
        }
        Ok(found)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Tokens, newest first; of one user only, where one is named.
pub(crate) async fn list(
    app: &App,
    username: Option<&str>,
    part: (Option<Aged>, i64),
) -> Result<Vec<TokenView>, StoreError> {
    let views = store::tokens::list(&mut app.store().read().await?, username, part).await?;
    views
        .into_iter()
        .map(|view| Ok(serde_json::from_value(view)?))
        .collect()
}
