//! Plain lines: output on stdout with prefixes, what happens on stderr.

use pulse_api::http::executions::{Entry, EntryKind};

use super::{Line, Lines, Prefix, Screen, board::Board};
use crate::{
    error::Failure,
    follow::Model,
    ui::{
        Device, Ui,
        live::story,
        out::{self, To},
        stderr_line,
    },
};

/// How much is told beside the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Talk {
    All,
    /// Only what concerns the connection.
    Notices,
    /// No output either.
    Silent,
}

pub(super) struct Plain {
    prefix: Prefix,
    talk: Talk,
    quiet: bool,
    lines: Lines,
    board: Board,
}

impl Plain {
    pub(super) fn new(ui: &Ui, prefix: Prefix, talk: Talk) -> Self {
        let device = if ui.stderr_tty {
            ui.device
        } else {
            Device::Dumb
        };
        Self {
            prefix,
            talk,
            quiet: ui.silent,
            lines: Lines::default(),
            board: Board::new(device),
        }
    }

    fn write(&self, lines: &[Line], model: &Model) -> Result<(), Failure> {
        if self.talk == Talk::Silent || lines.is_empty() {
            return Ok(());
        }
        let mut all = Vec::new();
        for line in lines {
            all.extend(self.prefix.write(line, model.step_name(&line.step)));
            all.push(b'\n');
        }
        out::raw(To::Stdout, &all)?;
        Ok(())
    }
}

impl Screen for Plain {
    fn entry(&mut self, entry: &Entry, model: &Model) -> Result<(), Failure> {
        match &entry.what {
            EntryKind::Output(output) => {
                let lines = self.lines.feed(entry.at, output);
                self.write(&lines, model)?;
            }
            EntryKind::Job(job) if job.status.is_terminal() => {
                let lines = self.lines.flush(Some(job.job_id));
                self.write(&lines, model)?;
            }
            EntryKind::Job(_)
            | EntryKind::Status(_)
            | EntryKind::Step(_)
            | EntryKind::Prompt(_) => {}
        }
        if self.talk == Talk::All
            && let Some(line) = story::tell(entry, model)
        {
            self.talk(&line);
        }
        Ok(())
    }

    fn talk(&mut self, line: &str) {
        if !self.quiet {
            stderr_line(line);
        }
    }

    fn ask(&mut self, question: Option<&str>) {
        match question {
            Some(question) => self.board.show(question),
            None => self.board.clear(),
        }
    }

    fn close(&mut self, model: &Model) -> Result<(), Failure> {
        self.board.clear();
        let lines = self.lines.flush(None);
        self.write(&lines, model)
    }
}
