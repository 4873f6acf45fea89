//! Regions.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::http::{
    Page,
    regions::{CreateRegion, PatchRegion, RegionView},
};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, pages::Part, parameters},
};
use crate::{
    app::App,
    domain::{RegionFilter, perform_once, regions},
    model::place::Region as Place,
};

parameters! {
    pub(super) struct ListQuery {
        /// Only those that are offered where a region is chosen, or only the others.
        offered: Option<bool>,
        ..part: Part<Place, 100>,
    }
}

/// Lists regions by code.
pub(super) async fn list(
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<RegionView>>, Refusal> {
    let filter = RegionFilter {
        offered: query.offered,
        after: query.part.after.map(|place| place.0),
        limit: query.part.limit.and_one(),
    };
    let items = regions::list(&app, filter).await?;
    Ok(Json(
        query
            .part
            .limit
            .page(items, |last| Place(last.code.clone())),
    ))
}

/// Shows a region.
pub(super) async fn show(
    State(app): State<App>,
    Path(code): Path<String>,
) -> Result<Json<RegionView>, Refusal> {
    Ok(Json(regions::show(&app, &code).await?))
}

/// Adds a region.
pub(super) async fn create(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(region): Body<CreateRegion>,
) -> Result<(StatusCode, Json<RegionView>), Refusal> {
    let create = regions::Create {
        region,
        by: user.username,
    };
    let created = perform_once(&app, caller.once.as_ref(), &create).await?;
    Ok((StatusCode::CREATED, Json(created)))
}

/// Changes a region's name or place.
pub(super) async fn change(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(code): Path<String>,
    Body(wish): Body<PatchRegion>,
) -> Result<Json<RegionView>, Refusal> {
    let change = regions::Change {
        code,
        wish,
        by: user.username,
    };
    let changed = perform_once(&app, caller.once.as_ref(), &change).await?;
    Ok(Json(changed))
}

/// Takes a region away that nobody is in.
pub(super) async fn remove(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(code): Path<String>,
) -> Result<StatusCode, Refusal> {
    let remove = regions::Remove {
        code,
        by: user.username,
    };
    perform_once(&app, caller.once.as_ref(), &remove).await?;
    Ok(StatusCode::NO_CONTENT)
}
