//! Turns a plan into a process: its program, environment, folder and user.

use std::{
    collections::BTreeMap,
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::{
        fs::{DirBuilderExt as _, OpenOptionsExt as _, chown},
        process::CommandExt as _,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use pulse_api::{frames::ExecuteCommand, status::Runtime};

use super::{
    plan::{self, Denied, Plan, What},
    record::Key,
};
use crate::config::Rules;

/// What steps inherit from the agent, and where their files go.
#[derive(Debug, Clone)]
pub(crate) struct Launcher {
    /// `PATH`, `HOME`, `LANG` and the like, as the agent has them.
    pub(crate) inherited: BTreeMap<String, String>,
    /// Where scripts and output files of steps live.
    pub(crate) folder: PathBuf,
    /// What may run here, and how.
    pub(crate) rules: Rules,
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
    script: Option<PathBuf>,
    folder: Option<PathBuf>,
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
    }
}

struct Account {
    name: String,
    uid: u32,
    gid: u32,
    home: String,
    shell: String,
}

impl Launcher {
    /// Starts the process, if this host allows it.
    pub(crate) fn launch(&self, offer: &ExecuteCommand) -> Result<Launched, Denied> {
        let plan = plan::plan(&self.rules, offer)?;
        if !plan.confinement.is_open() {
            return Err(Denied::unconfined("this agent cannot confine steps yet"));
        }
        let account = plan.user.as_deref().map(account).transpose();
        let account = account.map_err(Denied::not_startable)?;
        let files = self.place(offer, &plan, account.as_ref());
        let files = files.map_err(Denied::not_startable)?;
        let launched = self.spawn(offer, &plan, (account.as_ref(), &files));
        if launched.is_err() {
            files.remove();
        }
        Ok(Launched {
            child: launched.map_err(Denied::not_startable)?,
            files,
            timeout_ms: plan.timeout_ms,
        })
    }

    fn spawn(
        &self,
        offer: &ExecuteCommand,
        plan: &Plan,
        (account, files): (Option<&Account>, &Files),
    ) -> Result<Child, String> {
        let (program, arguments) = self.program(plan, files)?;
        let mut command = Command::new(&program);
        let folder = plan.working_dir.as_deref().unwrap_or("/");
        if !matches!(plan.what, What::Doctor { .. }) {
            command.env_clear().envs(&self.inherited);
        }
        command
            .args(arguments)
            .envs(account.map(account_environment).unwrap_or_default())
            .envs(&plan.env)
            .env("PULSE_OUTPUT", &files.outputs)
            .env("PULSE_JOB", offer.job_id.to_string())
            .env("PULSE_ATTEMPT", offer.attempt.to_string())
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0);
        if let Some(account) = account {
            command.uid(account.uid).gid(account.gid);
        }
        command
            .spawn()
            .map_err(|error| explain(&error, &program, folder))
    }

    /// Writes the script, and makes room that the user of the step can write to.
    fn place(
        &self,
        offer: &ExecuteCommand,
        plan: &Plan,
        account: Option<&Account>,
    ) -> Result<Files, String> {
        let stem = Key::from(offer.claim()).file_stem();
        let folder = account
            .map(|account| private_folder(&stem, account))
            .transpose()?;
        let base = folder.as_deref().unwrap_or(&self.folder);
        let mut files = Files {
            outputs: base.join(format!("{stem}.outputs")),
            script: None,
            folder: folder.clone(),
        };
        if let What::Script(_, body) = &plan.what {
            let path = base.join(format!("{stem}.script"));
            write_script(&path, body, account)
                .map_err(|error| format!("the script could not be written: {error}"))?;
            files.script = Some(path);
        }
        Ok(files)
    }

    /// The whole path, which keeps the fast way of starting processes open, and the arguments.
    fn program(&self, plan: &Plan, files: &Files) -> Result<(PathBuf, Vec<String>), String> {
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
        let path = self.inherited.get("PATH").map_or("", String::as_str);
        find_program(names, path)
            .ok_or_else(|| format!("`{}` is not installed on this host", names[0]))
    }
}

fn interpreters(runtime: Runtime) -> &'static [&'static str] {
    match runtime {
        Runtime::Shell => &["sh"],
        Runtime::Bash => &["bash"],
        Runtime::Python => &["python3", "python"],
        Runtime::Node => &["node"],
    }
}

/// Looks for the first of some programs on a search path.
pub(crate) fn find_program(names: &[&str], path: &str) -> Option<PathBuf> {
    let is_program = |file: &PathBuf| {
        rustix::fs::access(file.as_path(), rustix::fs::Access::EXEC_OK).is_ok() && file.is_file()
    };
    names
        .iter()
        .flat_map(|name| {
            path.split(':')
                .map(move |folder| Path::new(folder).join(name))
        })
        .find(|file| file.is_absolute() && is_program(file))
}

fn inline_flag(runtime: Runtime) -> &'static str {
    match runtime {
        Runtime::Shell | Runtime::Bash | Runtime::Python => "-c",
        Runtime::Node => "-e",
    }
}

fn explain(error: &io::Error, program: &Path, folder: &str) -> String {
    if !Path::new(folder).is_dir() {
        return format!("the working folder {folder} does not exist on this host");
    }
    if error.kind() == io::ErrorKind::ArgumentListTooLong {
        return "the command and its environment are too long for one process".to_owned();
    }
    format!("{} could not be started: {error}", program.display())
}

fn write_script(path: &Path, body: &str, account: Option<&Account>) -> io::Result<()> {
    let _ = fs::remove_file(path);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o700)
        .open(path)?;
    file.write_all(body.as_bytes())?;
    account.map_or(Ok(()), |account| {
        chown(path, Some(account.uid), Some(account.gid))
    })
}

fn private_folder(stem: &str, account: &Account) -> Result<PathBuf, String> {
    let folder = std::env::temp_dir().join(format!("pulse-{stem}"));
    fs::DirBuilder::new()
        .mode(0o700)
        .create(&folder)
        .and_then(|()| chown(&folder, Some(account.uid), Some(account.gid)))
        .map_err(|error| format!("{} could not be made: {error}", folder.display()))?;
    Ok(folder)
}

fn account(name: &str) -> Result<Account, String> {
    let found = fs::read_to_string("/etc/passwd")
        .ok()
        .and_then(|passwd| passwd.lines().find_map(|line| parse_account(line, name)))
        .ok_or_else(|| format!("there is no user `{name}` on this host"))?;
    let own = rustix::process::geteuid();
    if own.is_root() || own.as_raw() == found.uid {
        return Ok(found);
    }
    Err(format!(
        "the agent does not run as root, so it cannot start a step as `{name}`"
    ))
}

fn parse_account(line: &str, name: &str) -> Option<Account> {
    let fields: Vec<&str> = line.split(':').collect();
    if *fields.first()? != name {
        return None;
    }
    Some(Account {
        name: name.to_owned(),
        uid: fields.get(2)?.parse().ok()?,
        gid: fields.get(3)?.parse().ok()?,
        home: (*fields.get(5)?).to_owned(),
        shell: (*fields.get(6)?).to_owned(),
    })
}

fn account_environment(account: &Account) -> Vec<(String, String)> {
    let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    vec![
        pair("HOME", &account.home),
        pair("USER", &account.name),
        pair("LOGNAME", &account.name),
        pair("SHELL", &account.shell),
    ]
}
