//! `region update`.

use clap::Args;
use pulse_api::http::regions::{Degrees, PatchRegion, RegionView};
use reqwest::Method;

use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
};

/// Change a region's name or place
///
/// Its code stays: workers and tokens carry it.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("change").required(true).multiple(true))]
pub(crate) struct Update {
    /// Its code
    #[arg(value_parser = crate::names::given("region"), value_name = "CODE")]
    region: String,
    /// Its name for people
    #[arg(long, group = "change")]
    name: Option<String>,
    /// Latitude in degrees
    #[arg(long, allow_hyphen_values = true, requires = "lon", group = "change")]
    lat: Option<f64>,
    /// Longitude in degrees
    #[arg(long, allow_hyphen_values = true, requires = "lat", group = "change")]
    lon: Option<f64>,
    /// Forget where it is
    #[arg(long, group = "change", conflicts_with_all = ["lat", "lon"])]
    no_place: bool,
}

impl Update {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let place = |given: Option<f64>| match given {
            Some(degrees) => Degrees::Set(degrees),
            None if self.no_place => Degrees::Clear,
            None => Degrees::Keep,
        };
        let change = PatchRegion {
            lat: place(self.lat),
            lon: place(self.lon),
            name: self.name,
        };
        let client = app.client()?;
        let region: RegionView =
            references::with(&client, (Noun::Region, &self.region), async |code| {
                let path = format!("/regions/{}", segment(code));
                let call = Call::new(Method::PATCH, &path).json(&change)?;
                client.json(call).await
            })
            .await?;
        let line = format!("region/{} changed", region.code);
        app.ui.changed(&region, line)?;
        Ok(Exit::OK)
    }
}
