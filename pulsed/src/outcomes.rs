//! What looks gave, kept in memory until the next of them are written: one statement for all.

use std::sync::{Mutex, PoisonError};

use crate::model::monitor::Said;

/// How many wait at most. What comes beyond that is dropped: its look is lost, which counts for nothing.
const MOST: usize = 20_000;

/// What looks gave since the last writing.
#[derive(Default)]
pub(crate) struct Outcomes(Mutex<Vec<Said>>);

impl Outcomes {
    /// Notes what some looks gave.
    pub(crate) fn put(&self, said: impl IntoIterator<Item = Said>) {
        let mut gathered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST.saturating_sub(gathered.len());
        gathered.extend(said.into_iter().take(room));
    }

    /// Takes what has gathered.
    pub(crate) fn take(&self) -> Vec<Said> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
