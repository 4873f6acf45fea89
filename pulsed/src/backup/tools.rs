//! Finding PostgreSQL's own programs, and telling them where the database is: never in their
//! arguments, which everybody on the host can read.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};

use super::BackupError;
use crate::config::Secret;

/// `pg_dump`, `pg_restore` and `psql` of one version.
#[derive(Debug)]
pub(super) struct Tools {
    folder: PathBuf,
    pub(super) major: u32,
    /// What they learn from their environment.
    environment: Vec<(&'static str, String)>,
}

impl Tools {
    /// The newest that are installed: in the named folder, or where PostgreSQL's programs are.
    pub(super) fn find(named: Option<&Path>, url: &Secret) -> Result<Self, BackupError> {
        let folders = match named {
            Some(folder) => vec![folder.to_owned()],
            None => candidates(),
        };
        let mut found: Vec<(u32, PathBuf)> = folders
            .into_iter()
            .filter_map(|folder| Some((major(&folder)?, folder)))
            .collect();
        // The first of those that are equally new.
        found.reverse();
        let (major, folder) = found
            .into_iter()
            .max_by_key(|(major, _)| *major)
            .ok_or(BackupError::NotInstalled)?;
        Ok(Self {
            folder,
            major,
            environment: environment(url),
        })
    }

    /// Whether they read the database of this version of PostgreSQL.
    pub(super) fn fit(&self, server: u32) -> Result<(), BackupError> {
        let tools = self.major;
        if tools < server {
            return Err(BackupError::TooOld { tools, server });
        }
        Ok(())
    }

    /// What writes the whole database.
    pub(super) fn dump(&self) -> Command {
        let mut command = self.command("pg_dump");
        command.args([
            "--format=custom",
            "--no-password",
            "--lock-wait-timeout=60s",
        ]);
        command
    }

    /// One of the programs, without arguments.
    pub(super) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.folder.join(program));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        // What the caller's shell says to such programs may be about another database.
        let inherited = std::env::vars_os().map(|(name, _)| name);
        for name in inherited.filter(|name| name.as_encoded_bytes().starts_with(b"PG")) {
            command.env_remove(name);
        }
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Where the programs may be: Debian's folders, what `pg_config` says, the search path.
fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        folders.extend(versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))));
    }
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        folders.push(PathBuf::from(folder));
    }
    // An empty folder's program is looked for in the search path.
    folders.push(PathBuf::new());
    folders
}

/// The version of the programs in a folder that has all of them.
fn major(folder: &Path) -> Option<u32> {
    let versions = ["pg_restore", "psql", "pg_dump"].map(|program| version(&folder.join(program)));
    let [Some(_), Some(_), Some(version)] = versions else {
        return None;
    };
    Some(version)
}

fn version(program: &Path) -> Option<u32> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = text
        .split_whitespace()
        .find(|word| word.starts_with(char::is_numeric))?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The address of the database in the words of PostgreSQL's library.
fn environment(url: &Secret) -> Vec<(&'static str, String)> {
    let Ok(config) = url.expose().parse::<tokio_postgres::Config>() else {
        return Vec::new();
    };
    let hosts = config.get_hosts().iter().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(folder) => folder.display().to_string(),
    });
    let addresses = config.get_hostaddrs().iter().map(ToString::to_string);
    let ports = config.get_ports().iter().map(u16::to_string);
    let joined = |parts: Vec<String>| Some(parts.join(",")).filter(|text| !text.is_empty());
    let password = config.get_password();
    let values = [
        ("PGHOST", joined(hosts.collect())),
        ("PGHOSTADDR", joined(addresses.collect())),
        ("PGPORT", joined(ports.collect())),
        ("PGUSER", config.get_user().map(str::to_owned)),
        ("PGDATABASE", config.get_dbname().map(str::to_owned)),
        (
            "PGPASSWORD",
            password.map(|password| String::from_utf8_lossy(password).into_owned()),
        ),
        ("PGOPTIONS", config.get_options().map(str::to_owned)),
        (
            "PGSSLMODE",
            (config.get_ssl_mode() == SslMode::Disable).then(|| "disable".to_owned()),
        ),
        (
            "PGTARGETSESSIONATTRS",
            session(config.get_target_session_attrs()),
        ),
        ("PGAPPNAME", Some("pulsed backup".to_owned())),
        ("PGCONNECT_TIMEOUT", Some("10".to_owned())),
    ];
    values
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
}

/// Which of several hosts is meant, where not every one is.
fn session(wanted: TargetSessionAttrs) -> Option<String> {
    let word = match wanted {
        TargetSessionAttrs::ReadWrite => "read-write",
        TargetSessionAttrs::ReadOnly => "read-only",
        TargetSessionAttrs::Any | _ => return None,
    };
    Some(word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_told_in_the_environment_as_the_url_says_it() {
        let url = Secret::new(
            "postgres://pulsed:s3cret@db1:5433,db2:5434/pulse?sslmode=disable\
             &hostaddr=10.0.0.1,10.0.0.2&target_session_attrs=read-write",
        );

        let environment = environment(&url);

        let value = |name: &str| {
            let found = environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| value.as_str())
        };
        assert_eq!(value("PGHOST"), Some("db1,db2"));
        assert_eq!(value("PGHOSTADDR"), Some("10.0.0.1,10.0.0.2"));
        assert_eq!(value("PGTARGETSESSIONATTRS"), Some("read-write"));
        assert_eq!(value("PGPORT"), Some("5433,5434"));
        assert_eq!(value("PGUSER"), Some("pulsed"));
        assert_eq!(value("PGDATABASE"), Some("pulse"));
        assert_eq!(value("PGPASSWORD"), Some("s3cret"));
        assert_eq!(value("PGSSLMODE"), Some("disable"));
    }

    #[test]
    fn a_folder_without_the_programs_has_no_version() {
        assert_eq!(major(Path::new("/nonexistent")), None);
    }
}
