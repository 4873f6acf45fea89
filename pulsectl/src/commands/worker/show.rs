//! `worker show`.

use std::time::Duration;

use clap::Args;
use pulse_api::http::{
    executions::ExecutionSummary,
    workers::{CloneView, CredentialView, DrainView, WorkerView},
};
use pulse_workflow::adhoc;
use serde::Serialize;
use serde_json::Value;

use super::{
    capabilities,
    row::{heard, labels},
};
use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::{
        execution::what,
        references::{self, Noun},
    },
    duration,
    error::{Exit, Failure},
    flags::Output,
    ui::{Cell, Column, Row, Toned as _, document, render_table, time_cell},
};

/// Show a worker
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Name or id
    #[arg(value_parser = crate::names::given("worker"))]
    worker: String,
}

impl Show {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let worker = one(&client, &self.worker).await?;
        if app.ui.quiet || matches!(app.ui.output, Output::Name | Output::Csv) {
            app.ui.object(&worker, String::new)?;
            return Ok(Exit::OK);
        }
        let executions = last_executions(&client, &worker).await?;
        let all = Shown { worker, executions };
        app.ui.object(&all, || describe(app, &all))?;
        Ok(Exit::OK)
    }
}

/// A worker by its name, its id or the beginning of its id.
pub(super) async fn one(client: &Client, given: &str) -> Result<WorkerView, Failure> {
    references::with(client, (Noun::Worker, given), async |name| {
        client.get(&format!("/workers/{}", segment(name))).await
    })
    .await
}

/// How many executions are shown.
const LAST: usize = 10;

async fn last_executions(
    client: &Client,
    worker: &WorkerView,
) -> Result<Vec<ExecutionSummary>, Failure> {
    let call = Call::get("/executions").query("worker", worker.id.to_string());
    client.list(call, Some(LAST)).await
}

/// A worker with what it has done last.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    worker: WorkerView,
    executions: Vec<ExecutionSummary>,
}

impl Row for Shown {
    const KIND: &'static str = WorkerView::KIND;

    fn columns() -> Vec<Column<Self>> {
        Vec::new()
    }

    fn key(&self) -> String {
        self.worker.key()
    }
}

fn describe(app: &App, shown: &Shown) -> String {
    let text = about(app, &shown.worker);
    if shown.executions.is_empty() {
        return text;
    }
    let rows = shown.executions.iter().map(|execution| {
        vec![
            Cell::new(execution.number.to_string()),
            Cell::maybe(what(execution)),
            execution.status.to_cell(),
            Cell::new(&execution.started_by),
            time_cell(Some(execution.created_at), &app.ui.times),
        ]
    });
    let titles = ["execution", "workflow", "status", "by", "created"];
    let table = render_table(&titles, rows.collect(), app.ui.paint);
    format!("{text}\n{table}\n")
}

fn about(app: &App, worker: &WorkerView) -> String {
    let mut rows = standing(app, worker);
    rows.extend(abilities(worker));
    rows.extend(usage(worker));
    rows.push(("Clock", clock(worker)));
    rows.push(("Heard", heard(worker, &app.ui.times).unwrap_or_default()));
    let version = worker.version.clone().unwrap_or_default();
    rows.push(("Version", version));
    rows.push(("Created", app.ui.times.show(worker.created_at)));
    document(&rows)
}

pub(super) type Rows = Vec<(&'static str, String)>;

/// Who it is, how it stands with the server, and what is wanted of it.
fn standing(app: &App, worker: &WorkerView) -> Rows {
    let drain = worker.drain.as_ref().map(|it| drain(app, it));
    let credential = worker.credential.as_ref().map(|it| credential(app, it));
    let clone = worker.clone.as_ref().map(|it| clone(app, it));
    vec![
        ("Name", worker.name.clone()),
        ("Id", worker.id.to_string()),
        ("Status", worker.status.to_string()),
        ("State", worker.admin_state.to_string()),
        ("Drain", drain.unwrap_or_default()),
        ("Credential", credential.unwrap_or_default()),
        ("Two hosts", clone.unwrap_or_default()),
        ("Region", worker.region.clone()),
        ("Role", worker.role.to_string()),
        ("Type", worker.kind.to_string()),
        ("Groups", worker.groups.join(", ")),
        ("Labels", labels(worker).join(", ")),
    ]
}

/// Where it runs, what it can do, and how much of it.
fn abilities(worker: &WorkerView) -> Rows {
    let port = worker
        .port
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let host = worker.host.as_ref().map(|host| format!("{host}{port}"));
    let mut rows = vec![("Host", host.unwrap_or_default())];
    rows.extend(capabilities::rows(&worker.capabilities));
    rows.extend([
        ("Meta", meta(worker)),
        ("Blocks", blocks(worker).join(", ")),
        ("Sandbox", sandbox(worker)),
        ("Running", worker.jobs_running.to_string()),
    ]);
    rows
}

/// How busy the host is, and how full its memory.
fn usage(worker: &WorkerView) -> [(&'static str, String); 3] {
    let metrics = worker.metrics.as_ref();
    let load = metrics.map(|metrics| {
        let [one, five, fifteen] = metrics.load_average;
        format!(
            "{:.0}% CPU, load {one:.2} {five:.2} {fifteen:.2}",
            metrics.cpu_percent
        )
    });
    let memory = metrics
        .filter(|metrics| metrics.memory_total_bytes > 0)
        .map(|metrics| {
            format!(
                "{} of {} MiB",
                metrics.memory_used_bytes >> 20,
                metrics.memory_total_bytes >> 20
            )
        });
    let disk = metrics
        .filter(|metrics| metrics.disk_total_bytes > 0)
        .map(|metrics| {
            format!(
                "{} of {} GiB",
                metrics.disk_used_bytes >> 30,
                metrics.disk_total_bytes >> 30
            )
        });
    [
        ("Load", load.unwrap_or_default()),
        ("Memory", memory.unwrap_or_default()),
        ("Disk", disk.unwrap_or_default()),
    ]
}

/// How far its host's clock is from the server's.
fn clock(worker: &WorkerView) -> String {
    let metrics = worker.metrics.as_ref();
    let Some(offset) = metrics.and_then(|metrics| metrics.clock_offset_ms) else {
        return String::new();
    };
    let far = duration::short(Duration::from_millis(offset.unsigned_abs()));
    match offset {
        -99..=99 => "as the server's".to_owned(),
        100.. => format!("{far} ahead of the server's"),
        _ => format!("{far} behind the server's"),
    }
}

/// Why it rests, and until when.
fn drain(app: &App, drain: &DrainView) -> String {
    let mut text = format!(
        "by {} {}",
        drain.asked_by,
        app.ui.times.show(drain.asked_at)
    );
    if let Some(reason) = &drain.reason {
        text = format!("{text}: {reason}");
    }
    match (drain.deadline_at, drain.passed_at) {
        (_, Some(at)) => format!("{text}; its deadline passed {}", app.ui.times.show(at)),
        (Some(at), None) => {
            format!("{text}; {} at {}", drain.on_deadline, app.ui.times.show(at))
        }
        (None, None) => text,
    }
}

fn credential(app: &App, credential: &CredentialView) -> String {
    format!(
        "{}, generation {}, made {}",
        credential.status,
        credential.generation,
        app.ui.times.show(credential.created_at)
    )
}

/// Who the two were that used one credential.
fn clone(app: &App, clone: &CloneView) -> String {
    format!(
        "used one credential, noticed {}: ({}) and ({})",
        app.ui.times.show(clone.at),
        clone.known,
        clone.other
    )
}

/// How much of what a host says of itself is shown; `-o json` has all of it.
const META_SHOWN: usize = 200;

/// What the host says of itself besides: `rack=b7, load=0.5`.
fn meta(worker: &WorkerView) -> String {
    let said = worker.meta.as_object().into_iter().flatten();
    let is_empty = |value: &Value| value.as_object().is_some_and(serde_json::Map::is_empty);
    let said: Vec<String> = said
        .filter(|(_, value)| !is_empty(value))
        .map(|(key, value)| match value.as_str() {
            Some(text) => format!("{key}={text}"),
            None => format!("{key}={value}"),
        })
        .collect();
    adhoc::shortened(&said.join(", "), META_SHOWN)
}

/// The names of the function blocks that it offers.
fn blocks(worker: &WorkerView) -> Vec<&str> {
    let blocks = worker.function_blocks.iter();
    blocks
        .filter_map(|block| block.as_str().or_else(|| block.get("name")?.as_str()))
        .collect()
}

/// How far it can confine steps.
fn sandbox(worker: &WorkerView) -> String {
    let Some(sandbox) = worker.capabilities.get("sandbox") else {
        return String::new();
    };
    let text = |key: &str| sandbox.get(key).and_then(|value| value.as_str());
    let Some(level) = text("level") else {
        return String::new();
    };
    let groups = text("cgroup").map_or(String::new(), |version| {
        format!(", control groups {version}")
    });
    let is_there = |key: &str| sandbox.get(key).and_then(Value::as_bool) == Some(true);
    let paths = if is_there("landlock") {
        ", Landlock"
    } else {
        ""
    };
    let users = if is_there("user") { ", users" } else { "" };
    // An older agent does not say.
    let containment = match sandbox.get("containment").and_then(Value::as_bool) {
        Some(true) => ", containment",
        Some(false) => ", no containment",
        None => "",
    };
    format!("{level}{groups}{containment}{paths}{users}")
}
