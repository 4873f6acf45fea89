//! Workflows: documents, their versions, and what a run would do.

mod apply;
mod change;
mod plan;
mod rename;

use pulse_api::{
    http::workflows::{WorkflowVersionView, WorkflowView},
    problem::FaultView,
};
use pulse_workflow::{Fault, Faults};
use serde_json::Value;

pub(crate) use apply::{Apply, ApplyById, ApplyError, Existing, Expected, warnings};
pub(crate) use change::{AwaitStarts, Delete, Pause, PauseError, SetPause};
pub(crate) use plan::plan;
pub(crate) use rename::{Rename, RenameError};

use crate::{
    app::App,
    model::{
        grant::{Reach, Right},
        workflow::Version,
    },
    store::{self, StoreError, workflows::Name},
};

/// A fault of a document as the interface shows it.
pub(crate) fn fault_view(fault: &Fault) -> FaultView {
    FaultView {
        path: fault.path.clone(),
        line: Some(fault.line),
        column: Some(fault.column),
        message: fault.message.clone(),
        hint: fault.hint.clone(),
        source_line: Some(fault.source_line.clone()),
    }
}

/// Every fault of a document as the interface shows it.
pub(crate) fn fault_views(faults: &Faults) -> Vec<FaultView> {
    faults.0.iter().map(fault_view).collect()
}

fn view(mut row: Value, source: String) -> Result<WorkflowView, StoreError> {
    // A stored document was valid when it was stored; JSON is what the third seed's callers read.
    row["definition"] = serde_yaml::from_str(&source).unwrap_or(Value::Null);
    let mut view: WorkflowView = serde_json::from_value(row)?;
    view.source = Some(source);
    Ok(view)
}

/// One workflow in its newest version.
pub(crate) async fn get(
    app: &App,
    name: &Name,
    reach: &Reach,
) -> Result<Option<WorkflowView>, StoreError> {
    let mut tx = app.store().read().await?;
    let rows = store::workflows::list(&mut tx, (Some(name), reach), (None, 1)).await?;
    rows.into_iter()
        .next()
        .map(|(row, source)| view(row, source))
        .transpose()
}

/// Workflows by name, without the text of their documents.
pub(crate) async fn list(
    app: &App,
    reach: &Reach,
    page: (Option<String>, i64),
) -> Result<Vec<WorkflowView>, StoreError> {
    let mut tx = app.store().read().await?;
    let rows = store::workflows::list(&mut tx, (None, reach), page).await?;
    let bare = |(row, source)| {
        view(row, source).map(|view| WorkflowView {
            source: None,
            ..view
        })
    };
    rows.into_iter().map(bare).collect()
}

/// The versions of a workflow, newest first: so many before one. With its document, where one is
/// named.
pub(crate) async fn versions(
    app: &App,
    (name, wanted): (&Name, Option<i32>),
    reach: &Reach,
    part: (Option<i64>, i64),
) -> Result<Option<Vec<WorkflowVersionView>>, StoreError> {
    let mut tx = app.store().read().await?;
    let head = store::workflows::version(&mut tx, name, None).await?;
    let Some(head) = head.filter(|head| is_seen(head, reach)) else {
        return Ok(None);
    };
    let rows = store::workflows::versions(&mut tx, head.workflow, wanted, part).await?;
    let view = |(row, source): (Value, String)| {
        let mut view: WorkflowVersionView = serde_json::from_value(row)?;
        view.source = wanted.map(|_| source);
        Ok(view)
    };
    rows.into_iter()
        .map(view)
        .collect::<Result<Vec<_>, StoreError>>()
        .map(Some)
}

fn is_seen(version: &Version, reach: &Reach) -> bool {
    let workflow = (Some(version.name.as_str()), version.grants.as_ref());
    reach.includes(Right::View, workflow)
}
