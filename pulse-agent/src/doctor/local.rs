//! This host: its files, its executor, what it can run and how it confines.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::Path,
    time::Duration,
};

use pulse_api::doctor::Check;
use serde_json::Value;

use super::block_on;
use crate::{
    config::{Config, DEFAULT_FILE, Environment, Origin},
    control, runtimes,
    state::State,
    wire::{Load, ToExecutor},
};

const MIB: u64 = 1024 * 1024;
/// With less room than this, nothing is started for fear of losing its result.
const LEAST_ROOM_MIB: u64 = 20;
/// With less room than this, a few long outputs fill the disk.
const SOME_ROOM_MIB: u64 = 200;

/// Who could change what runs here.
pub(super) fn file(origin: &Origin) -> Option<Check> {
    let path = origin.file.as_deref().unwrap_or(Path::new(DEFAULT_FILE));
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let own = rustix::process::geteuid().as_raw();
    let shown = path.display();
    Some(if about.permissions().mode() & 0o022 != 0 {
        let mode = about.permissions().mode() & 0o777;
        Check::bad(
            "files",
            format!("others may change {shown} (mode {mode:o}), and with it what runs here"),
            "chmod 640 the file",
        )
    } else if about.uid() != 0 && about.uid() != own {
        Check::bad(
            "files",
            format!("{shown} belongs to another user, who decides what runs here"),
            "chown root the file",
        )
    } else {
        Check::good("files", format!("only its owner can change {shown}"))
    })
}

/// The state folder, and what is in it.
pub(super) fn state(path: &Path, checks: &mut Vec<Check>) -> Option<State> {
    let probed = State::open(path).and_then(|state| {
        let probe = state.path().join("doctor.probe");
        fs::write(&probe, b"x")?;
        fs::remove_file(&probe)?;
        Ok(state)
    });
    let state = match probed {
        Ok(state) => state,
        Err(error) => {
            let detail = format!("{} cannot be written: {error}", path.display());
            let fix = "run as the user of the agent, or pass --state-dir";
            checks.push(Check::bad("state", detail, fix));
            return None;
        }
    };
    checks.push(room(path));
    checks.push(credential(&state));
    Some(state)
}

fn room(path: &Path) -> Check {
    let shown = path.display();
    let Ok(about) = rustix::fs::statvfs(path) else {
        return Check::good("disk", format!("{shown} can be written"));
    };
    let free = about.f_bavail.saturating_mul(about.f_frsize) / MIB;
    let fix = "free some space, or move the state folder with --state-dir";
    if free < LEAST_ROOM_MIB {
        Check::bad(
            "disk",
            format!("{shown} has {free} MiB left: nothing is started"),
            fix,
        )
    } else if free < SOME_ROOM_MIB {
        Check::warning(
            "disk",
            format!("{shown} has only {free} MiB left for output"),
            fix,
        )
    } else {
        Check::good(
            "disk",
            format!("{shown} can be written, {free} MiB are free"),
        )
    }
}

fn credential(state: &State) -> Check {
    let mode =
        fs::metadata(state.credential_path()).map(|about| about.permissions().mode() & 0o777);
    match (state.credential(), mode) {
        (Ok(None), _) => Check::warning(
            "enrolment",
            "this host is not enrolled",
            "run `pulse-agent enroll --url … --token-file …`",
        ),
        (Ok(Some(_)), Ok(mode)) if mode & 0o077 != 0 => Check::bad(
            "enrolment",
            format!("others may read the credential (mode {mode:o})"),
            "chmod 600 credential.json, then remove and enrol the worker anew",
        ),
        (Ok(Some(known)), _) => Check::good(
            "enrolment",
            format!("enrolled as {} in {}", known.name, known.region),
        ),
        (Err(error), _) => Check::bad(
            "enrolment",
            format!("the credential cannot be read: {error}"),
            "enrol anew with `pulse-agent enroll --force …`",
        ),
    }
}

/// The executor, over its socket.
pub(super) fn executor(state: &State) -> (Check, Option<Load>) {
    let asked = block_on(async {
        let limit = Duration::from_secs(2);
        tokio::time::timeout(limit, control::ask(state, &ToExecutor::Status)).await
    });
    let Some(Ok(Ok(load))) = asked else {
        let check = Check::warning(
            "executor",
            "no agent is running here",
            "start it with `systemctl start pulse-agent` or `pulse-agent run`",
        );
        return (check, None);
    };
    let check = if load.link_online {
        Check::good(
            "executor",
            "the executor is alive and the link is connected",
        )
    } else {
        Check::warning(
            "executor",
            "the executor is alive, but no link is connected",
            "start `pulse-agent run`, and look at its log",
        )
    };
    (check, Some(load))
}

/// What scripts can be written in.
pub(super) fn runtimes(config: &Config, environment: &Environment) -> Vec<Check> {
    let Some(found) = block_on(runtimes::survey(config, environment)) else {
        return Vec::new();
    };
    let missing = config.worker.runtimes.iter().flatten();
    let missing = missing.filter(|name| !found.names.contains(name));
    let mut checks = vec![Check::good(
        "runtimes",
        format!("runtimes: {}", found.shown()),
    )];
    checks.extend(missing.map(|name| {
        Check::bad(
            "runtimes",
            format!("the runtime {name} is configured, but does not work here"),
            "install it, or take it out of worker.runtimes",
        )
    }));
    checks
}

/// Whether steps can be confined as they must be.
pub(super) fn sandbox(config: &Config, load: Option<&Load>) -> Check {
    let Some(sandbox) = load.map(|load| &load.sandbox) else {
        return Check::warning(
            "sandbox",
            "how far steps can be confined is not known without a running agent",
            "start the agent, then look again",
        );
    };
    let wanted = &config.sandbox;
    let has_group = |name: &str| {
        let controllers = sandbox["controllers"].as_array();
        controllers.is_some_and(|list| list.iter().any(|word| word == name))
    };
    let needs = [
        (wanted.limits.memory_mib.is_some(), "memory"),
        (wanted.limits.processes.is_some(), "pids"),
        (wanted.limits.cpus.is_some(), "cpu"),
    ];
    let lacks_group = needs
        .iter()
        .any(|(is_wanted, name)| *is_wanted && !has_group(name));
    if lacks_group {
        return Check::bad(
            "sandbox",
            "sandbox limits are configured, but there are no control groups: no step starts",
            "give the service `Delegate=yes`, or take the limits out",
        );
    }
    if wanted.limits.has_paths() && sandbox["landlock"] != true {
        return Check::bad(
            "sandbox",
            "sandbox paths are configured, but the kernel has no Landlock: no step starts",
            "boot a kernel with Landlock (`lsm=landlock,…`), or take the paths out",
        );
    }
    if wanted.user.is_some() && sandbox["user"] != true {
        return Check::bad(
            "sandbox",
            "sandbox.user is configured, but the agent does not run as root",
            "run the executor as root, or take the user out",
        );
    }
    confined(sandbox)
}

/// How far they can be, and what could get away.
fn confined(sandbox: &Value) -> Check {
    let word = |key: &str| sandbox[key].as_str().unwrap_or("none").to_owned();
    let has = |key: &str| if sandbox[key] == true { "yes" } else { "no" };
    let detail = format!(
        "steps can be confined: {} (control groups {}, containment {}, Landlock {})",
        word("level"),
        word("cgroup"),
        has("containment"),
        has("landlock"),
    );
    if sandbox["containment"] == true {
        return Check::good("sandbox", detail);
    }
    Check::warning(
        "sandbox",
        format!(
            "{detail}; what clears its environment and leaves its session can outlive its step"
        ),
        "mount control groups of version 2, and run the executor as root or with `Delegate=yes`",
    )
}
