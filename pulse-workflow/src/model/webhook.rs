//! What a delivery from outside starts, and with which inputs.
//!
//! Whether a delivery is genuine is decided before; its content is nobody's word but the sender's.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::{Condition, Given};
use crate::Map;
use crate::expression::{DEEPEST, Names, Outlook, Root, Value};
use crate::planner::{Weighed, weigh};

/// What starts a workflow from outside.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The end of its address.
    pub name: String,
    pub kind: HookKind,
    /// The names of the secrets that deliveries may be signed with.
    pub secrets: Vec<String>,
    pub(crate) when: Option<Condition>,
    pub(crate) inputs: BTreeMap<String, Given>,
}

/// Who delivers, and so how a delivery is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HookKind {
    Gitea,
    Github,
    Gitlab,
    /// Whatever else can sign as pulse says.
    Generic,
}

/// What is to become of a delivery.
#[derive(Clone, Debug, PartialEq)]
pub enum Decided {
    /// A run with these inputs, which are not checked yet.
    Start(Map),
    /// Nothing, for this reason.
    Ignore(String),
}

impl HookKind {
    pub const ALL: [Self; 4] = [Self::Gitea, Self::Github, Self::Gitlab, Self::Generic];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gitea => "gitea",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Generic => "generic",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl Webhook {
    /// What it is called where the document says nothing.
    pub const UNNAMED: &str = "webhook";

    /// Its condition, as written.
    pub fn when(&self) -> Option<&str> {
        self.when.as_ref().map(Condition::source)
    }

    /// Decides what a delivery starts.
    ///
    /// # Errors
    ///
    /// Says which expression has no answer to this delivery; that is neither yes nor no.
    pub fn decide(&self, payload: &Json, headers: &Map) -> Result<Decided, String> {
        let delivery = Delivery::new(payload, headers)?;
        let event = headers.get("x-github-event").and_then(Json::as_str);
        if self.kind == HookKind::Github && event == Some("ping") {
            let why = "a ping: GitHub asks whether anybody is here";
            return Ok(Decided::Ignore(why.to_owned()));
        }
        if let Some(when) = &self.when
            && let Weighed::No { evidence } = weigh(when, "`when`", &delivery)?
        {
            return Ok(Decided::Ignore(evidence));
        }
        let mut inputs = Map::new();
        for (name, given) in &self.inputs {
            let value = match given {
                Given::Value(value) => value.clone(),
                Given::Text(template) => template.fill_value(&delivery).map_err(|error| {
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

/// How deep lists and objects nest.
fn nesting(payload: &Json) -> u32 {
    let deepest = |inner: Option<u32>| 1 + inner.unwrap_or(0);
    match payload {
        Json::Array(items) => deepest(items.iter().map(nesting).max()),
        Json::Object(fields) => deepest(fields.values().map(nesting).max()),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 0,
    }
}

/// What expressions may look at before anything runs.
struct Delivery {
    payload: Value,
    headers: Value,
}

impl Delivery {
    fn new(payload: &Json, headers: &Map) -> Result<Self, String> {
        if nesting(payload) > DEEPEST {
            return Err(format!("the payload is nested more than {DEEPEST} deep"));
        }
        Ok(Self {
            payload: Value::from(payload),
            headers: Value::from(&Json::Object(headers.clone())),
        })
    }
}

impl Names for Delivery {
    fn root(&self, root: Root) -> Value {
        match root {
            Root::Payload => self.payload.clone(),
            Root::Headers => self.headers.clone(),
            Root::PromptResponse
            | Root::State
            | Root::Inputs
            | Root::Steps
            | Root::Execution
            | Root::Host
            | Root::Matrix
            | Root::Item => Value::Undefined,
        }
    }

    fn step(&self, _id: &str) -> Value {
        Value::Undefined
    }

    fn outlook(&self) -> Outlook {
        Outlook::default()
    }
}
