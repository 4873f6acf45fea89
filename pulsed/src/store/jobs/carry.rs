//! Jobs of an earlier execution beside the steps that another takes over from it.

use pulse_api::{ExecutionId, JobId, WorkerId, status::JobStatus};
use uuid::Uuid;

use crate::{
    model::past::{Attempt, Past},
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, Bool, SqlUuid, Text, Word},
    },
};

row! { PastRow {
    id: Uuid = SqlUuid,
    step_path: String = Text,
    worker_id: Uuid = SqlUuid,
    status: Word<JobStatus> = Text,
    was_offered: bool = Bool,
    was_restart: bool = Bool,
    has_started: bool = Bool,
} }

/// The jobs of an execution that has ended.
pub(crate) async fn past(tx: &mut Tx, execution: ExecutionId) -> Result<Vec<Past>, StoreError> {
    let rows: Vec<PastRow> = tx
        .rows(
            sql(
                "select id, step_path, worker_id, status, ever_offered as was_offered, \
                 coalesce(awaits = 'restart', false) as was_restart, \
                 started_at is not null or exit_code is not null as has_started \
                 from jobs where execution_id = $1 order by id, attempt",
            )
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    let mut past: Vec<Past> = Vec::new();
    for row in rows {
        let attempt = Attempt {
            status: row.status.0,
            was_offered: row.was_offered,
            was_restart: row.was_restart,
            has_started: row.has_started,
        };
        match past.last_mut() {
            Some(job) if job.id.0 == row.id => job.add(attempt),
            Some(_) | None => {
                let ids = (JobId(row.id), WorkerId(row.worker_id));
                past.push(Past::new(ids, row.step_path, attempt));
            }
        }
    }
    Ok(past)
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
