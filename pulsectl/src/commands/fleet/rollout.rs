//! `fleet rollout`: what is being rolled out, and stopping, pausing and undoing it.

use std::fmt::Write as _;

use clap::{Args, Subcommand};
use pulse_api::{
    http::executions::{CancelExecution, ExecutionView, StepView},
    status::ExecutionStatus,
};

use crate::{
    app::App,
    cli::Output,
    client::{Call, Client},
    commands::{execution::attach, references, run},
    error::{Exit, Failure, Kind},
    follow::{self, Answers, Manner, OnInterrupt, Questions, WhenLate},
    ui::{
        Cell, Toned as _, document,
        live::{Prefix, PrefixChoice, Show},
        render_table,
    },
};

/// Look at rollouts, pause, resume, abort and undo them
///
/// A rollout is an execution and is named like one.
#[derive(Debug, Subcommand)]
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
pub(crate) struct Ls {
    /// How many at most
    #[arg(short = 'L', long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
}

#[derive(Debug, Args)]
pub(crate) struct Which {
    /// Number, id, beginning of the id, or @last
    rollout: String,
}

#[derive(Debug, Args)]
pub(crate) struct Undo {
    /// Number, id, beginning of the id, or @last
    rollout: String,
    /// Start it and return at once
    #[arg(short, long)]
    detach: bool,
}

impl Rollout {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        match self {
            Self::Ls(ls) => {
                let call = Call::get("/executions").query("rollouts", "true");
                let found: Vec<ExecutionView> = client.list(call, Some(ls.limit)).await?;
                app.ui.list(&found)?;
                Ok(Exit::OK)
            }
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
        .changed(&execution.id.to_string(), &execution, line)?;
    Ok(Exit::OK)
}

async fn abort(app: &App, client: &Client, which: &Which) -> Result<Exit, Failure> {
    let reference = references::execution(client, &which.rollout).await?;
    let body = CancelExecution {
        reason: Some("aborted".to_owned()),
        force: false,
    };
    let call = Call::post(&format!("/executions/{reference}/cancel")).json(&body)?;
    let execution: ExecutionView = client.json(call).await?;
    let number = execution.number;
    app.ui.changed(
        &execution.id.to_string(),
        &execution,
        format!("rollout/{number} aborting"),
    )?;
    app.ui.say(format!(
        "workers in the middle of it stay held; `pulsectl fleet rollout undo {number}` brings them back once it has ended"
    ));
    Ok(Exit::OK)
}

impl Undo {
    async fn run(self, app: &App, client: &Client) -> Result<Exit, Failure> {
        let reference = references::execution(client, &self.rollout).await?;
        let call = Call::post(&format!("/executions/{reference}/undo"));
        let execution: ExecutionView = client.json(call).await?;
        let number = execution.number;
        if !self.detach {
            app.ui.say(format!(
                "rollout/{number} started, which undoes {reference}"
            ));
            return follow(app, client, &execution.id.to_string()).await;
        }
        let line = format!("rollout/{number} started, which undoes {reference}");
        app.ui
            .changed(&execution.id.to_string(), &execution, line)?;
        Ok(Exit::OK)
    }
}

/// Follows a rollout to its end; the exit code tells whether all, some or no workers went well.
pub(super) async fn follow(app: &App, client: &Client, reference: &str) -> Result<Exit, Failure> {
    let show = match app.ui.output {
        Output::Jsonl => Show::Json,
        Output::Json | Output::Yaml => Show::Nothing,
        Output::Raw => Show::Raw,
        Output::Table
        | Output::Wide
        | Output::Csv
        | Output::Name
        | Output::Github
        | Output::Sarif => {
            if app.ui.quiet {
                Show::Nothing
            } else {
                Show::Lines
            }
        }
    };
    let manner = Manner {
        answers: Answers::default(),
        questions: if app.ui.interactive {
            Questions::Ask
        } else {
            Questions::Refuse
        },
        on_interrupt: OnInterrupt::Detach,
        when_late: WhenLate::GoesOn,
        show,
        prefix: Prefix::new(&app.ui, PrefixChoice::Auto),
        summary: true,
        prints_id: run::prints_id(app),
    };
    let stream = attach(client, reference).await?;
    let ended = follow::follow(app, client, stream, manner).await?;
    let exit = run::report(app, client, &ended).await?;
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
    app.ui.object(&execution, || describe(app, &execution))?;
    Ok(Exit::OK)
}

fn describe(app: &App, execution: &ExecutionView) -> String {
    let mut text = document(&[
        (
            "Rollout",
            format!("#{} ({})", execution.number, execution.id),
        ),
        ("Status", execution.status.to_string()),
        ("Outcome", execution.outcome.clone().unwrap_or_default()),
        ("Paused by", execution.paused_by.clone().unwrap_or_default()),
        (
            "Undoes",
            execution
                .undo_of
                .map(|number| format!("#{number}"))
                .unwrap_or_default(),
        ),
        ("Started by", execution.started_by.clone()),
        ("Reason", execution.reason.clone().unwrap_or_default()),
    ]);
    for step in &execution.steps {
        if let Some(rollout) = &step.rollout {
            let detail = rollout.detail.as_ref().or(step.detail.as_ref());
            let state = detail.map_or_else(String::new, |detail| format!(": {detail}"));
            // Writing into a string cannot fail.
            let _ = writeln!(text, "\n{}, {}{state}", step.name, step.status);
            text.push_str(&hosts(app, execution, step));
        }
    }
    text
}

/// A row for each worker: its batch, and how far it has come.
fn hosts(app: &App, execution: &ExecutionView, owner: &StepView) -> String {
    let Some(rollout) = &owner.rollout else {
        return String::new();
    };
    let inside = format!("{}/", owner.id);
    let is_member = |step: &&StepView| step.id == owner.id || step.id.starts_with(&inside);
    let members: Vec<&StepView> = execution.steps.iter().filter(is_member).collect();
    let mut sizes = rollout.batches.iter().zip(1..);
    let (mut left, mut batch) = (0, 0);
    let rows = rollout.hosts.iter().map(|host| {
        while left == 0 {
            let Some((size, number)) = sizes.next() else {
                break;
            };
            (left, batch) = (*size, number);
        }
        left = left.saturating_sub(1);
        let last = members.iter().rev().find_map(|step| {
            let job = step.jobs.iter().find(|job| job.worker == *host)?;
            Some((*step, job))
        });
        let mut row = vec![Cell::new(host), Cell::new(batch.to_string())];
        match last {
            Some((step, job)) => row.extend([
                Cell::new(&step.name),
                job.status.to_cell(),
                Cell::maybe(job.detail.as_ref().or(job.reason.as_ref())),
            ]),
            None => row.extend([
                Cell::maybe(None::<&str>),
                Cell::new("not begun"),
                Cell::maybe(None::<&str>),
            ]),
        }
        row
    });
    render_table(
        &["worker", "batch", "step", "status", "detail"],
        rows.collect(),
        app.ui.paint,
    )
}
