//! `notify test|rm`.

use clap::Args;
use pulse_api::{http::notifications::NotificationView, status::NotificationStatus};

use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure, Kind},
};

/// Tell a channel something now, and say whether it was accepted
#[derive(Debug, Args)]
pub(crate) struct Test {
    #[arg(value_parser = crate::names::given("channel"))]
    channel: String,
}

/// Remove a channel; what waits for it is dropped, and steps that name it fail
#[derive(Debug, Args)]
pub(crate) struct Remove {
    #[arg(value_parser = crate::names::given("channel"))]
    channel: String,
}

impl Test {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let given = (Noun::Channel, self.channel.as_str());
        let told: NotificationView = references::with(&client, given, async |name| {
            let path = format!("/notifications/channels/{}/test", segment(name));
            client.json(Call::post(&path)).await
        })
        .await?;
        if told.status == NotificationStatus::Delivered {
            let line = format!("channel/{} told", told.channel);
            app.ui.done(("channel", &told.channel), &told, line)?;
            return Ok(Exit::OK);
        }
        let why = told.last_error.unwrap_or_else(|| told.status.to_string());
        let said = format!("{} was not told: {why}", told.channel);
        Err(Failure::new(Kind::Failed, said).hint(format!(
            "`pulsectl notify show {}` shows how it is reached",
            told.channel
        )))
    }
}

impl Remove {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        app.confirm(&format!("remove the channel {}", self.channel), "--yes")?;
        let client = app.client()?;
        let given = (Noun::Channel, self.channel.as_str());
        references::with(&client, given, async |name| {
            let path = format!("/notifications/channels/{}", segment(name));
            client.send(&Call::delete(&path)).await.map(drop)
        })
        .await?;
        let done = serde_json::json!({"name": self.channel, "removed": true});
        let line = format!("channel/{} removed", self.channel);
        app.ui.done(("channel", &self.channel), &done, line)?;
        Ok(Exit::OK)
    }
}
