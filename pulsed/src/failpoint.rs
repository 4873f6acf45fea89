//! Places where a debug build dies on request, so that tests see what a crash leaves behind.
//!
//! `PULSE_FAILPOINT` names a file. As soon as its text is the name of a place that is passed, the
//! file is removed and the process ends as `kill -9` would end it. A release build has no such
//! places.

/// A moment in the life of a transaction.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Moment {
    Begin,
    BeforeCommit,
    AfterCommit,
}

/// Dies here if that was asked for: `<verb> <moment>`, the verb with its module.
#[cfg(debug_assertions)]
pub(crate) fn pass(verb: &str, moment: Moment) {
    let Some(file) = requested() else { return };
    let Ok(wanted) = std::fs::read_to_string(file) else {
        return;
    };
    let moment = match moment {
        Moment::Begin => "begin",
        Moment::BeforeCommit => "before_commit",
        Moment::AfterCommit => "after_commit",
    };
    let is_meant = wanted
        .trim()
        .split_once(' ')
        .is_some_and(|(name, when)| when == moment && is_called(verb, name));
    if is_meant && std::fs::remove_file(file).is_ok() {
        let own = rustix::process::getpid();
        let _ = rustix::process::kill_process(own, rustix::process::Signal::KILL);
        std::process::abort();
    }
}

#[cfg(not(debug_assertions))]
pub(crate) fn pass(_verb: &str, _moment: Moment) {}

/// Whether the path of a type, or of one that it is generic over, ends with this name.
#[cfg(debug_assertions)]
fn is_called(path: &str, name: &str) -> bool {
    let name = format!("::{name}");
    path.split(['<', '>', ',', ' '])
        .any(|part| part.trim_end_matches("::{{closure}}").ends_with(&name))
}

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
