//! Enrolment tokens.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    EnrollTokenId,
    http::{
        Page,
        workers::{EnrollTokenView, IssueEnrollToken, IssuedEnrollToken},
    },
};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, pages::Part},
};
use crate::{
    app::App,
    domain::{enroll_tokens, perform_once},
    model::place::Aged,
};

/// Issues a token; the only time that its secret is shown.
pub(super) async fn issue(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(wish): Body<IssueEnrollToken>,
) -> Result<(StatusCode, Json<IssuedEnrollToken>), Refusal> {
    let region = wish.region.clone();
    let issue = enroll_tokens::Issue {
        wish,
        by: user.username,
    };
    let issued = perform_once(&app, caller.once.as_ref(), &issue).await?;
    let view = IssuedEnrollToken {
        id: issued.id,
        token: issued.token,
        region,
        expires_at: issued.expires_at,
    };
    Ok((StatusCode::CREATED, Json(view)))
}

/// Lists tokens, newest first.
pub(super) async fn list(
    State(app): State<App>,
    Query(part): Query<Part<Aged, 100>>,
) -> Result<Json<Page<EnrollTokenView>>, Refusal> {
    let wanted = (part.after, part.limit.and_one());
    let items = enroll_tokens::list(&app, wanted).await?;
    Ok(Json(part.limit.page(items, |last| Aged {
        at: last.created_at,
        id: last.id.0,
    })))
}

/// Takes back a token that nobody has used.
pub(super) async fn revoke(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(id): Path<String>,
) -> Result<StatusCode, Refusal> {
    let token: EnrollTokenId = id
        .parse()
        .map_err(|_| Refusal::not_found("enrolment token", &id))?;
    let revoke = enroll_tokens::Revoke {
        id: token,
        by: user.username,
    };
    perform_once(&app, caller.once.as_ref(), &revoke).await?;
    Ok(StatusCode::NO_CONTENT)
}
