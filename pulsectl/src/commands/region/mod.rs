//! `region`: place labels, and whether there is more than one place at all.

mod create;
mod ls;
mod multi;
mod rm;
mod show;
mod update;

use clap::Subcommand;
use pulse_api::http::regions::RegionView;

pub(crate) use self::multi::is_enabled;
use crate::{
    app::App,
    error::{Exit, Failure},
    ui::{Cell, Column, Row},
};

/// List, create, change and remove regions
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Region {
    #[command(visible_alias = "list")]
    Ls(ls::Ls),
    Show(show::Show),
    Create(create::Create),
    Update(update::Update),
    #[command(visible_aliases = ["remove", "delete"])]
    Rm(rm::Remove),
    EnableMulti(multi::Enable),
    DisableMulti(multi::Disable),
}

impl Region {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::Create(command) => command.run(app).await,
            Self::Update(command) => command.run(app).await,
            Self::Rm(command) => command.run(app).await,
            Self::EnableMulti(command) => command.run(app).await,
            Self::DisableMulti(command) => command.run(app).await,
        }
    }
}

impl Row for RegionView {
    const KIND: &'static str = "region";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("CODE", |region, _| Cell::new(&region.code)),
            Column::new("NAME", |region, _| Cell::new(&region.name)),
            Column::new("WORKERS", |region, _| Cell::new(region.workers.to_string())),
            Column::new("ONLINE", |region, _| {
                Cell::new(region.workers_online.to_string())
            }),
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
