//! `worker exec`: one command on one or several workers.

mod batches;
mod stdin;

use std::{collections::BTreeMap, time::Duration};

use clap::Args;
use pulse_api::{
    http::{executions::StartExecution, workers::RunCommand},
    status::{ExecutionStatus, JobStatus},
};
use serde_json::{Value, json};

use batches::OnFailure;

use crate::{
    app::App,
    client::{Call, Stream, segment},
    commands::{
        references::{self, Noun},
        selectors, targets,
    },
    error::{Exit, Failure, Kind},
    flags::{Form, Pairs},
    follow::{self, Ended, Manner, WhenLate},
    ui::{
        live::{Prefix, PrefixChoice, Show},
        quote,
    },
};

/// Run a command on workers
///
/// With one worker, output is passed on byte for byte and the exit code is the command's own: 128+n
/// for a signal, 124 when --timeout ended it, 125 when pulse failed. With several, lines carry the
/// worker's name, and the exit code is 10 when some failed and some did not, 3 when all failed, 124 when
/// --timeout ended it on all. --timeout ends the command on the worker.
///
/// Before the command is accepted, the codes are the same for one worker and for several: 4 not allowed,
/// 7 a worker that was named is not there, 11 nothing matched or all are offline, 12 the server could not
/// be reached. With one worker, 125 is whatever fails after that, or otherwise.
///
/// -o json prints one document after the end, with the output and the exit code of each worker; -o
/// jsonl prints a line for each thing that happens, as it happens.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl worker exec web-1 -- uptime
  pulsectl worker exec web-1 -- 'df -h | tail -3'
  pulsectl worker exec -l group=web --env LANG=C -- systemctl is-active nginx
  pulsectl worker exec --all --group -- uname -r
  pulsectl worker exec -l rack=b7 --batch 10 --fail-fast --stdin -- sh < fix.sh")]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Exec {
    /// Names or ids
    #[arg(value_parser = crate::names::given("worker"), value_name = "WORKER", required_unless_present_any = ["selector", "all"])]
    workers: Vec<String>,
    /// On the workers that match, such as region=fra,group!=db
    #[arg(short = 'l', long, value_name = "SELECTOR", conflicts_with_all = ["workers", "all"])]
    selector: Vec<String>,
    /// On all workers
    #[arg(long, conflicts_with = "workers")]
    all: bool,
    /// User to run as
    #[arg(long)]
    user: Option<String>,
    /// Folder to run in
    #[arg(long, value_name = "DIR")]
    cwd: Option<String>,
    /// Variable for the command; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    env: Vec<String>,
    /// On so many workers at a time, batch after batch
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    batch: Option<u32>,
    /// Start no further batch once a worker failed; one worker at a time without --batch
    #[arg(long)]
    fail_fast: bool,
    /// Show output after the end, once for all workers that wrote the same
    #[arg(long)]
    group: bool,
    /// Send stdin along for the command to read, up to 32 KiB; it is kept with the execution
    #[arg(long)]
    stdin: bool,
    /// Why, for the audit log
    #[arg(long)]
    reason: Option<String>,
    /// What stands in front of a line of output; without a choice all of it
    #[arg(long, value_enum, default_value = "auto", num_args = 0..=1, default_missing_value = "full")]
    prefix: PrefixChoice,
    /// The command; one word is shell text, several are quoted
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<String>,
}

/// What to run, and with which variables.
struct Spec {
    command: String,
    env: BTreeMap<String, String>,
}

impl Exec {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let env = ENV.read(&self.env)?;
        let mut command = self.text();
        if self.stdin {
            command = stdin::feed(&command)?;
        }
        let spec = Spec { command, env };
        match self.workers.as_slice() {
            [worker] if !self.group && self.batch.is_none() => self.on_one(app, worker, spec).await,
            _ => self.on_several(app, &spec).await,
        }
    }

    /// One request, answered by one stream.
    async fn on_one(&self, app: &App, worker: &str, spec: Spec) -> Result<Exit, Failure> {
        let client = app.patient_client().map_err(before_accepted)?;
        let body = RunCommand {
            command: spec.command,
            timeout: milliseconds(app.settings.global.timeout),
            env: spec.env,
            working_dir: self.cwd.clone(),
            user: self.user.clone(),
            reason: self.reason.clone(),
            ..RunCommand::default()
        };
        let stream = references::with(&client, (Noun::Worker, worker), async |name| {
            let path = format!("/workers/{}/command", segment(name));
            Stream::start(&client, Call::post(&path).json(&body)?).await
        })
        .await
        .map_err(before_accepted)?;
        let manner = self.manner(app, show(app, Show::Raw));
        let ended = follow::follow(app, &client, stream, manner).await;
        one_exit(&ended.map_err(after_accepted)?)
    }

    async fn on_several(&self, app: &App, spec: &Spec) -> Result<Exit, Failure> {
        let (steps, targets) = self.steps(app, spec).await?;
        let client = app.patient_client_for(steps.len())?;
        let body = StartExecution {
            definition: Some(json!({"steps": steps})),
            targets,
            reason: self.reason.clone(),
            ..StartExecution::default()
        };
        let stream = targets::with(&client, &self.workers, async |names| {
            let mut body = body.clone();
            if body.targets.is_some() && !names.is_empty() {
                body.targets = selectors::targets(names, None)?;
            }
            Stream::start(&client, Call::post("/executions").json(&body)?).await
        })
        .await?;
        let show = if self.group {
            Show::Grouped
        } else {
            show(app, Show::Lines)
        };
        let manner = self.manner(app, show);
        let ended = follow::follow(app, &client, stream, manner).await?;
        if ended.model.is_without_worker() {
            return Ok(Kind::NoWorker.into());
        }
        Ok(follow::exit_of_command(&ended))
    }

    /// One step, and the targets of the run, which a retry can narrow; or one for each batch.
    async fn steps(&self, app: &App, spec: &Spec) -> Result<(Vec<Value>, Option<Value>), Failure> {
        let selector = selectors::all(&self.selector)?;
        let targets = if self.all {
            Some(json!(["all"]))
        } else {
            selectors::targets(&self.workers, selector.as_deref())?
        };
        let step = self.step(app, spec);
        let size = match (self.batch, self.fail_fast) {
            (Some(size), _) => size as usize,
            (None, true) => 1,
            (None, false) => return Ok((vec![step], targets)),
        };
        let names = batches::names(&app.client()?, &self.workers, selector.as_deref()).await?;
        let on_failure = if self.fail_fast {
            OnFailure::Stop
        } else {
            OnFailure::GoOn
        };
        Ok((batches::steps(&step, &names, (size, on_failure))?, None))
    }

    fn step(&self, app: &App, spec: &Spec) -> Value {
        let mut step = json!({
            "name": "command", "type": "execute", "command": spec.command, "literal": true,
        });
        let mut set = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                step[key] = value;
            }
        };
        set(
            "timeout",
            milliseconds(app.settings.global.timeout).map(Value::from),
        );
        set("env", (!spec.env.is_empty()).then(|| json!(spec.env)));
        set("working_dir", self.cwd.clone().map(Value::from));
        set("user", self.user.clone().map(Value::from));
        step
    }

    fn manner(&self, app: &App, show: Show) -> Manner {
        Manner {
            when_late: WhenLate::IsCancelled,
            prefix: Prefix::new(&app.ui, self.prefix).of_one_step(),
            summary: matches!(show, Show::Lines | Show::Grouped),
            ..Manner::looking_on(app, show)
        }
    }

    /// The command as shell text.
    fn text(&self) -> String {
        match self.command.as_slice() {
            [text] => text.clone(),
            words => words
                .iter()
                .map(|word| quote(word))
                .collect::<Vec<_>>()
                .join(" "),
        }
    }
}

/// Until the command is accepted the codes are those of the table, where the table has one for it.
fn before_accepted(failure: Failure) -> Failure {
    if matches!(
        failure.kind,
        Kind::Denied | Kind::NotFound | Kind::NoWorker | Kind::Unreachable
    ) {
        return failure;
    }
    after_accepted(failure)
}

/// From then on the command's own code is what is waited for, and none of the table may look like it.
fn after_accepted(failure: Failure) -> Failure {
    if matches!(
        failure.kind,
        Kind::Interrupted | Kind::PipeClosed | Kind::WaitedTooLong
    ) {
        return failure;
    }
    failure.of_kind(Kind::Exec)
}

/// The command's own exit code, unless it was pulse that ended the command.
fn one_exit(ended: &Ended) -> Result<Exit, Failure> {
    let job = ended.model.only_job();
    if ended.model.is_without_worker() {
        return Err(ended_early(ended).of_kind(Kind::NoWorker));
    }
    let timed_out = ended.end.status == ExecutionStatus::TimedOut
        || job.is_some_and(|job| job.status == JobStatus::TimedOut);
    if timed_out {
        return Err(ended_early(ended).of_kind(Kind::WaitedTooLong));
    }
    let was_taken_away = ended.end.status == ExecutionStatus::Cancelled
        || job.is_some_and(|job| matches!(job.status, JobStatus::Cancelled | JobStatus::Lost));
    if was_taken_away {
        return Err(ended_early(ended));
    }
    let code = ended
        .end
        .exit_code
        .or_else(|| job.and_then(|job| job.exit_code));
    let signal = ended.end.signal.or_else(|| job.and_then(|job| job.signal));
    let byte = |code: i32| u8::try_from(code & 0xff).unwrap_or(u8::MAX);
    match (code, signal) {
        (Some(code), _) => Ok(Exit(byte(code))),
        (None, Some(signal)) => Ok(Exit(byte(128 + signal))),
        (None, None) if ended.end.status == ExecutionStatus::Completed => Ok(Exit::OK),
        (None, None) => Err(ended_early(ended)),
    }
}

fn ended_early(ended: &Ended) -> Failure {
    let job = ended.model.only_job();
    if let Some(why) = job
        .filter(|_| ended.model.is_without_worker())
        .and_then(|job| job.detail.as_ref())
    {
        let number = ended.end.number;
        return Failure::new(Kind::Exec, format!("nothing was run: {why}"))
            .hint(format!("`pulsectl execution show {number}` tells more"));
    }
    let why = job.map(follow::how_it_ended);
    let why = why.unwrap_or_else(|| ended.end.status.to_string());
    Failure::new(
        Kind::Exec,
        format!("the command did not end by itself: {why}"),
    )
    .hint(format!(
        "`pulsectl execution show {}` tells more",
        ended.end.number
    ))
}

/// What is shown of the output, where people are shown it in one way.
fn show(app: &App, to_people: Show) -> Show {
    match app.ui.output.form() {
        Form::Lines => Show::Json,
        Form::Document => Show::Document,
        Form::Text | Form::Name | Form::Csv => to_people,
    }
}

const ENV: Pairs = Pairs {
    flag: "--env",
    example: "KEY=VALUE",
};

fn milliseconds(timeout: Option<Duration>) -> Option<u64> {
    timeout.map(|timeout| u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX))
}
