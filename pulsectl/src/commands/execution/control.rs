//! `execution cancel` and `execution retry`.

use std::time::Duration;

use clap::Args;
use pulse_api::{
    http::executions::{CancelExecution, ExecutionView, RetryExecution, StepView},
    status::ExecutionStatus,
};

use super::{logs::suggest_step, watch::attach};
use crate::{
    app::App,
    client::{Call, Client},
    commands::{each::Each, references, run},
    duration,
    error::{Exit, Failure, Kind},
    follow::{self, Manner},
    ui::live::Show,
};

/// Cancel executions; their `finally` steps still run
#[derive(Debug, Args)]
pub(crate) struct Cancel {
    /// Numbers, ids, beginnings of ids, or @last
    #[arg(value_parser = crate::names::given("execution"), required = true, value_name = "EXECUTION")]
    executions: Vec<String>,
    /// How long the steps have to end before they are killed; 10s unless said otherwise, 1h at most
    #[arg(long, value_name = "DURATION", value_parser = duration::parse, conflicts_with = "force")]
    grace: Option<Duration>,
    /// Kill at once instead of asking the steps to end
    #[arg(long)]
    force: bool,
    /// Why, for the audit log
    #[arg(long)]
    reason: Option<String>,
    /// Wait until it has ended
    #[arg(long)]
    wait: bool,
}

impl Cancel {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let body = CancelExecution {
            reason: self.reason,
            force: self.force,
            grace_ms: self
                .grace
                .map(|grace| u64::try_from(grace.as_millis()).unwrap_or(u64::MAX)),
        };
        let mut each = Each::of(self.executions.len(), "execution");
        for given in &self.executions {
            let cancelled = cancel(app, &client, (given, &body, self.wait)).await;
            each.take(given, cancelled)?;
        }
        each.end()
    }
}

/// Cancels one, and waits for its end where that was asked for.
async fn cancel(
    app: &App,
    client: &Client,
    (given, body, waits): (&str, &CancelExecution, bool),
) -> Result<(), Failure> {
    let reference = references::execution(client, given).await?;
    let mut execution = cancelled(client, &reference, body).await?;
    if waits && !execution.status.is_terminal() {
        let manner = Manner::looking_on(app, Show::Nothing);
        follow::follow(app, client, attach(client, &reference).await?, manner).await?;
        execution = client.get(&format!("/executions/{reference}")).await?;
    }
    let word = if execution.status.is_terminal() {
        execution.status.as_str()
    } else {
        "cancelling"
    };
    let line = format!("execution/{} {word}", execution.number);
    app.ui.changed(&execution, line)?;
    if !execution.status.is_terminal() {
        app.ui.say(format!(
            "`pulsectl execution wait {}` waits for its end",
            execution.number
        ));
    }
    Ok(())
}

/// Asks for the end of one. Cancelled already is what was asked for; ended otherwise is not.
pub(crate) async fn cancelled(
    client: &Client,
    reference: &str,
    body: &CancelExecution,
) -> Result<ExecutionView, Failure> {
    let call = Call::post(&format!("/executions/{reference}/cancel")).json(body)?;
    let failure = match client.json(call).await {
        Err(failure) if failure.kind == Kind::Conflict => failure,
        outcome => return outcome,
    };
    let execution: ExecutionView = client.get(&format!("/executions/{reference}")).await?;
    if execution.status == ExecutionStatus::Cancelled {
        Ok(execution)
    } else {
        Err(failure)
    }
}

/// Run an execution again, as a new one that is linked to it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution retry 42 --failed-workers
  pulsectl execution retry 42 --unstarted
  pulsectl execution retry 42 --from \"Restart servers\"
  pulsectl execution retry @last -F")]
pub(crate) struct Retry {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("execution"))]
    execution: String,
    /// Only on the workers whose jobs did not succeed
    #[arg(long)]
    failed_workers: bool,
    /// Go on where it stopped: what never began runs, and what ran stays; with --failed-workers, what
    /// did not succeed runs again too
    #[arg(long, conflicts_with = "from")]
    unstarted: bool,
    /// Begin with this step, by its id or name; those before it keep their results
    #[arg(long, value_name = "STEP")]
    from: Option<String>,
    /// With the version of the workflow that it had: always so; `rerun` takes the newest
    #[arg(long)]
    same_rev: bool,
    #[command(flatten)]
    secrets: run::Secrets,
    #[command(flatten)]
    why: Why,
    #[command(flatten)]
    follow: Follow,
}

/// Why something runs again, also at a time at which it should not.
#[derive(Debug, Args)]
pub(super) struct Why {
    /// Why, for the audit log
    #[arg(long)]
    pub(super) reason: Option<String>,
    /// Start it although a window of the workflow denies that now; needs --reason
    #[arg(long, requires = "reason")]
    pub(super) override_window: bool,
}

/// Whether a new execution is followed.
#[derive(Debug, Args)]
pub(super) struct Follow {
    /// Follow it to its end
    #[arg(short = 'F', long)]
    follow: bool,
}

impl Retry {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let reference = references::execution(&client, &self.execution).await?;
        let body = RetryExecution {
            failed: self.failed_workers,
            unstarted: self.unstarted,
            from_step: self.from,
            secret_inputs: self.secrets.read()?,
            reason: self.why.reason,
            override_window: self.why.override_window,
        };
        let call = Call::post(&format!("/executions/{reference}/retry")).json(&body)?;
        let execution: ExecutionView = match client.json(call).await {
            Ok(execution) => execution,
            Err(failure) => {
                let from = body.from_step.as_deref();
                return Err(explain(&client, (&reference, from), failure).await);
            }
        };
        let line = format!(
            "execution/{} started, a retry of {reference}",
            execution.number
        );
        started(app, &client, (&execution, line), self.follow).await
    }
}

/// Adds the step that was probably meant, where the named one is none.
async fn explain(
    client: &Client,
    (reference, step): (&str, Option<&str>),
    failure: Failure,
) -> Failure {
    let Some(step) = step.filter(|_| matches!(failure.kind, Kind::Usage | Kind::NotFound)) else {
        return failure;
    };
    let path = format!("/executions/{reference}");
    let Ok(execution) = client.get::<ExecutionView>(&path).await else {
        return failure;
    };
    let is_one = |one: &StepView| one.id == step || one.name == step;
    if execution.steps.iter().any(is_one) {
        return failure;
    }
    suggest_step(failure, &execution, step)
}

/// Tells of an execution that was started, and follows it where that was asked for.
pub(super) async fn started(
    app: &App,
    client: &Client,
    (execution, line): (&ExecutionView, String),
    follow: Follow,
) -> Result<Exit, Failure> {
    let id = execution.id.to_string();
    app.ui.changed(execution, line)?;
    if !follow.follow {
        app.ui.say(format!(
            "`pulsectl execution watch {}` follows it",
            execution.number
        ));
        return Ok(Exit::OK);
    }
    let manner = Manner::taking_part(app, run::show(app));
    let ended = follow::follow(app, client, attach(client, &id).await?, manner).await?;
    Ok(follow::exit_of_run(ended.end.status))
}
