//! Windows in which a workflow may not start: looking at the start, and beginning what waited.

use jiff::Timestamp;
use pulse_api::{
    ExecutionId,
    http::executions::{EntryKind, StatusEntry},
};
use pulse_workflow::{Denied, WhenDenied};
use serde_json::json;

use super::{
    Verb,
    engine::{self, EngineError, Run},
    executions::start::StartError,
    places,
};
use crate::{
    app::App,
    model::{changes::Changes, execution::Pause, wake::Wake},
    store::{self, StoreError, Tx},
};

/// Whether the windows of its document hold an execution that is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Windows {
    Obeyed,
    /// Not this one, nor what runs inside of it.
    Overridden,
}

/// What a look at the windows of an execution that is started has given. Nothing is written before
/// it is known that it starts.
#[derive(Debug)]
pub(super) struct Seen {
    windows: Windows,
    denied: Option<Denied>,
}

/// Looks whether an execution may start now; one that has to wait is held.
pub(super) async fn look(tx: &mut Tx, run: &mut Run, windows: Windows) -> Result<Seen, StartError> {
    let mut seen = Seen {
        windows,
        denied: None,
    };
    // What brings something back is not kept waiting: it repairs.
    let Some(rule) = run.workflow.windows.as_ref() else {
        return Ok(seen);
    };
    if run.execution.undo_of.is_some() {
        return Ok(seen);
    }
    seen.denied = rule.denied(store::schedules::now(tx).await?);
    let Some(denied) = &seen.denied else {
        return Ok(seen);
    };
    if let (Windows::Obeyed, Some(parent)) = (windows, run.execution.parent) {
        let above = store::calls::ancestors(tx, parent).await?;
        let numbers = above.into_iter().map(|(number, _)| number).collect();
        if store::windows::is_let_through(tx, numbers).await? {
            seen.windows = Windows::Overridden;
        }
    }
    if seen.windows == Windows::Overridden {
        return Ok(seen);
    }
    // The half of a step that is taken over is known to this transaction only.
    if rule.when_denied == WhenDenied::Reject || run.has_taken() {
        return Err(StartError::Denied {
            workflow: run.execution.workflow.clone(),
            denied: Box::new(denied.clone()),
        });
    }
    run.execution.hold();
    Ok(seen)
}

impl Seen {
    /// Writes down what was seen of an execution that starts.
    pub(super) fn note(self, tx: &mut Tx, run: &mut Run, changes: &mut Changes) {
        let id = run.execution.id;
        let is_overridden = self.windows == Windows::Overridden;
        if is_overridden && (self.denied.is_some() || run.workflow.has_calls()) {
            store::windows::let_through(tx, id);
        }
        let Some(denied) = self.denied else {
            return;
        };
        if is_overridden {
            overridden(tx, run, &denied);
        } else {
            hold(tx, id, &denied);
        }
        let (reason, by) = if is_overridden {
            ("window_overridden", Some(run.execution.started_by.clone()))
        } else {
            ("window_denied", None)
        };
        let noted = StatusEntry {
            status: run.execution.status(),
            outcome: None,
            by,
            reason: Some(reason.to_owned()),
            detail: Some(denied.to_string()),
        };
        changes.note(&mut run.execution, EntryKind::Status(noted));
    }
}

/// Whoever starts something at such a time says why.
fn overridden(tx: &mut Tx, run: &Run, denied: &Denied) {
    let execution = &run.execution;
    let subject = execution.id.to_string();
    let reason = execution.origin().and_then(|origin| origin.reason.as_ref());
    let detail = json!({
        "workflow": execution.workflow, "reason": reason, "window": denied.window.to_string(),
        "until": denied.until, "parent": execution.parent,
    });
    let actor = (
        execution.started_by.as_str(),
        "execution.override_window",
        subject.as_str(),
    );
    store::audit::insert(tx, actor, detail);
}

fn hold(tx: &mut Tx, execution: ExecutionId, denied: &Denied) {
    let until: Timestamp = denied.until;
    store::windows::hold(tx, execution, (until, denied.window.to_string()));
}

/// Begins an execution that waits for the end of a window, or has it wait for its place. Without input:
/// what is true is read again under its lock, by the document that it was started with.
#[derive(Debug)]
pub(crate) struct BeginDenied(pub(crate) ExecutionId);

impl Verb for BeginDenied {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        if store::places::is_paused(tx, self.0).await? {
            return Ok(());
        }
        let Some((mut run, _)) = engine::lock(app, tx, self.0).await? else {
            return Ok(());
        };
        if !run.execution.is_held() || run.execution.pause == Pause::Paused {
            return Ok(());
        }
        let Some(now) = store::windows::held(tx, self.0).await? else {
            return Ok(());
        };
        let rule = run.workflow.windows.as_ref();
        if let Some(denied) = rule.and_then(|rule| rule.denied(now)) {
            hold(tx, self.0, &denied);
            return Ok(());
        }
        store::windows::release(tx, self.0);
        let wanted = store::places::wanted(tx, self.0).await?;
        let Some((group, _)) = wanted.first() else {
            return places::admit(app, tx, run).await;
        };
        let mut changes = Changes::default();
        let noted = StatusEntry {
            status: run.execution.status(),
            outcome: None,
            by: None,
            reason: Some("place_wanted".to_owned()),
            detail: Some(format!(
                "its window is over, and it has its turn in the group {group}"
            )),
        };
        changes.note(&mut run.execution, EntryKind::Status(noted));
        tx.wake(Wake::Places);
        engine::finish(app, tx, (vec![run], changes));
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// The executions whose window may be over.
pub(crate) async fn over(app: &App) -> Result<Vec<ExecutionId>, StoreError> {
    store::windows::over(&mut app.store().read().await?).await
}
