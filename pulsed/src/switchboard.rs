//! Who listens here: agents' sessions, followers of executions and of everything, and the doorbells
//! of timers.
//!
//! Everything that passes through is a hint or a copy. What is lost is read again.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use jiff::Timestamp;
use pulse_api::{
    ExecutionId, LogAskId, WorkerId,
    agent_log::ReadLog,
    frames::{Claim, ExecuteCommand},
    http::executions::Entry,
    probe::Check,
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, broadcast, mpsc, watch};

use crate::model::{changes::News, wake::Wake, worker::Wanted};

/// What a session is told.
#[derive(Debug)]
pub(crate) enum ToSession {
    /// An offer was made for its worker.
    Offer(Box<ExecuteCommand>),
    /// An attempt was ended here: the worker shall kill and forget it.
    Kill(Claim),
    /// Somebody wants an attempt to end; milliseconds between asking and killing.
    Cancel(Claim, u64),
    /// What is wanted of its worker, when it changed lately.
    Wanted(Wanted),
    /// Its worker is to take a look.
    Check(Box<Check>),
    /// Somebody wants to see what its worker's agent has logged.
    ReadLog(Box<ReadLog>),
    /// The sign of life that its worker sent at this moment of its own clock is stored.
    Heard(Timestamp),
    /// Something changed: look what is true now.
    Look,
    /// It is void: close with this code and reason.
    Close(u16, &'static str),
}

/// What a follower is told.
#[derive(Debug, Clone)]
pub(crate) enum ToFollower {
    /// The next entries, in order.
    Entries(Arc<Vec<Entry>>),
    /// Something changed: read on.
    Look,
}

/// The sessions and followers of this replica.
#[derive(Default)]
pub(crate) struct Switchboard {
    sessions: Mutex<HashMap<WorkerId, Session>>,
    followers: Mutex<HashMap<ExecutionId, broadcast::Sender<ToFollower>>>,
    feed: FeedBell,
    doorbells: Doorbells,
    /// Rung when looks are over.
    checks: watch::Sender<()>,
    logs: LogsBell,
}

/// Tells which of those who have asked agents for their logs have an answer.
struct LogsBell(broadcast::Sender<LogAskId>);

impl Default for LogsBell {
    fn default() -> Self {
        Self(broadcast::channel(FOLLOWER_BACKLOG).0)
    }
}

/// What wakes those who follow everything, and how many more there may be.
struct FeedBell {
    bell: watch::Sender<u64>,
    places: Arc<Semaphore>,
}

impl Default for FeedBell {
    fn default() -> Self {
        Self {
            bell: watch::Sender::new(0),
            places: Arc::new(Semaphore::new(MOST_FEEDS)),
        }
    }
}

/// What wakes the timers before their time.
#[derive(Default)]
pub(crate) struct Doorbells {
    /// Something may be due sooner than the next look.
    pub(crate) due: Notify,
    /// A worker may have room for waiting jobs.
    pub(crate) queue: Notify,
    /// A place in a group may be free.
    pub(crate) places: Notify,
    /// Something is to be done about steps that run other workflows.
    pub(crate) calls: Notify,
    /// A schedule may be due sooner than the next look.
    pub(crate) schedules: Notify,
    /// There is something to tell.
    pub(crate) notifications: Notify,
    /// Something has happened that a document waits for.
    pub(crate) events: Notify,
    /// Something was reported of looks.
    pub(crate) checks: Notify,
}

struct Session {
    epoch: i64,
    sender: mpsc::Sender<ToSession>,
}

/// How many messages a session may be behind before it has to look for itself.
const SESSION_BACKLOG: usize = 64;
/// How many messages a follower may be behind before it has to read for itself.
const FOLLOWER_BACKLOG: usize = 64;
/// How many may follow everything here.
const MOST_FEEDS: usize = 500;

impl Switchboard {
    /// Registers the newest session of a worker; an older one here is closed.
    pub(crate) fn open_session(&self, worker: WorkerId, epoch: i64) -> mpsc::Receiver<ToSession> {
        let (sender, receiver) = mpsc::channel(SESSION_BACKLOG);
        let mut sessions = lock(&self.sessions);
        if sessions
            .get(&worker)
            .is_some_and(|newer| newer.epoch > epoch)
        {
            // Without a sender, the session that asks ends at once.
            return receiver;
        }
        if let Some(older) = sessions.insert(worker, Session { epoch, sender }) {
            let close = pulse_api::frames::close::SUPERSEDED;
            // A full or closed channel belongs to a session that ends by itself.
            let _ = older
                .sender
                .try_send(ToSession::Close(close, "a newer session took over"));
        }
        receiver
    }

    /// Forgets a session, unless a newer one has taken its place.
    pub(crate) fn close_session(&self, worker: WorkerId, epoch: i64) {
        let mut sessions = lock(&self.sessions);
        if sessions
            .get(&worker)
            .is_some_and(|session| session.epoch == epoch)
        {
            sessions.remove(&worker);
        }
    }

    /// The sessions open here.
    pub(crate) fn sessions(&self) -> Vec<(WorkerId, i64)> {
        lock(&self.sessions)
            .iter()
            .map(|(worker, session)| (*worker, session.epoch))
            .collect()
    }

    /// How many sessions are open here.
    pub(crate) fn session_count(&self) -> usize {
        lock(&self.sessions).len()
    }

    /// Tells exactly this session something, if it is still there.
    pub(crate) fn tell_epoch(&self, (worker, epoch): (WorkerId, i64), message: ToSession) {
        let sessions = lock(&self.sessions);
        if let Some(session) = sessions
            .get(&worker)
            .filter(|session| session.epoch == epoch)
        {
            // Full: the session is told again next time.
            let _ = session.sender.try_send(message);
        }
    }

    /// Tells a session something; gives it back when there is no such session here.
    pub(crate) fn tell(&self, worker: WorkerId, message: ToSession) -> Result<(), ToSession> {
        let sender = match lock(&self.sessions).get(&worker) {
            Some(session) => session.sender.clone(),
            None => return Err(message),
        };
        // A session that is too far behind finds what it missed when it looks.
        let _ = sender.try_send(message);
        Ok(())
    }

    /// Listens to an execution.
    pub(crate) fn follow(&self, execution: ExecutionId) -> broadcast::Receiver<ToFollower> {
        let mut followers = lock(&self.followers);
        followers.retain(|_, sender| sender.receiver_count() > 0);
        followers
            .entry(execution)
            .or_insert_with(|| broadcast::channel(FOLLOWER_BACKLOG).0)
            .subscribe()
    }

    /// Listens to everything, while there is a place.
    pub(crate) fn follow_all(&self) -> Option<(OwnedSemaphorePermit, watch::Receiver<u64>)> {
        let place = Arc::clone(&self.feed.places).try_acquire_owned().ok()?;
        Some((place, self.feed.bell.subscribe()))
    }

    /// Wakes those who follow everything: something was committed.
    pub(crate) fn ring_feed(&self) {
        self.feed
            .bell
            .send_modify(|rung| *rung = rung.wrapping_add(1));
    }

    /// Has everybody look who follows something.
    fn wake_followers(&self) {
        self.ring_feed();
        for sender in lock(&self.followers).values() {
            // Nobody is left to hear it: the next to follow clears it away.
            let _ = sender.send(ToFollower::Look);
        }
    }

    /// What rings when looks are over.
    pub(crate) fn checks_bell(&self) -> watch::Receiver<()> {
        self.checks.subscribe()
    }

    /// What tells whose question an agent has answered.
    pub(crate) fn logs_bell(&self) -> broadcast::Receiver<LogAskId> {
        self.logs.0.subscribe()
    }

    pub(crate) fn doorbells(&self) -> &Doorbells {
        &self.doorbells
    }

    /// Delivers news here; gives a wake for the other replicas where they may be concerned.
    pub(crate) fn deliver(&self, news: News) -> Option<Wake> {
        match news {
            News::Offer(worker, command) => {
                let told = self.tell(worker, ToSession::Offer(command));
                told.is_err().then_some(Wake::Worker(worker))
            }
            News::Heard(worker, sent_at) => {
                // Lost, the next sign of life is acknowledged in its place.
                let _ = self.tell(worker, ToSession::Heard(sent_at));
                None
            }
            News::Stored(_) | News::Drain | News::Pruned(_) | News::PrunedOutputs(_) => None,
            News::Kill(worker, claim) => {
                // Lost, it is said again at the worker's next sign of life.
                let told = self.tell(worker, ToSession::Kill(claim));
                told.is_err().then_some(Wake::Kill(worker, claim))
            }
            News::Entries(execution, entries) => {
                self.ring_feed();
                self.tell_followers(execution, ToFollower::Entries(Arc::new(entries)));
                Some(Wake::Execution(execution))
            }
        }
    }

    /// Wakes whom it concerns here.
    pub(crate) fn wake(&self, wake: Wake) {
        self.ring_feed();
        match wake {
            Wake::Feed => {}
            Wake::Followers => self.wake_followers(),
            Wake::Execution(execution) => self.tell_followers(execution, ToFollower::Look),
            Wake::Worker(worker) => {
                // A session elsewhere is woken by the hint.
                let _ = self.tell(worker, ToSession::Look);
            }
            Wake::Kill(worker, claim) => {
                let _ = self.tell(worker, ToSession::Kill(claim));
            }
            Wake::Queue => self.doorbells.queue.notify_one(),
            Wake::Due => self.doorbells.due.notify_one(),
            Wake::Places => self.doorbells.places.notify_one(),
            Wake::Calls => self.doorbells.calls.notify_one(),
            Wake::Schedules => self.doorbells.schedules.notify_one(),
            Wake::Notifications => {
                self.doorbells.notifications.notify_one();
                self.doorbells.events.notify_one();
            }
            Wake::Checks => self.checks.send_modify(|()| {}),
            Wake::Log(ask) => {
                // Whoever has asked does so elsewhere.
                let _ = self.logs.0.send(ask);
            }
        }
    }

    fn tell_followers(&self, execution: ExecutionId, message: ToFollower) {
        let mut followers = lock(&self.followers);
        if let Some(sender) = followers.get(&execution)
            && sender.send(message).is_err()
        {
            followers.remove(&execution);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
