//! The whole database into a file and back, by PostgreSQL's own programs.
//!
//! The file is what `pg_dump --format=custom` writes, so that PostgreSQL's programs read it without
//! pulse. What is read back replaces everything in one transaction, which commits when this program says
//! so: what breaks off changes nothing, whoever it is that ends.

mod stream;
mod tools;

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use rustix::fs::{CWD, RenameFlags, renameat_with};

pub(crate) use self::stream::Dump;
use self::tools::Tools;
use crate::{
    config::Secret,
    store::{self, MigrateError, Occupancy},
};

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BackupError {
    #[error("PostgreSQL's pg_dump, pg_restore and psql are not installed here")]
    NotInstalled,
    #[error("pg_dump {tools} cannot read the database of a PostgreSQL {server}")]
    TooOld { tools: u32, server: u32 },
    #[error("{0} is there already")]
    Exists(PathBuf),
    #[error("another backup is being written to {0}")]
    Busy(PathBuf),
    #[error("cannot {what} {path}")]
    File {
        what: &'static str,
        path: PathBuf,
        source: io::Error,
    },
    #[error("{program} failed: {said}")]
    Failed { program: &'static str, said: String },
    #[error("{0} is no backup of pulse")]
    NotABackup(PathBuf),
    #[error("{file} was made by a newer pulsed, which knew {migration}")]
    Newer { file: PathBuf, migration: String },
    #[error("{0} runs on this database")]
    InUse(String),
    #[error("the database is not empty: it has {0} tables")]
    NotEmpty(i64),
    #[error("the database failed")]
    Database(#[from] MigrateError),
}

impl BackupError {
    /// What to type next.
    pub(crate) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NotInstalled => {
                "apt-get install postgresql-client; or set PULSE_PG_BIN to the folder that holds them".to_owned()
            }
            Self::TooOld { server, .. } => format!(
                "apt-get install postgresql-client-{server}; or set PULSE_PG_BIN to the folder of such a version"
            ),
            Self::Exists(_) => "choose another name, or remove it first".to_owned(),
            Self::Busy(_) => "wait for it, or choose another name".to_owned(),
            Self::NotABackup(_) => "give it a file that `pulsed backup` or `pg_dump --format=custom` has written".to_owned(),
            Self::Newer { .. } => "install that version first: an older one cannot serve it".to_owned(),
            Self::InUse(_) => "stop every server first: systemctl stop pulsed".to_owned(),
            Self::NotEmpty(_) => "--force removes the schema public with everything in it first".to_owned(),
            Self::File { .. } | Self::Failed { .. } | Self::Database(_) => return None,
        };
        Some(hint)
    }
}

/// What to do with a database that has something in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occupied {
    Refuse,
    Replace,
}

/// Writes the database into a new file; gives its length.
pub(crate) async fn write(
    url: &Secret,
    named: Option<&Path>,
    file: &Path,
) -> Result<u64, BackupError> {
    let tools = Tools::find(named, url)?;
    tools.fit(store::occupancy(url.expose()).await?.postgres)?;
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    // Under its own name only once it is whole.
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let out = reserved(&partial, file)?;
    let dumped = dump(&tools, &partial, &out).and_then(|bytes| {
        name(&partial, file)?;
        Ok(bytes)
    });
    if dumped.is_err() {
        let _ = fs::remove_file(&partial);
    }
    dumped
}

/// The file that this backup alone writes; one that a killed backup has left is written anew.
fn reserved(partial: &Path, file: &Path) -> Result<File, BackupError> {
    let out = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        // Digests of secrets, and everything that jobs wrote.
        .mode(0o600)
        .open(partial)
        .map_err(failed("write", partial))?;
    match out.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(BackupError::Busy(file.to_owned())),
        Err(TryLockError::Error(error)) => return Err(failed("lock", partial)(error)),
    }
    // Another backup may have given it its name before this one had the lock, or a stranger made it.
    let held = out.metadata().map_err(failed("read", partial))?;
    let found = fs::symlink_metadata(partial);
    let is_same = found.is_ok_and(|found| (found.dev(), found.ino()) == (held.dev(), held.ino()));
    let is_ours = held.uid() == rustix::process::geteuid().as_raw() && held.nlink() == 1;
    if !is_same || !is_ours {
        return Err(BackupError::Busy(file.to_owned()));
    }
    out.set_len(0).map_err(failed("write", partial))?;
    Ok(out)
}

fn dump(tools: &Tools, file: &Path, out: &File) -> Result<u64, BackupError> {
    // Whoever has it holds the lock: a `pg_dump` that outlives this program still writes.
    let into = out.try_clone().map_err(failed("write", file))?;
    let mut command = tools.dump();
    command.stdout(into);
    done("pg_dump", &ended("pg_dump", &mut command)?)?;
    out.sync_all().map_err(failed("write", file))?;
    versions(tools, file)?;
    let metadata = out.metadata().map_err(failed("read", file))?;
    Ok(metadata.len())
}

/// Gives a whole backup its name, where nothing else has got it meanwhile.
fn name(partial: &Path, file: &Path) -> Result<(), BackupError> {
    match renameat_with(CWD, partial, CWD, file, RenameFlags::NOREPLACE) {
        Ok(()) => {}
        Err(rustix::io::Errno::EXIST) => return Err(BackupError::Exists(file.to_owned())),
        // A file system that cannot promise this.
        Err(rustix::io::Errno::INVAL) if !file.exists() => {
            fs::rename(partial, file).map_err(failed("write", file))?;
        }
        Err(error) => return Err(failed("write", file)(error.into())),
    }
    let folder = file.parent().filter(|path| !path.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(failed("write", folder))
}

/// Fills the database from a file; gives the migrations that are still to run.
pub(crate) async fn read_back(
    url: &Secret,
    (named, file): (Option<&Path>, &Path),
    occupied: Occupied,
) -> Result<Vec<String>, BackupError> {
    let tools = Tools::find(named, url)?;
    File::open(file).map_err(failed("read", file))?;
    let known = store::known_migrations()?;
    let versions = versions(&tools, file)?;
    if let Some(newer) = versions.iter().find(|version| !known.contains(version)) {
        let (file, migration) = (file.to_owned(), newer.clone());
        return Err(BackupError::Newer { file, migration });
    }
    let Occupancy { tables, server, .. } = store::occupancy(url.expose()).await?;
    if let Some(server) = server {
        return Err(BackupError::InUse(server));
    }
    if tables > 0 && occupied == Occupied::Refuse {
        return Err(BackupError::NotEmpty(tables));
    }
    restore(&tools, file, if tables > 0 { CLEAR } else { "" })?;
    Ok(store::pending_migrations(url.expose()).await?)
}

/// The migrations that a backup has seen.
fn versions(tools: &Tools, file: &Path) -> Result<Vec<String>, BackupError> {
    let mut command = tools.command("pg_restore");
    command
        .args([
            "--data-only",
            "--table=__diesel_schema_migrations",
            "--file=-",
        ])
        .arg(file);
    let output = ended("pg_restore", &mut command)?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_version = |word: &&str| word.len() > 8 && word.bytes().all(|byte| byte.is_ascii_digit());
    let first_words = text.lines().filter_map(|line| line.split('\t').next());
    let versions: Vec<String> = first_words.filter(is_version).map(str::to_owned).collect();
    if !output.status.success() || versions.is_empty() {
        return Err(BackupError::NotABackup(file.to_owned()));
    }
    Ok(versions)
}

/// What comes before everything else where the database is not empty: nobody has begun to use it by
/// now, and nobody can from here on.
const CLEAR: &str = "set local lock_timeout = '30s'; set local client_min_messages = warning;
do $$ begin
    if to_regclass('public.servers') is not null then
        lock table public.servers in access exclusive mode;
        if exists (select from public.servers where seen_at > now() - interval '15 seconds') then
            raise exception 'a server runs on this database';
        end if;
    end if;
end $$;
drop schema public cascade; create schema public; grant usage on schema public to public;";

/// Reads a file into the database in one transaction, behind what comes first.
///
/// An end of its input is for `psql` the end of a script, also in the middle of a table: only the
/// `commit` says that everything was there.
fn restore(tools: &Tools, file: &Path, first: &str) -> Result<(), BackupError> {
    let mut reader = tools.command("pg_restore");
    reader
        .args(["--no-owner", "--file=-"])
        .arg(file)
        .stderr(Stdio::inherit());
    let mut reader = started("pg_restore", &mut reader)?;
    let mut writer = tools.command("psql");
    writer.args(["--no-psqlrc", "--no-password", "--quiet"]);
    writer.args(["--set=ON_ERROR_STOP=1", "--output=/dev/null"]);
    writer.args(["--file", "-"]).stdin(Stdio::piped());
    let mut writer = started("psql", &mut writer)?;
    let copied = copy(&mut reader, &mut writer, first);
    drop(writer.stdin.take());
    let output = writer.wait_with_output();
    let output = output.map_err(failed("run", Path::new("psql")))?;
    let breaks_off = || BackupError::Failed {
        program: "pg_restore",
        said: "the file breaks off; nothing was changed".to_owned(),
    };
    match copied {
        Ok(Copied::Whole) => done("psql", &output),
        Ok(Copied::BreaksOff) => Err(breaks_off()),
        // What it did not take, it has an error to tell of.
        Err(_) => done("psql", &output).and_then(|()| Err(breaks_off())),
    }
}

/// What was handed on of a backup.
enum Copied {
    /// Everything, and the word that it counts.
    Whole,
    BreaksOff,
}

/// Hands everything on, and the commit where the reader has ended well.
fn copy(reader: &mut Child, writer: &mut Child, first: &str) -> io::Result<Copied> {
    let (Some(mut from), Some(to)) = (reader.stdout.take(), writer.stdin.as_mut()) else {
        return Err(io::ErrorKind::NotConnected.into());
    };
    let copied = writeln!(to, "begin;\n{first}").and_then(|()| io::copy(&mut from, to));
    drop(from);
    let is_whole = reader.wait()?.success();
    copied?;
    if !is_whole {
        return Ok(Copied::BreaksOff);
    }
    to.write_all(b"\ncommit;\n")?;
    Ok(Copied::Whole)
}

fn started(program: &'static str, command: &mut Command) -> Result<Child, BackupError> {
    command.spawn().map_err(failed("run", Path::new(program)))
}

fn ended(program: &'static str, command: &mut Command) -> Result<Output, BackupError> {
    command.output().map_err(failed("run", Path::new(program)))
}

fn done(program: &'static str, output: &Output) -> Result<(), BackupError> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(BackupError::Failed { program, said })
}

fn failed(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> BackupError {
    let path = path.to_owned();
    move |source| BackupError::File { what, path, source }
}
