//! `fleet status`.

use std::collections::BTreeMap;

use clap::Args;
use pulse_api::{
    http::{executions::ExecutionSummary, workers::WorkerView},
    status::AdminState,
};
use serde::Serialize;

use crate::{
    app::App,
    client::Call,
    commands::selectors,
    error::{Exit, Failure},
    ui::{Cell, document, render_table},
};

/// Show how many workers are there, in which state and version, and what is being rolled out
#[derive(Debug, Args)]
pub(crate) struct Status {
    /// Only those that match, such as region=fra,group!=db
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    selector: Vec<String>,
}

/// The fleet in numbers.
#[derive(Debug, Default, Serialize)]
struct FleetStatus {
    workers: usize,
    by_status: BTreeMap<String, usize>,
    by_state: BTreeMap<String, usize>,
    by_version: BTreeMap<String, usize>,
    jobs_running: u64,
    /// Workers that get no work from everybody.
    set_apart: Vec<String>,
    /// The numbers of rollouts that are not over.
    rollouts: Vec<i64>,
}

impl Status {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let selector = selectors::all(&self.selector)?;
        let call = Call::get("/workers").maybe("selector", selector);
        let workers: Vec<WorkerView> = client.list(call, None).await?;
        let mut status = count(&workers);
        let rollouts: Vec<ExecutionSummary> = client
            .list(Call::get("/executions").query("rollouts", "true"), Some(50))
            .await?;
        status.rollouts = rollouts
            .iter()
            .filter(|rollout| !rollout.status.is_terminal())
            .map(|rollout| rollout.number)
            .collect();
        if app.ui.is_structured() {
            app.ui.structured(&status)?;
        } else {
            app.ui.data(describe(app, &status).trim_end())?;
        }
        Ok(Exit::OK)
    }
}

fn count(workers: &[WorkerView]) -> FleetStatus {
    let mut status = FleetStatus {
        workers: workers.len(),
        ..FleetStatus::default()
    };
    for worker in workers {
        let version = worker.version.as_deref().unwrap_or("unknown");
        let mut add = |counts: fn(&mut FleetStatus) -> &mut BTreeMap<String, usize>, word: &str| {
            *counts(&mut status).entry(word.to_owned()).or_default() += 1;
        };
        add(|s| &mut s.by_status, worker.status.as_str());
        add(|s| &mut s.by_state, worker.admin_state.as_str());
        add(|s| &mut s.by_version, version);
        status.jobs_running += worker.jobs_running;
        if worker.admin_state != AdminState::Active {
            status.set_apart.push(worker.name.clone());
        }
    }
    status
}

fn describe(app: &App, status: &FleetStatus) -> String {
    let counts = |counts: &BTreeMap<String, usize>| {
        let parts: Vec<String> = counts
            .iter()
            .map(|(word, count)| format!("{count} {word}"))
            .collect();
        parts.join(", ")
    };
    let numbers: Vec<String> = status.rollouts.iter().map(|n| format!("#{n}")).collect();
    let mut text = document(&[
        ("Workers", status.workers.to_string()),
        ("Status", counts(&status.by_status)),
        ("State", counts(&status.by_state)),
        ("Set apart", status.set_apart.join(", ")),
        ("Jobs running", status.jobs_running.to_string()),
        ("Rollouts", numbers.join(", ")),
    ]);
    let rows = status
        .by_version
        .iter()
        .map(|(version, count)| vec![Cell::new(version), Cell::new(count.to_string())]);
    text.push('\n');
    text.push_str(&render_table(
        &["VERSION", "WORKERS"],
        rows.collect(),
        app.ui.paint,
    ));
    text
}
