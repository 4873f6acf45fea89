//! `sensor`: what starts workflows from outside, or for something that has happened.

mod show;
mod test;

use clap::Subcommand;
use pulse_api::http::sensors::{DeliveryView, SensorView};

use crate::{
    app::App,
    error::{Exit, Failure},
    ui::{Cell, Column, Row, time_cell},
};

/// See what starts workflows from outside or for an event, and try it
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Sensor {
    #[command(visible_alias = "list")]
    Ls(show::Ls),
    Show(show::Show),
    Events(show::Events),
    Test(test::Test),
    Pause(show::Pause),
    Resume(show::Resume),
}

impl Sensor {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::Events(command) => command.run(app).await,
            Self::Test(command) => command.run(app).await,
            Self::Pause(command) => command.run(app).await,
            Self::Resume(command) => command.run(app).await,
        }
    }
}

impl Row for SensorView {
    const KIND: &'static str = "sensor";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |sensor, _| Cell::new(&sensor.name)),
            Column::new("KIND", |sensor, _| Cell::new(sensor.kind.as_str())),
            Column::new("SECRET", |sensor, _| {
                Cell::maybe(Some(secrets(sensor)).filter(|secrets| !secrets.is_empty()))
            }),
            Column::new("WAITS FOR", |sensor, _| Cell::new(waits_for(sensor))),
            Column::new("LAST", |sensor, _| match &sensor.paused_by {
                Some(by) => Cell::new(format!("paused by {by}")),
                None => Cell::maybe(sensor.deliveries.first().map(came_of)),
            }),
            Column::wide("WHEN", |sensor, _| Cell::maybe(sensor.when.as_ref())),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

impl Row for DeliveryView {
    const KIND: &'static str = "delivery";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("RECEIVED", |delivery, times| {
                time_cell(Some(delivery.received_at), times)
            }),
            Column::new("EVENT", |delivery, _| Cell::maybe(delivery.event.as_ref())),
            Column::new("RESULT", |delivery, _| Cell::new(came_of(delivery))),
            Column::new("TIMES", |delivery, _| Cell::new(delivery.times.to_string())),
            Column::wide("DELIVERY", |delivery, _| {
                Cell::maybe(delivery.delivery.as_ref())
            }),
        ]
    }

    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// The names of its secrets, with those that cannot be used marked.
fn secrets(sensor: &SensorView) -> String {
    let each = sensor.secrets.iter().map(|name| {
        if sensor.missing_secrets.contains(name) {
            format!("{name} (missing)")
        } else {
            name.clone()
        }
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Where deliveries go, or the events, and of what.
fn waits_for(sensor: &SensorView) -> String {
    if let Some(path) = &sensor.path {
        return path.clone();
    }
    let on: Vec<&str> = sensor.on.iter().map(|event| event.as_str()).collect();
    let mut of = sensor.workflows.iter().chain(&sensor.monitors).peekable();
    if of.peek().is_none() {
        return on.join(", ");
    }
    let of: Vec<&str> = of.map(String::as_str).collect();
    format!("{} of {}", on.join(", "), of.join(", "))
}

/// `started #42`, or `ignored: payload.ref === …`.
fn came_of(delivery: &DeliveryView) -> String {
    match (delivery.execution, &delivery.detail) {
        (Some(number), _) => format!("{} #{number}", delivery.result),
        (None, Some(why)) => format!("{}: {why}", delivery.result),
        (None, None) => delivery.result.to_string(),
    }
}
