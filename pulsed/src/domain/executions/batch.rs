//! Starting executions: *natural batching*.
//!
//! Calls that come while a transaction is in flight are started together in the
//! next one. An idle server starts a call at once; a busy one writes many
//! executions with the statements of one. A call that is refused leaves the
//! others alone; a batch that fails is started one by one.

use std::{collections::HashSet, panic::AssertUnwindSafe, time::Duration};

use futures_util::FutureExt;
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::start::{Beginning, Start, StartError, Started};
use crate::{
    app::App,
    domain::{
        engine::{self, EngineError, Fleet, Run},
        once::{self, Gives, KeptError, Once},
        places::Groups,
        verb::{begin, commit},
    },
    model::changes::Changes,
    store::{self, StoreError, Tx, audit::Deed, executions::Reserved, idempotency::Kept},
};

/// How many calls one transaction takes at most.
const BATCH: usize = 64;
/// How many calls may wait; beyond it, callers wait to be queued.
const QUEUE: usize = 1_024;
/// How often a call is tried anew after another was in its way.
const TRIES: u32 = 6;

/// A call, and where its answer goes.
pub(crate) struct Call {
    start: Start,
    once: Option<Once>,
    reply: oneshot::Sender<Result<Started, StartError>>,
}

/// Where calls go.
#[derive(Clone)]
pub(crate) struct Starter(mpsc::Sender<Call>);

impl Starter {
    /// A queue and its other end.
    pub(crate) fn new() -> (Self, mpsc::Receiver<Call>) {
        let (calls, queue) = mpsc::channel(QUEUE);
        (Self(calls), queue)
    }

    /// Starts an execution; once for each key, however often it is asked to.
    pub(crate) async fn start(
        &self,
        start: Start,
        once: Option<Once>,
    ) -> Result<Started, StartError> {
        let (reply, answer) = oneshot::channel();
        let stopping = || StoreError::Unavailable("the server is stopping".into());
        self.0
            .send(Call { start, once, reply })
            .await
            .map_err(|_| stopping())?;
        answer.await.map_err(|_| stopping())?
    }
}

/// Starts executions until the replica stops.
pub(crate) async fn start_all(app: App, mut queue: mpsc::Receiver<Call>, stop: CancellationToken) {
    let mut calls = Vec::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            count = queue.recv_many(&mut calls, BATCH) => if count == 0 { return },
        }
        let started = AssertUnwindSafe(answer(&app, std::mem::take(&mut calls)));
        if started.catch_unwind().await.is_err() {
            tracing::error!("starting a batch panicked");
        }
    }
}

/// Starts calls together, or one by one where that fails.
async fn answer(app: &App, calls: Vec<Call>) {
    let together = start_together(app, &calls).await;
    let failure = together.as_ref().err().and_then(|error| error.store());
    let for_everybody = failure.and_then(StoreError::for_everybody);
    let mut outcomes = together.unwrap_or_default().into_iter();
    for call in calls {
        let outcome = match (outcomes.next().flatten(), &for_everybody) {
            (Some(outcome), _) => outcome,
            (None, Some(failure)) => {
                Err(failure.for_everybody().unwrap_or(StoreError::Stale).into())
            }
            (None, None) => start_alone(app, &call).await,
        };
        // A caller that has hung up finds the execution in the list.
        let _ = call.reply.send(outcome);
    }
}

/// Starts one call by itself, again while others are in its way.
async fn start_alone(app: &App, call: &Call) -> Result<Started, StartError> {
    let mut tries = 0;
    loop {
        tries += 1;
        let error = match start_together(app, std::slice::from_ref(call)).await {
            Ok(mut outcomes) => match outcomes.pop().flatten() {
                Some(outcome) => return outcome,
                None => EngineError::Store(StoreError::Stale),
            },
            Err(error) => error,
        };
        let again = error
            .store()
            .is_some_and(|e| e.is_transient() || once::was_faster(e));
        if tries == TRIES || !again {
            return Err(error.into());
        }
        tokio::time::sleep(Duration::from_millis(u64::from(tries * tries))).await;
    }
}

/// What came of a call; `None` for one that has to be started after the others.
type Outcome = Option<Result<Started, StartError>>;
type Outcomes = Vec<Outcome>;

/// Starts calls in one transaction.
async fn start_together(app: &App, calls: &[Call]) -> Result<Outcomes, EngineError> {
    let mut tx = begin::<Start>(app).await?;
    match write_together(app, &mut tx, calls).await {
        Ok(outcomes) => {
            commit::<Start>(app, tx).await?;
            Ok(outcomes)
        }
        Err(error) => {
            tx.rollback().await;
            Err(error)
        }
    }
}

async fn write_together(app: &App, tx: &mut Tx, calls: &[Call]) -> Result<Outcomes, EngineError> {
    let keys: Vec<_> = calls
        .iter()
        .filter_map(|call| call.once.as_ref())
        .map(|once| (once.principal.as_str(), once.key.as_str()))
        .collect();
    let named: Vec<String> = calls
        .iter()
        .filter_map(|call| call.start.only_on().map(str::to_owned))
        .collect();
    let (reserved, fleet) = if named.is_empty() {
        let reserved = store::executions::reserve(tx, calls.len(), &keys).await?;
        (reserved, Fleet::default())
    } else {
        let (reserved, workers) =
            store::executions::reserve_with(tx, (calls.len(), &keys), &named).await?;
        (reserved, Fleet::knowing(named, workers))
    };
    let mut batch = Batch {
        fleet,
        ..Batch::default()
    };
    let mut found = Vec::with_capacity(calls.len());
    for call in calls {
        found.push(batch.resolve(app, tx, (call, &reserved)).await?);
    }
    // All at once, and before anything else is locked: no two batches wait for each other.
    let groups = found.iter().filter_map(Found::group).collect();
    batch.groups.lock(tx, groups).await?;
    let mut outcomes = Vec::with_capacity(calls.len());
    for ((call, number), found) in calls.iter().zip(&reserved.numbers).zip(found) {
        let outcome = match found {
            Found::Outcome(outcome) => outcome,
            Found::Start(start) => match batch.begin(tx, (call, *number), *start).await {
                Err(StartError::Engine(error)) => return Err(error),
                outcome => Some(outcome),
            },
        };
        outcomes.push(outcome);
    }
    if !batch.runs.is_empty() {
        store::audit::insert_all(tx, batch.deeds);
        if !batch.kept.is_empty() {
            store::idempotency::insert(tx, batch.kept);
        }
        engine::finish(app, tx, (batch.runs, batch.changes));
    }
    Ok(outcomes)
}

/// The answer that the same call got before, if it was made before.
fn replayed(app: &App, call: &Call, reserved: &Reserved) -> Option<Result<Started, StartError>> {
    let once = call.once.as_ref()?;
    let kept = reserved
        .answers
        .iter()
        .find(|kept| kept.principal == once.principal && kept.key == once.key)?;
    let body = match once::read(app, kept.answer.clone(), once) {
        Ok(body) => body,
        Err(error) => return Some(Err(error.into())),
    };
    let read = serde_json::from_value(body);
    Some(read.map_err(|error| StoreError::from(error).into()))
}

/// What a call is about.
enum Found {
    /// Nothing is to be started for it, or not now.
    Outcome(Outcome),
    Start(Box<Ready>),
}

/// A call that can begin.
struct Ready {
    beginning: Beginning,
    changes: Changes,
    /// By what it is known again.
    digest: Option<Vec<u8>>,
}

impl Found {
    fn group(&self) -> Option<String> {
        match self {
            Self::Start(start) => start.beginning.group(),
            Self::Outcome(_) => None,
        }
    }
}

/// Finds what a call starts, and by what it will be known again.
async fn ready(app: &App, tx: &mut Tx, call: &Call) -> Result<Ready, StartError> {
    let mut changes = Changes::default();
    let beginning = call.start.resolve(app, tx, &mut changes).await?;
    let gives = match beginning.secrets {
        Some(_) => Gives::Secrets,
        None => Gives::NoSecret,
    };
    let digest = match &call.once {
        Some(once) => Some(once::digest(app, tx, (once, gives)).await),
        None => None,
    };
    Ok(Ready {
        beginning,
        changes,
        digest: digest.transpose().map_err(KeptError::Key)?,
    })
}

/// What one transaction starts.
#[derive(Default)]
struct Batch<'a> {
    groups: Groups,
    keys: HashSet<(&'a str, &'a str)>,
    fleet: Fleet,
    runs: Vec<Run>,
    changes: Changes,
    deeds: Vec<Deed>,
    kept: Vec<Kept>,
}

impl<'a> Batch<'a> {
    /// Whether no other call in the batch has the same key.
    fn takes_key(&mut self, call: &'a Call) -> bool {
        let key = call
            .once
            .as_ref()
            .map(|once| (once.principal.as_str(), once.key.as_str()));
        key.is_none_or(|key| self.keys.insert(key))
    }

    /// Finds what a call is about. Locks nothing.
    async fn resolve(
        &mut self,
        app: &App,
        tx: &mut Tx,
        (call, reserved): (&'a Call, &Reserved),
    ) -> Result<Found, EngineError> {
        if let Some(answer) = replayed(app, call, reserved) {
            return Ok(Found::Outcome(Some(answer)));
        }
        // The same key twice at once: the second one finds what the first one did.
        if !self.takes_key(call) {
            return Ok(Found::Outcome(None));
        }
        match ready(app, tx, call).await {
            Ok(ready) => Ok(Found::Start(Box::new(ready))),
            Err(StartError::Engine(error)) => Err(error),
            Err(refused) => Ok(Found::Outcome(Some(Err(refused)))),
        }
    }

    /// Adds a call; a refused one adds nothing.
    async fn begin(
        &mut self,
        tx: &mut Tx,
        (call, number): (&Call, i64),
        ready: Ready,
    ) -> Result<Started, StartError> {
        let Ready {
            beginning,
            mut changes,
            digest,
        } = ready;
        let started = Started {
            execution_id: beginning.id,
            number,
        };
        let deed = beginning.deed();
        let run = beginning
            .begin(
                tx,
                number,
                (&mut self.fleet, &mut self.groups, &mut changes),
            )
            .await?;
        if let (Some(once), Some(digest)) = (&call.once, digest) {
            let body = serde_json::to_value(started).map_err(StoreError::from)?;
            self.kept.push(once::kept(once, digest, body));
        }
        self.deeds.push(deed);
        self.runs.push(run);
        self.changes.absorb(changes);
        Ok(started)
    }
}
