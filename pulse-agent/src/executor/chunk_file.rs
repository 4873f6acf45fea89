//! Pieces of output one after the other in a file, each with its checksum.

use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::{FileExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use pulse_api::{OUTPUT_CHUNK_LIMIT, status::Stream};

const HEADER: usize = 25;

/// A numbered piece of output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub(crate) seq: u64,
    pub(crate) offset: u64,
    pub(crate) stream: Stream,
    pub(crate) data: Bytes,
}

impl Chunk {
    /// How many bytes it takes in a file.
    pub(crate) fn stored_length(&self) -> u64 {
        (HEADER + self.data.len()) as u64
    }
}

/// A file of pieces.
pub(crate) struct ChunkFile {
    path: PathBuf,
    file: File,
    length: u64,
}

impl ChunkFile {
    /// Makes an empty file.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        Self::with(path, OpenOptions::new().create(true).truncate(true))
    }

    /// Opens what an earlier executor wrote.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut file = Self::with(path, &mut OpenOptions::new())?;
        file.length = file.file.metadata()?.len();
        Ok(file)
    }

    fn with(path: &Path, options: &mut OpenOptions) -> io::Result<Self> {
        let file = options
            .read(true)
            .write(true)
            .mode(0o600)
            .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
            .open(path)?;
        Ok(Self {
            path: path.to_owned(),
            file,
            length: 0,
        })
    }

    /// Where the next piece will be.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Leaves out what follows the last whole piece, whose number is returned.
    pub(crate) fn repair(&mut self) -> u64 {
        let (mut at, mut last_seq) = (0, 0);
        while at < self.length
            && let Ok(chunk) = self.read(at)
        {
            at += chunk.stored_length();
            last_seq = chunk.seq;
        }
        self.length = at;
        last_seq
    }

    /// Adds a piece.
    pub(crate) fn append(&mut self, chunk: &Chunk) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(HEADER + chunk.data.len());
        bytes.extend(chunk.seq.to_le_bytes());
        bytes.extend(chunk.offset.to_le_bytes());
        bytes.push(u8::from(chunk.stream == Stream::Stderr));
        let length = u32::try_from(chunk.data.len()).unwrap_or(u32::MAX);
        bytes.extend(length.to_le_bytes());
        bytes.extend(crc32fast::hash(&chunk.data).to_le_bytes());
        bytes.extend_from_slice(&chunk.data);
        self.file.write_all_at(&bytes, self.length)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Reads the piece that begins here.
    pub(crate) fn read(&self, at: u64) -> io::Result<Chunk> {
        let mut header = [0; HEADER];
        self.file.read_exact_at(&mut header, at)?;
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
        self.file.read_exact_at(&mut data, at + HEADER as u64)?;
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

    /// Makes the file survive the loss of the host.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_data()
    }

    /// Removes the file.
    pub(crate) fn remove(self) {
        let _ = fs::remove_file(&self.path);
    }
}
