//! Where the socket is, and how that is said in a URL.

use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use super::{
    PostgresError,
    account::{Account, private_folder},
};

/// The name of the socket in its folder, at the default port.
const SOCKET: &str = ".s.PGSQL.5432";

/// The longest path that a Unix socket can have.
const SOCKET_PATH_LIMIT: usize = 107;

/// A folder for the socket: below `dir` when the path is short enough for one, else in `/tmp`.
pub(super) fn folder(dir: &Path, account: Option<&Account>) -> Result<PathBuf, PostgresError> {
    let near = dir.join("socket");
    if near.join(SOCKET).as_os_str().len() <= SOCKET_PATH_LIMIT {
        if !near.is_dir() {
            private_folder(&near, account)?;
        }
        return Ok(near);
    }
    let record = dir.join("socket.path");
    let owner = account.map_or_else(
        || rustix::process::geteuid().as_raw(),
        |account| account.uid,
    );
    let recorded = fs::read_to_string(&record).map(|text| PathBuf::from(text.trim()));
    let is_ours = |path: &PathBuf| {
        fs::symlink_metadata(path).is_ok_and(|about| about.is_dir() && about.uid() == owner)
    };
    if let Some(path) = recorded.ok().filter(is_ours) {
        return Ok(path);
    }
    let path = (0..1000)
        .map(|number| PathBuf::from(format!("/tmp/pulse-{}-{number}", std::process::id())))
        .find(|path| !path.exists())
        .ok_or(PostgresError::NoAccount)?;
    private_folder(&path, account)?;
    fs::write(&record, format!("{}\n", path.display())).map_err(|source| PostgresError::File {
        what: "write",
        path: record,
        source,
    })?;
    Ok(path)
}

/// Removes the socket's folder of a stopped cluster, when it is not below `dir`.
pub(crate) fn forget_folder(dir: &Path) {
    let record = dir.join("socket.path");
    let Ok(text) = fs::read_to_string(&record) else {
        return;
    };
    let folder = PathBuf::from(text.trim());
    let _ = fs::remove_file(folder.join(SOCKET));
    let _ = fs::remove_file(folder.join(format!("{SOCKET}.lock")));
    let _ = fs::remove_dir(folder);
    let _ = fs::remove_file(record);
}

/// Encodes a path for the query of a URL.
pub(super) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend([byte >> 4, byte & 0xf].map(|digit| {
                char::from_digit(u32::from(digit), 16)
                    .unwrap_or_default()
                    .to_ascii_uppercase()
            }));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_survives_odd_letters_in_a_path() {
        let encoded = percent_encoded("/tmp/a b&c%");
        let url = format!("postgres:///pulse?host={encoded}&user=postgres");
        let config: tokio_postgres::Config = url.parse().unwrap();

        assert_eq!(encoded, "/tmp/a%20b%26c%25");
        assert_eq!(
            config.get_hosts(),
            [tokio_postgres::config::Host::Unix(PathBuf::from(
                "/tmp/a b&c%"
            ))]
        );
        assert_eq!(config.get_dbname(), Some("pulse"));
    }
}
