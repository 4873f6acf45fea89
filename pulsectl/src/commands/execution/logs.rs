//! `execution logs`: the output of an execution.

use std::{
    collections::{BTreeSet, VecDeque},
    path::PathBuf,
};

use clap::Args;
use pulse_api::http::executions::{Entry, EntryKind, ExecutionView, OutputEntry};

use super::{
    pieces::{Pieces, Wanted, failed_jobs},
    save::save,
    watch::attach,
};
use crate::{
    app::App,
    client::{Call, Client},
    clock,
    commands::references,
    error::{Exit, Failure, Kind},
    flags::{Form, Output},
    follow::{self, Gaps, Manner, Model, Only},
    hosts,
    ui::live::{self, Lines, Prefix, PrefixChoice, Screen, Show},
};

/// Print the output of an execution
///
/// -o json prints the pieces of output as one array; with -f, and with -o jsonl, a line of JSON for
/// each. All of it passes through page by page, but for --jq without -o jsonl, which sees the array.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution logs 42 --failed
  pulsectl execution logs @last --step check --worker web-1 -o raw
  pulsectl execution logs 42 -f --step check
  pulsectl execution logs 42 --save 42/")]
pub(crate) struct Logs {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("execution"))]
    execution: String,
    /// Go on until the execution ends
    #[arg(short, long)]
    follow: bool,
    /// Only of this step, by id or name
    #[arg(long)]
    step: Option<String>,
    /// Only of this worker
    #[arg(value_parser = crate::names::given("worker"), long)]
    worker: Option<String>,
    /// Only of jobs that did not succeed
    #[arg(long, conflicts_with = "follow")]
    failed: bool,
    /// Only the last lines
    #[arg(long, value_name = "LINES", conflicts_with = "follow")]
    tail: Option<usize>,
    /// Only what was written since then: a duration such as 10m, a day, or a time
    #[arg(long, value_name = "WHEN", conflicts_with = "follow")]
    since: Option<String>,
    /// Write a file for each stream of each job into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["follow", "tail"])]
    save: Option<PathBuf>,
    /// What stands in front of a line; without a choice all of it
    #[arg(long, value_enum, default_value = "auto", num_args = 0..=1, default_missing_value = "full")]
    prefix: PrefixChoice,
}

impl Logs {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let reference = references::execution(&client, &self.execution).await?;
        if self.follow {
            return self.follow(app, &client, &reference).await;
        }
        let execution: ExecutionView = client.get(&format!("/executions/{reference}")).await?;
        self.knows_worker(&execution)?;
        let mut pieces = Pieces::of(&client, &execution, self.wanted(&execution)?);
        self.point_inside(app, &execution);
        if let Some(removed) = follow::removed(&execution) {
            app.ui.warn(removed);
        }
        match &self.save {
            Some(folder) => save(app, folder, &mut pieces).await?,
            // Without -f it is a list like any other.
            None if app.ui.output.form() == Form::Document => {
                list(app, &mut pieces, self.tail).await?;
            }
            None => self.print(app, &execution, &mut pieces).await?,
        }
        Ok(Exit::OK)
    }

    /// Says where the output is of the executions that its steps have run.
    fn point_inside(&self, app: &App, execution: &ExecutionView) {
        for step in &execution.steps {
            let number = step.call.as_ref().and_then(|call| call.execution);
            let is_meant = |given: &String| *given == step.id || *given == step.name;
            if let Some(number) = number.filter(|_| self.step.as_ref().is_none_or(is_meant)) {
                app.ui.say(format!(
                    "step {} ran #{number}: `pulsectl execution logs {number}`",
                    step.name
                ));
            }
        }
    }

    async fn follow(&self, app: &App, client: &Client, reference: &str) -> Result<Exit, Failure> {
        let mut only = Only {
            step: None,
            worker: self.worker.clone(),
        };
        if self.step.is_some() || self.worker.is_some() {
            let execution: ExecutionView = client.get(&format!("/executions/{reference}")).await?;
            let step = self.step.as_deref();
            only.step = step.map(|given| step_id(&execution, given)).transpose()?;
            // Whoever is still to come cannot be told from whoever never will.
            if execution.status.is_terminal() {
                self.knows_worker(&execution)?;
            }
        }
        let stream = attach(client, reference).await?;
        let manner = Manner {
            prefix: Prefix::new(&app.ui, self.prefix),
            ..Manner::looking_on(app, Self::show(app))
        };
        follow::follow_only(app, client, stream, (manner, only)).await?;
        Ok(Exit::OK)
    }

    /// Refuses a worker that had no part in the execution.
    fn knows_worker(&self, execution: &ExecutionView) -> Result<(), Failure> {
        let Some(given) = &self.worker else {
            return Ok(());
        };
        let jobs = execution.steps.iter().flat_map(|step| &step.jobs);
        let known: BTreeSet<&str> = jobs.map(|job| job.worker.as_str()).collect();
        if known.contains(given.as_str()) {
            return Ok(());
        }
        let number = execution.number;
        let failure = Failure::not_found(format!("#{number} did nothing on a worker `{given}`"));
        Err(match crate::names::nearest(given, known.iter().copied()) {
            Some(near) => failure.hint(format!("did you mean `{near}`?")),
            None if known.is_empty() => failure.hint("it has run on no worker yet"),
            None => failure.hint(format!("its workers are {}", hosts::fold(known))),
        })
    }

    fn show(app: &App) -> Show {
        match app.ui.output.form() {
            Form::Lines | Form::Document => Show::Json,
            Form::Text if app.ui.output == Output::Raw => Show::Raw,
            Form::Text | Form::Name | Form::Csv => Show::Logs,
        }
    }

    /// Which pieces of output are asked for.
    fn wanted(&self, execution: &ExecutionView) -> Result<Wanted, Failure> {
        let step = self.step.as_deref();
        let since = self.since.as_deref().map(clock::instant).transpose()?;
        Ok(Wanted {
            step: step.map(|given| step_id(execution, given)).transpose()?,
            worker: self.worker.clone(),
            since: since.and_then(|since| since.parse().ok()),
            jobs: self.failed.then(|| failed_jobs(execution)),
        })
    }

    async fn print(
        &self,
        app: &App,
        execution: &ExecutionView,
        pieces: &mut Pieces,
    ) -> Result<(), Failure> {
        let mut model = Model::default();
        model.begin(execution);
        let prefix = Prefix::new(&app.ui, self.prefix);
        if let (Some(tail), Show::Logs) = (self.tail, Self::show(app)) {
            return print_tail(app, (&model, &prefix), pieces, tail).await;
        }
        let mut screen: Box<dyn Screen> = live::open(&app.ui, Self::show(app), prefix);
        let mut gaps = Gaps::default();
        while let Some(entries) = pieces.next().await? {
            for entry in &entries {
                if let EntryKind::Output(output) = &entry.what {
                    gaps.take(output, live::bytes_of(output).len());
                }
                screen.entry(entry, &model)?;
            }
        }
        screen.close(&model)?;
        gaps.told().for_each(|gap| app.ui.warn(gap));
        Ok(())
    }
}

/// Prints the pieces as an array; with a number, the last so many.
async fn list(app: &App, pieces: &mut Pieces, tail: Option<usize>) -> Result<(), Failure> {
    let mut array = app.ui.array();
    let mut last = VecDeque::new();
    while let Some(entries) = pieces.next().await? {
        match tail {
            None => array.take(&entries)?,
            Some(tail) => {
                last.extend(entries);
                let surplus = last.len().saturating_sub(tail);
                last.drain(..surplus);
            }
        }
    }
    array.take(last.make_contiguous())?;
    array.end()
}

async fn print_tail(
    app: &App,
    (model, prefix): (&Model, &Prefix),
    pieces: &mut Pieces,
    tail: usize,
) -> Result<(), Failure> {
    let mut lines = Lines::default();
    let mut last = VecDeque::new();
    while let Some(entries) = pieces.next().await? {
        for entry in &entries {
            if let EntryKind::Output(output) = &entry.what {
                last.extend(lines.feed(entry.at, output));
            }
        }
        let surplus = last.len().saturating_sub(tail);
        last.drain(..surplus);
    }
    last.extend(lines.flush(None));
    let surplus = last.len().saturating_sub(tail);
    for line in last.iter().skip(surplus) {
        let mut bytes = prefix.write(line, model.step_name(&line.step));
        bytes.push(b'\n');
        app.ui.bytes(pulse_api::status::Stream::Stdout, &bytes)?;
    }
    Ok(())
}

/// The last lines of an execution's output, for whoever has to decide something.
pub(crate) async fn last_lines(
    client: &Client,
    execution: &str,
    count: usize,
) -> Result<Vec<String>, Failure> {
    let call = Call::get(&format!("/executions/{execution}/logs")).query("tail", count.to_string());
    let entries: Vec<Entry> = client.list(call, None).await?;
    let mut lines = Lines::default();
    let mut whole = Vec::new();
    let outputs = entries.iter().filter_map(|entry| match &entry.what {
        EntryKind::Output(output) => Some((entry.at, output)),
        EntryKind::Status(_) | EntryKind::Step(_) | EntryKind::Job(_) | EntryKind::Prompt(_) => {
            None
        }
    });
    let outputs: Vec<(jiff::Timestamp, &OutputEntry)> = outputs.collect();
    for (at, output) in outputs {
        whole.extend(lines.feed(at, output));
    }
    whole.extend(lines.flush(None));
    let last = whole.iter().skip(whole.len().saturating_sub(count));
    Ok(last
        .map(|line| format!("{}│ {}", line.worker, String::from_utf8_lossy(&line.bytes)))
        .collect())
}

/// A step's id, from its id or its name.
fn step_id(execution: &ExecutionView, given: &str) -> Result<String, Failure> {
    let found = execution
        .steps
        .iter()
        .find(|step| step.id == given || step.name.to_lowercase() == given.to_lowercase());
    if let Some(step) = found {
        return Ok(step.id.clone());
    }
    let failure = Failure::new(
        Kind::NotFound,
        format!("#{} has no step `{given}`", execution.number),
    );
    Err(suggest_step(failure, execution, given))
}

/// Adds the step that was probably meant, by its id or its name.
pub(super) fn suggest_step(failure: Failure, execution: &ExecutionView, given: &str) -> Failure {
    let steps = execution.steps.iter();
    let known = steps.flat_map(|step| [step.id.as_str(), step.name.as_str()]);
    if let Some(near) = crate::names::nearest(given, known) {
        return failure.hint(format!("did you mean `{near}`?"));
    }
    let ids: Vec<&str> = execution
        .steps
        .iter()
        .map(|step| step.id.as_str())
        .collect();
    failure.hint(format!("its steps are {}", ids.join(", ")))
}
