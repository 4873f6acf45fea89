//! What a worker is, and the only moves its liveness can make.
//!
//! Two columns, never one: `status` is what the server observes, `admin_state`
//! what an operator wants.

use std::{collections::BTreeMap, time::Instant};

use pulse_api::{
    WorkerId,
    status::{AdminState, WorkerRole, WorkerStatus, WorkerType},
};
use serde_json::Value;

use super::machine::moves;

moves! { "Worker", WorkerStatus;
    /// It is heard from.
    Beat = "beat": Online, Unreachable, Offline => Online;
    /// Nothing was heard for two minutes: no new offers, running jobs go on.
    Miss = "miss": Online => Unreachable;
    /// Nothing was heard for six minutes, or it said goodbye: jobs in its hands are lost.
    Leave = "leave": Online, Unreachable => Offline;
    /// It was offline for a day, or an operator removed it.
    Delete = "delete": Online, Unreachable, Offline => Deleted;
    /// A worker that was cleaned up, not removed, registers again under its id.
    Return = "return": Deleted => Online;
}

/// Where a worker's name may be used: letters, digits and a few marks.
pub(crate) fn is_valid_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 128
        && name != "all"
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// A worker that a step may run on, with what placement needs.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) id: WorkerId,
    pub(crate) name: String,
    pub(crate) role: WorkerRole,
    pub(crate) region: String,
    pub(crate) groups: Vec<String>,
    pub(crate) labels: BTreeMap<String, String>,
    pub(crate) runtimes: Vec<String>,
    pub(crate) status: WorkerStatus,
    pub(crate) admin_state: AdminState,
    pub(crate) slots: u32,
    /// Jobs offered to it or running there.
    pub(crate) in_hand: u32,
    /// Whether an agent's session is open on some replica.
    pub(crate) is_connected: bool,
}

impl Candidate {
    /// How many jobs it may be offered now.
    pub(crate) fn free_slots(&self) -> u32 {
        let takes_offers = self.status == WorkerStatus::Online
            && self.admin_state == AdminState::Active
            && self.is_connected;
        if takes_offers {
            self.slots.saturating_sub(self.in_hand)
        } else {
            0
        }
    }

    /// Whether a name in a list of targets stands for it: its own, its id or one of its groups.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name == name
            || self.groups.iter().any(|group| group == name)
            || self.id.to_string() == name
    }

    /// Whether steps may name it: sensors run no actions.
    pub(crate) fn runs_actions(&self) -> bool {
        match self.role {
            WorkerRole::Action | WorkerRole::Hybrid => true,
            WorkerRole::Sensor => false,
        }
    }
}

/// What a host says of itself, checked.
#[derive(Debug, Clone)]
pub(crate) struct About {
    pub(crate) name: String,
    pub(crate) host: Option<String>,
    pub(crate) port: Option<u16>,
    pub(crate) kind: WorkerType,
    pub(crate) capabilities: Value,
    pub(crate) function_blocks: Vec<Value>,
    pub(crate) meta: Value,
    pub(crate) boot_id: Option<String>,
    pub(crate) version: Option<String>,
}

impl About {
    /// How many jobs the host takes at once, as it says; 5 where it does not.
    pub(crate) fn slots(&self) -> u32 {
        self.capabilities
            .get("max_concurrent")
            .and_then(Value::as_u64)
            .map_or(5, |slots| {
                u32::try_from(slots.min(10_000)).unwrap_or(10_000)
            })
    }
}

/// A sign of life.
#[derive(Debug, Clone)]
pub(crate) struct Beat {
    pub(crate) worker: WorkerId,
    /// The session that it came through; none for one that came by HTTP.
    pub(crate) epoch: Option<i64>,
    pub(crate) metrics: Option<Value>,
    /// On this host's monotonic clock.
    pub(crate) heard_at: Instant,
}
