//! Facts about this host, and what the executor asks of its kernel.

use std::{fmt::Write as _, fs, path::Path};

use rustix::{fs::Mode, process};
use sha2::{Digest as _, Sha256};

/// Changes with each start of the host.
pub(crate) fn boot_id() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map(|id| id.trim().to_owned())
        .unwrap_or_default()
}

/// A digest of the host's machine id: it tells hosts apart, and tells nobody the id itself.
pub(crate) fn machine() -> String {
    let id = fs::read_to_string("/etc/machine-id").unwrap_or_default();
    if id.trim().is_empty() {
        return String::new();
    }
    let digest = Sha256::digest(format!("pulse {}", id.trim()));
    digest[..16].iter().fold(String::new(), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The host's name.
pub(crate) fn name() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}

/// Whether this process runs in a container, by the marks that their makers leave.
pub(crate) fn is_container() -> bool {
    let marks = ["/.dockerenv", "/run/.containerenv"];
    if marks.iter().any(|mark| Path::new(mark).exists()) {
        return true;
    }
    let groups = fs::read_to_string("/proc/1/cgroup").unwrap_or_default();
    ["docker", "kubepods", "containerd", "libpod", "/lxc"]
        .iter()
        .any(|name| groups.contains(name))
}

/// Leaves the terminal and the group of whoever started this process.
pub(crate) fn detach() {
    // Fails only for the leader of a group: a service manager's own child, in its own session.
    let _ = process::setsid();
}

/// Makes this process the parent of every orphan of its steps.
pub(crate) fn prepare_executor() {
    process::umask(Mode::from_raw_mode(0o022));
    if process::set_child_subreaper(Some(process::getpid())).is_err() {
        tracing::warn!("orphans of steps cannot be collected on this kernel");
    }
}
