//! A step that calls a function block: `uses` and `with`.
//!
//! Which blocks there are, and what they take, only the hosts know.

use std::collections::BTreeMap;

use super::fields::{Fields, join};
use super::workflow::Texts;
use super::{Decoder, keys};
use crate::document::{Complaint, Node};
use crate::model::Payload;
use crate::template::Template;

/// How many values a block may be given.
const MOST_VALUES: usize = 50;

impl Decoder<'_> {
    pub(super) fn block(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        (node, texts): (&Node, Texts),
    ) -> Option<Payload> {
        for key in ["command", "script"] {
            if let Some((key, _)) = fields.entry(key) {
                let message = format!("a step has `uses` or a `{}`, not both", key.text);
                self.fault(key.at, &join(path, &key.text), message);
            }
        }
        for key in keys::OF_BLOCKS {
            if let Some((key, _)) = fields.entry(key) {
                let message = format!("`{}` is the function block's own affair", key.text);
                let complaint = Complaint::new(key.at, message).hint("give it values in `with`");
                self.complain(complaint, &join(path, &key.text));
            }
        }
        let with = fields.get("with").map(|node| self.with(node, path, texts));
        let path = join(path, "uses");
        let name = self.name(node, &path)?;
        let is_name = name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"._-/".contains(&b));
        if !is_name {
            let message = "a function block's name is letters, digits, `.`, `_`, `-` and `/`";
            self.fault(node.at, &path, message);
            return None;
        }
        Some(Payload::Block {
            name,
            with: with.unwrap_or_default(),
        })
    }

    fn with(&mut self, node: &Node, path: &str, texts: Texts) -> BTreeMap<String, Template> {
        let path = join(path, "with");
        let mut with = BTreeMap::new();
        let Some(entries) = self.open_fields(node, &path) else {
            return with;
        };
        if entries.iter().count() > MOST_VALUES {
            let message = format!("a block is given at most {MOST_VALUES} values");
            self.fault(node.at, &path, message);
        }
        for (key, node) in entries.iter() {
            let path = join(&path, &key.text);
            if let Some(template) = self.variable(node, &path, texts) {
                with.insert(key.text.clone(), template);
            }
        }
        with
    }
}
