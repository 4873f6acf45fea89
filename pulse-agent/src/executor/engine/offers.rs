//! From an offer to a running process, or to the reason why there is none.

use std::time::Duration;

use pulse_api::frames::{Claim, ExecuteCommand, FromAgent, NotStarted, Reason, Started};
use tokio::{net::unix::pipe::Receiver, sync::mpsc};

use super::{Engine, Running};
use crate::{
    clock,
    executor::{
        attempts::{Attempt, Refusal, Stage, Verdict, Waiting},
        journal::Durability,
        launch::Launched,
        mask::{Masking, Masks},
        pipes::Pipes,
        record::{Key, Record},
        results,
        spool::Spool,
        tree::{self, Tree},
        watch::Watch,
    },
    failpoint,
    wire::DrainMode,
};

/// Beyond any real timeout, and still a moment that can be computed.
const LONGEST: Duration = Duration::from_hours(24 * 365);

impl Engine {
    /// Decides about an offer.
    pub(crate) fn offer(&mut self, offer: Box<ExecuteCommand>, start_before_ns: i64) {
        failpoint::pass("offer_received");
        let waiting = Waiting {
            offer,
            start_before_ns,
        };
        let claim = waiting.offer.claim();
        let refusal = if self.is_closing || self.drain == Some(DrainMode::Exit) {
            Some(Refusal::Draining)
        } else if self.is_too_early_for(waiting.offer.on_disconnect) {
            Some(Refusal::Unheard)
        } else if !waiting.offer.has_its_secrets() {
            Some(Refusal::Secrets)
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
                self.send_again(claim.into());
            }
            Verdict::AdoptEnded => {
                self.fence(claim);
                self.send_again(claim.into());
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

    pub(crate) fn start(&mut self, offer: &ExecuteCommand) {
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
        failpoint::pass("start_journaled");
        self.enter(offer);
        let before_ns = clock::boottime_ns();
        match self.parts.launcher.launch(offer) {
            Ok(launched) => {
                failpoint::pass("spawned");
                self.follow(offer, launched, before_ns);
            }
            Err(denied) => {
                let asked_by = results::asked_by(offer);
                let mut result = results::lost(claim, asked_by, denied.reason, self.server_now());
                result.detail = Some(denied.detail);
                self.close(key, Box::new(result));
            }
        }
    }

    pub(crate) fn enter(&mut self, offer: &ExecuteCommand) {
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

    /// Stays with a process that was started since a moment of the boot clock.
    fn follow(&mut self, offer: &ExecuteCommand, launched: Launched, before_ns: i64) {
        let started_ns = clock::boottime_ns();
        let key = Key::from(offer.claim());
        let Launched {
            mut child,
            files,
            timeout_ms,
        } = launched;
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
            tree: Tree::new(pid, key, files.group.clone()),
            pipes: Pipes::new(stdout, stderr),
            reaper: self.reaper.clone(),
            exit,
            orders: ordered,
            news: self.news.clone(),
            timeout: Duration::from_millis(timeout_ms).min(LONGEST),
            kill_grace: Duration::from_millis(self.parts.settings.kill_grace_ms),
        };
        self.running.insert(
            key,
            Running {
                orders,
                files,
                started_ns,
                is_told: false,
                on_disconnect: offer.on_disconnect,
                masking: Masks::of(&offer.secrets).map(Masking::new),
            },
        );
        self.tasks.start(watch.run());
        self.counted.started += 1;
        self.write(&Record::Process {
            key,
            pid: pid.as_raw_nonzero().get(),
            start_ticks: tree::start_ticks(pid, (before_ns, started_ns)),
        });
        failpoint::pass("process_journaled");
    }

    pub(crate) fn fence(&mut self, claim: Claim) {
        self.write(&Record::Fenced {
            key: claim.into(),
            fence: claim.fence,
        });
    }

    /// Tells the start of an attempt, unless that was told before.
    pub(crate) fn tell_started(&mut self, key: Key) {
        let running = self.running.get_mut(&key);
        if running.is_some_and(|running| !std::mem::replace(&mut running.is_told, true)) {
            self.report_started(key);
        }
    }

    pub(crate) fn report_started(&mut self, key: Key) {
        if let Some(attempt) = self.attempts.get(key) {
            let started = Started {
                claim: key.under(attempt.fence),
                at: attempt.started_at,
            };
            self.outbox.push(&FromAgent::Started(started));
        }
    }

    /// Says again, under the new fence, what the server has not acknowledged.
    fn send_again(&mut self, key: Key) {
        if let Some(spool) = self.spools.get_mut(&key) {
            spool.rewind();
        }
        self.outbox.unmark(key);
        self.send();
    }

    pub(crate) fn report_again(&mut self, waiting: &Waiting) {
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

    pub(crate) fn refuse(&mut self, claim: Claim, refusal: Refusal) {
        tracing::info!(job.id = %claim.job_id, reason = refusal.as_str(), "offer not taken");
        let reason = refusal.as_str().to_owned();
        self.outbox
            .push(&FromAgent::NotStarted(NotStarted { claim, reason }));
    }
}

fn receiver(pipe: std::os::fd::OwnedFd) -> Option<Receiver> {
    Receiver::from_owned_fd(pipe)
        .inspect_err(|error| tracing::error!(%error, "an output pipe could not be watched"))
        .ok()
}
