//! `monitor ls|show`.

use clap::Args;
use pulse_api::http::monitors::MonitorView;

use super::{
    probe::target,
    rows::{detail, result, seconds, took},
};
use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
    ui::{Cell, Toned as _, document, render_table, time_cell},
};

/// List monitors, with what is known of what each looks at
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let monitors: Vec<MonitorView> = app.client()?.list(Call::get("/monitors"), None).await?;
        app.ui.list(&monitors)?;
        Ok(Exit::OK)
    }
}

/// Show a monitor, and what each region finds
///
/// With `-o yaml` the field `spec` is what `pulsectl monitor apply` takes.
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[arg(value_parser = crate::names::given("monitor"))]
    monitor: String,
}

impl Show {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let monitor = find(&app.client()?, &self.monitor).await?;
        app.ui.object(&monitor, || describe(app, &monitor))?;
        Ok(Exit::OK)
    }
}

pub(super) async fn find(client: &Client, given: &str) -> Result<MonitorView, Failure> {
    references::with(client, (Noun::Monitor, given), async |name| {
        client.get(&format!("/monitors/{}", segment(name))).await
    })
    .await
}

fn describe(app: &App, monitor: &MonitorView) -> String {
    let (spec, times) = (&monitor.spec, &app.ui.times);
    let since = times.show(monitor.status_since);
    let labels: Vec<String> = spec
        .labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let incident = monitor.incident.as_ref();
    let mut text = document(&[
        ("Monitor", monitor.name.clone()),
        ("About", spec.description.clone().unwrap_or_default()),
        ("Looks at", target(&spec.probe)),
        ("Status", format!("{} since {since}", monitor.status)),
        ("Paused by", monitor.paused_by.clone().unwrap_or_default()),
        (
            "Incident",
            incident
                .map(|incident| format!("#{}: {}", incident.number, incident.cause))
                .unwrap_or_default(),
        ),
        (
            "Maintenance",
            monitor
                .maintenance
                .map(|number| number.to_string())
                .unwrap_or_default(),
        ),
        (
            "Every",
            spec.interval_seconds.map(seconds).unwrap_or_default(),
        ),
        (
            "Within",
            spec.timeout_seconds.map(seconds).unwrap_or_default(),
        ),
        ("Rule", rule(monitor)),
        ("Labels", labels.join(", ")),
        (
            "Next look",
            monitor
                .next_check_at
                .map(|at| times.show(at))
                .unwrap_or_default(),
        ),
        ("Made by", monitor.created_by.clone()),
    ]);
    text.push('\n');
    text.push_str(&regions(app, monitor));
    text.push('\n');
    text
}

/// What each region finds.
fn regions(app: &App, monitor: &MonitorView) -> String {
    let times = &app.ui.times;
    let rows = monitor.regions.iter().map(|region| {
        let last = region.last.as_ref();
        vec![
            Cell::new(&region.region),
            region.status.to_cell(),
            time_cell(last.map(|check| check.due_at), times),
            last.map_or_else(|| Cell::maybe(None::<&str>), result),
            last.map_or_else(|| Cell::maybe(None::<&str>), took),
            Cell::maybe(last.and_then(detail)),
        ]
    });
    render_table(
        &["region", "status", "looked", "result", "took", "detail"],
        rows.collect(),
        app.ui.paint,
    )
}

/// `down after 3 failed looks, in a majority of the regions`.
fn rule(monitor: &MonitorView) -> String {
    let spec = &monitor.spec;
    let (Some(down), Some(up)) = (spec.down_after, spec.up_after) else {
        return spec.rule.to_string();
    };
    let regions = if monitor.regions.len() > 1 {
        format!(", {} of the regions", spec.rule)
    } else {
        String::new()
    };
    format!("down after {down} failed in a row, up after {up} good ones{regions}")
}
