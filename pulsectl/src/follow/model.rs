//! What is known of an execution from its entries so far.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use jiff::Timestamp;
use pulse_api::{
    JobId,
    http::executions::{
        EndEvent, Entry, EntryKind, ExecutionView, JobEntry, PromptEntry, StepEntry,
    },
    status::{ExecutionStatus, JobStatus, PromptStatus, StepStatus},
};

use crate::{
    duration,
    error::{Exit, Kind},
    ui::reasons,
};

/// An execution as its entries tell it.
#[derive(Debug, Default)]
pub(crate) struct Model {
    pub(crate) id: Option<String>,
    pub(crate) number: Option<i64>,
    pub(crate) started_by: String,
    began_at: Option<Timestamp>,
    last_at: Option<Timestamp>,
    /// How prompts stood when the view was made, which entries up to `known_seq` do not change.
    known: BTreeMap<i64, PromptStatus>,
    known_seq: i64,
    steps: BTreeMap<String, (String, Option<StepStatus>)>,
    /// Why steps failed that had no jobs.
    reasons: BTreeSet<String>,
    jobs: BTreeMap<JobId, JobEntry>,
    /// The steps that asked something.
    asked: BTreeSet<String>,
}

/// An execution that is over.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) end: EndEvent,
    pub(crate) model: Model,
}

impl Model {
    /// Takes which execution it is.
    pub(crate) fn name(&mut self, id: &str, number: i64) {
        self.id = Some(id.to_owned());
        self.number = Some(number);
    }

    /// Takes the execution as a whole.
    pub(crate) fn begin(&mut self, view: &ExecutionView) {
        self.id = Some(view.id.to_string());
        self.number = Some(view.number);
        self.started_by.clone_from(&view.started_by);
        self.began_at = Some(view.created_at);
        self.known_seq = view.last_seq;
        self.known = view
            .prompts
            .iter()
            .map(|prompt| (prompt.number, prompt.status))
            .collect();
        for step in &view.steps {
            self.steps
                .entry(step.id.clone())
                .or_insert_with(|| (step.name.clone(), None));
        }
    }

    /// Takes one entry.
    pub(crate) fn take(&mut self, entry: &Entry) {
        self.began_at.get_or_insert(entry.at);
        self.last_at = Some(entry.at);
        match &entry.what {
            EntryKind::Step(StepEntry {
                step,
                name,
                status,
                reason,
                ..
            }) => {
                self.steps
                    .insert(step.clone(), (name.clone(), Some(*status)));
                if *status == StepStatus::Failed {
                    self.reasons.extend(reason.clone());
                }
            }
            EntryKind::Job(job) => {
                self.jobs.insert(job.job_id, job.clone());
            }
            EntryKind::Prompt(prompt) => {
                self.asked.insert(prompt.step.clone());
            }
            EntryKind::Status(_) | EntryKind::Output(_) => {}
        }
    }

    /// Whether a prompt's opening is still news: old entries of a closed prompt are not.
    pub(crate) fn is_open(&self, seq: i64, prompt: &PromptEntry) -> bool {
        let was_closed = seq <= self.known_seq
            && self
                .known
                .get(&prompt.prompt)
                .is_some_and(|status| *status != PromptStatus::Open);
        prompt.status == PromptStatus::Open && !was_closed
    }

    pub(crate) fn step_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.steps.get(id).map_or(id, |(name, _)| name)
    }

    /// `#42`, or the id while the number is not known.
    pub(crate) fn label(&self) -> String {
        match (self.number, &self.id) {
            (Some(number), _) => format!("#{number}"),
            (None, Some(id)) => id.clone(),
            (None, None) => "the execution".to_owned(),
        }
    }

    /// What to type for this execution.
    pub(crate) fn reference(&self) -> String {
        match (self.number, &self.id) {
            (Some(number), _) => number.to_string(),
            (None, Some(id)) => id.clone(),
            (None, None) => "@last".to_owned(),
        }
    }

    /// The jobs that did not succeed.
    pub(crate) fn failed_jobs(&self) -> impl Iterator<Item = &JobEntry> {
        self.jobs.values().filter(|job| match job.status {
            JobStatus::Failed | JobStatus::TimedOut | JobStatus::Lost => true,
            JobStatus::Pending
            | JobStatus::Polled
            | JobStatus::Running
            | JobStatus::Succeeded
            | JobStatus::Cancelled => false,
        })
    }

    /// Whether a step is one that asks: its answer says how it went.
    pub(crate) fn has_asked(&self, step: &str) -> bool {
        self.asked.contains(step)
    }

    /// Why steps failed, where all did for the same reason.
    pub(crate) fn only_reason(&self) -> Option<&str> {
        self.reasons
            .iter()
            .next()
            .filter(|_| self.reasons.len() == 1)
            .map(String::as_str)
    }

    fn has_success(&self) -> bool {
        self.jobs
            .values()
            .any(|job| job.status == JobStatus::Succeeded)
    }

    /// The last job's own entry, for an execution of one job.
    pub(crate) fn only_job(&self) -> Option<&JobEntry> {
        self.jobs.values().next().filter(|_| self.jobs.len() == 1)
    }

    fn elapsed(&self) -> Option<Duration> {
        let span = self.last_at?.duration_since(self.began_at?);
        Duration::try_from(span).ok()
    }

    fn counts(&self) -> String {
        let workers: BTreeSet<&str> = self.jobs.values().map(|job| job.worker.as_str()).collect();
        let skipped = self
            .steps
            .values()
            .filter(|(_, status)| *status == Some(StepStatus::Skipped))
            .count();
        let mut parts = vec![
            plural(workers.len(), "worker"),
            plural(self.steps.len(), "step"),
        ];
        if skipped > 0 {
            parts.push(format!("{skipped} skipped"));
        }
        parts.join(", ")
    }
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

    /// A line for each failed job, with the command that shows its log.
    pub(crate) fn failures(&self) -> Vec<String> {
        let number = self.end.number;
        self.model
            .failed_jobs()
            .flat_map(|job| {
                let step = self.model.step_name(&job.step);
                [
                    format!("✗ {} {step}: {}", job.worker, how_it_ended(job)),
                    format!(
                        "    pulsectl execution logs {number} --step {} --worker {}",
                        shell_word(&job.step),
                        shell_word(&job.worker)
                    ),
                ]
            })
            .collect()
    }
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

fn shell_word(word: &str) -> String {
    crate::ui::quote(word)
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
    exit_of_run(ended.end.status)
}

#[cfg(test)]
mod tests {
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
            ended().failures(),
            [
                "✗ web-2 check: exit code 3",
                "    pulsectl execution logs 42 --step check --worker web-2"
            ]
        );
    }

    #[test]
    fn some_failed_and_some_not_is_partial() {
        assert_eq!(exit_of_command(&ended()), Exit(10));
        assert_eq!(exit_of_run(ExecutionStatus::Failed), Exit(3));
        assert_eq!(exit_of_run(ExecutionStatus::TimedOut), Exit(6));
    }
}
