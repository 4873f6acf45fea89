//! Sensors: what starts workflows from outside, or for something that has happened here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::executions::ExecutionWorkflowView;
use crate::{
    ExecutionId,
    status::{DeliveryResult, NotificationEvent, SensorKind},
};

/// The header with which a delivery of no known sender is signed: `t=SECONDS,v1=HEX`, where `HEX` is the
/// HMAC-SHA256 of the seconds, a dot and the body.
pub const SIGNATURE_HEADER: &str = "X-Pulse-Signature";
/// What such a sender may call a delivery.
pub const DELIVERY_HEADER: &str = "X-Pulse-Delivery";
/// What such a sender may call what has happened.
pub const EVENT_HEADER: &str = "X-Pulse-Event";

/// A sensor.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SensorView {
    /// The workflow's name, a dot, and its own.
    pub name: String,
    /// The workflow whose newest version it starts.
    pub workflow: ExecutionWorkflowView,
    pub kind: SensorKind,
    /// Where deliveries go, below the address of the server; events go nowhere.
    pub path: Option<String>,
    /// The events that it waits for.
    pub on: Vec<NotificationEvent>,
    /// Those of which workflows; all of them where it names none.
    pub workflows: Vec<String>,
    /// Those of which monitors; all of them where it names none.
    pub monitors: Vec<String>,
    /// The names of the secrets that deliveries may be signed with.
    pub secrets: Vec<String>,
    /// Those of them that are not there, or are for other workflows.
    pub missing_secrets: Vec<String>,
    /// What must be true of a delivery.
    pub when: Option<String>,
    #[serde(default)]
    pub paused_by: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    /// What came of the newest deliveries, newest first; lists have the newest only.
    pub deliveries: Vec<DeliveryView>,
}

/// What came of a genuine delivery.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryView {
    pub id: i64,
    /// What the sender calls it; of an event, what it is about.
    pub delivery: Option<String>,
    /// What the sender says has happened.
    pub event: Option<String>,
    pub result: DeliveryResult,
    /// Why nothing was started.
    pub detail: Option<String>,
    /// The number of the execution that was started.
    pub execution: Option<i64>,
    /// How often it came.
    pub times: i32,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub received_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub last_at: Timestamp,
}

/// The answer to a delivery that is not refused.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HookAnswer {
    pub result: DeliveryResult,
    /// Why nothing was started.
    pub detail: Option<String>,
    pub execution_id: Option<ExecutionId>,
    /// The number of the execution.
    pub execution: Option<i64>,
    /// Whether the same delivery had started it before.
    pub repeated: bool,
}
