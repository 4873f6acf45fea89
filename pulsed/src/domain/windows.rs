//! Windows in which a workflow may not start: looking at the start, and beginning what waited.

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
    model::{
        changes::Changes,
        execution::{Execution, Pause},
        wake::Wake,
    },
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
    given: Windows,
    denied: Option<Denied>,
    is_through: bool,
}

/// Looks whether an execution may start now; one that has to wait is held.
pub(super) async fn look(tx: &mut Tx, run: &mut Run, windows: Windows) -> Result<Seen, StartError> {
    let denied = denied(tx, run).await?;
    let mut seen = Seen {
        given: windows,
        is_through: windows == Windows::Overridden,
        denied,
    };
    let Some(denied) = &seen.denied else {
        return Ok(seen);
    };
    if !seen.is_through && run.execution.parent.is_some() {
        seen.is_through = is_let_through(tx, &run.execution).await?;
    }
    if seen.is_through {
        return Ok(seen);
    }
    // The half of a step that is taken over is known to this transaction only.
    let rule = run.workflow.windows.as_ref();
    let is_rejected = rule.is_some_and(|rule| rule.when_denied == WhenDenied::Reject);
    if is_rejected || run.has_taken() {
        return Err(StartError::Denied {
            workflow: run.execution.workflow.clone(),
            denied: Box::new(denied.clone()),
        });
    }
    run.execution.hold();
    Ok(seen)
}

impl Seen {
    /// Writes down what was seen of an execution that starts, once it is known whether it waits.
    pub(super) fn note(self, tx: &mut Tx, run: &mut Run, changes: &mut Changes) {
        let waits = run.execution.is_held();
        // It is asked for again when it has its turn, and for what runs inside.
        if self.given == Windows::Overridden && (waits || run.workflow.has_calls()) {
            store::windows::let_through(tx, run.execution.id);
        }
        let Some(denied) = self.denied else {
            return;
        };
        if !self.is_through {
            hold(tx, (run, &denied), changes);
        } else if !waits {
            let origin = run.execution.origin();
            let reason = origin.and_then(|origin| origin.reason.clone());
            overridden(tx, (run, &denied, reason), changes);
        }
    }
}

/// Asks once more for the windows of an execution that has waited and is about to begin, and writes
/// down what it finds: whether one holds it.
pub(super) async fn holds(
    tx: &mut Tx,
    run: &mut Run,
    changes: &mut Changes,
) -> Result<bool, StoreError> {
    let Some(denied) = denied(tx, run).await? else {
        return Ok(false);
    };
    if is_let_through(tx, &run.execution).await? {
        let reason = store::windows::reason(tx, run.execution.id).await?;
        overridden(tx, (run, &denied, reason), changes);
        return Ok(false);
    }
    hold(tx, (run, &denied), changes);
    Ok(true)
}

/// What denies the start of an execution now. What brings something back is not kept waiting: it repairs.
async fn denied(tx: &mut Tx, run: &Run) -> Result<Option<Denied>, StoreError> {
    let rule = run.workflow.windows.as_ref();
    let Some(rule) = rule.filter(|_| run.execution.undo_of.is_none()) else {
        return Ok(None);
    };
    Ok(rule.denied(store::schedules::now(tx).await?))
}

/// Whether somebody has overridden the windows of an execution, or of what it is inside of.
async fn is_let_through(tx: &mut Tx, execution: &Execution) -> Result<bool, StoreError> {
    let mut numbers = vec![execution.number];
    if let Some(parent) = execution.parent {
        let above = store::calls::ancestors(tx, parent).await?;
        numbers.extend(above.into_iter().map(|(number, _)| number));
    }
    store::windows::is_let_through(tx, numbers).await
}

/// Whoever starts something at such a time says why; it counts where it begins.
fn overridden(
    tx: &mut Tx,
    (run, denied, reason): (&mut Run, &Denied, Option<String>),
    changes: &mut Changes,
) {
    let execution = &run.execution;
    let by = execution.started_by.clone();
    let subject = execution.id.to_string();
    let detail = json!({
        "workflow": execution.workflow, "reason": reason, "window": denied.window.to_string(),
        "until": denied.until, "parent": execution.parent,
    });
    let actor = (by.as_str(), "execution.override_window", subject.as_str());
    store::audit::insert(tx, actor, detail);
    note(run, ("window_overridden", Some(by), denied), changes);
}

/// Has an execution wait until its window is over.
fn hold(tx: &mut Tx, (run, denied): (&mut Run, &Denied), changes: &mut Changes) {
    store::windows::hold(tx, run.execution.id, denied);
    note(run, ("window_denied", None, denied), changes);
}

fn note(
    run: &mut Run,
    (reason, by, denied): (&str, Option<String>, &Denied),
    changes: &mut Changes,
) {
    let noted = StatusEntry {
        status: run.execution.status(),
        outcome: None,
        by,
        reason: Some(reason.to_owned()),
        detail: Some(denied.to_string()),
    };
    changes.note(&mut run.execution, EntryKind::Status(noted));
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
        if !store::windows::is_held(tx, self.0).await? {
            return Ok(());
        }
        let mut changes = Changes::default();
        if holds(tx, &mut run, &mut changes).await? {
            engine::finish(app, tx, (vec![run], changes));
            return Ok(());
        }
        store::windows::release(tx, self.0);
        let wanted = store::places::wanted(tx, self.0).await?;
        let Some((group, _)) = wanted.first() else {
            return places::begin(app, tx, (run, changes)).await;
        };
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
