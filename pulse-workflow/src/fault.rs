//! What is wrong with a document, where, and what to write instead.
//!
//! Finding faults happens elsewhere; this is only their shape and their text.

use std::fmt::{self, Write as _};

use serde::Serialize;

/// One thing wrong with a document, at its position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Where in the document's structure, as in `steps[1].command`; empty for the document itself.
    pub path: String,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in characters.
    pub column: u32,
    pub source_line: String,
}

/// Everything wrong with one document, in document order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Faults(pub Vec<Fault>);

/// How much of a long offending line is shown.
const SHOWN: usize = 160;

impl Fault {
    /// Writes `file:line:column: message`, the offending line, a caret and the hint.
    pub fn render(&self, file: &str) -> String {
        let mut text = format!("{file}:{}:{}: {}", self.line, self.column, self.message);
        if !self.source_line.is_empty() {
            let number = self.line.to_string();
            let margin = " ".repeat(number.len());
            let (shown, before) = self.excerpt();
            // Writing to a String cannot fail.
            let _ = write!(text, "\n {number} | {shown}\n {margin} | {before}^");
        }
        if let Some(hint) = &self.hint {
            let _ = write!(text, "\n hint: {hint}");
        }
        text
    }

    /// The part of the line around the column, and blanks up to the column.
    fn excerpt(&self) -> (String, String) {
        let column = self.column.saturating_sub(1) as usize;
        let start = column.saturating_sub(SHOWN / 2);
        let visible = |c: char| {
            if c.is_control() && c != '\t' {
                '\u{fffd}'
            } else {
                c
            }
        };
        let shown: String = self
            .source_line
            .chars()
            .skip(start)
            .take(SHOWN)
            .map(visible)
            .collect();
        let before = self
            .source_line
            .chars()
            .skip(start)
            .take(column - start)
            .map(|c| if c == '\t' { '\t' } else { ' ' })
            .collect();
        (shown, before)
    }
}

impl Faults {
    /// Writes every fault for a person, one block each.
    pub fn render(&self, file: &str) -> String {
        let blocks: Vec<String> = self.0.iter().map(|fault| fault.render(file)).collect();
        blocks.join("\n")
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.first() {
            None => f.write_str("no faults"),
            Some(first) if self.0.len() == 1 => {
                write!(f, "line {}: {}", first.line, first.message)
            }
            Some(first) => {
                write!(
                    f,
                    "line {}: {} (and {} more)",
                    first.line,
                    first.message,
                    self.0.len() - 1
                )
            }
        }
    }
}

impl std::error::Error for Faults {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_points_at_its_column() {
        let fault = Fault {
            message: "unknown key `commmand`; did you mean `command`?".into(),
            hint: Some("see the schema".into()),
            path: "steps[0].commmand".into(),
            line: 3,
            column: 5,
            source_line: "    commmand: df -h".into(),
        };

        assert_eq!(
            fault.render("disk.yaml"),
            "disk.yaml:3:5: unknown key `commmand`; did you mean `command`?\n \
             3 |     commmand: df -h\n   |     ^\n hint: see the schema"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_column() {
        let fault = Fault {
            message: "no".into(),
            hint: None,
            path: String::new(),
            line: 1,
            column: 1001,
            source_line: "x".repeat(5000),
        };

        let text = fault.render("f");

        assert!(text.len() < 400, "{text}");
    }
}
