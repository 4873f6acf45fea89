//! Removing executions that ended long ago, a bounded piece at a time.
//!
//! Never one that is open, or that something open was started from. The audit trail stays whole: it
//! tells of executions by their ids and numbers, and says how many were removed.

use std::ops::ControlFlow;

use pulse_api::ExecutionId;
use serde_json::json;

use crate::{
    app::App,
    domain::{Verb, perform},
    model::{changes::News, grant::Reach},
    store::{
        self, StoreError, Tx,
        retention::{Ended, Outputs},
    },
};

pub(crate) use crate::store::retention::Aged;

/// How many executions one transaction removes at most.
const EXECUTIONS: i64 = 500;
/// Unless one alone has more: how many entries their timelines have together.
const ENTRIES: i64 = 50_000;
/// How many pieces of output one transaction removes, of at most 64 KiB each.
const PIECES: i64 = 2_000;

/// Who removes what was kept for as long as the configuration says.
const BY_CONFIGURATION: &str = "retention";

/// Removes executions with everything that belongs to them.
#[derive(Debug)]
pub(crate) struct Prune {
    pub(crate) aged: Aged,
    pub(crate) by: String,
}

/// What was removed.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Pruned {
    pub(crate) removed: u64,
    pub(crate) first: Option<i64>,
    pub(crate) last: Option<i64>,
    /// Whether there may be more.
    pub(crate) more: bool,
}

impl Verb for Prune {
    type Output = Pruned;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Pruned, StoreError> {
        let (mut gone, is_full) = lock(tx, &self.aged, Outputs::Gone).await?;
        let (with_outputs, has_more) = lock(tx, &self.aged, Outputs::Left).await?;
        let stripped = strip(tx, &with_outputs).await?;
        if !stripped.left.is_empty() {
            // Said before they are gone: whoever reads on finds a part of it only.
            let left: Vec<Ended> = stripped.of(&with_outputs, Outputs::Left);
            let removed = stripped.removed.clone();
            store::retention::mark(tx, &left, (removed, stripped.left.clone())).await?;
        }
        gone.extend(stripped.of(&with_outputs, Outputs::Gone));
        store::retention::remove(tx, &gone).await?;
        let numbers = || gone.iter().map(|ended| ended.number);
        let pruned = Pruned {
            removed: gone.len() as u64,
            first: numbers().min(),
            last: numbers().max(),
            more: is_full || has_more || !stripped.left.is_empty(),
        };
        if pruned.removed > 0 {
            let detail = json!({"executions": pruned.removed, "first": pruned.first, "last": pruned.last,
                "older_than_seconds": self.aged.seconds, "workflow": self.aged.workflow});
            store::audit::insert(tx, (&self.by, "execution.prune", "executions"), detail);
            tx.tell(News::Pruned(pruned.removed));
        }
        Ok(pruned)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Removes what executions wrote; its length and its digest stay.
#[derive(Debug)]
pub(crate) struct PruneOutputs(Aged);

impl Verb for PruneOutputs {
    type Output = Pruned;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Pruned, StoreError> {
        let (ended, is_full) = lock(tx, &self.0, Outputs::Left).await?;
        let numbers = || ended.iter().map(|ended| ended.number);
        let (first, last) = (numbers().min(), numbers().max());
        let stripped = strip(tx, &ended).await?;
        let more = is_full || !stripped.left.is_empty();
        let marks = (stripped.removed, stripped.left);
        let removed = store::retention::mark(tx, &ended, marks).await?;
        if removed > 0 {
            let detail = json!({"executions": removed, "first": first, "last": last,
                "older_than_seconds": self.0.seconds});
            let deed = (BY_CONFIGURATION, "execution.prune_outputs", "executions");
            store::audit::insert(tx, deed, detail);
            tx.tell(News::PrunedOutputs(removed as u64));
        }
        Ok(Pruned {
            removed: removed as u64,
            first,
            last,
            more,
        })
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Locks executions that may go, as many as one transaction removes; and whether there may be more.
async fn lock(
    tx: &mut Tx,
    aged: &Aged,
    outputs: Outputs,
) -> Result<(Vec<Ended>, bool), StoreError> {
    let mut ended = store::retention::lock(tx, aged, outputs, EXECUTIONS).await?;
    let found = ended.len();
    let mut entries = 0;
    let fitting = ended.iter().take_while(|ended| {
        entries += ended.entries;
        entries <= ENTRIES
    });
    let fitting = fitting.count().max(1);
    ended.truncate(fitting);
    let is_full = found > ended.len() || i64::try_from(found) == Ok(EXECUTIONS);
    if !ended.is_empty() {
        let numbers = ended.iter().map(|ended| ended.number).collect();
        let kept = store::retention::kept(tx, numbers).await?;
        ended.retain(|ended| !kept.contains(&ended.number));
    }
    Ok((ended, is_full))
}

/// What was removed of outputs.
#[derive(Default)]
struct Stripped {
    /// Of whom pieces were removed.
    removed: Vec<ExecutionId>,
    /// Of whom some are left.
    left: Vec<ExecutionId>,
}

impl Stripped {
    /// Those of these of whom pieces are left, or of whom none are.
    fn of(&self, executions: &[Ended], outputs: Outputs) -> Vec<Ended> {
        let is_left = |ended: &Ended| self.left.contains(&ended.id);
        let wanted = outputs == Outputs::Left;
        let those = executions.iter().filter(|ended| is_left(ended) == wanted);
        those.copied().collect()
    }
}

/// Removes a bounded piece of what these executions wrote.
async fn strip(tx: &mut Tx, executions: &[Ended]) -> Result<Stripped, StoreError> {
    if executions.is_empty() {
        return Ok(Stripped::default());
    }
    let pieces = store::retention::remove_pieces(tx, executions, PIECES).await?;
    let is_full = pieces.iter().map(|(_, pieces)| pieces).sum::<i64>() == PIECES;
    let left = if is_full {
        store::retention::with_pieces(tx, executions).await?
    } else {
        Vec::new()
    };
    Ok(Stripped {
        removed: pieces.into_iter().map(|(id, _)| id).collect(),
        left,
    })
}

/// How many executions would be removed.
pub(crate) async fn count(app: &App, aged: &Aged) -> Result<Pruned, StoreError> {
    let mut tx = app.store().read().await?;
    let (removed, first, last) = store::retention::count(&mut tx, aged).await?;
    Ok(Pruned {
        removed,
        first,
        last,
        more: false,
    })
}

/// Removes a piece of what was kept for as long as the configuration says; breaks when nothing is
/// left to do.
pub(crate) async fn retain(app: &App) -> Result<ControlFlow<()>, StoreError> {
    let kept = &app.config().retention;
    let mut more = false;
    if kept.executions_days > 0 {
        let aged = days(kept.executions_days);
        let by = BY_CONFIGURATION.to_owned();
        let pruned = perform(app, &Prune { aged, by }).await?;
        more |= pruned.more;
        if pruned.removed > 0 {
            let (count, days) = (pruned.removed, kept.executions_days);
            tracing::info!(executions = count, days, "removed what ended long ago");
        }
    }
    if kept.outputs_days > 0 {
        let pruned = perform(app, &PruneOutputs(days(kept.outputs_days))).await?;
        more |= pruned.more;
        if pruned.removed > 0 {
            let (count, days) = (pruned.removed, kept.outputs_days);
            tracing::info!(
                executions = count,
                days,
                "removed what was written long ago"
            );
        }
    }
    Ok(if more {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    })
}

fn days(days: u32) -> Aged {
    Aged {
        seconds: u64::from(days) * 86_400,
        workflow: None,
        reach: Reach {
            groups: None,
            workflows: None,
        },
    }
}
