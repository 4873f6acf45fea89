//! What is known of an execution from its entries so far.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use jiff::Timestamp;
use pulse_api::{
    JobId,
    http::executions::{Entry, EntryKind, ExecutionView, JobEntry, PromptEntry, StepEntry},
    status::{JobStatus, PromptStatus, StepStatus},
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
    /// The executions that jobs belong to which a step of this one runs, with the path of that step.
    inside: BTreeMap<JobId, (i64, String)>,
    /// The executions that steps run now.
    runs: BTreeMap<String, i64>,
    /// The steps that asked something.
    asked: BTreeSet<String>,
}

/// Whether a job ended where it was made, since its worker was not there.
pub(super) fn is_refusal(job: &JobEntry) -> bool {
    job.status == JobStatus::Failed && job.reason.as_deref() == Some("unreachable")
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
                execution,
                ..
            }) => {
                if let Some(number) = execution {
                    self.runs.insert(step.clone(), *number);
                }
                self.steps
                    .insert(step.clone(), (name.clone(), Some(*status)));
                if *status == StepStatus::Failed {
                    self.reasons.extend(reason.clone());
                }
            }
            EntryKind::Job(job) => {
                let is_around = |step: &str| {
                    let below = job.step.strip_prefix(step);
                    below.is_some_and(|below| below.starts_with('/'))
                };
                let mut runs = self.runs.iter().rev();
                if let Some((step, number)) = runs.find(|(step, _)| is_around(step)) {
                    let belongs = || (*number, step.clone());
                    self.inside.entry(job.job_id).or_insert_with(belongs);
                }
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

    /// Every job as it stands.
    pub(crate) fn jobs(&self) -> impl Iterator<Item = &JobEntry> {
        self.jobs.values()
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

    /// The execution that a job belongs to, and its step there; `None` for this execution.
    pub(super) fn inside_of<'a>(&self, job: &'a JobEntry) -> Option<(i64, &'a str)> {
        let (number, around) = self.inside.get(&job.job_id)?;
        let step = job.step.strip_prefix(around.as_str())?.strip_prefix('/')?;
        Some((*number, step))
    }

    /// The workers of jobs that nobody has begun or been offered.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &str> {
        let jobs = self.jobs.values();
        let waiting = jobs.filter(|job| job.status == JobStatus::Pending);
        waiting.map(|job| job.worker.as_str())
    }

    /// Whether any job has begun; one that was refused has not.
    pub(super) fn has_begun(&self) -> bool {
        self.jobs.values().any(|job| match job.status {
            JobStatus::Pending | JobStatus::Polled => false,
            JobStatus::Failed => !is_refusal(job),
            JobStatus::Running
            | JobStatus::Succeeded
            | JobStatus::TimedOut
            | JobStatus::Cancelled
            | JobStatus::Lost => true,
        })
    }

    /// Whether it failed because no worker was there to run anything: nothing matched, or nothing
    /// of what matched could be reached.
    pub(crate) fn is_without_worker(&self) -> bool {
        if self.only_reason() == Some("no_targets") {
            return true;
        }
        let mut ended = self.jobs.values().peekable();
        ended.peek().is_some() && ended.all(is_refusal)
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

    pub(super) fn has_success(&self) -> bool {
        self.jobs
            .values()
            .any(|job| job.status == JobStatus::Succeeded)
    }

    /// The last job's own entry, for an execution of one job.
    pub(crate) fn only_job(&self) -> Option<&JobEntry> {
        self.jobs.values().next().filter(|_| self.jobs.len() == 1)
    }

    pub(super) fn elapsed(&self) -> Option<Duration> {
        let span = self.last_at?.duration_since(self.began_at?);
        Duration::try_from(span).ok()
    }

    pub(super) fn counts(&self) -> String {
        let workers: BTreeSet<&str> = self.jobs.values().map(|job| job.worker.as_str()).collect();
        let skipped = self
            .steps
            .values()
            .filter(|(_, status)| *status == Some(StepStatus::Skipped))
            .count();
        let mut parts = vec![
            super::plural(workers.len(), "worker"),
            super::plural(self.steps.len(), "step"),
        ];
        if skipped > 0 {
            parts.push(format!("{skipped} skipped"));
        }
        parts.join(", ")
    }
}
