//! Workers, and the tokens that enrol them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    EnrollTokenId, WorkerId,
    frames::Metrics,
    status::{AdminState, EnrollTokenStatus, WorkerRole, WorkerStatus, WorkerType},
};

/// The body of `POST /workers/enroll-tokens`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssueEnrollToken {
    pub region: String,
    /// Seconds until the token is worthless: 60 to 86,400.
    #[serde(default = "default_ttl")]
    pub ttl_seconds: u32,
    #[serde(default = "default_role")]
    pub role: WorkerRole,
    #[serde(default)]
    pub groups: Vec<String>,
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// The only name that may be enrolled with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

fn default_ttl() -> u32 {
    900
}

fn default_role() -> WorkerRole {
    WorkerRole::Action
}

/// A new enrolment token; the only time that its secret is shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IssuedEnrollToken {
    pub id: EnrollTokenId,
    pub token: String,
    pub region: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expires_at: Timestamp,
}

/// An enrolment token as lists show it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrollTokenView {
    pub id: EnrollTokenId,
    pub status: EnrollTokenStatus,
    pub region: String,
    pub role: WorkerRole,
    pub groups: Vec<String>,
    pub labels: BTreeMap<String, String>,
    pub name: Option<String>,
    pub created_by: String,
    pub worker_id: Option<WorkerId>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub expires_at: Timestamp,
}

/// The body of `POST /workers/enroll`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enroll {
    pub token: String,
    /// Made by the agent and kept on disk before the first try: the same token with the same
    /// key gives the same worker again, so an answer that got lost can be asked for once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrollment_key: Option<String>,
    #[serde(flatten)]
    pub about: WorkerAbout,
}

/// What a host says of itself, at enrolment and when it registers again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkerAbout {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    #[serde(default = "default_type", rename = "type")]
    pub kind: WorkerType,
    /// `{runtimes: […], max_concurrent: n, …}`.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub capabilities: Value,
    #[serde(default)]
    pub function_blocks: Vec<Value>,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub meta: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boot_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Must agree with the token's region when given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

fn default_type() -> WorkerType {
    WorkerType::Remote
}

/// The answer to an enrolment; the only time that the credential is shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Enrolled {
    pub worker_id: WorkerId,
    pub credential: String,
    pub heartbeat_interval_ms: u64,
    pub region: String,
}

/// The answer to `POST /workers/register`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Registered {
    pub worker_id: WorkerId,
    pub heartbeat_interval_ms: u64,
    pub region: String,
}

/// The body of `POST /workers/{id}/ping`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PingBody {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub meta: Option<Value>,
}

/// The seed's body of `POST /workers/heartbeat`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SeedHeartbeat {
    pub worker_id: WorkerId,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub metadata: Option<Value>,
}

/// The body of `POST /workers/cleanup`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CleanUpWorkers {
    /// Seconds without a sign of life; the server's own threshold without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offline_for_seconds: Option<u64>,
}

/// The answer to a clean-up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CleanedUp {
    /// The ids of the workers that are deleted now, until they register again.
    pub deleted: Vec<WorkerId>,
}

/// A worker.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkerView {
    pub id: WorkerId,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: WorkerType,
    pub role: WorkerRole,
    pub region: String,
    pub host: Option<String>,
    pub port: Option<u16>,
    pub status: WorkerStatus,
    pub admin_state: AdminState,
    /// Whether `status` is `online`.
    pub active: bool,
    pub groups: Vec<String>,
    pub labels: BTreeMap<String, String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub capabilities: Value,
    pub function_blocks: Vec<Value>,
    pub metrics: Option<Metrics>,
    pub jobs_running: u64,
    pub version: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub last_heartbeat: Option<Timestamp>,
    pub time_since_heartbeat_ms: Option<i64>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub updated_at: Timestamp,
}

/// The body of `POST /workers/{id}/drain`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrainWorker {
    /// `exit`: the agent ends with code 0 when it is idle. `hold`: it stays, idle.
    #[serde(default = "default_drain_mode")]
    pub mode: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_seconds: Option<u64>,
    /// `leave` or `cancel`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_deadline: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

fn default_drain_mode() -> String {
    "exit".to_owned()
}

/// The body of `POST /workers/{id}/command`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunCommand {
    /// Shell text; or `uses` in its place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub command: String,
    /// A function block that the worker offers, in place of a command.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uses: Option<String>,
    /// What the function block is given.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub with: Map<String, Value>,
    /// Milliseconds; 300,000 without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout: Option<u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_dir: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

/// The answer to `POST /workers/{id}/command`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandAccepted {
    pub execution_id: crate::ExecutionId,
    pub number: i64,
}

/// The body of `PATCH /workers/{id}`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PatchWorker {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}
