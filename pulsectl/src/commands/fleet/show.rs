//! `fleet rollout show`: which worker is in which batch, and how far it has come.

use std::{borrow::Cow, fmt::Write as _};

use pulse_api::http::{executions::ExecutionView, jobs::JobView};

use super::standing::{self, HostStanding, Standing};
use crate::{
    app::App,
    ui::{Cell, Toned as _, document, reasons, render_table, sanitize},
};

pub(super) fn describe(app: &App, execution: &ExecutionView) -> String {
    let times = &app.ui.times;
    let at = |at: Option<jiff::Timestamp>| at.map(|at| times.show(at)).unwrap_or_default();
    let numbered =
        |number: Option<i64>| number.map_or_else(String::new, |number| format!("#{number}"));
    let outcome = execution.outcome.as_ref();
    let outcome = outcome.map_or_else(String::new, |outcome| format!(", {outcome}"));
    let mut text = document(&[
        (
            "Rollout",
            format!("#{} ({})", execution.number, execution.id),
        ),
        (
            "Workflow",
            execution.workflow.name.clone().unwrap_or_default(),
        ),
        ("Status", format!("{}{outcome}", execution.status)),
        ("Paused by", execution.paused_by.clone().unwrap_or_default()),
        ("Undoes", numbered(execution.undo_of)),
        // Whether it has brought anything back, the outcome says.
        ("Undo", numbered(execution.undone_by)),
        ("Started by", execution.started_by.clone()),
        ("Started", at(Some(execution.created_at))),
        ("Ended", at(execution.completed_at)),
        ("Reason", execution.reason.clone().unwrap_or_default()),
    ]);
    for standing in standing::all(execution) {
        let owner = standing.owner;
        let why = standing.rollout.detail.as_ref().or(owner.detail.as_ref());
        let why = why.map_or_else(String::new, |why| format!(": {why}"));
        // Writing into a string cannot fail.
        let title = sanitize::cell(&format!("{}, {}{why}", owner.name, owner.status));
        let _ = writeln!(text, "\n{title}");
        let _ = writeln!(text, "{}", sanitize::cell(&standing.counts()));
        let _ = writeln!(text, "batch {}\n", standing.batch());
        text.push_str(&table(app, &standing));
        text.push('\n');
    }
    text
}

/// A row for each worker.
fn table(app: &App, standing: &Standing<'_>) -> String {
    let row = |host: &HostStanding<'_>| {
        let is_canary = host.batch == 1 && standing.rollout.canary;
        let batch = if is_canary {
            "1 canary".to_owned()
        } else {
            host.batch.to_string()
        };
        let mut row = vec![Cell::new(host.name), Cell::new(batch)];
        match host.last {
            Some((step, job)) => row.extend([
                Cell::new(&step.name),
                job.status.to_cell(),
                Cell::maybe(why(job)),
            ]),
            None => row.extend([
                Cell::maybe(None::<&str>),
                Cell::new("not begun"),
                Cell::maybe(None::<&str>),
            ]),
        }
        row
    };
    render_table(
        &["worker", "batch", "step", "status", "detail"],
        standing.hosts.iter().map(row).collect(),
        app.ui.paint,
    )
}

/// Why a job stands as it does, where more than its status is known.
fn why(job: &JobView) -> Option<String> {
    let code = job.exit_code.filter(|code| *code != 0);
    let code = code.map(|code| format!("exit code {code}"));
    let signal = job.signal.map(|signal| format!("signal {signal}"));
    let reason = job.reason.as_deref().map(reasons::sentence);
    let told = job.detail.clone().or(code).or(signal);
    told.or_else(|| reason.map(Cow::into_owned))
}
