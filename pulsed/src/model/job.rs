//! What a job is, and the only moves it can make.
//!
//! A job is one attempt of one step on one worker. Each state is a type that
//! carries what is true in it; a move consumes the state and gives a `Change`,
//! which nothing else can make and which the store writes only where the row is
//! still in the state, and under the fence, that the move started from.

use std::collections::BTreeMap;

use pulse_api::{
    ExecutionId, Fence, JobId, WorkerId,
    frames::{Claim, CommandResult, Reason},
    status::JobStatus,
};

use super::machine::moves;

moves! { "Job", JobStatus;
    /// It is handed to its worker, under a new fence, until the offer expires.
    Offer = "offer": Pending => Polled;
    /// The worker did not start it in time, or says so: it waits again, no attempt used.
    Withdraw = "withdraw": Polled => Pending;
    /// The worker reports that the process runs; also when the offer had just been withdrawn.
    Start = "start": Polled, Pending => Running;
    /// The process ended with code 0.
    Succeed = "succeed": Polled, Running, Pending => Succeeded;
    /// The process ended otherwise, or could not be started.
    Fail = "fail": Polled, Running, Pending => Failed;
    /// It ran out of time and was ended.
    TimeOut = "time out": Polled, Running, Pending => TimedOut;
    /// It was ended because somebody asked, or never left the queue.
    Cancel = "cancel": Pending, Polled, Running => Cancelled;
    /// Nobody can say how it ended; a late report is kept as evidence only.
    Lose = "lose": Pending, Polled, Running => Lost;
}

/// Who a job is, in every state.
#[derive(Debug, Clone)]
pub(crate) struct Core {
    pub(crate) id: JobId,
    /// Counted from 1.
    pub(crate) attempt: u32,
    pub(crate) execution: ExecutionId,
    pub(crate) step: String,
    pub(crate) worker: WorkerId,
    pub(crate) worker_name: String,
}

/// A job, as the store found it.
#[derive(Debug, Clone)]
pub(crate) enum Job {
    Pending(Pending),
    Polled(Held),
    Running(Held),
    Ended(Ended),
}

/// A job that waits for its worker.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) core: Core,
    /// The fence of an offer that was withdrawn. The worker may have taken it all the same:
    /// until the next offer, a report under it is still the truth.
    pub(crate) last_fence: Option<Fence>,
}

/// A job in its worker's hands: offered, or known to run.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) core: Core,
    pub(crate) fence: Fence,
}

/// A job to which nothing more can happen.
#[derive(Debug, Clone)]
pub(crate) struct Ended {
    pub(crate) core: Core,
    pub(crate) status: JobStatus,
}

/// What ends a job other than its process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Awaited {
    /// Nothing of other executions runs on its worker any more.
    Drain,
    /// Its worker's agent has started anew.
    Restart,
    /// Its worker's host has started anew.
    Reboot,
}

impl Awaited {
    pub(crate) const ALL: [Self; 3] = [Self::Drain, Self::Restart, Self::Reboot];

    /// The word in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Drain => "drain",
            Self::Restart => "restart",
            Self::Reboot => "reboot",
        }
    }

    /// What the worker did not do in time.
    pub(crate) const fn missed(self) -> &'static str {
        match self {
            Self::Drain => "was still busy with other work",
            Self::Restart => "did not come back, or not in the version that is wanted",
            Self::Reboot => "did not come back with another boot id",
        }
    }
}

/// How a job ended.
#[derive(Debug, Clone)]
pub(crate) struct Ending {
    pub(crate) status: JobStatus,
    pub(crate) exit_code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) reason: Option<String>,
    pub(crate) detail: Option<String>,
    pub(crate) outputs: BTreeMap<String, String>,
    pub(crate) last_output_seq: u64,
    pub(crate) output_bytes: u64,
    pub(crate) output_sha256: Option<String>,
    /// Milliseconds between start and end, for a job whose start was not reported yet.
    pub(crate) duration_ms: u64,
    /// Its worker says that it has not started it.
    pub(crate) was_refused: bool,
}

/// What there is to know where a host has restarted under a job.
const REBOOTED: &str =
    "the host was restarted while it ran; a step that does so on purpose says `expect: reboot`";

impl Ending {
    /// An ending that no process had a part in.
    pub(crate) fn without_process(status: JobStatus, reason: &str, detail: &str) -> Self {
        Self {
            status,
            exit_code: None,
            signal: None,
            reason: Some(reason.to_owned()),
            detail: Some(detail.to_owned()),
            outputs: BTreeMap::new(),
            last_output_seq: 0,
            output_bytes: 0,
            output_sha256: None,
            duration_ms: 0,
            was_refused: false,
        }
    }

    /// Whether the host may be on its way down, or back already: the process succeeded, or was ended
    /// with the host. An executor that began anew on a host that did not tells of no reboot.
    pub(crate) fn leaves_open_a_reboot(&self) -> bool {
        match self.status {
            JobStatus::Succeeded => true,
            JobStatus::Lost => self.reason.as_deref() != Some(Reason::AgentRestart.as_str()),
            JobStatus::Failed => self.signal.is_some(),
            JobStatus::Pending
            | JobStatus::Polled
            | JobStatus::Running
            | JobStatus::TimedOut
            | JobStatus::Cancelled => false,
        }
    }

    /// An ending that says no more than its status.
    pub(crate) fn of_itself(status: JobStatus) -> Self {
        Self {
            reason: None,
            detail: None,
            ..Self::without_process(status, "", "")
        }
    }

    /// What a worker's report says. Only exit code 0 of the process itself is success.
    pub(crate) fn reported(result: CommandResult) -> Self {
        let is_success = result.success && result.exit_code.unwrap_or(0) == 0;
        let status = match result.reason {
            Some(Reason::Timeout) => JobStatus::TimedOut,
            Some(Reason::Cancelled) => JobStatus::Cancelled,
            Some(Reason::AgentRestart | Reason::HostRestart | Reason::CutOff) => JobStatus::Lost,
            None if is_success => JobStatus::Succeeded,
            Some(
                Reason::NotStartable
                | Reason::PolicyDenied
                | Reason::SandboxUnavailable
                | Reason::Oom
                | Reason::Pids
                | Reason::Other,
            )
            | None => JobStatus::Failed,
        };
        let is_rebooted = result.reason == Some(Reason::HostRestart);
        let detail = result.detail.or(is_rebooted.then(|| REBOOTED.to_owned()));
        Self {
            status,
            exit_code: result.exit_code,
            signal: result.signal,
            reason: result.reason.map(|reason| reason.as_str().to_owned()),
            detail,
            outputs: result.outputs,
            last_output_seq: result.last_seq,
            output_bytes: result.output_bytes,
            output_sha256: result.output_sha256,
            duration_ms: result.duration,
            was_refused: false,
        }
    }
}

/// A move that a job has made, for the store to write. Only this file can make one.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    core: Core,
    from: JobStatus,
    fence: Option<Fence>,
    to: To,
}

/// What a job becomes.
#[derive(Debug, Clone)]
pub(crate) enum To {
    Pending,
    /// Waiting as well: its worker says that it has not started it.
    Refused,
    Running,
    Ended(Box<Ending>),
}

impl Change {
    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    /// The state that the row must still be in.
    pub(crate) fn from(&self) -> JobStatus {
        self.from
    }

    /// The fence that the row must still have.
    pub(crate) fn fence(&self) -> Option<Fence> {
        self.fence
    }

    pub(crate) fn to(&self) -> &To {
        &self.to
    }

    /// Whether its worker says that it has not started what it was offered.
    pub(crate) fn is_refused(&self) -> bool {
        match &self.to {
            To::Refused => true,
            To::Ended(ending) => ending.was_refused,
            To::Pending | To::Running => false,
        }
    }

    /// The job after the move.
    pub(crate) fn job(&self) -> Job {
        let core = self.core.clone();
        match (&self.to, self.fence) {
            (To::Running, Some(fence)) => Job::Running(Held { core, fence }),
            (To::Running | To::Pending | To::Refused, last_fence) => {
                Job::Pending(Pending { core, last_fence })
            }
            (To::Ended(ending), _) => Job::Ended(Ended {
                core,
                status: ending.status,
            }),
        }
    }

    /// The state that the row will be in.
    pub(crate) fn status(&self) -> JobStatus {
        match &self.to {
            To::Pending | To::Refused => JobStatus::Pending,
            To::Running => JobStatus::Running,
            To::Ended(ending) => ending.status,
        }
    }
}

impl Job {
    pub(crate) fn core(&self) -> &Core {
        match self {
            Self::Pending(pending) => &pending.core,
            Self::Polled(held) | Self::Running(held) => &held.core,
            Self::Ended(ended) => &ended.core,
        }
    }

    pub(crate) fn status(&self) -> JobStatus {
        match self {
            Self::Pending(_) => JobStatus::Pending,
            Self::Polled(_) => JobStatus::Polled,
            Self::Running(_) => JobStatus::Running,
            Self::Ended(ended) => ended.status,
        }
    }

    /// The fence under which a report is the truth.
    pub(crate) fn fence(&self) -> Option<Fence> {
        match self {
            Self::Pending(pending) => pending.last_fence,
            Self::Polled(held) | Self::Running(held) => Some(held.fence),
            Self::Ended(_) => None,
        }
    }

    /// Whether a report under this claim may move the job.
    pub(crate) fn is_held_under(&self, claim: Claim) -> bool {
        let core = self.core();
        core.id == claim.job_id
            && core.attempt == claim.attempt
            && self.fence() == Some(claim.fence)
    }

    /// The process runs: the move, and the job after it. Nothing where that is known already.
    pub(crate) fn start(self) -> Option<(Change, Self)> {
        let fence = self.fence()?;
        match self {
            Self::Pending(_) | Self::Polled(_) => {
                let core = self.core().clone();
                Some((
                    self.becomes(To::Running),
                    Self::Running(Held { core, fence }),
                ))
            }
            Self::Running(_) | Self::Ended(_) => None,
        }
    }

    /// Takes an offer back; only an offer can be.
    pub(crate) fn withdraw(self) -> Option<Change> {
        match self {
            Self::Polled(_) => Some(self.becomes(To::Pending)),
            Self::Pending(_) | Self::Running(_) | Self::Ended(_) => None,
        }
    }

    /// Takes an offer back that its worker does not take.
    pub(crate) fn refuse(self) -> Option<Change> {
        match self {
            Self::Polled(_) => Some(self.becomes(To::Refused)),
            Self::Pending(_) | Self::Running(_) | Self::Ended(_) => None,
        }
    }

    /// Ends the job, unless it has ended: a terminal state never changes.
    pub(crate) fn end(self, ending: Ending) -> Option<Change> {
        match self {
            Self::Pending(_) | Self::Polled(_) | Self::Running(_) => {
                Some(self.becomes(To::Ended(Box::new(ending))))
            }
            Self::Ended(_) => None,
        }
    }

    fn becomes(self, to: To) -> Change {
        let (from, fence) = (self.status(), self.fence());
        let core = match self {
            Self::Pending(pending) => pending.core,
            Self::Polled(held) | Self::Running(held) => held.core,
            Self::Ended(ended) => ended.core,
        };
        Change {
            core,
            from,
            fence,
            to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The verb for an ending.
    fn ending_verb(status: JobStatus) -> Option<Verb> {
        match status {
            JobStatus::Succeeded => Some(Verb::Succeed),
            JobStatus::Failed => Some(Verb::Fail),
            JobStatus::TimedOut => Some(Verb::TimeOut),
            JobStatus::Cancelled => Some(Verb::Cancel),
            JobStatus::Lost => Some(Verb::Lose),
            JobStatus::Pending | JobStatus::Polled | JobStatus::Running => None,
        }
    }

    fn job(status: JobStatus) -> Job {
        let core = Core {
            id: JobId::new(),
            attempt: 1,
            execution: ExecutionId::new(),
            step: "s".into(),
            worker: WorkerId::new(),
            worker_name: "w".into(),
        };
        match status {
            JobStatus::Pending => Job::Pending(Pending {
                core,
                last_fence: Some(Fence(7)),
            }),
            JobStatus::Polled => Job::Polled(Held {
                core,
                fence: Fence(7),
            }),
            JobStatus::Running => Job::Running(Held {
                core,
                fence: Fence(7),
            }),
            JobStatus::Succeeded
            | JobStatus::Failed
            | JobStatus::TimedOut
            | JobStatus::Cancelled
            | JobStatus::Lost => Job::Ended(Ended { core, status }),
        }
    }

    #[test]
    fn every_typed_move_agrees_with_the_table() {
        for from in JobStatus::ALL {
            let start = job(*from).start().map(|(change, _)| change.status());
            let again = *from == JobStatus::Running;
            assert_eq!(
                start,
                next(*from, Verb::Start).ok(),
                "start from {from}, again {again}"
            );
            let withdrawn = job(*from).withdraw().map(|change| change.status());
            assert_eq!(withdrawn, next(*from, Verb::Withdraw).ok());
            let refused = job(*from).refuse().map(|change| change.status());
            assert_eq!(refused, withdrawn);
            for to in JobStatus::ALL {
                let Some(verb) = ending_verb(*to) else {
                    continue;
                };
                let ending = Ending::without_process(*to, "test", "");
                let ended = job(*from).end(ending).map(|change| change.status());
                assert_eq!(ended, next(*from, verb).ok(), "{from} {verb:?}");
            }
        }
    }

    #[test]
    fn a_report_under_another_fence_moves_nothing() {
        let job = job(JobStatus::Running);
        let core = job.core().clone();
        let claim = |fence| Claim {
            job_id: core.id,
            attempt: core.attempt,
            fence: Fence(fence),
        };

        assert!(job.is_held_under(claim(7)));
        assert!(!job.is_held_under(claim(6)));
    }

    #[test]
    fn success_needs_the_exit_code_to_agree() {
        let result = serde_json::json!({
            "execution_id": ExecutionId::new(), "worker_id": WorkerId::new(), "success": true,
            "timestamp": "2026-01-01T00:00:00Z", "exit_code": 3,
        });
        let result: CommandResult = serde_json::from_value(result).unwrap();

        assert_eq!(Ending::reported(result).status, JobStatus::Failed);
    }
}
