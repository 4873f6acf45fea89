//! Jobs of an earlier execution beside the steps that another takes over from it.

use pulse_api::{ExecutionId, JobId, WorkerId, status::JobStatus};
use uuid::Uuid;

use crate::store::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, Bool, SqlUuid, Text, Word},
};

row! { PastRow {
    id: Uuid = SqlUuid,
    step_path: String = Text,
    worker_id: Uuid = SqlUuid,
    status: Word<JobStatus> = Text,
    has_run: bool = Bool,
} }

/// How a job of an execution that has ended went.
#[derive(Debug, Clone)]
pub(crate) struct Past {
    pub(crate) id: JobId,
    pub(crate) step: String,
    pub(crate) worker: WorkerId,
    /// That of its last attempt.
    pub(crate) status: JobStatus,
    /// Whether any attempt has run, or may have: its worker may have begun with whatever it was
    /// offered, though nothing was heard of it.
    pub(crate) has_run: bool,
}

/// The jobs of an execution that has ended.
pub(crate) async fn past(tx: &mut Tx, execution: ExecutionId) -> Result<Vec<Past>, StoreError> {
    let rows: Vec<PastRow> = tx
        .rows(
            sql("select distinct on (id) id, step_path, worker_id, status, bool_or(ever_offered or coalesce(awaits = 'restart', false) or started_at is not null \
                   or exit_code is not null or status in ('succeeded', 'lost')) \
                   over (partition by id) as has_run from jobs where execution_id = $1 order by id, attempt desc")
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    let past = rows.into_iter().map(|row| Past {
        id: JobId(row.id),
        step: row.step_path,
        worker: WorkerId(row.worker_id),
        status: row.status.0,
        has_run: row.has_run,
    });
    Ok(past.collect())
}

/// Copies how the last attempts of these jobs ended, and of all jobs of these steps: what later
/// expressions read of them.
/// What they wrote stays where it is.
pub(crate) async fn take_over(
    tx: &mut Tx,
    (from, to): (ExecutionId, ExecutionId),
    (steps, jobs): (Vec<String>, Vec<JobId>),
) -> Result<(), StoreError> {
    tx.run(
        sql("insert into jobs (id, attempt, execution_id, step_path, worker_id, worker_name, status, spec, \
               timeout_ms, ever_offered, evidence_at, created_at, started_at, completed_at, exit_code, signal, \
               reason, detail, outputs) \
             select gen_random_uuid(), 1, $2, step_path, worker_id, worker_name, status, spec, timeout_ms, \
               ever_offered or coalesce(awaits = 'restart', false), evidence_at, created_at, started_at, completed_at, exit_code, signal, reason, \
               detail, outputs \
             from (select distinct on (id) * from jobs where execution_id = $1 and (step_path = any ($3) or id = any ($4)) \
                   order by id, attempt desc) as last")
        .bind::<SqlUuid, _>(from.0)
        .bind::<SqlUuid, _>(to.0)
        .bind::<Array<Text>, _>(steps)
        .bind::<Array<SqlUuid>, _>(jobs.into_iter().map(|id| id.0).collect::<Vec<_>>()),
    )
    .await?;
    Ok(())
}
