//! `monitor pause|resume|beat|rm`.

use clap::Args;
use pulse_api::http::monitors::MonitorView;

use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
};

/// Let nobody look at a monitor until it is resumed
#[derive(Debug, Args)]
pub(crate) struct Pause {
    #[arg(value_parser = crate::names::given("monitor"))]
    monitor: String,
}

/// Have a paused monitor looked at again
#[derive(Debug, Args)]
pub(crate) struct Resume {
    #[arg(value_parser = crate::names::given("monitor"))]
    monitor: String,
}

/// Report that all is well, for a monitor of the kind heartbeat
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  backup.sh && pulsectl monitor beat backup")]
pub(crate) struct Beat {
    #[arg(value_parser = crate::names::given("monitor"))]
    monitor: String,
}

/// Remove a monitor; its incidents stay
#[derive(Debug, Args)]
pub(crate) struct Remove {
    #[arg(value_parser = crate::names::given("monitor"))]
    monitor: String,
}

async fn change(app: &App, given: &str, verb: &str) -> Result<MonitorView, Failure> {
    let client = app.client()?;
    references::with(&client, (Noun::Monitor, given), async |name| {
        let call = Call::post(&format!("/monitors/{}/{verb}", segment(name)));
        client.json(call).await
    })
    .await
}

impl Pause {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let view = change(app, &self.monitor, "pause").await?;
        let line = format!("monitor/{} paused", view.name);
        app.ui.changed(&view, line)?;
        Ok(Exit::OK)
    }
}

impl Resume {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let view = change(app, &self.monitor, "resume").await?;
        let line = format!("monitor/{} resumed", view.name);
        app.ui.changed(&view, line)?;
        Ok(Exit::OK)
    }
}

impl Beat {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        references::with(&client, (Noun::Monitor, &self.monitor), async |name| {
            let call = Call::post(&format!("/monitors/{}/beat", segment(name)));
            client.send(&call).await.map(drop)
        })
        .await?;
        let done = serde_json::json!({"name": self.monitor, "reported": true});
        let line = format!("monitor/{} has reported", self.monitor);
        app.ui.done(("monitor", &self.monitor), &done, line)?;
        Ok(Exit::OK)
    }
}

impl Remove {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        app.confirm(&format!("remove the monitor {}", self.monitor), "--yes")?;
        let client = app.client()?;
        references::with(&client, (Noun::Monitor, &self.monitor), async |name| {
            let call = Call::delete(&format!("/monitors/{}", segment(name)));
            client.send(&call).await.map(drop)
        })
        .await?;
        let done = serde_json::json!({"name": self.monitor, "removed": true});
        let line = format!("monitor/{} removed", self.monitor);
        app.ui.done(("monitor", &self.monitor), &done, line)?;
        Ok(Exit::OK)
    }
}
