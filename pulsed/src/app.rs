//! What one replica is made of: a store, settings, and whom it can tell what.
//!
//! Nothing here is state: whatever is lost with the process is read again from
//! PostgreSQL, or was only a hint.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::{
    beats::Beats,
    clock,
    config::Config,
    domain::{executions::batch::Starter, jobs::report::Intake},
    edge::timers::Board,
    model::{changes::News, wake::Wake},
    refusals::Refusals,
    store::{AfterCommit, Store},
    supervisor::Supervisor,
    switchboard::Switchboard,
    workflows::Library,
};

/// One replica.
#[derive(Clone)]
pub(crate) struct App(Arc<Parts>);

struct Parts {
    store: Store,
    config: Config,
    server: Uuid,
    switchboard: Switchboard,
    library: Library,
    intake: Intake,
    starter: Starter,
    supervisor: Supervisor,
    beats: Beats,
    refusals: Refusals,
    timers: Board,
    /// How far the database's clock is ahead of this host's, in microseconds.
    clock_ahead_us: AtomicI64,
    /// How many other replicas live.
    peers: AtomicU64,
    hints: mpsc::UnboundedSender<Wake>,
}

impl App {
    /// A replica, and the hints that it has for the others.
    pub(crate) fn new(
        config: Config,
        (intake, starter): (Intake, Starter),
        supervisor: Supervisor,
    ) -> (Self, mpsc::UnboundedReceiver<Wake>) {
        let (hints, for_peers) = mpsc::unbounded_channel();
        let store = Store::new(config.database.url.expose(), config.database.pool_size);
        let parts = Parts {
            store,
            config,
            server: Uuid::now_v7(),
            switchboard: Switchboard::default(),
            library: Library::default(),
            intake,
            starter,
            supervisor,
            beats: Beats::default(),
            refusals: Refusals::default(),
            timers: Board::default(),
            clock_ahead_us: AtomicI64::new(0),
            peers: AtomicU64::new(0),
            hints,
        };
        (Self(Arc::new(parts)), for_peers)
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    /// This replica's id, made anew each time it starts.
    pub(crate) fn server(&self) -> Uuid {
        self.0.server
    }

    pub(crate) fn switchboard(&self) -> &Switchboard {
        &self.0.switchboard
    }

    /// Documents that have been read before.
    pub(crate) fn library(&self) -> &Library {
        &self.0.library
    }

    /// Where reports of agents go.
    pub(crate) fn intake(&self) -> &Intake {
        &self.0.intake
    }

    /// Where executions are started.
    pub(crate) fn starter(&self) -> &Starter {
        &self.0.starter
    }

    pub(crate) fn supervisor(&self) -> &Supervisor {
        &self.0.supervisor
    }

    /// Signs of life that are not written yet.
    pub(crate) fn beats(&self) -> &Beats {
        &self.0.beats
    }

    /// Refused calls that are not written yet.
    pub(crate) fn refusals(&self) -> &Refusals {
        &self.0.refusals
    }

    /// What the timers have done.
    pub(crate) fn timers(&self) -> &Board {
        &self.0.timers
    }

    /// The database's clock, as far as this host can tell without asking it.
    pub(crate) fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_micros(self.0.clock_ahead_us.load(Ordering::Relaxed));
        let here = clock::now();
        here.checked_add(ahead).unwrap_or(here)
    }

    /// Learns from the database what time it is, and how many other replicas live.
    pub(crate) fn learn(&self, database_now: Timestamp, peers: u64) {
        let ahead = database_now.duration_since(clock::now());
        let micros = i64::try_from(ahead.as_micros()).unwrap_or(0);
        self.0.clock_ahead_us.store(micros, Ordering::Relaxed);
        self.0.peers.store(peers, Ordering::Relaxed);
    }

    /// Tells everybody whom a commit concerns: here at once, elsewhere by a hint.
    pub(crate) fn announce(&self, after: AfterCommit) {
        for news in after.news {
            if let News::Stored(sha256) = news {
                self.0.library.mark_stored(sha256);
            } else if let Some(wake) = self.0.switchboard.deliver(news) {
                self.hint(wake);
            }
        }
        for wake in after.wakes {
            self.0.switchboard.wake(wake);
            self.hint(wake);
        }
    }

    /// Hints at it to the other replicas, if there are any.
    fn hint(&self, wake: Wake) {
        if self.0.peers.load(Ordering::Relaxed) > 0 {
            // A closed channel means that the replica is stopping.
            let _ = self.0.hints.send(wake);
        }
    }
}
