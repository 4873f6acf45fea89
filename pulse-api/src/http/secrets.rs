//! Secrets: values that steps get in their environment. None of these bodies ever carries one back.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A value that must not be printed: it shows as `***` wherever it is formatted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself; the name makes every use of it easy to find.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// The body of `PUT /secrets/{name}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PutSecret {
    /// 8 to 16,384 bytes of text without control characters other than tabs and ends of lines.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub value: SecretText,
    /// The only workflows whose steps get it; an empty list for all of them. Left out, it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflows: Option<Vec<String>>,
    /// The only regions whose workers get it; an empty list for all of them. Left out, it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regions: Option<Vec<String>>,
    /// Refuse to make a secret that is not there yet.
    #[serde(default, skip_serializing_if = "is_false")]
    pub must_exist: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// A secret, without its value.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretView {
    /// The variable that steps find it in.
    pub name: String,
    /// Counted from 1; each value that is set is the next one.
    pub version: u32,
    /// The only workflows whose steps get it, but for those that the reader may not see; none for all of
    /// them.
    #[serde(default)]
    pub workflows: Option<Vec<String>>,
    /// The only regions whose workers get it; none for all of them.
    #[serde(default)]
    pub regions: Option<Vec<String>>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    pub created_by: String,
    /// When its value was set last.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub set_at: Timestamp,
    pub set_by: String,
}

/// That a value was set; the value itself is not kept once there is a newer one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretVersionView {
    pub version: u32,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub set_at: Timestamp,
    pub set_by: String,
}

/// What may use a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum SecretUser {
    Channel,
    Workflow,
}

impl SecretUser {
    pub const ALL: [Self; 2] = [Self::Channel, Self::Workflow];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Workflow => "workflow",
        }
    }
}

/// A channel that names a secret, or a workflow whose newest version does, or whose webhooks.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecretUseView {
    pub kind: SecretUser,
    pub name: String,
    /// The newest version of a workflow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}
