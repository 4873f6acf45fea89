//! Finding the programs of PostgreSQL.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::PostgresError;

/// A folder with the server programs of one version.
#[derive(Debug, Clone)]
pub(crate) struct Binaries {
    pub(super) folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// Finds the programs: the named folder, what `pg_config` says, or Debian's folders.
    pub(crate) fn find(named: Option<&Path>, wanted: Option<u32>) -> Result<Self, PostgresError> {
        if let Some(folder) = named {
            return Self::at(folder.to_owned())
                .ok_or_else(|| PostgresError::NotThere(folder.to_owned()));
        }
        let mut found: Vec<_> = candidates().into_iter().filter_map(Self::at).collect();
        if let Some(wanted) = wanted {
            found.retain(|binaries| binaries.major == wanted);
        }
        // The first candidate wins among equals.
        found.reverse();
        found
            .into_iter()
            .max_by_key(|binaries| binaries.major)
            .ok_or(PostgresError::NotInstalled)
    }

    pub(crate) fn major(&self) -> u32 {
        self.major
    }

    fn at(folder: PathBuf) -> Option<Self> {
        if !folder.join("initdb").is_file() {
            return None;
        }
        let output = Command::new(folder.join("postgres"))
            .arg("--version")
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let number = text
            .split_whitespace()
            .find(|word| word.starts_with(char::is_numeric))?;
        let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
        Some(Self {
            folder,
            major: digits.parse().ok()?,
        })
    }
}

fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(PathBuf::from(
            String::from_utf8_lossy(&output.stdout).trim(),
        ));
    }
    if let Ok(versions) = fs::read_dir("/usr/lib/postgresql") {
        folders.extend(versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))));
    }
    folders
}
