//! Executions: their rows are the locks under which everything inside them moves.

mod earlier;
mod insert;
mod reach;
mod views;

use jiff::Timestamp;
use pulse_api::{ExecutionId, status::ExecutionStatus};
use serde_json::Value;
use uuid::Uuid;

pub(crate) use self::{
    earlier::{
        StartedWith, Undone, brought_back, lock_family, origin, retry_of, rolled_back, undone,
    },
    insert::{Reserved, reserve, reserve_with},
    reach::{Name, allows, find},
    views::{Filter, list, view, view_with_timeline},
};
pub(super) use self::{
    insert::insert,
    reach::{seen_names, visible},
};
use super::{
    StoreError, Tx,
    sql::{Statement, row, sql},
    types::{
        self, Array, At, BigInt, Binary, Bool, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word,
    },
    writes::{Write, write},
};
use crate::model::execution::{Execution, ExecutionRecord, Pause, Stop};

row! { ExecutionRow {
    id: Uuid = SqlUuid,
    number: i64 = BigInt,
    workflow_name: Option<String> = Nullable<Text>,
    definition: Vec<u8> = Binary,
    started_by: String = Text,
    inputs: Value = Jsonb,
    targets: Option<Value> = Nullable<Jsonb>,
    stop: Option<String> = Nullable<Text>,
    is_paused: bool = Bool,
    undo_of: Option<i64> = Nullable<BigInt>,
    parent: Option<i64> = Nullable<BigInt>,
    last_seq: i64 = BigInt,
    status: Word<ExecutionStatus> = Text,
    now: At = Timestamptz,
} }

impl From<ExecutionRow> for Execution {
    fn from(row: ExecutionRow) -> Self {
        Self::from(ExecutionRecord {
            id: ExecutionId(row.id),
            number: row.number,
            workflow: row.workflow_name,
            definition: row.definition,
            started_by: row.started_by,
            inputs: types::object(row.inputs),
            targets: row.targets,
            stop: row.stop.as_deref().and_then(Stop::parse),
            pause: if row.is_paused {
                Pause::Paused
            } else {
                Pause::Going
            },
            undo_of: row.undo_of,
            parent: row.parent,
            last_seq: row.last_seq,
            status: row.status.0,
        })
    }
}

/// Locked executions, and the moment of the transaction.
pub(crate) struct Locked {
    pub(crate) executions: Vec<Execution>,
    /// The database's clock; `None` when nothing was found.
    pub(crate) now: Option<Timestamp>,
}

impl Locked {
    pub(super) fn new(rows: Vec<ExecutionRow>) -> Self {
        let now = rows.first().map(|row| row.now.to_jiff());
        Self {
            executions: rows.into_iter().map(Execution::from).collect(),
            now,
        }
    }
}

/// Selects what an `ExecutionRow` holds.
macro_rules! locked {
    () => {
        "select id, number, workflow_name, definition, started_by, inputs, targets, stop, \
         paused_at is not null as is_paused, undo_of, parent, last_seq, status, now() as now \
         from executions "
    };
}

/// Locks these executions in the order of their ids.
pub(crate) async fn lock(tx: &mut Tx, ids: &[ExecutionId]) -> Result<Locked, StoreError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = tx
        .rows(
            sql(concat!(
                locked!(),
                "where id = any ($1) order by id for no key update"
            ))
            .bind::<Array<SqlUuid>, _>(ids),
        )
        .await?;
    Ok(Locked::new(rows))
}

/// The query that locks the executions that these jobs belong to, in the order of their ids.
pub(super) fn locking_by_jobs(jobs: &[Uuid]) -> Statement<'_> {
    sql(concat!(
        locked!(),
        "where id in (select execution_id from jobs where jobs.id = any ($1)) \
             order by id for no key update"
    ))
    .bind::<Array<SqlUuid>, _>(jobs)
}

/// Writes moves of executions where the rows are still as they were found.
pub(super) fn apply<'a>(executions: &[&'a Execution]) -> Write<'a> {
    let statement = sql(
        "update executions set status = v.new::execution_status, last_seq = v.last_seq, \
         outcome = coalesce(v.outcome, executions.outcome), \
         completed_at = case when v.new in ('completed', 'failed', 'cancelled', 'timed_out') \
           then coalesce(executions.completed_at, now()) end, \
         deadline_at = case when v.new in ('completed', 'failed', 'cancelled', 'timed_out') \
           then null else executions.deadline_at end \
         from unnest($1, $2, $3, $4, $5, $6) as v (id, old, new, last_seq, outcome, seen) \
         where executions.id = v.id and executions.status = v.old::execution_status \
           and (v.seen is null or (executions.last_seq = v.seen and executions.stop is null \
             and executions.paused_at is null)) returning 1",
    )
    .bind::<Array<SqlUuid>, _>(executions.iter().map(|e| e.id.0).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(
        executions
            .iter()
            .map(|e| e.stored().as_str())
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Text>, _>(
        executions
            .iter()
            .map(|e| e.status().as_str())
            .collect::<Vec<_>>(),
    )
    .bind::<Array<BigInt>, _>(executions.iter().map(|e| e.last_seq).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        executions
            .iter()
            .map(|e| e.outcome.as_deref())
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Nullable<BigInt>>, _>(executions.iter().map(|e| e.seen()).collect::<Vec<_>>());
    write("moved_executions", executions.len(), statement).finding_all()
}

/// Notes on a locked, live execution that it shall end early.
pub(crate) async fn request_stop(
    tx: &mut Tx,
    id: ExecutionId,
    (stop, reason): (Stop, Option<&str>),
    (by, grace_ms): (&str, Option<u64>),
) -> Result<(), StoreError> {
    // The reason is that of whoever asked first, also where only a later one gave any. What is on its
    // way to be killed is not spared any more: the time it has becomes only shorter.
    tx.run(
        sql("update executions set stop = coalesce(stop, $2), \
             stop_requested_by = coalesce(stop_requested_by, $3), \
             stop_grace_ms = least(stop_grace_ms, coalesce($4, stop_grace_ms, 10000)), \
             stop_reason = case when stop is null then $5 else stop_reason end \
             where id = $1 and completed_at is null")
        .bind::<SqlUuid, _>(id.0)
        .bind::<Text, _>(stop.as_str())
        .bind::<Text, _>(by)
        .bind::<Nullable<BigInt>, _>(grace_ms.map(|grace| i64::try_from(grace).unwrap_or(i64::MAX)))
        .bind::<Nullable<Text>, _>(reason),
    )
    .await?;
    Ok(())
}

/// Notes on a locked execution who has paused it; nobody when it goes on.
pub(crate) async fn set_pause(
    tx: &mut Tx,
    id: ExecutionId,
    by: Option<&str>,
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update executions set paused_by = $2, paused_at = case when $2 is null then null else now() end \
             where id = $1",
        )
        .bind::<SqlUuid, _>(id.0)
        .bind::<Nullable<Text>, _>(by),
    )
    .await?;
    Ok(())
}

row! { IdRow { id: Uuid = SqlUuid } }

/// The executions that have run out of time.
pub(crate) async fn overdue(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<IdRow> = tx
        .rows(sql("select id from executions where deadline_at <= now() \
                   and stop is null limit 200"))
        .await?;
    Ok(rows.into_iter().map(|row| ExecutionId(row.id)).collect())
}
