//! Reading agents' frames: what is too large, malformed or impossible closes the socket.

use std::{collections::BTreeMap, sync::Arc};

use base64::Engine;
use pulse_api::{
    OUTPUT_CHUNK_LIMIT,
    agent_log::{ANSWER_LINES, CURSOR_BYTES, LINE_BYTES, LogSaid},
    frames::{CommandResult, Describe, FromAgent, Output, WorkerConnect},
    probe::CheckOutcome,
    status::CheckResult,
};

use crate::model::{
    entry::Piece,
    worker::{checked_blocks, checked_capabilities},
};

/// The furthest that a job's output may reach, in bytes: far beyond what any job writes.
const LARGEST: u64 = 1 << 48;
/// The most pieces that one attempt can have: each holds at least one of the bytes that are kept.
const MOST_PIECES: u64 = 2 * pulse_api::OUTPUT_KEPT_EACH_END;

/// The most jobs that a host may take at once.
const MOST_SLOTS: u32 = 10_000;
/// The longest duration that is believed, in milliseconds: a year.
const LONGEST_MS: u64 = 366 * 24 * 60 * 60 * 1_000;

/// Reads a frame; `None` when it is none.
pub(super) fn read(text: &str) -> Option<FromAgent> {
    serde_json::from_str(text).ok()
}

/// The piece of output in a frame; `None` when its numbers or its data are impossible.
pub(super) fn piece(output: Output) -> Option<Arc<Piece>> {
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(output.data)
        .ok()?;
    let is_possible = (1..=MOST_PIECES).contains(&output.seq)
        && output.offset < LARGEST
        && bytes.len() <= OUTPUT_CHUNK_LIMIT;
    is_possible.then(|| {
        Arc::new(Piece {
            job: output.claim.job_id,
            attempt: output.claim.attempt,
            seq: output.seq,
            stream: output.stream,
            offset: output.offset,
            bytes,
        })
    })
}

/// A result without what PostgreSQL's text cannot hold.
pub(super) fn clean(mut result: CommandResult) -> CommandResult {
    let plain = |text: String| {
        if text.contains('\0') {
            text.replace('\0', "\u{fffd}")
        } else {
            text
        }
    };
    result.duration = result.duration.min(LONGEST_MS);
    result.detail = result.detail.map(plain);
    result.output_sha256 = result
        .output_sha256
        .filter(|sha| sha.len() == 64 && sha.bytes().all(|b| b.is_ascii_hexdigit()));
    result.outputs = result
        .outputs
        .into_iter()
        .map(|(key, value)| (plain(key), plain(value)))
        .collect::<BTreeMap<_, _>>();
    result
}

/// The longest sentence that is kept, in bytes.
const LONGEST_SENTENCE: usize = 1_000;

/// A sentence for people: short, and without what PostgreSQL's text cannot hold.
pub(super) fn sentence(text: &str) -> String {
    let end = text.floor_char_boundary(LONGEST_SENTENCE);
    text[..end].replace(char::is_control, "\u{fffd}")
}

/// The longest sentence about a look, in characters.
const LONGEST_DETAIL: usize = 300;

/// What a look gave, as far as that can be: no host says that it has not reported.
pub(super) fn outcome(said: CheckOutcome) -> CheckOutcome {
    let line = |text: String| {
        let line = text.chars().take(LONGEST_DETAIL);
        line.map(|c| if c.is_control() { '\u{fffd}' } else { c })
            .collect()
    };
    CheckOutcome {
        result: match said.result {
            CheckResult::Lost => CheckResult::Unable,
            CheckResult::Good | CheckResult::Failed | CheckResult::Unable => said.result,
        },
        latency_ms: said.latency_ms.filter(|ms| *ms <= MOST_LATENCY_MS),
        detail: said.detail.map(line),
    }
}

/// The longest that a look is believed to have taken, in milliseconds.
const MOST_LATENCY_MS: u32 = 600_000;

/// What an agent has logged, as people may be shown it; `None` when it is no answer that an agent gives.
pub(super) fn log(mut said: LogSaid) -> Option<LogSaid> {
    let log = &mut said.log;
    let is_place = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_possible = log.lines.len() <= ANSWER_LINES
        && log.cursor.len() <= CURSOR_BYTES
        && log.cursor.chars().all(is_place);
    for line in &mut log.lines {
        let end = line.text.floor_char_boundary(LINE_BYTES);
        line.text = line.text[..end].replace(char::is_control, "\u{fffd}");
    }
    is_possible.then_some(said)
}

/// What a host says of itself; `None` when it cannot be so.
pub(super) fn checked(says: Describe) -> Option<Describe> {
    Some(Describe {
        slots: says.slots.clamp(1, MOST_SLOTS),
        capabilities: checked_capabilities(says.capabilities).ok()?,
        function_blocks: checked_blocks(says.function_blocks).ok()?,
    })
}

/// A first frame; `None` when what it says of its host cannot be so.
pub(super) fn checked_hello(hello: WorkerConnect) -> Option<WorkerConnect> {
    let capabilities = hello.capabilities.map(checked_capabilities).transpose();
    let function_blocks = hello.function_blocks.map(checked_blocks).transpose();
    Some(WorkerConnect {
        capabilities: capabilities.ok()?,
        function_blocks: function_blocks.ok()?,
        slots: hello.slots.map(|slots| slots.min(MOST_SLOTS)),
        ..hello
    })
}

#[cfg(test)]
mod tests {
    use pulse_api::{Fence, JobId, frames::Claim, status::Stream};

    use super::*;

    fn output(seq: u64, offset: u64, bytes: usize) -> Output {
        Output {
            claim: Claim {
                job_id: JobId::new(),
                attempt: 1,
                fence: Fence(1),
            },
            stream: Stream::Stdout,
            seq,
            offset,
            data: base64::engine::general_purpose::STANDARD.encode(vec![0; bytes]),
        }
    }

    #[test]
    fn impossible_pieces_are_refused() {
        assert!(piece(output(1, 0, OUTPUT_CHUNK_LIMIT)).is_some());
        assert!(piece(output(1, 0, OUTPUT_CHUNK_LIMIT + 1)).is_none());
        assert!(piece(output(0, 0, 1)).is_none());
        assert!(piece(output(1 << 60, 0, 1)).is_none());
        assert!(piece(output(1, 1 << 60, 1)).is_none());
    }

    #[test]
    fn a_frame_of_a_newer_protocol_is_read_as_unknown() {
        assert!(matches!(
            read(r#"{"type": "telepathy", "x": 1}"#),
            Some(FromAgent::Unknown)
        ));
        assert!(read("{").is_none());
    }
}
