//! What people, and what reports by itself, do with a monitor that is there.

use pulse_api::status::{CheckResult, MonitorStatus};
use serde_json::{Value, json};

use super::{
    MonitorError,
    look::begin,
    settle::{abandon, forget, settle},
};
use crate::{
    app::App,
    domain::{Repeatable, Verb},
    model::monitor::{ANY, Look, Monitor},
    store::{self, StoreError, Tx},
};

/// What is to become of a monitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Pause,
    Resume,
    Remove,
}

/// Does something with a monitor.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) name: String,
    pub(crate) order: Order,
    pub(crate) by: String,
}

impl Verb for Change {
    type Output = ();
    type Error = MonitorError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), MonitorError> {
        let mut monitor = locked(tx, &self.name).await?;
        let action = match self.order {
            Order::Pause => {
                if monitor.status != MonitorStatus::Paused {
                    let because = format!("{} has paused it", self.by);
                    abandon(tx, &monitor, (&self.by, &because)).await?;
                    forget(tx, &mut monitor).await?;
                    store::monitors::set_pause(tx, monitor.id, Some(&self.by)).await?;
                }
                "monitor.pause"
            }
            Order::Resume => {
                if monitor.status == MonitorStatus::Paused {
                    store::monitors::set_pause(tx, monitor.id, None).await?;
                    store::monitors::set_next(tx, &monitor).await?;
                    let added = store::monitors::checks::look_now(tx, monitor.id).await?;
                    begin(tx, &added).await?;
                }
                "monitor.resume"
            }
            Order::Remove => {
                let because = format!("{} has removed it", self.by);
                abandon(tx, &monitor, (&self.by, &because)).await?;
                store::monitors::delete(tx, monitor.id).await?;
                "monitor.remove"
            }
        };
        store::audit::insert(tx, (&self.by, action, &self.name), json!({}));
        Ok(())
    }

    fn store_error(error: &MonitorError) -> Option<&StoreError> {
        error.store()
    }
}

/// Locks a monitor by its name.
pub(super) async fn locked(tx: &mut Tx, name: &str) -> Result<Monitor, MonitorError> {
    let found = store::monitors::lock_named(tx, name).await?;
    found.ok_or_else(|| MonitorError::Unknown(name.to_owned()))
}

/// Takes a sign of what reports by itself. While it is paused, it counts for nothing.
#[derive(Debug, Clone)]
pub(crate) struct Beat {
    pub(crate) name: String,
}

/// A sign that was taken.
pub(crate) struct Heard;

impl Verb for Beat {
    type Output = Heard;
    type Error = MonitorError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Heard, MonitorError> {
        let monitor = locked(tx, &self.name).await?;
        if monitor.spec.probe.heartbeat.is_none() {
            return Err(MonitorError::IsNoHeartbeat(self.name.clone()));
        }
        if monitor.status == MonitorStatus::Paused {
            return Ok(Heard);
        }
        store::monitors::set_next(tx, &monitor).await?;
        let look = Look {
            monitor: monitor.id,
            region: ANY.to_owned(),
            due_at: store::schedules::now(tx).await?,
            result: CheckResult::Good,
            detail: None,
        };
        store::monitors::checks::note(tx, std::slice::from_ref(&look)).await?;
        settle(tx, &[look]).await?;
        Ok(Heard)
    }

    fn store_error(error: &MonitorError) -> Option<&StoreError> {
        error.store()
    }
}

impl Repeatable for Beat {
    fn keep(_: &Heard) -> Result<Value, serde_json::Error> {
        Ok(Value::Null)
    }

    /// What says it again is well again.
    async fn repeat(&self, app: &App, tx: &mut Tx, _kept: Value) -> Result<Heard, MonitorError> {
        self.run(app, tx).await
    }
}
