//! `execution show`.

use std::borrow::Cow;

use clap::Args;
use pulse_api::{
    http::{
        executions::{CallView, ExecutionView, PlaceWanted, StepView, WindowDenied},
        jobs::JobView,
        prompts::PromptView,
    },
    status::ExecutionStatus,
};

use pulse_workflow::adhoc;

use super::{
    ls::{took, workflow},
    timeline,
};
use crate::{
    app::App,
    commands::references,
    error::{Exit, Failure},
    follow::approvals,
    ui::{Cell, Toned as _, document, reasons, render_table, time_cell},
};

/// How much of a command is shown; `-o json` has all of it.
const SHOWN: usize = 200;

/// Show an execution: its steps, workers and prompts
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("execution"))]
    execution: String,
}

impl Show {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let reference = references::execution(&client, &self.execution).await?;
        let execution: ExecutionView = client.get(&format!("/executions/{reference}")).await?;
        app.ui.object(&execution, || describe(app, &execution))?;
        Ok(Exit::OK)
    }
}

/// What it was started with; of what is secret the name.
fn inputs(execution: &ExecutionView) -> String {
    let open = execution.inputs.iter();
    let open = open.map(|(key, value)| format!("{key}={}", plain(value)));
    let secret = execution.secret_inputs.iter();
    let secret = secret.map(|key| format!("{key}=***"));
    open.chain(secret).collect::<Vec<_>>().join(", ")
}

fn describe(app: &App, execution: &ExecutionView) -> String {
    let times = &app.ui.times;
    let at = |at: Option<jiff::Timestamp>| at.map(|at| times.show(at)).unwrap_or_default();
    let outcome = execution
        .outcome
        .as_ref()
        .map(|outcome| format!(", {outcome}"))
        .unwrap_or_default();
    let mut text = document(&[
        (
            "Execution",
            format!("#{} ({})", execution.number, execution.id),
        ),
        (
            "Workflow",
            workflow(execution).unwrap_or_else(|| "unnamed run".to_owned()),
        ),
        ("Status", format!("{}{outcome}", execution.status)),
        ("Waits for", waits_for(app, execution)),
        ("Started by", execution.started_by.clone()),
        ("Reason", execution.reason.clone().unwrap_or_default()),
        ("Inputs", inputs(execution)),
        (
            "Retry of",
            execution
                .retry_of
                .map(|number| format!("#{number}"))
                .unwrap_or_default(),
        ),
        ("Runs for", runs_for(execution)),
        ended_early(execution),
        ("Created", at(Some(execution.created_at))),
        // Most start at once; then one time says it all.
        (
            "Started",
            at(execution
                .started_at
                .filter(|started| *started != execution.created_at)),
        ),
        ("Ended", at(execution.completed_at)),
        ("Took", took(execution).unwrap_or_default()),
        ("Output removed", at(execution.outputs_removed_at)),
    ]);
    for part in [
        steps(app, &execution.steps),
        commands(app, &execution.steps),
        jobs(app, &execution.steps),
        prompts(app, &execution.prompts),
        timeline::table(app, execution),
    ] {
        if !part.is_empty() {
            text.push('\n');
            text.push_str(&part);
            text.push('\n');
        }
    }
    text
}

/// `the end of its window `0 22 * * *` for 8h, UTC: 06:00`.
pub(crate) fn end_of_window(app: &App, denied: &WindowDenied) -> String {
    let least = if denied.is_at_least { "at least " } else { "" };
    let until = app.ui.times.show(denied.until);
    format!("the end of its window {}: {least}{until}", denied.window)
}

/// `the end of its window …, in 3h` or `a place in deploy (limit 1), which #41 has; #42 is before it`.
fn waits_for(app: &App, execution: &ExecutionView) -> String {
    let list = |all: &[i64]| {
        let all: Vec<String> = all.iter().map(|number| format!("#{number}")).collect();
        all.join(", ")
    };
    let place = |wanted: &PlaceWanted| {
        let held = match wanted.held_by.len() {
            0 => String::new(),
            1 => format!(", which {} has", list(&wanted.held_by)),
            _ => format!(", which {} have", list(&wanted.held_by)),
        };
        let behind = match wanted.behind.len() {
            0 => String::new(),
            1 => format!("; {} is before it", list(&wanted.behind)),
            _ => format!("; {} are before it", list(&wanted.behind)),
        };
        format!(
            "a place in {} (limit {}){held}{behind}",
            wanted.group, wanted.limit
        )
    };
    let window = execution.window.iter();
    let first = window.map(|denied| end_of_window(app, denied));
    let each = first.chain(execution.waits_for.iter().map(place));
    each.collect::<Vec<String>>().join(", and ")
}

/// `#41, step deploy`.
fn runs_for(execution: &ExecutionView) -> String {
    let parent = execution.parent.zip(execution.parent_step.as_ref());
    let parent = parent.map(|(number, step)| format!("#{number}, step {step}"));
    parent.unwrap_or_default()
}

/// Why it was to end before its steps had, and who wanted it: `maria: wrong version`.
fn ended_early(execution: &ExecutionView) -> (&'static str, String) {
    if execution.status == ExecutionStatus::TimedOut {
        let why = "its `timeout` was over before its steps were";
        return ("Timed out", why.to_owned());
    }
    let by = execution.cancel_requested_by.as_deref();
    let why = execution.cancel_reason.as_deref();
    let parts: Vec<&str> = by.into_iter().chain(why).collect();
    ("Cancelled by", parts.join(": "))
}

fn plain(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The details, or else the reason as a sentence.
fn why<'a>(detail: Option<&'a String>, reason: Option<&'a String>) -> Option<Cow<'a, str>> {
    let detail = detail.map(|text| Cow::Borrowed(text.as_str()));
    detail.or_else(|| reason.map(|word| reasons::sentence(word)))
}

fn steps(app: &App, steps: &[StepView]) -> String {
    if steps.is_empty() {
        return String::new();
    }
    let rows = steps.iter().map(|step| {
        vec![
            Cell::new(&step.name),
            Cell::new(step.kind.as_str()),
            step.status.to_cell(),
            time_cell(step.started_at, &app.ui.times),
            Cell::maybe(why(
                step.response.as_ref().or(step.detail.as_ref()),
                step.reason.as_ref(),
            )),
        ]
    });
    render_table(
        &["step", "type", "status", "started", "detail"],
        rows.collect(),
        app.ui.paint,
    )
}

/// What the steps run, a line of each.
fn commands(app: &App, steps: &[StepView]) -> String {
    let rows = steps.iter().filter_map(|step| {
        let command = match (&step.command, &step.call) {
            (Some(command), _) => adhoc::shortened(command, SHOWN),
            (None, Some(call)) => runs(call),
            (None, None) => return None,
        };
        Some(vec![Cell::new(&step.name), Cell::new(command)])
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    if rows.is_empty() {
        return String::new();
    }
    render_table(&["step", "command"], rows, app.ui.paint)
}

/// `#43 of release@3`.
fn runs(call: &CallView) -> String {
    let version = call.version.map(|version| format!("@{version}"));
    let name = format!("{}{}", call.workflow, version.unwrap_or_default());
    match call.execution {
        Some(number) => format!("#{number} of {name}"),
        None => format!("an execution of {name}"),
    }
}

fn jobs(app: &App, steps: &[StepView]) -> String {
    let all: Vec<(&StepView, &JobView)> = steps
        .iter()
        .flat_map(|step| step.jobs.iter().map(move |job| (step, job)))
        .collect();
    if all.is_empty() {
        return String::new();
    }
    let rows = all.into_iter().map(|(step, job)| {
        let code = job.exit_code.map(|code| code.to_string());
        let signal = job.signal.map(|signal| format!("signal {signal}"));
        vec![
            Cell::new(&job.worker),
            Cell::new(&step.name),
            job.status.to_cell(),
            Cell::maybe(code.or(signal)),
            Cell::new(job.attempt.to_string()),
            time_cell(job.started_at, &app.ui.times),
            Cell::maybe(why(job.detail.as_ref(), job.reason.as_ref())),
        ]
    });
    let titles = [
        "worker", "step", "status", "exit", "attempt", "started", "detail",
    ];
    render_table(&titles, rows.collect(), app.ui.paint)
}

/// How far a prompt has come that needs several people.
fn standing(prompt: &PromptView) -> Option<String> {
    approvals::standing(&prompt.approvals, &prompt.answers)
}

/// Everybody whose answer counted, or was given so far.
fn who(prompt: &PromptView) -> Option<String> {
    if prompt.answers.is_empty() {
        return prompt.answered_by.clone();
    }
    Some(approvals::names(
        &prompt.answers,
        prompt.response.as_deref(),
    ))
}

fn prompts(app: &App, prompts: &[PromptView]) -> String {
    if prompts.is_empty() {
        return String::new();
    }
    let rows = prompts.iter().map(|prompt| {
        vec![
            Cell::new(prompt.number.to_string()),
            Cell::new(&prompt.step_name),
            prompt.status.to_cell(),
            Cell::maybe(
                prompt
                    .response
                    .clone()
                    .or_else(|| standing(prompt))
                    .as_ref(),
            ),
            Cell::maybe(who(prompt).as_ref()),
            time_cell(prompt.answered_at, &app.ui.times),
            Cell::maybe(prompt.comment.as_ref()),
        ]
    });
    let titles = [
        "prompt", "step", "status", "answer", "by", "answered", "comment",
    ];
    render_table(&titles, rows.collect(), app.ui.paint)
}
