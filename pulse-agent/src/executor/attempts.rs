//! Which attempts the executor knows, and what an offer means in the light of them.
//!
//! Pure: no process, no file, no clock. An attempt that is known here is never
//! started again, and two attempts of one job never run at once.

use std::collections::{BTreeSet, HashMap, VecDeque};

use jiff::Timestamp;
use pulse_api::{
    Fence, JobId,
    frames::{Claim, CommandResult, ExecuteCommand},
};

use super::record::{Key, Origin};

/// How many acknowledged attempts are remembered, in case that they are offered again.
const REMEMBERED: usize = 256;

/// An attempt that was started.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) fence: Fence,
    pub(crate) origin: Origin,
    pub(crate) started_at: Timestamp,
    pub(crate) stage: Stage,
    /// The server has ended it already: listed once more, it is forgotten.
    pub(crate) is_condemned: bool,
}

/// How far an attempt has come.
#[derive(Debug)]
pub(crate) enum Stage {
    Running,
    Ended(Box<CommandResult>),
}

/// An offer that waits for a slot, or for an older attempt of its job to end.
#[derive(Debug)]
pub(crate) struct Waiting {
    pub(crate) offer: Box<ExecuteCommand>,
    /// On the boot clock.
    pub(crate) start_before_ns: i64,
}

/// What shall be done about an offer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Start it now.
    Start,
    /// It waits for a slot, or for an older attempt of its job to end.
    Queue,
    /// It runs already; the server shall hear of it under the new fence.
    AdoptRunning,
    /// It has ended already; the result goes out under the new fence.
    AdoptEnded,
    /// It was reported and acknowledged; the result goes out again.
    AdoptReported,
    /// It shall not be started, for this reason.
    Refuse(Refusal),
    /// The offer is older than what is known.
    Ignore,
}

/// Why an offer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    Expired,
    Draining,
    Disk,
    /// Nothing was heard of the server's side for so long that it would be ended again soon.
    Unheard,
    /// The values of its secrets did not come with it.
    Secrets,
}

impl Refusal {
    /// The word on the wire.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Draining => "draining",
            Self::Disk => "disk",
            Self::Unheard => "unheard",
            Self::Secrets => "secrets",
        }
    }
}

/// Every attempt that must not be started again, and the offers that wait.
#[derive(Debug)]
pub(crate) struct Attempts {
    pub(crate) slots: u32,
    open: HashMap<Key, Attempt>,
    queue: VecDeque<Waiting>,
    reported: VecDeque<(Key, Option<Box<CommandResult>>)>,
}

impl Attempts {
    /// A table without attempts.
    pub(crate) fn new(slots: u32) -> Self {
        Self {
            slots,
            open: HashMap::new(),
            queue: VecDeque::new(),
            reported: VecDeque::new(),
        }
    }

    /// Decides about an offer; an adopted attempt has the new fence from here on.
    pub(crate) fn judge(
        &mut self,
        waiting: &Waiting,
        now_ns: i64,
        drain: Option<Refusal>,
    ) -> Verdict {
        let claim = waiting.offer.claim();
        let key = Key::from(claim);
        if let Some(attempt) = self.open.get_mut(&key) {
            if claim.fence < attempt.fence {
                return Verdict::Ignore;
            }
            attempt.fence = claim.fence;
            attempt.is_condemned = false;
            return match attempt.stage {
                Stage::Running => Verdict::AdoptRunning,
                Stage::Ended(_) => Verdict::AdoptEnded,
            };
        }
        if self.reported.iter().any(|(known, _)| *known == key) {
            return Verdict::AdoptReported;
        }
        if self.has_newer(key) {
            return Verdict::Ignore;
        }
        // The server gave an older attempt up before it made this one.
        self.queue.retain(|it| it.offer.job_id != key.job_id);
        if let Some(refusal) = drain {
            return Verdict::Refuse(refusal);
        }
        if now_ns >= waiting.start_before_ns {
            return Verdict::Refuse(Refusal::Expired);
        }
        // With a free slot, only offers whose job still runs are left in the queue.
        let is_next = self.queue.iter().all(|it| self.is_busy(it.offer.job_id));
        if self.running() < self.slots && is_next && !self.is_busy(key.job_id) {
            return Verdict::Start;
        }
        Verdict::Queue
    }

    /// Whether an attempt of this job still runs; one that is being ended does.
    fn is_busy(&self, job_id: JobId) -> bool {
        self.open
            .iter()
            .any(|(key, it)| key.job_id == job_id && matches!(it.stage, Stage::Running))
    }

    fn has_newer(&self, key: Key) -> bool {
        let is_newer = |other: Key| other.job_id == key.job_id && other.attempt > key.attempt;
        let queued = self.queue.iter().map(|it| Key::from(it.offer.claim()));
        let reported = self.reported.iter().map(|(key, _)| *key);
        self.open
            .keys()
            .copied()
            .chain(queued)
            .chain(reported)
            .any(is_newer)
    }

    /// Puts an offer behind those that wait already.
    pub(crate) fn queue(&mut self, waiting: Waiting) {
        self.queue.push_back(waiting);
    }

    /// Takes the next offer that may start now.
    pub(crate) fn next_startable(&mut self, now_ns: i64) -> Option<Waiting> {
        if self.running() >= self.slots {
            return None;
        }
        let at = self.queue.iter().position(|waiting| {
            now_ns < waiting.start_before_ns && !self.is_busy(waiting.offer.job_id)
        })?;
        self.queue.remove(at)
    }

    /// Takes the offers whose time has passed.
    pub(crate) fn take_expired(&mut self, now_ns: i64) -> Vec<Waiting> {
        let (expired, live) = self
            .queue
            .drain(..)
            .partition(|waiting| now_ns >= waiting.start_before_ns);
        self.queue = live;
        Vec::from(expired as VecDeque<Waiting>)
    }

    /// Takes every offer that waits.
    pub(crate) fn take_queue(&mut self) -> Vec<Waiting> {
        self.queue.drain(..).collect()
    }

    /// Takes one waiting offer, if it waits under this fence or an older one.
    pub(crate) fn take_waiting(&mut self, claim: Claim) -> Option<Waiting> {
        let at = self.queue.iter().position(|waiting| {
            let queued = waiting.offer.claim();
            Key::from(queued) == Key::from(claim) && queued.fence <= claim.fence
        })?;
        self.queue.remove(at)
    }

    /// When the next waiting offer expires, on the boot clock.
    pub(crate) fn next_expiry_ns(&self) -> Option<i64> {
        self.queue
            .iter()
            .map(|waiting| waiting.start_before_ns)
            .min()
    }

    /// Enters an attempt that is being started, or that a journal tells of.
    pub(crate) fn insert(&mut self, key: Key, attempt: Attempt) {
        self.open.insert(key, attempt);
    }

    /// Writes down how an attempt ended.
    pub(crate) fn end(&mut self, key: Key, result: Box<CommandResult>) {
        if let Some(attempt) = self.open.get_mut(&key) {
            attempt.stage = Stage::Ended(result);
        }
    }

    /// Forgets an attempt that the server has dealt with, but not that it existed.
    pub(crate) fn forget(&mut self, key: Key) -> bool {
        let is_ended = self
            .open
            .get(&key)
            .is_some_and(|it| matches!(it.stage, Stage::Ended(_)));
        if !is_ended {
            return false;
        }
        if let Some(attempt) = self.open.remove(&key) {
            let small = match attempt.stage {
                Stage::Ended(result) if result.outputs.is_empty() => Some(result),
                Stage::Ended(_) | Stage::Running => None,
            };
            self.remember(key, small);
        }
        true
    }

    /// Remembers that an attempt was over before this table was made.
    pub(crate) fn remember(&mut self, key: Key, result: Option<Box<CommandResult>>) {
        if self.reported.len() == REMEMBERED {
            self.reported.pop_front();
        }
        self.reported.push_back((key, result));
    }

    /// Opens a reported attempt again, for a server that offers it under a new fence.
    pub(crate) fn reopen(&mut self, waiting: &Waiting, otherwise: CommandResult) -> Key {
        let claim = waiting.offer.claim();
        let key = Key::from(claim);
        let known = self.reported.iter().position(|(known, _)| *known == key);
        let result = known
            .and_then(|at| self.reported.remove(at))
            .and_then(|(_, result)| result);
        let origin = Origin {
            execution_id: waiting.offer.execution_id,
            worker_id: waiting.offer.worker_id,
        };
        let started_at = otherwise.timestamp;
        let result = result.unwrap_or_else(|| Box::new(otherwise));
        let attempt = Attempt {
            fence: claim.fence,
            origin,
            started_at,
            stage: Stage::Ended(result),
            is_condemned: false,
        };
        self.open.insert(key, attempt);
        key
    }

    pub(crate) fn get(&self, key: Key) -> Option<&Attempt> {
        self.open.get(&key)
    }

    /// The attempt, if it is known under this very fence.
    pub(crate) fn find_claimed(&mut self, claim: Claim) -> Option<&mut Attempt> {
        self.open
            .get_mut(&Key::from(claim))
            .filter(|attempt| attempt.fence <= claim.fence)
    }

    /// Every attempt that is not forgotten.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Key, &Attempt)> {
        self.open.iter().map(|(key, attempt)| (*key, attempt))
    }

    pub(crate) fn claims(&self) -> Vec<Claim> {
        self.iter()
            .map(|(key, attempt)| key.under(attempt.fence))
            .collect()
    }

    pub(crate) fn open_keys(&self) -> BTreeSet<Key> {
        self.open.keys().copied().collect()
    }

    pub(crate) fn remembered_keys(&self) -> Vec<Key> {
        self.reported.iter().map(|(key, _)| *key).collect()
    }

    pub(crate) fn running(&self) -> u32 {
        self.count(|stage| matches!(stage, Stage::Running))
    }

    pub(crate) fn unreported(&self) -> u32 {
        self.count(|stage| matches!(stage, Stage::Ended(_)))
    }

    pub(crate) fn queued(&self) -> u32 {
        u32::try_from(self.queue.len()).unwrap_or(u32::MAX)
    }

    fn count(&self, is_counted: impl Fn(&Stage) -> bool) -> u32 {
        let count = self
            .open
            .values()
            .filter(|attempt| is_counted(&attempt.stage))
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }
}
