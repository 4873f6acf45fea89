//! What a delivery from outside starts, and with which inputs.
//!
//! Whether a delivery is genuine is decided before; its content is nobody's word but the sender's.

use serde_json::Value as Json;

use super::Condition;
use super::occasion::{Decided, Happened, Reaction};
use crate::Map;
use crate::expression::Root;

/// What starts a workflow from outside.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The end of its address.
    pub name: String,
    pub kind: HookKind,
    /// The names of the secrets that deliveries may be signed with.
    pub secrets: Vec<String>,
    pub(crate) reaction: Reaction,
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
        self.reaction.when.as_ref().map(Condition::source)
    }

    /// Decides what a delivery starts.
    ///
    /// # Errors
    ///
    /// Says which expression has no answer to this delivery; that is neither yes nor no.
    pub fn decide(&self, payload: &Json, headers: &Map) -> Result<Decided, String> {
        let event = headers.get("x-github-event").and_then(Json::as_str);
        if self.kind == HookKind::Github && event == Some("ping") {
            let why = "a ping: GitHub asks whether anybody is here";
            return Ok(Decided::Ignore(why.to_owned()));
        }
        let headers = Json::Object(headers.clone());
        let parts = [(Root::Payload, payload), (Root::Headers, &headers)];
        self.reaction.decide(&Happened::of(&parts)?)
    }
}
