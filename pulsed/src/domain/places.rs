//! Places in groups: asking for one at the start, and beginning what waited for one.
//!
//! A place is free once the execution that held it has ended; nothing is written for that. So a crash
//! loses nothing: whoever looks next sees who waits and where there is room.

use std::collections::BTreeMap;

use pulse_api::{
    ExecutionId,
    http::executions::{EntryKind, StatusEntry},
};
use pulse_workflow::WhenFull;
use serde_json::json;

use super::{
    Verb,
    engine::{self, EngineError, Fleet, Run},
    executions::cancel::{Wish, stop},
    windows,
};
use crate::{
    app::App,
    model::{
        changes::Changes,
        execution::{Pause, Stop},
        wake::Wake,
    },
    store::{
        self, StoreError, Tx,
        places::{InTheWay, Standing, Turn, Wanted},
    },
};

/// Why an execution gets no place.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PlaceError {
    #[error("the group of its concurrency has no name")]
    Unnamed(String),
    #[error("every place of the group {0:?} is taken")]
    Full(Full),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A group without room.
#[derive(Debug, Clone)]
pub(crate) struct Full {
    pub(crate) group: String,
    pub(crate) most: u32,
    pub(crate) standing: Standing,
}

/// The groups that a transaction has locked, and who has to do with each: by what was committed when
/// they were locked, and by what the transaction has started since.
#[derive(Debug, Default)]
pub(super) struct Groups(BTreeMap<String, Standing>);

impl Groups {
    /// Locks those among these that are not locked yet. Whoever needs several locks them at once: two
    /// that lock one after the other could wait for each other.
    pub(super) async fn lock(
        &mut self,
        tx: &mut Tx,
        mut groups: Vec<String>,
    ) -> Result<(), StoreError> {
        groups.retain(|group| !self.0.contains_key(group));
        if !groups.is_empty() {
            self.0.extend(store::places::lock(tx, &groups).await?);
        }
        Ok(())
    }

    fn standing(&mut self, group: &str) -> &mut Standing {
        self.0.entry(group.to_owned()).or_default()
    }

    /// Lets whoever is started next in the transaction see this one.
    fn enter(&mut self, group: &str, (number, turn): (i64, Turn)) {
        let standing = self.standing(group);
        match turn {
            Turn::Now => standing.holders.push(number),
            Turn::Later => standing.waiting.push(number),
        }
    }
}

/// Gives a new execution the places that it needs, by its document and by what starts it, or has it
/// wait for them.
pub(super) async fn ask(
    tx: &mut Tx,
    (run, also): (&mut Run, Option<Wanted>),
    (groups, changes): (&mut Groups, &mut Changes),
) -> Result<(), PlaceError> {
    // What brings something back is not kept waiting by what it brings back.
    if run.execution.undo_of.is_some() {
        return Ok(());
    }
    let own = of_document(run)?;
    let also = also.map(|wanted| (wanted, WhenFull::Queue));
    let wanted: Vec<(Wanted, WhenFull)> = own.into_iter().chain(also).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let id = run.execution.id;
    let above = match run.execution.parent {
        Some(parent) => store::calls::ancestors(tx, parent).await?,
        None => Vec::new(),
    };
    let names = wanted.iter().map(|(place, _)| place.group.clone());
    groups.lock(tx, names.collect()).await?;
    let (mut needed, mut full) = (Vec::new(), None);
    for (place, when_full) in &wanted {
        let standing = groups.standing(&place.group);
        // What runs inside of an execution that has a place has that place too: it would wait for itself.
        let is_held_above = |(number, _): &(i64, _)| standing.holders.contains(number);
        if above.iter().any(is_held_above) {
            continue;
        }
        needed.push(place);
        // It cannot have its turn before its window is over; by then it waits for it, full or not.
        if run.execution.is_held() {
            continue;
        }
        if standing.holders.len() < place.most as usize && standing.waiting.is_empty() {
            continue;
        }
        let found = Full {
            group: place.group.clone(),
            most: place.most,
            standing: standing.clone(),
        };
        // The half of a step that is taken over is known to this transaction only.
        if *when_full == WhenFull::Reject || run.has_taken() {
            return Err(PlaceError::Full(found));
        }
        full.get_or_insert(found);
    }
    let turn = if full.is_some() || run.execution.is_held() {
        Turn::Later
    } else {
        Turn::Now
    };
    for place in needed {
        store::places::add(tx, (id, place), turn).await?;
        // What waits for the end of a window is in nobody's way.
        if !run.execution.is_held() {
            groups.enter(&place.group, (run.execution.number, turn));
        }
    }
    if let Some(full) = full {
        wait(tx, (run, &full), changes);
    }
    Ok(())
}

/// Has a new execution wait until there is room.
fn wait(tx: &mut Tx, (run, full): (&mut Run, &Full), changes: &mut Changes) {
    run.execution.hold();
    let noted = StatusEntry {
        status: run.execution.status(),
        outcome: None,
        by: None,
        reason: Some("place_wanted".to_owned()),
        detail: Some(full.to_string()),
    };
    changes.note(&mut run.execution, EntryKind::Status(noted));
    tx.wake(Wake::Places);
}

/// The place that the document of an execution says it needs.
fn of_document(run: &Run) -> Result<Option<(Wanted, WhenFull)>, PlaceError> {
    let Some(concurrency) = &run.workflow.concurrency else {
        return Ok(None);
    };
    let group = concurrency.group(&run.execution.inputs);
    let wanted = Wanted {
        group: group.map_err(PlaceError::Unnamed)?,
        most: concurrency.limit,
        makes_room: concurrency.when_full == WhenFull::CancelOldest,
    };
    Ok(Some((wanted, concurrency.when_full)))
}

impl std::fmt::Display for Full {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            group,
            most,
            standing,
        } = self;
        let places = if *most == 1 { "place" } else { "places" };
        write!(f, "the group {group} has {most} {places}")?;
        match standing.holders.as_slice() {
            [] => {}
            [only] => write!(f, ", which #{only} has")?,
            several => write!(f, ", which {} have", numbers(several))?,
        }
        match standing.waiting.as_slice() {
            [] => Ok(()),
            [only] => write!(f, "; #{only} waits before it"),
            several => write!(f, "; {} wait before it", several.len()),
        }
    }
}

/// `#41, #42 and #43`.
fn numbers(all: &[i64]) -> String {
    let each: Vec<String> = all.iter().map(|number| format!("#{number}")).collect();
    match each.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [earlier @ .., last] => format!("{} and {last}", earlier.join(", ")),
    }
}

/// Begins an execution that waits for places, if they are free. Without input: what is true is read
/// again under the locks, of the groups first and then of the execution.
#[derive(Debug)]
pub(crate) struct BeginHeld(pub(crate) ExecutionId);

impl Verb for BeginHeld {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let wanted = store::places::wanted(tx, self.0).await?;
        if wanted.is_empty() {
            return Ok(());
        }
        // Before the groups: whoever applies the workflow holds it, and a schedule waits for both.
        if store::places::is_paused(tx, self.0).await? {
            return Ok(());
        }
        let groups: Vec<String> = wanted.iter().map(|(group, _)| group.clone()).collect();
        let standings = store::places::lock(tx, &groups).await?;
        // Another replica may have let it begin meanwhile: whoever attends to its steps has locked it
        // before their groups.
        if store::places::wanted(tx, self.0).await?.is_empty() {
            return Ok(());
        }
        let is_full = |(group, most): &(String, u32)| {
            let standing = standings.get(group);
            standing.is_some_and(|standing| standing.holders.len() >= *most as usize)
        };
        if wanted.iter().any(is_full) {
            return Ok(());
        }
        let Some((mut run, _)) = engine::lock(app, tx, self.0).await? else {
            return Ok(());
        };
        if !run.execution.is_held() || run.execution.pause == Pause::Paused {
            return Ok(());
        }
        let mut changes = Changes::default();
        // What waited in its queue meanwhile knows of no window.
        if windows::holds(tx, &mut run, &mut changes).await? {
            engine::finish(app, tx, (vec![run], changes));
            return Ok(());
        }
        begin(app, tx, (run, changes)).await
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// Lets a locked execution begin that has waited, with the places that it has waited for; no window
/// holds it any more.
pub(super) async fn begin(
    app: &App,
    tx: &mut Tx,
    (mut run, mut changes): (Run, Changes),
) -> Result<(), EngineError> {
    let timeout_ms = run.workflow.timeout_ms;
    store::places::take(tx, run.execution.id, timeout_ms).await?;
    run.execution.admit();
    if timeout_ms.is_some() {
        tx.wake(Wake::Due);
    }
    engine::advance(tx, &mut run, &mut Fleet::default(), &mut changes).await?;
    engine::finish(app, tx, (vec![run], changes));
    Ok(())
}

/// The executions whose turn it may be.
pub(crate) async fn ready(app: &App) -> Result<Vec<ExecutionId>, StoreError> {
    store::places::ready(&mut app.store().read().await?).await
}

/// The executions that are to end so that others get their places.
pub(crate) async fn in_the_way(app: &App) -> Result<Vec<ExecutionId>, StoreError> {
    let found = store::places::in_the_way(&mut app.store().read().await?, None).await?;
    Ok(found.into_iter().map(|one| one.execution).collect())
}

/// Ends an execution so that another one gets its place. Without input: whether it is still in the way
/// is read again under its lock, since another replica may have ended it, or a place be free by then.
///
/// The group is not locked: whoever frees a place does not lock it either, and an execution that begins
/// others in the group is locked before it.
#[derive(Debug)]
pub(crate) struct MakeRoom(pub(crate) ExecutionId);

impl Verb for MakeRoom {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let Some((mut run, _)) = engine::lock(app, tx, self.0).await? else {
            return Ok(());
        };
        // Only executions of the same workflow are chosen, which whoever may run it may cancel.
        let found = store::places::in_the_way(tx, Some(self.0)).await?.pop();
        let Some(InTheWay {
            by,
            number,
            group,
            is_waited,
            ..
        }) = found
        else {
            return Ok(());
        };
        let mut changes = Changes::default();
        let reason = if is_waited {
            format!("#{number} needs a place in the group {group}")
        } else {
            format!("#{number}, which is newer, has a place in the group {group}")
        };
        let wish = Wish {
            stop: Stop::Cancelled,
            by: &by,
            grace_ms: None,
            times: 1,
            reason: Some(&reason),
        };
        stop(tx, &mut run, wish, &mut changes).await?;
        engine::finish(app, tx, (vec![run], changes));
        let subject = self.0.to_string();
        let detail = json!({"reason": reason, "grace_ms": null});
        store::audit::insert(tx, (&by, "execution.cancel", &subject), detail);
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// Forgets the places of what has ended.
#[derive(Debug)]
pub(crate) struct Sweep;

impl Verb for Sweep {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::places::sweep(tx).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
