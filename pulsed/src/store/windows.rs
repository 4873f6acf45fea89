//! Executions that wait for the end of a window, and those that no window holds.

use pulse_api::ExecutionId;
use pulse_workflow::Denied;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Bool, Nullable, SqlUuid, Text, Timestamptz},
};

/// What of the executions `e`, of workflows `f`, may begin when it gets a place, or its window is over.
macro_rules! may_begin {
    () => {
        "e.completed_at is null and e.paused_at is null and f.paused_at is null"
    };
}
pub(super) use may_begin;

/// Has an execution that nobody lets through wait for the end of a window, with the commit.
pub(crate) fn hold(tx: &mut Tx, execution: ExecutionId, denied: &Denied) {
    tx.run_last(
        sql(
            "insert into windows (execution_id, held_until, is_at_least, said) values ($1, $2, $3, $4) \
             on conflict (execution_id) do update set held_until = excluded.held_until, \
               is_at_least = excluded.is_at_least, said = excluded.said",
        )
        .bind::<SqlUuid, _>(execution.0)
        .bind::<Timestamptz, _>(At::from(denied.until))
        .bind::<Bool, _>(denied.is_at_least)
        .bind::<Text, _>(denied.window.to_string()),
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

row! { ReasonRow { reason: Option<String> = Nullable<Text> } }

/// Why an execution was started.
pub(crate) async fn reason(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Option<String>, StoreError> {
    let row: Option<ReasonRow> = tx
        .row(sql("select reason from executions where id = $1").bind::<SqlUuid, _>(execution.0))
        .await?;
    Ok(row.and_then(|row| row.reason))
}

row! { HeldRow { is_held: bool = Bool } }

/// Whether a locked execution waits for the end of a window.
pub(crate) async fn is_held(tx: &mut Tx, execution: ExecutionId) -> Result<bool, StoreError> {
    let row: Option<HeldRow> = tx
        .row(
            sql("select held_until is not null as is_held from windows where execution_id = $1")
                .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(row.is_some_and(|row| row.is_held))
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
