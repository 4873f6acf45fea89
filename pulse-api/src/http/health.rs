//! `/health`, `/user` and the server's own state.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::status::Role;

/// The answer of `GET /health`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HealthView {
    /// `ok` or `degraded`.
    pub status: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub timestamp: Timestamp,
    /// `connected` or `disconnected`.
    pub database: String,
    /// How people sign in: `token`, or `sso` where a proxy may also vouch for them.
    pub auth: String,
    pub version: String,
}

/// The answer of `GET /user`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UserView {
    pub username: String,
    pub display_name: Option<String>,
    pub email: Option<String>,
    pub groups: Vec<String>,
    pub role: Role,
    /// When the token that asked runs out.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub token_expires_at: Option<Timestamp>,
}

/// The answer of `GET /server/status`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServerStatusView {
    /// `ok` or `degraded`.
    pub status: String,
    pub version: String,
    pub protocol: u32,
    pub database: DatabaseView,
    /// Every live replica that shares this database.
    pub replicas: Vec<ReplicaView>,
    /// Until when the certificate of the replica that answers is good; nothing where it speaks plain HTTP.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub certificate_expires_at: Option<Timestamp>,
    /// The newest migration that has run.
    pub migration: Option<String>,
    pub workers: WorkerCountsView,
    /// The online agents by the version of the protocol that they speak.
    #[serde(default)]
    pub agents: Vec<AgentCountView>,
    pub queue: QueueView,
    /// The things that run by themselves.
    pub timers: Vec<TimerView>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatabaseView {
    pub connected: bool,
    pub version: Option<String>,
    /// How large it is; looked at once a minute.
    #[serde(default)]
    pub bytes: Option<u64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplicaView {
    pub id: uuid::Uuid,
    pub name: String,
    pub version: String,
    pub sessions: u64,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub seen_at: Timestamp,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkerCountsView {
    pub online: u64,
    pub unreachable: u64,
    pub offline: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentCountView {
    /// Nothing for agents that name no version.
    pub protocol: Option<u32>,
    pub count: u64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QueueView {
    pub pending: u64,
    pub polled: u64,
    pub running: u64,
    /// Seconds that the oldest pending job has waited.
    pub oldest_pending_seconds: Option<f64>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TimerView {
    pub name: String,
    pub period_ms: u64,
    pub runs: u64,
    pub failures: u64,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub last_run_at: Option<Timestamp>,
    pub last_error: Option<String>,
}
