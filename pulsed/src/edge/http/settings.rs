//! Settings of the whole installation.

use axum::{Json, extract::State};
use pulse_api::http::settings::{PatchSettings, SettingsView};

use super::{body::Json as Body, guard::Actor, problem::Refusal};
use crate::{
    app::App,
    domain::{perform, settings},
};

/// Shows what holds.
pub(super) async fn show(State(app): State<App>) -> Result<Json<SettingsView>, Refusal> {
    Ok(Json(settings::get(&app).await?))
}

/// Changes settings.
pub(super) async fn change(
    State(app): State<App>,
    Actor(user): Actor,
    Body(wish): Body<PatchSettings>,
) -> Result<Json<SettingsView>, Refusal> {
    let change = settings::Change {
        wish,
        by: user.username,
    };
    Ok(Json(perform(&app, &change).await?))
}
