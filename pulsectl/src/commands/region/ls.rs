//! `region ls`.

use clap::Args;
use pulse_api::http::regions::RegionView;

use crate::{
    app::App,
    client::Call,
    error::{Exit, Failure},
};

/// List regions
#[derive(Debug, Args)]
pub(crate) struct Ls {
    /// Only those with a worker that is heard from
    #[arg(long)]
    offered: bool,
}

impl Ls {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let call = Call::get("/regions").maybe("offered", self.offered.then_some("true"));
        let regions: Vec<RegionView> = app.client()?.list(call, None).await?;
        app.ui.list(&regions)?;
        Ok(Exit::OK)
    }
}
