//! Having an agent say what it has logged, whichever replica has its socket.
//!
//! The question is a row, as a look at a monitor is: the session of the agent is woken and reads it, and the
//! answer is written beside it for whoever waits.

use std::time::Duration;

use pulse_api::{
    LogAskId, WorkerId,
    agent_log::{LogSaid, LogWanted, WorkerLog},
};
use tokio::{sync::broadcast::error::RecvError, time::Instant};

use super::named::{Named, NamedError};
use crate::{
    app::App,
    domain::{Verb, perform},
    model::wake::Wake,
    store::{self, StoreError, Tx},
};

/// How much longer than it may wait an agent has for its answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
/// How often it is looked for an answer of which nobody told.
const LOOK: Duration = Duration::from_secs(2);
/// How many may wait for one agent at once.
const AT_ONCE: i64 = 8;

/// Why there is no log to show.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LogError {
    #[error("{0} is not connected, so its agent cannot be asked for its log")]
    Away(String),
    #[error("{0} is connected, but its agent did not answer in time")]
    Silent(String),
    #[error("the agent of {0} cannot show its log from afar: it is too old, or not pulse's own")]
    Unable(String),
    #[error("too many read the log of {0} already")]
    Crowded(String),
    #[error("could not ask the agent for its log")]
    Store(#[from] StoreError),
}

/// Asks a worker's agent.
#[derive(Debug)]
struct Ask<'a> {
    worker: WorkerId,
    wanted: &'a LogWanted,
    wait: Duration,
}

impl Verb for Ask<'_> {
    /// The question, and what the worker is called.
    type Output = (LogAskId, String);
    type Error = LogError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Self::Output, LogError> {
        let standing = store::workers::logs::standing(tx, self.worker).await?;
        let standing = standing.ok_or(StoreError::Stale)?;
        if !standing.is_connected {
            return Err(LogError::Away(standing.name));
        }
        if !standing.has_log {
            return Err(LogError::Unable(standing.name));
        }
        if standing.waiting >= AT_ONCE {
            return Err(LogError::Crowded(standing.name));
        }
        let times = (ms(self.wait), ms(PATIENCE));
        let ask = store::workers::logs::ask(tx, (self.worker, self.wanted), times).await?;
        tx.wake(Wake::Worker(self.worker));
        Ok((ask, standing.name))
    }

    fn store_error(error: &LogError) -> Option<&StoreError> {
        match error {
            LogError::Store(error) => Some(error),
            LogError::Away(_)
            | LogError::Silent(_)
            | LogError::Unable(_)
            | LogError::Crowded(_) => None,
        }
    }
}

fn ms(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

/// What the agent of the worker of this id or name has logged; where nothing is there yet, it may wait so long
/// for it.
pub(crate) async fn read(
    app: &App,
    name: &str,
    (wanted, wait): (&LogWanted, Duration),
) -> Result<WorkerLog, NamedError<LogError>> {
    // Listened to before it is asked: the answer may be there first.
    let mut bell = app.switchboard().logs_bell();
    let ask = Named {
        name,
        verb: |worker| Ask {
            worker,
            wanted,
            wait,
        },
    };
    let (_, (id, name)) = perform(app, &ask).await?;
    let until = Instant::now() + wait + PATIENCE;
    while Instant::now() < until {
        let soon = (Instant::now() + LOOK).min(until);
        let heard = tokio::time::timeout_at(soon, async {
            loop {
                match bell.recv().await {
                    Ok(answered) if answered != id => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => break,
                    // Nobody rings any more where the replica stops.
                    Err(RecvError::Closed) => std::future::pending().await,
                }
            }
        });
        let _ = heard.await;
        if let Some(log) = perform(app, &Take(id)).await? {
            return Ok(log);
        }
    }
    perform(app, &Forget(id)).await?;
    Err(NamedError::Verb(LogError::Silent(name)))
}

/// Takes the answer, if it is there.
#[derive(Debug)]
struct Take(LogAskId);

impl Verb for Take {
    type Output = Option<WorkerLog>;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<Option<WorkerLog>, StoreError> {
        store::workers::logs::take(tx, self.0).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Takes a question back that nobody has answered.
#[derive(Debug)]
struct Forget(LogAskId);

impl Verb for Forget {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        store::workers::logs::forget(tx, self.0).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Passes on what an agent says to whoever has asked; said late, twice or by another worker it is nothing.
#[derive(Debug)]
pub(crate) struct Say {
    pub(crate) worker: WorkerId,
    pub(crate) said: LogSaid,
}

impl Verb for Say {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let which = (self.said.ask_id, self.worker);
        if store::workers::logs::answer(tx, which, &self.said.log).await? {
            tx.wake(Wake::Log(self.said.ask_id));
        }
        Ok(())
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
