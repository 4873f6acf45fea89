//! Tokens of people and scripts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{TokenId, status::Role};

/// The body of `POST /tokens`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateToken {
    pub name: String,
    pub role: Role,
    /// Seconds until it runs out: 60 to 7,776,000 (90 days).
    #[serde(default = "default_ttl")]
    pub ttl_seconds: u32,
    /// The groups that it is in, beside that of its role; your own, unless you are an admin. A token of
    /// somebody whom a proxy names is in each only as long as they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    /// The only workflows that it may see, run and answer; all of them without this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflows: Option<Vec<String>>,
}

fn default_ttl() -> u32 {
    90 * 24 * 60 * 60
}

/// A new token; the only time that its secret is shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreatedToken {
    pub id: TokenId,
    pub token: String,
    pub name: String,
    pub role: Role,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expires_at: Timestamp,
}

/// The body of `POST /tokens/{id}/rotate`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RotateToken {
    /// Seconds for which the secret that is replaced is still good: none unless said otherwise,
    /// 604,800 (a week) at most.
    #[serde(default)]
    pub overlap_seconds: u32,
}

/// A token with a new secret; the only time that it is shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RotatedToken {
    pub id: TokenId,
    pub token: String,
    pub name: String,
    pub role: Role,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expires_at: Timestamp,
    /// Until when the secret before this one is still good; nothing when it is not.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub previous_until: Option<Timestamp>,
}

/// A token as lists show it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenView {
    pub id: TokenId,
    pub name: String,
    pub username: String,
    pub role: Role,
    #[serde(default)]
    pub groups: Vec<String>,
    /// The only workflows that it has to do with; none for all of them.
    #[serde(default)]
    pub workflows: Option<Vec<String>>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expires_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub revoked_at: Option<Timestamp>,
}
