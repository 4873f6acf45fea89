//! Tokens of people and scripts.

use jiff::Timestamp;
use pulse_api::{
    TokenId,
    http::tokens::{CreateToken, TokenView},
    status::Role,
    token::TokenKind,
};
use pulse_workflow::text::is_line;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Repeatable, Verb};
use crate::{
    app::App,
    model::{
        access::{Beyond, User, Via},
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

/// Makes a token: for oneself with at most what one has, or for a script, as an admin. Its secret is shown
/// once and kept nowhere: the same call made again gets the same token with another secret.
#[derive(Debug, Clone)]
pub(crate) struct Create {
    pub(crate) wish: CreateToken,
    pub(crate) by: User,
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
    #[error(transparent)]
    Beyond(#[from] Beyond),
    #[error("your own token ends within a minute, and makes none that outlives it")]
    Ending,
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
    #[error("the token that this call made was given another secret since")]
    Rotated,
    #[error("no randomness to be had")]
    Random,
    #[error("could not store the token")]
    Store(#[from] StoreError),
}

impl Verb for Create {
    type Output = Created;
    type Error = CreateError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Created, CreateError> {
        let (wish, by) = (&self.wish, &self.by);
        let (groups, workflows) = (self.groups(), self.workflows());
        by.covers(wish.role, groups, workflows)?;
        let ttl_seconds = wish.ttl_seconds.min(self.left(app)?);
        self.check(ttl_seconds)?;
        for workflow in workflows.into_iter().flatten() {
            let name = Name::Name(workflow.clone());
            if store::workflows::version(tx, &name, None).await?.is_none() {
                return Err(CreateError::NoWorkflow(workflow.clone()));
            }
        }
        let minted = mint(TokenKind::User, Uuid::now_v7()).map_err(|_| CreateError::Random)?;
        let new = NewToken {
            id: minted.id,
            name: &wish.name,
            username: self.username(),
            owner: self.owner(),
            groups,
            workflows,
            role: wish.role,
            secret_sha256: minted.secret_sha256.clone(),
            created_by: &by.username,
            ttl_seconds,
        };
        let detail = json!({"name": new.name, "username": new.username, "role": new.role,
            "groups": new.groups, "workflows": new.workflows});
        let expires_at = store::tokens::insert(tx, new).await?;
        let subject = minted.id.to_string();
        store::audit::insert(tx, (&by.username, "token.create", &subject), detail);
        Ok(Created {
            id: TokenId(minted.id),
            token: minted.text,
            expires_at,
        })
    }

    fn store_error(error: &CreateError) -> Option<&StoreError> {
        match error {
            CreateError::Store(error) => Some(error),
            CreateError::Beyond(_)
            | CreateError::Ending
            | CreateError::Name
            | CreateError::Ttl
            | CreateError::Group
            | CreateError::Workflow(_)
            | CreateError::NoWorkflow(_)
            | CreateError::AdminOfSome
            | CreateError::Gone
            | CreateError::Rotated
            | CreateError::Random => None,
        }
    }
}

impl Repeatable for Create {
    fn keep(output: &Created) -> Result<Value, serde_json::Error> {
        serde_json::to_value(output.id)
    }

    /// Another token of the same user may repeat the call: it gets no secret that opens more than its own.
    async fn repeat(&self, _app: &App, tx: &mut Tx, kept: Value) -> Result<Created, CreateError> {
        let id: TokenId = serde_json::from_value(kept).map_err(StoreError::from)?;
        let locked = store::tokens::lock(tx, id).await?;
        let locked = locked.filter(|token| self.is_admins() || token.username == self.by.username);
        let locked = locked.ok_or(CreateError::Gone)?;
        let workflows = locked.workflows.as_deref();
        self.by.covers(locked.role, &locked.groups, workflows)?;
        if locked.rotation.is_some() {
            return Err(CreateError::Rotated);
        }
        let minted = mint(TokenKind::User, id.0).map_err(|_| CreateError::Random)?;
        let secret = (minted.secret_sha256, self.by.ends_at());
        let expires_at = store::tokens::renew(tx, id, secret).await?;
        let subject = id.to_string();
        let actor = (
            self.by.username.as_str(),
            "token.create_again",
            subject.as_str(),
        );
        store::audit::insert(tx, actor, json!({}));
        Ok(Created {
            id,
            token: minted.text,
            expires_at,
        })
    }
}

impl Create {
    fn is_admins(&self) -> bool {
        self.by.role == Role::Admin
    }

    /// Whose deeds its deeds are.
    fn username(&self) -> &str {
        if self.is_admins() {
            &self.wish.name
        } else {
            &self.by.username
        }
    }

    /// Whom it belongs to, where that is somebody whom a proxy has named.
    fn owner(&self) -> Option<&str> {
        match &self.by.via {
            _ if self.is_admins() => None,
            Via::Token { owner, .. } => owner.as_deref(),
            Via::Proxy => Some(&self.by.username),
            Via::Console => None,
        }
    }

    fn groups(&self) -> &[String] {
        match &self.wish.groups {
            Some(groups) => groups,
            None if self.is_admins() => &[],
            None => &self.by.groups,
        }
    }

    fn workflows(&self) -> Option<&[String]> {
        let wished = self.wish.workflows.as_deref();
        wished.or(self.by.workflows.as_deref())
    }

    /// Seconds that the maker's own token still lives.
    fn left(&self, app: &App) -> Result<u32, CreateError> {
        let Some(ends_at) = self.by.ends_at() else {
            return Ok(u32::MAX);
        };
        let seconds = ends_at.duration_since(app.now()).as_secs();
        if seconds < i64::from(*TTL_SECONDS.start()) {
            return Err(CreateError::Ending);
        }
        Ok(u32::try_from(seconds).unwrap_or(u32::MAX))
    }

    fn check(&self, ttl_seconds: u32) -> Result<(), CreateError> {
        let name = &self.wish.name;
        let length = name.chars().count();
        if !(1..=128).contains(&length) || !is_line(name) {
            return Err(CreateError::Name);
        }
        if !TTL_SECONDS.contains(&ttl_seconds) {
            return Err(CreateError::Ttl);
        }
        let is_group =
            |name: &String| (1..=256).contains(&name.len()) && is_line(name) && !name.contains(',');
        let groups = self.groups();
        if groups.len() > 100 || !groups.iter().all(is_group) {
            return Err(CreateError::Group);
        }
        let Some(workflows) = self.workflows() else {
            return Ok(());
        };
        if self.wish.role == Role::Admin {
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
    /// What the secret is known by as long as no other takes its place.
    rotation: Option<Uuid>,
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
    Beyond(#[source] Beyond),
    #[error("the token was rotated again since: what this call gave it is worthless")]
    Overtaken,
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
        let minted = mint(TokenKind::User, self.id.0).map_err(|_| RotateError::Random)?;
        let until = (self.overlap_seconds, self.by.ends_at());
        let secret = (minted.secret_sha256, Uuid::now_v7());
        store::tokens::rotate(tx, self.id, secret, until).await?;
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
            | RotateError::Beyond(_)
            | RotateError::Overtaken
            | RotateError::Random => None,
        }
    }
}

impl Repeatable for Rotate {
    fn keep(output: &Rotated) -> Result<Value, serde_json::Error> {
        serde_json::to_value(output.rotation)
    }

    /// Another secret in place of the one that got lost; the one before both stays what it was.
    async fn repeat(&self, _app: &App, tx: &mut Tx, kept: Value) -> Result<Rotated, RotateError> {
        let rotation: Option<Uuid> = serde_json::from_value(kept).map_err(StoreError::from)?;
        let locked = store::tokens::lock(tx, self.id).await?;
        let locked = locked.ok_or(RotateError::Unknown)?;
        let own = self.shown_of_its_own();
        // Who has rotated their own token, and not heard of it, has no newer secret.
        let is_lost = own.is_some() && own == locked.previous_sha256.as_deref();
        if !is_lost {
            self.may_rotate(&locked)?;
        }
        if locked.rotation != rotation {
            return Err(RotateError::Overtaken);
        }
        let minted = mint(TokenKind::User, self.id.0).map_err(|_| RotateError::Random)?;
        let no_later = self.by.ends_at().filter(|_| own.is_none());
        store::tokens::renew(tx, self.id, (minted.secret_sha256, no_later)).await?;
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
    /// The digest of the secret that asks, where that is one of the token itself.
    fn shown_of_its_own(&self) -> Option<&[u8]> {
        match &self.by.via {
            Via::Token { id, shown, .. } if *id == self.id.0 => Some(shown),
            Via::Token { .. } | Via::Proxy | Via::Console => None,
        }
    }

    fn may_rotate(&self, token: &Locked) -> Result<(), RotateError> {
        if let Some(shown) = self.shown_of_its_own() {
            let is_newest = shown == token.secret_sha256;
            return if is_newest {
                Ok(())
            } else {
                Err(RotateError::Replaced)
            };
        }
        if self.by.role != Role::Admin && token.username != self.by.username {
            return Err(RotateError::Unknown);
        }
        self.by
            .covers(token.role, &token.groups, token.workflows.as_deref())
            .map_err(RotateError::Beyond)
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
            rotation: now.rotation,
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
