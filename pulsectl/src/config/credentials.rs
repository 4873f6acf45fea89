//! `credentials.yaml`: the tokens, readable by their owner alone.

use std::{collections::BTreeMap, fs, io, os::unix::fs::PermissionsExt as _, path::Path};

use serde::{Deserialize, Serialize};

use super::file::replace;
use crate::error::{Failure, Kind};

/// A token, and the server that it belongs to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Credential {
    /// The token is never sent to any other server.
    pub(crate) url: String,
    pub(crate) token: String,
}

/// The tokens by context.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    #[serde(default)]
    pub(crate) contexts: BTreeMap<String, Credential>,
}

impl Credentials {
    /// Reads the file; refuses one that others can read.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(unreadable(path, &error)),
        };
        if is_shared(metadata.permissions().mode()) {
            let path = path.display();
            return Err(
                Failure::new(Kind::Denied, format!("{path} can be read by others"))
                    .hint(format!("chmod 600 {path}, and consider its tokens known")),
            );
        }
        let text = fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        // The parser's own message may quote the file, and the file holds tokens.
        serde_yaml::from_str(&text).map_err(|_| {
            Failure::usage(format!(
                "{} is not a valid credentials file",
                path.display()
            ))
            .hint("remove it and run `pulsectl login` again")
        })
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        replace(path, self, 0o600)
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(Kind::Denied, format!("could not read {}", path.display())).because(error)
}

/// Whether anybody but the owner may read or write a file of this mode.
pub(super) const fn is_shared(mode: u32) -> bool {
    mode & 0o077 != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_owner_may_read_it() {
        assert!(!is_shared(0o100_600));
        assert!(is_shared(0o100_640));
        assert!(is_shared(0o100_604));
    }
}
