//! `monitor maintenance`: times in which nobody is told.

use std::time::Duration;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use pulse_api::http::monitors::{MaintenanceSpec, MaintenanceView};

use super::{create::whole, rows::chosen};
use crate::{
    app::App,
    client::{Call, segment},
    clock, duration,
    error::{Exit, Failure},
};

/// Have nobody told, for a time, that monitors are down
#[derive(Debug, Subcommand)]
pub(crate) enum Maintenance {
    Add(Add),
    #[command(visible_alias = "list")]
    Ls(Ls),
    #[command(visible_aliases = ["remove", "delete"])]
    Rm(Remove),
}

/// Have nobody told, for a time, that monitors are down; they are looked at all the same
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor maintenance add --match team=web --for 30m --reason 'new release'
  pulsectl monitor maintenance add --monitor database --from 2027-03-26T22:00:00Z --for 2h")]
pub(crate) struct Add {
    /// The monitors with these labels
    #[arg(
        long = "match",
        value_name = "SELECTOR",
        required_unless_present = "monitors"
    )]
    selector: Option<String>,
    /// A monitor; may be repeated
    #[arg(long = "monitor", value_name = "MONITOR", value_parser = crate::names::given("monitor"), conflicts_with = "selector")]
    monitors: Vec<String>,
    /// When it begins: a time, or a day; now without it
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,
    /// How long it is, from a minute to 30 days
    #[arg(long = "for", value_name = "DURATION", value_parser = duration::parse)]
    length: Duration,
    /// For people
    #[arg(long, value_name = "WHY")]
    reason: Option<String>,
}

/// List maintenances, newest first
#[derive(Debug, Args)]
pub(crate) struct Ls {
    /// How many at most
    #[arg(short = 'L', long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
}

/// End a maintenance, or let it not begin
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Its number
    #[arg(value_parser = crate::names::given("maintenance"))]
    maintenance: String,
}

impl Maintenance {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Add(command) => command.run(app).await,
            Self::Ls(command) => command.run(app).await,
            Self::Rm(command) => command.run(app).await,
        }
    }
}

impl Add {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let from = self.from.as_deref().map(beginning).transpose()?;
        let spec = MaintenanceSpec {
            monitors: self.monitors,
            selector: self.selector,
            from,
            duration_seconds: whole("--for", Some(self.length))?.unwrap_or_default(),
            reason: self.reason,
        };
        let call = Call::post("/maintenances").json(&spec)?;
        let made: MaintenanceView = app.client()?.json(call).await?;
        let times = &app.ui.times;
        let line = format!(
            "maintenance/{} of {} from {} until {}",
            made.number,
            chosen(&made),
            times.show(made.from),
            times.show(made.until)
        );
        app.ui.changed(&made, line)?;
        if made.covers == Some(0) {
            app.ui.warn(format!(
                "no monitor is {} now; `pulsectl monitor ls -o json` shows their labels",
                chosen(&made)
            ));
        }
        Ok(Exit::OK)
    }
}

fn beginning(text: &str) -> Result<Timestamp, Failure> {
    clock::instant(text)?
        .parse()
        .map_err(|error| Failure::usage(format!("`{text}` is not a time")).because(&error))
}

impl Ls {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let call = Call::get("/maintenances");
        let found: Vec<MaintenanceView> = app.client()?.list(call, Some(self.limit)).await?;
        app.ui.list(&found)?;
        Ok(Exit::OK)
    }
}

impl Remove {
    async fn run(self, app: &App) -> Result<Exit, Failure> {
        let number = &self.maintenance;
        app.confirm(&format!("end the maintenance {number}"), "--yes")?;
        let call = Call::delete(&format!("/maintenances/{}", segment(number)));
        let sent = app.client()?.send(&call).await;
        let list = "`pulsectl monitor maintenance ls` shows them";
        sent.map_err(|failure| crate::commands::references::or_list(failure, list))?;
        let done = serde_json::json!({"number": number, "removed": true});
        let line = format!("maintenance/{number} removed");
        app.ui.done(("maintenance", number), &done, line)?;
        Ok(Exit::OK)
    }
}
