//! Other processes, as `/proc` shows them.
//!
//! A process is known by its number and its start time together: numbers are
//! used again.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

/// How often a dying process is looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// A process that was there when it was looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Process {
    pub(crate) pid: i32,
    parent: i32,
    /// Clock ticks between the boot and its start.
    pub(crate) started: u64,
    arguments: Vec<String>,
}

impl Process {
    /// Looks a process up; one that has ended but was not waited for is not found.
    pub(crate) fn find(pid: i32) -> Option<Self> {
        let folder = PathBuf::from(format!("/proc/{pid}"));
        let stat = fs::read_to_string(folder.join("stat")).ok()?;
        // The name in parentheses may hold anything, so count from behind it.
        let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        if matches!(*fields.first()?, "Z" | "X") {
            return None;
        }
        let command = fs::read(folder.join("cmdline")).ok()?;
        let lossy = |argument: &[u8]| String::from_utf8_lossy(argument).into_owned();
        Some(Self {
            pid,
            parent: fields.get(1)?.parse().ok()?,
            started: fields.get(19)?.parse().ok()?,
            arguments: command.split(|byte| *byte == 0).map(lossy).collect(),
        })
    }

    /// This process.
    pub(crate) fn own() -> Option<Self> {
        i32::try_from(std::process::id()).ok().and_then(Self::find)
    }

    /// Every process of the host that this user may see.
    pub(crate) fn list() -> Vec<Self> {
        let Ok(entries) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        entries
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(Self::find)
            .collect()
    }

    pub(crate) fn is_alive(&self) -> bool {
        Self::find(self.pid).is_some_and(|now| now.started == self.started)
    }

    /// Whether it is the given program, by the name it was started with.
    pub(crate) fn is_program(&self, name: &str) -> bool {
        let program = self.arguments.first().map(Path::new);
        program
            .and_then(Path::file_name)
            .is_some_and(|file| file == name)
    }

    pub(crate) fn has_argument(&self, wanted: impl Fn(&str) -> bool) -> bool {
        self.arguments
            .iter()
            .skip(1)
            .any(|argument| wanted(argument))
    }

    /// Whether it was started with a variable of this name and a value as wanted.
    pub(crate) fn has_variable(&self, name: &str, wanted: impl Fn(&str) -> bool) -> bool {
        let environment = fs::read(format!("/proc/{}/environ", self.pid)).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|variable| {
            let variable = String::from_utf8_lossy(variable);
            variable
                .split_once('=')
                .is_some_and(|(found, value)| found == name && wanted(value))
        })
    }

    pub(crate) fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.pid).filter(|_| self.is_alive());
        if let Some(pid) = pid {
            // It may be gone by now, which is what is wanted.
            let _ = kill_process(pid, signal);
        }
    }
}

/// The processes below the given ones, in any generation.
pub(crate) fn descendants(of: &[Process]) -> Vec<Process> {
    let all = Process::list();
    let mut found: Vec<Process> = Vec::new();
    let mut parents: Vec<i32> = of.iter().map(|process| process.pid).collect();
    while let Some(parent) = parents.pop() {
        for child in all.iter().filter(|process| process.parent == parent) {
            if !found.contains(child) {
                parents.push(child.pid);
                found.push(child.clone());
            }
        }
    }
    found
}

/// Sends each signal in turn and waits after each, until all are gone.
pub(crate) fn end(processes: &[Process], ladder: &[(Signal, Duration)]) {
    for (signal, patience) in ladder {
        if processes.iter().all(|process| !process.is_alive()) {
            return;
        }
        for process in processes {
            process.signal(*signal);
        }
        wait(processes, *patience);
    }
}

/// Waits until all are gone; false when some are still there after that time.
pub(crate) fn wait(processes: &[Process], patience: Duration) -> bool {
    let start = Instant::now();
    loop {
        if processes.iter().all(|process| !process.is_alive()) {
            return true;
        }
        if start.elapsed() >= patience {
            return false;
        }
        thread::sleep(GLANCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_found_and_its_child_is_below_it() {
        let own = Process::own().unwrap();
        let mut child = std::process::Command::new("sleep")
            .arg("30")
            .spawn()
            .unwrap();
        let pid = i32::try_from(child.id()).unwrap();

        let below = descendants(std::slice::from_ref(&own));
        let sleeping = below
            .iter()
            .find(|process| process.pid == pid)
            .cloned()
            .unwrap();
        let reaper = thread::spawn(move || child.wait());
        end(
            std::slice::from_ref(&sleeping),
            &[(Signal::TERM, Duration::from_secs(5))],
        );

        assert!(own.is_alive());
        assert!(!sleeping.is_alive());
        reaper.join().unwrap().unwrap();
    }
}
