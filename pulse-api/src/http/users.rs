//! People whom a trusted proxy has named.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::status::Role;

/// Somebody who has signed in through a proxy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserRow {
    pub username: String,
    pub display_name: Option<String>,
    pub email: Option<String>,
    /// As the proxy named them last.
    pub groups: Vec<String>,
    /// What they may do; none while no group of theirs lets them in.
    pub role: Option<Role>,
    /// The role that an admin has set, whatever the groups give.
    pub fixed_role: Option<Role>,
    pub disabled: bool,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub seen_at: Timestamp,
}

/// The body of `PATCH /users/{username}`.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PatchUser {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<FixedRole>,
    /// Locks somebody out, with all tokens of their own, or lets them in again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<bool>,
}

/// What decides on somebody's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FixedRole {
    Viewer,
    Approver,
    #[serde(alias = "employee")]
    Operator,
    Admin,
    /// Their groups, as the proxy names them.
    ByGroups,
}
