//! The processes of one attempt: its process group, whatever left it, and their children.
//!
//! A process that was started by a step carries the attempt in its environment,
//! so a daemon that forked twice into a session of its own is still found. Where the attempt has a
//! control group, that is found as well which has cleared its environment.

use std::{
    collections::{HashMap, HashSet},
    fs,
    io::{self, Read as _},
};

use rustix::{
    param::clock_ticks_per_second,
    process::{Pid, Signal, kill_process, kill_process_group},
};

use super::{reaper::Reaper, record::Key};
use crate::sandbox::group::Group;

/// What `/proc/<pid>/stat` says of a process.
#[derive(Debug, Clone, Copy)]
struct Stat {
    parent: i32,
    group: i32,
    is_zombie: bool,
    start_ticks: u64,
}

/// The processes of one attempt.
#[derive(Debug, Clone)]
pub(crate) struct Tree {
    leader: Pid,
    marks: [Vec<u8>; 2],
    group: Option<Group>,
}

impl Tree {
    /// The processes that descend from this leader, and those of the attempt's control group.
    pub(crate) fn new(leader: Pid, key: Key, group: Option<Group>) -> Self {
        Self {
            leader,
            marks: marks(key),
            group,
        }
    }

    /// Signals the whole process group and everything that left it.
    pub(crate) fn signal(&self, signal: Signal) {
        self.kill_contained(signal);
        let _ = kill_process_group(self.leader, signal);
        for pid in self.strays() {
            let _ = kill_process(pid, signal);
        }
    }

    /// Signals each member by itself: right once the leader is gone and its number may be another's.
    pub(crate) fn signal_members(&self, signal: Signal) {
        self.kill_contained(signal);
        for pid in self.members() {
            let _ = kill_process(pid, signal);
        }
    }

    /// The kernel ends a control group faster than anything in it can fork.
    fn kill_contained(&self, signal: Signal) {
        if let Some(group) = self.group.as_ref().filter(|_| signal == Signal::KILL) {
            group.kill();
        }
    }

    /// Whether any process of the attempt is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.members().is_empty()
    }

    /// Whether a process of the attempt has outlived its parent and come to the executor.
    pub(crate) fn has_orphans(&self, reaper: &Reaper) -> bool {
        if self.contained().into_iter().any(is_running) {
            return true;
        }
        if reaper.is_childless() {
            return false;
        }
        let Ok(children) = read("/proc/thread-self/children", 4096) else {
            // Without this list only the long way tells.
            return !self.is_empty();
        };
        String::from_utf8_lossy(&children)
            .split_ascii_whitespace()
            .filter_map(|pid| pid.parse().ok())
            .any(|pid: i32| !reaper.is_leader(pid) && self.may_be_ours(pid))
    }

    fn may_be_ours(&self, pid: i32) -> bool {
        let Some(stat) = stat(pid).filter(|stat| !stat.is_zombie) else {
            return false;
        };
        if stat.group == self.leader.as_raw_nonzero().get() {
            return true;
        }
        // One whose environment names another attempt belongs there.
        carries(pid, &self.marks)
    }

    fn contained(&self) -> Vec<i32> {
        self.group.as_ref().map(Group::members).unwrap_or_default()
    }

    fn strays(&self) -> Vec<Pid> {
        let group = self.leader.as_raw_nonzero().get();
        let is_stray = |pid: &i32| stat(*pid).is_some_and(|stat| stat.group != group);
        let members = self.collect();
        members
            .into_iter()
            .filter(is_stray)
            .filter_map(Pid::from_raw)
            .collect()
    }

    fn members(&self) -> Vec<Pid> {
        self.collect()
            .into_iter()
            .filter_map(Pid::from_raw)
            .collect()
    }

    fn collect(&self) -> HashSet<i32> {
        let group = self.leader.as_raw_nonzero().get();
        let stats = all();
        let mut members: HashSet<i32> = stats
            .iter()
            .filter(|(pid, stat)| {
                // The number of a group that is gone may be somebody else's by now.
                let is_in_group = stat.group == group && descends(&stats, **pid);
                is_in_group || carries(**pid, &self.marks)
            })
            .map(|(pid, _)| *pid)
            .collect();
        members.extend(self.contained());
        loop {
            let found: Vec<i32> = stats
                .iter()
                .filter(|(pid, stat)| members.contains(&stat.parent) && !members.contains(*pid))
                .map(|(pid, _)| *pid)
                .collect();
            if found.is_empty() {
                break;
            }
            members.extend(found);
        }
        let own = i32::try_from(std::process::id()).unwrap_or(0);
        members.remove(&own);
        members.retain(|pid| stats.get(pid).is_some_and(|stat| !stat.is_zombie));
        members
    }
}

/// Ends whatever is left of an attempt that an earlier executor started.
///
/// Its process group is signalled only while the leader is provably the same process.
pub(crate) fn kill_remains(key: Key, process: Option<(i32, u64)>) {
    let marks = marks(key);
    for _ in 0..100 {
        let mut is_clean = true;
        if let Some((pid, start_ticks)) = process
            && let Some(found) = stat(pid)
            && found.start_ticks == start_ticks
            && !found.is_zombie
            && let Some(pid) = Pid::from_raw(pid)
        {
            let _ = kill_process_group(pid, Signal::KILL);
            is_clean = false;
        }
        for (pid, stat) in all() {
            if !stat.is_zombie
                && carries(pid, &marks)
                && let Some(pid) = Pid::from_raw(pid)
            {
                let _ = kill_process(pid, Signal::KILL);
                is_clean = false;
            }
        }
        if is_clean {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    tracing::error!(job.id = %key.job_id, "processes of an earlier attempt resist being killed");
}

/// When a process was started, in clock ticks since the host was.
///
/// Mostly the moments of the boot clock before and after its start tell: the kernel takes the same
/// clock, and asking it for a process costs as much again when that ends.
pub(crate) fn start_ticks(pid: Pid, (before_ns, after_ns): (i64, i64)) -> u64 {
    let per_second = i64::try_from(clock_ticks_per_second()).unwrap_or(100);
    let ticks = |ns: i64| ns / (1_000_000_000 / per_second);
    if ticks(before_ns) == ticks(after_ns) {
        return u64::try_from(ticks(after_ns)).unwrap_or(0);
    }
    stat(pid.as_raw_nonzero().get()).map_or(0, |stat| stat.start_ticks)
}

fn is_running(pid: i32) -> bool {
    stat(pid).is_some_and(|stat| !stat.is_zombie)
}

fn marks(key: Key) -> [Vec<u8>; 2] {
    [
        format!("PULSE_JOB={}", key.job_id).into_bytes(),
        format!("PULSE_ATTEMPT={}", key.attempt).into_bytes(),
    ]
}

fn carries(pid: i32, marks: &[Vec<u8>; 2]) -> bool {
    let Ok(environment) = fs::read(format!("/proc/{pid}/environ")) else {
        return false;
    };
    let has = |mark: &Vec<u8>| {
        environment
            .split(|byte| *byte == 0)
            .any(|entry| entry == mark)
    };
    marks.iter().all(has)
}

/// Whether the process comes from this executor, to which every orphan of a step returns.
fn descends(stats: &HashMap<i32, Stat>, pid: i32) -> bool {
    let own = i32::try_from(std::process::id()).unwrap_or(0);
    let mut at = pid;
    for _ in 0..64 {
        let Some(stat) = stats.get(&at) else {
            return false;
        };
        if stat.parent == own {
            return true;
        }
        at = stat.parent;
    }
    false
}

fn all() -> HashMap<i32, Stat> {
    let Ok(entries) = fs::read_dir("/proc") else {
        return HashMap::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|pid| Some((pid, stat(pid)?)))
        .collect()
}

/// Reads a file that does not tell its length, at once where it is no longer than expected.
fn read(path: &str, expected: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(expected);
    fs::File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn stat(pid: i32) -> Option<Stat> {
    let text = read(&format!("/proc/{pid}/stat"), 1024).ok()?;
    let text = String::from_utf8_lossy(&text);
    // The name may contain anything, so counting begins behind its last bracket.
    let (_, rest) = text.rsplit_once(") ")?;
    let fields: Vec<&str> = rest.split(' ').collect();
    Some(Stat {
        is_zombie: matches!(*fields.first()?, "Z" | "X"),
        parent: fields.get(1)?.parse().ok()?,
        group: fields.get(2)?.parse().ok()?,
        start_ticks: fields.get(19)?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::clock;

    #[test]
    fn the_clock_tells_when_a_process_was_started_as_the_kernel_does() {
        for _ in 0..50 {
            let before_ns = clock::boottime_ns();
            let mut child = Command::new("/bin/cat")
                .stdin(std::process::Stdio::piped())
                .spawn()
                .unwrap();
            let after_ns = clock::boottime_ns();
            let pid = Pid::from_child(&child);

            let told = start_ticks(pid, (before_ns, after_ns));

            let kernels = stat(pid.as_raw_nonzero().get()).unwrap().start_ticks;
            child.kill().unwrap();
            child.wait().unwrap();
            assert_eq!(told, kernels);
        }
    }
}
