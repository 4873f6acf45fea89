//! Tokens of people and scripts.

use jiff::Timestamp;
use pulse_api::{TokenId, http::tokens::TokenView, status::Role, token::TokenKind};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Repeatable, Verb};
use crate::{
    app::App,
    model::{
        place::Aged,
        token::{self, Minted, TTL_SECONDS},
        workflow::is_valid_name,
    },
    store::{self, StoreError, Tx, tokens::NewToken, workflows::Name},
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
