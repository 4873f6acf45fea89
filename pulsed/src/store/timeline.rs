//! Entries of executions' timelines, and the pieces of output between them.

use base64::Engine;
use jiff::Timestamp;
use pulse_api::{
    ExecutionId, JobId,
    http::executions::{Entry, EntryKind, OutputEntry},
    status::Stream,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{
        Array, At, BigInt, Binary, Bool, Integer, Jsonb, SmallInt, SqlUuid, Text, Timestamptz,
    },
    writes::{Write, write},
};
use crate::model::entry::NewEntry;

/// Adds entries: those of an execution go into one row, or one for every fifty.
pub(super) fn insert(entries: &[NewEntry]) -> diesel::QueryResult<Write<'static>> {
    let whats = entries
        .iter()
        .map(|entry| serde_json::to_value(&entry.what))
        .collect::<Result<Vec<Value>, _>>()
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
    let statement =
        sql("insert into timeline (execution_id, last_seq, seqs, whats) \
             select execution_id, max(seq), array_agg(seq order by seq), array_agg(what order by seq) \
             from unnest($1, $2, $3) as v (execution_id, seq, what) group by execution_id, seq / 50")
            .bind::<Array<SqlUuid>, _>(entries.iter().map(|e| e.execution.0).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(entries.iter().map(|e| e.seq).collect::<Vec<_>>())
            .bind::<Array<Jsonb>, _>(whats);
    Ok(write("new_entries", entries.len(), statement))
}

row! { EntryRow {
    seq: i64 = BigInt,
    at: At = Timestamptz,
    what: Value = Jsonb,
} }

row! { OutputRow {
    seq: i64 = BigInt,
    at: At = Timestamptz,
    job_id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    step_path: String = Text,
    worker_name: String = Text,
    stream: i16 = SmallInt,
    byte_offset: i64 = BigInt,
    data: Vec<u8> = Binary,
} }

/// How many rows, of at most 50 entries each, and how many pieces of output, one look reads at most.
const PAGE: i64 = 100;
/// Pieces are up to 64 KiB each: fewer of them keep a page within a few MiB.
const OUTPUT_PAGE: i64 = 64;

/// The entries after `after`, in order and without gaps, output included.
///
/// Gives an empty list at the end of what is committed.
pub(crate) async fn after(
    tx: &mut Tx,
    execution: ExecutionId,
    after: i64,
) -> Result<Vec<Entry>, StoreError> {
    let told: Vec<EntryRow> = tx
        .rows(
            sql(
                "select e.seq, t.at, e.what from (select seqs, whats, at from timeline \
                   where execution_id = $1 and last_seq > $2 order by last_seq limit $3) t \
                 cross join unnest(t.seqs, t.whats) as e (seq, what) where e.seq > $2",
            )
            .bind::<SqlUuid, _>(execution.0)
            .bind::<BigInt, _>(after)
            .bind::<BigInt, _>(PAGE),
        )
        .await?;
    let written: Vec<OutputRow> = tx
        .rows(
            sql(
                "select o.log_seq as seq, o.at, o.job_id, o.attempt, j.step_path, j.worker_name, \
                 o.stream, o.byte_offset, o.data from outputs o \
                 join jobs j on j.id = o.job_id and j.attempt = o.attempt \
                 where o.execution_id = $1 and o.log_seq > $2 order by o.log_seq limit $3",
            )
            .bind::<SqlUuid, _>(execution.0)
            .bind::<BigInt, _>(after)
            .bind::<BigInt, _>(OUTPUT_PAGE),
        )
        .await?;
    let mut entries = Vec::with_capacity(told.len() + written.len());
    for row in told {
        let what: EntryKind = serde_json::from_value(row.what)?;
        entries.push(Entry {
            seq: row.seq,
            at: row.at.to_jiff(),
            what,
        });
    }
    entries.extend(written.into_iter().map(Entry::from));
    entries.sort_by_key(|entry| entry.seq);
    // Either list may have been cut by its page, and the two reads see different moments:
    // only an unbroken run is sure to leave nothing out.
    let unbroken = entries
        .iter()
        .zip(after + 1..)
        .take_while(|(entry, seq)| entry.seq == *seq)
        .count();
    if unbroken < entries.len() && has_lost_output(tx, execution).await? {
        // What its jobs wrote is gone, or is going: what happened goes on without it.
        entries.retain(|entry| !matches!(entry.what, EntryKind::Output(_)));
    } else {
        entries.truncate(unbroken);
    }
    Ok(entries)
}

row! { LostRow { is_lost: bool = Bool } }

/// Whether what the jobs of an execution wrote was removed.
async fn has_lost_output(tx: &mut Tx, execution: ExecutionId) -> Result<bool, StoreError> {
    let row: Option<LostRow> = tx
        .row(
            sql("select outputs_removed_at is not null as is_lost from executions where id = $1")
                .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(row.is_some_and(|row| row.is_lost))
}

impl From<OutputRow> for Entry {
    fn from(row: OutputRow) -> Self {
        let source = Source {
            job: JobId(row.job_id),
            attempt: u32::try_from(row.attempt).unwrap_or_default(),
            step: row.step_path,
            worker: row.worker_name,
        };
        let piece = (
            stream(row.stream),
            u64::try_from(row.byte_offset).unwrap_or_default(),
        );
        output_entry((row.seq, row.at.to_jiff()), source, piece, row.data)
    }
}

/// Where a piece of output came from.
pub(crate) struct Source {
    pub(crate) job: JobId,
    pub(crate) attempt: u32,
    pub(crate) step: String,
    pub(crate) worker: String,
}

/// A piece of output as an entry of the timeline: text where it is text, else base64.
pub(crate) fn output_entry(
    (seq, at): (i64, Timestamp),
    source: Source,
    (stream, offset): (Stream, u64),
    data: Vec<u8>,
) -> Entry {
    let (text, base64) = match String::from_utf8(data) {
        Ok(text) => (Some(text), None),
        Err(error) => {
            let encoded = base64::engine::general_purpose::STANDARD.encode(error.as_bytes());
            (None, Some(encoded))
        }
    };
    let what = EntryKind::Output(OutputEntry {
        job_id: source.job,
        step: source.step,
        worker: source.worker,
        attempt: source.attempt,
        stream,
        offset,
        text,
        base64,
    });
    Entry { seq, at, what }
}

/// The stream that a number in the table stands for.
pub(super) fn stream(number: i16) -> Stream {
    if number == 2 {
        Stream::Stderr
    } else {
        Stream::Stdout
    }
}
