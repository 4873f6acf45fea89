//! The output of one attempt between its pipes and the server.
//!
//! Small output stays in memory. More goes to a file, which is the queue: a slow
//! link never holds up a step. Of a flood the beginning and the end are kept.

use std::{
    collections::VecDeque,
    io,
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use pulse_api::{OUTPUT_CHUNK_LIMIT, OUTPUT_KEPT_EACH_END, status::Stream};
use sha2::{Digest as _, Sha256};

pub(crate) use super::chunk_file::Chunk;
use super::{chunk_file::ChunkFile, record::KeptChunk, ring::Ring};

/// How much of an attempt's output may wait in memory.
const MEMORY_LIMIT: usize = 64 * 1024;
/// How much may be on its way to the server without an acknowledgement.
const WINDOW: usize = 1024 * 1024;

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
    file: Option<ChunkFile>,
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
        spool.file = ChunkFile::open(&spool.path).ok();
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

    /// What is left of the output of an attempt that was cut off.
    pub(crate) fn salvage(folder: &Path, stem: &str) -> Self {
        let mut spool = Self::restore(folder, stem, Vec::new());
        spool.last_seq = spool.file.as_mut().map_or(0, ChunkFile::repair);
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

    /// Puts the end of a flood behind its beginning.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.ring.take().map_or(Ok(()), |ring| self.take_over(ring))
    }

    /// What is to be said about the whole output.
    pub(crate) fn summary(&self) -> Summary {
        let sha256 = (self.total > 0).then(|| hex(&self.hasher.clone().finalize()));
        Summary {
            last_seq: self.last_seq,
            bytes: self.total,
            sha256,
        }
    }

    pub(crate) fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// The next piece to send, unless too much is on its way.
    pub(crate) fn next(&mut self) -> io::Result<Option<Chunk>> {
        if self.sent_bytes >= WINDOW {
            return Ok(None);
        }
        let at = self.read_at;
        if let Some(file) = self.file.as_ref().filter(|file| at < file.length()) {
            // What lies behind damage cannot be told apart and is given up.
            self.read_at = file.length();
            let chunk = file.read(at)?;
            self.read_at = at + chunk.stored_length();
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
        self.read_at >= self.stored()
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
        self.file.as_ref().map_or(Ok(()), ChunkFile::sync)
    }

    /// Removes what is on disk.
    pub(crate) fn remove(self) {
        if let Some(file) = self.file {
            file.remove();
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
        if let Some(file) = &mut self.file {
            return file.append(&chunk);
        }
        if self.memory_bytes + chunk.data.len() <= MEMORY_LIMIT {
            self.memory_bytes += chunk.data.len();
            self.memory.push_back(chunk);
            return Ok(());
        }
        let mut file = ChunkFile::create(&self.path)?;
        self.spill(&mut file)?;
        let kept = file.append(&chunk);
        self.file = Some(file);
        kept
    }

    /// Moves what waits in memory to the file, in front of what follows.
    fn spill(&mut self, file: &mut ChunkFile) -> io::Result<()> {
        for chunk in &self.memory {
            let at = file.length();
            file.append(chunk)?;
            if chunk.seq <= self.last_sent {
                self.read_at = file.length();
                if let Some(sent) = self.sent.iter_mut().find(|sent| sent.seq == chunk.seq) {
                    sent.at = at;
                }
            }
        }
        self.memory.clear();
        self.memory_bytes = 0;
        Ok(())
    }

    /// How much of it is kept here, on disk and in memory.
    pub(crate) fn kept_bytes(&self) -> u64 {
        self.stored() + self.memory_bytes as u64
    }

    fn stored(&self) -> u64 {
        self.file.as_ref().map_or(0, ChunkFile::length)
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
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
