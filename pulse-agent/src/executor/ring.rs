//! The last bytes of a flood: a file that overwrites itself, and what is where in it.

use std::{
    collections::VecDeque,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::{FileExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use pulse_api::status::Stream;

/// Beyond this many changes between stdout and stderr the oldest bytes are given up early.
const SEGMENTS_LIMIT: usize = 65_536;

/// A run of bytes of one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) offset: u64,
    pub(crate) length: u64,
    pub(crate) stream: Stream,
}

/// The last `capacity` bytes of what was written.
pub(crate) struct Ring {
    path: PathBuf,
    file: File,
    capacity: u64,
    end: u64,
    segments: VecDeque<Segment>,
}

impl Ring {
    /// Makes an empty ring whose first byte has this offset.
    pub(crate) fn create(path: &Path, capacity: u64, offset: u64) -> io::Result<Self> {
        let _ = fs::remove_file(path);
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            capacity,
            end: offset,
            segments: VecDeque::new(),
        })
    }

    /// Adds bytes, in place of the oldest.
    pub(crate) fn write(&mut self, stream: Stream, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            let at = self.end % self.capacity;
            let room = usize::try_from(self.capacity - at).unwrap_or(usize::MAX);
            let (now, later) = rest.split_at(rest.len().min(room));
            self.file.write_all_at(now, at)?;
            self.extend(stream, now.len() as u64);
            rest = later;
        }
        self.trim();
        Ok(())
    }

    /// What is kept, oldest first.
    pub(crate) fn segments(&self) -> impl Iterator<Item = Segment> {
        self.segments.iter().copied()
    }

    /// Reads bytes that are still kept.
    pub(crate) fn read(&self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        let at = offset % self.capacity;
        let room = usize::try_from(self.capacity - at)
            .unwrap_or(usize::MAX)
            .min(length);
        self.file.read_exact_at(&mut bytes[..room], at)?;
        self.file.read_exact_at(&mut bytes[room..], 0)?;
        Ok(bytes)
    }

    /// Removes the file.
    pub(crate) fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }

    fn extend(&mut self, stream: Stream, length: u64) {
        match self.segments.back_mut() {
            Some(last) if last.stream == stream => last.length += length,
            Some(_) | None => self.segments.push_back(Segment {
                offset: self.end,
                length,
                stream,
            }),
        }
        self.end += length;
    }

    fn trim(&mut self) {
        let begin = self.end.saturating_sub(self.capacity);
        while self.segments.len() > SEGMENTS_LIMIT {
            self.segments.pop_front();
        }
        while let Some(first) = self.segments.front_mut() {
            let gone = begin.saturating_sub(first.offset);
            if gone < first.length {
                first.offset += gone;
                first.length -= gone;
                return;
            }
            self.segments.pop_front();
        }
    }
}
