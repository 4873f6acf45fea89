//! `region show`.

use clap::Args;
use pulse_api::http::regions::RegionView;

use crate::{
    app::App,
    client::segment,
    error::{Exit, Failure},
    ui::document,
};

/// Show a region
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[arg(value_parser = crate::names::given("region"))]
    code: String,
}

impl Show {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let path = format!("/regions/{}", segment(&self.code));
        let region: RegionView = app.client()?.get(&path).await?;
        app.ui.object(&region, || describe(&region))?;
        Ok(Exit::OK)
    }
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
