//! Everything that commands wrote, as one document after the end.

use std::collections::BTreeMap;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use pulse_api::{
    JobId,
    http::executions::{Entry, EntryKind, JobEntry, OutputEntry},
    status::{JobStatus, Stream},
};
use serde::Serialize;

use super::{Screen, lines::bytes_of};
use crate::{
    error::Failure,
    follow::Model,
    ui::{Ui, stderr_line},
};

/// Gathers the output of every worker, and prints one document at the end.
pub(super) struct Gathered {
    ui: Ui,
    written: BTreeMap<JobId, Written>,
}

/// What the newest attempt of one job wrote.
#[derive(Default)]
struct Written {
    attempt: u32,
    stdout: Vec<u8>,
    stderr: Vec<u8>,
}

/// The document.
#[derive(Serialize)]
struct Document<'a> {
    execution_id: &'a Option<String>,
    number: Option<i64>,
    workers: Vec<WorkerView<'a>>,
}

#[derive(Serialize)]
struct WorkerView<'a> {
    worker: &'a str,
    step: &'a str,
    attempt: u32,
    status: JobStatus,
    exit_code: Option<i32>,
    signal: Option<i32>,
    reason: &'a Option<String>,
    stdout: String,
    stderr: String,
    /// The bytes, where they are no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    stdout_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stderr_base64: Option<String>,
}

impl Gathered {
    pub(super) fn new(ui: &Ui) -> Self {
        Self {
            ui: ui.clone(),
            written: BTreeMap::new(),
        }
    }

    fn take(&mut self, output: &OutputEntry) {
        let written = self.written.entry(output.job_id).or_default();
        if written.attempt < output.attempt {
            *written = Written {
                attempt: output.attempt,
                ..Written::default()
            };
        }
        let bytes = bytes_of(output);
        match output.stream {
            Stream::Stdout => written.stdout.extend(bytes),
            Stream::Stderr => written.stderr.extend(bytes),
        }
    }

    fn view<'a>(&self, job: &'a JobEntry) -> WorkerView<'a> {
        let nothing = Written::default();
        let written = self.written.get(&job.job_id).unwrap_or(&nothing);
        let (stdout, stdout_base64) = text(&written.stdout);
        let (stderr, stderr_base64) = text(&written.stderr);
        WorkerView {
            worker: &job.worker,
            step: &job.step,
            attempt: job.attempt,
            status: job.status,
            exit_code: job.exit_code,
            signal: job.signal,
            reason: &job.reason,
            stdout,
            stderr,
            stdout_base64,
            stderr_base64,
        }
    }
}

/// Bytes as text, and as they are where they are none.
fn text(bytes: &[u8]) -> (String, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => (
            String::from_utf8_lossy(bytes).into_owned(),
            Some(BASE64_STANDARD.encode(bytes)),
        ),
    }
}

impl Screen for Gathered {
    fn entry(&mut self, entry: &Entry, _: &Model) -> Result<(), Failure> {
        match &entry.what {
            EntryKind::Output(output) => self.take(output),
            EntryKind::Status(_)
            | EntryKind::Step(_)
            | EntryKind::Job(_)
            | EntryKind::Prompt(_) => {}
        }
        Ok(())
    }

    fn talk(&mut self, line: &str) {
        if !self.ui.silent {
            stderr_line(line);
        }
    }

    fn ask(&mut self, _: Option<&str>) {}

    fn close(&mut self, model: &Model) -> Result<(), Failure> {
        let mut workers: Vec<WorkerView<'_>> = model.jobs().map(|job| self.view(job)).collect();
        workers.sort_by_key(|view| (view.worker, view.step));
        self.ui.structured(&Document {
            execution_id: &model.id,
            number: model.number,
            workers,
        })
    }
}
