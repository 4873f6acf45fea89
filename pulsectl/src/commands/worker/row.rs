//! What lists show of a worker.

use pulse_api::http::workers::WorkerView;

use crate::{
    duration,
    ui::{Cell, Column, Row, TimeStyle, Toned as _, time_cell},
};

impl Row for WorkerView {
    const KIND: &'static str = "worker";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |worker, _| Cell::new(&worker.name)),
            Column::new("STATUS", |worker, _| worker.status.to_cell()),
            Column::new("STATE", |worker, _| worker.admin_state.to_cell()),
            Column::new("REGION", |worker, _| Cell::new(&worker.region)),
            Column::new("GROUPS", |worker, _| Cell::list(&worker.groups)),
            Column::new("RUNNING", |worker, _| {
                Cell::new(worker.jobs_running.to_string())
            }),
            Column::new("HEARD", |worker, times| Cell::maybe(heard(worker, times))),
            Column::new("VERSION", |worker, _| Cell::maybe(worker.version.as_ref())),
            Column::wide("ROLE", |worker, _| Cell::new(worker.role.as_str())),
            Column::wide("HOST", |worker, _| Cell::maybe(worker.host.as_ref())),
            Column::wide("LABELS", |worker, _| Cell::list(&labels(worker))),
            Column::wide("CPU", |worker, _| {
                percent(worker.metrics.as_ref().map(|metrics| metrics.cpu_percent))
            }),
            Column::wide("LOAD", |worker, _| {
                Cell::maybe(
                    worker
                        .metrics
                        .as_ref()
                        .map(|metrics| format!("{:.2}", metrics.load_average[0])),
                )
            }),
            Column::wide("MEMORY", |worker, _| {
                let metrics = worker.metrics.as_ref();
                percent(metrics.and_then(|it| share(it.memory_used_bytes, it.memory_total_bytes)))
            }),
            Column::wide("DISK", |worker, _| {
                let metrics = worker.metrics.as_ref();
                percent(metrics.and_then(|it| share(it.disk_used_bytes, it.disk_total_bytes)))
            }),
            Column::wide("CREATED", |worker, times| {
                time_cell(Some(worker.created_at), times)
            }),
            Column::wide("ID", |worker, _| Cell::new(worker.id.to_string())),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

/// `13%`; for programs `12.6`.
pub(super) fn percent(share: Option<f64>) -> Cell {
    match share {
        Some(share) => Cell::new(format!("{share:.0}%")).for_programs(format!("{share:.1}")),
        None => Cell::maybe(None::<&str>),
    }
}

/// A part of a whole in percent; `None` where the whole is not known.
#[expect(
    clippy::cast_precision_loss,
    reason = "a percentage needs three digits"
)]
pub(super) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

/// When it was heard: for people how long ago, as the server measured it.
pub(super) fn heard(worker: &WorkerView, times: &TimeStyle) -> Option<String> {
    if let Some(at) = worker.last_heartbeat.filter(|_| !times.is_relative()) {
        return Some(times.show(at));
    }
    let milliseconds = u64::try_from(worker.time_since_heartbeat_ms?).unwrap_or(0);
    Some(format!("{} ago", duration::age(milliseconds / 1000)))
}

pub(super) fn labels(worker: &WorkerView) -> Vec<String> {
    worker
        .labels
        .iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect()
}
