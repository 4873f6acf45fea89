//! The stage: confines itself, then becomes the step.
//!
//! It begins with the rights of the executor and none of the step's variables: whatever those
//! make a program load, it must not be loaded before the rights are gone.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::{fs::OpenOptionsExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::Command,
};

use pulse_api::{frames::Reason, sandbox::Sandbox};
use rustix::process::{Resource, Rlimit, setrlimit};
use serde::{Deserialize, Serialize};

use super::{Paths, files};
use crate::executables::explain;

/// How a stage ends that did not become a step.
pub(crate) const FAILED: u8 = 125;
const MIB: u64 = 1024 * 1024;

/// What a stage is told, in a file that only the executor's user can read.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Script {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) env: BTreeMap<String, String>,
    /// The variables that are in the stage's own environment, see `waiting`.
    pub(crate) secrets: Vec<String>,
    pub(crate) folder: String,
    /// The user and group to become.
    pub(crate) account: Option<(u32, u32)>,
    /// The files by which the step's control groups are entered.
    pub(crate) doors: Vec<PathBuf>,
    pub(crate) limits: Sandbox,
    /// Each of these lists holds.
    pub(crate) paths: Vec<Paths>,
    /// Where to say why the step was not started.
    pub(crate) excuse: PathBuf,
}

/// Why a stage did not become a step.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Excuse {
    pub(crate) reason: Reason,
    pub(crate) detail: String,
}

impl Script {
    /// Writes it for a stage.
    pub(crate) fn write(&self, path: &Path) -> io::Result<()> {
        let mut file = own_file(path)?;
        let text = serde_json::to_vec(self).map_err(io::Error::other)?;
        file.write_all(&text)
    }
}

/// The name under which a secret waits in the environment of a stage, so that the stage itself does
/// not heed it.
pub(crate) fn waiting(name: &str) -> String {
    format!("PULSE_STAGED_{name}")
}

/// What a stage said, if it failed.
pub(crate) fn excuse(path: &Path) -> Option<Excuse> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Confines this process and becomes the step; gives back only when that fails.
pub(crate) fn play(path: &Path) -> u8 {
    let script: Option<Script> = fs::read(path)
        .ok()
        .and_then(|text| serde_json::from_slice(&text).ok());
    let _ = fs::remove_file(path);
    let Some(script) = script else {
        return FAILED;
    };
    // Opened now: once it is confined, this process can reach it no more.
    let Ok(mut file) = own_file(&script.excuse) else {
        return FAILED;
    };
    let excuse = match confine(&script) {
        Err(detail) => Excuse {
            reason: Reason::SandboxUnavailable,
            detail,
        },
        Ok(()) => Excuse {
            reason: Reason::NotStartable,
            detail: become_step(&script),
        },
    };
    let _ = serde_json::to_vec(&excuse).map(|text| file.write_all(&text));
    FAILED
}

fn own_file(path: &Path) -> io::Result<File> {
    let _ = fs::remove_file(path);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

fn confine(script: &Script) -> Result<(), String> {
    for door in &script.doors {
        fs::write(door, "0")
            .map_err(|error| format!("{} cannot be entered: {error}", door.display()))?;
    }
    let limits = &script.limits;
    limit("open_files", Resource::Nofile, limits.open_files)?;
    limit("cpu_seconds", Resource::Cpu, limits.cpu_seconds)?;
    let file_size = limits.file_size_mib.map(|size| size.saturating_mul(MIB));
    limit("file_size_mib", Resource::Fsize, file_size)?;
    for paths in &script.paths {
        files::restrict(paths)?;
    }
    if limits.no_new_privileges {
        rustix::thread::set_no_new_privs(true)
            .map_err(|error| format!("no_new_privileges cannot be set: {error}"))?;
    }
    Ok(())
}

fn limit(name: &str, resource: Resource, most: Option<u64>) -> Result<(), String> {
    let Some(most) = most else { return Ok(()) };
    let limit = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(resource, limit).map_err(|error| format!("{name} cannot be limited: {error}"))
}

/// Becomes the step; gives why it could not.
fn become_step(script: &Script) -> String {
    let own: Vec<(OsString, OsString)> = std::env::vars_os().collect();
    let mut command = Command::new(&script.program);
    command
        .args(&script.arguments)
        .env_clear()
        .envs(script.secrets.iter().filter_map(|name| {
            let (_, value) = own.iter().find(|(own, _)| *own == *waiting(name))?;
            Some((name, value))
        }))
        .envs(&script.env)
        .current_dir(&script.folder);
    if let Some((uid, gid)) = script.account {
        command.uid(uid).gid(gid);
    }
    let error = command.exec();
    if error.kind() == io::ErrorKind::PermissionDenied && !script.paths.is_empty() {
        let program = script.program.display();
        return format!("{program} could not be started: the sandbox does not let it be read");
    }
    explain(&error, &script.program, &script.folder)
}
