//! Facts about this host, and what the executor asks of its kernel.

use std::fs;

use rustix::{fs::Mode, process};

/// Changes with each start of the host.
pub(crate) fn boot_id() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map(|id| id.trim().to_owned())
        .unwrap_or_default()
}

/// The host's name.
pub(crate) fn name() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}

/// Leaves the terminal and the group of whoever started this process.
pub(crate) fn detach() {
    // Fails for the leader of a group, which is out of reach of the terminal's signals already.
    let _ = process::setsid();
}

/// Makes this process the parent of every orphan of its steps.
pub(crate) fn prepare_executor() {
    process::umask(Mode::from_raw_mode(0o022));
    if process::set_child_subreaper(Some(process::getpid())).is_err() {
        tracing::warn!("orphans of steps cannot be collected on this kernel");
    }
}
