//! Looking again and again until something is so.

use std::time::{Duration, Instant};

use super::{Client, stream::PATIENCE};
use crate::{
    clock,
    error::{Failure, Kind},
    signals::interruptible,
};

/// The rest between two looks: short at first, then longer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rest {
    pub(crate) first: Duration,
    pub(crate) longest: Duration,
}

impl Rest {
    /// The same rest every time.
    pub(crate) const fn of(rest: Duration) -> Self {
        Self {
            first: rest,
            longest: rest,
        }
    }
}

impl Client {
    /// Looks until there is something to give; `None` once `--timeout` is over.
    ///
    /// A server that has been heard is waited for when it goes away: until `--timeout` is over, or for as
    /// long as a lost stream is looked for.
    pub(crate) async fn watch<T>(
        &self,
        rest: Rest,
        look: impl AsyncFnMut() -> Result<Option<T>, Failure>,
    ) -> Result<Option<T>, Failure> {
        interruptible(async {
            tokio::select! {
                // What has come counts, also when it came with the last second.
                biased;
                found = self.look_on(rest, look) => found.map(Some),
                () = clock::until(self.deadline()) => Ok(None),
            }
        })
        .await
    }

    async fn look_on<T>(
        &self,
        rest: Rest,
        mut look: impl AsyncFnMut() -> Result<Option<T>, Failure>,
    ) -> Result<T, Failure> {
        let (mut pause, mut was_heard) = (rest.first, false);
        let mut away_since: Option<Instant> = None;
        loop {
            match look().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => (was_heard, away_since) = (true, None),
                Err(failure) if is_away(&failure) => {
                    let since = *away_since.get_or_insert_with(Instant::now);
                    let is_patient =
                        self.deadline().is_some() || (was_heard && since.elapsed() < PATIENCE);
                    if !is_patient {
                        return Err(failure);
                    }
                }
                Err(failure) => return Err(failure),
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 3 / 2).min(rest.longest);
        }
    }
}

fn is_away(failure: &Failure) -> bool {
    matches!(failure.kind, Kind::Unreachable | Kind::General)
}
