//! Jobs that end by something other than a process: what they await, and whether it is there.

use pulse_api::{ExecutionId, WorkerId};

use super::{JobRow, but};
use crate::{
    model::job::{Awaited, Job},
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, Bool, SqlUuid, Text},
    },
};

row! { AnyRow { found: bool = Bool } }

/// Whether there is any.
pub(crate) async fn any(tx: &mut Tx) -> Result<bool, StoreError> {
    let row: Option<AnyRow> = tx
        .row(sql(
            "select exists (select 1 from jobs where awaits is not null and completed_at is null) as found",
        ))
        .await?;
    Ok(row.is_some_and(|row| row.found))
}

/// Those of which it is there.
pub(crate) async fn arrived(tx: &mut Tx, but_of: &[ExecutionId]) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(
            "select j.id, j.attempt, j.execution_id, j.step_path, j.worker_id, j.worker_name, j.status, \
             j.fence from jobs j join workers w on w.id = j.worker_id \
             where j.awaits is not null and j.completed_at is null and j.execution_id <> all ($1) and case j.awaits \
               when 'drain' then w.admin_state = 'held' and w.held_by = j.execution_id and not exists ( \
                 select 1 from jobs o where o.worker_id = w.id and o.status in ('polled', 'running') \
                 and o.execution_id <> j.execution_id) \
               when 'restart' then w.server_id is not null and w.restart_wanted_at is null \
                 and (j.awaits_version is null or (w.version = j.awaits_version \
                   and coalesce(w.capabilities ->> 'executor_version', w.version) = w.version)) \
               when 'reboot' then j.status = 'running' and w.server_id is not null \
                 and w.boot_id is distinct from j.awaits_before end \
             order by j.id limit 500",
            )
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Those whose workers have restarted, but as something else. An executor may still be to follow its link.
pub(crate) async fn other_version(
    tx: &mut Tx,
    but_of: &[ExecutionId],
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(
            "select j.id, j.attempt, j.execution_id, j.step_path, j.worker_id, j.worker_name, j.status, \
             j.fence from jobs j join workers w on w.id = j.worker_id \
             where j.awaits = 'restart' and j.completed_at is null and w.server_id is not null \
             and w.restart_wanted_at is null and w.version <> j.awaits_version \
             and j.execution_id <> all ($1) order by j.id limit 500",
            )
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Those that await a restart of this worker.
pub(crate) async fn restart_of(
    tx: &mut Tx,
    (worker, but_of): (WorkerId, &[ExecutionId]),
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(
                "select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
                 from jobs where worker_id = $1 and awaits = 'restart' and completed_at is null \
                 and execution_id <> all ($2) order by id limit 500",
            )
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Those that have waited for it as long as their step lets them.
pub(crate) async fn late(
    tx: &mut Tx,
    (awaited, but_of): (Awaited, &[ExecutionId]),
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(
                "select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
                 from jobs where awaits = $1::job_awaits and completed_at is null \
                 and (give_up_at <= now() or (awaits = 'reboot' and status = 'running' \
                   and started_at + timeout_ms * interval '1 millisecond' <= now())) \
                 and execution_id <> all ($2) order by id limit 500",
            )
            .bind::<Text, _>(awaited.as_str())
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}
