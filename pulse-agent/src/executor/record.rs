//! What the journal says about an attempt, and how it stands on disk.
//!
//! A record is a mark, a length, a CRC-32 and JSON. Reading stops at nothing:
//! past damage it looks for the next mark, because a lost START would let an
//! attempt run twice.

use std::collections::BTreeMap;

use pulse_api::{
    ExecutionId, Fence, JobId, WorkerId,
    frames::{Claim, CommandResult},
    status::Stream,
};
use serde::{Deserialize, Serialize};

const MARK: [u8; 4] = [0xa5, b'P', b'J', 1];
const HEADER: usize = 12;

/// One attempt of one job, whatever its fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) job_id: JobId,
    pub(crate) attempt: u32,
}

impl Key {
    /// The attempt under one fence.
    pub(crate) fn under(self, fence: Fence) -> Claim {
        Claim {
            job_id: self.job_id,
            attempt: self.attempt,
            fence,
        }
    }

    /// What the attempt's files are called.
    pub(crate) fn file_stem(self) -> String {
        format!("{}-{}", self.job_id, self.attempt)
    }
}

impl From<Claim> for Key {
    fn from(claim: Claim) -> Self {
        Self {
            job_id: claim.job_id,
            attempt: claim.attempt,
        }
    }
}

/// Who asked for an attempt, as its result must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Origin {
    pub(crate) execution_id: ExecutionId,
    pub(crate) worker_id: WorkerId,
}

/// A piece of output that was not on its way to the server when its attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptChunk {
    pub(crate) seq: u64,
    pub(crate) offset: u64,
    pub(crate) stream: Stream,
    pub(crate) data: String,
}

/// One fact about an attempt.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(crate) enum Record {
    /// Written before the process exists.
    Start {
        #[serde(flatten)]
        key: Key,
        fence: Fence,
        origin: Origin,
        boot_id: String,
    },
    /// The process exists.
    Process {
        #[serde(flatten)]
        key: Key,
        pid: i32,
        start_ticks: u64,
    },
    /// The server has offered the attempt again under another fence.
    Fenced {
        #[serde(flatten)]
        key: Key,
        fence: Fence,
    },
    /// The attempt is over; output that had not left memory comes along.
    Exit {
        #[serde(flatten)]
        key: Key,
        result: Box<CommandResult>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        output: Vec<KeptChunk>,
    },
    /// The server has the result.
    Acked {
        #[serde(flatten)]
        key: Key,
    },
}

impl Record {
    /// Which attempt the record is about.
    pub(crate) fn key(&self) -> Key {
        match self {
            Self::Start { key, .. }
            | Self::Process { key, .. }
            | Self::Fenced { key, .. }
            | Self::Exit { key, .. }
            | Self::Acked { key } => *key,
        }
    }

    /// The bytes that stand for the record on disk.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![0; HEADER];
        serde_json::to_writer(&mut bytes, self).expect("these types have string keys only");
        let length = u32::try_from(bytes.len() - HEADER).expect("a record is far below 4 GiB");
        let checksum = crc32fast::hash(&bytes[HEADER..]);
        bytes[..4].copy_from_slice(&MARK);
        bytes[4..8].copy_from_slice(&length.to_le_bytes());
        bytes[8..HEADER].copy_from_slice(&checksum.to_le_bytes());
        bytes
    }
}

/// What reading a journal found.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) records: Vec<Record>,
    /// Where the last whole record ends.
    pub(crate) valid_length: usize,
    /// How many damaged places were skipped in front of it.
    pub(crate) damaged: usize,
}

/// Reads every whole record of a journal.
pub(crate) fn read(bytes: &[u8]) -> Read {
    let mut found = Read::default();
    let mut at = 0;
    let mut is_damaged = false;
    while at < bytes.len() {
        if let Some((record, length)) = decode(&bytes[at..]) {
            at += length;
            found.damaged += usize::from(is_damaged);
            found.valid_length = at;
            found.records.push(record);
            is_damaged = false;
        } else {
            at += 1;
            is_damaged = true;
        }
    }
    found
}

fn decode(bytes: &[u8]) -> Option<(Record, usize)> {
    let header = bytes.get(..HEADER)?;
    if header[..4] != MARK {
        return None;
    }
    let number =
        |range: std::ops::Range<usize>| header[range].try_into().ok().map(u32::from_le_bytes);
    let length = usize::try_from(number(4..8)?).ok()?;
    let body = bytes.get(HEADER..HEADER.checked_add(length)?)?;
    if crc32fast::hash(body) != number(8..HEADER)? {
        return None;
    }
    let record = serde_json::from_slice(body).ok()?;
    Some((record, HEADER + length))
}

/// What the journal can prove about one attempt.
#[derive(Debug, Clone)]
pub(crate) struct Proven {
    pub(crate) fence: Fence,
    pub(crate) origin: Option<Origin>,
    pub(crate) boot_id: String,
    pub(crate) process: Option<(i32, u64)>,
    pub(crate) exit: Option<(Box<CommandResult>, Vec<KeptChunk>)>,
    pub(crate) is_acked: bool,
}

/// Puts the records of each attempt together.
pub(crate) fn replay(records: Vec<Record>) -> BTreeMap<Key, Proven> {
    let mut attempts: BTreeMap<Key, Proven> = BTreeMap::new();
    for record in records {
        let proven = attempts.entry(record.key()).or_insert_with(|| Proven {
            fence: Fence(0),
            origin: None,
            boot_id: String::new(),
            process: None,
            exit: None,
            is_acked: false,
        });
        match record {
            Record::Start {
                fence,
                origin,
                boot_id,
                ..
            } => {
                proven.fence = fence;
                proven.origin = Some(origin);
                proven.boot_id = boot_id;
            }
            Record::Process {
                pid, start_ticks, ..
            } => proven.process = Some((pid, start_ticks)),
            Record::Fenced { fence, .. } => proven.fence = fence,
            Record::Exit { result, output, .. } => proven.exit = Some((result, output)),
            Record::Acked { .. } => proven.is_acked = true,
        }
    }
    attempts
}
