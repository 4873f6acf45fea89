//! The state folder: who may look inside, its locks, and files that must not be half-written.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, Write as _},
    os::{
        fd::AsRawFd as _,
        unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    },
    path::{Path, PathBuf},
};

use rustix::fs::{FlockOperation, OFlags};

use crate::credential::Credential;

/// The agent's state folder.
#[derive(Debug, Clone)]
pub(crate) struct State {
    path: PathBuf,
}

const SOCKET: &str = "executor.sock";
/// The kernel takes 108 bytes, a zero among them.
const SOCKET_PATH_LIMIT: usize = 107;

/// The path of a unix socket, which is short even in a deep folder.
#[derive(Debug)]
pub(crate) struct SocketPath {
    path: PathBuf,
    /// The short way leads through this open folder.
    _folder: Option<File>,
}

impl SocketPath {
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// A lock that is held until it is dropped, or its process is gone.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Why a lock was not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockError {
    #[error("another process holds the lock")]
    Held,
    #[error("the lock file cannot be used")]
    Io(#[from] io::Error),
}

impl State {
    /// Opens the folder, making it if need be, for its owner alone.
    ///
    /// A folder that was there is closed to others only when it is the agent's own: somebody
    /// may have named one that others live in. Every file inside is closed by itself.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        let path = path.canonicalize()?;
        let is_open = fs::metadata(&path)?.permissions().mode() & 0o077 != 0;
        if is_open && is_ours(&path)? {
            fs::set_permissions(&path, fs::Permissions::from_mode(0o700))?;
        }
        Ok(Self { path })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes a folder inside.
    pub(crate) fn folder(&self, name: &str) -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(self.path.join(name))
    }

    /// Where the executor listens.
    pub(crate) fn socket(&self) -> io::Result<SocketPath> {
        let path = self.path.join(SOCKET);
        if path.as_os_str().len() <= SOCKET_PATH_LIMIT {
            return Ok(SocketPath {
                path,
                _folder: None,
            });
        }
        let folder = File::open(&self.path)?;
        let path = PathBuf::from(format!("/proc/self/fd/{}/{SOCKET}", folder.as_raw_fd()));
        Ok(SocketPath {
            path,
            _folder: Some(folder),
        })
    }

    /// Takes a lock, or says that another process has it.
    pub(crate) fn lock(&self, name: &str) -> Result<Lock, LockError> {
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .truncate(false)
            .mode(0o600)
            .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
            .open(self.path.join(name))?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Lock { _file: file }),
            Err(rustix::io::Errno::WOULDBLOCK) => Err(LockError::Held),
            Err(error) => Err(LockError::Io(error.into())),
        }
    }

    /// The stored credential, if this host is enrolled.
    pub(crate) fn credential(&self) -> io::Result<Option<Credential>> {
        match fs::read(self.credential_path()) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn credential_path(&self) -> PathBuf {
        self.path.join("credential.json")
    }

    pub(crate) fn store_credential(&self, credential: &Credential) -> io::Result<()> {
        let bytes = serde_json::to_vec_pretty(credential)?;
        self.replace("credential.json", &bytes)
    }

    /// The key that makes a repeated enrolment the same enrolment, made on first use.
    pub(crate) fn enrollment_key(&self) -> io::Result<String> {
        let path = self.path.join("enrollment.key");
        match fs::read_to_string(&path) {
            Ok(key) if key.len() == 64 => return Ok(key),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        let key = bytes.iter().fold(String::new(), |mut text, byte| {
            use std::fmt::Write as _;
            let _ = write!(text, "{byte:02x}");
            text
        });
        self.replace("enrollment.key", key.as_bytes())?;
        Ok(key)
    }

    /// Removes a file; that it is gone already is no failure.
    pub(crate) fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.path.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Puts a file in place whole, or not at all.
    fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let fresh = self.path.join(format!("{name}.new"));
        let _ = fs::remove_file(&fresh);
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
            .open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, self.path.join(name))?;
        File::open(&self.path)?.sync_all()
    }
}

/// Whether nothing but an agent's state is inside.
fn is_ours(folder: &Path) -> io::Result<bool> {
    let mut is_empty = true;
    for entry in fs::read_dir(folder)? {
        is_empty = false;
        let name = entry?.file_name();
        if ["credential.json", "enrollment.key", "journal", "link.lock"]
            .iter()
            .any(|own| name == *own)
        {
            return Ok(true);
        }
    }
    Ok(is_empty)
}
