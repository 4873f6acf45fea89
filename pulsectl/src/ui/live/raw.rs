//! Output as it is: the bytes of a command, or the entries as JSON.

use pulse_api::http::executions::{Entry, EntryKind};

use super::{Screen, board::Board, lines::bytes_of};
use crate::{
    error::Failure,
    follow::Model,
    ui::{Passing, Ui, stderr_line},
};

/// Writes stdout to stdout and stderr to stderr, byte by byte as the command did.
pub(super) struct Raw(Ui, Passing);

impl Raw {
    pub(super) fn new(ui: &Ui) -> Self {
        Self(ui.clone(), Passing::new(ui))
    }
}

impl Screen for Raw {
    fn entry(&mut self, entry: &Entry, _: &Model) -> Result<(), Failure> {
        match &entry.what {
            EntryKind::Output(output) => self.1.pass(output.stream, &bytes_of(output)),
            EntryKind::Status(_)
            | EntryKind::Step(_)
            | EntryKind::Job(_)
            | EntryKind::Prompt(_) => Ok(()),
        }
    }

    fn talk(&mut self, line: &str) {
        self.0.say(line);
    }

    fn ask(&mut self, _: Option<&str>) {}

    fn close(&mut self, _: &Model) -> Result<(), Failure> {
        self.1.end()
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
