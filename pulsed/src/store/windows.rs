//! Executions that wait for the end of a window, and those that no window holds.

use jiff::Timestamp;
use pulse_api::ExecutionId;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Bool, SqlUuid, Text, Timestamptz},
};

/// What of the executions `e`, of workflows `f`, may begin when it gets a place, or its window is over.
macro_rules! may_begin {
    () => {
        "e.completed_at is null and e.paused_at is null and f.paused_at is null"
    };
}
pub(super) use may_begin;

/// Has an execution wait until then, with the commit; one that waits already waits on.
pub(crate) fn hold(tx: &mut Tx, execution: ExecutionId, (until, said): (Timestamp, String)) {
    tx.run_last(
        sql(
            "insert into windows (execution_id, held_until, said) values ($1, $2, $3) \
             on conflict (execution_id) do update set held_until = excluded.held_until, said = excluded.said",
        )
        .bind::<SqlUuid, _>(execution.0)
        .bind::<Timestamptz, _>(At::from(until))
        .bind::<Text, _>(said),
    );
}

/// Notes, with the commit, that no window holds an execution, nor what runs inside of it.
pub(crate) fn let_through(tx: &mut Tx, execution: ExecutionId) {
    tx.run_last(
        sql("insert into windows (execution_id, is_overridden) values ($1, true)")
            .bind::<SqlUuid, _>(execution.0),
    );
}

row! { ThroughRow { is_through: bool = Bool } }

/// Whether no window holds one of the executions with these numbers.
pub(crate) async fn is_let_through(tx: &mut Tx, numbers: Vec<i64>) -> Result<bool, StoreError> {
    let row: Option<ThroughRow> = tx
        .row(
            sql(
                "select exists (select 1 from windows w join executions e on e.id = w.execution_id \
                 where w.is_overridden and e.number = any ($1)) as is_through",
            )
            .bind::<Array<BigInt>, _>(numbers),
        )
        .await?;
    Ok(row.is_some_and(|row| row.is_through))
}

row! { NowRow { now: At = Timestamptz } }

/// What time it is, if a locked execution waits for the end of a window.
pub(crate) async fn held(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Option<Timestamp>, StoreError> {
    let row: Option<NowRow> = tx
        .row(
            sql("select statement_timestamp() as now from windows \
                 where execution_id = $1 and held_until is not null")
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(row.map(|row| row.now.to_jiff()))
}

/// Has a locked execution wait for no window any more.
pub(crate) fn release(tx: &mut Tx, execution: ExecutionId) {
    tx.run_last(
        sql("update windows set held_until = null where execution_id = $1")
            .bind::<SqlUuid, _>(execution.0),
    );
}

row! { IdRow { id: Uuid = SqlUuid } }

/// The executions whose window may be over, the longest waiting first.
pub(crate) async fn over(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<IdRow> = tx
        .rows(sql(concat!(
            "select e.id from windows w join executions e on e.id = w.execution_id \
             left join workflows f on f.id = e.workflow_id where w.held_until <= statement_timestamp() and ",
            may_begin!(),
            " order by w.held_until, e.number limit 100",
        )))
        .await?;
    Ok(rows.into_iter().map(|row| ExecutionId(row.id)).collect())
}
