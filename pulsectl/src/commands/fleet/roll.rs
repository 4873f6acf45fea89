//! `fleet rolling-restart` and `fleet upgrade`.

use clap::Args;
use pulse_api::{
    http::{
        executions::{ExecutionView, StartExecution},
        workers::WorkerView,
    },
    status::{WorkerRole, WorkerStatus},
};
use pulse_workflow::{Host, Preview, Source, StepKind, load, preview};
use serde_json::{Map, Value, json};

use super::{document::Pace, rollout};
use crate::{
    app::App,
    client::{Call, Client},
    commands::forms,
    error::{Exit, Failure, Kind},
    follow::plural,
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
/// `fleet rollout undo` runs the rollback command on the workers that were changed. Without --install
/// it is apt-get that installs the package pulse-agent, from the package sources of the worker's own
/// host; a host without apt-get, or whose sources do not have the version, fails and stops the
/// rollout. Exit codes as for rolling-restart.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl fleet upgrade --version 1.4.2 --plan
  pulsectl fleet upgrade --version 1.4.2 --canary 1 --canary-runs 3 \\
    --install 'apt-get install -y pulse-agent=$VERSION-1' --rollback 'apt-get install -y pulse-agent=1.4.1-1'")]
pub(crate) struct Upgrade {
    /// The version that the agents must say afterwards
    #[arg(long, value_name = "VERSION")]
    version: String,
    /// What installs it on a worker, where apt-get does not; it finds the version in $VERSION
    #[arg(long, value_name = "COMMAND", env = "PULSE_FLEET_INSTALL")]
    install: Option<String>,
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
            "id": "install", "command": self.install.as_deref().unwrap_or(FROM_PACKAGES),
            "literal": true,
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

/// Installs the package pulse-agent in $VERSION, with whatever revision the package has.
const FROM_PACKAGES: &str = include_str!("from_packages.sh");

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
        .done(("rollout", &execution.id.to_string()), &execution, line)?;
    app.ui.say(format!(
        "`pulsectl fleet rollout watch {number}` follows it"
    ));
    Ok(Exit::OK)
}

/// Shows which workers have their turn when.
async fn plan(app: &App, client: &Client, definition: &Value) -> Result<Exit, Failure> {
    forms::refuse_rows(app)?;
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
    let on_each = preview.steps.iter().skip(1);
    let (on_each, after): (Vec<_>, Vec<_>) =
        on_each.partition(|step| step.kind != StepKind::Workflow);
    let steps: Vec<&str> = on_each.iter().map(|step| step.name.as_str()).collect();
    let after = after
        .first()
        .map_or_else(String::new, |step| format!("; each batch: {}", step.does));
    let workers = batches.iter().map(Vec::len).sum();
    let batch = if batches.len() == 1 {
        "batch"
    } else {
        "batches"
    };
    app.ui.say(format!(
        "{}, {} {batch}; on each: {}{after}; nothing was started",
        plural(workers, "worker"),
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

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt as _, process::Command};

    use super::*;

    /// Runs the install command with these programs and no others of their names.
    fn installed(version: &str, programs: &[(&str, &str)]) -> (Option<i32>, String) {
        let folder = std::env::temp_dir().join(format!("pulsectl-{}", uuid::Uuid::new_v4()));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in programs {
            let path = folder.join(name);
            fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        for tool in ["sed", "sh"] {
            std::os::unix::fs::symlink(format!("/bin/{tool}"), folder.join(tool)).unwrap();
        }
        let output = Command::new("/bin/sh")
            .args(["-c", FROM_PACKAGES])
            .env_clear()
            .env("PATH", &folder)
            .env("VERSION", version)
            .output()
            .unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let text = [output.stdout, output.stderr].concat();
        (
            output.status.code(),
            String::from_utf8_lossy(&text).into_owned(),
        )
    }

    const MADISON: &str = "echo ' pulse-agent | 1.4.20-1 | http://x stable/main'; \
        echo ' pulse-agent | 1.4.2-1 | http://x stable/main'";

    #[test]
    fn the_package_is_installed_in_the_revision_that_the_sources_have() {
        let programs = [("apt-get", "echo apt-get \"$@\""), ("apt-cache", MADISON)];

        let (code, text) = installed("1.4.2", &programs);

        assert_eq!(code, Some(0), "{text}");
        assert!(text.contains("pulse-agent=1.4.2-1\n"), "{text}");
    }

    #[test]
    fn a_version_that_no_source_has_says_so() {
        let programs = [("apt-get", "true"), ("apt-cache", MADISON)];

        let (code, text) = installed("1.4", &programs);

        assert_eq!(code, Some(1));
        assert!(
            text.contains("pulse-agent 1.4 is in no package source"),
            "{text}"
        );
    }

    #[test]
    fn a_host_without_apt_says_what_to_give() {
        let (code, text) = installed("1.4.2", &[]);

        assert_eq!(code, Some(1));
        assert!(text.contains("--install"), "{text}");
    }
}
