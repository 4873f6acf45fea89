//! Holds everything the executor knows and decides what happens next.
//!
//! One thread, one owner: events come in, the journal is written, frames go out.

use std::{collections::HashMap, time::Duration};

use pulse_api::frames::{
    Ack, Cancel, Claim, CommandResult, ExecuteCommand, FromAgent, NotStarted, Reason, Started,
};
use tokio::{net::unix::pipe::Receiver, sync::mpsc};

use super::{
    attempts::{Attempt, Attempts, Refusal, Stage, Verdict, Waiting},
    journal::{Durability, Journal},
    launch::{Files, Launched, Launcher},
    outbox::Outbox,
    outputs,
    pipes::Pipes,
    reaper::{Exit, Reaper},
    record::{Key, Record},
    results,
    spool::Spool,
    tree::{self, Tree},
    watch::{Ending, News, Order, Watch},
};
use crate::{
    clock,
    supervisor::Supervisor,
    wire::{DrainMode, FromExecutor, Inventory, Kind, Load, Message, Settings},
};

/// What an executor is made of.
pub(crate) struct Parts {
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
    clock_offset_ns: Option<i64>,
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
            clock_offset_ns: None,
            reaper,
            news,
            tasks: Supervisor::default(),
        }
    }

    /// Takes up what an earlier executor left, and ends what it left running.
    pub(crate) fn recover(&mut self, records: Vec<Record>) {
        for (key, proven) in super::record::replay(records) {
            if proven.is_acked {
                self.attempts.remember(key, None);
                continue;
            }
            let stem = key.file_stem();
            let folder = self.parts.folder.join("spool");
            let (result, kept) = if let Some(exit) = proven.exit {
                exit
            } else {
                let is_same_boot = proven.boot_id == self.parts.boot_id;
                if is_same_boot {
                    tree::kill_remains(key, proven.process);
                }
                let Some(origin) = proven.origin else {
                    continue;
                };
                let reason = if is_same_boot {
                    Reason::AgentRestart
                } else {
                    Reason::HostRestart
                };
                let lost =
                    results::lost(key.under(proven.fence), origin, reason, self.server_now());
                tracing::warn!(job.id = %key.job_id, reason = reason.as_str(), "an attempt was lost");
                (Box::new(lost), Vec::new())
            };
            let spool = Spool::restore(&folder, &stem, kept);
            let attempt = Attempt {
                fence: proven.fence,
                origin: results::origin(&result),
                started_at: result.timestamp,
                stage: Stage::Ended(result.clone()),
                is_condemned: false,
            };
            if result
                .reason
                .is_some_and(|reason| matches!(reason, Reason::AgentRestart | Reason::HostRestart))
            {
                let record = Record::Exit {
                    key,
                    result,
                    output: Vec::new(),
                };
                self.write(&record);
            }
            self.attempts.insert(key, attempt);
            self.spools.insert(key, spool);
        }
    }

    /// Takes what the link's configuration says.
    pub(crate) fn configure(&mut self, settings: Settings) {
        self.parts.settings = settings;
        self.attempts.slots = settings.max_concurrent;
        if self.drain == Some(DrainMode::Exit) {
            // The next start after an exiting drain is active again.
            self.drain = None;
        }
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
        })
    }

    /// How busy the executor is.
    pub(crate) fn load(&self) -> Load {
        Load {
            pid: std::process::id(),
            slots: self.attempts.slots,
            running: self.attempts.running(),
            queued: self.attempts.queued(),
            unreported: self.attempts.unreported(),
            draining: self.drain,
            link_online: self.outbox.is_online(),
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

    /// Decides about an offer.
    pub(crate) fn offer(&mut self, offer: Box<ExecuteCommand>, start_before_ns: i64) {
        let waiting = Waiting {
            offer,
            start_before_ns,
        };
        let claim = waiting.offer.claim();
        let refusal = if self.drain == Some(DrainMode::Exit) {
            Some(Refusal::Draining)
        } else {
            (!self.parts.journal.is_ready()).then_some(Refusal::Disk)
        };
        match self.attempts.judge(&waiting, clock::boottime_ns(), refusal) {
            Verdict::Start => self.start(&waiting.offer),
            Verdict::Queue => self.attempts.queue(waiting),
            Verdict::Refuse(refusal) => self.refuse(claim, refusal),
            Verdict::Ignore => tracing::debug!(job.id = %claim.job_id, "an outdated offer"),
            Verdict::AdoptRunning => {
                self.fence(claim);
                self.report_started(claim.into());
            }
            Verdict::AdoptEnded => {
                self.fence(claim);
                if let Some(spool) = self.spools.get_mut(&claim.into()) {
                    spool.rewind();
                }
                self.outbox.unmark(claim.into());
                self.send();
            }
            Verdict::AdoptReported => self.report_again(&waiting),
        }
    }

    /// Starts what waits, as far as there are slots, and gives up what has expired.
    pub(crate) fn turn_queue(&mut self) {
        let now_ns = clock::boottime_ns();
        for expired in self.attempts.take_expired(now_ns) {
            self.refuse(expired.offer.claim(), Refusal::Expired);
        }
        while let Some(waiting) = self.attempts.next_startable(now_ns) {
            self.start(&waiting.offer);
        }
    }

    /// How long until a waiting offer expires.
    pub(crate) fn next_expiry(&self) -> Option<Duration> {
        let at = self.attempts.next_expiry_ns()?;
        let nanos = u64::try_from(at - clock::boottime_ns()).unwrap_or(0);
        Some(Duration::from_nanos(nanos))
    }

    /// Ends an attempt because somebody asked.
    pub(crate) fn cancel(&mut self, cancel: &Cancel) {
        let grace = Duration::from_millis(cancel.grace_ms);
        if let Some(waiting) = self.attempts.take_waiting(cancel.claim) {
            let (claim, now) = (waiting.offer.claim(), self.server_now());
            let mut result = results::lost(
                claim,
                results::asked_by(&waiting.offer),
                Reason::Cancelled,
                now,
            );
            result.detail = Some("it had not been started yet".to_owned());
            self.enter(&waiting.offer);
            self.close(claim.into(), Box::new(result));
            return;
        }
        if self.attempts.find_claimed(cancel.claim).is_some() {
            self.order(
                cancel.claim.into(),
                Order {
                    reason: Reason::Cancelled,
                    grace,
                },
            );
        }
    }

    /// Ends every attempt.
    pub(crate) fn cancel_all(&mut self) {
        let grace = Duration::from_millis(self.parts.settings.kill_grace_ms);
        let keys: Vec<Key> = self.running.keys().copied().collect();
        for key in keys {
            self.order(
                key,
                Order {
                    reason: Reason::Cancelled,
                    grace,
                },
            );
        }
    }

    /// Starts nothing more.
    pub(crate) fn drain(&mut self, mode: DrainMode) {
        self.drain = Some(mode);
        if mode == DrainMode::Exit {
            for waiting in self.attempts.take_queue() {
                self.refuse(waiting.offer.claim(), Refusal::Draining);
            }
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

    /// A running attempt has news.
    pub(crate) fn hear(&mut self, news: News) {
        match news {
            News::Output(key, stream, bytes) => {
                if let Some(spool) = self.spools.get_mut(&key)
                    && let Err(error) = spool.append(stream, &bytes)
                {
                    tracing::error!(job.id = %key.job_id, %error, "output could not be kept; it is only counted from here on");
                }
                self.send();
            }
            News::Ended(key, ending) => self.ended(key, ending),
        }
        self.tasks.reap();
    }

    /// Hands frames to the link, as many as it takes.
    pub(crate) fn send(&mut self) {
        self.outbox.fill(&self.attempts, &mut self.spools);
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.attempts.running() == 0 && self.attempts.queued() == 0
    }

    fn start(&mut self, offer: &ExecuteCommand) {
        let claim = offer.claim();
        let key = Key::from(claim);
        let record = Record::Start {
            key,
            fence: claim.fence,
            origin: results::asked_by(offer),
            boot_id: self.parts.boot_id.clone(),
        };
        if let Err(error) = self.parts.journal.append(&record, Durability::Process) {
            tracing::error!(job.id = %key.job_id, %error, "the journal cannot be written, so nothing is started");
            self.refuse(claim, Refusal::Disk);
            return;
        }
        self.enter(offer);
        match self.parts.launcher.launch(offer) {
            Ok(launched) => self.follow(offer, launched),
            Err(sentence) => {
                let asked_by = results::asked_by(offer);
                let mut result =
                    results::lost(claim, asked_by, Reason::NotStartable, self.server_now());
                result.detail = Some(sentence);
                self.close(key, Box::new(result));
            }
        }
    }

    fn enter(&mut self, offer: &ExecuteCommand) {
        let key = Key::from(offer.claim());
        let attempt = Attempt {
            fence: offer.fence,
            origin: results::asked_by(offer),
            started_at: self.server_now(),
            stage: Stage::Running,
            is_condemned: false,
        };
        self.attempts.insert(key, attempt);
        let folder = self.parts.folder.join("spool");
        self.spools
            .insert(key, Spool::new(&folder, &key.file_stem()));
    }

    fn follow(&mut self, offer: &ExecuteCommand, launched: Launched) {
        let key = Key::from(offer.claim());
        let Launched { mut child, files } = launched;
        let Some(pid) = i32::try_from(child.id())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        else {
            return;
        };
        let exit = self.reaper.expect(pid);
        let stdout = child.stdout.take().and_then(|pipe| receiver(pipe.into()));
        let stderr = child.stderr.take().and_then(|pipe| receiver(pipe.into()));
        let (orders, ordered) = mpsc::channel(4);
        let watch = Watch {
            key,
            tree: Tree::new(pid, key),
            pipes: Pipes::new(stdout, stderr),
            reaper: self.reaper.clone(),
            exit,
            orders: ordered,
            news: self.news.clone(),
            timeout: Duration::from_millis(offer.timeout),
            kill_grace: Duration::from_millis(self.parts.settings.kill_grace_ms),
        };
        let started_ns = clock::boottime_ns();
        self.running.insert(
            key,
            Running {
                orders,
                files,
                started_ns,
            },
        );
        self.tasks.start(watch.run());
        self.report_started(key);
        self.write(&Record::Process {
            key,
            pid: pid.as_raw_nonzero().get(),
            start_ticks: tree::start_ticks(pid),
        });
        tracing::info!(job.id = %key.job_id, attempt = key.attempt, pid = %pid, "step started");
    }

    fn ended(&mut self, key: Key, ending: Ending) {
        let Some(running) = self.running.remove(&key) else {
            return;
        };
        let Some(attempt) = self.attempts.get(key) else {
            return;
        };
        let mut result =
            results::blank(key.under(attempt.fence), attempt.origin, self.server_now());
        let nanos = clock::boottime_ns() - running.started_ns;
        result.duration = u64::try_from(nanos / 1_000_000).unwrap_or(0);
        result.reason = ending.reason;
        match ending.exit {
            Some(Exit::Code(code)) => result.exit_code = Some(code),
            Some(Exit::Signal(signal)) => result.signal = Some(signal),
            None => result.detail = Some("its processes resist being killed".to_owned()),
        }
        result.success = ending.reason.is_none() && result.exit_code == Some(0);
        let outputs = outputs::collect(&running.files.outputs);
        result.outputs = outputs.values;
        result.detail = result.detail.or(outputs.complaint);
        running.files.remove();
        self.close(key, Box::new(result));
    }

    /// Writes down an attempt's result and reports it.
    fn close(&mut self, key: Key, mut result: Box<CommandResult>) {
        let mut output = Vec::new();
        if let Some(spool) = self.spools.get_mut(&key) {
            match spool.finish() {
                Ok(summary) => {
                    result.output_bytes = summary.bytes;
                    result.output_sha256 = summary.sha256;
                }
                Err(error) => {
                    tracing::error!(job.id = %key.job_id, %error, "the end of the output could not be kept");
                }
            }
            result.last_seq = spool.last_seq();
            output = spool.kept_in_memory();
            if !self.outbox.is_online() && spool.sync().is_err() {
                tracing::error!(job.id = %key.job_id, "output could not be made safe on disk");
            }
        }
        tracing::info!(
            job.id = %key.job_id,
            attempt = key.attempt,
            exit_code = result.exit_code,
            signal = result.signal,
            reason = result.reason.map(Reason::as_str),
            "step ended"
        );
        self.write(&Record::Exit {
            key,
            result: result.clone(),
            output,
        });
        self.attempts.end(key, result);
        self.turn_queue();
        self.send();
    }

    fn condemn(&mut self, claim: Claim) {
        let grace = Duration::from_millis(self.parts.settings.kill_grace_ms);
        let Some(attempt) = self.attempts.find_claimed(claim) else {
            return;
        };
        let was_condemned = std::mem::replace(&mut attempt.is_condemned, true);
        match attempt.stage {
            Stage::Running => {
                self.order(
                    claim.into(),
                    Order {
                        reason: Reason::Cancelled,
                        grace,
                    },
                );
            }
            // It was told once as evidence; a server that lists it again does not want it.
            Stage::Ended(_) if was_condemned => self.forget(claim.into()),
            Stage::Ended(_) => {}
        }
    }

    fn order(&mut self, key: Key, order: Order) {
        if let Some(running) = self.running.get(&key) {
            // A full channel means that its end has been ordered four times already.
            let _ = running.orders.try_send(order);
        }
    }

    fn fence(&mut self, claim: Claim) {
        self.write(&Record::Fenced {
            key: claim.into(),
            fence: claim.fence,
        });
    }

    fn report_started(&mut self, key: Key) {
        if let Some(attempt) = self.attempts.get(key) {
            let started = Started {
                claim: key.under(attempt.fence),
                at: attempt.started_at,
            };
            self.outbox.push(&FromAgent::Started(started));
        }
    }

    fn report_again(&mut self, waiting: &Waiting) {
        let claim = waiting.offer.claim();
        let asked_by = results::asked_by(&waiting.offer);
        let mut otherwise = results::lost(claim, asked_by, Reason::AgentRestart, self.server_now());
        otherwise.detail = Some("it ran before, and its result is no longer kept here".to_owned());
        let key = self.attempts.reopen(waiting, otherwise);
        let folder = self.parts.folder.join("spool");
        self.spools
            .insert(key, Spool::new(&folder, &key.file_stem()));
        self.outbox.unmark(key);
        self.send();
    }

    fn refuse(&mut self, claim: Claim, refusal: Refusal) {
        tracing::info!(job.id = %claim.job_id, reason = refusal.as_str(), "offer not taken");
        let reason = refusal.as_str().to_owned();
        self.outbox
            .push(&FromAgent::NotStarted(NotStarted { claim, reason }));
    }

    fn forget(&mut self, key: Key) {
        if !self.attempts.forget(key) {
            return;
        }
        self.write(&Record::Acked { key });
        if let Some(spool) = self.spools.remove(&key) {
            spool.remove();
        }
        self.outbox.unmark(key);
        let open = self.attempts.open_keys();
        let known = self.attempts.remembered_keys();
        if let Err(error) = self.parts.journal.compact(&open, &known) {
            tracing::error!(%error, "the journal could not be rewritten");
        }
    }

    fn write(&mut self, record: &Record) {
        let durability = if self.outbox.is_online() {
            Durability::Process
        } else {
            Durability::Host
        };
        if let Err(error) = self.parts.journal.append(record, durability) {
            tracing::error!(%error, job.id = %record.key().job_id, "the journal could not be written");
        }
    }

    fn server_now(&self) -> jiff::Timestamp {
        let offset = self.clock_offset_ns.unwrap_or_else(clock::wall_offset_ns);
        clock::timestamp(clock::boottime_ns() + offset)
    }

    /// Sends a message to the other side of the unix socket.
    pub(crate) fn tell(&mut self, message: &FromExecutor) {
        self.outbox
            .push_message(Message::new(Kind::Control, message));
    }
}

fn receiver(pipe: std::os::fd::OwnedFd) -> Option<Receiver> {
    Receiver::from_owned_fd(pipe)
        .inspect_err(|error| tracing::error!(%error, "an output pipe could not be watched"))
        .ok()
}
