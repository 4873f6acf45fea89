//! Verbs on the worker that somebody names.
//!
//! The worker is found in the transaction of the verb: when a call is made again under its key,
//! the worker may have another name since, or be gone.

use pulse_api::WorkerId;

use crate::{
    app::App,
    domain::Verb,
    store::{self, StoreError, Tx},
};

/// A verb for whichever worker has this id or name.
#[derive(Debug)]
pub(crate) struct Named<'a, F> {
    pub(crate) name: &'a str,
    pub(crate) verb: F,
}

/// Why it was not carried out.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NamedError<E> {
    #[error("no such worker")]
    Unknown(String),
    #[error("could not find the worker")]
    Store(#[from] StoreError),
    #[error("{0}")]
    Verb(E),
}

impl<F, V> Verb for Named<'_, F>
where
    F: Fn(WorkerId) -> V + Sync,
    V: Verb + Send,
{
    /// Which worker it was, and what the verb gives.
    type Output = (WorkerId, V::Output);
    type Error = NamedError<V::Error>;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Self::Output, Self::Error> {
        let unknown = || NamedError::Unknown(self.name.to_owned());
        if self.name.contains('\0') {
            return Err(unknown());
        }
        let found = store::workers::find(tx, self.name).await?;
        let worker = found.ok_or_else(unknown)?.id;
        let verb = (self.verb)(worker);
        let output = verb.run(app, tx).await.map_err(NamedError::Verb)?;
        Ok((worker, output))
    }

    fn store_error(error: &Self::Error) -> Option<&StoreError> {
        match error {
            NamedError::Store(error) => Some(error),
            NamedError::Verb(error) => V::store_error(error),
            NamedError::Unknown(_) => None,
        }
    }
}
