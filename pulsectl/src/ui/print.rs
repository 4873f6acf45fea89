//! Data on stdout: lists and objects in the form that was asked for.

use serde::Serialize;
use serde_json::Value;

use super::{
    Row, Ui, device, envelope, query::Query, sanitize, table, table::Width, template, yaml,
};
use crate::{
    error::Failure,
    flags::{Form, Output},
    signals::left_to,
};

impl Ui {
    /// Prints a list in the form that was asked for.
    pub(crate) fn list<T: Row + Serialize>(&self, items: &[T]) -> Result<(), Failure> {
        if self.quiet {
            return self.lines(items.iter().map(Row::key));
        }
        match self.output.form() {
            Form::Lines | Form::Document => self.values(items),
            Form::Name => self.lines(
                items
                    .iter()
                    .map(|item| format!("{}/{}", T::KIND, item.key())),
            ),
            Form::Csv => self.text(&table::csv(self, items)?),
            Form::Text => {
                let width = if self.output == Output::Wide {
                    Width::All
                } else {
                    Width::Usual
                };
                let text = table::rows(self, items, width)?;
                if items.is_empty() {
                    self.say(T::nothing());
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
        match self.output.form() {
            Form::Name => self.data(format!("{}/{}", T::KIND, item.key())),
            Form::Csv => self.text(&table::csv(self, std::slice::from_ref(item))?),
            Form::Lines | Form::Document => self.structured(item),
            Form::Text => self.data(human().trim_end()),
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
        if self.output == Output::Jsonl {
            return self.lines(items.iter().map(|item| self.safe_json(&item.to_string())));
        }
        self.document(&items)
    }

    /// Prints one object for a program.
    pub(crate) fn structured(&self, item: &impl Serialize) -> Result<(), Failure> {
        self.bare(&envelope(item))
    }

    /// The same without the version of the form: what is printed has a form of its own.
    pub(crate) fn bare(&self, item: &Value) -> Result<(), Failure> {
        if let Some(format) = &self.format {
            return self.data(template::fill(format, item)?);
        }
        if let Some(query) = &self.jq {
            return self.filtered(query, item);
        }
        if self.output == Output::Jsonl {
            return self.data(self.safe_json(&item.to_string()));
        }
        self.document(item)
    }

    /// Prints all of it at once: JSON that people can read, unless YAML was asked for.
    fn document(&self, value: &impl Serialize) -> Result<(), Failure> {
        if self.output == Output::Yaml {
            return self.yaml(value);
        }
        self.data(self.safe_json(&pretty(value)?))
    }

    /// Whether something is to be made of JSON that arrives as it is.
    pub(crate) fn reshapes(&self) -> bool {
        let is_other = matches!(self.output, Output::Yaml | Output::Jsonl);
        self.jq.is_some() || self.format.is_some() || is_other
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
    pub(super) fn safe_json(&self, text: &str) -> String {
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

    /// Prints what a change made of a thing: its key alone with `-q`, the thing for programs, else
    /// a line.
    pub(crate) fn changed<T: Row + Serialize>(
        &self,
        item: &T,
        line: impl AsRef<str>,
    ) -> Result<(), Failure> {
        if self.output == Output::Csv && !self.quiet {
            return self.csv(&table::csv(self, std::slice::from_ref(item))?);
        }
        self.done((T::KIND, &item.key()), item, line)
    }

    /// The same for what no list shows.
    pub(crate) fn done(
        &self,
        (kind, name): (&str, &str),
        item: &impl Serialize,
        line: impl AsRef<str>,
    ) -> Result<(), Failure> {
        if self.quiet {
            return self.data(name);
        }
        match self.output.form() {
            Form::Name => self.data(format!("{kind}/{name}")),
            Form::Csv => self.csv(&table::csv_of(self, item)),
            Form::Lines | Form::Document => self.structured(item),
            Form::Text => self.data(line),
        }
    }

    /// Prints a part of a table in CSV: its titles come once, however many parts there are.
    fn csv(&self, part: &str) -> Result<(), Failure> {
        let is_first = self.headers && !self.titled.replace(true);
        match part.split_once('\n') {
            Some((_, rows)) if self.headers && !is_first => self.text(rows),
            Some(_) | None => self.text(part),
        }
    }

    fn lines(&self, lines: impl Iterator<Item = String>) -> Result<(), Failure> {
        let lines: String = lines.map(|line| line + "\n").collect();
        self.text(&lines)
    }

    /// Shows long text through the pager, anything else directly.
    fn page(&self, text: &str) -> Result<(), Failure> {
        let height = device::height();
        let is_long = height.is_some_and(|height| text.lines().count() >= usize::from(height));
        if let Some(pager) = self
            .pager
            .as_ref()
            .filter(|pager| is_long && *pager != "cat")
            && left_to(|| device::run_pager(pager, &sanitize::coloured(text)))?.is_ok()
        {
            return Ok(());
        }
        self.data(text.trim_end_matches('\n'))
    }
}

pub(super) fn pretty(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value)
        .map_err(|error| Failure::general("could not write JSON").because(&error))
}
