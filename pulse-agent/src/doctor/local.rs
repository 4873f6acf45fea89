//! This host: its files, its executor, what it can run and how it confines.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::Path,
    time::Duration,
};

use serde_json::Value;

use super::{Finding, block_on};
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
pub(super) fn file(origin: &Origin) -> Option<Finding> {
    let path = origin.file.as_deref().unwrap_or(Path::new(DEFAULT_FILE));
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let own = rustix::process::geteuid().as_raw();
    let shown = path.display();
    Some(if about.permissions().mode() & 0o022 != 0 {
        let mode = about.permissions().mode() & 0o777;
        Finding::Bad(
            format!("others may change {shown} (mode {mode:o}), and with it what runs here"),
            "chmod 640 the file",
        )
    } else if about.uid() != 0 && about.uid() != own {
        Finding::Bad(
            format!("{shown} belongs to another user, who decides what runs here"),
            "chown root the file",
        )
    } else {
        Finding::Good(format!("only its owner can change {shown}"))
    })
}

/// The state folder, and what is in it.
pub(super) fn state(path: &Path, findings: &mut Vec<Finding>) -> Option<State> {
    let probed = State::open(path).and_then(|state| {
        let probe = state.path().join("doctor.probe");
        fs::write(&probe, b"x")?;
        fs::remove_file(&probe)?;
        Ok(state)
    });
    let state = match probed {
        Ok(state) => state,
        Err(error) => {
            let fact = format!("{} cannot be written: {error}", path.display());
            let fix = "run as the user of the agent, or pass --state-dir";
            findings.push(Finding::Bad(fact, fix));
            return None;
        }
    };
    findings.push(room(path));
    findings.push(credential(&state));
    Some(state)
}

fn room(path: &Path) -> Finding {
    let shown = path.display();
    let Ok(about) = rustix::fs::statvfs(path) else {
        return Finding::Good(format!("{shown} can be written"));
    };
    let free = about.f_bavail.saturating_mul(about.f_frsize) / MIB;
    let fix = "free some space, or move the state folder with --state-dir";
    if free < LEAST_ROOM_MIB {
        Finding::Bad(
            format!("{shown} has {free} MiB left: nothing is started"),
            fix,
        )
    } else if free < SOME_ROOM_MIB {
        Finding::Remark(format!("{shown} has only {free} MiB left for output"), fix)
    } else {
        Finding::Good(format!("{shown} can be written, {free} MiB are free"))
    }
}

fn credential(state: &State) -> Finding {
    let mode =
        fs::metadata(state.credential_path()).map(|about| about.permissions().mode() & 0o777);
    match (state.credential(), mode) {
        (Ok(None), _) => Finding::Remark(
            "this host is not enrolled".to_owned(),
            "run `pulse-agent enroll --url … --token-file …`",
        ),
        (Ok(Some(_)), Ok(mode)) if mode & 0o077 != 0 => Finding::Bad(
            format!("others may read the credential (mode {mode:o})"),
            "chmod 600 credential.json, then remove and enrol the worker anew",
        ),
        (Ok(Some(known)), _) => {
            Finding::Good(format!("enrolled as {} in {}", known.name, known.region))
        }
        (Err(error), _) => Finding::Bad(
            format!("the credential cannot be read: {error}"),
            "enrol anew with `pulse-agent enroll --force …`",
        ),
    }
}

/// The executor, over its socket.
pub(super) fn executor(state: &State) -> (Finding, Option<Load>) {
    let asked = block_on(async {
        let limit = Duration::from_secs(2);
        tokio::time::timeout(limit, control::ask(state, &ToExecutor::Status)).await
    });
    let Some(Ok(Ok(load))) = asked else {
        let finding = Finding::Remark(
            "no agent is running here".to_owned(),
            "start it with `systemctl start pulse-agent` or `pulse-agent run`",
        );
        return (finding, None);
    };
    let finding = if load.link_online {
        Finding::Good("the executor is alive and the link is connected".to_owned())
    } else {
        Finding::Remark(
            "the executor is alive, but no link is connected".to_owned(),
            "start `pulse-agent run`, and look at its log",
        )
    };
    (finding, Some(load))
}

/// What scripts can be written in.
pub(super) fn runtimes(config: &Config, environment: &Environment) -> Vec<Finding> {
    let Some(found) = block_on(runtimes::survey(config, environment)) else {
        return Vec::new();
    };
    let missing = config.worker.runtimes.iter().flatten();
    let missing = missing.filter(|name| !found.names.contains(name));
    let mut findings = vec![Finding::Good(format!("runtimes: {}", found.shown()))];
    findings.extend(missing.map(|name| {
        Finding::Bad(
            format!("the runtime {name} is configured, but does not work here"),
            "install it, or take it out of worker.runtimes",
        )
    }));
    findings
}

/// Whether steps can be confined as they must be.
pub(super) fn sandbox(config: &Config, load: Option<&Load>) -> Finding {
    let Some(sandbox) = load.map(|load| &load.sandbox) else {
        return Finding::Remark(
            "how far steps can be confined is not known without a running agent".to_owned(),
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
        return Finding::Bad(
            "sandbox limits are configured, but there are no control groups: no step starts"
                .to_owned(),
            "give the service `Delegate=yes`, or take the limits out",
        );
    }
    if wanted.limits.has_paths() && sandbox["landlock"] != true {
        return Finding::Bad(
            "sandbox paths are configured, but the kernel has no Landlock: no step starts"
                .to_owned(),
            "boot a kernel with Landlock (`lsm=landlock,…`), or take the paths out",
        );
    }
    if wanted.user.is_some() && sandbox["user"] != true {
        return Finding::Bad(
            "sandbox.user is configured, but the agent does not run as root".to_owned(),
            "run the executor as root, or take the user out",
        );
    }
    confined(sandbox)
}

/// How far they can be, and what could get away.
fn confined(sandbox: &Value) -> Finding {
    let word = |key: &str| sandbox[key].as_str().unwrap_or("none").to_owned();
    let has = |key: &str| if sandbox[key] == true { "yes" } else { "no" };
    let fact = format!(
        "steps can be confined: {} (control groups {}, containment {}, Landlock {})",
        word("level"),
        word("cgroup"),
        has("containment"),
        has("landlock"),
    );
    if sandbox["containment"] == true {
        return Finding::Good(fact);
    }
    Finding::Remark(
        format!("{fact}; what clears its environment and leaves its session can outlive its step"),
        "mount control groups of version 2, and run the executor as root or with `Delegate=yes`",
    )
}
