//! The output of one attempt between its pipes and the server.
//!
//! Small output stays in memory. More goes to a file, which is the queue: a slow
//! link never holds up a step. Of a flood the beginning and the end are kept.

use std::{
    collections::VecDeque,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::{FileExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use pulse_api::{OUTPUT_CHUNK_LIMIT, OUTPUT_KEPT_EACH_END, status::Stream};
use sha2::{Digest as _, Sha256};

use super::{record::KeptChunk, ring::Ring};

/// How much of an attempt's output may wait in memory.
const MEMORY_LIMIT: usize = 64 * 1024;
/// How much may be on its way to the server without an acknowledgement.
const WINDOW: usize = 1024 * 1024;
const HEADER: usize = 25;

/// A numbered piece of output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) seq: u64,
    pub(crate) offset: u64,
    pub(crate) stream: Stream,
    pub(crate) data: Bytes,
}

/// What is said about the whole output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) last_seq: u64,
    pub(crate) bytes: u64,
    /// Absent without output.
    pub sha256: Option<String>,
}

struct Sent {
    seq: u64,
    length: usize,
    /// Where the piece is in the file.
    at: u64,
}

/// The output of one attempt.
pub(crate) struct Spool {
    path: PathBuf,
    memory: VecDeque<Chunk>,
    memory_bytes: usize,
    file: Option<File>,
    file_length: u64,
    read_at: u64,
    ring: Option<Ring>,
    sent: VecDeque<Sent>,
    sent_bytes: usize,
    last_seq: u64,
    last_sent: u64,
    total: u64,
    hasher: Sha256,
    is_broken: bool,
}

impl Spool {
    /// An empty spool; nothing is created on disk yet.
    pub(crate) fn new(folder: &Path, stem: &str) -> Self {
        Self {
            path: folder.join(stem),
            memory: VecDeque::new(),
            memory_bytes: 0,
            file: None,
            file_length: 0,
            read_at: 0,
            ring: None,
            sent: VecDeque::new(),
            sent_bytes: 0,
            last_seq: 0,
            last_sent: 0,
            total: 0,
            hasher: Sha256::new(),
            is_broken: false,
        }
    }

    /// The spool of an attempt that ended before this executor was started.
    pub(crate) fn restore(folder: &Path, stem: &str, kept: Vec<KeptChunk>) -> Self {
        let mut spool = Self::new(folder, stem);
        if let Ok(file) = open(&spool.path, OpenMode::Existing) {
            spool.file_length = file.metadata().map_or(0, |about| about.len());
            spool.file = Some(file);
        }
        for chunk in kept {
            if let Ok(data) = STANDARD.decode(&chunk.data) {
                spool.memory.push_back(Chunk {
                    seq: chunk.seq,
                    offset: chunk.offset,
                    stream: chunk.stream,
                    data: data.into(),
                });
            }
        }
        spool
    }

    /// Takes output in the order of its capture.
    ///
    /// A disk that refuses costs bytes, never the step: they are still counted.
    pub(crate) fn append(&mut self, stream: Stream, data: &Bytes) -> io::Result<()> {
        let offset = self.total;
        self.hasher.update(data);
        self.total += data.len() as u64;
        if self.is_broken {
            return Ok(());
        }
        let room = OUTPUT_KEPT_EACH_END.saturating_sub(offset);
        let split = data.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        let stored = self
            .store(stream, offset, data.slice(..split))
            .and_then(|()| {
                let tail = &data[split..];
                self.store_tail(stream, offset + split as u64, tail)
            });
        if stored.is_err() {
            self.is_broken = true;
        }
        stored
    }

    /// Puts the end of a flood behind its beginning, and sums up.
    pub(crate) fn finish(&mut self) -> io::Result<Summary> {
        let moved = self.ring.take().map_or(Ok(()), |ring| self.take_over(ring));
        let sha256 = (self.total > 0).then(|| hex(&self.hasher.clone().finalize()));
        let summary = Summary {
            last_seq: self.last_seq,
            bytes: self.total,
            sha256,
        };
        moved.map(|()| summary)
    }

    /// What has been counted, when `finish` could not move everything.
    pub(crate) fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// The next piece to send, unless too much is on its way.
    pub(crate) fn next(&mut self) -> io::Result<Option<Chunk>> {
        if self.sent_bytes >= WINDOW {
            return Ok(None);
        }
        if self.file.is_some() && self.read_at < self.file_length {
            let at = self.read_at;
            // What lies behind damage cannot be told apart and is given up.
            self.read_at = self.file_length;
            let chunk = self.read(at)?;
            self.read_at = at + (HEADER + chunk.data.len()) as u64;
            self.mark_sent(&chunk, at);
            return Ok(Some(chunk));
        }
        let chunk = self
            .memory
            .iter()
            .find(|chunk| chunk.seq > self.last_sent)
            .cloned();
        if let Some(chunk) = &chunk {
            self.mark_sent(chunk, 0);
        }
        Ok(chunk)
    }

    /// Whether every piece has been handed out.
    pub(crate) fn is_drained(&self) -> bool {
        self.read_at >= self.file_length
            && self
                .memory
                .back()
                .is_none_or(|chunk| chunk.seq <= self.last_sent)
    }

    /// Forgets what the server has stored.
    pub(crate) fn ack(&mut self, seq: u64) {
        while let Some(sent) = self.sent.pop_front_if(|sent| sent.seq <= seq) {
            self.sent_bytes -= sent.length;
        }
        while let Some(chunk) = self.memory.pop_front_if(|chunk| chunk.seq <= seq) {
            self.memory_bytes = self.memory_bytes.saturating_sub(chunk.data.len());
        }
    }

    /// Starts again behind what the server has acknowledged.
    pub(crate) fn rewind(&mut self) {
        if let Some(first) = self.sent.front() {
            self.last_sent = first.seq - 1;
            if self.file.is_some() {
                self.read_at = first.at;
            }
        }
        self.sent.clear();
        self.sent_bytes = 0;
    }

    /// What only memory holds, in the form that the journal keeps.
    pub(crate) fn kept_in_memory(&self) -> Vec<KeptChunk> {
        let keep = |chunk: &Chunk| KeptChunk {
            seq: chunk.seq,
            offset: chunk.offset,
            stream: chunk.stream,
            data: STANDARD.encode(&chunk.data),
        };
        self.memory.iter().map(keep).collect()
    }

    /// Makes the file survive the loss of the host.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), File::sync_data)
    }

    /// Removes what is on disk.
    pub(crate) fn remove(self) {
        if self.file.is_some() {
            let _ = fs::remove_file(&self.path);
        }
        if let Some(ring) = self.ring {
            ring.remove();
        }
    }

    fn store(&mut self, stream: Stream, offset: u64, data: Bytes) -> io::Result<()> {
        let mut rest = data;
        let mut offset = offset;
        while !rest.is_empty() {
            let data = rest.split_to(rest.len().min(OUTPUT_CHUNK_LIMIT));
            let length = data.len();
            let chunk = Chunk {
                seq: self.last_seq + 1,
                offset,
                stream,
                data,
            };
            self.keep(chunk)?;
            self.last_seq += 1;
            offset += length as u64;
        }
        Ok(())
    }

    fn keep(&mut self, chunk: Chunk) -> io::Result<()> {
        if self.file.is_some() {
            return self.write(&chunk);
        }
        if self.memory_bytes + chunk.data.len() <= MEMORY_LIMIT {
            self.memory_bytes += chunk.data.len();
            self.memory.push_back(chunk);
            return Ok(());
        }
        self.file = Some(open(&self.path, OpenMode::Fresh)?);
        self.spill()?;
        self.write(&chunk)
    }

    /// Moves what waits in memory to the file, in front of what follows.
    fn spill(&mut self) -> io::Result<()> {
        let memory = std::mem::take(&mut self.memory);
        self.memory_bytes = 0;
        for chunk in memory {
            let at = self.file_length;
            self.write(&chunk)?;
            if chunk.seq <= self.last_sent {
                self.read_at = self.file_length;
                if let Some(sent) = self.sent.iter_mut().find(|sent| sent.seq == chunk.seq) {
                    sent.at = at;
                }
            }
        }
        Ok(())
    }

    fn store_tail(&mut self, stream: Stream, offset: u64, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        if self.ring.is_none() {
            let path = self.path.with_extension("tail");
            self.ring = Some(Ring::create(&path, OUTPUT_KEPT_EACH_END, offset)?);
        }
        self.ring
            .as_mut()
            .map_or(Ok(()), |ring| ring.write(stream, bytes))
    }

    fn take_over(&mut self, ring: Ring) -> io::Result<()> {
        let limit = OUTPUT_CHUNK_LIMIT as u64;
        for segment in ring.segments() {
            let mut done = 0;
            while done < segment.length {
                let length = limit.min(segment.length - done);
                let offset = segment.offset + done;
                let data = ring.read(
                    offset,
                    usize::try_from(length).unwrap_or(OUTPUT_CHUNK_LIMIT),
                )?;
                self.store(segment.stream, offset, data.into())?;
                done += length;
            }
        }
        ring.remove();
        Ok(())
    }

    fn mark_sent(&mut self, chunk: &Chunk, at: u64) {
        self.last_sent = chunk.seq;
        self.sent_bytes += chunk.data.len();
        self.sent.push_back(Sent {
            seq: chunk.seq,
            length: chunk.data.len(),
            at,
        });
    }

    fn write(&mut self, chunk: &Chunk) -> io::Result<()> {
        let Some(file) = &self.file else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut bytes = Vec::with_capacity(HEADER + chunk.data.len());
        bytes.extend(chunk.seq.to_le_bytes());
        bytes.extend(chunk.offset.to_le_bytes());
        bytes.push(u8::from(chunk.stream == Stream::Stderr));
        let length = u32::try_from(chunk.data.len()).unwrap_or(u32::MAX);
        bytes.extend(length.to_le_bytes());
        bytes.extend(crc32fast::hash(&chunk.data).to_le_bytes());
        bytes.extend_from_slice(&chunk.data);
        file.write_all_at(&bytes, self.file_length)?;
        self.file_length += bytes.len() as u64;
        Ok(())
    }

    fn read(&self, at: u64) -> io::Result<Chunk> {
        let Some(file) = &self.file else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let mut header = [0; HEADER];
        file.read_exact_at(&mut header, at)?;
        let long = |from: usize| {
            let mut bytes = [0; 8];
            bytes.copy_from_slice(&header[from..from + 8]);
            u64::from_le_bytes(bytes)
        };
        let short = |from: usize| {
            let mut bytes = [0; 4];
            bytes.copy_from_slice(&header[from..from + 4]);
            u32::from_le_bytes(bytes)
        };
        let length = usize::try_from(short(17)).unwrap_or(usize::MAX);
        if length > OUTPUT_CHUNK_LIMIT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut data = vec![0; length];
        file.read_exact_at(&mut data, at + HEADER as u64)?;
        if crc32fast::hash(&data) != short(21) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(Chunk {
            seq: long(0),
            offset: long(8),
            stream: if header[16] == 0 {
                Stream::Stdout
            } else {
                Stream::Stderr
            },
            data: data.into(),
        })
    }
}

#[derive(Clone, Copy)]
enum OpenMode {
    Fresh,
    Existing,
}

fn open(path: &Path, mode: OpenMode) -> io::Result<File> {
    let is_fresh = matches!(mode, OpenMode::Fresh);
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(is_fresh)
        .truncate(is_fresh)
        .mode(0o600)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
