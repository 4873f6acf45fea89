//! Monitors: what is looked at again and again, from where, and what came of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    probe::{CheckOutcome, Probe},
    status::{MonitorStatus, RegionRule},
};

/// The body of `POST /monitors` and of `PUT /monitors/{name}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonitorSpec {
    /// What it is called, of a monitor that is made; otherwise the name in the path, where it is given at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    pub probe: Probe,
    /// How often each region looks: from 10 to 86,400 seconds, 60 unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval_seconds: Option<u32>,
    /// How long a look may take: from 1 second to the interval and 60 at most, 10 unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_seconds: Option<u32>,
    /// The regions that look, each with a worker that is heard from; any one worker where the list is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<String>,
    /// How many of the regions have to find it down.
    #[serde(default)]
    pub rule: RegionRule,
    /// After how many failed looks in a row a region finds it down: from 1 to 20, 3 unless it is given, and 1 for
    /// what reports by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub down_after: Option<u16>,
    /// After how many good looks in a row a region finds it up again: from 1 to 20, 2 unless it is given, and 1
    /// for what reports by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_after: Option<u16>,
    /// Given to the things that a maintenance may choose, as `KEY=VALUE`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub labels: BTreeMap<String, String>,
}

/// A monitor.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonitorView {
    pub name: String,
    /// With every value that it did not give.
    pub spec: MonitorSpec,
    pub status: MonitorStatus,
    /// Since when.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub status_since: Timestamp,
    #[serde(default)]
    pub paused_by: Option<String>,
    /// The maintenance that it is in: nobody is told of it meanwhile.
    #[serde(default)]
    pub maintenance: Option<i64>,
    /// What each region finds.
    pub regions: Vec<MonitorRegionView>,
    /// The incident that is open.
    #[serde(default)]
    pub incident: Option<IncidentView>,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub next_check_at: Option<Timestamp>,
    pub created_by: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub updated_at: Timestamp,
}

/// What a region finds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonitorRegionView {
    /// `any` where the monitor names no region.
    pub region: String,
    pub status: MonitorStatus,
    /// The newest look.
    #[serde(default)]
    pub last: Option<CheckView>,
}

/// A look that a region took, or was to take.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckView {
    pub region: String,
    /// The moment that it is for.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub due_at: Timestamp,
    /// The name of the worker that looked.
    #[serde(default)]
    pub worker: Option<String>,
    /// Absent while it is under way.
    #[serde(default)]
    pub outcome: Option<CheckOutcome>,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ended_at: Option<Timestamp>,
}

/// A time in which a monitor was down.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IncidentView {
    pub number: i64,
    pub monitor: String,
    /// What the look that opened it saw.
    pub cause: String,
    /// The regions that found it down when it was opened.
    pub regions: Vec<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub opened_at: Timestamp,
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub closed_at: Option<Timestamp>,
    /// Why it was closed: that it is up again, or why nobody looks at it any more as they did.
    #[serde(default)]
    pub closed_because: Option<String>,
}

/// How much of a time a monitor was up.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UptimeView {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Timestamp,
    /// Of the time in which something was known; `null` where nothing was.
    pub percent: Option<f64>,
    pub up_seconds: i64,
    pub down_seconds: i64,
    /// In which nothing was known: no worker looked, or it was paused.
    pub unknown_seconds: i64,
    pub incidents: i64,
    /// Of the good looks.
    pub latency_p50_ms: Option<u32>,
    pub latency_p95_ms: Option<u32>,
}

/// The body of `POST /monitors/test`: looks once, and keeps nothing.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonitorTest {
    pub probe: Probe,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_seconds: Option<u32>,
    /// Any one worker where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
}

/// The body of `POST /maintenances`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaintenanceSpec {
    /// The monitors, by name; those of the selector where the list is empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub monitors: Vec<String>,
    /// Over the labels of monitors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selector: Option<String>,
    /// Now unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub from: Option<Timestamp>,
    /// From 60 seconds to 30 days.
    pub duration_seconds: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A time in which nobody is told that a monitor is down.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MaintenanceView {
    pub number: i64,
    pub monitors: Vec<String>,
    #[serde(default)]
    pub selector: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub until: Timestamp,
    #[serde(default)]
    pub reason: Option<String>,
    pub created_by: String,
    /// How many of the monitors that are there as it is made it is for; lists do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covers: Option<usize>,
}
