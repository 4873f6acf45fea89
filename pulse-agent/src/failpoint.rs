//! Places where a debug build of the executor dies on request, so that tests see what a crash
//! leaves behind.
//!
//! `PULSE_FAILPOINT` names a file. As soon as its text is the name of a place that is passed, the
//! file is removed and the process ends as `kill -9` would end it. A release build has no such
//! places.

/// Dies here if that was asked for.
#[cfg(debug_assertions)]
pub(crate) fn pass(place: &str) {
    let Some(file) = requested() else { return };
    let is_meant = std::fs::read_to_string(file).is_ok_and(|wanted| wanted.trim() == place);
    if is_meant && std::fs::remove_file(file).is_ok() {
        let own = rustix::process::getpid();
        let _ = rustix::process::kill_process(own, rustix::process::Signal::KILL);
        std::process::abort();
    }
}

#[cfg(not(debug_assertions))]
pub(crate) fn pass(_place: &str) {}

/// The file, where there is one.
#[cfg(debug_assertions)]
#[expect(
    clippy::disallowed_methods,
    reason = "it is no setting: a release build does not know it"
)]
fn requested() -> Option<&'static std::path::Path> {
    static FILE: std::sync::OnceLock<Option<std::path::PathBuf>> = std::sync::OnceLock::new();
    FILE.get_or_init(|| std::env::var_os("PULSE_FAILPOINT").map(Into::into))
        .as_deref()
}
