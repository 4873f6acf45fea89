//! Workflows and their versions.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::executions::WindowDenied;
use crate::{WorkflowId, problem::FaultView};

/// The third seed's body of `POST /workflows`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateWorkflow {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub definition: Value,
}

/// A workflow in its newest version.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowView {
    pub id: WorkflowId,
    pub name: String,
    pub description: Option<String>,
    pub version: i32,
    /// The document as a JSON value.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub definition: Value,
    /// The document as it was given, comments included. Lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    pub created_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub updated_at: Timestamp,
    /// Who lets nothing of it start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused: Option<WorkflowPause>,
}

/// That nothing of a workflow starts for the time being.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowPause {
    pub by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: Timestamp,
    pub reason: Option<String>,
}

/// The body of `POST /workflows/{name}/pause`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PauseWorkflow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The body of `PATCH /workflows/{name}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RenameWorkflow {
    /// What it is called from now on.
    pub name: String,
}

/// One version of a workflow.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkflowVersionView {
    pub version: i32,
    pub sha256: String,
    pub message: Option<String>,
    pub created_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    /// The document as it was given. Lists leave it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The answer to `PUT /workflows/{name}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppliedWorkflow {
    pub id: WorkflowId,
    pub name: String,
    pub version: i32,
    /// `false` when the document was already so.
    pub changed: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<FaultView>,
}

/// The answer to `POST /workflows/validate` for a valid document.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ValidWorkflow {
    pub valid: bool,
    pub name: Option<String>,
    pub steps: usize,
    pub warnings: Vec<FaultView>,
}

/// The body of `POST /workflows/{name}/plan`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanWorkflow {
    /// Of this version; the newest one without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub inputs: Map<String, Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub targets: Option<Value>,
}

/// What a run would do, nothing started.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlanView {
    pub workflow: String,
    pub version: i32,
    /// The window in which nothing of it may start now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub window: Option<PlannedWindow>,
    pub steps: Vec<PlannedStepView>,
}

/// A window that is on now, and what becomes of a start in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedWindow {
    #[serde(flatten)]
    pub denied: WindowDenied,
    /// `wait` where a start waits for its end, `reject` where it is refused.
    pub when_denied: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlannedStepView {
    pub id: String,
    pub name: String,
    #[serde(rename = "type")]
    pub kind: crate::status::StepKind,
    pub needs: Vec<String>,
    pub condition: Option<String>,
    /// The names of the hosts that the step would run on now.
    pub hosts: Vec<String>,
    /// For a step that goes over its hosts batch by batch: the names in each batch, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub batches: Vec<Vec<String>>,
    /// Whether the first batch is a canary.
    #[serde(default)]
    pub canary: bool,
    /// Why it could not run as things are, such as `no_targets`.
    pub problem: Option<String>,
    /// The workflow that the step runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<String>,
    /// What that workflow would do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "openapi", schema(no_recursion))]
    pub steps: Vec<PlannedStepView>,
}
