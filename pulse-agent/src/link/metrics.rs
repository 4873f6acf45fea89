//! The load of this host, from `/proc` and the file system.

use std::{fs, path::PathBuf, time::Duration};

use pulse_api::frames::Metrics;

/// A file system that does not answer, such as a dead NFS mount, must not hold up a heartbeat.
const DISK_LIMIT: Duration = Duration::from_secs(2);

/// Measures between one heartbeat and the next.
pub(crate) struct Meter {
    folder: PathBuf,
    busy: u64,
    total: u64,
    disk: (u64, u64),
    disk_is_asked: bool,
}

impl Meter {
    /// Measures the disk of this folder.
    pub(crate) fn new(folder: PathBuf) -> Self {
        let (busy, total) = cpu_ticks().unwrap_or((0, 0));
        Self {
            folder,
            busy,
            total,
            disk: (0, 0),
            disk_is_asked: true,
        }
    }

    /// What the load is now; processor time is counted since the last measurement.
    pub(crate) fn measure(&mut self) -> Metrics {
        let (memory_used_bytes, memory_total_bytes) = memory().unwrap_or((0, 0));
        Metrics {
            cpu_percent: self.cpu_percent(),
            memory_used_bytes,
            memory_total_bytes,
            load_average: load_average().unwrap_or_default(),
            disk_used_bytes: self.disk.0,
            disk_total_bytes: self.disk.1,
            clock_offset_ms: None,
        }
    }

    /// Asks the file system for the next measurements.
    pub(crate) async fn look_at_disk(&mut self) {
        if !self.disk_is_asked {
            return;
        }
        let folder = self.folder.clone();
        let asked = tokio::task::spawn_blocking(move || disk(&folder));
        match tokio::time::timeout(DISK_LIMIT, asked).await {
            Ok(Ok(Some(disk))) => self.disk = disk,
            Ok(Ok(None) | Err(_)) => {}
            // The thread hangs in the kernel; asking again would hang another one.
            Err(_) => self.disk_is_asked = false,
        }
    }

    fn cpu_percent(&mut self) -> f64 {
        let Some((busy, total)) = cpu_ticks() else {
            return 0.0;
        };
        let (was_busy, was_total) = (self.busy, self.total);
        (self.busy, self.total) = (busy, total);
        let passed = total.saturating_sub(was_total);
        if passed == 0 {
            return 0.0;
        }
        let share = ratio(busy.saturating_sub(was_busy), passed) * 1000.0;
        share.round() / 10.0
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a percentage needs three digits"
)]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

fn cpu_ticks() -> Option<(u64, u64)> {
    let text = fs::read_to_string("/proc/stat").ok()?;
    let line = text.lines().next()?.strip_prefix("cpu ")?;
    let ticks: Vec<u64> = line
        .split_whitespace()
        .take(8)
        .flat_map(str::parse)
        .collect();
    let total: u64 = ticks.iter().sum();
    let idle = ticks.get(3)? + ticks.get(4)?;
    Some((total - idle, total))
}

fn memory() -> Option<(u64, u64)> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let kib = |name: &str| -> Option<u64> {
        let line = text.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse().ok()
    };
    let total = kib("MemTotal:")?;
    let available = kib("MemAvailable:")?;
    Some(((total.saturating_sub(available)) * 1024, total * 1024))
}

fn load_average() -> Option<[f64; 3]> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let mut numbers = text.split(' ').flat_map(str::parse);
    Some([numbers.next()?, numbers.next()?, numbers.next()?])
}

fn disk(folder: &std::path::Path) -> Option<(u64, u64)> {
    let found = rustix::fs::statvfs(folder).ok()?;
    let total = found.f_blocks * found.f_frsize;
    Some((total.saturating_sub(found.f_bfree * found.f_frsize), total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_host_has_memory_and_a_load() {
        let mut meter = Meter::new("/".into());

        let metrics = meter.measure();

        assert!(metrics.memory_total_bytes > metrics.memory_used_bytes);
        assert!((0.0..=100.0).contains(&metrics.cpu_percent));
    }
}
