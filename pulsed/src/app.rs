//! What one replica is made of: a store, settings, and whom it can tell what.
//!
//! Nothing here is state: whatever is lost with the process is read again from
//! PostgreSQL, or was only a hint.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use jiff::Timestamp;
use tokio::sync::{Semaphore, mpsc};
use uuid::Uuid;

use crate::{
    aside::LeftAside,
    beats::Beats,
    board::Board,
    certificate::Shown,
    clock,
    config::Config,
    courier::Courier,
    domain::{executions::batch::Starter, jobs::report::Intake, lookups::Lookups},
    library::Library,
    memory::Memories,
    meters::Meters,
    model::{changes::News, wake::Wake},
    outcomes::Outcomes,
    refusals::Refusals,
    store::{AfterCommit, PoolUse, Store},
    supervisor::Supervisor,
    switchboard::Switchboard,
};

/// One replica.
#[derive(Clone)]
pub(crate) struct App {
    parts: Arc<Parts>,
    lane: Lane,
}

/// Which connections to the database are used.
#[derive(Debug, Clone, Copy)]
enum Lane {
    /// Those of calls and reports, which may all be busy.
    Calls,
    /// Those kept for what must not wait behind calls.
    Reserved,
}

struct Parts {
    store: Store,
    reserved: Store,
    config: Config,
    server: Uuid,
    switchboard: Switchboard,
    library: Library,
    memories: Memories,
    intake: Intake,
    starter: Starter,
    lookups: Lookups,
    supervisor: Supervisor,
    beats: Beats,
    outcomes: Outcomes,
    left_aside: LeftAside,
    refusals: Refusals,
    timers: Board,
    courier: Courier,
    meters: Meters,
    host: Host,
    /// Whether somebody may begin to read a backup.
    backups: Arc<Semaphore>,
    /// What the database's clock showed when this host was started, in microseconds since 1970. The
    /// wall clock of this host stands in until the database was asked.
    started_us: AtomicI64,
    /// How many other replicas live.
    peers: AtomicU64,
    hints: mpsc::UnboundedSender<Wake>,
}

/// What a replica finds on its host, beside its configuration.
#[derive(Debug, Clone, Default)]
pub(crate) struct Host {
    pub(crate) certificate: Option<Arc<Shown>>,
    /// The folder of PostgreSQL's programs, where somebody has named it.
    pub(crate) programs: Option<PathBuf>,
}

impl App {
    /// A replica, and the hints that it has for the others.
    pub(crate) fn new(
        config: Config,
        (intake, starter, lookups): (Intake, Starter, Lookups),
        supervisor: Supervisor,
        host: Host,
    ) -> (Self, mpsc::UnboundedReceiver<Wake>) {
        let (hints, for_peers) = mpsc::unbounded_channel();
        let database = &config.database;
        let store = Store::new(database.url.expose(), database.pool_size);
        let reserved = Store::new(database.url.expose(), database.reserved_pool_size);
        let parts = Parts {
            store,
            reserved,
            meters: Meters::new(),
            host,
            backups: Arc::new(Semaphore::new(1)),
            courier: Courier::new(&config.notifications.allow_addresses),
            config,
            server: Uuid::now_v7(),
            switchboard: Switchboard::default(),
            library: Library::default(),
            memories: Memories::default(),
            intake,
            starter,
            lookups,
            supervisor,
            beats: Beats::default(),
            outcomes: Outcomes::default(),
            left_aside: LeftAside::default(),
            refusals: Refusals::default(),
            timers: Board::default(),
            started_us: AtomicI64::new(NOT_LEARNED),
            peers: AtomicU64::new(0),
            hints,
        };
        let app = Self {
            parts: Arc::new(parts),
            lane: Lane::Calls,
        };
        (app, for_peers)
    }

    /// The way to the database.
    pub(crate) fn store(&self) -> &Store {
        match self.lane {
            Lane::Calls => &self.parts.store,
            Lane::Reserved => &self.parts.reserved,
        }
    }

    /// The same replica on connections of their own: for timers, and for the coming and going of
    /// workers. However busy the interface is, nobody is taken for dead because of it.
    pub(crate) fn reserved(&self) -> Self {
        Self {
            lane: Lane::Reserved,
            ..self.clone()
        }
    }

    /// How busy the connections are, by what they are for.
    pub(crate) fn pools(&self) -> [(&'static str, PoolUse); 2] {
        [
            ("calls", self.parts.store.pool_use()),
            ("reserved", self.parts.reserved.pool_use()),
        ]
    }

    /// What is counted here.
    pub(crate) fn meters(&self) -> &Meters {
        &self.parts.meters
    }

    /// What is shown to who connects, where connections are encrypted.
    pub(crate) fn certificate(&self) -> Option<&Arc<Shown>> {
        self.parts.host.certificate.as_ref()
    }

    /// Where PostgreSQL's programs are, unless they are where they usually are.
    pub(crate) fn programs(&self) -> Option<&Path> {
        self.parts.host.programs.as_deref()
    }

    /// The place of whoever reads a backup.
    pub(crate) fn backups(&self) -> &Arc<Semaphore> {
        &self.parts.backups
    }

    pub(crate) fn config(&self) -> &Config {
        &self.parts.config
    }

    /// This replica's id, made anew each time it starts.
    pub(crate) fn server(&self) -> Uuid {
        self.parts.server
    }

    pub(crate) fn switchboard(&self) -> &Switchboard {
        &self.parts.switchboard
    }

    /// Documents that have been read before.
    pub(crate) fn library(&self) -> &Library {
        &self.parts.library
    }

    /// Executions that were written here a moment ago.
    pub(crate) fn memories(&self) -> &Memories {
        &self.parts.memories
    }

    /// What could not be done here a moment ago.
    pub(crate) fn left_aside(&self) -> &LeftAside {
        &self.parts.left_aside
    }

    /// Where reports of agents go.
    pub(crate) fn intake(&self) -> &Intake {
        &self.parts.intake
    }

    /// Where executions are started.
    pub(crate) fn starter(&self) -> &Starter {
        &self.parts.starter
    }

    /// Where the tokens of calls are looked up.
    pub(crate) fn lookups(&self) -> &Lookups {
        &self.parts.lookups
    }

    pub(crate) fn supervisor(&self) -> &Supervisor {
        &self.parts.supervisor
    }

    /// Signs of life that are not written yet.
    pub(crate) fn beats(&self) -> &Beats {
        &self.parts.beats
    }

    /// What looks gave that is not written yet.
    pub(crate) fn outcomes(&self) -> &Outcomes {
        &self.parts.outcomes
    }

    /// Refused calls that are not written yet.
    pub(crate) fn refusals(&self) -> &Refusals {
        &self.parts.refusals
    }

    /// Who carries notifications out.
    pub(crate) fn courier(&self) -> &Courier {
        &self.parts.courier
    }

    /// What the timers have done.
    pub(crate) fn timers(&self) -> &Board {
        &self.parts.timers
    }

    /// The database's clock, as far as this host can tell without asking it: whoever sets the clock
    /// of this host changes nothing.
    pub(crate) fn now(&self) -> Timestamp {
        match self.parts.started_us.load(Ordering::Relaxed) {
            NOT_LEARNED => clock::now(),
            started_us => Timestamp::from_microsecond(started_us + clock::boottime_us())
                .unwrap_or_else(|_| clock::now()),
        }
    }

    /// Whether the database was ever asked for its clock.
    pub(crate) fn knows_the_time(&self) -> bool {
        self.parts.started_us.load(Ordering::Relaxed) != NOT_LEARNED
    }

    /// Learns from the database what time it is, and how many other replicas live.
    pub(crate) fn learn(&self, database_now: Timestamp, peers: u64) {
        let started_us = started_us(database_now);
        self.parts.started_us.store(started_us, Ordering::Relaxed);
        let before = self.parts.peers.swap(peers, Ordering::Relaxed);
        if peers > before {
            // The new one got no hints while it was not known.
            self.hint(Wake::Followers);
        }
    }

    /// Tells everybody whom a commit concerns: here at once, elsewhere by a hint.
    pub(crate) fn announce(&self, after: AfterCommit) {
        // Before anybody can report on what is told below.
        self.parts.memories.learn(after.memories);
        for news in after.news {
            self.parts.meters.count(&news);
            if let News::Pruned(_) = news {
                // Documents may have gone with what was pruned.
                self.parts.library.forget_stored();
            }
            if let News::Stored(sha256) = news {
                self.parts.library.mark_stored(sha256);
            } else if let Some(wake) = self.parts.switchboard.deliver(news) {
                self.hint(wake);
            }
        }
        for wake in after.wakes {
            self.parts.switchboard.wake(wake);
            self.hint(wake);
        }
    }

    /// Hints at it to the other replicas, if there are any.
    fn hint(&self, wake: Wake) {
        if self.parts.peers.load(Ordering::Relaxed) > 0 {
            // A closed channel means that the replica is stopping.
            let _ = self.parts.hints.send(wake);
        }
    }
}

/// Before the database was asked.
const NOT_LEARNED: i64 = i64::MIN;

/// What a clock that shows this now showed when this host was started, in microseconds since 1970.
fn started_us(now: Timestamp) -> i64 {
    now.as_microsecond() - clock::boottime_us()
}
