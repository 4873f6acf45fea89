//! `worker show`.

use clap::Args;
use pulse_api::http::workers::WorkerView;

use super::row::{heard, labels};
use crate::{
    app::App,
    client::segment,
    commands::references,
    error::{Exit, Failure},
    ui::document,
};

/// Show a worker
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Name or id
    worker: String,
}

impl Show {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let found = client
            .get(&format!("/workers/{}", segment(&self.worker)))
            .await;
        let worker: WorkerView = match found {
            Ok(worker) => worker,
            Err(failure) => {
                return Err(references::suggest_worker(&client, &self.worker, failure).await);
            }
        };
        app.ui.object(&worker, || describe(app, &worker))?;
        Ok(Exit::OK)
    }
}

fn describe(app: &App, worker: &WorkerView) -> String {
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
    let port = worker
        .port
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let host = worker.host.as_ref().map(|host| format!("{host}{port}"));
    let capabilities = &worker.capabilities;
    let capabilities = if capabilities.is_null() {
        String::new()
    } else {
        capabilities.to_string()
    };
    document(&[
        ("Name", worker.name.clone()),
        ("Id", worker.id.to_string()),
        ("Status", worker.status.to_string()),
        ("State", worker.admin_state.to_string()),
        ("Region", worker.region.clone()),
        ("Role", worker.role.to_string()),
        ("Type", worker.kind.to_string()),
        ("Host", host.unwrap_or_default()),
        ("Groups", worker.groups.join(", ")),
        ("Labels", labels(worker).join(", ")),
        ("Capabilities", capabilities),
        ("Blocks", blocks(worker).join(", ")),
        ("Sandbox", sandbox(worker)),
        ("Running", worker.jobs_running.to_string()),
        ("Load", load.unwrap_or_default()),
        ("Memory", memory.unwrap_or_default()),
        ("Disk", disk.unwrap_or_default()),
        ("Heard", heard(worker, &app.ui.times).unwrap_or_default()),
        ("Version", worker.version.clone().unwrap_or_default()),
        ("Created", app.ui.times.show(worker.created_at)),
    ])
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
    let is_there = |key: &str| sandbox.get(key).and_then(serde_json::Value::as_bool) == Some(true);
    let paths = if is_there("landlock") {
        ", Landlock"
    } else {
        ""
    };
    let users = if is_there("user") { ", users" } else { "" };
    format!("{level}{groups}{paths}{users}")
}
