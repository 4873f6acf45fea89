//! `monitor history|uptime`.

use std::time::Duration;

use clap::Args;
use pulse_api::http::monitors::{CheckView, IncidentView, UptimeView};
use serde::Serialize;

use super::rows::milliseconds;
use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    duration,
    error::{Exit, Failure},
    ui::{Cell, Column, Row, document},
};

/// List the looks at a monitor, or its incidents, newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor history website -L 200
  pulsectl monitor history website --incidents")]
pub(crate) struct History {
    #[arg(value_parser = crate::names::given("monitor"))]
    monitor: String,
    /// The times in which it was down, instead of the looks
    #[arg(long)]
    incidents: bool,
    /// How many at most
    #[arg(short = 'L', long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
}

/// Show how much of a time a monitor was up
///
/// Time in which nothing was known, because nobody could look or it was paused, counts neither way.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor uptime website --window 30d
  pulsectl monitor uptime website --jq .percent")]
pub(crate) struct Uptime {
    #[arg(value_parser = crate::names::given("monitor"))]
    monitor: String,
    /// How far back, until now; from a minute to 30 days
    #[arg(long, value_name = "DURATION", value_parser = duration::parse, default_value = "24h")]
    window: Duration,
}

impl History {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let (given, limit) = ((Noun::Monitor, self.monitor.as_str()), Some(self.limit));
        if self.incidents {
            let found: Vec<IncidentView> = references::with(&client, given, async |name| {
                let path = format!("/monitors/{}/incidents", segment(name));
                client.list(Call::get(&path), limit).await
            })
            .await?;
            app.ui.list(&found)?;
        } else {
            let found: Vec<CheckView> = references::with(&client, given, async |name| {
                let path = format!("/monitors/{}/checks", segment(name));
                client.list(Call::get(&path), limit).await
            })
            .await?;
            app.ui.list(&found)?;
        }
        Ok(Exit::OK)
    }
}

/// How much of a time one monitor was up.
#[derive(Debug, Serialize)]
struct Counted {
    monitor: String,
    #[serde(flatten)]
    uptime: UptimeView,
}

impl Uptime {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let given = (Noun::Monitor, self.monitor.as_str());
        let uptime = references::with(&client, given, async |name| {
            let call = Call::get(&format!("/monitors/{}/uptime", segment(name)));
            let window = self.window.as_secs().to_string();
            client.json(call.query("window_seconds", window)).await
        })
        .await?;
        let counted = Counted {
            monitor: self.monitor,
            uptime,
        };
        app.ui.object(&counted, || describe(app, &counted))?;
        Ok(Exit::OK)
    }
}

impl Row for Counted {
    const KIND: &'static str = "monitor";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |counted, _| Cell::new(&counted.monitor)),
            Column::new("UP", |counted, _| Cell::maybe(percent(&counted.uptime))),
            Column::new("INCIDENTS", |counted, _| {
                Cell::new(counted.uptime.incidents.to_string())
            }),
            Column::new("UP-SECONDS", |counted, _| {
                Cell::new(counted.uptime.up_seconds.to_string())
            }),
            Column::new("DOWN-SECONDS", |counted, _| {
                Cell::new(counted.uptime.down_seconds.to_string())
            }),
            Column::new("UNKNOWN-SECONDS", |counted, _| {
                Cell::new(counted.uptime.unknown_seconds.to_string())
            }),
            Column::new("P50-MS", |counted, _| {
                Cell::maybe(counted.uptime.latency_p50_ms.map(|ms| ms.to_string()))
            }),
            Column::new("P95-MS", |counted, _| {
                Cell::maybe(counted.uptime.latency_p95_ms.map(|ms| ms.to_string()))
            }),
        ]
    }

    fn key(&self) -> String {
        self.monitor.clone()
    }
}

/// Never rounded up: 99.9996 % is not all of it.
fn percent(uptime: &UptimeView) -> Option<String> {
    let percent = uptime.percent?;
    Some(format!("{:.3} %", (percent * 1000.0).floor() / 1000.0))
}

fn describe(app: &App, counted: &Counted) -> String {
    let (uptime, times) = (&counted.uptime, &app.ui.times);
    let span = |seconds: i64| {
        duration::short(Duration::from_secs(
            u64::try_from(seconds).unwrap_or_default(),
        ))
    };
    let took = |ms: Option<u32>| ms.map(milliseconds).unwrap_or_default();
    document(&[
        ("Monitor", counted.monitor.clone()),
        ("From", times.show(uptime.from)),
        ("Until", times.show(uptime.until)),
        (
            "Up",
            percent(uptime).unwrap_or_else(|| "nothing is known".to_owned()),
        ),
        ("Was up", span(uptime.up_seconds)),
        ("Was down", span(uptime.down_seconds)),
        ("Unknown", span(uptime.unknown_seconds)),
        ("Incidents", uptime.incidents.to_string()),
        ("Half took", took(uptime.latency_p50_ms)),
        ("95 % took", took(uptime.latency_p95_ms)),
    ])
}
