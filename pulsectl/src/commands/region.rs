//! `region`: place labels.

use clap::{Args, Subcommand};
use pulse_api::http::regions::RegionView;

use crate::{
    app::App,
    client::{Call, segment},
    error::{Exit, Failure},
    ui::{Cell, Column, Row},
};

/// List, create and remove regions
#[derive(Debug, Subcommand)]
pub(crate) enum Region {
    #[command(visible_alias = "list")]
    Ls(Ls),
    Create(Create),
    Rm(Remove),
}

impl Region {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Create(command) => command.run(app).await,
            Self::Rm(command) => command.run(app).await,
        }
    }
}

impl Row for RegionView {
    const KIND: &'static str = "region";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("CODE", |region, _| Cell::new(&region.code)),
            Column::new("NAME", |region, _| Cell::new(&region.name)),
            Column::wide("LAT", |region, _| {
                Cell::maybe(region.lat.map(|lat| lat.to_string()))
            }),
            Column::wide("LON", |region, _| {
                Cell::maybe(region.lon.map(|lon| lon.to_string()))
            }),
        ]
    }

    fn key(&self) -> String {
        self.code.clone()
    }
}

/// List regions
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let regions: Vec<RegionView> = app.client()?.list(Call::get("/regions"), None).await?;
        app.ui.list(&regions)?;
        Ok(Exit::OK)
    }
}

/// Create a region
#[derive(Debug, Args)]
pub(crate) struct Create {
    /// A short word, such as fra
    code: String,
    /// Its name for people
    #[arg(long)]
    name: String,
    #[arg(long, allow_hyphen_values = true, requires = "lon")]
    lat: Option<f64>,
    #[arg(long, allow_hyphen_values = true, requires = "lat")]
    lon: Option<f64>,
}

impl Create {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let region = RegionView {
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
            .changed(&made.code, &made, format!("region/{} created", made.code))?;
        Ok(Exit::OK)
    }
}

/// Remove a region that no worker is in
#[derive(Debug, Args)]
pub(crate) struct Remove {
    code: String,
}

impl Remove {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        app.confirm(&format!("remove the region {}", self.code), "--yes")?;
        client
            .send(&Call::delete(&format!("/regions/{}", segment(&self.code))))
            .await?;
        let done = serde_json::json!({"code": self.code, "removed": true});
        app.ui
            .changed(&self.code, &done, format!("region/{} removed", self.code))?;
        Ok(Exit::OK)
    }
}
