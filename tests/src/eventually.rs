//! Waiting for a fact, with a bound.

use std::{
    thread,
    time::{Duration, Instant},
};

/// Long enough for anything that is to come on a busy machine of two cores.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// How often a fact is looked for.
const POLL: Duration = Duration::from_millis(10);

/// Looks until there is something to see.
///
/// # Panics
/// When nothing is seen in time.
#[expect(clippy::disallowed_methods, reason = "polling is what this is for")]
pub fn eventually<T>(what: &str, bound: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let until = Instant::now() + bound;
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(Instant::now() < until, "{what}: not within {bound:?}");
        thread::sleep(POLL);
    }
}

/// The same, asking something that takes its time; an `Err` says what was seen instead.
///
/// # Panics
/// When nothing is seen in time.
#[expect(clippy::disallowed_methods, reason = "polling is what this is for")]
pub async fn eventually_async<T>(
    what: &str,
    bound: Duration,
    mut look: impl AsyncFnMut() -> Result<T, String>,
) -> T {
    let until = Instant::now() + bound;
    loop {
        let instead = match look().await {
            Ok(seen) => return seen,
            Err(instead) => instead,
        };
        assert!(
            Instant::now() < until,
            "{what}: not within {bound:?}; instead: {instead}"
        );
        tokio::time::sleep(POLL).await;
    }
}

/// Holds on for as long as something must stay as it is.
///
/// # Panics
/// When the look says that it did not.
#[expect(clippy::disallowed_methods, reason = "polling is what this is for")]
pub async fn meanwhile(how_long: Duration, mut look: impl AsyncFnMut() -> Result<(), String>) {
    let until = Instant::now() + how_long;
    while Instant::now() < until {
        if let Err(instead) = look().await {
            panic!("it did not stay so: {instead}");
        }
        tokio::time::sleep(POLL).await;
    }
}
