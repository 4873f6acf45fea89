//! Prompts: questions that executions wait on.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ExecutionId, PromptId, status::PromptStatus};

/// A question, and its answer once there is one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromptView {
    pub id: PromptId,
    pub number: i64,
    pub execution_id: ExecutionId,
    pub execution_number: i64,
    pub workflow: Option<String>,
    /// The id of the step that asks.
    pub step: String,
    pub step_name: String,
    pub step_index: u32,
    pub message: String,
    pub options: Vec<String>,
    pub status: PromptStatus,
    /// What is chosen when nobody answers in time.
    pub default: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub opened_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub expires_at: Option<Timestamp>,
    pub response: Option<String>,
    pub answered_by: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub answered_at: Option<Timestamp>,
    pub comment: Option<String>,
    /// Who started the execution.
    pub started_by: String,
    /// The groups that the workflow lets answer, beside admins; without it whoever's role is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answerers: Option<Vec<String>>,
    /// How many different people must choose an option before it counts; any other needs one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub approvals: BTreeMap<String, u32>,
    /// Who may not answer: `starter` is whoever started the execution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_by: Option<String>,
    /// What is asked beside the options.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldView>,
    /// What was filled in with the answer that counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub values: Option<Map<String, Value>>,
    /// What each person has said so far, in order, where an option needs several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<PromptAnswer>,
    /// Whom somebody has asked to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegated_to: Option<String>,
    /// Who has asked them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegated_by: Option<String>,
}

/// Something that is asked beside the options of a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldView {
    pub name: String,
    /// `string`, `number`, `boolean`, `enum` or `list`.
    #[serde(rename = "type")]
    pub kind: String,
    pub required: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub default: Option<Value>,
    /// What an `enum` may be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// What a text must match as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
}

/// What one of several people has answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromptAnswer {
    pub answered_by: String,
    pub response: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// What they filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub values: Option<Map<String, Value>>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub answered_at: Timestamp,
}

/// The body of `POST /prompts/{n}/delegate`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DelegatePrompt {
    /// The user who is asked to answer.
    pub to: String,
}

/// The body of `POST /executions/{id}/respond` and `POST /prompts/{n}/answer`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Respond {
    pub response: String,
    /// Which prompt, by id or number, when more than one is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub prompt: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    /// What the prompt asks beside its options, by name.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub fields: Option<Map<String, Value>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}
