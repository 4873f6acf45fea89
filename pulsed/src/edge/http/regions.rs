//! Regions.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::http::{Page, regions::RegionView};

use super::{body::Json as Body, guard::Actor, problem::Refusal};
use crate::{
    app::App,
    domain::{perform, regions},
};

/// Lists regions.
pub(super) async fn list(State(app): State<App>) -> Result<Json<Page<RegionView>>, Refusal> {
    let items = regions::list(&app).await?;
    Ok(Json(Page {
        items,
        next_cursor: None,
    }))
}

/// Adds a region.
pub(super) async fn create(
    State(app): State<App>,
    Actor(user): Actor,
    Body(region): Body<RegionView>,
) -> Result<(StatusCode, Json<RegionView>), Refusal> {
    let create = regions::Create {
        region,
        by: user.username,
    };
    perform(&app, &create).await?;
    Ok((StatusCode::CREATED, Json(create.region)))
}

/// Takes a region away that nobody is in.
pub(super) async fn remove(
    State(app): State<App>,
    Actor(user): Actor,
    Path(code): Path<String>,
) -> Result<StatusCode, Refusal> {
    let code: String = code.chars().filter(|c| *c != '\0').take(64).collect();
    perform(
        &app,
        &regions::Remove {
            code,
            by: user.username,
        },
    )
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
