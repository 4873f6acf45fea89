//! Single values: texts, numbers, lengths of time, lists of names.

use super::Decoder;
use super::fields::kind;
use crate::document::{Complaint, Node, Scalar, Shape, is_invisible};
use crate::duration;

/// The longest name of anything, in bytes.
pub(super) const LONGEST_NAME: usize = 128;

const QUOTE_IT: &str = "quote it, or write it as a block with `|`";

impl Decoder<'_> {
    /// Reads any scalar that has a text; a bare `true` or `5` is taken as written.
    pub(super) fn scalar<'n>(&mut self, node: &'n Node, path: &str) -> Option<&'n Scalar> {
        let complaint = match &node.shape {
            Shape::Scalar(scalar) if !scalar.is_null() => return Some(scalar),
            Shape::Scalar(_) => Complaint::new(node.at, "expected text, found nothing"),
            Shape::List(_) | Shape::Mapping(_) => {
                Complaint::new(node.at, format!("expected text, found {}", kind(node)))
                    .hint(QUOTE_IT)
            }
        };
        self.complain(complaint, path);
        None
    }

    pub(super) fn text(&mut self, node: &Node, path: &str) -> Option<String> {
        let text = &self.scalar(node, path)?.text;
        if text.trim().is_empty() {
            self.fault(node.at, path, "expected text, found only blanks");
            return None;
        }
        Some(text.clone())
    }

    /// Reads a name of something: one line of limited length.
    pub(super) fn name(&mut self, node: &Node, path: &str) -> Option<String> {
        let text = self.text(node, path)?;
        let text = text.trim();
        if text.len() > LONGEST_NAME {
            let message = format!(
                "a name has at most {LONGEST_NAME} bytes; this has {}",
                text.len()
            );
            self.fault(node.at, path, message);
            return None;
        }
        if text.contains("${{") {
            self.fault(node.at, path, "`${{ … }}` is not supported here");
            return None;
        }
        if is_invisible(text) {
            self.fault(
                node.at,
                path,
                "expected text, found nothing that can be seen",
            );
            return None;
        }
        if text.contains(['\n', '\r', '\t']) {
            self.fault(node.at, path, "a name is a single line");
            return None;
        }
        Some(text.to_owned())
    }

    pub(super) fn boolean(&mut self, node: &Node, path: &str) -> Option<bool> {
        if let Shape::Scalar(scalar) = &node.shape
            && let Some(truth) = scalar.as_bool()
        {
            return Some(truth);
        }
        self.fault(
            node.at,
            path,
            format!("expected true or false, found {}", kind(node)),
        );
        None
    }

    pub(super) fn whole(&mut self, node: &Node, path: &str) -> Option<u32> {
        let number = match &node.shape {
            Shape::Scalar(scalar) => scalar.as_number(),
            Shape::List(_) | Shape::Mapping(_) => None,
        };
        let whole = number.and_then(|number| u32::try_from(number.as_u64()?).ok());
        if whole.is_none() {
            self.fault(node.at, path, "expected a whole number");
        }
        whole
    }

    /// Reads a length of time; a bare number is milliseconds.
    pub(super) fn duration(&mut self, node: &Node, path: &str) -> Option<u64> {
        let text = match &node.shape {
            Shape::Scalar(scalar) if !scalar.is_null() => scalar.text.trim(),
            Shape::Scalar(_) | Shape::List(_) | Shape::Mapping(_) => "",
        };
        let duration = duration::parse(text);
        if duration.is_none() {
            let complaint = Complaint::new(
                node.at,
                format!("expected a duration, found {}", kind(node)),
            )
            .hint("write `500ms`, `30s`, `5m`, `2h` or `1h30m`; a bare number is milliseconds");
            self.complain(complaint, path);
        }
        duration
    }

    /// Reads a length of time that must not be zero.
    pub(super) fn timeout(&mut self, node: &Node, path: &str) -> Option<u64> {
        let timeout = self.duration(node, path)?;
        if timeout == 0 {
            self.fault(
                node.at,
                path,
                "a timeout of 0 would end the step before it starts",
            );
            return None;
        }
        if let Shape::Scalar(scalar) = &node.shape
            && timeout < 1_000
            && scalar.text.trim().bytes().all(|byte| byte.is_ascii_digit())
        {
            let complaint = Complaint::new(node.at, format!("{timeout} is less than a second"))
                .hint(format!(
                    "a bare number is milliseconds; write `{timeout}s` or `{timeout}ms`"
                ));
            self.warn(complaint, path);
        }
        Some(timeout)
    }

    pub(super) fn list<'n>(&mut self, node: &'n Node, path: &str) -> Option<&'n [Node]> {
        if let Shape::List(items) = &node.shape {
            return Some(items);
        }
        self.fault(
            node.at,
            path,
            format!("expected a list, found {}", kind(node)),
        );
        None
    }

    /// Reads a list of names in which none is repeated.
    pub(super) fn names(&mut self, node: &Node, path: &str) -> Option<Vec<String>> {
        let mut names: Vec<String> = Vec::new();
        for (item, at) in self.list(node, path)?.iter().zip(0..) {
            let path = format!("{path}[{at}]");
            let Some(name) = self.name(item, &path) else {
                continue;
            };
            if names.contains(&name) {
                self.fault(item.at, &path, format!("`{name}` is listed twice"));
                continue;
            }
            names.push(name);
        }
        Some(names)
    }

    /// Reads one of a few words.
    pub(super) fn word(
        &mut self,
        node: &Node,
        path: &str,
        words: &[&'static str],
    ) -> Option<&'static str> {
        let text = &self.scalar(node, path)?.text;
        if let Some(word) = words.iter().find(|word| *word == text) {
            return Some(word);
        }
        let shown = super::fields::shortened(text);
        let complaint = Complaint::new(node.at, format!("unknown value `{shown}`"));
        let complaint = match super::nearest(text, words.iter().copied()) {
            Some(near) => complaint.hint(format!("did you mean `{near}`?")),
            None => complaint.hint(format!("it is one of {}", words.join(", "))),
        };
        self.complain(complaint, path);
        None
    }
}
