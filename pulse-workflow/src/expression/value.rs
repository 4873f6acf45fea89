//! The values of expressions.
//!
//! Shapes and construction only: coercion is in `convert`, operators and methods have their own files.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::Value as Json;

/// A JavaScript value of the kinds expressions can hold.
#[derive(Clone, Debug)]
pub enum Value {
    Undefined,
    Null,
    Bool(bool),
    Number(f64),
    String(Rc<str>),
    Array(Rc<Array>),
    Object(Rc<Object>),
}

/// A list that never changes; `===` compares identity, as in JavaScript.
#[derive(Debug)]
pub struct Array {
    pub(crate) items: Vec<Value>,
    depth: u32,
}

/// A record that never changes, without a prototype.
#[derive(Debug)]
pub struct Object {
    entries: Vec<(Rc<str>, Value)>,
    index: BTreeMap<Rc<str>, usize>,
    depth: u32,
}

/// How deep values may nest: freeing and printing them is recursive.
pub(crate) const DEEPEST: u32 = 64;

impl Value {
    pub(crate) fn string(text: &str) -> Self {
        Self::String(Rc::from(text))
    }

    /// A list, or `None` when it would nest too deeply.
    pub(crate) fn array(items: Vec<Self>) -> Option<Self> {
        let depth = 1 + items.iter().map(Self::depth).max().unwrap_or(0);
        (depth <= DEEPEST).then(|| Self::Array(Rc::new(Array { items, depth })))
    }

    /// A record in the order JavaScript would list it, or `None` when it would nest too deeply.
    pub(crate) fn object(entries: Vec<(Rc<str>, Self)>) -> Option<Self> {
        let depth = 1 + entries
            .iter()
            .map(|(_, value)| value.depth())
            .max()
            .unwrap_or(0);
        if depth > DEEPEST {
            return None;
        }
        let mut index: BTreeMap<Rc<str>, usize> = BTreeMap::new();
        let mut kept: Vec<(Rc<str>, Self)> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            if let Some(at) = index.get(&key) {
                kept[*at].1 = value;
            } else {
                index.insert(Rc::clone(&key), kept.len());
                kept.push((key, value));
            }
        }
        if kept.iter().any(|(key, _)| array_index(key).is_some()) {
            kept.sort_by_key(|(key, _)| array_index(key).map_or((1, 0), |at| (0, at)));
            index = kept
                .iter()
                .map(|(key, _)| Rc::clone(key))
                .zip(0..)
                .collect();
        }
        Some(Self::Object(Rc::new(Object {
            entries: kept,
            index,
            depth,
        })))
    }

    /// A record of facts, whose depth is known to be small.
    pub(crate) fn record<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::object(
            entries
                .into_iter()
                .map(|(key, value)| (Rc::from(key), value))
                .collect(),
        )
        .unwrap_or(Self::Undefined)
    }

    fn depth(&self) -> u32 {
        match self {
            Self::Undefined | Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => 0,
            Self::Array(array) => array.depth,
            Self::Object(object) => object.depth,
        }
    }

    /// The same as JSON; what JSON has no word for is null.
    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::Undefined | Self::Null => Json::Null,
            Self::Bool(truth) => Json::Bool(*truth),
            Self::Number(number) => {
                // Whole numbers are written without a point.
                let text = crate::expression::number_text(*number);
                serde_json::from_str(&text).unwrap_or(Json::Null)
            }
            Self::String(text) => Json::String(text.to_string()),
            Self::Array(array) => array.items.iter().map(Self::to_json).collect(),
            Self::Object(object) => {
                let entries = object.entries.iter();
                entries
                    .map(|(key, value)| (key.to_string(), value.to_json()))
                    .collect()
            }
        }
    }

    /// What to call the value in a message.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "list",
            Self::Object(_) => "object",
        }
    }
}

impl From<&Json> for Value {
    fn from(json: &Json) -> Self {
        let list = |items: &[Json]| Self::array(items.iter().map(Self::from).collect());
        let record = |map: &crate::Map| {
            let entry =
                |(key, value): (&String, &Json)| (Rc::from(key.as_str()), Self::from(value));
            Self::object(map.iter().map(entry).collect())
        };
        match json {
            Json::Null => Self::Null,
            Json::Bool(truth) => Self::Bool(*truth),
            Json::Number(number) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Self::string(text),
            Json::Array(items) => list(items).unwrap_or(Self::Undefined),
            Json::Object(map) => record(map).unwrap_or(Self::Undefined),
        }
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Null, Self::string)
    }
}

impl Object {
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.index.get(key).map(|at| &self.entries[*at].1)
    }

    pub(crate) fn entries(&self) -> &[(Rc<str>, Value)] {
        &self.entries
    }
}

/// Reads a canonical array index, as in `"0"` but not `"00"`.
pub(crate) fn array_index(key: &str) -> Option<u32> {
    let canonical =
        key == "0" || (!key.starts_with('0') && key.bytes().all(|b| b.is_ascii_digit()));
    if canonical {
        key.parse().ok().filter(|at| *at < u32::MAX)
    } else {
        None
    }
}
