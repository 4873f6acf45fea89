//! How far a step is confined on its host.
//!
//! The host's configuration says it for every step; a step can only add to it.
//! What is carried out, and how, is the agent's affair.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Restrictions of a step. What is absent is not restricted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sandbox {
    /// Programs that would give more rights when started, such as `sudo`, give none.
    #[serde(default, skip_serializing_if = "is_false")]
    pub no_new_privileges: bool,
    /// Memory of all its processes together; beyond it the step ends with reason `oom`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_mib: Option<u64>,
    /// How many processes and threads it may have at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub processes: Option<u64>,
    /// How many processors it may keep busy: `0.5` is half of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpus: Option<f64>,
    /// Seconds of processor time of each of its processes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cpu_seconds: Option<u64>,
    /// Files that each of its processes may have open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_files: Option<u64>,
    /// The largest file that it may write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_size_mib: Option<u64>,
    /// The only folders and files that it may read and run programs from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<Vec<String>>,
    /// The only folders and files that it may write, and read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub write: Option<Vec<String>>,
    /// Restrictions of a newer server. An agent that does not know them starts nothing.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Sandbox {
    /// Whether it restricts nothing.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether only some files can be reached.
    pub fn has_paths(&self) -> bool {
        self.read.is_some() || self.write.is_some()
    }

    /// What a control group is needed for.
    pub fn has_group_limits(&self) -> bool {
        self.memory_mib.is_some() || self.processes.is_some() || self.cpus.is_some()
    }

    /// The limits of both, whichever is tighter. Paths are not joined here: each list holds.
    #[must_use]
    pub fn limits_with(&self, other: &Self) -> Self {
        let mut unknown = self.unknown.clone();
        unknown.extend(other.unknown.clone());
        Self {
            no_new_privileges: self.no_new_privileges || other.no_new_privileges,
            memory_mib: tighter(self.memory_mib, other.memory_mib),
            processes: tighter(self.processes, other.processes),
            cpus: match (self.cpus, other.cpus) {
                (Some(own), Some(others)) => Some(own.min(others)),
                (own, others) => own.or(others),
            },
            cpu_seconds: tighter(self.cpu_seconds, other.cpu_seconds),
            open_files: tighter(self.open_files, other.open_files),
            file_size_mib: tighter(self.file_size_mib, other.file_size_mib),
            read: None,
            write: None,
            unknown,
        }
    }
}

fn tighter(own: Option<u64>, others: Option<u64>) -> Option<u64> {
    match (own, others) {
        (Some(own), Some(others)) => Some(own.min(others)),
        (own, others) => own.or(others),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_can_only_tighten_what_its_host_says() {
        let host = Sandbox {
            memory_mib: Some(100),
            processes: Some(10),
            ..Sandbox::default()
        };
        let step = Sandbox {
            memory_mib: Some(500),
            processes: Some(5),
            cpus: Some(0.5),
            no_new_privileges: true,
            ..Sandbox::default()
        };

        let both = host.limits_with(&step);

        assert_eq!((both.memory_mib, both.processes), (Some(100), Some(5)));
        assert_eq!((both.cpus, both.no_new_privileges), (Some(0.5), true));
    }

    #[test]
    fn a_restriction_of_a_newer_server_is_not_lost() {
        let read: Sandbox =
            serde_json::from_str(r#"{"memory_mib": 5, "network": "none"}"#).unwrap();

        assert_eq!(read.unknown["network"], "none");
        assert!(!read.is_open());
    }
}
