//! The last lines that each job wrote, for when it fails.

use std::collections::{BTreeMap, VecDeque};

use pulse_api::{
    JobId,
    http::executions::{Entry, EntryKind},
    status::JobStatus,
};

use crate::ui::{live::Line, live::Lines, sanitize};

/// Keeps the last lines of jobs that have not succeeded.
#[derive(Debug, Default)]
pub(super) struct Tails {
    /// How many of each.
    most: usize,
    lines: Lines,
    kept: BTreeMap<JobId, VecDeque<Line>>,
}

impl Tails {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            ..Self::default()
        }
    }

    /// Whether any are wanted.
    pub(super) const fn are_wanted(&self) -> bool {
        self.most > 0
    }

    pub(super) fn take(&mut self, entry: &Entry) {
        if self.most == 0 {
            return;
        }
        match &entry.what {
            EntryKind::Output(output) => {
                let lines = self.lines.feed(entry.at, output);
                self.keep(output.job_id, lines);
            }
            EntryKind::Job(job) if job.status == JobStatus::Succeeded => {
                self.lines.flush(Some(job.job_id));
                self.kept.remove(&job.job_id);
            }
            EntryKind::Job(job) if job.status.is_terminal() => {
                let rest = self.lines.flush(Some(job.job_id));
                self.keep(job.job_id, rest);
            }
            EntryKind::Job(_)
            | EntryKind::Status(_)
            | EntryKind::Step(_)
            | EntryKind::Prompt(_) => {}
        }
    }

    fn keep(&mut self, job: JobId, lines: Vec<Line>) {
        let kept = self.kept.entry(job).or_default();
        kept.extend(lines);
        let surplus = kept.len().saturating_sub(self.most);
        kept.drain(..surplus);
    }

    /// The last lines of a job, as a person may see them.
    pub(super) fn of(&self, job: JobId) -> impl Iterator<Item = String> {
        let lines = self.kept.get(&job).into_iter().flatten();
        lines.map(|line| {
            let mark = if line.is_stderr { "!" } else { "" };
            let text = String::from_utf8_lossy(sanitize::collapse(&line.bytes)).into_owned();
            format!("    │{mark} {}", sanitize::line(&text))
        })
    }
}
