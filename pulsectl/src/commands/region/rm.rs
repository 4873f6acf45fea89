//! `region rm`.

use clap::Args;

use crate::{
    app::App,
    client::{Call, segment},
    error::{Exit, Failure},
};

/// Remove a region that no worker is in
#[derive(Debug, Args)]
pub(crate) struct Remove {
    #[arg(value_parser = crate::names::given("region"))]
    code: String,
}

impl Remove {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
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
