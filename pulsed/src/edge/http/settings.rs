//! Settings of the whole installation.

use axum::{Json, extract::State};
use pulse_api::http::settings::{PatchSettings, SettingsView};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
};
use crate::{
    app::App,
    domain::{perform_once, settings},
};

/// Shows what holds.
pub(super) async fn show(State(app): State<App>) -> Result<Json<SettingsView>, Refusal> {
    Ok(Json(settings::get(&app).await?))
}

/// Changes settings.
pub(super) async fn change(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(wish): Body<PatchSettings>,
) -> Result<Json<SettingsView>, Refusal> {
    let change = settings::Change {
        wish,
        by: user.username,
    };
    let changed = perform_once(&app, caller.once.as_ref(), &change).await?;
    Ok(Json(changed))
}
