//! Tokens of people and scripts: everybody has their own, admins see all.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode, TokenId,
    http::{
        Page,
        tokens::{CreateToken, CreatedToken, TokenView},
    },
    status::Role,
};

use super::{body::Json as Body, guard::Actor, problem::Refusal};
use crate::{
    app::App,
    domain::{perform, tokens},
    model::access::User,
};

/// Whose tokens a user may see and revoke: all of them, for an admin.
fn reach(user: &User) -> Option<&str> {
    (user.role != Role::Admin).then_some(user.username.as_str())
}

/// Lists tokens.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
) -> Result<Json<Page<TokenView>>, Refusal> {
    let items = tokens::list(&app, reach(&user)).await?;
    Ok(Json(Page {
        items,
        next_cursor: None,
    }))
}

/// Makes a token: for oneself with at most one's own role, or for a script, as an admin.
pub(super) async fn create(
    State(app): State<App>,
    Actor(user): Actor,
    Body(wish): Body<CreateToken>,
) -> Result<(StatusCode, Json<CreatedToken>), Refusal> {
    if wish.role > user.role {
        return Err(Refusal::new(
            ProblemCode::Forbidden,
            format!(
                "a {} cannot make a token with the role {}",
                user.role, wish.role
            ),
        ));
    }
    let username = if user.role == Role::Admin {
        wish.name.clone()
    } else {
        user.username.clone()
    };
    let create = tokens::Create {
        name: wish.name.clone(),
        username,
        role: wish.role,
        ttl_seconds: wish.ttl_seconds.min(left(&app, &user)),
        by: user.username,
    };
    let created = perform(&app, &create).await?;
    let view = CreatedToken {
        id: created.id,
        token: created.token,
        name: wish.name,
        role: wish.role,
        expires_at: created.expires_at,
    };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Seconds that the caller's own token still lives: a token makes none that outlives it.
fn left(app: &App, user: &User) -> u32 {
    let seconds = user.token_expires_at.duration_since(app.now()).as_secs();
    u32::try_from(seconds.max(60)).unwrap_or(u32::MAX)
}

/// Revokes a token.
pub(super) async fn revoke(
    State(app): State<App>,
    Actor(user): Actor,
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
    if perform(&app, &revoke).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}
