//! The audit trail: who did what, and whether anybody changed the record of it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing that somebody did, or was refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    pub id: i64,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    /// A user, a worker, or `pulse` itself.
    pub actor: String,
    /// The name that the actor has now, where `actor` is an id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_name: Option<String>,
    /// What was done, such as `workflow.apply`.
    pub action: String,
    /// What it was done to.
    pub subject: String,
    /// The name that the subject has now, where `subject` is an id: `#42` for an execution.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject_name: Option<String>,
    /// What else there is to say; `null` where there is nothing.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub detail: Value,
    /// Its place in the chain; missing for the second or so before it is sealed.
    pub seq: Option<i64>,
    /// The digest that seals it and everything before it, in hex.
    pub sha256: Option<String>,
}

/// A place in the chain, and the digest there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditHead {
    pub seq: i64,
    /// In hex.
    pub sha256: String,
}

/// The first thing that is wrong with the chain.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditBreak {
    /// Where, if it is in the chain at all.
    pub seq: Option<i64>,
    /// The entry that it is about, where there is one.
    pub id: Option<i64>,
    /// What is wrong, in words.
    pub reason: String,
}

/// The answer of `GET /audit/verify`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditVerification {
    pub intact: bool,
    /// How many entries were checked.
    pub checked: u64,
    /// How many entries are so new that they are not sealed yet.
    pub unsealed: u64,
    /// The last entry that was checked: keep it, and ask with it the next time.
    pub head: Option<AuditHead>,
    pub broken: Option<AuditBreak>,
}
