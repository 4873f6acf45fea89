//! What is counted on this replica since it started: cheap enough for the hot paths.
//!
//! What an execution did is counted from its timeline, after the commit: nothing is counted that
//! did not happen, or twice because a transaction was begun again. What the database knows is not
//! counted here but read when somebody asks (`edge/http/metrics.rs`).

use std::time::Duration;

use jiff::Timestamp;
use prometheus_client::{
    encoding::text::encode_registry,
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use pulse_api::{
    frames::Reason,
    http::executions::{Entry, EntryKind, JobEntry},
    status::{ExecutionStatus, JobStatus},
};
use uuid::Uuid;

use crate::{clock, model::changes::News};

type Label = (&'static str, &'static str);
type Counters<const N: usize> = Family<[Label; N], Counter>;
type Histograms<const N: usize> = Family<[Label; N], Histogram, fn() -> Histogram>;

/// Why jobs fail, in the words of server and agents. Any other word is counted as `other`: what a
/// host writes makes no new series.
const FAILURES: &[&str] = &[
    "exit",
    "timeout",
    "not_startable",
    "agent_restart",
    "host_restart",
    "cut_off",
    "policy_denied",
    "sandbox_unavailable",
    "oom",
    "pids",
    "other_version",
    "restart_refused",
    "stuck",
    "unreachable",
    "worker_offline",
    "worker_removed",
    "worker_stopped",
    "other",
];

/// Counters and histograms.
pub(crate) struct Meters {
    registry: Registry,
    jobs: Counters<1>,
    job_seconds: Histograms<1>,
    executions: Counters<1>,
    execution_seconds: Histograms<1>,
    failures: Counters<1>,
    offers: Counter,
    oom_kills: Counter,
    sandbox_denials: Counter,
    sessions_created: Counter,
    sessions_refused: Counter,
    sessions: Gauge,
    beats: Counter,
    drains: Counter,
    pruned: Counter,
    pruned_outputs: Counter,
    /// Zero until it was asked for.
    database_bytes: Gauge,
    calls: Family<[(&'static str, String); 3], Counter>,
    call_seconds: Histograms<2>,
}

/// From a few milliseconds to most of an hour.
fn long() -> Histogram {
    Histogram::new(exponential_buckets(0.005, 2.5, 14))
}

/// From half a millisecond to some 16 seconds.
fn short() -> Histogram {
    Histogram::new(exponential_buckets(0.000_5, 2.0, 16))
}

impl Meters {
    pub(crate) fn new() -> Self {
        let meters = Self {
            registry: Registry::with_prefix("pulse"),
            jobs: Counters::default(),
            job_seconds: Histograms::new_with_constructor(long),
            executions: Counters::default(),
            execution_seconds: Histograms::new_with_constructor(long),
            failures: Counters::default(),
            offers: Counter::default(),
            oom_kills: Counter::default(),
            sandbox_denials: Counter::default(),
            sessions_created: Counter::default(),
            sessions_refused: Counter::default(),
            sessions: Gauge::default(),
            beats: Counter::default(),
            drains: Counter::default(),
            pruned: Counter::default(),
            pruned_outputs: Counter::default(),
            database_bytes: Gauge::default(),
            calls: Family::default(),
            call_seconds: Histograms::new_with_constructor(short),
        };
        meters.begin_at_zero();
        meters.registered()
    }

    /// A series that is there from the start shows its first event as a rise.
    fn begin_at_zero(&self) {
        for status in JobStatus::ALL.iter().filter(|status| status.is_terminal()) {
            let label = [("status", status.as_str())];
            drop(self.jobs.get_or_create(&label));
            drop(self.job_seconds.get_or_create(&label));
        }
        for status in ExecutionStatus::ALL.iter().filter(|s| s.is_terminal()) {
            let label = [("status", status.as_str())];
            drop(self.executions.get_or_create(&label));
            drop(self.execution_seconds.get_or_create(&label));
        }
        for reason in FAILURES {
            drop(self.failures.get_or_create(&[("reason", *reason)]));
        }
    }

    fn registered(mut self) -> Self {
        self.register_work();
        self.register_agents();
        self.register_retention();
        let it = &mut self.registry;
        it.register(
            "http_requests",
            "Answers of the HTTP interface",
            self.calls.clone(),
        );
        it.register_with_unit(
            "http_request",
            "From the head of a request to the head of its answer",
            Unit::Seconds,
            self.call_seconds.clone(),
        );
        self
    }

    fn register_work(&mut self) {
        let it = &mut self.registry;
        let help = "Attempts of jobs that have ended";
        it.register("jobs", help, self.jobs.clone());
        let help = "From the making of a job to its recorded end, all attempts together";
        it.register_with_unit("job", help, Unit::Seconds, self.job_seconds.clone());
        let help = "Executions that have ended";
        it.register("executions", help, self.executions.clone());
        let help = "From the start of an execution to its recorded end, waits and prompts included";
        let seconds = self.execution_seconds.clone();
        it.register_with_unit("execution", help, Unit::Seconds, seconds);
        let help = "Attempts of jobs that did not succeed, by reason";
        it.register("failures", help, self.failures.clone());
        let help = "Jobs that were offered to workers";
        it.register("offers", help, self.offers.clone());
        let help = "Jobs that ran out of memory";
        it.register("oom_kills", help, self.oom_kills.clone());
        let help = "Jobs that were refused or ended by what their host allows";
        it.register("sandbox_denials", help, self.sandbox_denials.clone());
    }

    fn register_retention(&mut self) {
        let it = &mut self.registry;
        let help = "Executions that were removed because they ended long ago";
        it.register("executions_removed", help, self.pruned.clone());
        let help = "Executions of which what they wrote was removed before them";
        it.register("outputs_removed", help, self.pruned_outputs.clone());
        let help = "How large the database is, looked at once a minute";
        it.register("database_bytes", help, self.database_bytes.clone());
    }

    fn register_agents(&mut self) {
        let it = &mut self.registry;
        let help = "Sessions that agents have opened";
        it.register("sessions_created", help, self.sessions_created.clone());
        let help = "Agents that were asked to come again later, because too many came at once";
        it.register("sessions_refused", help, self.sessions_refused.clone());
        let help = "Sessions of agents that are open here";
        it.register("sessions", help, self.sessions.clone());
        let help = "Heartbeats that were written";
        it.register("heartbeats", help, self.beats.clone());
        let help = "Workers that were asked to drain or to hold";
        it.register("drains", help, self.drains.clone());
    }

    /// Counts what was committed.
    pub(crate) fn count(&self, news: &News) {
        match news {
            News::Entries(execution, entries) => {
                for entry in entries {
                    self.entry(execution.0, entry);
                }
            }
            News::Offer(..) => {
                self.offers.inc();
            }
            News::Drain => {
                self.drains.inc();
            }
            News::Pruned(executions) => {
                self.pruned.inc_by(*executions);
            }
            News::PrunedOutputs(executions) => {
                self.pruned_outputs.inc_by(*executions);
            }
            News::Heard(..) | News::Kill(..) | News::Stored(_) => {}
        }
    }

    fn entry(&self, execution: Uuid, entry: &Entry) {
        match &entry.what {
            EntryKind::Job(job) if job.status.is_terminal() => self.job(job),
            EntryKind::Status(moved) if moved.status.is_terminal() => {
                let label = [("status", moved.status.as_str())];
                self.executions.get_or_create(&label).inc();
                if let Some(age) = age(execution) {
                    self.execution_seconds.get_or_create(&label).observe(age);
                }
            }
            EntryKind::Job(_)
            | EntryKind::Status(_)
            | EntryKind::Step(_)
            | EntryKind::Prompt(_)
            | EntryKind::Output(_) => {}
        }
    }

    fn job(&self, job: &JobEntry) {
        let label = [("status", job.status.as_str())];
        self.jobs.get_or_create(&label).inc();
        if let Some(age) = age(job.job_id.0) {
            self.job_seconds.get_or_create(&label).observe(age);
        }
        if matches!(job.status, JobStatus::Succeeded | JobStatus::Cancelled) {
            return;
        }
        let said = job.reason.as_deref().unwrap_or("exit");
        let reason = FAILURES.iter().find(|known| **known == said);
        let reason = reason.copied().unwrap_or(Reason::Other.as_str());
        self.failures.get_or_create(&[("reason", reason)]).inc();
        match reason {
            "oom" => {
                self.oom_kills.inc();
            }
            "policy_denied" | "sandbox_unavailable" | "pids" => {
                self.sandbox_denials.inc();
            }
            _ => {}
        }
    }

    /// An agent's session was opened.
    pub(crate) fn session_opened(&self) {
        self.sessions_created.inc();
        self.sessions.inc();
    }

    pub(crate) fn session_closed(&self) {
        self.sessions.dec();
    }

    /// An agent was asked to come again later.
    pub(crate) fn session_refused(&self) {
        self.sessions_refused.inc();
    }

    /// So many heartbeats were written.
    pub(crate) fn beats_written(&self, count: usize) {
        self.beats.inc_by(count as u64);
    }

    /// The database is so large.
    pub(crate) fn database_measured(&self, bytes: u64) {
        self.database_bytes
            .set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }

    /// How large the database was when somebody looked last.
    pub(crate) fn database_bytes(&self) -> Option<u64> {
        let bytes = u64::try_from(self.database_bytes.get()).ok();
        bytes.filter(|bytes| *bytes > 0)
    }

    /// How long calls of one route take: looked up once, when the route is made.
    pub(crate) fn call_seconds(&self, method: &'static str, route: &'static str) -> Histogram {
        self.call_seconds
            .get_or_create_owned(&[("method", method), ("route", route)])
    }

    /// A call was answered with this status.
    pub(crate) fn called(&self, (method, route): (&'static str, &'static str), status: u16) {
        let labels = [
            ("method", method.to_owned()),
            ("route", route.to_owned()),
            ("status", status.to_string()),
        ];
        self.calls.get_or_create(&labels).inc();
    }

    /// Everything, in the text of OpenMetrics, without its last line.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = encode_registry(&mut text, &self.registry);
        text
    }
}

/// How long ago an id was made, in seconds: the ids of executions and jobs say it themselves.
fn age(id: Uuid) -> Option<f64> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    let made = Timestamp::new(i64::try_from(seconds).ok()?, i32::try_from(nanos).ok()?).ok()?;
    let passed = Duration::try_from(clock::now().duration_since(made)).unwrap_or_default();
    Some(passed.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use pulse_api::{ExecutionId, JobId};

    use super::*;

    fn ended(status: JobStatus, reason: Option<&str>) -> News {
        let job = JobEntry {
            job_id: JobId::new(),
            step: "only".to_owned(),
            worker: "web-1".to_owned(),
            attempt: 1,
            status,
            exit_code: None,
            signal: None,
            reason: reason.map(str::to_owned),
            detail: None,
        };
        let entry = Entry {
            seq: 1,
            at: clock::now(),
            what: EntryKind::Job(job),
        };
        News::Entries(ExecutionId::new(), vec![entry])
    }

    #[test]
    fn a_reason_that_a_host_makes_up_makes_no_series() {
        let meters = Meters::new();

        meters.count(&ended(JobStatus::Failed, Some("pwned_42")));
        meters.count(&ended(JobStatus::Failed, Some("oom")));
        meters.count(&ended(JobStatus::Succeeded, None));

        let text = meters.text();
        assert!(!text.contains("pwned_42"), "{text}");
        assert!(
            text.contains("pulse_failures_total{reason=\"other\"} 1"),
            "{text}"
        );
        assert!(text.contains("pulse_oom_kills_total 1"), "{text}");
        assert!(
            text.contains("pulse_jobs_total{status=\"succeeded\"} 1"),
            "{text}"
        );
        assert!(
            text.contains("pulse_job_seconds_count{status=\"failed\"} 2"),
            "{text}"
        );
    }
}
