//! `region rm`.

use clap::Args;

use super::show;
use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
};

/// Remove a region that no worker is in
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Its code
    #[arg(value_parser = crate::names::given("region"), value_name = "CODE")]
    region: String,
}

impl Remove {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        // Nobody is asked about what is not there.
        if !app.ui.yes {
            show::one(&client, &self.region).await?;
        }
        app.confirm(&format!("remove the region {}", self.region), "--yes")?;
        references::with(&client, (Noun::Region, &self.region), async |code| {
            let path = format!("/regions/{}", segment(code));
            client.send(&Call::delete(&path)).await.map(drop)
        })
        .await?;
        let done = serde_json::json!({"code": self.region, "removed": true});
        let line = format!("region/{} removed", self.region);
        app.ui.done(("region", &self.region), &done, line)?;
        Ok(Exit::OK)
    }
}
