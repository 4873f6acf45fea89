//! The entries of one mapping, and complaints about keys that do not belong.

use super::{Decoder, nearest};
use crate::document::{Complaint, Key, Node, Shape};

/// The keys a mapping may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Keys {
    pub(super) known: &'static [&'static str],
    /// Keys of the language that this version does not carry out.
    pub(super) later: &'static [&'static str],
}

/// One mapping of a document, by key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'n> {
    pub(super) node: &'n Node,
    entries: &'n [(Key, Node)],
}

impl<'n> Fields<'n> {
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|(_, value)| value)
    }

    pub(super) fn entry(&self, key: &str) -> Option<(&'n Key, &'n Node)> {
        self.entries
            .iter()
            .find(|(found, _)| found.text == key)
            .map(|(key, value)| (key, value))
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'n Key, &'n Node)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }
}

impl Decoder<'_> {
    /// Reads a mapping with any keys.
    pub(super) fn open_fields<'n>(&mut self, node: &'n Node, path: &str) -> Option<Fields<'n>> {
        if let Shape::Mapping(entries) = &node.shape {
            return Some(Fields { node, entries });
        }
        self.fault(
            node.at,
            path,
            format!("expected a mapping, found {}", kind(node)),
        );
        None
    }

    /// Reads a mapping and complains about every key it may not have.
    pub(super) fn fields<'n>(
        &mut self,
        node: &'n Node,
        path: &str,
        keys: Keys,
    ) -> Option<Fields<'n>> {
        let fields = self.open_fields(node, path)?;
        for (key, _) in fields.iter() {
            let text = key.text.as_str();
            if keys.known.contains(&text) {
                continue;
            }
            let at = join(path, text);
            if keys.later.contains(&text) {
                self.fault(key.at, &at, format!("`{text}` is not supported yet"));
            } else {
                self.complain(unknown(key, keys), &at);
            }
        }
        Some(fields)
    }
}

fn unknown(key: &Key, keys: Keys) -> Complaint {
    let text = shortened(&key.text);
    match nearest(&key.text, keys.known.iter().copied()) {
        Some(near) => Complaint::new(
            key.at,
            format!("unknown key `{text}`; did you mean `{near}`?"),
        ),
        None => Complaint::new(key.at, format!("unknown key `{text}`"))
            .hint(format!("the keys here are {}", keys.known.join(", "))),
    }
}

/// A text as a message may quote it.
pub(super) fn shortened(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    text.chars().take(57).chain("...".chars()).collect()
}

/// The path of an entry of a mapping.
pub(super) fn join(path: &str, key: &str) -> String {
    let key = shortened(key);
    if path.is_empty() {
        key
    } else {
        format!("{path}.{key}")
    }
}

/// What a node is, for a message.
pub(super) fn kind(node: &Node) -> &'static str {
    match &node.shape {
        Shape::Mapping(_) => "a mapping",
        Shape::List(_) => "a list",
        Shape::Scalar(scalar) if scalar.is_null() => "nothing",
        Shape::Scalar(scalar) if scalar.as_bool().is_some() => "true or false",
        Shape::Scalar(scalar) if scalar.as_number().is_some() => "a number",
        Shape::Scalar(_) => "text",
    }
}
