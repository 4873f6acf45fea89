//! `sensor ls|show|events|pause|resume`.

use std::time::Duration;

use clap::Args;
use pulse_api::{
    http::sensors::{DeliveryView, SensorView},
    status::SensorKind,
};

use super::{came_of, secrets, waits_for};
use crate::{
    app::App,
    client::{Call, Client, Rest, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure, Kind},
    ui::{Cell, Row as _, document, render_table, sanitize, time_cell},
};

/// List sensors, with what came of the newest delivery to each
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let sensors: Vec<SensorView> = app.client()?.list(Call::get("/sensors"), None).await?;
        app.ui.list(&sensors)?;
        Ok(Exit::OK)
    }
}

/// Show a sensor: the address to paste into whatever delivers, or the events that it waits for, and what came
/// of the newest deliveries
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// WORKFLOW.NAME; WORKFLOW alone for the one that has no name
    #[arg(value_parser = crate::names::given("sensor"))]
    sensor: String,
}

impl Show {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let sensor = find(&client, &self.sensor).await?;
        app.ui
            .object(&sensor, || describe(app, client.url(), &sensor))?;
        Ok(Exit::OK)
    }
}

pub(super) async fn find(client: &Client, given: &str) -> Result<SensorView, Failure> {
    references::with(client, (Noun::Sensor, given), async |name| {
        client.get(&format!("/sensors/{}", segment(name))).await
    })
    .await
}

/// What to choose in the settings of whatever delivers.
fn settings(kind: SensorKind) -> &'static str {
    match kind {
        SensorKind::Gitea => "Gitea: POST, application/json, the value of the secret as Secret",
        SensorKind::Github => "GitHub: application/json, the value of the secret as Secret",
        SensorKind::Gitlab => "GitLab: the value of the secret as Secret token",
        SensorKind::Event => "pulse itself",
        SensorKind::Generic => {
            "X-Pulse-Signature: t=SECONDS,v1=HEX, the HMAC-SHA256 of `SECONDS.BODY` with the secret"
        }
    }
}

fn describe(app: &App, url: &str, sensor: &SensorView) -> String {
    let times = &app.ui.times;
    let address = sensor.path.as_ref();
    let address = address.map(|path| format!("{}{path}", url.trim_end_matches('/')));
    let events = address.is_none().then(|| waits_for(sensor));
    let mut text = document(&[
        ("Sensor", sensor.name.clone()),
        ("Workflow", sensor.workflow.name.clone().unwrap_or_default()),
        ("Address", address.unwrap_or_default()),
        ("Events", events.unwrap_or_default()),
        ("Delivered by", settings(sensor.kind).to_owned()),
        ("Secret", secrets(sensor)),
        ("When", sensor.when.clone().unwrap_or_default()),
        ("Paused by", sensor.paused_by.clone().unwrap_or_default()),
    ]);
    if !sensor.deliveries.is_empty() {
        let rows = sensor.deliveries.iter().map(|delivery| {
            vec![
                time_cell(Some(delivery.received_at), times),
                Cell::maybe(happened(sensor.kind, delivery)),
                Cell::new(came_of(delivery)),
            ]
        });
        text.push('\n');
        text.push_str(&render_table(
            &["received", "event", "what came of it"],
            rows.collect(),
            app.ui.paint,
        ));
        text.push('\n');
    }
    text
}

/// What has happened, and where it did so here, to what.
fn happened(kind: SensorKind, delivery: &DeliveryView) -> Option<String> {
    let event = delivery.event.as_ref()?;
    match &delivery.delivery {
        Some(about) if kind == SensorKind::Event => Some(format!("{event} ({about})")),
        Some(_) | None => Some(event.clone()),
    }
}

/// List what came of the deliveries to a sensor, newest first
///
/// Only what was signed is here; who delivers without the secret is in `pulsectl audit ls`.
#[derive(Debug, Args)]
pub(crate) struct Events {
    /// WORKFLOW.NAME; WORKFLOW alone for the one that has no name
    #[arg(value_parser = crate::names::given("sensor"))]
    sensor: String,
    /// How many are shown
    #[arg(short = 'L', long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// Go on with what is delivered from now on, oldest first
    #[arg(short, long)]
    follow: bool,
}

impl Events {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let found = references::with(&client, (Noun::Sensor, &self.sensor), async |name| {
            client.list(deliveries(name), Some(self.limit)).await
        });
        let found: Vec<DeliveryView> = found.await?;
        if self.follow {
            return follow(app, &client, (&self.sensor, found)).await;
        }
        app.ui.list(&found)?;
        Ok(Exit::OK)
    }
}

fn deliveries(sensor: &str) -> Call {
    Call::get(&format!("/sensors/{}/deliveries", segment(sensor)))
}

/// How long a follower waits before it looks again.
const LOOK: Duration = Duration::from_secs(2);

/// Shows what there is, and what is delivered, until the time is over. One that comes again is the same
/// delivery, and is not shown again.
async fn follow(
    app: &App,
    client: &Client,
    (sensor, mut found): (&str, Vec<DeliveryView>),
) -> Result<Exit, Failure> {
    let mut last = 0;
    let mut show = |found: &mut Vec<DeliveryView>| {
        found.retain(|delivery| delivery.id > last);
        found.sort_unstable_by_key(|delivery| delivery.id);
        last = found.last().map_or(last, |delivery| delivery.id);
        found.iter().try_for_each(|delivery| line(app, delivery))
    };
    show(&mut found)?;
    let never = client.watch(Rest::of(LOOK), async || {
        let mut fresh = client.list(deliveries(sensor), Some(MOST_AT_ONCE)).await?;
        show(&mut fresh)?;
        Ok(None::<Exit>)
    });
    let ended = never.await?;
    ended.ok_or_else(|| Failure::new(Kind::WaitedTooLong, ""))
}

/// How many deliveries are shown of those between two looks.
const MOST_AT_ONCE: usize = 200;

fn line(app: &App, delivery: &DeliveryView) -> Result<(), Failure> {
    if app.ui.quiet {
        return app.ui.data(delivery.key());
    }
    if app.ui.is_structured() {
        return app.ui.entry(delivery);
    }
    let at = app.ui.times.show(delivery.received_at);
    let event = delivery.event.as_deref().unwrap_or("-");
    let line = sanitize::cell(&format!("{at}  {event}  {}", came_of(delivery)));
    app.ui.data(line)
}

/// Let a sensor start nothing; what is delivered meanwhile is refused, and can be delivered again; events
/// meanwhile are skipped
#[derive(Debug, Args)]
pub(crate) struct Pause {
    #[arg(value_parser = crate::names::given("sensor"))]
    sensor: String,
}

/// Let a sensor start again
#[derive(Debug, Args)]
pub(crate) struct Resume {
    #[arg(value_parser = crate::names::given("sensor"))]
    sensor: String,
}

async fn change(app: &App, given: &str, verb: &str) -> Result<SensorView, Failure> {
    let client = app.client()?;
    references::with(&client, (Noun::Sensor, given), async |name| {
        let call = Call::post(&format!("/sensors/{}/{verb}", segment(name)));
        client.json(call).await
    })
    .await
}

impl Pause {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let view = change(app, &self.sensor, "pause").await?;
        let line = format!("sensor/{} paused", view.name);
        app.ui.done(("sensor", &view.name), &view, line)?;
        Ok(Exit::OK)
    }
}

impl Resume {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let view = change(app, &self.sensor, "resume").await?;
        let line = format!("sensor/{} resumed", view.name);
        app.ui.done(("sensor", &view.name), &view, line)?;
        Ok(Exit::OK)
    }
}
