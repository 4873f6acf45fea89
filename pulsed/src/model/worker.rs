//! What a worker is, and the only moves its liveness can make.
//!
//! Two columns, never one: `status` is what the server observes, `admin_state`
//! what an operator wants.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Instant,
};

use jiff::Timestamp;
use pulse_api::{
    DrainId, ExecutionId, WorkerId,
    blocks::{FunctionBlock, MOST_BLOCKS},
    status::{AdminState, OnDeadline, WorkerRole, WorkerStatus, WorkerType},
};
use serde_json::{Map, Value, json};

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

/// Where a worker's name may be used: letters, digits and a few marks. An id is no name, because
/// workers are called by either.
pub(crate) fn is_valid_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 128
        && name != "all"
        && uuid::Uuid::try_parse(name).is_err()
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
    /// Everything it says it can do; with `runtimes` among it.
    pub(crate) capabilities: Arc<Value>,
    /// The function blocks that it offers, as it describes them; where they are asked for.
    pub(crate) function_blocks: Vec<Value>,
    pub(crate) status: WorkerStatus,
    pub(crate) admin_state: AdminState,
    /// The only execution that may use it while it is held; none where an operator holds it.
    pub(crate) held_by: Option<ExecutionId>,
    pub(crate) slots: u32,
    /// Jobs offered to it or running there.
    pub(crate) in_hand: u32,
    /// Whether an agent's session is open on some replica.
    pub(crate) is_connected: bool,
}

impl Candidate {
    /// How many jobs it may be offered now by whoever does not hold it.
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

    /// How many jobs of this execution it may be offered now.
    pub(crate) fn free_slots_for(&self, execution: ExecutionId) -> u32 {
        let is_held_for_it = self.admin_state == AdminState::Held
            && self.held_by == Some(execution)
            && self.status == WorkerStatus::Online
            && self.is_connected;
        if is_held_for_it {
            self.slots.saturating_sub(self.in_hand)
        } else {
            self.free_slots()
        }
    }

    /// Whether a name in a list of targets stands for it: its own, its id or one of its groups.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.name == name
            || self.groups.iter().any(|group| group == name)
            || self.id.to_string() == name
    }

    /// The runtimes that it lists; none where it does not say.
    pub(crate) fn runtimes(&self) -> Vec<String> {
        texts(self.capabilities.get("runtimes"))
    }

    /// The names of the function blocks that it offers.
    pub(crate) fn block_names(&self) -> Vec<String> {
        self.function_blocks
            .iter()
            .filter_map(block_name)
            .map(str::to_owned)
            .collect()
    }

    /// The function block of this name; `None` where it is not offered, or takes whatever it is given.
    pub(crate) fn block(&self, name: &str) -> Option<FunctionBlock> {
        let found = self
            .function_blocks
            .iter()
            .find(|block| block_name(block) == Some(name))?;
        serde_json::from_value(found.clone()).ok()
    }

    /// Whether steps may name it: sensors run no actions.
    pub(crate) fn runs_actions(&self) -> bool {
        match self.role {
            WorkerRole::Action | WorkerRole::Hybrid => true,
            WorkerRole::Sensor => false,
        }
    }
}

/// The name of a function block; workers of other makers may say nothing but that.
pub(crate) fn block_name(block: &Value) -> Option<&str> {
    block
        .as_str()
        .or_else(|| block.get("name").and_then(Value::as_str))
}

/// The texts of a list.
pub(crate) fn texts(list: Option<&Value>) -> Vec<String> {
    let entries = list.and_then(Value::as_array).into_iter().flatten();
    entries
        .filter_map(|entry| entry.as_str().map(str::to_owned))
        .collect()
}

/// Why what a host says of itself is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the {0} is not valid")]
pub(crate) struct Implausible(pub(crate) &'static str);

/// What a host may say that it can do: an object of some size, without NUL.
pub(crate) fn checked_capabilities(said: Value) -> Result<Value, Implausible> {
    let text = said.to_string();
    if text.len() > LARGEST_CAPABILITIES || text.contains("\\u0000") {
        return Err(Implausible("capabilities or meta"));
    }
    Ok(if said.is_object() { said } else { json!({}) })
}

/// What a host says of itself in a sign of life, without what is another with each of them; `None` where
/// nothing is left.
pub(crate) fn lasting(said: &Value) -> Option<Value> {
    const MEASURED: [&str; 24] = [
        "cpu",
        "cpu_percent",
        "cpu_usage",
        "disk",
        "disk_percent",
        "disk_total_bytes",
        "disk_usage",
        "disk_used_bytes",
        "load",
        "load_average",
        "load_avg",
        "loadavg",
        "mem",
        "memory",
        "memory_percent",
        "memory_total_bytes",
        "memory_usage",
        "memory_used_bytes",
        "running",
        "sent_at",
        "time",
        "timestamp",
        "uptime",
        "uptime_seconds",
    ];
    let said = said.as_object()?.iter();
    let lasting: Map<String, Value> = said
        .filter(|(name, _)| !MEASURED.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    (!lasting.is_empty()).then_some(Value::Object(lasting))
}

/// What a host may offer: blocks with names, each once.
pub(crate) fn checked_blocks(said: Vec<Value>) -> Result<Vec<Value>, Implausible> {
    let wrong = Err(Implausible("function blocks"));
    let text = Value::Array(said.clone()).to_string();
    if said.len() > MOST_BLOCKS || text.len() > LARGEST_CAPABILITIES || text.contains("\\u0000") {
        return wrong;
    }
    let mut names = BTreeSet::new();
    let is_whole = said
        .iter()
        .all(|block| block_name(block).is_some_and(|name| names.insert(name)));
    if is_whole { Ok(said) } else { wrong }
}

/// The longest JSON that a host's capabilities, and again its function blocks, may come to.
const LARGEST_CAPABILITIES: usize = 128 * 1024;

/// What operators want of an agent, as its session tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) admin_state: AdminState,
    pub(crate) drain_deadline_at: Option<Timestamp>,
    /// Which drain is on.
    pub(crate) drain: Option<DrainId>,
    /// The last drain of the host's own that was taken.
    pub(crate) host_drain: Option<DrainId>,
    /// When a restart was asked for that has not happened yet, and how far it goes.
    pub(crate) restart: Option<(Timestamp, RestartScope)>,
    /// When a new credential became due.
    pub(crate) rotation: Option<Timestamp>,
}

/// How far a restart goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RestartScope {
    /// The link alone: running steps are not disturbed.
    Link,
    /// The executor too: running steps are ended.
    Executor,
}

impl RestartScope {
    /// The word in the database.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Executor => "executor",
        }
    }
}

/// When a drain is over, and what happens then to steps that still run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    pub(crate) after_seconds: u64,
    pub(crate) then: OnDeadline,
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

/// A worker that has been silent for long enough to be taken as offline, or nearly.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Silent {
    pub(crate) worker: WorkerId,
    /// Whether it has been silent for long enough.
    pub(crate) is_due: bool,
    /// Whether it fell silent lately: hosts that have been dead for long say nothing about the others.
    pub(crate) is_recent: bool,
}

/// The share of the fleet, in percent, that does not go silent at once by itself.
const BRAKE_PERCENT: usize = 55;
/// The smallest fleet of which a share says anything.
const BRAKE_FROM: u64 = 5;

/// Who leaves now, and how many are spared because most of the fleet has fallen silent together:
/// that says something about the network, or about the server, and nothing about the hosts.
pub(crate) fn leaving(silent: &[Silent], fleet: u64) -> (Vec<WorkerId>, usize) {
    let together = silent.iter().filter(|it| it.is_recent).count();
    let fleet = usize::try_from(fleet).unwrap_or(usize::MAX);
    let is_mass = fleet as u64 >= BRAKE_FROM
        && together.saturating_mul(100) >= fleet.saturating_mul(BRAKE_PERCENT);
    let is_spared = |it: &&Silent| is_mass && it.is_recent;
    let due = silent.iter().filter(|it| it.is_due);
    let leaving = due.clone().filter(|it| !is_spared(it)).map(|it| it.worker);
    (leaving.collect(), due.filter(is_spared).count())
}

/// A sign of life.
#[derive(Debug, Clone)]
pub(crate) struct Beat {
    pub(crate) worker: WorkerId,
    /// The session that it came through; none for one that came by HTTP.
    pub(crate) epoch: Option<i64>,
    pub(crate) metrics: Option<Value>,
    /// The agent's own clock, given back once the beat is stored.
    pub(crate) sent_at: Option<Timestamp>,
    /// On this host's monotonic clock.
    pub(crate) heard_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    const DUE: Silent = Silent {
        worker: WorkerId(uuid::Uuid::nil()),
        is_due: true,
        is_recent: true,
    };
    const NEARLY_DUE: Silent = Silent {
        is_due: false,
        ..DUE
    };
    const LONG_DUE: Silent = Silent {
        is_recent: false,
        ..DUE
    };

    /// How many leave, and how many are spared.
    fn outcome(silent: &[Silent], fleet: u64) -> (usize, usize) {
        let (leaving, spared) = leaving(silent, fleet);
        (leaving.len(), spared)
    }

    #[test]
    fn a_name_is_a_word_and_no_id() {
        assert!(is_valid_name("web-1.example"));
        for wrong in [
            "",
            "all",
            "-x",
            "a b",
            "01a2033e-a511-71f7-9f2e-3ee1d433c9f7",
        ] {
            assert!(!is_valid_name(wrong), "{wrong}");
        }
    }

    #[test]
    fn the_brake_holds_when_most_of_the_fleet_falls_silent_together() {
        assert_eq!(outcome(&[DUE; 6], 10), (0, 6));
        assert_eq!(outcome(&[DUE; 11], 20), (0, 11));
        assert_eq!(outcome(&[DUE; 10], 20), (10, 0));
    }

    #[test]
    fn a_fleet_of_four_has_no_brake() {
        assert_eq!(outcome(&[DUE; 4], 4), (4, 0));
        assert_eq!(outcome(&[DUE; 5], 5), (0, 5));
    }

    #[test]
    fn the_brake_sees_those_who_are_about_to_be_due() {
        let fleet = [[DUE; 2].as_slice(), &[NEARLY_DUE; 8]].concat();

        assert_eq!(outcome(&fleet, 10), (0, 2));
    }

    #[test]
    fn the_brake_lets_go_after_twice_the_time() {
        assert_eq!(outcome(&[LONG_DUE; 9], 10), (9, 0));
    }
}
