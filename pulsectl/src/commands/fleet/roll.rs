//! `fleet rolling-restart` and `fleet upgrade`.

use clap::Args;
use pulse_api::{
    http::{
        executions::{ExecutionView, StartExecution},
        workers::WorkerView,
    },
    status::{WorkerRole, WorkerStatus},
};
use pulse_workflow::{Host, Preview, Source, load, preview};
use serde_json::{Map, Value, json};

use super::{document::Pace, rollout};
use crate::{
    app::App,
    client::{Call, Client},
    error::{Exit, Failure, Kind},
    ui::{Cell, render_table},
};

/// What is done with the rollout once it is known.
#[derive(Debug, Args)]
struct Manner {
    /// Show which workers would have their turn when, and start nothing
    #[arg(long = "plan")]
    plans: bool,
    /// Start it and return at once
    #[arg(short, long, conflicts_with = "plans")]
    detach: bool,
    /// Why, for the audit log
    #[arg(long)]
    reason: Option<String>,
}

/// Restart the agents, a few at a time, without losing a step
///
/// Each worker is drained, restarted, looked at by its doctor, and gets work again. The first failure
/// stops it; workers that failed stay held. Exit codes: 0, 3 failed, 5 aborted, 10 some workers
/// failed, 11 no worker.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl fleet rolling-restart -l region=fra --batch 10% --canary 1 --canary-runs 3 --plan
  pulsectl fleet rolling-restart --batch 2 --pause 30s -d")]
pub(crate) struct RollingRestart {
    #[command(flatten)]
    pace: Pace,
    #[command(flatten)]
    manner: Manner,
}

impl RollingRestart {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let restart = json!({"id": "restart", "agent": "restart", "timeout": "5m"});
        let names = ("rolling-restart", "Rolling restart");
        let definition = self.pace.document(names, vec![restart])?;
        carry_out(app, definition, &self.manner).await
    }
}

/// Put another version on the workers, a few at a time, without losing a step
///
/// Each worker is drained, runs the install command, is restarted and must then say the version;
/// `fleet rollout undo` runs the rollback command on the workers that were changed. Exit codes as for
/// rolling-restart.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl fleet upgrade --version 1.4.2 --canary 1 --canary-runs 3 \\
    --install 'apt-get install -y pulse-agent=$VERSION' --rollback 'apt-get install -y pulse-agent=1.4.1'")]
pub(crate) struct Upgrade {
    /// The version that the agents must say afterwards
    #[arg(long, value_name = "VERSION")]
    version: String,
    /// What installs it on a worker; it finds the version in $VERSION
    #[arg(long, value_name = "COMMAND", env = "PULSE_FLEET_INSTALL")]
    install: String,
    /// What brings the old version back
    #[arg(long, value_name = "COMMAND", env = "PULSE_FLEET_ROLLBACK")]
    rollback: Option<String>,
    #[command(flatten)]
    pace: Pace,
    #[command(flatten)]
    manner: Manner,
}

impl Upgrade {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let mut install = json!({
            "id": "install", "command": self.install, "literal": true,
            "env": {"VERSION": self.version}, "timeout": "10m",
        });
        match self.rollback {
            Some(rollback) => install["rollback"] = json!(rollback),
            None => app.ui.warn(
                "without --rollback nothing can bring the old version back: an undo only gives the workers back",
            ),
        }
        let name = format!("Upgrade to {}", self.version);
        let restart = json!({
            "id": "restart", "agent": "restart", "version": self.version, "timeout": "5m",
        });
        let definition = self
            .pace
            .document(("upgrade", &name), vec![install, restart])?;
        carry_out(app, definition, &self.manner).await
    }
}

async fn carry_out(app: &App, definition: Value, manner: &Manner) -> Result<Exit, Failure> {
    let client = app.client()?;
    if manner.plans {
        return plan(app, &client, &definition).await;
    }
    let body = StartExecution {
        definition: Some(definition),
        reason: manner.reason.clone(),
        ..StartExecution::default()
    };
    let call = Call::post("/executions").json(&body)?;
    let execution: ExecutionView = client.json(call).await?;
    let number = execution.number;
    if !manner.detach {
        app.ui.say(format!(
            "rollout/{number} started; it goes on without this terminal"
        ));
        return rollout::follow(app, &client, &execution.id.to_string()).await;
    }
    let line = format!("rollout/{number} started");
    app.ui
        .changed(&execution.id.to_string(), &execution, line)?;
    app.ui.say(format!(
        "`pulsectl fleet rollout watch {number}` follows it"
    ));
    Ok(Exit::OK)
}

/// Shows which workers have their turn when.
async fn plan(app: &App, client: &Client, definition: &Value) -> Result<Exit, Failure> {
    let workers: Vec<WorkerView> = client.list(Call::get("/workers"), None).await?;
    let hosts: Vec<Host> = workers.iter().filter(|w| takes_part(w)).map(host).collect();
    let preview = previewed(definition, &hosts)?;
    let first = preview.steps.first();
    let batches = first.map(|step| step.batches.clone()).unwrap_or_default();
    let has_canary = first.is_some_and(|step| step.canary);
    if batches.is_empty() {
        return Err(Failure::new(Kind::NoWorker, "no connected worker matches")
            .hint("`pulsectl worker ls -o wide` shows the workers with their labels"));
    }
    if app.ui.is_structured() {
        app.ui.structured(&preview)?;
        return Ok(Exit::OK);
    }
    let steps: Vec<&str> = preview
        .steps
        .iter()
        .skip(1)
        .map(|step| step.name.as_str())
        .collect();
    app.ui.say(format!(
        "{} workers, {} batches; on each: {}; nothing was started",
        batches.iter().map(Vec::len).sum::<usize>(),
        batches.len(),
        steps.join(", ")
    ));
    let rows = batches.iter().zip(1..).map(|(names, number)| {
        vec![
            Cell::new(match number {
                1 if has_canary => "1 canary".to_owned(),
                _ => number.to_string(),
            }),
            Cell::new(names.len().to_string()),
            Cell::list(names),
        ]
    });
    app.ui.data(render_table(
        &["BATCH", "SIZE", "WORKERS"],
        rows.collect(),
        app.ui.paint,
    ))?;
    Ok(Exit::OK)
}

fn previewed(definition: &Value, hosts: &[Host]) -> Result<Preview, Failure> {
    let text = definition.to_string();
    let loaded = load(&Source {
        name: "rollout",
        text: &text,
    })
    .map_err(|faults| {
        let faults = faults.0.iter().map(|fault| fault.message.clone());
        Failure::usage("the rollout is not valid").details(faults.collect())
    })?;
    Ok(preview(&loaded.workflow, &Map::new(), hosts))
}

/// The server leaves out what is offline, and sensors run no steps.
fn takes_part(worker: &WorkerView) -> bool {
    let runs_steps = match worker.role {
        WorkerRole::Action | WorkerRole::Hybrid => true,
        WorkerRole::Sensor => false,
    };
    runs_steps && worker.status != WorkerStatus::Offline
}

fn host(worker: &WorkerView) -> Host {
    let runtimes = worker
        .capabilities
        .get("runtimes")
        .and_then(Value::as_array);
    Host {
        id: worker.id.to_string(),
        name: worker.name.clone(),
        groups: worker.groups.clone(),
        role: worker.role.to_string(),
        region: worker.region.clone(),
        runtimes: runtimes
            .into_iter()
            .flatten()
            .filter_map(|runtime| runtime.as_str().map(str::to_owned))
            .collect(),
        labels: worker.labels.clone(),
        capabilities: std::sync::Arc::new(worker.capabilities.clone()),
        blocks: worker
            .function_blocks
            .iter()
            .filter_map(|block| Some(block.get("name")?.as_str()?.to_owned()))
            .collect(),
        full: false,
        load: u32::try_from(worker.jobs_running).unwrap_or(u32::MAX),
        online: worker.status == WorkerStatus::Online,
    }
}
