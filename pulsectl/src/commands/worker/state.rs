//! `worker drain` and `worker resume`.

use clap::{Args, ValueEnum};
use pulse_api::{
    http::workers::{DrainWorker, WorkerView},
    status::AdminState,
};
use std::time::{Duration, Instant};

use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::{references, selectors},
    duration,
    error::{Exit, Failure, Kind},
};

/// Which workers are meant.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// Names or ids
    #[arg(value_name = "WORKER", required_unless_present = "selector")]
    workers: Vec<String>,
    /// The workers that match, such as rack=b7
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with = "workers")]
    selector: Option<String>,
}

impl Which {
    /// The names; that nothing matches is an error of its own.
    pub(super) async fn names(&self, client: &Client) -> Result<Vec<String>, Failure> {
        let Some(selector) = &self.selector else {
            return Ok(self.workers.clone());
        };
        let expression = selectors::expression(selector)?;
        let call = Call::get("/workers").query("selector", expression);
        let found: Vec<WorkerView> = client.list(call, None).await?;
        if found.is_empty() {
            return Err(
                Failure::new(Kind::NoWorker, format!("no worker matches {selector}"))
                    .hint("`pulsectl worker ls -o wide` shows the workers with their labels"),
            );
        }
        Ok(found.into_iter().map(|worker| worker.name).collect())
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum OnDeadline {
    /// Let the steps end by themselves
    Leave,
    /// Cancel the steps
    Cancel,
}

/// Give workers no new work, and let running steps end
///
/// The agent exits with code 0 once it is idle, unless --hold keeps it there.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker drain web-1 --wait
  pulsectl worker drain -l rack=b7 --wait --deadline 20m --yes")]
pub(crate) struct Drain {
    #[command(flatten)]
    which: Which,
    /// Keep the agent running, idle, until `worker resume`
    #[arg(long)]
    hold: bool,
    /// Wait until no step runs any more
    #[arg(long)]
    wait: bool,
    /// How long running steps may take
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    deadline: Option<Duration>,
    /// What happens to steps that still run then
    #[arg(long, value_enum, requires = "deadline", value_name = "WHAT")]
    on_deadline: Option<OnDeadline>,
    /// Why, for the audit log
    #[arg(long)]
    reason: Option<String>,
}

impl Drain {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let names = self.which.names(&client).await?;
        if self.which.selector.is_some() && names.len() > 1 {
            app.confirm(&format!("drain {} workers", names.len()), "--yes")?;
        }
        let body = DrainWorker {
            mode: if self.hold { "hold" } else { "exit" }.to_owned(),
            deadline_seconds: self.deadline.map(|deadline| deadline.as_secs()),
            on_deadline: self.on_deadline.map(|what| {
                match what {
                    OnDeadline::Leave => "leave",
                    OnDeadline::Cancel => "cancel",
                }
                .to_owned()
            }),
            reason: self.reason.clone(),
        };
        let exit = for_each(app, &client, &names, |name| {
            Call::post(&format!("/workers/{}/drain", segment(name))).json(&body)
        })
        .await?;
        if self.wait && exit == Exit::OK {
            wait_until_drained(app, &client, &names).await?;
        }
        Ok(exit)
    }
}

/// Give drained workers work again
#[derive(Debug, Args)]
pub(crate) struct Resume {
    #[command(flatten)]
    which: Which,
}

impl Resume {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let names = self.which.names(&client).await?;
        for_each(app, &client, &names, |name| {
            Ok(Call::post(&format!("/workers/{}/resume", segment(name))))
        })
        .await
    }
}

/// Changes every worker; some but not all is an exit code of its own.
async fn for_each(
    app: &App,
    client: &Client,
    names: &[String],
    call: impl Fn(&str) -> Result<Call, Failure>,
) -> Result<Exit, Failure> {
    let mut failures = Vec::new();
    for name in names {
        match client.json::<WorkerView>(call(name)?).await {
            Ok(worker) => {
                let steps = if worker.jobs_running == 1 {
                    "step"
                } else {
                    "steps"
                };
                let line = format!(
                    "worker/{} {} ({} {steps} running)",
                    worker.name, worker.admin_state, worker.jobs_running
                );
                app.ui.changed(&worker.name, &worker, line)?;
            }
            Err(failure) if names.len() == 1 => {
                return Err(references::suggest_worker(client, name, failure).await);
            }
            Err(failure) => failures.push(format!("{name}: {failure}")),
        }
    }
    if failures.is_empty() {
        return Ok(Exit::OK);
    }
    let kind = if failures.len() == names.len() {
        Kind::Failed
    } else {
        Kind::Partial
    };
    Err(Failure::new(
        kind,
        format!("{} of {} workers refused", failures.len(), names.len()),
    )
    .details(failures))
}

async fn wait_until_drained(app: &App, client: &Client, names: &[String]) -> Result<(), Failure> {
    let mut told = String::new();
    loop {
        let (mut left, mut busy) = (Vec::new(), Vec::new());
        for name in names {
            let worker: WorkerView = client.get(&format!("/workers/{}", segment(name))).await?;
            // An agent that drained to exit is gone, and cannot say that it is drained.
            let is_draining = worker.active && worker.admin_state == AdminState::Draining;
            if worker.jobs_running > 0 {
                busy.push(format!("{name} ({})", worker.jobs_running));
            }
            if worker.jobs_running > 0 || is_draining {
                left.push(name.clone());
            }
        }
        if left.is_empty() {
            app.ui.say("drained");
            return Ok(());
        }
        let line = format!("steps still run on {}", busy.join(", "));
        if !busy.is_empty() && line != told {
            app.ui.say(&line);
            told = line;
        }
        if client
            .deadline()
            .is_some_and(|deadline| Instant::now() >= deadline)
        {
            return Err(Failure::new(
                Kind::WaitedTooLong,
                "the workers were not drained in time; draining goes on",
            )
            .details(left));
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
