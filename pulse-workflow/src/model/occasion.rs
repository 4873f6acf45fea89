//! Whether something that has happened starts a run, and with which inputs.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Condition, Given};
use crate::Map;
use crate::expression::{DEEPEST, Names, Outlook, Root, Value};
use crate::planner::{Weighed, weigh};

/// What a document says of something that happens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reaction {
    pub(crate) when: Option<Condition>,
    pub(crate) inputs: BTreeMap<String, Given>,
}

/// What is to become of something that has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Decided {
    /// A run with these inputs, which are not checked yet.
    Start(Map),
    /// Nothing, for this reason.
    Ignore(String),
}

impl Reaction {
    /// Decides what it starts.
    ///
    /// # Errors
    ///
    /// Says which expression has no answer to it; that is neither yes nor no.
    pub(crate) fn decide(&self, happened: &Happened) -> Result<Decided, String> {
        if let Some(when) = &self.when
            && let Weighed::No { evidence } = weigh(when, "`when`", happened)?
        {
            return Ok(Decided::Ignore(evidence));
        }
        let mut inputs = Map::new();
        for (name, given) in &self.inputs {
            let value = match given {
                Given::Value(value) => value.clone(),
                Given::Text(template) => template.fill_value(happened).map_err(|error| {
                    format!("input `{name}`, `{}`: {error}", template.source().trim())
                })?,
            };
            // As with inputs of a step that runs a workflow: what is nothing is not given.
            if !value.is_null() {
                inputs.insert(name.clone(), value);
            }
        }
        Ok(Decided::Start(inputs))
    }
}

/// What expressions may look at before anything runs.
pub(crate) struct Happened(Vec<(Root, Value)>);

impl Happened {
    /// Something with these parts, each of which is refused where it is nested too deep.
    pub(crate) fn of(parts: &[(Root, &Json)]) -> Result<Self, String> {
        let mut known = Vec::with_capacity(parts.len());
        for (root, part) in parts {
            if nesting(part) > DEEPEST {
                let name = root.as_str();
                return Err(format!("the {name} is nested more than {DEEPEST} deep"));
            }
            known.push((*root, Value::from(*part)));
        }
        Ok(Self(known))
    }
}

/// How deep lists and objects nest.
fn nesting(payload: &Json) -> u32 {
    let deepest = |inner: Option<u32>| 1 + inner.unwrap_or(0);
    match payload {
        Json::Array(items) => deepest(items.iter().map(nesting).max()),
        Json::Object(fields) => deepest(fields.values().map(nesting).max()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 0,
    }
}

impl Names for Happened {
    fn root(&self, root: Root) -> Value {
        let known = self.0.iter().find(|(known, _)| *known == root);
        known.map_or(Value::Undefined, |(_, value)| value.clone())
    }

    fn step(&self, _id: &str) -> Value {
        Value::Undefined
    }

    fn outlook(&self) -> Outlook {
        Outlook::default()
    }
}
