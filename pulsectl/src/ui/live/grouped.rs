//! Workers with the same output told once, after the end.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use pulse_api::{
    JobId,
    http::executions::{Entry, EntryKind, JobEntry, OutputEntry},
    status::{JobStatus, Stream},
};
use serde::Serialize;

use super::{Screen, lines::bytes_of};
use crate::{
    error::Failure,
    follow::{Model, how_it_ended, plural},
    hosts,
    ui::{Device, Ui, sanitize, stderr_line},
};

/// How much of one stream of one worker is kept; all of it counts for being the same.
const KEPT: usize = 256 * 1024;

/// Gathers everything, and prints it at the end.
pub(super) struct Grouped {
    ui: Ui,
    bar: Option<ProgressBar>,
    running: HashMap<JobId, Work>,
    known: HashMap<JobId, JobStatus>,
    groups: BTreeMap<(String, u64), Group>,
}

/// What one job wrote so far.
#[derive(Default)]
struct Work {
    attempt: u32,
    stdout: Written,
    stderr: Written,
}

#[derive(Default, Clone)]
struct Written {
    kept: Vec<u8>,
    length: u64,
    hash: DefaultHasher,
}

/// Workers on which the command did the same.
#[derive(Default, Clone)]
struct Group {
    workers: Vec<String>,
    exit_code: Option<i32>,
    status: Option<JobStatus>,
    ended: Option<String>,
    stdout: Written,
    stderr: Written,
}

/// A group as programs read it.
#[derive(Serialize)]
struct GroupView {
    workers: Vec<String>,
    status: Option<JobStatus>,
    exit_code: Option<i32>,
    /// How it ended, where it did not succeed.
    detail: Option<String>,
    stdout: String,
    stderr: String,
    /// How many bytes of each stream are not shown.
    left_out: u64,
}

impl Written {
    fn take(&mut self, bytes: &[u8]) {
        self.hash.write(bytes);
        self.length += bytes.len() as u64;
        let room = KEPT.saturating_sub(self.kept.len());
        self.kept.extend_from_slice(&bytes[..bytes.len().min(room)]);
    }

    fn left_out(&self) -> u64 {
        self.length - self.kept.len() as u64
    }
}

impl Grouped {
    pub(super) fn new(ui: &Ui) -> Self {
        let has_bar = ui.interactive && ui.device == Device::Screen && !ui.silent;
        let bar = has_bar.then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_style(
                ProgressStyle::with_template("{spinner:.cyan} {elapsed} {msg}")
                    .unwrap_or_else(|_| ProgressStyle::default_spinner()),
            );
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Self {
            ui: ui.clone(),
            bar,
            running: HashMap::new(),
            known: HashMap::new(),
            groups: BTreeMap::new(),
        }
    }

    fn output(&mut self, output: &OutputEntry) {
        let work = self.running.entry(output.job_id).or_default();
        if work.attempt < output.attempt {
            *work = Work {
                attempt: output.attempt,
                ..Work::default()
            };
        }
        let written = match output.stream {
            Stream::Stdout => &mut work.stdout,
            Stream::Stderr => &mut work.stderr,
        };
        written.take(&bytes_of(output));
    }

    fn job(&mut self, job: &JobEntry) {
        self.known.insert(job.job_id, job.status);
        if job.status.is_terminal() {
            let work = self.running.remove(&job.job_id).unwrap_or_default();
            let has_succeeded = job.status == JobStatus::Succeeded;
            let ended = (!has_succeeded).then(|| how_it_ended(job));
            let group = self.group(ended, work);
            group.workers.push(job.worker.clone());
            group.exit_code = job.exit_code;
            group.status = Some(job.status);
        }
        let Some(bar) = &self.bar else { return };
        let done = self.known.values().filter(|status| status.is_terminal());
        let bad = done
            .clone()
            .filter(|status| **status != JobStatus::Succeeded);
        let (done, bad) = (done.count(), bad.count());
        let failed = if bad > 0 {
            format!(", {bad} not well")
        } else {
            String::new()
        };
        bar.set_message(format!("{done} of {} done{failed}", self.known.len()));
    }

    /// The group of those that ended so and wrote this.
    fn group(&mut self, ended: Option<String>, work: Work) -> &mut Group {
        let mut hash = DefaultHasher::new();
        for written in [&work.stdout, &work.stderr] {
            (written.length, written.hash.finish()).hash(&mut hash);
        }
        let key = (ended.clone().unwrap_or_default(), hash.finish());
        self.groups.entry(key).or_insert_with(|| Group {
            ended,
            stdout: work.stdout,
            stderr: work.stderr,
            ..Group::default()
        })
    }

    fn print(&self, group: &Group) -> Result<(), Failure> {
        let names = hosts::fold(group.workers.iter().map(String::as_str));
        let count = plural(group.workers.len(), "worker");
        let ended = group.ended.as_ref().map(|how| format!(": {how}"));
        let title = format!("── {count}: {names}{} ──", ended.unwrap_or_default());
        self.ui.data(sanitize::line(&title))?;
        for (written, mark) in [(&group.stdout, ""), (&group.stderr, "! ")] {
            let text = String::from_utf8_lossy(&written.kept);
            for line in text.lines() {
                let text = format!("{mark}{line}\n");
                self.ui.bytes(Stream::Stdout, text.as_bytes())?;
            }
            if written.left_out() > 0 {
                self.ui.say(format!(
                    "… {} bytes more; `pulsectl execution logs @last` has them",
                    written.left_out()
                ));
            }
        }
        Ok(())
    }
}

impl Group {
    fn view(self) -> GroupView {
        let text = |written: &Written| String::from_utf8_lossy(&written.kept).into_owned();
        GroupView {
            stdout: text(&self.stdout),
            stderr: text(&self.stderr),
            left_out: self.stdout.left_out() + self.stderr.left_out(),
            workers: self.workers,
            status: self.status,
            exit_code: self.exit_code,
            detail: self.ended,
        }
    }
}

impl Screen for Grouped {
    fn entry(&mut self, entry: &Entry, _: &Model) -> Result<(), Failure> {
        match &entry.what {
            EntryKind::Output(output) => self.output(output),
            EntryKind::Job(job) => self.job(job),
            EntryKind::Status(_) | EntryKind::Step(_) | EntryKind::Prompt(_) => {}
        }
        Ok(())
    }

    fn talk(&mut self, line: &str) {
        if self.ui.silent {
            return;
        }
        match &self.bar {
            Some(bar) => bar.suspend(|| stderr_line(line)),
            None => stderr_line(line),
        }
    }

    fn ask(&mut self, _: Option<&str>) {}

    fn close(&mut self, _: &Model) -> Result<(), Failure> {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        let mut groups: Vec<Group> = std::mem::take(&mut self.groups).into_values().collect();
        for group in &mut groups {
            group.workers.sort();
        }
        // Most workers first; of two as large, the one whose first worker comes first.
        groups.sort_by(|a, b| {
            let by_size = b.workers.len().cmp(&a.workers.len());
            by_size.then_with(|| a.workers.cmp(&b.workers))
        });
        if self.ui.is_structured() {
            let views: Vec<GroupView> = groups.into_iter().map(Group::view).collect();
            return self.ui.values(&views);
        }
        groups.iter().try_for_each(|group| self.print(group))
    }
}
