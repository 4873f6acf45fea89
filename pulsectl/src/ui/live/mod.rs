//! Showing an execution while it runs: plain lines, moving bars, groups, raw bytes, JSON, or
//! nothing.

mod bars;
mod board;
mod gathered;
mod grouped;
mod lines;
mod plain;
mod raw;
mod story;

use clap::ValueEnum;
use pulse_api::http::executions::Entry;

pub(crate) use board::Board;
pub(crate) use lines::{Line, Lines, bytes_of};
pub(crate) use story::tell;

use super::{Device, Paint, TimeStyle, Ui, sanitize};
use crate::{error::Failure, follow::Model};

/// What of an execution is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    /// Output with prefixes, and what happens.
    Lines,
    /// Output with prefixes, nothing else.
    Logs,
    /// Output at the end, once for all workers that wrote the same.
    Grouped,
    /// Output as the bytes that the command wrote.
    Raw,
    /// Every entry as a line of JSON.
    Json,
    /// Everything as one document at the end.
    Document,
    Nothing,
}

/// What stands in front of a line of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum PrefixChoice {
    /// Worker and step, and the time where stdout is no terminal or --time chooses one
    #[default]
    Auto,
    /// Time, worker and step
    Full,
    None,
}

/// Writes lines of output with what stands in front of them.
#[derive(Debug, Clone)]
pub(crate) struct Prefix {
    choice: PrefixChoice,
    times: TimeStyle,
    steps: Steps,
    to_terminal: bool,
    paint: Paint,
}

/// How many steps an execution can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Steps {
    /// One, whose name tells nothing.
    One,
    Several,
}

impl Prefix {
    pub(crate) fn new(ui: &Ui, choice: PrefixChoice) -> Self {
        Self {
            choice,
            steps: Steps::Several,
            times: ui.times.clone(),
            to_terminal: ui.stdout_tty,
            paint: ui.paint,
        }
    }

    /// The same for an execution of one step: that is named with `full` only.
    pub(crate) fn of_one_step(self) -> Self {
        let steps = match self.choice {
            PrefixChoice::Full => Steps::Several,
            PrefixChoice::Auto | PrefixChoice::None => Steps::One,
        };
        Self { steps, ..self }
    }

    /// `12:00:01 web-1│check│ text`, safe for a terminal where it goes to one.
    pub(crate) fn write(&self, line: &Line, step: &str) -> Vec<u8> {
        let shown = sanitize::collapse(&line.bytes);
        let text = if self.to_terminal {
            sanitize::line(&String::from_utf8_lossy(shown)).into_bytes()
        } else {
            shown.to_vec()
        };
        let has_time = match self.choice {
            PrefixChoice::None => return text,
            PrefixChoice::Full => true,
            PrefixChoice::Auto => !self.to_terminal || self.times.is_chosen(),
        };
        let mut all = String::new();
        if has_time {
            all.push_str(&self.times.of_line(line.at));
            all.push(' ');
        }
        all.push_str(&self.label(&line.worker, step));
        all.push_str(if line.is_stderr { "! " } else { " " });
        let mut all = all.into_bytes();
        all.extend_from_slice(&text);
        all
    }

    /// `web-1│check│`, in the worker's own colour.
    pub(crate) fn label(&self, worker: &str, step: &str) -> String {
        let worker = sanitize::cell(worker);
        let step = match self.steps {
            Steps::One => String::new(),
            Steps::Several => format!("{}│", sanitize::cell(step)),
        };
        if self.paint == Paint::Plain {
            return format!("{worker}│{step}");
        }
        let style = color_of(&worker).on_default();
        format!("{style}{worker}{style:#}│{step}")
    }
}

/// The same colour for the same worker, in every run.
fn color_of(worker: &str) -> anstyle::AnsiColor {
    use anstyle::AnsiColor::{
        Blue, BrightBlue, BrightCyan, BrightGreen, BrightMagenta, Cyan, Green, Magenta,
    };

    const COLORS: [anstyle::AnsiColor; 8] = [
        Cyan,
        Magenta,
        Green,
        Blue,
        BrightCyan,
        BrightMagenta,
        BrightGreen,
        BrightBlue,
    ];
    let hash = worker.bytes().fold(0xcbf2_9ce4_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    COLORS[hash as usize % COLORS.len()]
}

/// Shows an execution as its entries come.
pub(crate) trait Screen {
    /// Shows an entry, which the model has already taken.
    fn entry(&mut self, entry: &Entry, model: &Model) -> Result<(), Failure>;

    /// Tells something that is not output.
    fn talk(&mut self, line: &str);

    /// Shows a question under everything else, or takes it away.
    fn ask(&mut self, question: Option<&str>);

    /// Whether it wants ticks to move.
    fn moves(&self) -> bool {
        false
    }

    fn tick(&mut self) {}

    /// Writes what is left and takes away what moves.
    fn close(&mut self, model: &Model) -> Result<(), Failure>;
}

/// The screen that fits the terminal and what was asked for.
pub(crate) fn open(ui: &Ui, show: Show, prefix: Prefix) -> Box<dyn Screen> {
    match show {
        // Bars move: whoever reads a pipe may write to the same terminal meanwhile.
        Show::Lines
            if ui.interactive && ui.stdout_tty && ui.device == Device::Screen && !ui.silent =>
        {
            Box::new(bars::Bars::new(ui, prefix))
        }
        Show::Lines => Box::new(plain::Plain::new(ui, prefix, plain::Talk::All)),
        Show::Logs => Box::new(plain::Plain::new(ui, prefix, plain::Talk::Notices)),
        Show::Grouped => Box::new(grouped::Grouped::new(ui)),
        Show::Raw => Box::new(raw::Raw::new(ui)),
        Show::Document => Box::new(gathered::Gathered::new(ui)),
        Show::Json => Box::new(raw::JsonLines::new(ui)),
        Show::Nothing => Box::new(plain::Plain::new(ui, prefix, plain::Talk::Silent)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Reader;

    fn prefix(choice: PrefixChoice, reader: Reader) -> Prefix {
        Prefix {
            choice,
            times: TimeStyle::new(None, reader),
            steps: Steps::Several,
            to_terminal: reader == Reader::Person,
            paint: Paint::Plain,
        }
    }

    fn line(bytes: &[u8]) -> Line {
        Line {
            at: jiff::Timestamp::from_second(43_201).unwrap(),
            worker: "web-1".into(),
            step: "check".into(),
            is_stderr: false,
            bytes: bytes.to_vec(),
        }
    }

    fn shown(prefix: &Prefix, line: &Line) -> String {
        String::from_utf8_lossy(&prefix.write(line, "Check disk")).into_owned()
    }

    #[test]
    fn a_pipe_gets_the_time_and_the_bytes_as_they_are() {
        let prefix = prefix(PrefixChoice::Auto, Reader::Program);

        assert_eq!(
            shown(&prefix, &line(b"\x1b[31mred")),
            "1970-01-01T12:00:01Z web-1│Check disk│ \u{1b}[31mred"
        );
    }

    #[test]
    fn a_terminal_gets_no_control_bytes() {
        let prefix = prefix(PrefixChoice::Auto, Reader::Person);

        assert_eq!(
            shown(&prefix, &line(b"\x1b[31mred\x1b]0;x\x07!")),
            "web-1│Check disk│ red!"
        );
    }

    #[test]
    fn stderr_is_marked() {
        let line = Line {
            is_stderr: true,
            ..line(b"oops")
        };

        assert_eq!(
            shown(&prefix(PrefixChoice::Auto, Reader::Person), &line),
            "web-1│Check disk│! oops"
        );
        assert_eq!(
            shown(&prefix(PrefixChoice::None, Reader::Person), &line),
            "oops"
        );
    }

    #[test]
    fn the_only_step_is_not_named() {
        let prefix = prefix(PrefixChoice::Auto, Reader::Person).of_one_step();

        assert_eq!(shown(&prefix, &line(b"text")), "web-1│ text");
    }

    #[test]
    fn a_worker_keeps_its_colour() {
        assert_eq!(color_of("web-1"), color_of("web-1"));
    }
}
