//! Looking because somebody asks for it, and waiting for what it gives.

use std::time::Duration;

use pulse_api::{
    CheckId,
    http::monitors::{CheckView, MonitorTest, MonitorView},
    status::{CheckResult, MonitorStatus},
};
use serde_json::json;
use tokio::time::Instant;

use super::{MonitorError, change::locked, look::begin, put::check_region, spec::check_tried};
use crate::{
    app::App,
    domain::{
        Verb,
        once::{Once, OnceError},
        perform_once,
    },
    model::monitor::{judge, kind},
    store::{self, StoreError, Tx},
};

/// How much longer than a look may take somebody waits for it.
const PATIENCE: Duration = Duration::from_secs(3);

/// Has every region look at a monitor now.
#[derive(Debug, Clone)]
pub(crate) struct LookNow {
    pub(crate) name: String,
    pub(crate) by: String,
}

impl Verb for LookNow {
    /// The looks, and how many seconds each may take.
    type Output = (Vec<CheckId>, u32);
    type Error = MonitorError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(Vec<CheckId>, u32), MonitorError> {
        let monitor = locked(tx, &self.name).await?;
        if monitor.spec.probe.heartbeat.is_some() {
            return Err(MonitorError::IsHeartbeat(self.name.clone()));
        }
        if monitor.status == MonitorStatus::Paused {
            return Err(MonitorError::Paused(self.name.clone()));
        }
        let added = store::monitors::checks::look_now(tx, monitor.id).await?;
        begin(tx, &added).await?;
        store::audit::insert(tx, (&self.by, "monitor.check", &self.name), json!({}));
        Ok((added.ids, monitor.spec.timeout_seconds.unwrap_or(10)))
    }

    fn store_error(error: &MonitorError) -> Option<&StoreError> {
        error.store()
    }
}

/// Has every region look at a monitor now, waits until they have, or should have, and gives what is known
/// by that.
pub(crate) async fn look_now(
    app: &App,
    once: Option<&Once>,
    wish: &LookNow,
) -> Result<MonitorView, OnceError<MonitorError>> {
    let (ids, seconds) = perform_once(app, once, wish).await?;
    let known = async {
        wait(app, &ids, seconds).await?;
        let looks = store::monitors::checks::of(&mut app.store().read().await?, &ids).await?;
        Ok(known_now(super::get(app, &wish.name).await?, &looks))
    };
    known.await.map_err(OnceError::Verb)
}

/// A monitor by what these looks gave: a region that saw nothing now says nothing now, whatever it found
/// before.
fn known_now(mut monitor: MonitorView, looks: &[CheckView]) -> MonitorView {
    if monitor.status == MonitorStatus::Paused {
        return monitor;
    }
    for region in &mut monitor.regions {
        let asked = looks.iter().find(|look| look.region == region.region);
        // One that was due since may be over before it.
        let is_since = |last: &&CheckView| asked.is_some_and(|it| it.due_at <= last.due_at);
        let newest = region.last.as_ref().filter(is_since);
        if !asked.is_some_and(has_seen) && !newest.is_some_and(has_seen) {
            region.status = MonitorStatus::Unknown;
            region.last = asked.cloned();
        }
    }
    let says: Vec<MonitorStatus> = monitor.regions.iter().map(|it| it.status).collect();
    let status = judge(monitor.spec.rule, &says);
    if let Some(look) = looks.first().filter(|_| status != monitor.status) {
        monitor.status_since = look.due_at;
    }
    monitor.status = status;
    monitor
}

/// Whether a look says something of what was to be looked at.
fn has_seen(look: &CheckView) -> bool {
    let result = look.outcome.as_ref().map(|outcome| outcome.result);
    match result {
        Some(CheckResult::Good | CheckResult::Failed) => true,
        Some(CheckResult::Unable | CheckResult::Lost) | None => false,
    }
}

/// Has one worker look at something that no monitor looks at.
#[derive(Debug, Clone)]
pub(crate) struct TryOut {
    pub(crate) test: MonitorTest,
    pub(crate) by: String,
}

impl TryOut {
    fn seconds(&self) -> u32 {
        self.test.timeout_seconds.unwrap_or(10)
    }
}

impl Verb for TryOut {
    type Output = CheckId;
    type Error = MonitorError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<CheckId, MonitorError> {
        let (probe, region) = (&self.test.probe, self.test.region.as_deref());
        let faults = check_tried(probe, self.test.timeout_seconds);
        let Some(kind) = kind(probe).filter(|_| faults.is_empty()) else {
            return Err(MonitorError::Invalid(faults));
        };
        if let Some(region) = region {
            check_region(tx, region).await?;
        }
        let timeout_ms = u64::from(self.seconds()) * 1_000;
        let added =
            store::monitors::checks::try_out(tx, (kind, probe), (region, timeout_ms)).await?;
        begin(tx, &added).await?;
        store::audit::insert(
            tx,
            (&self.by, "monitor.test", kind),
            json!({"region": region}),
        );
        let id = added.ids.into_iter().next();
        Ok(id.ok_or(StoreError::Stale)?)
    }

    fn store_error(error: &MonitorError) -> Option<&StoreError> {
        error.store()
    }
}

/// Has one worker look at something, and gives what it saw.
pub(crate) async fn try_out(
    app: &App,
    once: Option<&Once>,
    wish: &TryOut,
) -> Result<CheckView, OnceError<MonitorError>> {
    let id = perform_once(app, once, wish).await?;
    let view = async {
        wait(app, &[id], wish.seconds()).await?;
        let views = store::monitors::checks::of(&mut app.store().read().await?, &[id]).await?;
        views.into_iter().next().ok_or(MonitorError::Forgotten)
    };
    view.await.map_err(OnceError::Verb)
}

/// Waits until looks are over, as long as they may take and a little longer, unless the replica stops. Whoever
/// writes an end wakes those who wait; a wake that is lost costs a second.
async fn wait(app: &App, ids: &[CheckId], seconds: u32) -> Result<(), StoreError> {
    let until = Instant::now() + Duration::from_secs(u64::from(seconds)) + PATIENCE;
    let mut bell = app.switchboard().checks_bell();
    let stop = app.supervisor().stopping();
    while Instant::now() < until && !stop.is_cancelled() {
        bell.mark_unchanged();
        if store::monitors::checks::count_open(&mut app.store().read().await?, ids).await? == 0 {
            break;
        }
        let soon = (Instant::now() + Duration::from_secs(1)).min(until);
        tokio::select! {
            _ = tokio::time::timeout_at(soon, bell.changed()) => {}
            () = stop.cancelled() => {}
        }
    }
    Ok(())
}
