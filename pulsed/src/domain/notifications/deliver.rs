//! Telling channels what is due for them: taken, tried, and written down, each in a transaction of its own.
//!
//! Whoever dies in between leaves a row that somebody else takes once its time is over, with the same
//! id: a receiver may hear of it twice, and never not at all.

use std::time::Duration;

use futures_util::future::join_all;

use super::{
    settle::{Outcome, Settle},
    way::{self, Open},
};
use crate::{
    app::App,
    courier::{LONGEST_TRY, Undelivered},
    domain::{EngineError, Verb, perform},
    store::{
        self, StoreError, Tx,
        notifications::{Claimed, Due},
    },
};

/// How many are tried at once for one channel.
const AT_ONCE: i64 = 4;

/// For how long a try belongs to whoever took it, in milliseconds: a try and the time to write it down.
pub(super) const LEASE_MS: u64 = 15_000;

/// Takes what is due for a channel.
#[derive(Debug)]
struct Claim<'a> {
    channel: &'a str,
    due: Due,
}

impl Verb for Claim<'_> {
    type Output = Vec<Claimed>;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Vec<Claimed>, StoreError> {
        let wanted = (self.channel, self.due);
        store::notifications::claim(tx, wanted, (AT_ONCE, LEASE_MS)).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Why a channel was left before all was told that is due for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Served {
    Wholly,
    /// Something was not accepted.
    InPart,
    /// It is not reached from here, and why: what is due for it is for another server.
    Elsewhere(String),
}

/// Tells a channel what is due for it, until nothing is, or something was not accepted.
pub(crate) async fn serve(app: &App, channel: &str) -> Result<Served, EngineError> {
    let stop = app.supervisor().stopping();
    while !stop.is_cancelled() {
        let open = way::open(app, channel).await?;
        let (due, served) = match &open {
            Open::Elsewhere(why) => (Due::Late, Served::Elsewhere(why.clone())),
            Open::Nowhere | Open::Broken(_) | Open::Ready(..) => (Due::All, Served::Wholly),
        };
        let claimed = perform(app, &Claim { channel, due }).await?;
        if claimed.is_empty() {
            return Ok(served);
        }
        let tries = claimed.iter().map(|claimed| attempt(app, &open, claimed));
        let went_well = join_all(tries)
            .await
            .into_iter()
            .collect::<Result<Vec<_>, _>>()?;
        if went_well.contains(&Served::InPart) {
            return Ok(Served::InPart);
        }
    }
    Ok(Served::InPart)
}

/// Tries one, and writes down what came of it.
pub(super) async fn attempt(
    app: &App,
    open: &Open,
    claimed: &Claimed,
) -> Result<Served, EngineError> {
    let outcome = match (open, claimed.left_ms) {
        (Open::Nowhere, _) => Outcome::NoChannel,
        (_, None) => Outcome::Late,
        (Open::Broken(why) | Open::Elsewhere(why), Some(_)) => {
            Outcome::Undelivered(Undelivered::later(why))
        }
        (Open::Ready(spec, values), Some(left_ms)) => {
            let longest = LONGEST_TRY.min(Duration::from_millis(left_ms));
            let tried = way::go(app, (spec, values), &claimed.notice);
            match tokio::time::timeout(longest, tried).await {
                Ok(Ok(())) => Outcome::Delivered,
                Ok(Err(undelivered)) => Outcome::Undelivered(undelivered),
                Err(_) => {
                    let seconds = longest.as_secs_f64();
                    let why = format!("the receiver did not answer within {seconds:.0} s");
                    Outcome::Undelivered(Undelivered::later(why))
                }
            }
        }
    };
    let served = match outcome {
        Outcome::Delivered | Outcome::Late => Served::Wholly,
        Outcome::Undelivered(_) | Outcome::NoChannel => Served::InPart,
    };
    perform(app, &Settle { claimed, outcome }).await?;
    Ok(served)
}

/// The channels for which something waits, and in how many milliseconds the first of it is due, or was.
pub(crate) async fn waiting(app: &App) -> Result<Vec<(String, i64)>, StoreError> {
    store::notifications::waiting(&mut app.store().read().await?).await
}
