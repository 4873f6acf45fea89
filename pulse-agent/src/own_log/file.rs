//! Writing lines into two files at most, of which the older one goes when the newer is full.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use pulse_api::{agent_log::LogLine, status::AgentPart};
use rustix::fs::OFlags;

use super::found;
use crate::clock;

/// How long a file may become, in bytes.
pub(super) const LIMIT: u64 = 512 * 1024;

/// The files of one process, which alone writes them.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
    part: AgentPart,
    /// Where the newest begins in all that was ever logged.
    start: u64,
    file: File,
    length: u64,
    /// Whether the last line may not be whole: nothing may continue it.
    is_torn: bool,
}

impl Files {
    /// Goes on where the process before this one has ended.
    pub(super) fn open(folder: &Path, part: AgentPart) -> io::Result<Self> {
        // A log that begins anew in an emptied folder does not count as the one that was there: its places lie
        // behind all of that one, which never grew by a byte in each microsecond.
        let start = found(folder, part)?.pop().map_or_else(
            || u64::try_from(clock::wall().as_microsecond()).unwrap_or(0),
            |(start, _)| start,
        );
        let mut file = open(folder, part, start)?;
        let length = file.metadata()?.len();
        let files = Self {
            folder: folder.to_owned(),
            part,
            start,
            is_torn: !ends_a_line(&mut file, length)?,
            file,
            length,
        };
        files.remove_older();
        Ok(files)
    }

    /// Writes a line. One that cannot be written is lost here, and only here.
    pub(super) fn write(&mut self, line: &LogLine) {
        if self.length >= LIMIT {
            self.begin_next();
        }
        let torn = if self.is_torn { "\n" } else { "" };
        let text = format!("{torn}{} {} {}\n", line.at, line.level, line.text);
        self.is_torn = self.file.write_all(text.as_bytes()).is_err();
        self.length = if self.is_torn {
            self.file
                .metadata()
                .map_or(self.length, |about| about.len())
        } else {
            self.length + text.len() as u64
        };
    }

    fn begin_next(&mut self) {
        let start = self.start + self.length;
        // Where there is no next one, this one goes on.
        if let Ok(file) = open(&self.folder, self.part, start) {
            (self.file, self.start, self.length) = (file, start, 0);
            self.is_torn = false;
            self.remove_older();
        }
    }

    /// Leaves the newest file and the one before it.
    fn remove_older(&self) {
        let files = found(&self.folder, self.part).unwrap_or_default();
        for (_, path) in files.iter().rev().skip(2) {
            // It is tried again with the next file.
            let _ = fs::remove_file(path);
        }
    }
}

fn open(folder: &Path, part: AgentPart, start: u64) -> io::Result<File> {
    OpenOptions::new()
        .create(true)
        .read(true)
        .append(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(folder.join(format!("{part}.{start}")))
}

fn ends_a_line(file: &mut File, length: u64) -> io::Result<bool> {
    if length == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::Start(length - 1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
