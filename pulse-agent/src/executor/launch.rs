//! Turns a plan into a process: its program, environment, folder and user.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::{
        fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _, chown, fchown},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use pulse_api::{
    frames::{ExecuteCommand, OnDisconnect},
    status::Runtime,
};

use super::{
    account::{Account, account, account_environment},
    plan::{self, Denied, Plan, What},
    record::Key,
};
use crate::{
    config::Rules,
    executables::{explain, find_program},
    sandbox::{
        Ability,
        group::{Group, Struck},
        stage::{self, Excuse},
    },
};

/// What steps inherit from the agent, and where their files go.
#[derive(Debug, Clone)]
pub(crate) struct Launcher {
    /// `PATH`, `HOME`, `LANG` and the like, as the agent has them.
    pub(crate) inherited: BTreeMap<String, String>,
    /// Where `sh` is, which is looked for once: nearly every step is for it.
    pub(crate) shell: Option<PathBuf>,
    /// Where scripts and output files of steps live.
    pub(crate) folder: PathBuf,
    /// What may run here, and how.
    pub(crate) rules: Rules,
    /// What this host can restrict.
    pub(crate) ability: Ability,
    /// The flags by which this program finds this agent's files.
    pub(crate) own_flags: Vec<String>,
}

/// A process that was started.
pub(crate) struct Launched {
    pub(crate) child: Child,
    pub(crate) files: Files,
    /// How long it may run.
    pub(crate) timeout_ms: u64,
}

/// The files that belong to one attempt's process.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    pub(crate) outputs: PathBuf,
    pub(super) script: Option<PathBuf>,
    folder: Option<PathBuf>,
    /// Of a confined step: what its stage reads, and where it says why it failed.
    pub(super) stage: Option<(PathBuf, PathBuf)>,
    pub(crate) group: Option<Group>,
}

impl Files {
    /// Removes what the attempt leaves behind.
    pub(crate) fn remove(&self) {
        if let Some(script) = &self.script {
            let _ = fs::remove_file(script);
        }
        if let Some(folder) = &self.folder {
            let _ = fs::remove_dir_all(folder);
        }
        if let Some((script, excuse)) = &self.stage {
            let _ = fs::remove_file(script);
            let _ = fs::remove_file(excuse);
        }
        if let Some(group) = &self.group {
            group.remove();
        }
    }

    /// Why the stage did not become the step, if it did not.
    pub(crate) fn excuse(&self) -> Option<Excuse> {
        stage::excuse(&self.stage.as_ref()?.1)
    }

    /// Which limits the step ran into.
    pub(crate) fn struck(&self) -> Struck {
        self.group.as_ref().map(Group::struck).unwrap_or_default()
    }
}

impl Launcher {
    /// Starts the process, if this host allows it.
    pub(crate) fn launch(&self, offer: &ExecuteCommand) -> Result<Launched, Denied> {
        let plan = plan::plan(&self.rules, offer)?;
        if let Some(lacking) = self.ability.lacks(&plan.confinement) {
            return Err(Denied::unconfined(lacking));
        }
        let account = plan.user.as_deref().map(account).transpose();
        let account = account.map_err(Denied::not_startable)?;
        let files = self.place(offer, &plan, account.as_ref());
        let mut files = files.map_err(Denied::not_startable)?;
        let made = if plan.confinement.is_open() && !self.is_contained(offer, &plan) {
            self.spawn(offer, &plan, (account.as_ref(), &files))
        } else {
            self.stage(offer, &plan, (account.as_ref(), &mut files))
        };
        match made {
            Ok(child) => Ok(Launched {
                child,
                files,
                timeout_ms: plan.timeout_ms,
            }),
            Err(denied) => {
                files.remove();
                Err(denied)
            }
        }
    }

    /// Whether the step gets a control group so that nothing of it stays: it may be started again,
    /// and two attempts of one job never run at once.
    pub(super) fn is_contained(&self, offer: &ExecuteCommand, plan: &Plan) -> bool {
        let is_own = matches!(plan.what, What::Doctor { .. });
        offer.on_disconnect == OnDisconnect::Stop && self.ability.contains() && !is_own
    }

    /// Starts the process directly.
    fn spawn(
        &self,
        offer: &ExecuteCommand,
        plan: &Plan,
        (account, files): (Option<&Account>, &Files),
    ) -> Result<Child, Denied> {
        let (program, arguments) = self.program(plan, files).map_err(Denied::not_startable)?;
        let folder = plan.working_dir.as_deref().unwrap_or("/");
        let mut command = Command::new(&program);
        if !matches!(plan.what, What::Doctor { .. }) {
            command.env_clear();
        }
        command
            .args(arguments)
            .envs(secrets(plan))
            .envs(self.environment(offer, plan, (account, files)))
            .current_dir(folder);
        if let Some(account) = account {
            command.uid(account.uid).gid(account.gid);
        }
        piped(&mut command)
            .spawn()
            .map_err(|error| Denied::not_startable(explain(&error, &program, folder)))
    }

    /// All variables of the step but its secrets.
    pub(super) fn environment(
        &self,
        offer: &ExecuteCommand,
        plan: &Plan,
        (account, files): (Option<&Account>, &Files),
    ) -> BTreeMap<String, String> {
        let mut env = match plan.what {
            What::Doctor { .. } => BTreeMap::new(),
            What::Line(..) | What::Script(..) | What::Argv(_) => self.inherited.clone(),
        };
        env.extend(account.map(account_environment).unwrap_or_default());
        env.extend(plan.env.clone());
        let own = [
            ("PULSE_OUTPUT", files.outputs.display().to_string()),
            ("PULSE_JOB", offer.job_id.to_string()),
            ("PULSE_ATTEMPT", offer.attempt.to_string()),
        ];
        env.extend(own.map(|(name, value)| (name.to_owned(), value)));
        env
    }

    /// Makes the files of the attempt. Files become those of the step's user, their folder does not:
    /// root comes back to it by name, and nobody may have put something else in the way.
    fn place(
        &self,
        offer: &ExecuteCommand,
        plan: &Plan,
        account: Option<&Account>,
    ) -> Result<Files, String> {
        let stem = Key::from(offer.claim()).file_stem();
        let folder = account.map(|_| private_folder(&stem)).transpose()?;
        let base = folder.as_deref().unwrap_or(&self.folder);
        let script = match &plan.what {
            What::Script(..) => Some(base.join(format!("{stem}.script"))),
            What::Line(..) | What::Argv(_) | What::Doctor { .. } => None,
        };
        let files = Files {
            outputs: base.join(format!("{stem}.outputs")),
            script,
            folder,
            stage: None,
            group: None,
        };
        fill(&files, plan, account).inspect_err(|_| files.remove())?;
        Ok(files)
    }

    /// The whole path, which keeps the fast way of starting processes open, and the arguments.
    pub(super) fn program(
        &self,
        plan: &Plan,
        files: &Files,
    ) -> Result<(PathBuf, Vec<String>), String> {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        match &plan.what {
            What::Line(runtime, text) => Ok((
                self.find(interpreters(*runtime))?,
                owned(&[inline_flag(*runtime), text.as_str()]),
            )),
            What::Script(runtime, _) => {
                let script = files.script.iter();
                let script = script.map(|path| path.display().to_string());
                Ok((self.find(interpreters(*runtime))?, script.collect()))
            }
            What::Argv(words) => {
                let (program, arguments) = words.split_first().ok_or("there is no program")?;
                let path = if program.contains('/') {
                    PathBuf::from(program)
                } else {
                    self.find(&[program])?
                };
                Ok((path, arguments.to_vec()))
            }
            What::Doctor { json } => {
                let mut arguments = owned(&["doctor"]);
                arguments.extend(self.own_flags.iter().cloned());
                arguments.extend(json.then(|| "--json".to_owned()));
                Ok(("/proc/self/exe".into(), arguments))
            }
        }
    }

    fn find(&self, names: &[&str]) -> Result<PathBuf, String> {
        if let (["sh"], Some(shell)) = (names, &self.shell)
            && shell.is_file()
        {
            return Ok(shell.clone());
        }
        let path = self.inherited.get("PATH").map_or("", String::as_str);
        find_program(names, path)
            .ok_or_else(|| format!("`{}` is not installed on this host", names[0]))
    }
}

/// The variables of the step that nothing but its process may hold.
fn secrets(plan: &Plan) -> impl Iterator<Item = (&str, &str)> {
    let secrets = plan.secrets.iter();
    secrets.map(|(name, value)| (name.as_str(), value.expose()))
}

/// Where a process reads and writes, and that it leads a group of its own.
pub(super) fn piped(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
}

fn interpreters(runtime: Runtime) -> &'static [&'static str] {
    match runtime {
        Runtime::Shell => &["sh"],
        Runtime::Bash => &["bash"],
        Runtime::Python => &["python3", "python"],
        Runtime::Node => &["node"],
    }
}

fn inline_flag(runtime: Runtime) -> &'static str {
    match runtime {
        Runtime::Shell | Runtime::Bash | Runtime::Python => "-c",
        Runtime::Node => "-e",
    }
}

/// Writes what the step finds, and gives it to its user.
fn fill(files: &Files, plan: &Plan, account: Option<&Account>) -> Result<(), String> {
    if let (Some(path), What::Script(_, body)) = (&files.script, &plan.what) {
        make(path, (0o700, body.as_bytes()), account)
            .map_err(|error| format!("the script could not be written: {error}"))?;
    }
    // A file must be there to be named in a restriction, and to be another user's.
    if account.is_some() || !plan.confinement.is_open() {
        make(&files.outputs, (0o600, b""), account)
            .map_err(|error| format!("the file for outputs could not be made: {error}"))?;
    }
    if let (Some(folder), Some(account)) = (&files.folder, account) {
        open_to(folder, account.gid)
            .map_err(|error| format!("{} could not be opened: {error}", folder.display()))?;
    }
    Ok(())
}

/// Makes a file of this user that was not there, or only as what an earlier start left.
fn make(path: &Path, (mode, bytes): (u32, &[u8]), account: Option<&Account>) -> io::Result<()> {
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)?;
    file.write_all(bytes)?;
    account.map_or(Ok(()), |account| {
        fchown(&file, Some(account.uid), Some(account.gid))
    })
}

/// Lets a group find the files in a folder whose names it knows.
fn open_to(folder: &Path, group: u32) -> io::Result<()> {
    chown(folder, None, Some(group))?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o710))
}

/// A new folder, which is this process's own.
fn private_folder(stem: &str) -> Result<PathBuf, String> {
    let folder = std::env::temp_dir().join(format!("pulse-{stem}"));
    fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .map_err(|error| format!("{} could not be made: {error}", folder.display()))?;
    Ok(folder)
}
