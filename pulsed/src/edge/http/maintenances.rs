//! Times in which nobody is told that a monitor is down.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::http::{
    Page,
    monitors::{MaintenanceSpec, MaintenanceView},
};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, pages::Part},
};
use crate::{
    app::App,
    domain::{
        maintenances::{self, Add, Remove},
        perform_once,
    },
    model::place::Count,
};

/// Lists maintenances, newest first.
pub(super) async fn list(
    State(app): State<App>,
    Query(part): Query<Part<Count, 100>>,
) -> Result<Json<Page<MaintenanceView>>, Refusal> {
    let wanted = (part.after.map(|place| place.0), part.limit.and_one());
    let items = maintenances::list(&app, wanted).await?;
    Ok(Json(part.limit.page(items, |last| Count(last.number))))
}

/// Adds a maintenance.
pub(super) async fn create(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(spec): Body<MaintenanceSpec>,
) -> Result<(StatusCode, Json<MaintenanceView>), Refusal> {
    let add = Add {
        spec,
        by: user.username,
    };
    let view = perform_once(&app, caller.once.as_ref(), &add).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Ends a maintenance, or lets it not begin.
pub(super) async fn remove(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(number): Path<String>,
) -> Result<StatusCode, Refusal> {
    let shown: String = number.chars().take(80).collect();
    let unknown = || Refusal::not_found("maintenance", shown);
    let Ok(number) = number.parse() else {
        return Err(unknown());
    };
    let remove = Remove {
        number,
        by: user.username,
    };
    if perform_once(&app, caller.once.as_ref(), &remove).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown())
    }
}
