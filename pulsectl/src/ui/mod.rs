//! The only place that prints: data on stdout, talk on stderr.

mod cells;
mod device;
mod failure;
pub(crate) mod live;
mod object;
pub(crate) mod picker;
mod query;
mod quote;
pub(crate) mod reasons;
pub(crate) mod sanitize;
mod table;
mod template;
pub(crate) mod terminal;
mod times;

use std::{
    io::{self, IsTerminal as _, Write as _},
    rc::Rc,
};

use anstyle::AnsiColor;
use serde::Serialize;
use serde_json::Value;

pub(crate) use cells::{Cell, Column, Row, Tone, Toned, time_cell, toned};
pub(crate) use device::{Device, Paint};
pub(crate) use failure::failure_text;
pub(crate) use object::{document, envelope};
use query::Query;
pub(crate) use quote::quote;
use table::Width;
pub(crate) use table::render as render_table;
pub(crate) use terminal::{ask_hidden, ask_line};
pub(crate) use times::{Reader, TimeStyle};

use crate::{
    cli::{ColorChoice, Global, Output},
    config::Environment,
    error::{Failure, Kind},
};

/// How this call prints.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact about the terminal or a flag"
)]
pub(crate) struct Ui {
    pub(crate) output: Output,
    pub(crate) quiet: bool,
    pub(crate) verbose: u8,
    pub(crate) columns: Vec<String>,
    pub(crate) headers: bool,
    pub(crate) times: TimeStyle,
    pub(crate) stdout_tty: bool,
    pub(crate) stderr_tty: bool,
    /// Whether questions may be asked: stdin and stderr are terminals and nobody forbade it.
    pub(crate) interactive: bool,
    pub(crate) device: Device,
    pub(crate) paint: Paint,
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
        match global.color {
            ColorChoice::Auto => {}
            ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
            ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
        }
        let stdout_tty = io::stdout().is_terminal();
        let stderr_tty = io::stderr().is_terminal();
        let asks = !global.no_input && !env.is_on("PULSE_NO_INPUT") && !env.is_on("CI");
        let chosen = anstream::AutoStream::choice(&io::stdout());
        Ok(Self {
            output: global.output(env)?,
            quiet: global.quiet,
            verbose: global.verbose,
            columns: global.columns.clone(),
            headers: !global.no_headers,
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
            paint: if chosen == anstream::ColorChoice::Never {
                Paint::Plain
            } else {
                Paint::Colored
            },
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
        let mut out = anstream::stdout().lock();
        writeln!(out, "{}", line.as_ref())?;
        Ok(())
    }

    /// Writes text as it is.
    pub(crate) fn text(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Writes bytes at once: as they are, except that a terminal gets no control sequences unless
    /// `-o raw` asks for them.
    pub(crate) fn bytes(
        &self,
        stream: pulse_api::status::Stream,
        bytes: &[u8],
    ) -> Result<(), Failure> {
        let is_stdout = stream == pulse_api::status::Stream::Stdout;
        let is_terminal = if is_stdout {
            self.stdout_tty
        } else {
            self.stderr_tty
        };
        let safe = (is_terminal && self.output != Output::Raw)
            .then(|| sanitize::lines(&String::from_utf8_lossy(bytes)));
        let bytes = safe.as_deref().map_or(bytes, str::as_bytes);
        if is_stdout {
            let mut out = io::stdout().lock();
            out.write_all(bytes)?;
            out.flush()?;
        } else {
            io::stderr().lock().write_all(bytes)?;
        }
        Ok(())
    }

    /// Tells a person something that is not data.
    pub(crate) fn say(&self, line: impl AsRef<str>) {
        if !self.quiet {
            stderr_line(line.as_ref());
        }
    }

    pub(crate) fn warn(&self, line: impl AsRef<str>) {
        let style = AnsiColor::Yellow.on_default().bold();
        stderr_line(&format!("{style}warning:{style:#} {}", line.as_ref()));
    }

    /// Prints a list in the form that was asked for.
    pub(crate) fn list<T: Row + Serialize>(&self, items: &[T]) -> Result<(), Failure> {
        if self.quiet {
            return self.lines(items.iter().map(Row::key));
        }
        match self.output {
            Output::Json | Output::Jsonl | Output::Yaml => self.values(items),
            Output::Name => self.lines(
                items
                    .iter()
                    .map(|item| format!("{}/{}", T::KIND, item.key())),
            ),
            Output::Csv => self.text(&table::csv(self, items)?),
            Output::Table | Output::Wide | Output::Raw | Output::Github | Output::Sarif => {
                let width = if self.output == Output::Wide {
                    Width::All
                } else {
                    Width::Usual
                };
                let text = table::rows(self, items, width)?;
                if items.is_empty() {
                    self.say(format!("no {}s", T::KIND));
                    return Ok(());
                }
                self.page(&text)
            }
        }
    }

    /// Prints one object: for programs as it is, for people as `human` tells it.
    pub(crate) fn object<T: Row + Serialize>(
        &self,
        item: &T,
        human: impl FnOnce() -> String,
    ) -> Result<(), Failure> {
        if self.quiet {
            return self.data(item.key());
        }
        match self.output {
            Output::Name => self.data(format!("{}/{}", T::KIND, item.key())),
            Output::Csv => self.text(&table::csv(self, std::slice::from_ref(item))?),
            Output::Json | Output::Jsonl | Output::Yaml => self.structured(item),
            Output::Table | Output::Wide | Output::Raw | Output::Github | Output::Sarif => {
                self.data(human().trim_end())
            }
        }
    }

    /// Prints objects for a program.
    pub(crate) fn values<T: Serialize>(&self, items: &[T]) -> Result<(), Failure> {
        let items: Vec<Value> = items.iter().map(envelope).collect();
        if let Some(format) = &self.format {
            return items
                .iter()
                .try_for_each(|item| self.data(template::fill(format, item)?));
        }
        if let Some(query) = &self.jq {
            return if self.output == Output::Jsonl {
                items.iter().try_for_each(|item| self.filtered(query, item))
            } else {
                self.filtered(query, &Value::Array(items))
            };
        }
        match self.output {
            Output::Jsonl => self.lines(items.iter().map(|item| self.safe_json(&item.to_string()))),
            Output::Yaml => self.yaml(&items),
            Output::Json
            | Output::Table
            | Output::Wide
            | Output::Csv
            | Output::Name
            | Output::Raw
            | Output::Github
            | Output::Sarif => self.data(self.safe_json(&pretty(&items)?)),
        }
    }

    /// Prints one object for a program.
    pub(crate) fn structured(&self, item: &impl Serialize) -> Result<(), Failure> {
        let item = envelope(item);
        if let Some(format) = &self.format {
            return self.data(template::fill(format, &item)?);
        }
        if let Some(query) = &self.jq {
            return self.filtered(query, &item);
        }
        match self.output {
            Output::Yaml => self.yaml(&item),
            Output::Jsonl => self.data(self.safe_json(&item.to_string())),
            Output::Json
            | Output::Table
            | Output::Wide
            | Output::Csv
            | Output::Name
            | Output::Raw
            | Output::Github
            | Output::Sarif => self.data(self.safe_json(&pretty(&item)?)),
        }
    }

    /// Prints one of many objects on a line of its own.
    pub(crate) fn entry(&self, item: &impl Serialize) -> Result<(), Failure> {
        let item = envelope(item);
        match (&self.format, &self.jq) {
            (Some(format), _) => self.data(template::fill(format, &item)?),
            (None, Some(query)) => self.filtered(query, &item),
            (None, None) => self.lines(std::iter::once(self.safe_json(&item.to_string()))),
        }
    }

    /// JSON that a terminal may show: what would steer it is written as an escape.
    fn safe_json(&self, text: &str) -> String {
        if self.stdout_tty {
            sanitize::json(text)
        } else {
            text.to_owned()
        }
    }

    /// Prints YAML, as JSON where only that can say it in a terminal: JSON is YAML.
    fn yaml(&self, value: &impl Serialize) -> Result<(), Failure> {
        let text = yaml(value)?;
        if self.stdout_tty && sanitize::json(&text) != text {
            return self.data(sanitize::json(&pretty(value)?));
        }
        self.text(&text)
    }

    /// Prints what the jq expression makes of a value.
    fn filtered(&self, query: &Query, value: &Value) -> Result<(), Failure> {
        let found = query.run(value)?.into_iter();
        if self.stdout_tty && self.output != Output::Raw {
            return self.lines(found.map(|text| sanitize::lines(&text)));
        }
        self.lines(found)
    }

    /// Prints what a change did: the id alone with `-q`, the object for programs, else a line.
    pub(crate) fn changed(
        &self,
        id: &str,
        item: &impl Serialize,
        line: impl AsRef<str>,
    ) -> Result<(), Failure> {
        if self.quiet {
            return self.data(id);
        }
        if self.is_structured() {
            return self.structured(item);
        }
        self.data(line)
    }

    /// Tells, once, why the command failed.
    pub(crate) fn failure(&self, failure: &Failure) {
        if matches!(failure.kind, Kind::PipeClosed) || failure.message.is_empty() {
            return;
        }
        stderr_line(&failure_text(failure, self.verbose));
    }

    fn lines(&self, lines: impl Iterator<Item = String>) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        for line in lines {
            writeln!(out, "{line}")?;
        }
        out.flush()?;
        Ok(())
    }

    /// Shows long text through the pager, anything else directly.
    fn page(&self, text: &str) -> Result<(), Failure> {
        let height = device::height();
        let is_long = height.is_some_and(|height| text.lines().count() >= usize::from(height));
        if let Some(pager) = self
            .pager
            .as_ref()
            .filter(|pager| is_long && *pager != "cat")
            && device::run_pager(pager, text).is_ok()
        {
            return Ok(());
        }
        self.data(text.trim_end_matches('\n'))
    }
}

/// Writes a line of talk; nobody is left to tell when that fails.
pub(crate) fn stderr_line(line: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}

/// Writes a part of a line of talk, such as a question.
pub(crate) fn stderr_part(text: &str) {
    let mut err = anstream::stderr().lock();
    let _ = write!(err, "{text}");
    let _ = err.flush();
}

fn pretty(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map_err(|error| Failure::general("could not write JSON").because(&error))
}

pub(crate) fn yaml(value: &impl Serialize) -> Result<String, Failure> {
    serde_yaml::to_string(value)
        .map_err(|error| Failure::general("could not write YAML").because(&error))
}
