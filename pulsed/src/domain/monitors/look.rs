//! Looks that are due, are reported, or are not: each a verb without input but what agents have said.

use pulse_api::{http::monitors::MonitorSpec, status::CheckResult};

use super::settle::{settle, tell_down};
use crate::{
    app::App,
    domain::Verb,
    model::{
        monitor::{ANY, Look, Said},
        wake::Wake,
    },
    store::{self, StoreError, Tx, monitors::checks::Added},
};

/// How many monitors one transaction begins to look at. After servers were away everything is due at once:
/// this is also how many begin in a second.
pub(crate) const MOST: i64 = 500;

/// Begins the looks that are due.
#[derive(Debug)]
pub(crate) struct LookAtDue;

impl Verb for LookAtDue {
    /// How many looks were begun.
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<usize, StoreError> {
        let (count, added) = store::monitors::checks::claim(tx, MOST).await?;
        begin(tx, &added).await?;
        Ok(count)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Has workers take looks, and settles those that nobody can take.
pub(super) async fn begin(tx: &mut Tx, added: &Added) -> Result<(), StoreError> {
    for worker in &added.workers {
        tx.wake(Wake::Worker(*worker));
    }
    settle(tx, &added.ended).await
}

/// Writes what agents have reported of looks.
#[derive(Debug)]
pub(crate) struct Record<'a>(pub(crate) &'a [Said]);

impl Verb for Record<'_> {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let ids: Vec<_> = self.0.iter().map(|said| said.check).collect();
        let monitors = store::monitors::checks::monitors_of(tx, &ids).await?;
        if !monitors.is_empty() {
            store::monitors::lock(tx, &monitors).await?;
        }
        let ended = store::monitors::checks::end(tx, self.0).await?;
        if !ended.is_empty() {
            tx.wake(Wake::Checks);
        }
        let looks: Vec<Look> = ended.into_iter().flatten().collect();
        settle(tx, &looks).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Gives up the looks that nobody has reported in time.
#[derive(Debug)]
pub(crate) struct LoseExpired;

impl Verb for LoseExpired {
    /// How many.
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<usize, StoreError> {
        let ids = store::monitors::checks::expired(tx, MOST).await?;
        if ids.is_empty() {
            return Ok(0);
        }
        let monitors = store::monitors::checks::monitors_of(tx, &ids).await?;
        if !monitors.is_empty() {
            store::monitors::lock(tx, &monitors).await?;
        }
        let lost = store::monitors::checks::lose(tx, &ids).await?;
        tx.wake(Wake::Checks);
        settle(tx, &lost).await?;
        Ok(ids.len())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Notes of what reports by itself that it has not.
#[derive(Debug)]
pub(crate) struct MissBeats {
    /// For how long this replica could have been told: what came to no server is held against nobody.
    pub(crate) watched_ms: i64,
}

impl Verb for MissBeats {
    /// How many.
    type Output = usize;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<usize, StoreError> {
        let overdue = store::monitors::claim_overdue(tx, MOST, self.watched_ms).await?;
        let missed = overdue.iter().map(|(monitor, due_at)| Look {
            monitor: *monitor,
            region: ANY.to_owned(),
            due_at: *due_at,
            result: CheckResult::Failed,
            detail: Some("it has not reported in time".to_owned()),
        });
        let missed: Vec<Look> = missed.collect();
        if !missed.is_empty() {
            store::monitors::checks::note(tx, &missed).await?;
        }
        settle(tx, &missed).await?;
        Ok(missed.len())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Of how many incidents one transaction tells, beside those that were read with the last of them.
const TOLD: usize = 500;

/// Tells of what is still down after its maintenance.
#[derive(Debug)]
pub(crate) struct TellUntold;

impl Verb for TellUntold {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let active = store::maintenances::active(tx).await?;
        let is_due = |(_, name, spec): &(i64, String, MonitorSpec)| {
            !active
                .iter()
                .any(|maintenance| maintenance.has(name, &spec.labels))
        };
        let (mut last, mut due) = (0, Vec::new());
        // Those that a maintenance holds back are no reason to leave out those behind them.
        while due.len() < TOLD {
            let some = store::monitors::incidents::untold(tx, last).await?;
            let Some((number, ..)) = some.last() else {
                break;
            };
            last = *number;
            due.extend(some.into_iter().filter(is_due).map(|(number, ..)| number));
        }
        if due.is_empty() {
            return Ok(());
        }
        for number in store::monitors::incidents::lock_untold(tx, &due).await? {
            tell_down(tx, number).await?;
        }
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Forgets what nobody can ask for any more.
#[derive(Debug)]
pub(crate) struct Prune;

/// How much one transaction forgets.
const PRUNED: i64 = 20_000;

impl Verb for Prune {
    /// Whether there may be more.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        let checks = store::monitors::checks::prune(tx, PRUNED).await?;
        store::monitors::prune_flips(tx).await?;
        store::monitors::incidents::prune(tx).await?;
        store::maintenances::prune(tx).await?;
        Ok(i64::try_from(checks).is_ok_and(|checks| checks >= PRUNED))
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
