//! `worker top`.

use std::cmp::Ordering;

use clap::{Args, ValueEnum};
use pulse_api::{frames::Metrics, http::workers::WorkerView};
use serde::Serialize;

use super::row::{heard, percent, share};
use crate::{
    app::App,
    client::Call,
    commands::selectors,
    error::{Exit, Failure},
    ui::{Cell, Column, Row, Tone},
};

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Cpu,
    Memory,
    Load,
    Disk,
    Running,
    Name,
}

/// Show how busy the workers are, the busiest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker top
  pulsectl worker top --by memory -l region=fra
  watch pulsectl worker top")]
pub(crate) struct Top {
    /// Only those that match, such as region=fra,group!=db
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    selector: Vec<String>,
    /// What the busiest has most of
    #[arg(long, value_enum, default_value = "cpu")]
    by: By,
}

impl Top {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let selector = selectors::all(&self.selector)?;
        let call = Call::get("/workers")
            .query("status", "online,unreachable")
            .maybe("selector", selector);
        let workers: Vec<WorkerView> = app.client()?.list(call, None).await?;
        let mut busy: Vec<Busy> = workers.into_iter().map(Busy).collect();
        busy.sort_by(|a, b| self.by.order(a, b));
        app.ui.list(&busy)?;
        Ok(Exit::OK)
    }
}

impl By {
    /// The busier one first; those that are equally busy by name.
    fn order(self, a: &Busy, b: &Busy) -> Ordering {
        let busier = |of: fn(&Metrics) -> f64| b.of(of).total_cmp(&a.of(of));
        let first = match self {
            Self::Cpu => busier(|metrics| metrics.cpu_percent),
            Self::Memory => {
                busier(|it| share(it.memory_used_bytes, it.memory_total_bytes).unwrap_or(0.0))
            }
            Self::Load => busier(|metrics| metrics.load_average[0]),
            Self::Disk => {
                busier(|it| share(it.disk_used_bytes, it.disk_total_bytes).unwrap_or(0.0))
            }
            Self::Running => b.0.jobs_running.cmp(&a.0.jobs_running),
            Self::Name => Ordering::Equal,
        };
        first.then_with(|| a.0.name.cmp(&b.0.name))
    }
}

/// A worker, seen by its load.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Busy(WorkerView);

impl Busy {
    /// A number of the last heartbeat; without one the least of all.
    fn of(&self, number: fn(&Metrics) -> f64) -> f64 {
        self.0.metrics.as_ref().map_or(-1.0, number)
    }

    fn percent(&self, number: fn(&Metrics) -> Option<f64>) -> Cell {
        let share = self.0.metrics.as_ref().and_then(number);
        let mut cell = percent(share);
        if share.is_some_and(|share| share >= 90.0) {
            cell.tone = Tone::Warn;
        }
        cell
    }
}

impl Row for Busy {
    const KIND: &'static str = "worker";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |it, _| Cell::new(&it.0.name)),
            Column::new("CPU", |it, _| it.percent(|m| Some(m.cpu_percent))),
            Column::new("MEMORY", |it, _| {
                it.percent(|m| share(m.memory_used_bytes, m.memory_total_bytes))
            }),
            Column::new("DISK", |it, _| {
                it.percent(|m| share(m.disk_used_bytes, m.disk_total_bytes))
            }),
            Column::new("LOAD", |it, _| {
                let load = it.0.metrics.as_ref().map(|m| m.load_average[0]);
                Cell::maybe(load.map(|load| format!("{load:.2}")))
            }),
            Column::new("RUNNING", |it, _| Cell::new(it.0.jobs_running.to_string())),
            Column::new("SLOTS", |it, _| {
                let slots = it.0.capabilities["max_concurrent"].as_u64();
                Cell::maybe(slots.map(|slots| slots.to_string()))
            }),
            Column::new("HEARD", |it, times| Cell::maybe(heard(&it.0, times))),
            Column::wide("REGION", |it, _| Cell::new(&it.0.region)),
        ]
    }

    fn key(&self) -> String {
        self.0.name.clone()
    }
}
