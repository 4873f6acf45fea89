//! The only place that prints: data on stdout, talk on stderr.

mod array;
mod cells;
mod device;
mod failure;
pub(crate) mod form;
pub(crate) mod live;
mod object;
mod out;
mod passing;
pub(crate) mod picker;
mod print;
mod query;
mod quote;
pub(crate) mod reasons;
mod room;
pub(crate) mod sanitize;
mod table;
mod template;
pub(crate) mod terminal;
mod times;

use std::{
    io::{self, IsTerminal as _, Write},
    rc::Rc,
};

use anstyle::AnsiColor;
use serde::Serialize;

pub(crate) use cells::{Cell, Column, Row, Tone, Toned, time_cell, toned};
pub(crate) use device::{Device, Paint};
pub(crate) use failure::{failure_text, hint_line};
pub(crate) use object::{document, envelope};
use out::To;
pub(crate) use passing::Passing;
use query::Query;
pub(crate) use quote::quote;
pub(crate) use table::render as render_table;
pub(crate) use terminal::{ask_hidden, ask_line};
pub(crate) use times::{Reader, TimeStyle};

use crate::{
    config::Environment,
    error::{Failure, Kind},
    flags::{Global, Output},
};

/// How this call prints.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact about the terminal or a flag"
)]
pub(crate) struct Ui {
    pub(crate) output: Output,
    /// Whether ids and results are all that is printed.
    pub(crate) quiet: bool,
    /// Whether nothing is said beside the data.
    pub(crate) silent: bool,
    pub(crate) verbose: u8,
    pub(crate) columns: Vec<String>,
    pub(crate) headers: bool,
    /// Whether the titles of a table have been printed already.
    titled: Rc<std::cell::Cell<bool>>,
    pub(crate) times: TimeStyle,
    pub(crate) stdout_tty: bool,
    pub(crate) stderr_tty: bool,
    /// Whether questions may be asked: stdin and stderr are terminals and nobody forbade it.
    pub(crate) interactive: bool,
    pub(crate) device: Device,
    pub(crate) paint: Paint,
    /// How wide a line may be; nothing where stdout is no terminal.
    room: Option<usize>,
    pub(crate) yes: bool,
    jq: Option<Rc<Query>>,
    format: Option<String>,
    pager: Option<String>,
}

#[expect(
    clippy::unused_self,
    reason = "whoever prints does it through a Ui, which says how"
)]
impl Ui {
    pub(crate) fn new(global: &Global, env: &Environment) -> Result<Self, Failure> {
        out::choose_colors(global.color, env);
        let stdout_tty = To::Stdout.is_terminal();
        let stderr_tty = To::Stderr.is_terminal();
        let asks = !global.no_input && !env.is_on("PULSE_NO_INPUT") && !env.is_on("CI");
        Ok(Self {
            output: global.output(env.get("PULSE_OUTPUT"))?,
            quiet: global.ids_only(),
            silent: global.quiet,
            verbose: global.verbose,
            columns: global.columns.clone(),
            headers: !global.no_headers,
            titled: Rc::default(),
            times: TimeStyle::new(
                global.time,
                if stdout_tty {
                    Reader::Person
                } else {
                    Reader::Program
                },
            ),
            stdout_tty,
            stderr_tty,
            interactive: asks && stderr_tty && io::stdin().is_terminal(),
            device: Device::of(env),
            paint: if out::paint(To::Stdout) == anstream::ColorChoice::Never {
                Paint::Plain
            } else {
                Paint::Colored
            },
            room: device::room(env),
            yes: global.yes,
            jq: global
                .jq
                .as_deref()
                .map(query::compile)
                .transpose()?
                .map(Rc::new),
            format: global.format.clone(),
            pager: (stdout_tty && !global.no_pager && asks)
                .then(|| {
                    env.get("PULSECTL_PAGER")
                        .or_else(|| env.get("PAGER"))
                        .unwrap_or("less -FRX")
                })
                .map(str::to_owned),
        })
    }

    /// The same with another form of table; a form for programs stays.
    pub(crate) fn widened(&self, form: Option<Output>) -> Self {
        let mut ui = self.clone();
        if let Some(form) = form.filter(|_| self.output == Output::Table) {
            ui.output = form;
        }
        ui
    }

    /// The same with these columns, where a person has not chosen others.
    pub(crate) fn with_columns(&self, columns: &[&str]) -> Self {
        let mut ui = self.clone();
        if ui.columns.is_empty() {
            ui.columns = columns.iter().map(|column| (*column).to_owned()).collect();
        }
        ui
    }

    /// Whether the result goes to a program rather than to a person.
    pub(crate) fn is_structured(&self) -> bool {
        matches!(self.output, Output::Json | Output::Jsonl | Output::Yaml)
    }

    /// Writes one line of data.
    pub(crate) fn data(&self, line: impl AsRef<str>) -> Result<(), Failure> {
        out::painted(To::Stdout, &format!("{}\n", line.as_ref()))?;
        Ok(())
    }

    /// Writes text as it is, but that a terminal gets nothing that steers it unless `-o raw` asks for it.
    pub(crate) fn text(&self, text: &str) -> Result<(), Failure> {
        if self.output == Output::Raw {
            out::raw(To::Stdout, text.as_bytes())?;
        } else {
            out::plain(To::Stdout, text)?;
        }
        Ok(())
    }

    /// Stdout for lines of JSON.
    pub(crate) fn writer(&self) -> impl Write + 'static {
        out::JsonOut::new()
    }

    /// Writes bytes at once: as they are, except that a terminal gets no control sequences unless
    /// `-o raw` asks for them.
    pub(crate) fn bytes(
        &self,
        stream: pulse_api::status::Stream,
        bytes: &[u8],
    ) -> Result<(), Failure> {
        let to = match stream {
            pulse_api::status::Stream::Stdout => To::Stdout,
            pulse_api::status::Stream::Stderr => To::Stderr,
        };
        let safe = (to.is_terminal() && self.output != Output::Raw)
            .then(|| sanitize::lines(&String::from_utf8_lossy(bytes)));
        out::raw(to, safe.as_deref().map_or(bytes, str::as_bytes))?;
        Ok(())
    }

    /// Tells a person something that is not data.
    pub(crate) fn say(&self, line: impl AsRef<str>) {
        if !self.silent {
            stderr_line(line.as_ref());
        }
    }

    pub(crate) fn warn(&self, line: impl AsRef<str>) {
        let style = AnsiColor::Yellow.on_default().bold();
        stderr_line(&format!("{style}warning:{style:#} {}", line.as_ref()));
    }

    /// Begins a line of its own behind the `^C` that a terminal shows.
    pub(crate) fn leave_echo(&self) {
        if self.stderr_tty && terminal::echoes() {
            stderr_line("");
        }
    }

    /// Tells, once, why the command failed.
    pub(crate) fn failure(&self, failure: &Failure) {
        if matches!(failure.kind, Kind::PipeClosed) || failure.message.is_empty() {
            return;
        }
        stderr_line(&failure_text(failure, self.verbose));
    }
}

/// Writes text that was asked for in place of a command.
pub(crate) fn stdout_text(text: &str) -> Result<(), Failure> {
    out::painted(To::Stdout, text)?;
    Ok(())
}

/// Writes a line of talk; nobody is left to tell when that fails.
pub(crate) fn stderr_line(line: &str) {
    let _ = out::painted(To::Stderr, &format!("{line}\n"));
}

/// Writes a part of a line of talk, such as a question.
pub(crate) fn stderr_part(text: &str) {
    let _ = out::painted(To::Stderr, text);
}

pub(crate) fn yaml(value: &impl Serialize) -> Result<String, Failure> {
    serde_yaml::to_string(value)
        .map_err(|error| Failure::general("could not write YAML").because(&error))
}
