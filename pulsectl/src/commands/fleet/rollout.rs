//! `fleet rollout`: what is being rolled out, and stopping, pausing and undoing it.

use clap::{Args, Subcommand};
use pulse_api::{
    http::executions::{CancelExecution, ExecutionView, UndoExecution},
    status::{ExecutionStatus, StepKind},
};

use super::{ending, ls::Ls, show, standing};
use crate::{
    app::App,
    client::{Call, Client},
    commands::{
        execution::{attach, cancelled},
        references, run,
    },
    error::{Exit, Failure, Kind},
    follow::{self, Manner},
    hosts,
};

/// Look at rollouts, pause, resume, abort and undo them
///
/// A rollout is an execution and is named like one.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Rollout {
    /// List executions that go over workers batch by batch, newest first
    #[command(visible_alias = "list")]
    Ls(Ls),
    /// Show which worker is in which batch, and how far it has come
    Show(Which),
    /// Follow a rollout to its end
    Watch(Which),
    /// Let workers that have begun finish, and begin no other
    Pause(Which),
    /// Go on after a pause
    Resume(Which),
    /// End a rollout where it is; workers in the middle of it stay held
    Abort(Which),
    /// Bring the workers back that an ended rollout has changed
    Undo(Undo),
}

#[derive(Debug, Args)]
pub(crate) struct Which {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("rollout"))]
    rollout: String,
}

#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("rollout"))]
    rollout: String,
    /// Start it and return at once
    #[arg(short, long)]
    detach: bool,
    #[command(flatten)]
    secrets: run::Secrets,
}

impl Rollout {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        match self {
            Self::Ls(ls) => ls.run(app, &client).await,
            Self::Show(which) => show(app, &client, &which).await,
            Self::Watch(which) => {
                let reference = references::execution(&client, &which.rollout).await?;
                follow(app, &client, &reference).await
            }
            Self::Pause(which) => change(app, &client, (&which, "pause", "paused")).await,
            Self::Resume(which) => change(app, &client, (&which, "resume", "resumed")).await,
            Self::Abort(which) => abort(app, &client, &which).await,
            Self::Undo(undo) => undo.run(app, &client).await,
        }
    }
}

async fn change(
    app: &App,
    client: &Client,
    (which, verb, done): (&Which, &str, &str),
) -> Result<Exit, Failure> {
    let reference = references::execution(client, &which.rollout).await?;
    let call = Call::post(&format!("/executions/{reference}/{verb}"));
    let execution: ExecutionView = client.json(call).await?;
    let line = format!("rollout/{} {done}", execution.number);
    app.ui
        .done(("rollout", &execution.id.to_string()), &execution, line)?;
    Ok(Exit::OK)
}

async fn abort(app: &App, client: &Client, which: &Which) -> Result<Exit, Failure> {
    let reference = references::execution(client, &which.rollout).await?;
    let body = CancelExecution {
        reason: Some("aborted".to_owned()),
        force: false,
        grace_ms: None,
    };
    let execution = cancelled(client, &reference, &body).await?;
    let number = execution.number;
    let is_over = execution.status.is_terminal();
    let line = format!(
        "rollout/{number} {}",
        if is_over { "aborted" } else { "aborting" }
    );
    app.ui
        .done(("rollout", &execution.id.to_string()), &execution, line)?;
    app.ui.say(format!(
        "workers in the middle of it stay held; `pulsectl fleet rollout undo {number}` brings them back once it has ended"
    ));
    Ok(Exit::OK)
}

impl Undo {
    async fn run(self, app: &App, client: &Client) -> Result<Exit, Failure> {
        let reference = references::execution(client, &self.rollout).await?;
        let body = UndoExecution {
            secret_inputs: self.secrets.read()?,
        };
        let call = Call::post(&format!("/executions/{reference}/undo")).json(&body)?;
        let execution: ExecutionView = client.json(call).await?;
        let (number, id) = (execution.number, execution.id.to_string());
        let line = format!(
            "rollout/{number} started, which undoes {} on {}",
            execution
                .undo_of
                .map_or(reference, |number| format!("#{number}")),
            begun_on(&execution)
        );
        if self.detach {
            app.ui
                .done(("rollout", &execution.id.to_string()), &execution, line)?;
            return Ok(Exit::OK);
        }
        app.ui.say(line);
        let exit = follow(app, client, &id).await?;
        let ended: ExecutionView = client.get(&format!("/executions/{id}")).await?;
        if ended.status == ExecutionStatus::Completed && !has_brought_back(&ended) {
            app.ui
                .say("no rollback was run: workers were let go, and nothing was brought back");
        }
        Ok(exit)
    }
}

/// The workers of a rollout, newest first for an undo.
fn begun_on(execution: &ExecutionView) -> String {
    let standings = standing::all(execution);
    let all = standings.iter().flat_map(|standing| &standing.hosts);
    let names: Vec<&str> = all.map(|host| host.name).collect();
    if names.is_empty() {
        return "no worker: none had begun".to_owned();
    }
    let count = follow::plural(names.len(), "worker");
    format!("{count}: {}", hosts::fold(names))
}

/// Whether an undo has run anything but what it does to agents.
fn has_brought_back(undo: &ExecutionView) -> bool {
    let mut steps = undo.steps.iter();
    steps.any(|step| step.kind == StepKind::Execute && !step.jobs.is_empty())
}

/// Follows a rollout to its end; the exit code tells whether all, some or no workers went well.
pub(super) async fn follow(app: &App, client: &Client, reference: &str) -> Result<Exit, Failure> {
    let manner = Manner {
        first: run::first(app),
        ..Manner::taking_part(app, run::show(app))
    };
    let stream = attach(client, reference).await?;
    let ended = follow::follow(app, client, stream, manner).await?;
    let exit = run::report(app, client, &ended).await?;
    if !app.ui.silent {
        let path = format!("/executions/{}", ended.end.execution_id);
        let execution: ExecutionView = client.get(&path).await?;
        ending::tell(app, &execution);
    }
    let is_partial = ended.end.outcome.as_deref() == Some("partial");
    Ok(match ended.end.status {
        ExecutionStatus::Completed | ExecutionStatus::Failed if is_partial => Kind::Partial.into(),
        ExecutionStatus::Completed
        | ExecutionStatus::Failed
        | ExecutionStatus::Cancelled
        | ExecutionStatus::TimedOut
        | ExecutionStatus::Pending
        | ExecutionStatus::Running
        | ExecutionStatus::Waiting => exit,
    })
}

async fn show(app: &App, client: &Client, which: &Which) -> Result<Exit, Failure> {
    let reference = references::execution(client, &which.rollout).await?;
    let execution: ExecutionView = client.get(&format!("/executions/{reference}")).await?;
    let is_rollout = execution.undo_of.is_some() || !standing::all(&execution).is_empty();
    if !is_rollout {
        let number = execution.number;
        // One that goes on may still come to it.
        if execution.status.is_terminal() {
            return Err(
                Failure::not_found(format!("#{number} has rolled nothing out")).hint(format!(
                    "`pulsectl execution show {number}` shows it, `pulsectl fleet rollout ls` the rollouts"
                )),
            );
        }
        app.ui.say(format!(
            "#{number} has begun no rollout yet; `pulsectl execution show {number}` shows its steps"
        ));
    }
    app.ui
        .object(&execution, || show::describe(app, &execution))?;
    Ok(Exit::OK)
}
