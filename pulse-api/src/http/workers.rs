//! Workers, and the tokens that enrol them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    EnrollTokenId, WorkerId,
    frames::Metrics,
    status::{
        AdminState, CredentialStatus, DrainMode, EnrollTokenStatus, OnDeadline, WorkerRole,
        WorkerStatus, WorkerType,
    },
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
    /// How many hosts it enrols: 1 to 1,000.
    #[serde(default = "default_uses")]
    pub uses: u32,
}

fn default_uses() -> u32 {
    1
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
    /// How many hosts it enrols.
    #[serde(default = "default_uses")]
    pub uses: u32,
    /// How many it has enrolled.
    #[serde(default)]
    pub used: u32,
    /// The last worker that was enrolled with it.
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

/// What a host says of itself, at enrolment and when it registers again. An older worker says more
/// when it registers, which is passed over.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// Must agree with the token's role when given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<WorkerRole>,
    /// Must be among the token's groups when given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// Must be among the token's labels when given.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
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

/// The answer to `POST /workers/{id}/credential`; the only time that the credential is shown.
///
/// It is in force from its first use on, which makes the one before it worthless.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FreshCredential {
    pub credential: String,
    /// Counted from 1.
    pub generation: u32,
}

/// What tells one copy of an agent from another: sent in `pulse-host`, kept, and named when a
/// credential is used by two hosts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HostMark {
    /// A digest of the host's machine id.
    #[serde(default)]
    pub machine: String,
    /// Changes with each start of the host.
    #[serde(default)]
    pub boot: String,
    /// Changes with each start of the executor.
    #[serde(default)]
    pub session: String,
    /// The address that it called from.
    #[serde(default)]
    pub from: String,
}

/// The header that carries a host's mark.
pub const HOST_MARK_HEADER: &str = "pulse-host";

impl HostMark {
    /// The header's text.
    pub fn header(&self) -> String {
        format!(
            "machine={}; boot={}; session={}",
            self.machine, self.boot, self.session
        )
    }

    /// Reads the header's text; what is too long or not plain is left out.
    pub fn read(text: &str) -> Self {
        let mut mark = Self::default();
        for (name, value) in text
            .split(';')
            .filter_map(|part| part.trim().split_once('='))
        {
            let is_plain = value.len() <= 64
                && value
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let place = match name {
                "machine" => &mut mark.machine,
                "boot" => &mut mark.boot,
                "session" => &mut mark.session,
                _ => continue,
            };
            if is_plain {
                value.clone_into(place);
            }
        }
        mark
    }
}

impl std::fmt::Display for HostMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let or_unknown = |text: &str| {
            let text = if text.is_empty() { "unknown" } else { text };
            text.to_owned()
        };
        write!(
            f,
            "machine {}, boot {}, session {}, at {}",
            or_unknown(&self.machine),
            or_unknown(&self.boot),
            or_unknown(&self.session),
            or_unknown(&self.from)
        )
    }
}

/// Two hosts that used one credential; both are locked out.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloneView {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    /// Who had used it rightfully so far.
    pub known: HostMark,
    /// Who came with a generation that was worthless.
    pub other: HostMark,
}

/// The credential of a worker, without its secret.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialView {
    pub status: CredentialStatus,
    /// Counted from 1.
    pub generation: u32,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
}

/// The drain that a worker is under.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DrainView {
    pub mode: DrainMode,
    pub reason: Option<String>,
    pub asked_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub asked_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub deadline_at: Option<Timestamp>,
    pub on_deadline: OnDeadline,
    /// When the deadline passed with steps still running.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub passed_at: Option<Timestamp>,
}

/// The answer to `POST /workers/register`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Registered {
    pub worker_id: WorkerId,
    pub heartbeat_interval_ms: u64,
    pub region: String,
}

/// The body of `POST /workers/{id}/ping`. What else an older worker says is passed over.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PingBody {
    /// Takes the place of what the host said before, where it is an object with anything in it; at most
    /// 128 KiB. Names of `metrics` in it also count as the host's load.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub meta: Option<Value>,
}

/// The third seed's body of `POST /workers/heartbeat`. What else an older worker says is passed over.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// What the host says of itself besides, as it said it last: when it registered, or in a sign of
    /// life by HTTP.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub meta: Value,
    pub metrics: Option<Metrics>,
    pub jobs_running: u64,
    /// Jobs in its hands: offered to it, running, or taken back so lately that they may have begun.
    #[serde(default)]
    pub jobs_left: u64,
    pub version: Option<String>,
    /// How often it came back after it had been cleaned up, and once.
    #[serde(default)]
    pub generation: u32,
    /// The number of its newest connection; each takes the next one.
    #[serde(default)]
    pub session_epoch: Option<i64>,
    #[serde(default)]
    pub boot_id: Option<String>,
    /// The drain that it is under, while it is not active.
    #[serde(default)]
    pub drain: Option<DrainView>,
    #[serde(default)]
    pub credential: Option<CredentialView>,
    /// Set while its credential is locked, because two hosts used it.
    #[serde(default)]
    pub clone: Option<CloneView>,
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
    #[serde(default = "default_drain_mode")]
    pub mode: DrainMode,
    /// Seconds until the deadline; without it the drain ends with the last step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_seconds: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_deadline: Option<OnDeadline>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Default for DrainWorker {
    fn default() -> Self {
        Self {
            mode: default_drain_mode(),
            deadline_seconds: None,
            on_deadline: None,
            reason: None,
        }
    }
}

fn default_drain_mode() -> DrainMode {
    DrainMode::Exit
}

/// The body of `POST /workers/{id}/restart`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RestartWorker {
    /// Restarts the executor too, which ends the steps that run there.
    #[serde(default)]
    pub force: bool,
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
    /// Why, for the audit trail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
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
    /// Sets these labels, and takes away those that are null; others stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<BTreeMap<String, Option<String>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}
