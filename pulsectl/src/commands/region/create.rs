//! `region create`.

use clap::Args;
use pulse_api::http::regions::{CreateRegion, RegionView};

use crate::{
    app::App,
    client::Call,
    error::{Exit, Failure},
};

/// Create a region
#[derive(Debug, Args)]
pub(crate) struct Create {
    /// A short word, such as fra
    code: String,
    /// Its name for people
    #[arg(long)]
    name: String,
    /// Latitude in degrees
    #[arg(long, allow_hyphen_values = true, requires = "lon")]
    lat: Option<f64>,
    /// Longitude in degrees
    #[arg(long, allow_hyphen_values = true, requires = "lat")]
    lon: Option<f64>,
}

impl Create {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let region = CreateRegion {
            code: self.code,
            name: self.name,
            lat: self.lat,
            lon: self.lon,
        };
        let made: RegionView = app
            .client()?
            .json(Call::post("/regions").json(&region)?)
            .await?;
        app.ui
            .changed(&made, format!("region/{} created", made.code))?;
        Ok(Exit::OK)
    }
}
