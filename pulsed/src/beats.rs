//! Signs of life, kept in memory until the next of them is written: one statement for all.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use pulse_api::{JobId, WorkerId, frames::Claim};

use crate::model::worker::Beat;

/// Signs of life since the last writing.
#[derive(Default)]
pub(crate) struct Beats(Mutex<Gathered>);

#[derive(Default)]
struct Gathered {
    beats: HashMap<WorkerId, Beat>,
    alive: HashMap<(WorkerId, JobId, u32), Claim>,
}

impl Beats {
    /// Notes a sign of life of a worker and of what it holds. Metrics of an earlier one stay.
    pub(crate) fn put(&self, mut beat: Beat, alive: impl Iterator<Item = Claim>) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let worker = beat.worker;
        let known = gathered.beats.get(&worker);
        // One that could not be written before is put back, and may be the older one.
        if known.is_some_and(|known| known.heard_at > beat.heard_at) {
            return;
        }
        if beat.metrics.is_none()
            && let Some(earlier) = known
        {
            beat.metrics.clone_from(&earlier.metrics);
        }
        gathered.beats.insert(worker, beat);
        gathered
            .alive
            .extend(alive.map(|claim| ((worker, claim.job_id, claim.attempt), claim)));
    }

    /// Takes what has gathered.
    pub(crate) fn take(&self) -> (Vec<Beat>, Vec<(WorkerId, Claim)>) {
        let gathered = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        (
            gathered.beats.into_values().collect(),
            gathered
                .alive
                .into_iter()
                .map(|((worker, ..), claim)| (worker, claim))
                .collect(),
        )
    }
}
