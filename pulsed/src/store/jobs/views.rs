//! Jobs as people see them.

use std::collections::HashSet;

use pulse_api::{ExecutionId, JobId, WorkerId, status::JobStatus};
use serde_json::Value;

use super::number;
use crate::model::{grant::Reach, place::Attempt};
use crate::store::{
    StoreError, Tx,
    executions::visible,
    sql::{row, sql},
    types::{Array, At, BigInt, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz},
};

row! { ViewRow { view: Value = Jsonb } }

/// What every view of a job selects, as JSON in the shape of `JobView`.
macro_rules! view {
    ($rest:literal) => {
        concat!(
            "select jsonb_build_object('id', j.id, 'execution_id', j.execution_id, 'step', j.step_path, \
             'worker_id', j.worker_id, 'worker', j.worker_name, 'status', j.status, 'exit_code', j.exit_code, \
             'signal', j.signal, 'attempt', j.attempt, 'created_at', j.created_at, 'started_at', j.started_at, \
             'completed_at', j.completed_at, 'reason', j.reason, 'detail', j.detail, \
             'output_bytes', j.output_bytes, 'output_sha256', j.output_sha256, \
             'output_truncated', j.output_bytes > 16777216, 'outputs', coalesce(j.outputs, '{}')) as view \
             from jobs j ",
            $rest
        )
    };
}

/// Every attempt of every job of an execution, as JSON.
pub(crate) async fn of(tx: &mut Tx, execution: ExecutionId) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(view!(
                "where j.execution_id = $1 order by j.step_path, j.worker_name, j.attempt"
            ))
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}

row! { ExitRow {
    exit_code: Option<i32> = Nullable<Integer>,
    signal: Option<i32> = Nullable<Integer>,
} }

/// The code and the signal with which the only job of an execution ended; `None` where there are
/// more, or none.
pub(crate) async fn only_exit(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Option<(Option<i32>, Option<i32>)>, StoreError> {
    let rows: Vec<ExitRow> = tx
        .rows(
            sql(
                "select distinct on (id) id, exit_code, signal from jobs where execution_id = $1 \
                 order by id, attempt desc limit 2",
            )
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(match rows.as_slice() {
        [only] => Some((only.exit_code, only.signal)),
        _ => None,
    })
}

/// One attempt of a job as JSON; the newest where none is named.
pub(crate) async fn get(
    tx: &mut Tx,
    (id, wanted): (JobId, Option<u32>),
    reach: &Reach,
) -> Result<Option<Value>, StoreError> {
    let row: Option<ViewRow> = tx
        .row(
            sql(concat!(
                view!(
                    "join executions e on e.id = j.execution_id \
                     left join workflows w on w.id = e.workflow_id \
                     where j.id = $1 and ($2 is null or j.attempt = $2) and "
                ),
                visible!("$3", "$4"),
                " order by j.attempt desc limit 1"
            ))
            .bind::<SqlUuid, _>(id.0)
            .bind::<Nullable<Integer>, _>(wanted.map(number))
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone()),
        )
        .await?;
    Ok(row.map(|row| row.view))
}

/// A worker's jobs as JSON, newest first.
///
/// Every job is one of the three kinds that have an index by worker: one of all would cost each job that
/// comes to be.
pub(crate) async fn of_worker(
    tx: &mut Tx,
    (worker, status): (WorkerId, Option<JobStatus>),
    reach: &Reach,
    (after, limit): (Option<Attempt>, i64),
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                view!(
                    "join executions e on e.id = j.execution_id \
                     left join workflows w on w.id = e.workflow_id \
                     where j.worker_id = $1 and ($2 is null or j.status = $2::job_status) \
                     and (j.status = 'pending' or j.status in ('polled', 'running') or j.completed_at is not null) \
                     and ($5 is null or (j.created_at, j.id, j.attempt) < ($5, $6, $7)) and "
                ),
                visible!("$3", "$4"),
                " order by j.created_at desc, j.id desc, j.attempt desc limit $8"
            ))
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Nullable<Text>, _>(status.map(JobStatus::as_str))
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone())
            .bind::<Nullable<Timestamptz>, _>(after.map(|place| At::from(place.job.at)))
            .bind::<Nullable<SqlUuid>, _>(after.map(|place| place.job.id))
            .bind::<Nullable<Integer>, _>(after.map(|place| place.attempt))
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}

row! { NameRow { name: String = Text } }

/// What a worker is called, and what it was called when an execution gave it jobs.
pub(crate) async fn names_of(
    tx: &mut Tx,
    execution: ExecutionId,
    worker: WorkerId,
) -> Result<HashSet<String>, StoreError> {
    let rows: Vec<NameRow> = tx
        .rows(
            sql("select name from workers where id = $2 union \
                 select worker_name from jobs where execution_id = $1 and worker_id = $2")
            .bind::<SqlUuid, _>(execution.0)
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

row! { QueueRow {
    pending: i64 = BigInt,
    polled: i64 = BigInt,
    running: i64 = BigInt,
    oldest_ms: Option<i64> = Nullable<BigInt>,
} }

/// How many jobs wait, are offered, and run; and how long the oldest has waited, in milliseconds.
pub(crate) async fn queue(tx: &mut Tx) -> Result<(u64, u64, u64, Option<u64>), StoreError> {
    let row: Option<QueueRow> = tx
        .row(sql("select count(*) filter (where status = 'pending') as pending, \
                  count(*) filter (where status = 'polled') as polled, \
                  count(*) filter (where status = 'running') as running, \
                  (extract(epoch from now() - min(created_at) filter (where status = 'pending')) * 1000)::bigint \
                    as oldest_ms from jobs where status in ('pending', 'polled', 'running')"))
        .await?;
    let count = |value: i64| u64::try_from(value).unwrap_or_default();
    Ok(row.map_or((0, 0, 0, None), |row| {
        (
            count(row.pending),
            count(row.polled),
            count(row.running),
            row.oldest_ms.map(count),
        )
    }))
}
