//! How a verb is carried out: begin, decide, commit, tell; again where another was faster.

use std::{any::type_name, future::Future, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::once::{self, Gives, KeptError, Once, OnceError};
use crate::{
    app::App,
    failpoint::{self, Moment},
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

    /// Whether what it was asked with is secret.
    fn gives(&self) -> Gives {
        Gives::NoSecret
    }

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
        let mut tx = begin::<V>(app).await?;
        let error = match verb.run(app, &mut tx).await {
            Ok(output) => match commit::<V>(app, tx).await {
                Ok(()) => return Ok(output),
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

/// A verb that can be asked for again under the same key.
pub(crate) trait Repeatable: Verb {
    /// What is kept of an answer.
    fn keep(output: &Self::Output) -> Result<Value, serde_json::Error>;

    /// The answer to the same call made again, out of what was kept.
    fn repeat(
        &self,
        app: &App,
        tx: &mut Tx,
        kept: Value,
    ) -> impl Future<Output = Result<Self::Output, Self::Error>> + Send;
}

/// What can be kept whole is answered as it was.
impl<V> Repeatable for V
where
    V: Verb,
    V::Output: Serialize + DeserializeOwned + Sync,
{
    fn keep(output: &V::Output) -> Result<Value, serde_json::Error> {
        serde_json::to_value(output)
    }

    async fn repeat(&self, _app: &App, _tx: &mut Tx, kept: Value) -> Result<V::Output, V::Error> {
        Ok(serde_json::from_value(kept).map_err(StoreError::from)?)
    }
}

/// Carries out a verb once for each key: the same call made again gets the same answer.
pub(crate) async fn perform_once<V>(
    app: &App,
    once: Option<&Once>,
    verb: &V,
) -> Result<V::Output, OnceError<V::Error>>
where
    V: Repeatable,
{
    let Some(once) = once else {
        return perform(app, verb).await.map_err(OnceError::Verb);
    };
    let mut tries = 0;
    loop {
        tries += 1;
        let begun = begin::<V>(app).await;
        let mut tx = begun.map_err(|error| OnceError::Verb(error.into()))?;
        let outcome = match run_once(app, &mut tx, once, verb).await {
            Ok(output) => commit::<V>(app, tx)
                .await
                .map(|()| output)
                .map_err(|error| OnceError::Verb(error.into())),
            Err(error) => {
                tx.rollback().await;
                Err(error)
            }
        };
        let error = match outcome {
            Ok(output) => return Ok(output),
            Err(error) => error,
        };
        let store = match &error {
            OnceError::Verb(error) => V::store_error(error),
            OnceError::Kept(KeptError::Key(trouble)) => trouble.store(),
            OnceError::Kept(KeptError::Reused(_)) => None,
        };
        let again = store.is_some_and(|e| e.is_transient() || once::was_faster(e));
        if tries == TRIES || !again {
            return Err(error);
        }
        pause(tries).await;
    }
}

/// Runs a verb and keeps its answer, or gives the answer that was kept.
async fn run_once<V>(
    app: &App,
    tx: &mut Tx,
    once: &Once,
    verb: &V,
) -> Result<V::Output, OnceError<V::Error>>
where
    V: Repeatable,
{
    let store = |error: StoreError| OnceError::Verb(error.into());
    if let Some(answer) = once::replay(tx, once).await.map_err(store)? {
        let kept = once::read(app, answer, once).map_err(OnceError::Kept)?;
        return verb.repeat(app, tx, kept).await.map_err(OnceError::Verb);
    }
    let output = verb.run(app, tx).await.map_err(OnceError::Verb)?;
    let kept = V::keep(&output).map_err(|error| store(error.into()))?;
    let digest = once::digest(app, tx, (once, verb.gives())).await;
    let digest = digest.map_err(|trouble| OnceError::Kept(KeptError::Key(trouble)))?;
    store::idempotency::insert(tx, vec![once::kept(once, digest, kept)]);
    Ok(output)
}

/// Begins the transaction of a verb.
pub(super) async fn begin<V>(app: &App) -> Result<Tx, StoreError> {
    let tx = app.store().begin().await?;
    failpoint::pass(type_name::<V>(), Moment::Begin);
    Ok(tx)
}

/// Commits the transaction of a verb, and tells whom it concerns.
pub(super) async fn commit<V>(app: &App, tx: Tx) -> Result<(), StoreError> {
    // A timer that found nothing to do is no moment worth dying at.
    let matters = tx.matters();
    let pass = |moment| {
        if matters {
            failpoint::pass(type_name::<V>(), moment);
        }
    };
    pass(Moment::BeforeCommit);
    let after = tx.commit().await.inspect_err(|error| {
        if error.is_about_a_document() {
            // One that has gone with its last execution is written again at the next try.
            app.library().forget_stored();
        }
    })?;
    pass(Moment::AfterCommit);
    app.announce(after);
    Ok(())
}

/// Gives the other transaction time to get out of the way.
async fn pause(tries: u32) {
    tokio::time::sleep(Duration::from_millis(u64::from(tries * tries))).await;
}
