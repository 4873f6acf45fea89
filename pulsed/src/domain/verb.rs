//! How a verb is carried out: begin, decide, commit, tell; again where another was faster.

use std::{future::Future, time::Duration};

use serde::{Serialize, de::DeserializeOwned};

use super::once::{self, Once, Reused};
use crate::{
    app::App,
    store::{self, StoreError, Tx},
};

/// One use-case: everything it reads and writes is in one transaction.
pub(crate) trait Verb: Sync {
    type Output: Send;
    type Error: From<StoreError> + Send;

    /// Does it. May run more than once: only the last transaction is committed.
    fn run(
        &self,
        app: &App,
        tx: &mut Tx,
    ) -> impl Future<Output = Result<Self::Output, Self::Error>> + Send;

    /// The failure of the store inside an error, where it is one.
    fn store_error(error: &Self::Error) -> Option<&StoreError>;
}

/// How often a transaction is begun again after another was in its way.
const TRIES: u32 = 12;

/// Carries out a verb.
pub(crate) async fn perform<V: Verb>(app: &App, verb: &V) -> Result<V::Output, V::Error> {
    let mut tries = 0;
    loop {
        tries += 1;
        let mut tx = app.store().begin().await?;
        let error = match verb.run(app, &mut tx).await {
            Ok(output) => match tx.commit().await {
                Ok(after) => {
                    app.announce(after);
                    return Ok(output);
                }
                Err(error) => error.into(),
            },
            Err(error) => {
                tx.rollback().await;
                error
            }
        };
        if tries == TRIES || !V::store_error(&error).is_some_and(StoreError::is_transient) {
            return Err(error);
        }
        pause(tries).await;
    }
}

/// Carries out a verb once for each key: the same call made again gets the same answer.
pub(crate) async fn perform_once<V>(
    app: &App,
    once: Option<&Once>,
    verb: &V,
) -> Result<V::Output, V::Error>
where
    V: Verb,
    V::Output: Serialize + DeserializeOwned + Sync,
    V::Error: From<Reused>,
{
    let Some(once) = once else {
        return perform(app, verb).await;
    };
    let mut tries = 0;
    loop {
        tries += 1;
        let mut tx = app.store().begin().await?;
        if let Some(answer) = once::replay(&mut tx, once).await? {
            tx.rollback().await;
            return Ok(once::read(answer, once)??);
        }
        let outcome = match verb.run(app, &mut tx).await {
            Ok(output) => finish(app, tx, once, output).await.map_err(Into::into),
            Err(error) => {
                tx.rollback().await;
                Err(error)
            }
        };
        let error = match outcome {
            Ok(output) => return Ok(output),
            Err(error) => error,
        };
        let store = V::store_error(&error);
        let again = store.is_some_and(|e| e.is_transient() || once::was_faster(e));
        if tries == TRIES || !again {
            return Err(error);
        }
        pause(tries).await;
    }
}

/// Keeps the answer with the deed, commits both, and tells whom it concerns.
async fn finish<T: Serialize>(
    app: &App,
    mut tx: Tx,
    once: &Once,
    output: T,
) -> Result<T, StoreError> {
    match once::kept(once, &output) {
        Ok(kept) => store::idempotency::insert(&mut tx, vec![kept]),
        Err(error) => {
            tx.rollback().await;
            return Err(error);
        }
    }
    app.announce(tx.commit().await?);
    Ok(output)
}

/// Gives the other transaction time to get out of the way.
async fn pause(tries: u32) {
    tokio::time::sleep(Duration::from_millis(u64::from(tries * tries))).await;
}
