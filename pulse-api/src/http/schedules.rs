//! Schedules: what starts workflows by the clock.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::executions::ExecutionWorkflowView;
use crate::status::{MissedRuns, Overlap, SlotResult};

/// The body of `POST /schedules` and of `PUT /schedules/{name}`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScheduleSpec {
    /// Without one it is called as its workflow, with a number behind it where that is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The workflow's name or id.
    pub workflow: String,
    /// Five fields, or a word such as `@daily`.
    pub cron: String,
    /// The name of a time zone, such as `Europe/Berlin`; `UTC` without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    #[serde(default)]
    pub overlap: Overlap,
    #[serde(default)]
    pub missed: MissedRuns,
    /// What each run is given.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub inputs: Map<String, Value>,
}

/// A schedule.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScheduleView {
    pub name: String,
    /// The workflow whose newest version it starts.
    pub workflow: ExecutionWorkflowView,
    /// Its place among the schedules of the workflow's document; `null` for one that a person made.
    pub position: Option<i32>,
    pub cron: String,
    pub timezone: String,
    pub overlap: Overlap,
    pub missed: MissedRuns,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub inputs: Map<String, Value>,
    /// In whose name, and with whose rights, it starts; `pulse` for those of documents.
    pub runs_as: String,
    pub created_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[serde(default)]
    pub paused_by: Option<String>,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub next_due_at: Option<Timestamp>,
    /// What came of the newest moments, newest first; lists have the newest only.
    pub slots: Vec<SlotView>,
}

/// What came of a moment that was due.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SlotView {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub due_at: Timestamp,
    pub result: SlotResult,
    /// Why nothing was started.
    pub detail: Option<String>,
    /// The number of the execution that was started.
    pub execution: Option<i64>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub decided_at: Timestamp,
}
