//! Whom a committed change concerns.

use std::fmt;

use pulse_api::{ExecutionId, Fence, LogAskId, WorkerId, frames::Claim};

/// A hint that something changed for somebody; what is true now is read from the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Wake {
    /// The followers of an execution have something to read.
    Execution(ExecutionId),
    /// The session of a worker has something to send.
    Worker(WorkerId),
    /// The session of a worker shall end an attempt that has ended here.
    Kill(WorkerId, Claim),
    /// A worker may take waiting jobs.
    Queue,
    /// Those who follow everything have something to read.
    Feed,
    /// Everybody who follows something may have missed it.
    Followers,
    /// A timer was set that may be due before the next look.
    Due,
    /// A place in a group is free, or somebody waits for one.
    Places,
    /// A step wants an execution, or the one that it became has ended or shall end.
    Calls,
    /// A schedule may be due before the next look.
    Schedules,
    /// There is something to tell, to channels or to documents that wait for it.
    Notifications,
    /// Looks are over that somebody may wait for.
    Checks,
    /// An agent has said what it has logged.
    Log(LogAskId),
}

impl fmt::Display for Wake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Execution(id) => write!(f, "execution {id}"),
            Self::Worker(id) => write!(f, "worker {id}"),
            Self::Kill(id, claim) => write!(
                f,
                "kill {id} {} {} {}",
                claim.job_id, claim.attempt, claim.fence.0
            ),
            Self::Queue => f.write_str("queue"),
            Self::Feed => f.write_str("feed"),
            Self::Followers => f.write_str("followers"),
            Self::Due => f.write_str("due"),
            Self::Places => f.write_str("places"),
            Self::Calls => f.write_str("calls"),
            Self::Schedules => f.write_str("schedules"),
            Self::Notifications => f.write_str("notifications"),
            Self::Checks => f.write_str("checks"),
            Self::Log(id) => write!(f, "log {id}"),
        }
    }
}

impl Wake {
    /// Reads what `Display` wrote; `None` for a hint of a newer replica.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.split_once(' ') {
            Some(("execution", id)) => id.parse().ok().map(Self::Execution),
            Some(("worker", id)) => id.parse().ok().map(Self::Worker),
            Some(("kill", rest)) => kill(rest),
            Some(("log", id)) => id.parse().ok().map(Self::Log),
            None if text == "queue" => Some(Self::Queue),
            None if text == "due" => Some(Self::Due),
            None if text == "places" => Some(Self::Places),
            None if text == "calls" => Some(Self::Calls),
            None if text == "schedules" => Some(Self::Schedules),
            None if text == "notifications" => Some(Self::Notifications),
            None if text == "checks" => Some(Self::Checks),
            None if text == "feed" => Some(Self::Feed),
            None if text == "followers" => Some(Self::Followers),
            Some(_) | None => None,
        }
    }
}

fn kill(text: &str) -> Option<Wake> {
    let mut words = text.split(' ');
    let worker = words.next()?.parse().ok()?;
    let claim = Claim {
        job_id: words.next()?.parse().ok()?,
        attempt: words.next()?.parse().ok()?,
        fence: Fence(words.next()?.parse().ok()?),
    };
    Some(Wake::Kill(worker, claim))
}

/// The longest that PostgreSQL carries in one NOTIFY, in bytes.
const LONGEST_PAYLOAD: usize = 7_900;

/// Hints folded into as few payloads as hold them, a line for each.
pub(crate) fn payloads(wakes: &[Wake]) -> Vec<String> {
    let mut payloads: Vec<String> = Vec::new();
    for wake in wakes {
        let line = wake.to_string();
        match payloads.last_mut() {
            Some(last) if last.len() + line.len() < LONGEST_PAYLOAD => {
                last.push('\n');
                last.push_str(&line);
            }
            Some(_) | None => payloads.push(line),
        }
    }
    payloads
}

#[cfg(test)]
mod tests {
    use pulse_api::JobId;

    use super::*;

    #[test]
    fn a_hint_reads_back_as_it_was_written() {
        let claim = Claim {
            job_id: JobId::new(),
            attempt: 2,
            fence: Fence(77),
        };
        let kill = Wake::Kill(WorkerId::new(), claim);
        let log = Wake::Log(LogAskId::new());
        for wake in [kill, log, Wake::Queue, Wake::Due, Wake::Calls] {
            assert_eq!(Wake::parse(&wake.to_string()), Some(wake));
        }
        assert_eq!(Wake::parse("kill nobody"), None);
    }

    #[test]
    fn many_hints_travel_in_few_payloads_and_none_is_lost() {
        let wakes: Vec<Wake> = (0..5_000).map(|_| Wake::Worker(WorkerId::new())).collect();

        let payloads = payloads(&wakes);

        assert!(payloads.len() <= 30, "{}", payloads.len());
        assert!(payloads.iter().all(|payload| payload.len() < 8_000));
        let read: Vec<Wake> = payloads
            .iter()
            .flat_map(|payload| payload.lines())
            .filter_map(Wake::parse)
            .collect();
        assert_eq!(read, wakes);
    }
}
