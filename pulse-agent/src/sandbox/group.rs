//! Control groups: what all processes of a step together may use, what stopped them, and which
//! processes those are, however they tried to get away. Where groups can be made: `hierarchy`.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use pulse_api::sandbox::Sandbox;
use rustix::process::{Pid, Signal, kill_process};

use super::hierarchy::{Controller, Place, Places};

/// What the groups of steps are called, so that one left behind is known for what it is.
const PREFIX: &str = "pulse-step-";
const MIB: u64 = 1024 * 1024;
/// The period over which processor time is counted, in microseconds.
const PERIOD: u64 = 100_000;
/// How often the end of a group is tried while the kernel still counts its dead.
const TRIES: u32 = 50;
/// How often, where nothing else happens before it has ended.
const MANY_TRIES: u32 = 2000;

/// The groups that one executor makes for its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Groups {
    prefix: String,
    places: Places,
}

impl Groups {
    /// Finds out which groups this process may make, by making them. The owner's name tells its
    /// groups from those of another agent on this host.
    ///
    /// Whatever an earlier executor of this owner left in such groups has ended afterwards.
    pub(crate) fn find(owner: &str) -> Option<Self> {
        let Places {
            limits,
            containment,
        } = Places::find();
        let named = |limits: &Option<Place>, containment: &Option<PathBuf>| Self {
            prefix: format!("{PREFIX}{owner}-"),
            places: Places {
                limits: limits.clone(),
                containment: containment.clone(),
            },
        };
        named(&limits, &containment).sweep();
        [
            named(&limits, &containment),
            named(&limits, &None),
            named(&None, &containment),
        ]
        .into_iter()
        .filter(|groups| groups.places != Places::default())
        .find(Self::can_be_made)
    }

    fn can_be_made(&self) -> bool {
        let Ok(probe) = self.create("probe", &self.places) else {
            return false;
        };
        let last = probe.folders.last();
        let can_end = self.places.containment.is_none()
            || last.is_some_and(|folder| folder.join(KILL).exists());
        probe.remove();
        can_end
    }

    /// The version of the kernel's interface to limits.
    pub(crate) fn version(&self) -> Option<&'static str> {
        self.places.limits.as_ref().map(|place| match place {
            Place::V2 { .. } => "v2",
            Place::V1(_) => "v1",
        })
    }

    /// What can be limited.
    pub(crate) fn controllers(&self) -> Vec<Controller> {
        match &self.places.limits {
            Some(Place::V2 { controllers, .. }) => controllers.clone(),
            Some(Place::V1(roots)) => roots.keys().copied().collect(),
            None => Vec::new(),
        }
    }

    /// Whether nothing that a step starts can hide from its end.
    pub(crate) fn contain(&self) -> bool {
        self.places.containment.is_some()
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
        // Each hierarchy that a process enters costs it some milliseconds.
        let places = Places {
            limits: self
                .places
                .limits
                .clone()
                .filter(|_| limits.has_group_limits()),
            containment: self.places.containment.clone(),
        };
        let group = self.create(name, &places)?;
        match self.limit(&group, limits) {
            Ok(()) => Ok(group),
            Err(error) => {
                group.remove();
                Err(error)
            }
        }
    }

    /// The folders that limit stand in the order of their controllers, before the one that contains.
    fn create(&self, name: &str, places: &Places) -> io::Result<Group> {
        let mut parents = Vec::new();
        match &places.limits {
            Some(Place::V2 { parent, .. }) => parents.push(parent),
            Some(Place::V1(roots)) => parents.extend(roots.values()),
            None => {}
        }
        if let Some(containment) = &places.containment
            && !parents.contains(&containment)
        {
            parents.push(containment);
        }
        let name = format!("{}{name}", self.prefix);
        let group = Group {
            folders: parents.iter().map(|parent| parent.join(&name)).collect(),
        };
        match group.folders.iter().try_for_each(fs::create_dir) {
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
            let at = match &self.places.limits {
                Some(Place::V1(roots)) => roots.keys().position(|known| *known == controller),
                Some(Place::V2 { .. }) | None => None,
            };
            fs::write(group.folders[at.unwrap_or_default()].join(file), value)
        };
        let is_v2 = matches!(self.places.limits, Some(Place::V2 { .. }));
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
        let mut parents: Vec<&PathBuf> = self.places.containment.iter().collect();
        match &self.places.limits {
            Some(Place::V2 { parent, .. }) => parents.push(parent),
            Some(Place::V1(roots)) => parents.extend(roots.values()),
            None => {}
        }
        for parent in parents {
            for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
                let name = entry.file_name();
                if !name.to_string_lossy().starts_with(&self.prefix) {
                    continue;
                }
                let folder = entry.path();
                if !end(&folder, MANY_TRIES) {
                    let folder = folder.display();
                    tracing::error!(%folder, "processes of an earlier attempt resist being killed");
                }
            }
        }
    }
}

/// The group of one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    folders: Vec<PathBuf>,
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

    /// Every process in it.
    pub(crate) fn members(&self) -> Vec<i32> {
        self.folders
            .iter()
            .flat_map(|folder| members(folder))
            .collect()
    }

    /// Ends every process in it, at once where the kernel can.
    pub(crate) fn kill(&self) {
        for folder in &self.folders {
            kill_all(folder);
        }
    }

    /// Ends everything in it, and the group itself.
    pub(crate) fn remove(&self) {
        for folder in &self.folders {
            end(folder, TRIES);
        }
    }
}

/// The file by which the kernel ends a group of version 2 and those inside it.
const KILL: &str = "cgroup.kill";

/// Ends a group; whether it is gone.
fn end(folder: &Path, tries: u32) -> bool {
    for _ in 0..tries {
        if remove(folder).is_ok() || !folder.exists() {
            return true;
        }
        kill_all(folder);
        std::thread::sleep(Duration::from_millis(1));
    }
    false
}

/// Removes an empty group, after those that a step has made inside it.
fn remove(folder: &Path) -> io::Result<()> {
    for inner in inside(folder) {
        remove(&inner)?;
    }
    fs::remove_dir(folder)
}

fn inside(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect()
}

fn members(folder: &Path) -> Vec<i32> {
    let listed = fs::read_to_string(folder.join("cgroup.procs")).unwrap_or_default();
    let own = listed.lines().filter_map(|pid| pid.parse().ok());
    let inner = inside(folder);
    own.chain(inner.iter().flat_map(|inner| members(inner)))
        .filter(|pid| *pid > 0)
        .collect()
}

fn kill_all(folder: &Path) {
    if fs::write(folder.join(KILL), "1").is_ok() {
        return;
    }
    for pid in members(folder).into_iter().filter_map(Pid::from_raw) {
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
            places: Places {
                limits: Place::divide(&top),
                containment: Some(top.clone()),
            },
        };
        let limits = Sandbox {
            memory_mib: Some(64),
            processes: Some(20),
            cpus: Some(0.5),
            ..Sandbox::default()
        };

        let group = groups.make("x", &limits).unwrap();

        assert_eq!(group.folders, [top.join("x-x")]);
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
            places: Places::default(),
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
