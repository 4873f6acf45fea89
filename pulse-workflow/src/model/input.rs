//! The typed inputs a workflow declares, and the fields that a prompt asks for.
//!
//! Checking given values against them lives in `inputs`.

use regex::Regex;
use serde_json::Value;

/// One declared input or field.
#[derive(Clone, Debug)]
pub struct InputSpec {
    /// What messages call it: an input of a run, or a field of a prompt.
    pub word: &'static str,
    pub name: String,
    pub kind: InputKind,
    pub description: Option<String>,
    pub required: bool,
    /// Given apart from the others, kept sealed, and seen by nothing but the steps.
    pub secret: bool,
    pub default: Option<Value>,
    /// Holds for strings as a whole, not for a part of them.
    pub pattern: Option<Regex>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputKind {
    String,
    Number,
    Boolean,
    Enum(Vec<String>),
    List,
}

impl InputKind {
    /// The word the document uses for it.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Enum(_) => "enum",
            Self::List => "list",
        }
    }
}
