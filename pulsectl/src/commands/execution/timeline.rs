//! What happened in an execution, as `execution show` tells it.

use pulse_api::http::executions::{Entry, EntryKind, ExecutionView};

use crate::{
    app::App,
    follow::Model,
    ui::{Cell, live, reasons, render_table, time_cell},
};

/// A line for each entry that is worth one, oldest first.
pub(super) fn table(app: &App, execution: &ExecutionView) -> String {
    let mut model = Model::default();
    model.begin(execution);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    if execution.timeline_cut {
        let rest = format!(
            "what was before: `pulsectl api GET /executions/{}/events`",
            execution.number
        );
        rows.push(vec![Cell::new("…"), Cell::new(rest)]);
    }
    for entry in &execution.timeline {
        model.take(entry);
        if let Some(line) = live::tell(entry, &model).or_else(|| status(entry)) {
            rows.push(vec![
                time_cell(Some(entry.at), &app.ui.times),
                Cell::new(line),
            ]);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    render_table(&["time", "what happened"], rows, app.ui.paint)
}

/// The execution itself moved.
fn status(entry: &Entry) -> Option<String> {
    match &entry.what {
        EntryKind::Status(status) => {
            let by = status.by.as_ref();
            let by = by.map(|by| format!(" by {by}")).unwrap_or_default();
            let word = status.reason.as_deref();
            let word = word.map_or(status.status.as_str().into(), reasons::sentence);
            Some(format!("execution: {word}{by}"))
        }
        EntryKind::Step(_) | EntryKind::Job(_) | EntryKind::Prompt(_) | EntryKind::Output(_) => {
            None
        }
    }
}
