//! The file of records: appended to, never edited, rewritten when it is mostly past.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use super::record::{self, Key, Record};

/// Below this length a journal is never rewritten.
const COMPACT_FROM: u64 = 1024 * 1024;
/// Kept on disk so that a full disk still takes the exit codes of running steps.
const RESERVE: u64 = 256 * 1024;

/// How sure a record must be before work goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Survives a killed process.
    Process,
    /// Survives a lost host.
    Host,
}

/// The open journal.
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    length: u64,
    /// Records that go with the next one.
    noted: Vec<u8>,
    compact_at: u64,
    has_reserve: bool,
    /// The disk has refused something, and must prove that it has room again.
    is_doubtful: bool,
}

impl Journal {
    /// Opens the journal of a state folder and reads what it says.
    pub(crate) fn open(folder: &Path) -> io::Result<(Self, Vec<Record>)> {
        let path = folder.join("journal");
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        let found = record::read(&bytes);
        if found.damaged > 0 {
            tracing::error!(
                places = found.damaged,
                "the journal is damaged; attempts that it cannot prove are reported as lost"
            );
        }
        let file = open(&path)?;
        let length = found.valid_length as u64;
        if length < bytes.len() as u64 {
            tracing::warn!(
                bytes = bytes.len() as u64 - length,
                "the journal ends in a torn record, which is dropped"
            );
            file.set_len(length)?;
        }
        let mut journal = Self {
            path,
            file,
            length,
            noted: Vec::new(),
            compact_at: COMPACT_FROM,
            has_reserve: false,
            is_doubtful: false,
        };
        journal.refill_reserve();
        Ok((journal, found.records))
    }

    /// Adds a record with the next one, or not at all if the process dies first: for what costs
    /// nothing but a repetition when it is lost.
    pub(crate) fn note(&mut self, record: &Record) {
        self.noted.extend(record.encode());
    }

    /// Adds a record.
    pub(crate) fn append(&mut self, record: &Record, durability: Durability) -> io::Result<()> {
        let mut bytes = std::mem::take(&mut self.noted);
        bytes.extend(record.encode());
        if let Err(error) = self.write(&bytes) {
            self.is_doubtful = true;
            if !matches!(record, Record::Exit { .. }) {
                return Err(error);
            }
            self.spend_reserve();
            self.write(&bytes)?;
        }
        if durability == Durability::Host {
            self.file.sync_data()?;
        }
        Ok(())
    }

    /// Makes everything written so far survive the loss of the host.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Whether there is room to promise that an exit code will be kept.
    pub(crate) fn is_ready(&mut self) -> bool {
        if self.is_doubtful {
            self.is_doubtful = !self.has_room();
        }
        if !self.has_reserve {
            self.refill_reserve();
        }
        self.has_reserve && !self.is_doubtful
    }

    /// The disk has refused something else.
    pub(crate) fn doubt(&mut self) {
        self.is_doubtful = true;
    }

    fn has_room(&self) -> bool {
        rustix::fs::fstatvfs(&self.file)
            .is_ok_and(|found| found.f_bavail.saturating_mul(found.f_frsize) >= 2 * RESERVE)
    }

    /// Whether it has grown so much that it should be rewritten.
    pub(crate) fn is_long(&self) -> bool {
        self.length >= self.compact_at
    }

    /// Rewrites the file with what is still of use.
    pub(crate) fn compact(&mut self, open: &BTreeSet<Key>, known: &[Key]) -> io::Result<()> {
        let mut bytes = Vec::new();
        for key in known {
            bytes.extend(Record::Acked { key: *key }.encode());
        }
        for record in record::read(&fs::read(&self.path)?).records {
            if open.contains(&record.key()) {
                bytes.extend(record.encode());
            }
        }
        let fresh = self.path.with_extension("new");
        let _ = fs::remove_file(&fresh);
        let mut file = self::open(&fresh)?;
        file.write_all(&bytes)?;
        file.sync_data()?;
        fs::rename(&fresh, &self.path)?;
        self.file = file;
        self.length = bytes.len() as u64;
        // Whatever was noted is among what is known.
        self.noted.clear();
        self.compact_at = COMPACT_FROM.max(self.length * 2);
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = self.file.write_all(bytes) {
            // Half a record would hide what follows until the next mark is found.
            let _ = self.file.set_len(self.length);
            return Err(error);
        }
        self.length += bytes.len() as u64;
        Ok(())
    }

    fn reserve_path(&self) -> PathBuf {
        self.path.with_extension("reserve")
    }

    fn spend_reserve(&mut self) {
        let _ = fs::remove_file(self.reserve_path());
        self.has_reserve = false;
    }

    fn refill_reserve(&mut self) {
        let filled = open(&self.reserve_path()).and_then(|file| {
            rustix::fs::fallocate(&file, rustix::fs::FallocateFlags::empty(), 0, RESERVE)
                .map_err(io::Error::from)
        });
        self.has_reserve = match filled {
            Ok(()) => true,
            // A file system that cannot reserve is taken at its word when it writes.
            Err(error) => error.raw_os_error() == Some(rustix::io::Errno::OPNOTSUPP.raw_os_error()),
        };
    }
}

impl Drop for Journal {
    /// What goes with a next record that never comes.
    fn drop(&mut self) {
        let noted = std::mem::take(&mut self.noted);
        // Lost, it is only said again.
        let _ = self.write(&noted);
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
}
