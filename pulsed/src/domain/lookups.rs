//! Looking up the tokens of calls: *natural batching*.
//!
//! Calls that come while a query is in flight are looked up together in the next one. Every token
//! is read after its call came: what was revoked does not work any more.

use std::{collections::HashMap, panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use tokio::{
    sync::{mpsc, oneshot},
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::{
    app::App,
    store::{self, StoreError, tokens::Token},
};

/// How many tokens one query looks up at most.
const BATCH: usize = 256;
/// How long the database may take: everybody else waits for the answer too.
const PATIENCE: Duration = Duration::from_secs(3);
/// How many calls may wait; beyond it, callers wait to be queued.
const QUEUE: usize = 1_024;

/// A token to look up, and where the answer goes.
pub(crate) struct Lookup {
    token: Uuid,
    reply: oneshot::Sender<Result<Option<Token>, StoreError>>,
}

/// Where tokens are looked up.
#[derive(Clone)]
pub(crate) struct Lookups(mpsc::Sender<Lookup>);

impl Lookups {
    /// A queue and its other end.
    pub(crate) fn new() -> (Self, mpsc::Receiver<Lookup>) {
        let (lookups, queue) = mpsc::channel(QUEUE);
        (Self(lookups), queue)
    }

    /// The token with this id, as it is now.
    pub(crate) async fn find(&self, token: Uuid) -> Result<Option<Token>, StoreError> {
        let (reply, answer) = oneshot::channel();
        let stopping = || StoreError::Unavailable("the server is stopping".into());
        self.0
            .send(Lookup { token, reply })
            .await
            .map_err(|_| stopping())?;
        answer.await.map_err(|_| stopping())?
    }
}

/// Looks tokens up until the replica stops.
pub(crate) async fn look_all(app: App, mut queue: mpsc::Receiver<Lookup>, stop: CancellationToken) {
    let mut lookups = Vec::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            count = queue.recv_many(&mut lookups, BATCH) => if count == 0 { return },
        }
        let answered = AssertUnwindSafe(answer(&app, std::mem::take(&mut lookups)));
        if answered.catch_unwind().await.is_err() {
            tracing::error!("looking tokens up panicked");
        }
    }
}

async fn answer(app: &App, lookups: Vec<Lookup>) {
    let mut ids: Vec<Uuid> = lookups.iter().map(|lookup| lookup.token).collect();
    ids.sort_unstable();
    ids.dedup();
    let found = find_all(app, &ids).await;
    let is_alone = ids.len() == 1;
    for Lookup { token, reply } in lookups {
        let answer = match &found {
            Ok(found) => Ok(found.get(&token).cloned()),
            Err(error) => match error.for_everybody() {
                Some(error) => Err(error),
                None if is_alone => Err(StoreError::Stale),
                // One row that cannot be read is the matter of whoever brings it.
                None => find_all(app, &[token])
                    .await
                    .map(|mut found| found.remove(&token)),
            },
        };
        // A caller that has hung up asks again.
        let _ = reply.send(answer);
    }
}

async fn find_all(app: &App, ids: &[Uuid]) -> Result<HashMap<Uuid, Token>, StoreError> {
    let asked = async {
        let mut tx = app.store().read().await?;
        store::tokens::find(&mut tx, ids).await
    };
    let silent = |_| Err(StoreError::Unavailable("the database says nothing".into()));
    let found = timeout(PATIENCE, asked)
        .await
        .unwrap_or_else(silent)
        .inspect_err(|error| tracing::warn!(%error, "tokens could not be looked up"))?;
    Ok(found.into_iter().collect())
}
