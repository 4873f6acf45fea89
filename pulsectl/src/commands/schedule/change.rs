//! `schedule pause|resume|trigger|rm`.

use clap::Args;
use pulse_api::http::schedules::ScheduleView;

use super::came_of;
use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
};

/// Let a schedule start nothing; what is due meanwhile is not made up for
#[derive(Debug, Args)]
pub(crate) struct Pause {
    /// Its name or id
    #[arg(value_parser = crate::names::given("schedule"))]
    schedule: String,
}

/// Let a schedule start again, from now on in your name and with your rights
#[derive(Debug, Args)]
pub(crate) struct Resume {
    /// Its name or id
    #[arg(value_parser = crate::names::given("schedule"))]
    schedule: String,
}

/// Start what a schedule starts, now and in your name, whatever else is going
#[derive(Debug, Args)]
pub(crate) struct Trigger {
    /// Its name or id
    #[arg(value_parser = crate::names::given("schedule"))]
    schedule: String,
}

/// Remove a schedule; what it has started stays
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Its name or id
    #[arg(value_parser = crate::names::given("schedule"))]
    schedule: String,
}

async fn change(app: &App, given: &str, verb: &str) -> Result<ScheduleView, Failure> {
    let client = app.client()?;
    references::with(&client, (Noun::Schedule, given), async |name| {
        let call = Call::post(&format!("/schedules/{}/{verb}", segment(name)));
        client.json(call).await
    })
    .await
}

impl Pause {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let view = change(app, &self.schedule, "pause").await?;
        let line = format!("schedule/{} paused", view.name);
        app.ui.done(("schedule", &view.name), &view, line)?;
        Ok(Exit::OK)
    }
}

impl Resume {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let view = change(app, &self.schedule, "resume").await?;
        let line = format!("schedule/{} resumed, runs as {}", view.name, view.runs_as);
        app.ui.done(("schedule", &view.name), &view, line)?;
        Ok(Exit::OK)
    }
}

impl Trigger {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let view = change(app, &self.schedule, "trigger").await?;
        let what = view.slots.first().map(came_of).unwrap_or_default();
        let line = format!("schedule/{} {what}", view.name);
        app.ui.done(("schedule", &view.name), &view, line)?;
        Ok(Exit::OK)
    }
}

impl Remove {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        app.confirm(&format!("remove the schedule {}", self.schedule), "--yes")?;
        let client = app.client()?;
        references::with(&client, (Noun::Schedule, &self.schedule), async |name| {
            let call = Call::delete(&format!("/schedules/{}", segment(name)));
            client.send(&call).await.map(drop)
        })
        .await?;
        let done = serde_json::json!({"name": self.schedule, "removed": true});
        let line = format!("schedule/{} removed", self.schedule);
        app.ui.done(("schedule", &self.schedule), &done, line)?;
        Ok(Exit::OK)
    }
}
