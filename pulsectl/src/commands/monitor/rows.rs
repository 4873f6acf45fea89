//! What lists show of monitors, looks, incidents and maintenances.

use std::time::Duration;

use jiff::Timestamp;
use pulse_api::http::monitors::{CheckView, IncidentView, MaintenanceView, MonitorView};

use super::probe::target;
use crate::{
    duration,
    ui::{Cell, Column, Row, Toned as _, time_cell},
};

impl Row for MonitorView {
    const KIND: &'static str = "monitor";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |monitor, _| Cell::new(&monitor.name)),
            Column::new("STATUS", |monitor, _| monitor.status.to_cell()),
            Column::new("SINCE", |monitor, times| {
                time_cell(Some(monitor.status_since), times)
            }),
            Column::new("LOOKS-AT", |monitor, _| {
                Cell::new(target(&monitor.spec.probe))
            }),
            Column::new("REGIONS", |monitor, _| Cell::new(regions(monitor))),
            Column::new("NOTE", |monitor, _| Cell::maybe(note(monitor))),
            Column::wide("EVERY", |monitor, _| {
                Cell::maybe(monitor.spec.interval_seconds.map(seconds))
            }),
            Column::wide("NEXT", |monitor, times| {
                time_cell(monitor.next_check_at, times)
            }),
            Column::wide("BY", |monitor, _| Cell::new(&monitor.created_by)),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

impl Row for CheckView {
    const KIND: &'static str = "check";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("DUE", |check, times| time_cell(Some(check.due_at), times)),
            Column::new("REGION", |check, _| Cell::new(&check.region)),
            Column::new("WORKER", |check, _| Cell::maybe(check.worker.as_ref())),
            Column::new("RESULT", |check, _| result(check)),
            Column::new("TOOK", |check, _| took(check)),
            Column::new("DETAIL", |check, _| Cell::maybe(detail(check))),
        ]
    }

    fn key(&self) -> String {
        format!("{}/{}", self.due_at, self.region)
    }
}

impl Row for IncidentView {
    const KIND: &'static str = "incident";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NUMBER", |incident, _| {
                Cell::new(incident.number.to_string())
            }),
            Column::new("OPENED", |incident, times| {
                time_cell(Some(incident.opened_at), times)
            }),
            Column::new("LASTED", |incident, _| {
                Cell::maybe(incident.closed_at.map(|at| between(incident.opened_at, at)))
            }),
            Column::new("REGIONS", |incident, _| Cell::list(&incident.regions)),
            Column::new("CAUSE", |incident, _| Cell::new(&incident.cause)),
            Column::new("CLOSED", |incident, _| {
                Cell::maybe(incident.closed_because.as_ref())
            }),
        ]
    }

    fn key(&self) -> String {
        self.number.to_string()
    }
}

impl Row for MaintenanceView {
    const KIND: &'static str = "maintenance";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NUMBER", |one, _| Cell::new(one.number.to_string())),
            Column::new("MONITORS", |one, _| Cell::new(chosen(one))),
            Column::new("FROM", |one, times| time_cell(Some(one.from), times)),
            Column::new("UNTIL", |one, times| time_cell(Some(one.until), times)),
            Column::new("REASON", |one, _| Cell::maybe(one.reason.as_ref())),
            Column::new("BY", |one, _| Cell::new(&one.created_by)),
        ]
    }

    fn key(&self) -> String {
        self.number.to_string()
    }
}

/// Its monitors by name, or else how they are chosen.
pub(super) fn chosen(maintenance: &MaintenanceView) -> String {
    let names = maintenance.monitors.join(", ");
    match &maintenance.selector {
        Some(selector) => selector.clone(),
        None => names,
    }
}

/// `2 of 3 up`, or the one region's name.
fn regions(monitor: &MonitorView) -> String {
    match monitor.regions.as_slice() {
        [one] => one.region.clone(),
        several => {
            let up = several
                .iter()
                .filter(|one| one.status == pulse_api::status::MonitorStatus::Up);
            format!("{} of {} up", up.count(), several.len())
        }
    }
}

/// What there is to say beside the status: why it is down, that nobody looks or is told.
fn note(monitor: &MonitorView) -> Option<String> {
    let incident = monitor.incident.as_ref();
    let notes = [
        monitor.paused_by.as_ref().map(|by| format!("by {by}")),
        incident.map(|incident| format!("#{}: {}", incident.number, incident.cause)),
        monitor
            .maintenance
            .map(|number| format!("in maintenance {number}")),
    ];
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    (!notes.is_empty()).then(|| notes.join("; "))
}

/// What a look gave.
pub(super) fn result(check: &CheckView) -> Cell {
    match &check.outcome {
        Some(outcome) => outcome.result.to_cell(),
        None => Cell::new("under way"),
    }
}

/// How long a look took.
pub(super) fn took(check: &CheckView) -> Cell {
    let latency = check.outcome.as_ref().and_then(|it| it.latency_ms);
    match latency {
        Some(ms) => Cell::new(milliseconds(ms)).for_programs(ms.to_string()),
        None => Cell::maybe(None::<&str>),
    }
}

/// What a look saw.
pub(super) fn detail(check: &CheckView) -> Option<&String> {
    check.outcome.as_ref()?.detail.as_ref()
}

pub(super) fn milliseconds(ms: u32) -> String {
    duration::short(Duration::from_millis(u64::from(ms)))
}

/// So many seconds, for people.
pub(super) fn seconds(seconds: u32) -> String {
    duration::age(u64::from(seconds))
}

fn between(from: Timestamp, to: Timestamp) -> String {
    let lasted = Duration::try_from(to.duration_since(from)).unwrap_or_default();
    duration::short(lasted)
}
