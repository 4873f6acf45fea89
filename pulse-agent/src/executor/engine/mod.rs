//! Holds everything the executor knows and decides what happens next.
//!
//! One thread, one owner: events come in, the journal is written, frames go out.

mod deadman;
mod ends;
mod offers;
mod recovery;

use std::{collections::HashMap, path::Path, time::Duration};

use pulse_api::frames::{Ack, Claim, OnDisconnect};
use tokio::sync::mpsc;

use self::deadman::Deadman;
use super::{
    attempts::{Attempts, Refusal, Stage},
    journal::{Durability, Journal},
    launch::{Files, Launcher},
    mask::Masking,
    outbox::Outbox,
    reaper::Reaper,
    record::{Key, Record},
    spool::Spool,
    watch::{News, Order},
};
use crate::{
    clock,
    config::{Origin, Rules},
    failpoint,
    supervisor::Supervisor,
    wire::{Counted, DrainMode, FromExecutor, Inventory, Kind, Load, Message, Settings},
};

/// What an executor is made of.
pub(crate) struct Parts {
    pub(crate) origin: Origin,
    pub(crate) settings: Settings,
    pub(crate) launcher: Launcher,
    pub(crate) journal: Journal,
    pub(crate) folder: std::path::PathBuf,
    pub(crate) boot_id: String,
    pub(crate) detached: bool,
}

/// A process that runs.
struct Running {
    orders: mpsc::Sender<Order>,
    files: Files,
    started_ns: i64,
    /// Whether its start was told.
    is_told: bool,
    on_disconnect: OnDisconnect,
    /// What is masked in what it writes; nothing for a step without secrets.
    masking: Option<Masking>,
}

/// The executor's state.
pub(crate) struct Engine {
    pub(crate) attempts: Attempts,
    pub(crate) spools: HashMap<Key, Spool>,
    pub(crate) outbox: Outbox,
    parts: Parts,
    session: String,
    running: HashMap<Key, Running>,
    drain: Option<DrainMode>,
    /// How often the link has told it to drain or to go on.
    heeded: u64,
    /// This executor ends; the worker does not.
    is_closing: bool,
    /// Another executor takes over as soon as no step would notice.
    pub(crate) is_renewing: bool,
    clock_offset_ns: Option<i64>,
    counted: Counted,
    deadman: Deadman,
    reaper: Reaper,
    news: mpsc::Sender<News>,
    tasks: Supervisor,
}

impl Engine {
    /// An executor that knows nothing yet; see `recover`.
    pub(crate) fn new(parts: Parts, reaper: Reaper, news: mpsc::Sender<News>) -> Self {
        Self {
            attempts: Attempts::new(parts.settings.max_concurrent),
            spools: HashMap::new(),
            outbox: Outbox::default(),
            parts,
            session: uuid::Uuid::now_v7().to_string(),
            running: HashMap::new(),
            drain: None,
            heeded: 0,
            is_closing: false,
            is_renewing: false,
            clock_offset_ns: None,
            counted: Counted::default(),
            deadman: Deadman::default(),
            reaper,
            news,
            tasks: Supervisor::default(),
        }
    }

    /// Takes what the link's configuration says.
    pub(crate) fn configure(&mut self, settings: Settings) {
        self.parts.settings = settings;
        self.attempts.slots = settings.max_concurrent;
    }

    /// Another link is there, which has told it nothing yet.
    pub(crate) fn attached(&mut self, settings: Settings) {
        self.configure(settings);
        self.heeded = 0;
        if self.drain == Some(DrainMode::Exit) {
            // The next start after an exiting drain is active again.
            self.drain = None;
        }
    }

    /// The link has said whether it is to drain.
    pub(crate) fn heed(&mut self) {
        self.heeded += 1;
    }

    /// Reads the rules of this host again; ones that are of no use change nothing.
    pub(crate) fn reload(&mut self) -> Result<(), String> {
        let loaded = self
            .parts
            .origin
            .load()
            .map_err(|error| error.to_string())?;
        self.parts.launcher.rules = Rules::from(&loaded.config);
        tracing::info!("the rules were read again");
        Ok(())
    }

    /// What a server must hear first.
    pub(crate) fn inventory(&self) -> FromExecutor {
        FromExecutor::Inventory(Inventory {
            session: self.session.clone(),
            boot_id: self.parts.boot_id.clone(),
            detached: self.parts.detached,
            running: self.attempts.claims(),
            spooled: self.attempts.unreported(),
            slots: self.attempts.slots,
            sandbox: self.parts.launcher.ability.describe(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            masking: true,
        })
    }

    /// How busy the executor is.
    pub(crate) fn load(&self) -> Load {
        Load {
            pid: std::process::id(),
            slots: if self.is_closing {
                0
            } else {
                self.attempts.slots
            },
            running: self.attempts.running(),
            queued: self.attempts.queued(),
            unreported: self.attempts.unreported(),
            draining: self.drain,
            renewing: self.is_renewing,
            link_online: self.outbox.is_online(),
            held: self.attempts.claims(),
            counted: Counted {
                spool_bytes: self.spools.values().map(Spool::kept_bytes).sum(),
                ..self.counted
            },
            sandbox: self.parts.launcher.ability.describe(),
            heeded: self.heeded,
        }
    }

    /// The server is there: says again what it may have missed, ends what it has given up.
    pub(crate) fn online(&mut self, kill: &[Claim], clock_offset_ns: i64) {
        self.clock_offset_ns = Some(clock_offset_ns);
        for spool in self.spools.values_mut() {
            spool.rewind();
        }
        self.outbox.online();
        for claim in kill {
            self.condemn(*claim);
        }
        let running: Vec<Key> = self
            .attempts
            .iter()
            .filter(|(_, attempt)| matches!(attempt.stage, Stage::Running))
            .map(|(key, _)| key)
            .collect();
        for key in running {
            self.report_started(key);
        }
        self.send();
    }

    /// The server is away: what is written from now on survives the loss of the host.
    pub(crate) fn offline(&mut self) {
        self.outbox.offline();
        if self.attempts.unreported() > 0 {
            let synced = self.parts.journal.sync();
            let spools = self
                .spools
                .values()
                .map(Spool::sync)
                .collect::<Result<Vec<()>, _>>();
            if let Err(error) = synced.and(spools.map(|_| ())) {
                tracing::error!(%error, "results could not be made safe on disk");
            }
        }
    }

    pub(crate) fn set_clock(&mut self, offset_ns: i64) {
        self.clock_offset_ns = Some(offset_ns);
    }

    /// Starts nothing more. The server hears of it before the first refusal.
    pub(crate) fn drain(&mut self, mode: DrainMode) {
        self.drain = Some(mode);
        let load = FromExecutor::Load(self.load());
        self.tell(&load);
        if mode == DrainMode::Exit && self.attempts.queued() > 0 {
            self.refuse_waiting();
            let load = FromExecutor::Load(self.load());
            self.tell(&load);
        }
    }

    /// Starts nothing more, because this executor ends.
    pub(crate) fn close_down(&mut self) {
        self.is_closing = true;
        self.refuse_waiting();
    }

    fn refuse_waiting(&mut self) {
        for waiting in self.attempts.take_queue() {
            self.refuse(waiting.offer.claim(), Refusal::Draining);
        }
    }

    pub(crate) fn resume(&mut self) {
        self.drain = None;
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.drain.is_some()
    }

    /// The server has stored something.
    pub(crate) fn ack(&mut self, ack: &Ack) {
        let key = Key {
            job_id: ack.job_id,
            attempt: ack.attempt,
        };
        if let Some(seq) = ack.output_seq {
            if let Some(spool) = self.spools.get_mut(&key) {
                spool.ack(seq);
            }
            self.send();
            return;
        }
        self.forget(key);
    }

    /// Hands frames to the link, as many as it takes.
    pub(crate) fn send(&mut self) {
        self.outbox.fill(&self.attempts, &mut self.spools);
    }

    /// How long a step may take to end after it was asked to.
    pub(crate) fn kill_grace(&self) -> Duration {
        Duration::from_millis(self.parts.settings.kill_grace_ms)
    }

    /// The configuration file of this host, where it is not the usual one.
    pub(crate) fn config_file(&self) -> Option<&Path> {
        self.parts.origin.file.as_deref()
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.attempts.running() == 0 && self.attempts.queued() == 0
    }

    pub(crate) fn forget(&mut self, key: Key) {
        if !self.attempts.forget(key) {
            return;
        }
        failpoint::pass("acked");
        self.parts.journal.note(&Record::Acked { key });
        failpoint::pass("ack_noted");
        if let Some(spool) = self.spools.remove(&key) {
            spool.remove();
        }
        self.outbox.unmark(key);
        if !self.parts.journal.is_long() {
            return;
        }
        let open = self.attempts.open_keys();
        let known = self.attempts.remembered_keys();
        if let Err(error) = self.parts.journal.compact(&open, &known) {
            tracing::error!(%error, "the journal could not be rewritten");
        }
    }

    pub(crate) fn write(&mut self, record: &Record) {
        let durability = if self.outbox.is_online() {
            Durability::Process
        } else {
            Durability::Host
        };
        if let Err(error) = self.parts.journal.append(record, durability) {
            tracing::error!(%error, job.id = %record.key().job_id, "the journal could not be written");
        }
    }

    pub(crate) fn server_now(&self) -> jiff::Timestamp {
        let offset = self.clock_offset_ns.unwrap_or_else(clock::wall_offset_ns);
        clock::timestamp(clock::boottime_ns() + offset)
    }

    /// Sends a message to the other side of the unix socket.
    pub(crate) fn tell(&mut self, message: &FromExecutor) {
        self.outbox
            .push_message(Message::new(Kind::Control, message));
    }
}
