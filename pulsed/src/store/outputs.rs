//! What jobs wrote, byte for byte.

use jiff::Timestamp;
use pulse_api::{JobId, status::Stream};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Binary, Integer, Nullable, SmallInt, SqlUuid, Timestamptz},
    writes::{Write, write},
};
use crate::model::entry::{NewPiece, Piece};

/// Adds pieces. The caller has left out what is stored already.
pub(super) fn insert(pieces: &[NewPiece]) -> Write<'_> {
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let stream = |new: &NewPiece| match new.piece.stream {
        Stream::Stdout => 1_i16,
        Stream::Stderr => 2,
    };
    let attempt = |new: &NewPiece| i32::try_from(new.piece.attempt).unwrap_or(i32::MAX);
    let statement = sql("insert into outputs (job_id, attempt, seq, execution_id, log_seq, stream, byte_offset, data) \
         select v.* from unnest($1, $2, $3, $4, $5, $6, $7, $8) \
         as v (job_id, attempt, seq, execution_id, log_seq, stream, byte_offset, data)")
    .bind::<Array<SqlUuid>, _>(pieces.iter().map(|p| p.piece.job.0).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(pieces.iter().map(attempt).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(pieces.iter().map(|p| number(p.piece.seq)).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(pieces.iter().map(|p| p.execution.0).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(pieces.iter().map(|p| p.seq).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(pieces.iter().map(stream).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(pieces.iter().map(|p| number(p.piece.offset)).collect::<Vec<_>>())
    .bind::<Array<Binary>, _>(pieces.iter().map(|p| p.piece.bytes.as_slice()).collect::<Vec<_>>());
    write("new_pieces", pieces.len(), statement)
}

row! { StoredRow {
    job_id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    seq: i64 = BigInt,
    agrees: bool = super::types::Bool,
} }

/// A piece that is stored already.
pub(crate) struct Stored {
    pub(crate) job: JobId,
    pub(crate) attempt: u32,
    pub(crate) seq: u64,
    /// Whether the stored bytes are the same.
    pub(crate) agrees: bool,
}

/// Which of these pieces are stored already: reports come late, twice and out of order.
pub(crate) async fn stored(tx: &mut Tx, pieces: &[&Piece]) -> Result<Vec<Stored>, StoreError> {
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let rows: Vec<StoredRow> = tx
        .rows(
            sql(
                "select o.job_id, o.attempt, o.seq, o.data = v.data as agrees \
                 from unnest($1, $2, $3, $4) as v (job_id, attempt, seq, data) \
                 join outputs o on o.job_id = v.job_id and o.attempt = v.attempt and o.seq = v.seq",
            )
            .bind::<Array<SqlUuid>, _>(pieces.iter().map(|p| p.job.0).collect::<Vec<_>>())
            .bind::<Array<Integer>, _>(
                pieces
                    .iter()
                    .map(|p| i32::try_from(p.attempt).unwrap_or(i32::MAX))
                    .collect::<Vec<_>>(),
            )
            .bind::<Array<BigInt>, _>(pieces.iter().map(|p| number(p.seq)).collect::<Vec<_>>())
            .bind::<Array<Binary>, _>(
                pieces
                    .iter()
                    .map(|p| p.bytes.as_slice())
                    .collect::<Vec<_>>(),
            ),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Stored {
            job: JobId(row.job_id),
            attempt: super::jobs::attempt(row.attempt),
            seq: u64::try_from(row.seq).unwrap_or_default(),
            agrees: row.agrees,
        })
        .collect())
}

row! { ChunkRow {
    seq: i64 = BigInt,
    data: Vec<u8> = Binary,
} }

/// A stored piece of a job's output.
pub(crate) struct Chunk {
    pub(crate) seq: i64,
    pub(crate) bytes: Vec<u8>,
}

/// The next pieces of a job's output after a number; of one stream only, where one is named.
pub(crate) async fn chunks(
    tx: &mut Tx,
    (job, attempt): (JobId, u32),
    stream: Option<Stream>,
    after: i64,
) -> Result<Vec<Chunk>, StoreError> {
    let stream = stream.map(|stream| match stream {
        Stream::Stdout => 1_i16,
        Stream::Stderr => 2,
    });
    let rows: Vec<ChunkRow> = tx
        .rows(
            sql(
                "select seq, data from outputs where job_id = $1 and attempt = $2 \
                 and seq > $3 and ($4 is null or stream = $4) order by seq limit 32",
            )
            .bind::<SqlUuid, _>(job.0)
            .bind::<Integer, _>(i32::try_from(attempt).unwrap_or(i32::MAX))
            .bind::<BigInt, _>(after)
            .bind::<Nullable<SmallInt>, _>(stream),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Chunk {
            seq: row.seq,
            bytes: row.data,
        })
        .collect())
}

row! { TailRow {
    job_id: Uuid = SqlUuid,
    data: Vec<u8> = Binary,
} }

/// How much of a job's stdout expressions can read, in bytes.
const KEPT: usize = 64 * 1024;

/// The last 64 KiB of what the newest attempts of these jobs wrote to stdout.
pub(crate) async fn stdout_tails(
    tx: &mut Tx,
    jobs: &[(JobId, u32)],
) -> Result<Vec<(JobId, String)>, StoreError> {
    let rows: Vec<TailRow> = tx
        .rows(
            sql("select v.id as job_id, coalesce((select string_agg(t.data, ''::bytea order by t.seq) from ( \
                   select seq, data from outputs o where o.job_id = v.id and o.attempt = v.attempt \
                   and o.stream = 1 order by seq desc limit 64) t), ''::bytea) as data \
                 from unnest($1, $2) as v (id, attempt)")
            .bind::<Array<SqlUuid>, _>(jobs.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
            .bind::<Array<Integer>, _>(
                jobs.iter().map(|(_, at)| i32::try_from(*at).unwrap_or(i32::MAX)).collect::<Vec<_>>(),
            ),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let from = row.data.len().saturating_sub(KEPT);
            (
                JobId(row.job_id),
                String::from_utf8_lossy(&row.data[from..]).into_owned(),
            )
        })
        .collect())
}

row! { KeptRow { kept: i64 = BigInt } }

/// How many bytes of an attempt's output are stored; of one stream only, where one is named.
pub(crate) async fn kept_bytes(
    tx: &mut Tx,
    (job, attempt): (JobId, u32),
    stream: Option<Stream>,
) -> Result<u64, StoreError> {
    let stream = stream.map(|stream| match stream {
        Stream::Stdout => 1_i16,
        Stream::Stderr => 2,
    });
    let row: Option<KeptRow> = tx
        .row(
            sql(
                "select coalesce(sum(octet_length(data)), 0)::bigint as kept from outputs \
                 where job_id = $1 and attempt = $2 and ($3 is null or stream = $3)",
            )
            .bind::<SqlUuid, _>(job.0)
            .bind::<Integer, _>(i32::try_from(attempt).unwrap_or(i32::MAX))
            .bind::<Nullable<SmallInt>, _>(stream),
        )
        .await?;
    Ok(row
        .and_then(|row| u64::try_from(row.kept).ok())
        .unwrap_or_default())
}

row! { RemovedRow { at: At = Timestamptz } }

/// Since when what a job wrote is gone, where it is.
pub(crate) async fn removed_at(tx: &mut Tx, job: JobId) -> Result<Option<Timestamp>, StoreError> {
    let row: Option<RemovedRow> = tx
        .row(
            sql("select e.outputs_removed_at as at from jobs j join executions e on e.id = j.execution_id \
                 where j.id = $1 and e.outputs_removed_at is not null limit 1")
            .bind::<SqlUuid, _>(job.0),
        )
        .await?;
    Ok(row.map(|row| row.at.to_jiff()))
}
