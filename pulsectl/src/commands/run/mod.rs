//! `run`: starts a workflow and follows it.

use clap::Args;
use pulse_api::{
    WorkflowId,
    http::{
        executions::{ExecutionView, StartExecution},
        workflows::PlanWorkflow,
    },
    status::ExecutionStatus,
};
use serde_json::{Map, Value};

use self::params::Params;
pub(crate) use self::params::{SecretInputs, Secrets};
use super::{
    references::{self, Noun},
    selectors, targets,
};
use crate::{
    app::App,
    client::{Call, Client, Stream},
    error::{Exit, Failure, Kind},
    flags::{Form, Output},
    follow::{self, Answers, Ended, First, GivenFields, Manner, OnInterrupt},
    ui::live::{Prefix, PrefixChoice, Show},
};

mod given;
mod inputs;
mod params;
mod plan;

/// How many of the last lines of each failed job tell why it failed.
const LOG_LINES: usize = 10;

/// What every `-p KEY=VALUE` gives.
pub(crate) fn params(given: &[String]) -> Result<Inputs, Failure> {
    Params::read(None, given).map(|params| params.open)
}

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
    /// An input; @FILE reads its value from a file, @- from stdin, which a secret one needs; may be repeated
    #[arg(short = 'p', long = "param", value_name = "KEY=VALUE")]
    params: Vec<String>,
    /// Inputs from a YAML or JSON file
    #[arg(long, value_name = "FILE")]
    params_file: Option<String>,
    /// Only on this worker or group; steps that have none of their own targets among them are skipped
    #[arg(long, value_name = "NAME")]
    target: Vec<String>,
    /// The same by selector, such as region=fra,group!=db
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with = "target")]
    selector: Vec<String>,
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
    /// What a prompt asks beside its options, by its step; may be repeated
    #[arg(long = "field", value_name = "STEP.NAME=VALUE")]
    fields: Vec<String>,
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
    /// Start it although a window of the workflow denies that now; needs --reason
    #[arg(long, requires = "reason")]
    override_window: bool,
    /// Cancel the execution at the first Ctrl-C instead of leaving it
    #[arg(long)]
    cancel_on_interrupt: bool,
    /// Show so many of the last lines of each failed job at the end [default: 10 where output is not shown]
    #[arg(long, value_name = "COUNT")]
    log_lines: Option<usize>,
    /// What stands in front of a line of output; without a choice all of it
    #[arg(long, value_enum, default_value = "auto", num_args = 0..=1, default_missing_value = "full")]
    prefix: PrefixChoice,
}

impl Run {
    pub(crate) async fn run(self: Box<Self>, app: &App) -> Result<Exit, Failure> {
        let mut answers = Answers::parse(&self.answers)?;
        answers.defaults = self.default_answers;
        if let Some(file) = &self.answers_file {
            answers.read(file, &super::workflow::read_text(file)?)?;
        }
        answers.fields = GivenFields::parse(&self.fields)?;
        let client = app.client()?;
        let body = self.body(app, &client, &answers).await?;
        if self.plans {
            return self.plan(app, &client, body).await;
        }
        if self.detach {
            return self.start(app, &client, &body).await;
        }
        let begin = async |call| Stream::start(&client, call).await;
        let stream = self.begin(&client, &body, begin).await?;
        let manner = self.manner(app, answers);
        let ended = follow::follow(app, &client, stream, manner).await?;
        report(app, &client, &ended).await
    }

    /// Sends the wish, with whatever workflow and workers turn out to be meant.
    async fn begin<T>(
        &self,
        client: &Client,
        body: &StartExecution,
        send: impl AsyncFn(Call) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let post = async |body: &StartExecution| {
            let call = Call::post("/executions").json(body)?;
            let sent = send(call.key(self.idempotency_key.as_deref())).await;
            sent.map_err(inputs::with_flags)
        };
        targets::with(client, &self.target, async |target| {
            let mut body = body.clone();
            if !target.is_empty() {
                body.targets = selectors::targets(target, None)?;
            }
            let Some(name) = body.workflow.clone() else {
                return post(&body).await;
            };
            references::with(client, (Noun::Workflow, &name), async |name| {
                let mut body = body.clone();
                (body.workflow_id, body.workflow) = by_id_or_name(name.to_owned());
                post(&body).await
            })
            .await
        })
        .await
    }

    /// Starts it and says how to go on.
    async fn start(
        &self,
        app: &App,
        client: &Client,
        body: &StartExecution,
    ) -> Result<Exit, Failure> {
        let begin = async |call| client.json(call).await;
        let execution: ExecutionView = self.begin(client, body, begin).await?;
        let name = execution.workflow.name.as_deref().unwrap_or("unnamed run");
        let line = format!("execution/{} of {name} started", execution.number);
        app.ui.changed(&execution, line)?;
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
        let mut given = Params::read(self.params_file.as_deref(), &self.params)?;
        let (workflow, version) = match &self.workflow {
            Some(reference) => {
                let (name, version) = references::version_of(reference)?;
                (Some(name), version)
            }
            None => (None, None),
        };
        let definition = self
            .file
            .as_deref()
            .map(super::workflow::read_text)
            .transpose()?;
        // Without a person, answers, or what may be secret, the start is the only request.
        let has_answers =
            answers.unused().next().is_some() || answers.fields.steps().next().is_some();
        if app.ui.interactive || has_answers || given.may_be_secret() || definition.is_some() {
            let source = match (&definition, &workflow) {
                (Some(text), _) => Some(text.clone()),
                (None, Some(name)) => inputs::source(client, name, version).await,
                (None, None) => None,
            };
            if let Some(mut workflow) = source.as_deref().and_then(inputs::read) {
                given::check(answers, &workflow)?;
                given.part(&workflow)?;
                if self.plans {
                    workflow.inputs.retain(|spec| !spec.secret);
                }
                if app.ui.interactive {
                    inputs::ask_missing(&workflow, &mut given).await?;
                }
            }
        }
        let (workflow_id, workflow) = workflow.map(by_id_or_name).unwrap_or_default();
        Ok(StartExecution {
            workflow_id,
            workflow,
            version,
            definition: definition.map(Value::String),
            inputs: given.open,
            secret_inputs: given.secrets,
            targets: selectors::targets(&self.target, selectors::all(&self.selector)?.as_deref())?,
            reason: self.reason.clone(),
            override_window: self.override_window,
        })
    }

    /// How many lines of what failed are shown at the end: who has seen them needs none.
    fn log_lines(&self, show: Show) -> usize {
        let default = if show == Show::Nothing { LOG_LINES } else { 0 };
        self.log_lines.unwrap_or(default)
    }

    fn manner(&self, app: &App, answers: Answers) -> Manner {
        let shown = show(app);
        let show = if self.wait && shown == Show::Lines {
            Show::Nothing
        } else {
            shown
        };
        let on_interrupt = if self.cancel_on_interrupt {
            OnInterrupt::Cancel
        } else {
            OnInterrupt::Detach
        };
        Manner {
            answers,
            on_interrupt,
            prefix: Prefix::new(&app.ui, self.prefix),
            log_lines: self.log_lines(show),
            first: first(app),
            ..Manner::taking_part(app, show)
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
        let (name, version) = references::version_of(self.workflow.as_deref().unwrap_or_default())?;
        let wanted = PlanWorkflow {
            version,
            inputs: body.inputs,
            targets: body.targets,
        };
        let exit = references::with(client, (Noun::Workflow, &name), async |name| {
            plan::online(app, client, name, &wanted).await
        })
        .await?;
        if exit == Kind::NoWorker.into() {
            targets::check(client, &self.target).await?;
        }
        Ok(exit)
    }
}

/// How a wish names a workflow.
fn by_id_or_name(given: String) -> (Option<WorkflowId>, Option<String>) {
    match given.parse() {
        Ok(id) => (Some(id), None),
        Err(_) => (None, Some(given)),
    }
}

/// What is shown of an execution while it runs, in the form that was asked for.
pub(crate) fn show(app: &App) -> Show {
    match app.ui.output.form() {
        Form::Lines => Show::Json,
        Form::Document | Form::Csv | Form::Name => Show::Nothing,
        Form::Text if app.ui.output == Output::Raw => Show::Raw,
        Form::Text if app.ui.quiet => Show::Nothing,
        Form::Text => Show::Lines,
    }
}

/// Whether the id is all that is wanted; it comes first, so that a script has it however it ends.
pub(crate) fn first(app: &App) -> First {
    match app.ui.output.form() {
        Form::Document => First::Nothing,
        _ if app.ui.quiet => First::Id,
        Form::Name => First::Name,
        Form::Text | Form::Lines | Form::Csv => First::Nothing,
    }
}

/// Prints the result where it was asked for, and gives the exit code.
pub(crate) async fn report(app: &App, client: &Client, ended: &Ended) -> Result<Exit, Failure> {
    let status = ended.end.status;
    let path = format!("/executions/{}", ended.end.execution_id);
    match app.ui.output.form() {
        Form::Document => {
            let execution: ExecutionView = client.get(&path).await?;
            app.ui.structured(&execution)?;
        }
        Form::Csv if !app.ui.quiet => {
            let execution: ExecutionView = client.get(&path).await?;
            app.ui.list(&[execution])?;
        }
        Form::Text | Form::Lines | Form::Csv | Form::Name => {}
    }
    let exit = follow::exit_of_run(status);
    if status == ExecutionStatus::Failed && ended.model.is_without_worker() {
        return Ok(Kind::NoWorker.into());
    }
    Ok(exit)
}

/// The inputs as a map.
pub(crate) type Inputs = Map<String, Value>;
