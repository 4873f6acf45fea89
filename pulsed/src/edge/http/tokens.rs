//! Tokens of people and scripts: everybody has their own, admins see all.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use jiff::Timestamp;
use pulse_api::{
    ProblemCode, TokenId,
    http::{
        Page,
        tokens::{CreateToken, CreatedToken, RotateToken, RotatedToken, TokenView},
    },
    status::Role,
};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{
        Query,
        pages::{Cursor, Limit},
        parameters,
    },
};
use crate::{
    app::App,
    domain::{perform_once, tokens},
    model::{
        access::{User, Via},
        place::Aged,
    },
};

/// Whose tokens a user may see and revoke: all of them, for an admin.
fn reach(user: &User) -> Option<&str> {
    (user.role != Role::Admin).then_some(user.username.as_str())
}

parameters! {
    pub(super) struct ListQuery {
        /// The `next_cursor` of the page before.
        cursor: Cursor<Aged>,
        /// How many items a page has.
        limit: Limit<100>,
    }
}

/// Lists tokens, newest first.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<TokenView>>, Refusal> {
    let part = (query.cursor.0, query.limit.and_one());
    let items = tokens::list(&app, reach(&user), part).await?;
    Ok(Json(query.limit.page(items, |last| Aged {
        at: last.created_at,
        id: last.id.0,
    })))
}

/// Makes a token: for oneself with at most what one has, or for a script, as an admin.
pub(super) async fn create(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(wish): Body<CreateToken>,
) -> Result<(StatusCode, Json<CreatedToken>), Refusal> {
    if let Some(more) = beyond(&user, &wish) {
        return Err(Refusal::new(ProblemCode::Forbidden, more)
            .hint("a token gives no more than its maker has"));
    }
    let is_admin = user.role == Role::Admin;
    let own = |owner: Option<String>| if is_admin { None } else { owner };
    let (owner, most) = match user.via {
        Via::Token {
            expires_at, owner, ..
        } => (own(owner), left(&app, expires_at)?),
        Via::Proxy => (own(Some(user.username.clone())), u32::MAX),
    };
    let inherited = if is_admin { Vec::new() } else { user.groups };
    let create = tokens::Create {
        name: wish.name.clone(),
        username: if is_admin {
            wish.name
        } else {
            user.username.clone()
        },
        owner,
        role: wish.role,
        groups: wish.groups.unwrap_or(inherited),
        workflows: wish.workflows.or(user.workflows),
        ttl_seconds: wish.ttl_seconds.min(most),
        by: user.username,
    };
    let created = perform_once(&app, caller.once.as_ref(), &create).await?;
    let view = CreatedToken {
        id: created.id,
        token: created.token,
        name: create.name,
        role: create.role,
        expires_at: created.expires_at,
    };
    Ok((StatusCode::CREATED, Json(view)))
}

/// What a user asks for that they do not have themselves.
fn beyond(user: &User, wish: &CreateToken) -> Option<String> {
    if wish.role > user.role {
        let (own, more) = (user.role, wish.role);
        return Some(format!(
            "the role {own} makes no token with the role {more}"
        ));
    }
    let groups = wish.groups.iter().flatten();
    let foreign = groups.filter(|_| user.role != Role::Admin);
    if let Some(group) = foreign
        .into_iter()
        .find(|group| !user.groups.contains(group))
    {
        return Some(format!("you are not in the group {group:?}"));
    }
    let own = user.workflows.as_ref()?;
    let mut wished = wish.workflows.iter().flatten();
    let other = wished.find(|name| !own.contains(name))?;
    Some(format!("your own token is not for the workflow {other:?}"))
}

/// The shortest life of a token, in seconds.
const SHORTEST: i64 = 60;

/// Seconds that the caller's own token still lives: a token makes none that outlives it.
fn left(app: &App, expires_at: Timestamp) -> Result<u32, Refusal> {
    let seconds = expires_at.duration_since(app.now()).as_secs();
    if seconds < SHORTEST {
        let detail = "your own token ends within a minute, and makes none that outlives it";
        return Err(
            Refusal::new(ProblemCode::Forbidden, detail).hint("pulsectl login gives you another")
        );
    }
    Ok(u32::try_from(seconds).unwrap_or(u32::MAX))
}

/// Gives a token a new secret.
pub(super) async fn rotate(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(id): Path<String>,
    Body(wish): Body<RotateToken>,
) -> Result<Json<RotatedToken>, Refusal> {
    let unknown = || Refusal::not_found("token", &id);
    let token: TokenId = id.parse().map_err(|_| unknown())?;
    let rotate = tokens::Rotate {
        id: token,
        overlap_seconds: wish.overlap_seconds,
        by: user,
    };
    let rotated = perform_once(&app, caller.once.as_ref(), &rotate).await?;
    Ok(Json(RotatedToken {
        id: token,
        token: rotated.token,
        name: rotated.name,
        role: rotated.role,
        expires_at: rotated.expires_at,
        previous_until: rotated.previous_until,
    }))
}

/// Revokes a token.
pub(super) async fn revoke(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let unknown = || Refusal::not_found("token", &id);
    let token: TokenId = id.parse().map_err(|_| unknown())?;
    let only_of = reach(&user).map(str::to_owned);
    let revoke = tokens::Revoke {
        id: token,
        only_of,
        by: user.username,
    };
    if perform_once(&app, caller.once.as_ref(), &revoke).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}
