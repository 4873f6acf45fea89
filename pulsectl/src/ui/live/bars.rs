//! One bar per worker of the running step, output above the bars, the question below.

use std::{collections::BTreeMap, time::Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use pulse_api::{
    JobId,
    http::executions::{Entry, EntryKind, JobEntry},
    status::JobStatus,
};

use super::{Board, Line, Lines, Prefix, Screen, story};
use crate::{
    error::Failure,
    follow::Model,
    ui::{
        Device, Ui,
        out::{self, To},
        sanitize,
    },
};

/// The most bars at once; the rest is counted.
const MOST: usize = 12;

pub(super) struct Bars {
    multi: MultiProgress,
    /// The running jobs in order; those beyond the limit have no bar yet.
    jobs: BTreeMap<JobId, Job>,
    more: Option<ProgressBar>,
    board: Board,
    lines: Lines,
    prefix: Prefix,
    stdout_tty: bool,
}

struct Job {
    label: String,
    since: Instant,
    last: String,
    bar: Option<ProgressBar>,
}

impl Bars {
    pub(super) fn new(ui: &Ui, prefix: Prefix) -> Self {
        let multi = MultiProgress::with_draw_target(ProgressDrawTarget::stderr());
        Self {
            board: Board::within(multi.clone(), Device::Screen),
            multi,
            jobs: BTreeMap::new(),
            more: None,
            lines: Lines::default(),
            prefix,
            stdout_tty: ui.stdout_tty,
        }
    }

    fn write(&mut self, lines: &[Line], model: &Model) -> Result<(), Failure> {
        for line in lines {
            let mut bytes = self.prefix.write(line, model.step_name(&line.step));
            if self.stdout_tty {
                // Both streams are the same terminal; going through the bars keeps them whole.
                let text = String::from_utf8_lossy(&bytes);
                self.multi.println(sanitize::coloured(&text))?;
            } else {
                bytes.push(b'\n');
                out::raw(To::Stdout, &bytes)?;
            }
        }
        Ok(())
    }

    fn job(&mut self, job: &JobEntry, model: &Model) {
        match job.status {
            JobStatus::Pending => {}
            JobStatus::Polled | JobStatus::Running => {
                let label = self.prefix.label(&job.worker, model.step_name(&job.step));
                self.jobs.entry(job.job_id).or_insert_with(|| Job {
                    label,
                    since: Instant::now(),
                    last: String::new(),
                    bar: None,
                });
            }
            JobStatus::Succeeded
            | JobStatus::Failed
            | JobStatus::TimedOut
            | JobStatus::Cancelled
            | JobStatus::Lost => {
                if let Some(bar) = self.jobs.remove(&job.job_id).and_then(|job| job.bar) {
                    bar.finish_and_clear();
                    self.multi.remove(&bar);
                }
            }
        }
        self.arrange();
    }

    /// Gives the first jobs a bar each, and counts the rest.
    fn arrange(&mut self) {
        for (place, job) in self.jobs.values_mut().take(MOST).enumerate() {
            if job.bar.is_some() {
                continue;
            }
            let bar = self.multi.insert(place, ProgressBar::new_spinner());
            bar.set_style(style("{spinner:.cyan} {prefix} {wide_msg}"));
            bar.set_prefix(job.label.clone());
            job.bar = Some(bar);
        }
        let rest = self.jobs.len().saturating_sub(MOST);
        if rest > 0 {
            let more = self.more.get_or_insert_with(|| {
                let bar = self.multi.add(ProgressBar::new_spinner());
                bar.set_style(style("  {msg}"));
                bar
            });
            more.set_message(format!("… and {rest} more"));
        } else if let Some(more) = self.more.take() {
            more.finish_and_clear();
            self.multi.remove(&more);
        }
    }
}

impl Screen for Bars {
    fn entry(&mut self, entry: &Entry, model: &Model) -> Result<(), Failure> {
        match &entry.what {
            EntryKind::Output(output) => {
                let lines = self.lines.feed(entry.at, output);
                if let (Some(job), Some(line)) = (self.jobs.get_mut(&output.job_id), lines.last()) {
                    let text =
                        String::from_utf8_lossy(sanitize::collapse(&line.bytes)).into_owned();
                    job.last = sanitize::cell(&text);
                }
                self.write(&lines, model)?;
            }
            EntryKind::Job(job) => {
                if job.status.is_terminal() {
                    let lines = self.lines.flush(Some(job.job_id));
                    self.write(&lines, model)?;
                }
                self.job(job, model);
            }
            EntryKind::Status(_) | EntryKind::Step(_) | EntryKind::Prompt(_) => {}
        }
        if let Some(line) = story::tell(entry, model) {
            self.talk(&line);
        }
        Ok(())
    }

    fn talk(&mut self, line: &str) {
        // A terminal that went away has nobody to tell.
        let _ = self.multi.println(sanitize::coloured(line));
    }

    fn ask(&mut self, question: Option<&str>) {
        match question {
            Some(question) => self.board.show(question),
            None => self.board.clear(),
        }
    }

    fn moves(&self) -> bool {
        true
    }

    fn tick(&mut self) {
        for job in self.jobs.values() {
            if let Some(bar) = &job.bar {
                let seconds = job.since.elapsed().as_secs();
                bar.set_message(format!(
                    "{:02}:{:02} {}",
                    seconds / 60,
                    seconds % 60,
                    job.last
                ));
                bar.tick();
            }
        }
    }

    fn close(&mut self, model: &Model) -> Result<(), Failure> {
        self.board.clear();
        let lines = self.lines.flush(None);
        self.write(&lines, model)?;
        // A bar that is only let go of stays where it was drawn.
        let bars = std::mem::take(&mut self.jobs).into_values();
        let bars = bars.filter_map(|job| job.bar).chain(self.more.take());
        for bar in bars {
            bar.finish_and_clear();
            self.multi.remove(&bar);
        }
        Ok(self.multi.clear()?)
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}
