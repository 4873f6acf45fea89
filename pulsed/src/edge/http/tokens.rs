//! Tokens of people and scripts: everybody has their own, admins see all.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    TokenId,
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
    query::{Query, pages::Part},
};
use crate::{
    app::App,
    domain::{perform_once, tokens},
    model::{access::User, place::Aged},
};

/// Whose tokens a user may see and revoke: all of them, for an admin.
fn reach(user: &User) -> Option<&str> {
    (user.role != Role::Admin).then_some(user.username.as_str())
}

/// Lists tokens, newest first.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(part): Query<Part<Aged, 100>>,
) -> Result<Json<Page<TokenView>>, Refusal> {
    let wanted = (part.after, part.limit.and_one());
    let items = tokens::list(&app, reach(&user), wanted).await?;
    Ok(Json(part.limit.page(items, |last| Aged {
        at: last.created_at,
        id: last.id.0,
    })))
}

/// Makes a token.
pub(super) async fn create(
    State(app): State<App>,
    (caller, Actor(by)): (Caller, Actor),
    Body(wish): Body<CreateToken>,
) -> Result<(StatusCode, Json<CreatedToken>), Refusal> {
    let create = tokens::Create { wish, by };
    let created = perform_once(&app, caller.once.as_ref(), &create).await?;
    let view = CreatedToken {
        id: created.id,
        token: created.token,
        name: create.wish.name,
        role: create.wish.role,
        expires_at: created.expires_at,
    };
    Ok((StatusCode::CREATED, Json(view)))
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
