//! How an execution ended, in words and as an exit code.

use std::collections::BTreeMap;

use pulse_api::{
    http::executions::{EndEvent, JobEntry},
    status::{ExecutionStatus, JobStatus},
};

use super::{Model, model::is_refusal, tails::Tails};
use crate::{
    duration,
    error::{Exit, Kind},
    hosts,
    ui::{quote, reasons},
};

/// An execution that is over.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) end: EndEvent,
    pub(crate) model: Model,
}

impl Ended {
    /// `#42 completed in 3.1 s (2 workers, 5 steps, 1 skipped)`.
    pub(crate) fn summary(&self) -> String {
        let status = match self.end.status {
            ExecutionStatus::TimedOut => "timed out".to_owned(),
            ExecutionStatus::Pending
            | ExecutionStatus::Running
            | ExecutionStatus::Waiting
            | ExecutionStatus::Completed
            | ExecutionStatus::Failed
            | ExecutionStatus::Cancelled => self.end.status.to_string(),
        };
        let outcome = self
            .end
            .outcome
            .as_ref()
            .map(|word| format!(", {word}"))
            .unwrap_or_default();
        let time = self
            .model
            .elapsed()
            .map(|took| format!(" in {}", duration::short(took)));
        let counts = self.model.counts();
        format!(
            "#{} {status}{outcome}{} ({counts})",
            self.end.number,
            time.unwrap_or_default()
        )
    }

    /// What failed, with its last lines and the command that shows its output: job by job where they are
    /// few, else gathered by how they ended.
    pub(super) fn failures(&self, tails: &Tails) -> Vec<String> {
        let failed: Vec<&JobEntry> = self.model.failed_jobs().collect();
        if failed.len() > FEW {
            let mut lines = gathered(&self.model, &failed);
            lines.extend(self.log_command().map(|command| format!("    {command}")));
            return lines;
        }
        let told = failed.into_iter().flat_map(|job| {
            let step = self.model.step_name(&job.step);
            let head = format!("✗ {} {step}: {}", job.worker, how_it_ended(job));
            let command = format!("    {}", self.log_of(job));
            std::iter::once(head)
                .chain(tails.of(job.job_id))
                .chain([command])
        });
        told.collect()
    }

    /// Whether so few failed that each is told by itself.
    pub(super) fn has_few_failures(&self) -> bool {
        self.model.failed_jobs().count() <= FEW
    }

    /// The command that shows the output of what failed.
    pub(super) fn log_command(&self) -> Option<String> {
        // Where nobody was there, nothing was said.
        let mut failed = self.model.failed_jobs().filter(|job| !is_refusal(job));
        let first = failed.next()?;
        Some(match failed.next() {
            None => self.log_of(first),
            Some(_) => format!(
                "pulsectl execution logs {} --failed",
                self.place_of(first).0
            ),
        })
    }

    fn log_of(&self, job: &JobEntry) -> String {
        let (number, step) = self.place_of(job);
        format!(
            "pulsectl execution logs {number} --step {} --worker {}",
            quote(step),
            quote(&job.worker)
        )
    }

    /// The number of the execution that has the job, and its step there.
    fn place_of<'a>(&self, job: &'a JobEntry) -> (i64, &'a str) {
        let inside = self.model.inside_of(job);
        inside.unwrap_or((self.end.number, &job.step))
    }
}

/// How many failed jobs are told one by one.
const FEW: usize = 6;

/// A line for each step and way to end, with the workers in little room.
fn gathered(model: &Model, failed: &[&JobEntry]) -> Vec<String> {
    let mut alike: BTreeMap<(&str, String), Vec<&str>> = BTreeMap::new();
    for job in failed {
        let key = (model.step_name(&job.step), how_it_ended(job));
        alike.entry(key).or_default().push(&job.worker);
    }
    let mut alike: Vec<_> = alike.into_iter().collect();
    alike.sort_by_key(|(_, workers)| std::cmp::Reverse(workers.len()));
    let told = alike.into_iter().map(|((step, how), workers)| {
        let count = plural(workers.len(), "worker");
        format!("✗ {step}: {how} on {count}: {}", hosts::fold(workers))
    });
    told.collect()
}

/// `exit code 3`, `signal 9`, `timed out`, `lost: the worker went away`.
pub(crate) fn how_it_ended(job: &JobEntry) -> String {
    let how = match (job.status, job.exit_code, job.signal) {
        (JobStatus::Failed, Some(code), _) => format!("exit code {code}"),
        (JobStatus::Failed, None, Some(signal)) => format!("signal {signal}"),
        (JobStatus::TimedOut, ..) => "timed out".to_owned(),
        (status, ..) => status.to_string(),
    };
    // A reason that only says the status again is no reason.
    let again = [job.status.as_str(), "timeout", "exit_code"];
    let reason = job
        .reason
        .as_ref()
        .filter(|reason| !again.contains(&reason.as_str()))
        .map(|reason| reasons::sentence(reason));
    match job.detail.as_deref().map(Into::into).or(reason) {
        Some(reason) => format!("{how} ({reason})"),
        None => how,
    }
}

/// `1 step`, `2 steps`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}

/// The exit code of a command that waited for an execution.
pub(crate) fn exit_of_run(status: ExecutionStatus) -> Exit {
    match status {
        ExecutionStatus::Completed
        | ExecutionStatus::Pending
        | ExecutionStatus::Running
        | ExecutionStatus::Waiting => Exit::OK,
        ExecutionStatus::Failed => Kind::Failed.into(),
        ExecutionStatus::Cancelled => Kind::Cancelled.into(),
        ExecutionStatus::TimedOut => Kind::TimedOut.into(),
    }
}

/// The exit code of one command on several workers.
pub(crate) fn exit_of_command(ended: &Ended) -> Exit {
    let has_failure = ended.model.failed_jobs().next().is_some();
    if has_failure && ended.model.has_success() {
        return Kind::Partial.into();
    }
    let mut failed = ended.model.failed_jobs();
    if has_failure && failed.all(|job| job.status == JobStatus::TimedOut) {
        return Kind::WaitedTooLong.into();
    }
    exit_of_run(ended.end.status)
}

#[cfg(test)]
mod tests {
    use pulse_api::http::executions::Entry;

    use super::*;

    fn entry(seq: i64, what: &serde_json::Value) -> Entry {
        let mut all = serde_json::json!({"seq": seq, "at": format!("2026-01-01T00:00:{seq:02}Z")});
        all.as_object_mut()
            .unwrap()
            .extend(what.as_object().unwrap().clone());
        serde_json::from_value(all).unwrap()
    }

    fn job(worker: &str, status: &str, code: i32) -> serde_json::Value {
        serde_json::json!({
            "event": "job", "job_id": uuid::Uuid::new_v4(), "step": "check", "worker": worker,
            "attempt": 1, "status": status, "exit_code": code
        })
    }

    fn ended() -> Ended {
        let mut model = Model::default();
        let step = |id: &str, status: &str| serde_json::json!({"event": "step", "step": id, "name": id, "index": 0, "status": status});
        model.take(&entry(1, &step("check", "running")));
        model.take(&entry(2, &job("web-1", "succeeded", 0)));
        model.take(&entry(3, &job("web-2", "failed", 3)));
        model.take(&entry(4, &step("later", "skipped")));
        let end = serde_json::json!({
            "execution_id": uuid::Uuid::nil(), "number": 42, "status": "failed", "outcome": "partial",
            "exit_code": null, "signal": null
        });
        Ended {
            end: serde_json::from_value(end).unwrap(),
            model,
        }
    }

    #[test]
    fn the_summary_counts_workers_steps_and_skips() {
        assert_eq!(
            ended().summary(),
            "#42 failed, partial in 3.0 s (2 workers, 2 steps, 1 skipped)"
        );
    }

    #[test]
    fn a_failed_job_comes_with_the_command_for_its_log() {
        assert_eq!(
            ended().failures(&Tails::default()),
            [
                "✗ web-2 check: exit code 3",
                "    pulsectl execution logs 42 --step check --worker web-2"
            ]
        );
    }

    #[test]
    fn what_failed_inside_is_in_the_log_of_the_execution_that_the_step_ran() {
        let run = |number: i64| serde_json::json!({"event": "step", "step": "health", "name": "health", "index": 0, "status": "running", "execution": number});
        let inner = |worker: &str, status: &str| {
            let mut job = job(worker, status, 1);
            job["step"] = "health/look".into();
            job
        };
        let mut ended = ended();
        ended.model = Model::default();
        ended.model.take(&entry(1, &run(43)));
        ended.model.take(&entry(2, &inner("web-1", "failed")));
        ended.model.take(&entry(3, &run(44)));
        ended.model.take(&entry(4, &inner("web-2", "succeeded")));

        assert_eq!(
            ended.log_command().unwrap(),
            "pulsectl execution logs 43 --step look --worker web-1"
        );
    }

    #[test]
    fn many_failed_jobs_are_gathered_by_how_they_ended() {
        let mut ended = ended();
        for number in 3..=300 {
            let job = job(&format!("web-{number}"), "failed", 3);
            ended.model.take(&entry(5, &job));
        }

        assert_eq!(
            ended.failures(&Tails::default()),
            [
                "✗ check: exit code 3 on 299 workers: web-[2-300]",
                "    pulsectl execution logs 42 --failed"
            ]
        );
    }

    #[test]
    fn where_the_time_ran_out_on_all_the_code_is_that_of_one() {
        let mut ended = ended();
        ended.model = Model::default();
        for (seq, worker) in [(1, "web-1"), (2, "web-2")] {
            ended
                .model
                .take(&entry(seq, &job(worker, "timed_out", 143)));
        }

        assert_eq!(exit_of_command(&ended), Exit(124));
    }

    #[test]
    fn nobody_was_there_where_every_job_was_refused_for_it() {
        let refused = |worker: &str| {
            let mut job = job(worker, "failed", 0);
            job["exit_code"] = serde_json::Value::Null;
            job["reason"] = "unreachable".into();
            job
        };
        let mut model = Model::default();
        assert!(!model.is_without_worker());
        model.take(&entry(1, &refused("web-1")));
        model.take(&entry(2, &refused("web-2")));
        assert!(model.is_without_worker());
        assert!(!model.has_begun());

        model.take(&entry(3, &job("web-3", "failed", 1)));

        assert!(!model.is_without_worker());
        assert!(model.has_begun());
    }

    #[test]
    fn some_failed_and_some_not_is_partial() {
        assert_eq!(exit_of_command(&ended()), Exit(10));
        assert_eq!(exit_of_run(ExecutionStatus::Failed), Exit(3));
        assert_eq!(exit_of_run(ExecutionStatus::TimedOut), Exit(6));
    }
}
