//! Looking at everything that happens. Nothing here changes what happened.

use pulse_api::http::events::Event;

use super::Verb;
use crate::{
    app::App,
    model::grant::Reach,
    store::{self, StoreError, Tx},
};

pub(crate) use crate::{
    model::feed::{Cursor, NoCursor},
    store::events::{Edge, PAGE},
};

/// The events behind a place, each with its own, or nothing where it may not be seen;
/// fewer than `PAGE` are the last.
pub(crate) async fn from(
    app: &App,
    at: Cursor,
    reach: &Reach,
) -> Result<Vec<(Cursor, Option<Event>)>, StoreError> {
    store::events::from(&mut app.store().read().await?, at, reach).await
}

/// How far the order is settled now.
pub(crate) async fn edge(app: &App) -> Result<Edge, StoreError> {
    store::events::edge(&mut app.store().read().await?).await
}

/// The place from which on there are so many events of these kinds.
pub(crate) async fn back(
    app: &App,
    kinds: &[&str],
    count: i64,
) -> Result<Option<Cursor>, StoreError> {
    store::events::back(&mut app.store().read().await?, kinds, count).await
}

/// Takes a piece of what another database cluster wrote out of this one's order; gives whether there
/// may be more.
#[derive(Debug)]
pub(crate) struct Settle;

impl Verb for Settle {
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        store::events::settle(tx).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
