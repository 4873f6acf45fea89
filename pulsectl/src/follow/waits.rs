//! Why jobs have not begun: a look at their workers, and only where something waits.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use pulse_api::{
    http::workers::WorkerView,
    status::{AdminState, WorkerStatus},
};

use super::{Model, plural};
use crate::{
    client::{Call, Client, segment},
    duration,
    ui::quote,
};

/// How long a job may wait without a word: whoever has a free place gets it sooner.
const GRACE: Duration = Duration::from_millis(250);

/// How long the look may take; what is followed goes on behind it.
const PATIENCE: Duration = Duration::from_secs(2);

/// How many workers are told one by one.
const FEW: usize = 5;

/// How long a worker that looks free may take before that is told too.
const SLOW: Duration = Duration::from_secs(3);

/// Which waits are still to be explained.
#[derive(Debug, Default)]
pub(super) struct Waits {
    at: Option<Instant>,
    /// Workers that looked free.
    free: BTreeSet<String>,
    told: BTreeSet<String>,
}

impl Waits {
    /// Takes note of whether something waits.
    pub(super) fn note(&mut self, model: &Model) {
        if self.open(model).next().is_none() {
            self.at = None;
        } else {
            self.at.get_or_insert_with(|| Instant::now() + GRACE);
        }
    }

    /// When to look why.
    pub(super) fn look_at(&self) -> Option<Instant> {
        self.at
    }

    /// Looks why, and gives a line for each worker that says it; each is told once, and one that looks
    /// free is looked at once more.
    pub(super) async fn explain(&mut self, client: &Client, model: &Model) -> Vec<String> {
        let names: Vec<String> = self.open(model).map(str::to_owned).collect();
        let looked = tokio::time::timeout(PATIENCE, workers(client, &names)).await;
        let workers = looked.unwrap_or_default();
        let others = workers.iter().filter(|worker| !holds(model, worker));
        let (mut reasons, mut free) = (Vec::new(), BTreeSet::new());
        for worker in others {
            match why(worker) {
                Some(reason) => reasons.push(reason),
                None if self.free.contains(&worker.name) => reasons.push(slow(worker)),
                None => {
                    free.insert(worker.name.clone());
                }
            }
        }
        self.at = (!free.is_empty()).then(|| Instant::now() + SLOW);
        let told = names.into_iter().filter(|name| !free.contains(name));
        self.told.extend(told);
        self.free.extend(free);
        if reasons.is_empty() {
            return Vec::new();
        }
        let label = model.label();
        let told = reasons.iter().take(FEW);
        let mut lines: Vec<String> = told.map(|why| format!("{label} waits: {why}")).collect();
        if reasons.len() > FEW {
            let others = plural(reasons.len() - FEW, "other worker");
            lines.push(format!(
                "{label} waits for {others} too: `pulsectl worker ls`"
            ));
        }
        let reference = model.reference();
        lines.push(format!(
            "`pulsectl execution cancel {reference}` ends the waiting"
        ));
        lines
    }

    fn open<'a>(&'a self, model: &'a Model) -> impl Iterator<Item = &'a str> {
        let waiting = model.waiting();
        waiting.filter(|name| !self.told.contains(*name))
    }
}

/// The workers with these names; none where they cannot be looked at.
async fn workers(client: &Client, names: &[String]) -> Vec<WorkerView> {
    if let [name] = names {
        let found = client.get(&format!("/workers/{}", segment(name))).await;
        return found.into_iter().collect();
    }
    let all: Vec<WorkerView> = client
        .list(Call::get("/workers"), None)
        .await
        .unwrap_or_default();
    let meant = all
        .into_iter()
        .filter(|worker| names.contains(&worker.name));
    meant.collect()
}

/// Whether the execution itself holds a worker, as a rollout does: nobody else is to let it go.
fn holds(model: &Model, worker: &WorkerView) -> bool {
    let reason = worker
        .drain
        .as_ref()
        .and_then(|drain| drain.reason.as_ref());
    let own = model
        .number
        .map(|number| format!("held by execution #{number}"));
    own.is_some_and(|own| reason == Some(&own))
}

/// What is known of a worker that is there and has not taken what it could.
fn slow(worker: &WorkerView) -> String {
    let name = &worker.name;
    let ago = |ms: Option<i64>| {
        let seconds = ms.and_then(|ms| u64::try_from(ms / 1000).ok());
        duration::age(seconds.unwrap_or(0))
    };
    let has_spoken = worker.last_heartbeat.is_some_and(|at| {
        let since = at.duration_since(worker.created_at);
        since > jiff::SignedDuration::from_secs(1)
    });
    if worker.session_epoch.is_none() && !has_spoken {
        return format!(
            "the agent of {name} has not connected since it was enrolled; it starts once it does: \
             `pulse-agent run` on the host"
        );
    }
    let heard = ago(worker.time_since_heartbeat_ms);
    format!("{name} has not taken it yet, last heard {heard} ago")
}

/// Why a worker begins nothing, and what to do about it; nothing where it is about to.
fn why(worker: &WorkerView) -> Option<String> {
    let name = &worker.name;
    match (worker.status, worker.admin_state) {
        (WorkerStatus::Offline | WorkerStatus::Unreachable | WorkerStatus::Deleted, _) => {
            let silence = worker
                .time_since_heartbeat_ms
                .and_then(|ms| u64::try_from(ms / 1000).ok());
            let heard =
                silence.map(|seconds| format!(", last heard {} ago", duration::age(seconds)));
            Some(format!(
                "{name} is {}{}; it starts when {name} is back",
                worker.status,
                heard.unwrap_or_default()
            ))
        }
        (WorkerStatus::Online, AdminState::Active) if worker.jobs_running > 0 => {
            let count = usize::try_from(worker.jobs_running).unwrap_or(usize::MAX);
            Some(format!("{name} is busy with {}", plural(count, "step")))
        }
        (WorkerStatus::Online, AdminState::Active) => None,
        (WorkerStatus::Online, AdminState::Draining | AdminState::Drained | AdminState::Held) => {
            let drain = worker.drain.as_ref();
            let by = drain.map(|drain| format!(" by {}", drain.asked_by));
            let reason = drain.and_then(|drain| drain.reason.as_ref());
            let reason = reason.map(|reason| format!(" ({reason})"));
            Some(format!(
                "{name} is {}{}{}; `pulsectl worker resume {}` lets it start",
                worker.admin_state,
                by.unwrap_or_default(),
                reason.unwrap_or_default(),
                quote(name)
            ))
        }
    }
}
