//! `region show`.

use clap::Args;
use pulse_api::http::regions::RegionView;

use crate::{
    app::App,
    client::{Client, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
    ui::document,
};

/// Show a region
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Its code
    #[arg(value_parser = crate::names::given("region"), value_name = "CODE")]
    region: String,
}

impl Show {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let region = one(&app.client()?, &self.region).await?;
        app.ui.object(&region, || describe(&region))?;
        Ok(Exit::OK)
    }
}

/// A region by its code.
pub(super) async fn one(client: &Client, code: &str) -> Result<RegionView, Failure> {
    references::with(client, (Noun::Region, code), async |code| {
        client.get(&format!("/regions/{}", segment(code))).await
    })
    .await
}

fn describe(region: &RegionView) -> String {
    let place = region.lat.zip(region.lon);
    document(&[
        ("Code", region.code.clone()),
        ("Name", region.name.clone()),
        (
            "Workers",
            format!("{}, {} online", region.workers, region.workers_online),
        ),
        (
            "Place",
            place.map_or_else(String::new, |(lat, lon)| format!("{lat}, {lon}")),
        ),
    ])
}
