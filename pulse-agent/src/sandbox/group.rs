//! Control groups: what all processes of a step together may use, and what stopped them.
//! Where they can be made: `hierarchy`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use pulse_api::sandbox::Sandbox;
use rustix::process::{Pid, Signal, kill_process};

use super::hierarchy::{Controller, Place};

/// What the groups of steps are called, so that one left behind is known for what it is.
const PREFIX: &str = "pulse-step-";
const MIB: u64 = 1024 * 1024;
/// The period over which processor time is counted, in microseconds.
const PERIOD: u64 = 100_000;
/// How often the end of a group is tried while the kernel still counts its dead.
const TRIES: u32 = 50;

/// The groups that one executor makes for its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Groups {
    prefix: String,
    place: Place,
}

impl Groups {
    /// Finds out whether this process may make groups, by making one. The owner's name tells
    /// its groups from those of another agent on this host.
    pub(crate) fn find(owner: &str) -> Option<Self> {
        let found = Self {
            prefix: format!("{PREFIX}{owner}-"),
            place: Place::find()?,
        };
        found.sweep();
        let probe = found.make("probe", &Sandbox::default()).ok()?;
        probe.remove();
        Some(found)
    }

    /// The version of the kernel's interface.
    pub(crate) fn version(&self) -> &'static str {
        match &self.place {
            Place::V2 { .. } => "v2",
            Place::V1(_) => "v1",
        }
    }

    /// What can be limited.
    pub(crate) fn controllers(&self) -> Vec<Controller> {
        match &self.place {
            Place::V2 { controllers, .. } => controllers.clone(),
            Place::V1(roots) => roots.keys().copied().collect(),
        }
    }

    /// Makes a group with these limits; whatever cannot be limited is an error.
    pub(crate) fn make(&self, name: &str, limits: &Sandbox) -> io::Result<Group> {
        let missing = self.missing(limits);
        if !missing.is_empty() {
            return Err(io::Error::other(format!(
                "this host has no control group for {}",
                missing.join(" and ")
            )));
        }
        let name = format!("{}{name}", self.prefix);
        let group = match &self.place {
            Place::V2 { parent, .. } => Group {
                folders: vec![parent.join(name)],
                is_v2: true,
            },
            Place::V1(roots) => Group {
                folders: roots.values().map(|root| root.join(&name)).collect(),
                is_v2: false,
            },
        };
        let made = group.folders.iter().try_for_each(fs::create_dir);
        match made.and_then(|()| self.limit(&group, limits)) {
            Ok(()) => Ok(group),
            Err(error) => {
                group.remove();
                Err(error)
            }
        }
    }

    fn missing(&self, limits: &Sandbox) -> Vec<&'static str> {
        let wanted = [
            (Controller::Memory, limits.memory_mib.is_some()),
            (Controller::Pids, limits.processes.is_some()),
            (Controller::Cpu, limits.cpus.is_some()),
        ];
        let there = self.controllers();
        wanted
            .into_iter()
            .filter(|(controller, is_wanted)| *is_wanted && !there.contains(controller))
            .map(|(controller, _)| controller.as_str())
            .collect()
    }

    fn limit(&self, group: &Group, limits: &Sandbox) -> io::Result<()> {
        let write = |controller: Controller, file: &str, value: String| {
            let folder = match &self.place {
                Place::V2 { .. } => &group.folders[0],
                Place::V1(roots) => {
                    let at = roots.keys().position(|known| *known == controller);
                    &group.folders[at.unwrap_or_default()]
                }
            };
            fs::write(folder.join(file), value)
        };
        let is_v2 = group.is_v2;
        if let Some(memory) = limits.memory_mib {
            let bytes = memory.saturating_mul(MIB).to_string();
            if is_v2 {
                write(Controller::Memory, "memory.max", bytes)?;
                // Without these files there is nothing to swap to, or one process is killed alone.
                let _ = write(Controller::Memory, "memory.swap.max", "0".to_owned());
                let _ = write(Controller::Memory, "memory.oom.group", "1".to_owned());
            } else {
                write(Controller::Memory, "memory.limit_in_bytes", bytes.clone())?;
                let _ = write(Controller::Memory, "memory.memsw.limit_in_bytes", bytes);
            }
        }
        if let Some(processes) = limits.processes {
            write(Controller::Pids, "pids.max", processes.to_string())?;
        }
        if let Some(cpus) = limits.cpus {
            let quota = quota(cpus);
            if is_v2 {
                write(Controller::Cpu, "cpu.max", format!("{quota} {PERIOD}"))?;
            } else {
                write(Controller::Cpu, "cpu.cfs_period_us", PERIOD.to_string())?;
                write(Controller::Cpu, "cpu.cfs_quota_us", quota.to_string())?;
            }
        }
        Ok(())
    }

    /// Ends what an earlier executor left behind.
    fn sweep(&self) {
        let parents: Vec<&PathBuf> = match &self.place {
            Place::V2 { parent, .. } => vec![parent],
            Place::V1(roots) => roots.values().collect(),
        };
        for parent in parents {
            for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
                if entry
                    .file_name()
                    .to_string_lossy()
                    .starts_with(&self.prefix)
                {
                    Group {
                        folders: vec![entry.path()],
                        is_v2: true,
                    }
                    .remove();
                }
            }
        }
    }
}

/// The group of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    folders: Vec<PathBuf>,
    is_v2: bool,
}

/// Which limits a step ran into.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Struck {
    pub(crate) memory: bool,
    pub(crate) processes: bool,
}

impl Group {
    /// The files by which a process enters.
    pub(crate) fn doors(&self) -> Vec<PathBuf> {
        let folders = self.folders.iter();
        folders.map(|folder| folder.join("cgroup.procs")).collect()
    }

    /// Which limits were run into.
    pub(crate) fn struck(&self) -> Struck {
        let counts = |file: &str, word: &str| {
            self.folders.iter().any(|folder| {
                let text = fs::read_to_string(folder.join(file)).unwrap_or_default();
                count(&text, word) > 0
            })
        };
        Struck {
            memory: counts("memory.events", "oom_kill") || counts("memory.oom_control", "oom_kill"),
            processes: counts("pids.events", "max"),
        }
    }

    /// Ends everything in it, and the group itself.
    pub(crate) fn remove(&self) {
        for folder in &self.folders {
            for _ in 0..TRIES {
                if fs::remove_dir(folder).is_ok() || !folder.exists() {
                    break;
                }
                kill_all(folder);
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }
}

fn kill_all(folder: &Path) {
    if fs::write(folder.join("cgroup.kill"), "1").is_ok() {
        return;
    }
    let members = fs::read_to_string(folder.join("cgroup.procs")).unwrap_or_default();
    let pids = members
        .lines()
        .filter_map(|pid| Pid::from_raw(pid.parse().ok()?));
    for pid in pids {
        let _ = kill_process(pid, Signal::KILL);
    }
}

/// The number behind a word, as in `oom_kill 2`.
fn count(text: &str, word: &str) -> u64 {
    text.lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(name, _)| *name == word)
        .and_then(|(_, number)| number.trim().parse().ok())
        .unwrap_or(0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of microseconds between one and some billions"
)]
fn quota(cpus: f64) -> u64 {
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    let period = PERIOD as f64;
    // The kernel takes no less than a millisecond.
    (cpus.clamp(0.01, 4096.0) * period) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_by_their_word() {
        assert_eq!(count("low 0\noom_kill 2\n", "oom_kill"), 2);
        assert_eq!(count("max 7", "max"), 7);
        assert_eq!(count("oom_kill_disable 1\n", "oom_kill"), 0);
    }

    /// A version 2 hierarchy as files, since this kernel may have its controllers elsewhere.
    #[test]
    fn limits_are_written_in_the_words_of_version_two() {
        let top = std::env::temp_dir().join(format!("pulse-group-{}", std::process::id()));
        fs::create_dir_all(&top).unwrap();
        fs::write(top.join("cgroup.controllers"), "cpuset cpu memory pids").unwrap();
        let groups = Groups {
            prefix: "x-".to_owned(),
            place: Place::divide(&top).unwrap(),
        };
        let limits = Sandbox {
            memory_mib: Some(64),
            processes: Some(20),
            cpus: Some(0.5),
            ..Sandbox::default()
        };

        let group = groups.make("x", &limits).unwrap();

        let read = |file: &str| fs::read_to_string(group.folders[0].join(file)).unwrap();
        assert_eq!(read("memory.max"), (64 * MIB).to_string());
        assert_eq!(read("pids.max"), "20");
        assert_eq!(read("cpu.max"), "50000 100000");
        assert_eq!(group.struck(), Struck::default());
        fs::write(
            group.folders[0].join("memory.events"),
            "oom 1\noom_kill 1\n",
        )
        .unwrap();
        assert!(group.struck().memory);
        fs::remove_dir_all(&top).unwrap();
    }

    #[test]
    fn what_cannot_be_limited_is_an_error() {
        let groups = Groups {
            prefix: String::new(),
            place: Place::V1(std::collections::BTreeMap::new()),
        };
        let limits = Sandbox {
            memory_mib: Some(1),
            ..Sandbox::default()
        };

        let error = groups.make("x", &limits).unwrap_err();

        assert_eq!(
            error.to_string(),
            "this host has no control group for memory"
        );
    }
}
