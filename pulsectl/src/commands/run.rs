//! `run`: starts a workflow and follows it.

use clap::Args;
use pulse_api::{
    http::{
        executions::{ExecutionView, StartExecution},
        workflows::PlanWorkflow,
    },
    status::ExecutionStatus,
};
use serde_json::{Map, Value};

use super::{references, selectors};
use crate::{
    app::App,
    cli::Output,
    client::{Call, Client, Stream},
    error::{Exit, Failure},
    follow::{self, Answers, Ended, Manner, OnInterrupt, Questions, WhenLate},
    ui::live::{Prefix, PrefixChoice, Show},
};

mod given;
mod inputs;
mod plan;

/// Start a workflow and follow it to its end
///
/// Exit codes: 0 completed, 3 failed, 5 cancelled, 6 timed out on the server, 8 a prompt waits for
/// an answer that nobody here may give, 11 no worker, 124 --timeout ran out, 130 interrupted.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl run interactive-update
  pulsectl run deploy -p version=1.4.2 -p notes=@notes.txt -l group=web
  pulsectl run interactive-update --answer \"User approval=Yes\" --answer \"Reboot confirmation=No\" --no-input
  id=$(pulsectl run deploy -d -q) && pulsectl execution wait \"$id\" --timeout 30m
  pulsectl run -f disk-check.yaml --target web-1 --dry-run")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Run {
    /// Name or id of the workflow; NAME@3 for an older version
    #[arg(
        value_name = "WORKFLOW",
        required_unless_present = "file",
        conflicts_with = "file",
        value_parser = crate::names::given("workflow"),
    )]
    workflow: Option<String>,
    /// Run this document without storing it; - for stdin
    #[arg(short, long, value_name = "FILE")]
    file: Option<String>,
    /// An input; @FILE reads its value from a file; may be repeated
    #[arg(short = 'p', long = "param", value_name = "KEY=VALUE")]
    params: Vec<String>,
    /// Inputs from a YAML or JSON file
    #[arg(long, value_name = "FILE")]
    params_file: Option<String>,
    /// Worker or group in place of the document's targets; steps that name their own keep them
    #[arg(long, value_name = "NAME")]
    target: Vec<String>,
    /// The same by selector, such as region=fra,group!=db
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with = "target")]
    selector: Option<String>,
    /// Follow the output (this is the default)
    #[arg(short = 'F', long, conflicts_with_all = ["detach", "wait"])]
    follow: bool,
    /// Start it and return at once
    #[arg(short, long, conflicts_with = "wait")]
    detach: bool,
    /// Wait for the end without showing output
    #[arg(long)]
    wait: bool,
    /// Answer for a prompt, by its step; may be repeated, also for one step
    #[arg(long = "answer", value_name = "STEP=ANSWER")]
    answers: Vec<String>,
    /// Answers from a YAML or JSON file: a map from step to answer, or to a list of them
    #[arg(long, value_name = "FILE")]
    answers_file: Option<String>,
    /// Answer other prompts with their default
    #[arg(long)]
    default_answers: bool,
    /// Show what would run where, and start nothing
    #[arg(long = "dry-run")]
    plans: bool,
    /// Start at most one execution for this key
    #[arg(long, value_name = "KEY")]
    idempotency_key: Option<String>,
    /// Why, for the audit log
    #[arg(long)]
    reason: Option<String>,
    /// Cancel the execution at the first Ctrl-C instead of leaving it
    #[arg(long)]
    cancel_on_interrupt: bool,
    /// What stands in front of a line of output
    #[arg(long, value_enum, default_value = "auto")]
    prefix: PrefixChoice,
}

impl Run {
    pub(crate) async fn run(self: Box<Self>, app: &App) -> Result<Exit, Failure> {
        let mut answers = Answers::parse(&self.answers)?;
        answers.defaults = self.default_answers;
        if let Some(file) = &self.answers_file {
            answers.read(file, &super::workflow::read_text(file)?)?;
        }
        let client = app.client()?;
        let body = self.body(app, &client, &answers).await?;
        if self.plans {
            return self.plan(app, &client, body).await;
        }
        let call = Call::post("/executions")
            .json(&body)?
            .key(self.idempotency_key.as_deref());
        if self.detach {
            return self.start(app, &client, call).await;
        }
        let stream = match Stream::start(&client, call).await {
            Ok(stream) => stream,
            Err(failure) => return Err(self.explain(&client, failure).await),
        };
        let manner = self.manner(app, answers);
        let ended = follow::follow(app, &client, stream, manner).await?;
        report(app, &client, &ended).await
    }

    /// Starts it and says how to go on.
    async fn start(&self, app: &App, client: &Client, call: Call) -> Result<Exit, Failure> {
        let started = client.json(call).await;
        let execution: ExecutionView = match started {
            Ok(execution) => execution,
            Err(failure) => return Err(self.explain(client, failure).await),
        };
        let name = execution.workflow.name.as_deref().unwrap_or("unnamed run");
        let line = format!("execution/{} of {name} started", execution.number);
        app.ui
            .changed(&execution.id.to_string(), &execution, line)?;
        app.ui.say(format!(
            "`pulsectl execution watch {}` follows it",
            execution.number
        ));
        Ok(Exit::OK)
    }

    async fn body(
        &self,
        app: &App,
        client: &Client,
        answers: &Answers,
    ) -> Result<StartExecution, Failure> {
        let mut given = inputs::given(self.params_file.as_deref(), &self.params)?;
        let (workflow, version) = match &self.workflow {
            Some(reference) => version_of(reference)?,
            None => (None, None),
        };
        let definition = self
            .file
            .as_deref()
            .map(super::workflow::read_text)
            .transpose()?;
        // Without a person or answers, the start is the only request.
        if app.ui.interactive || answers.unused().next().is_some() {
            let source = match (&definition, &workflow) {
                (Some(text), _) => Some(text.clone()),
                (None, Some(name)) => inputs::source(client, name, version).await,
                (None, None) => None,
            };
            if let Some(workflow) = source.as_deref().and_then(inputs::read) {
                given::check(answers, &workflow)?;
                if app.ui.interactive {
                    inputs::ask_missing(&workflow, &mut given)?;
                }
            }
        }
        let by_id = workflow.as_ref().and_then(|name| name.parse().ok());
        Ok(StartExecution {
            workflow_id: by_id,
            workflow: workflow.filter(|_| by_id.is_none()),
            version,
            definition: definition.map(Value::String),
            inputs: given,
            targets: selectors::targets(&self.target, self.selector.as_deref())?,
            reason: self.reason.clone(),
        })
    }

    fn manner(&self, app: &App, answers: Answers) -> Manner {
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
                if self.wait || app.ui.quiet {
                    Show::Nothing
                } else {
                    Show::Lines
                }
            }
        };
        let on_interrupt = if self.cancel_on_interrupt {
            OnInterrupt::Cancel
        } else {
            OnInterrupt::Detach
        };
        Manner {
            answers,
            questions: if app.ui.interactive {
                Questions::Ask
            } else {
                Questions::Refuse
            },
            on_interrupt,
            when_late: WhenLate::GoesOn,
            show,
            prefix: Prefix::new(&app.ui, self.prefix),
            summary: true,
            prints_id: prints_id(app),
        }
    }

    /// Adds the workflow that was probably meant.
    async fn explain(&self, client: &Client, failure: Failure) -> Failure {
        match &self.workflow {
            Some(name) => references::suggest_workflow(client, name, failure).await,
            None => failure,
        }
    }

    async fn plan(
        &self,
        app: &App,
        client: &Client,
        body: StartExecution,
    ) -> Result<Exit, Failure> {
        if let Some(Value::String(text)) = &body.definition {
            return plan::offline(app, text, &body);
        }
        let name = self.workflow.as_deref().unwrap_or_default();
        let wanted = PlanWorkflow {
            inputs: body.inputs,
            targets: body.targets,
        };
        match plan::online(app, client, name, &wanted).await {
            Ok(exit) => Ok(exit),
            Err(failure) => Err(self.explain(client, failure).await),
        }
    }
}

/// Whether the id is all that is wanted; it comes first, so that a script has it however it ends.
pub(crate) fn prints_id(app: &App) -> bool {
    app.ui.quiet && !matches!(app.ui.output, Output::Json | Output::Yaml)
}

/// Prints the result where it was asked for, and gives the exit code.
pub(crate) async fn report(app: &App, client: &Client, ended: &Ended) -> Result<Exit, Failure> {
    let status = ended.end.status;
    match app.ui.output {
        Output::Json | Output::Yaml => {
            let execution: ExecutionView = client
                .get(&format!("/executions/{}", ended.end.execution_id))
                .await?;
            app.ui.structured(&execution)?;
        }
        Output::Table
        | Output::Wide
        | Output::Jsonl
        | Output::Csv
        | Output::Name
        | Output::Raw
        | Output::Github
        | Output::Sarif => {}
    }
    let exit = follow::exit_of_run(status);
    if status == ExecutionStatus::Failed && is_without_worker(ended) {
        return Ok(crate::error::Kind::NoWorker.into());
    }
    Ok(exit)
}

/// Whether it failed because nothing matched its targets.
fn is_without_worker(ended: &Ended) -> bool {
    ended
        .model
        .only_reason()
        .is_some_and(|reason| reason == "no_targets")
}

/// Splits `deploy@3`.
fn version_of(reference: &str) -> Result<(Option<String>, Option<i32>), Failure> {
    let Some((name, version)) = reference.rsplit_once('@') else {
        return Ok((Some(reference.to_owned()), None));
    };
    let version = version.parse().map_err(|_| {
        Failure::usage(format!("`{reference}` names no version")).hint("write it as NAME@3")
    })?;
    Ok((Some(name.to_owned()), Some(version)))
}

/// The inputs as a map.
pub(crate) type Inputs = Map<String, Value>;
