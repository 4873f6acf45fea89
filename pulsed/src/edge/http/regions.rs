//! Regions.

use axum::{Json, extract::State};
use pulse_api::http::{Page, regions::RegionView};

use super::problem::Refusal;
use crate::{app::App, domain::workers};

/// Lists regions.
pub(super) async fn list(State(app): State<App>) -> Result<Json<Page<RegionView>>, Refusal> {
    let items = workers::read::regions(&app).await?;
    Ok(Json(Page {
        items,
        next_cursor: None,
    }))
}
