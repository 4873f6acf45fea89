//! People whom a trusted proxy has named.

use axum::{
    Json,
    extract::{Path, State},
};
use pulse_api::http::{
    Page,
    users::{PatchUser, UserRow},
};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, pages::Part},
};
use crate::{
    app::App,
    domain::{perform_once, users},
    model::place::User as Place,
};

/// Lists who has signed in, by name.
pub(super) async fn list(
    State(app): State<App>,
    Query(part): Query<Part<Place, 100>>,
) -> Result<Json<Page<UserRow>>, Refusal> {
    let after = part.after.map(|place| place.0);
    let items = users::list(&app, (after, part.limit.and_one())).await?;
    Ok(Json(
        part.limit.page(items, |last| Place(last.username.clone())),
    ))
}

/// Shows a user.
pub(super) async fn show(
    State(app): State<App>,
    Path(username): Path<String>,
) -> Result<Json<UserRow>, Refusal> {
    one(&app, &username).await
}

/// Sets somebody's role, or locks them out.
pub(super) async fn patch(
    State(app): State<App>,
    (caller, Actor(admin)): (Caller, Actor),
    Path(username): Path<String>,
    Body(wish): Body<PatchUser>,
) -> Result<Json<UserRow>, Refusal> {
    let change = users::Change {
        username: username.replace('\0', ""),
        wish,
        by: admin.username,
    };
    perform_once(&app, caller.once.as_ref(), &change).await?;
    one(&app, &change.username).await
}

async fn one(app: &App, username: &str) -> Result<Json<UserRow>, Refusal> {
    let named = username.replace('\0', "");
    let found = users::find(app, &named).await?;
    found.map(Json).ok_or_else(|| {
        let shown: String = named.chars().take(80).collect();
        Refusal::not_found("user", shown).hint("pulsectl user ls shows who has signed in")
    })
}
