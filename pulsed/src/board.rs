//! What the timers have done, for `server status`.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;
use pulse_api::http::health::TimerView;

/// A line for every timer.
#[derive(Default)]
pub(crate) struct Board(Mutex<BTreeMap<&'static str, TimerView>>);

impl Board {
    /// Adds a timer.
    pub(crate) fn register(&self, name: &'static str, period: Duration) {
        let view = TimerView {
            name: name.to_owned(),
            period_ms: u64::try_from(period.as_millis()).unwrap_or(u64::MAX),
            runs: 0,
            failures: 0,
            last_run_at: None,
            last_error: None,
        };
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name, view);
    }

    /// Notes a run, and how it failed where it did.
    pub(crate) fn note(&self, name: &'static str, at: Timestamp, error: Option<String>) {
        let mut timers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(view) = timers.get_mut(name) {
            view.runs += 1;
            view.failures += u64::from(error.is_some());
            view.last_run_at = Some(at);
            view.last_error = error;
        }
    }

    /// Every line.
    pub(crate) fn views(&self) -> Vec<TimerView> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
            .cloned()
            .collect()
    }
}
