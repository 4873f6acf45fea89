//! A list for a program whose items come in parts: printed as they come, and in the end the same as if
//! all of them had been there at once.

use serde::Serialize;
use serde_json::Value;

use super::{Ui, envelope, print::pretty, sanitize, yaml};
use crate::{error::Failure, flags::Output};

pub(crate) struct Array<'a> {
    ui: &'a Ui,
    /// A jq expression sees all items, so they wait for each other.
    kept: Option<Vec<Value>>,
    count: usize,
}

impl Ui {
    /// Begins a list for a program.
    pub(crate) fn array(&self) -> Array<'_> {
        let waits = self.jq.is_some() && self.output != Output::Jsonl;
        Array {
            ui: self,
            kept: waits.then(Vec::new),
            count: 0,
        }
    }
}

impl Array<'_> {
    /// Prints the next items.
    pub(crate) fn take<T: Serialize>(&mut self, items: &[T]) -> Result<(), Failure> {
        if let Some(kept) = &mut self.kept {
            kept.extend(items.iter().map(envelope));
            return Ok(());
        }
        if items.is_empty() {
            return Ok(());
        }
        let is_lines = self.ui.format.is_some() || self.ui.output == Output::Jsonl;
        if is_lines {
            return self.ui.values(items);
        }
        let items: Vec<Value> = items.iter().map(envelope).collect();
        let text = if self.ui.output == Output::Yaml {
            self.yaml(&items)?
        } else {
            self.json(&items)?
        };
        self.count += items.len();
        self.ui.text(&text)
    }

    /// Ends the list.
    pub(crate) fn end(self) -> Result<(), Failure> {
        if let Some(kept) = &self.kept {
            return self.ui.values(kept);
        }
        let is_lines = self.ui.format.is_some() || self.ui.output == Output::Jsonl;
        match (is_lines, self.count) {
            (true, _) => Ok(()),
            (false, 0) => self.ui.data("[]"),
            (false, _) if self.ui.output == Output::Yaml => Ok(()),
            (false, _) => self.ui.data("\n]"),
        }
    }

    fn json(&self, items: &[Value]) -> Result<String, Failure> {
        let mut text = String::new();
        for (index, item) in items.iter().enumerate() {
            let is_first = self.count == 0 && index == 0;
            text.push_str(if is_first { "[" } else { "," });
            for line in pretty(item)?.lines() {
                text.push_str("\n  ");
                text.push_str(line);
            }
        }
        Ok(self.ui.safe_json(&text))
    }

    /// Items of YAML, as JSON where only that can say it in a terminal.
    fn yaml(&self, items: &[Value]) -> Result<String, Failure> {
        let text = yaml(&items)?;
        if !self.ui.stdout_tty || sanitize::json(&text) == text {
            return Ok(text);
        }
        let items = items.iter();
        let lines = items.map(|item| format!("- {}\n", sanitize::json(&item.to_string())));
        Ok(lines.collect())
    }
}
