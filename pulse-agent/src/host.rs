//! Facts about this host, and what the executor asks of its kernel.

use std::fs;

use rustix::{fs::Mode, process};

/// Changes with each start of the host.
pub fn boot_id() -> String {
    fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map(|id| id.trim().to_owned())
        .unwrap_or_default()
}

/// The host's name.
pub fn name() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}

/// Makes this process the parent of every orphan of its steps.
pub fn prepare_executor(is_detached: bool) {
    if is_detached {
        // Fails when it leads a group already, which serves the same end.
        let _ = process::setsid();
    }
    process::umask(Mode::from_raw_mode(0o022));
    if process::set_child_subreaper(Some(process::getpid())).is_err() {
        tracing::warn!("orphans of steps cannot be collected on this kernel");
    }
}
