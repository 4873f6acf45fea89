//! Where things are: the programs under test, and folders for scratch.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

/// The folder with the programs under test: the one that this test was built into.
pub fn programs() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let folder = own.parent().unwrap();
    match folder.file_name() {
        Some(name) if name == "deps" => folder.parent().unwrap().to_owned(),
        _ => folder.to_owned(),
    }
}

/// A program under test.
pub fn program(name: &str) -> PathBuf {
    let path = programs().join(name);
    assert!(
        path.is_file(),
        "{} is not built; run `cargo build --workspace --bins` first",
        path.display()
    );
    path
}

/// The root of the checkout.
pub fn checkout() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// A file of the checkout, as text.
pub fn read(path: &str) -> String {
    fs::read_to_string(checkout().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Where scratch lives: memory where there is plenty, so that durable writes cost little.
pub fn scratch() -> PathBuf {
    const PLENTY: u64 = 2 * 1024 * 1024 * 1024;
    let memory = Path::new("/dev/shm");
    let free = rustix::fs::statvfs(memory).map_or(0, |about| about.f_bavail * about.f_frsize);
    let is_open =
        fs::metadata(memory).is_ok_and(|about| about.permissions().mode() & 0o777 == 0o777);
    if is_open && free >= PLENTY {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}

/// A new, empty folder; others may pass through it, since PostgreSQL may run as another user.
pub fn new_folder(what: &str) -> PathBuf {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = scratch().join(format!("pulse-{what}-{}-{count}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o711)).unwrap();
    path
}

/// A variable of this process's environment.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The search path of this process.
pub fn search_path() -> String {
    variable("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".to_owned())
}
