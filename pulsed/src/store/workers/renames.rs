//! What workers were called before: an execution means whoever was called so when it began.

use std::collections::HashMap;

use pulse_api::{ExecutionId, WorkerId};
use uuid::Uuid;

use crate::store::{
    StoreError, Tx,
    sql::{Statement, row, sql},
    types::{Array, Bool, SqlUuid, Text},
};

/// Forgets what no open execution has begun before.
pub(crate) async fn prune(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql("delete from renames where renamed_at < \
         coalesce((select min(created_at) from executions where completed_at is null and outputs_left), now())"))
        .await
}

/// Notes that a worker is about to be called otherwise: from the moment at which its row is locked, so
/// that whoever has seen the old name began before.
pub(super) async fn note(tx: &mut Tx, worker: WorkerId, name: &str) -> Result<(), StoreError> {
    tx.run(
        // The clock is read above the lock: beside it, it would be read before the row is waited for.
        sql("with held as (select id, name from workers \
               where id = $1 and name <> $2 and status <> 'deleted' for update) \
             insert into renames (worker_id, name, renamed_at) \
             select id, name, clock_timestamp() from held on conflict do nothing")
        .bind::<SqlUuid, _>(worker.0)
        .bind::<Text, _>(name),
    )
    .await?;
    Ok(())
}

row! { FoundRow { found: bool = Bool } }

/// Whether any of these names was another worker's lately.
pub(super) fn any_of(names: &[String]) -> Statement<'_> {
    sql("select exists (select 1 from renames where name = any ($1)) as found")
        .bind::<Array<Text>, _>(names)
}

row! { RenamedRow {
    name: String = Text,
    worker_id: Uuid = SqlUuid,
} }

/// Those of these names that were a worker's when the execution began: what it was called until it was
/// first called otherwise.
pub(crate) async fn since(
    tx: &mut Tx,
    names: &[String],
    execution: ExecutionId,
) -> Result<Vec<(String, WorkerId)>, StoreError> {
    let rows: Vec<RenamedRow> = tx
        .rows(
            sql(
                "select distinct on (r.name) r.name, r.worker_id from renames r \
                 join executions e on e.id = $2 and e.created_at < r.renamed_at \
                 join workers w on w.id = r.worker_id and w.created_at <= e.created_at \
                 where r.name = any ($1) and not exists (select 1 from renames b \
                   where b.worker_id = r.worker_id and b.renamed_at > e.created_at \
                     and b.renamed_at < r.renamed_at) order by r.name, r.renamed_at",
            )
            .bind::<Array<Text>, _>(names)
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.name, WorkerId(row.worker_id)))
        .collect())
}

row! { CalledRow {
    id: Uuid = SqlUuid,
    name: String = Text,
} }

/// What these workers are called now, without those that are gone.
pub(crate) async fn called(
    tx: &mut Tx,
    workers: &[WorkerId],
) -> Result<HashMap<WorkerId, String>, StoreError> {
    let rows: Vec<CalledRow> = tx
        .rows(
            sql("select id, name from workers where id = any ($1) and status <> 'deleted'")
                .bind::<Array<SqlUuid>, _>(workers.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (WorkerId(row.id), row.name))
        .collect())
}
