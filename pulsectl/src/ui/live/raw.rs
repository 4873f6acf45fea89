//! Output as it is: the bytes of a command, or the entries as JSON.

use std::time::{Duration, Instant};

use pulse_api::{
    http::executions::{Entry, EntryKind},
    status::JobStatus,
};

use super::{Screen, board::Board, lines::bytes_of};
use crate::{
    duration,
    error::Failure,
    follow::Model,
    ui::{Device, Passing, Ui, stderr_line},
};

/// How long a command may be silent before somebody who looks on is told that it runs.
const SILENCE: Duration = Duration::from_secs(3);

/// Writes stdout to stdout and stderr to stderr, byte by byte as the command did.
pub(super) struct Raw {
    ui: Ui,
    passing: Passing,
    /// What says that the command runs, for as long as it says nothing itself.
    clock: Option<Clock>,
}

/// How long a silent command has run.
struct Clock {
    board: Board,
    running: Option<(String, Instant)>,
}

impl Raw {
    pub(super) fn new(ui: &Ui) -> Self {
        let is_seen = ui.interactive && ui.stdout_tty && ui.device == Device::Screen && !ui.quiet;
        Self {
            ui: ui.clone(),
            passing: Passing::new(ui),
            clock: is_seen.then(|| Clock {
                board: Board::new(ui.device),
                running: None,
            }),
        }
    }
}

impl Screen for Raw {
    fn entry(&mut self, entry: &Entry, model: &Model) -> Result<(), Failure> {
        match &entry.what {
            EntryKind::Output(output) => {
                self.clock = None;
                return self.passing.pass(output.stream, &bytes_of(output));
            }
            EntryKind::Job(job) if job.status.is_terminal() => self.clock = None,
            EntryKind::Job(job) if job.status == JobStatus::Running => {
                let label = format!("{} runs on {}", model.label(), job.worker);
                if let Some(clock) = &mut self.clock {
                    clock.running.get_or_insert((label, Instant::now()));
                }
            }
            EntryKind::Job(_)
            | EntryKind::Status(_)
            | EntryKind::Step(_)
            | EntryKind::Prompt(_) => {}
        }
        Ok(())
    }

    fn talk(&mut self, line: &str) {
        match &self.clock {
            Some(clock) => clock.board.aside(|| self.ui.say(line)),
            None => self.ui.say(line),
        }
    }

    fn ask(&mut self, _: Option<&str>) {}

    fn moves(&self) -> bool {
        self.clock.is_some()
    }

    fn tick(&mut self) {
        if let Some(clock) = &mut self.clock
            && let Some((label, since)) = &clock.running
            && since.elapsed() >= SILENCE
        {
            let took = duration::age(since.elapsed().as_secs());
            clock.board.show(&format!("{label}, silent for {took}"));
        }
    }

    fn close(&mut self, _: &Model) -> Result<(), Failure> {
        self.clock = None;
        self.passing.end()
    }
}

/// Writes every entry as one line of JSON.
pub(super) struct JsonLines(Ui, Board);

impl JsonLines {
    pub(super) fn new(ui: &Ui) -> Self {
        Self(ui.clone(), Board::new(ui.device))
    }
}

impl Screen for JsonLines {
    fn entry(&mut self, entry: &Entry, _: &Model) -> Result<(), Failure> {
        self.1.aside(|| self.0.entry(entry))
    }

    fn talk(&mut self, line: &str) {
        if !self.0.silent {
            self.1.aside(|| stderr_line(line));
        }
    }

    fn ask(&mut self, question: Option<&str>) {
        match question {
            Some(question) => self.1.show(question),
            None => self.1.clear(),
        }
    }

    fn close(&mut self, _: &Model) -> Result<(), Failure> {
        Ok(())
    }
}
