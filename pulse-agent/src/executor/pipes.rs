//! Reads both outputs of a process at once and hands them on in sensible pieces.

use std::{collections::VecDeque, io, time::Duration};

use bytes::{Bytes, BytesMut};
use pulse_api::{OUTPUT_CHUNK_LIMIT, status::Stream};
use tokio::{net::unix::pipe::Receiver, time::Instant};

/// How long small pieces may be held back to become one.
const COALESCE: Duration = Duration::from_millis(20);
const FIRST_READ: usize = 4 * 1024;

/// The two outputs of a process.
pub(crate) struct Pipes {
    stdout: Option<Receiver>,
    stderr: Option<Receiver>,
    /// What was read last and may still grow.
    pending: BytesMut,
    pending_stream: Stream,
    flush_at: Option<Instant>,
    ready: VecDeque<(Stream, Bytes)>,
    read_size: usize,
}

impl Pipes {
    /// Takes over both pipes.
    pub(crate) fn new(stdout: Option<Receiver>, stderr: Option<Receiver>) -> Self {
        Self {
            stdout,
            stderr,
            pending: BytesMut::new(),
            pending_stream: Stream::Stdout,
            flush_at: None,
            ready: VecDeque::new(),
            read_size: FIRST_READ,
        }
    }

    /// Whether both pipes are closed and everything was handed on.
    pub(crate) fn is_done(&self) -> bool {
        self.is_closed() && self.pending.is_empty() && self.ready.is_empty()
    }

    /// The next piece; `None` when there will be no more. May be dropped and called again.
    pub(crate) async fn next(&mut self) -> Option<(Stream, Bytes)> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(piece);
            }
            if self.is_closed() {
                self.flush();
                return self.ready.pop_front();
            }
            let flush_at = self.flush_at;
            tokio::select! {
                biased;
                () = at(flush_at) => self.flush(),
                () = readable(self.stdout.as_ref()) => self.read(Stream::Stdout),
                () = readable(self.stderr.as_ref()) => self.read(Stream::Stderr),
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.stdout.is_none() && self.stderr.is_none()
    }

    fn read(&mut self, stream: Stream) {
        if stream != self.pending_stream {
            self.flush();
            self.pending_stream = stream;
        }
        let room = OUTPUT_CHUNK_LIMIT - self.pending.len();
        let size = self.read_size.min(room);
        let had = self.pending.len();
        let pipe = match stream {
            Stream::Stdout => &mut self.stdout,
            Stream::Stderr => &mut self.stderr,
        };
        let Some(open) = pipe else { return };
        self.pending.resize(had + size, 0);
        let read = open.try_read(&mut self.pending[had..]);
        let count = read.as_ref().copied().unwrap_or(0);
        self.pending.truncate(had + count);
        match read {
            Ok(0) => *pipe = None,
            Ok(_) => self.grew(count, size),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(_) => *pipe = None,
        }
    }

    fn grew(&mut self, count: usize, asked: usize) {
        if count == asked {
            self.read_size = OUTPUT_CHUNK_LIMIT;
        }
        if self.pending.len() >= OUTPUT_CHUNK_LIMIT {
            self.flush();
        } else if self.flush_at.is_none() {
            self.flush_at = Some(Instant::now() + COALESCE);
        }
    }

    fn flush(&mut self) {
        self.flush_at = None;
        if !self.pending.is_empty() {
            let piece = std::mem::take(&mut self.pending).freeze();
            self.ready.push_back((self.pending_stream, piece));
        }
    }
}

async fn readable(pipe: Option<&Receiver>) {
    match pipe {
        Some(pipe) => {
            // An error shows again when the pipe is read.
            let _ = pipe.readable().await;
        }
        None => std::future::pending().await,
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
