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
/// How many entries their timelines have together at most; one that alone has more goes in pieces.
const ENTRIES: i64 = 50_000;
/// How many jobs, and how many rows of its timeline, such a piece has at most.
const ROWS: i64 = 5_000;
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
        let mut room = Room::whole();
        let (mut gone, has_more) = lock(tx, &self.aged, Outputs::Gone, &mut room).await?;
        let (with_outputs, is_full) = lock(tx, &self.aged, Outputs::Left, &mut room).await?;
        let stripped = strip(tx, &with_outputs).await?;
        gone.extend(&stripped.bare);
        let is_part = match gone.as_slice() {
            [only] if only.entries > ENTRIES => !shrink(tx, *only, (&self.by, &self.aged)).await?,
            _ => false,
        };
        let mut stays = stripped.left.clone();
        if is_part {
            stays.append(&mut gone);
        }
        if !stays.is_empty() {
            // Said before they are gone: whoever reads on finds a part of it only.
            stripped.mark(tx, &stays, (&self.by, &self.aged)).await?;
        }
        store::retention::remove(tx, &gone).await?;
        let numbers = || gone.iter().map(|ended| ended.number);
        let pruned = Pruned {
            removed: gone.len() as u64,
            first: numbers().min(),
            last: numbers().max(),
            more: has_more || is_full || is_part || !stripped.left.is_empty(),
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
        let (ended, is_full) = lock(tx, &self.0, Outputs::Left, &mut Room::whole()).await?;
        let stripped = strip(tx, &ended).await?;
        let by = (BY_CONFIGURATION, &self.0);
        let removed = stripped.mark(tx, &ended, by).await?;
        let numbers = || stripped.numbers(&ended);
        Ok(Pruned {
            removed,
            first: numbers().min(),
            last: numbers().max(),
            more: is_full || !stripped.left.is_empty(),
        })
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// How much one transaction may still take in hand.
struct Room {
    executions: i64,
    entries: i64,
}

impl Room {
    fn whole() -> Self {
        Self {
            executions: EXECUTIONS,
            entries: ENTRIES,
        }
    }

    fn is_whole(&self) -> bool {
        self.executions == EXECUTIONS
    }

    /// Whether this one finds room; whatever is first does.
    fn take(&mut self, ended: &Ended) -> bool {
        let has_room = ended.entries <= self.entries || self.is_whole();
        if has_room {
            self.executions -= 1;
            self.entries -= ended.entries;
        }
        has_room
    }
}

/// Locks executions that may go, as many as there is room for; and whether there may be more.
async fn lock(
    tx: &mut Tx,
    aged: &Aged,
    outputs: Outputs,
    room: &mut Room,
) -> Result<(Vec<Ended>, bool), StoreError> {
    let limit = room.executions;
    let mut ended = store::retention::lock(tx, aged, outputs, limit).await?;
    let found = ended.len();
    let fitting = ended.iter().take_while(|ended| room.take(ended)).count();
    ended.truncate(fitting);
    let is_full = found > ended.len() || i64::try_from(found) == Ok(limit);
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
    touched: Vec<ExecutionId>,
    /// Of whom some are left.
    left: Vec<Ended>,
    /// Of whom none are.
    bare: Vec<Ended>,
}

impl Stripped {
    /// The numbers of those among these of whom pieces were removed.
    fn numbers(&self, executions: &[Ended]) -> impl Iterator<Item = i64> {
        let touched = executions.iter().filter(|it| self.touched.contains(&it.id));
        touched.map(|ended| ended.number)
    }

    /// Notes on executions that stay that their output is gone, or a part of it; gives for how many
    /// this is new.
    async fn mark(
        &self,
        tx: &mut Tx,
        executions: &[Ended],
        (by, aged): (&str, &Aged),
    ) -> Result<u64, StoreError> {
        let left = self.left.iter().map(|ended| ended.id).collect();
        let marks = (self.touched.clone(), left);
        let new = store::retention::mark(tx, executions, marks).await? as u64;
        let numbers = || self.numbers(executions);
        if let (Some(first), Some(last)) = (numbers().min(), numbers().max()) {
            let detail = json!({"executions": numbers().count(), "first": first, "last": last,
                "older_than_seconds": aged.seconds, "workflow": aged.workflow});
            store::audit::insert(tx, (by, "execution.prune_outputs", "executions"), detail);
        }
        if new > 0 {
            tx.tell(News::PrunedOutputs(new));
        }
        Ok(new)
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
    let is_left = |ended: &Ended| left.contains(&ended.id);
    let (left, bare) = executions.iter().copied().partition(is_left);
    Ok(Stripped {
        touched: pieces.into_iter().map(|(id, _)| id).collect(),
        left,
        bare,
    })
}

/// Removes a bounded piece of one execution that is too large to go at once; gives whether what is
/// left of it may.
async fn shrink(tx: &mut Tx, ended: Ended, (by, aged): (&str, &Aged)) -> Result<bool, StoreError> {
    let is_small = store::retention::shrink(tx, ended, ROWS).await?;
    if !is_small {
        let detail = json!({"executions": 0, "first": ended.number, "last": ended.number,
            "older_than_seconds": aged.seconds, "workflow": aged.workflow});
        store::audit::insert(tx, (by, "execution.prune", "executions"), detail);
    }
    Ok(is_small)
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
