//! What the jobs of an execution wrote, page by page: no more than a page of it is in memory.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pulse_api::{
    JobId,
    http::executions::{Entry, EntryKind, ExecutionView},
    status::JobStatus,
};

use crate::{
    client::{Call, Client, Pages},
    error::Failure,
};

/// Which of it is wanted; all of it for none.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// The step's id.
    pub(super) step: Option<String>,
    pub(super) worker: Option<String>,
    pub(super) since: Option<Timestamp>,
    /// Of these jobs alone.
    pub(super) jobs: Option<BTreeSet<JobId>>,
}

impl Wanted {
    fn has(&self, entry: &Entry) -> bool {
        let EntryKind::Output(output) = &entry.what else {
            return false;
        };
        let is_of = |wanted: &Option<String>, own: &String| {
            wanted.as_ref().is_none_or(|wanted| wanted == own)
        };
        let jobs = self.jobs.as_ref();
        self.since.is_none_or(|since| entry.at >= since)
            && is_of(&self.step, &output.step)
            && is_of(&self.worker, &output.worker)
            && jobs.is_none_or(|jobs| jobs.contains(&output.job_id))
    }
}

pub(super) struct Pieces {
    pages: Pages<Entry>,
    wanted: Wanted,
}

impl Pieces {
    pub(super) fn of(client: &Client, execution: &ExecutionView, wanted: Wanted) -> Self {
        let call = Call::get(&format!("/executions/{}/logs", execution.id))
            .maybe("step", wanted.step.as_deref())
            .maybe("worker", wanted.worker.as_deref());
        Self {
            pages: client.pages(call),
            wanted,
        }
    }

    /// The next pieces in order; none after the last.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Entry>>, Failure> {
        let Some(mut entries) = self.pages.next().await? else {
            return Ok(None);
        };
        entries.retain(|entry| self.wanted.has(entry));
        Ok(Some(entries))
    }
}

/// The jobs that did not succeed.
pub(super) fn failed_jobs(execution: &ExecutionView) -> BTreeSet<JobId> {
    let jobs = execution.steps.iter().flat_map(|step| &step.jobs);
    jobs.filter(|job| job.status.is_terminal() && job.status != JobStatus::Succeeded)
        .map(|job| job.id)
        .collect()
}
