//! What the kernel says of processes.

use std::{fs, path::Path};

use anyhow::Context as _;
use rustix::process::{Pid, Resource, Rlimit, Signal, getrlimit, kill_process, setrlimit};

/// Bytes of memory that a process holds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    /// Pages in memory, shared ones counted whole.
    pub(super) rss: u64,
    /// Pages in memory, shared ones counted in part.
    pub(super) pss: u64,
}

/// The memory of a process now.
pub(super) fn memory(pid: u32) -> anyhow::Result<Memory> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))
        .with_context(|| format!("process {pid} is gone"))?;
    let field = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.trim().strip_suffix(" kB"))
            .and_then(|number| number.trim().parse::<u64>().ok())
            .map(|kib| kib * 1024)
            .context("smaps_rollup reads otherwise here")
    };
    Ok(Memory {
        rss: field("Rss:")?,
        pss: field("Pss:")?,
    })
}

/// Asks a process to end.
pub(super) fn terminate(pid: u32) -> anyhow::Result<()> {
    let pid = Pid::from_raw(pid.try_into()?).context("no process has this number")?;
    Ok(kill_process(pid, Signal::TERM)?)
}

/// Lets this process, and those it starts, open so many files at once.
pub(super) fn may_open(files: usize) -> anyhow::Result<()> {
    let wanted = u64::try_from(files)?;
    let limit = getrlimit(Resource::Nofile);
    if limit.current.is_none_or(|current| current >= wanted) {
        return Ok(());
    }
    let maximum = limit.maximum.map(|maximum| maximum.max(wanted));
    let raised = Rlimit {
        current: Some(wanted),
        maximum,
    };
    setrlimit(Resource::Nofile, raised).with_context(|| {
        format!("{files} files must be open at once: type `ulimit -n {files}` as root first")
    })
}

/// How many threads wanted a processor lately, over a minute.
pub(super) fn load() -> f64 {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let first = text.split(' ').next().and_then(|word| word.parse().ok());
    first.unwrap_or(f64::NAN)
}

/// Nanoseconds that the threads of a process have run.
pub(super) fn ran_for(pid: u32) -> anyhow::Result<u64> {
    let mut sum = 0;
    for thread in fs::read_dir(format!("/proc/{pid}/task"))? {
        let text = fs::read_to_string(thread?.path().join("schedstat"))?;
        let spent = text.split(' ').next().and_then(|word| word.parse().ok());
        sum += spent.unwrap_or(0_u64);
    }
    Ok(sum)
}

/// Ticks of 10 ms that these processes ran, with their children that have ended.
pub(super) fn ticks(pids: &[u32]) -> u64 {
    let of = |pid: &u32| {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (_, fields) = stat.rsplit_once(')')?;
        let times = fields.split_whitespace().skip(11).take(4);
        Some(
            times
                .filter_map(|word| word.parse::<u64>().ok())
                .sum::<u64>(),
        )
    };
    pids.iter().filter_map(of).sum()
}

/// Every process below one, itself included.
pub(super) fn family(pid: u32) -> Vec<u32> {
    let mut found = vec![pid];
    let all: Vec<_> = all()
        .into_iter()
        .filter_map(|of| Some((of, parent(of)?)))
        .collect();
    let mut next = 0;
    while let Some(&elder) = found.get(next) {
        found.extend(
            all.iter()
                .filter(|(_, parent)| *parent == elder)
                .map(|(of, _)| *of),
        );
        next += 1;
    }
    found
}

/// The processes whose command line names this path.
pub(super) fn naming(path: &Path) -> Vec<u32> {
    let path = path.display().to_string();
    let names = |pid: &u32| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0)
            .any(|word| word == path.as_bytes())
    };
    all().into_iter().filter(names).collect()
}

fn all() -> Vec<u32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .collect()
}

fn parent(pid: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1)?.parse().ok()
}
