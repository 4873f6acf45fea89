//! What later executions want to know of an earlier one.

use pulse_api::{ExecutionId, WorkflowId};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::store::{
    StoreError, Tx,
    sql::{row, sql},
    types::{self, Array, BigInt, Binary, Bool, Integer, Jsonb, Nullable, SqlUuid, Text},
};

row! { RetriedRow { number: i64 = BigInt } }

/// The newest execution that runs the one with this number again.
pub(crate) async fn retry_of(tx: &mut Tx, number: i64) -> Result<Option<i64>, StoreError> {
    let row: Option<RetriedRow> = tx
        .row(
            sql("select number from executions where retry_of = $1 order by number desc limit 1")
                .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(row.map(|row| row.number))
}

row! { BackRow { step: String = Text, by: Option<i64> = Nullable<BigInt> } }

/// A step of an execution that counts as done no more.
pub(crate) struct Back {
    pub(crate) step: String,
    /// The execution that is not over and may bring it back; none where one has.
    pub(crate) by: Option<i64>,
}

/// Lets of the retries of a family one at a time begin: the second of two sees the first. A family is
/// an execution that is run again, and everything that runs it again, also by way of others.
pub(crate) async fn lock_family(tx: &mut Tx, execution: ExecutionId) -> Result<(), StoreError> {
    tx.run(
        sql(
            "select pg_advisory_xact_lock(187, (coalesce(family, number) % 2147483647)::int) \
             from executions where id = $1",
        )
        .bind::<SqlUuid, _>(execution.0),
    )
    .await?;
    Ok(())
}

/// The first of these steps whose rollback has begun since it ended, or may yet begin: in the execution,
/// or in another of its family, which is locked. Each step comes with its rollback.
pub(crate) async fn brought_back(
    tx: &mut Tx,
    execution: ExecutionId,
    steps: Vec<(String, String)>,
) -> Result<Option<Back>, StoreError> {
    let (steps, rollbacks): (Vec<String>, Vec<String>) = steps.into_iter().unzip();
    let look = sql(
        "with first as (select coalesce(family, number) as number from executions where id = $1) \
         select v.step, case when is_back then null else e.number end as by \
         from unnest($2, $3) with ordinality as v (step, rollback, place) \
         join steps own on own.execution_id = $1 and own.path = v.step and own.completed_at is not null \
           and own.status <> 'skipped' \
         cross join first f join executions e on e.number = f.number or e.family = f.number \
         cross join lateral (select exists (select from jobs j where j.execution_id = e.id \
           and j.step_path = v.rollback and (e.id = $1 or j.created_at >= own.completed_at)) as is_back) b \
         where b.is_back or e.completed_at is null order by b.is_back desc, v.place, e.number limit 1",
    );
    let look = look
        .bind::<SqlUuid, _>(execution.0)
        .bind::<Array<Text>, _>(steps)
        .bind::<Array<Text>, _>(rollbacks);
    let row: Option<BackRow> = tx.row(look).await?;
    Ok(row.map(|row| Back {
        step: row.step,
        by: row.by,
    }))
}

row! { UndoneRow { is_done: bool = Bool, by: Option<i64> = Nullable<BigInt> } }

/// How far an execution was brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Undone {
    Wholly,
    /// The execution with this number is at it.
    By(i64),
}

/// Whether the execution with this number was brought back, or is being so.
pub(crate) async fn undone(tx: &mut Tx, number: i64) -> Result<Option<Undone>, StoreError> {
    let row: Option<UndoneRow> = tx
        .row(
            sql("select coalesce(outcome = 'rolled_back', false) as is_done, \
                 (select min(u.number) from executions u where u.undo_of = $1 and u.completed_at is null) as by \
                 from executions where number = $1")
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(row.and_then(|row| match row.by {
        Some(by) => Some(Undone::By(by)),
        None => row.is_done.then_some(Undone::Wholly),
    }))
}

/// Notes on an execution that everything it has rolled out was brought back.
pub(crate) fn rolled_back(tx: &mut Tx, number: i64) {
    tx.run_last(
        sql("update executions set outcome = 'rolled_back' where number = $1")
            .bind::<BigInt, _>(number),
    );
}

row! { OriginRow {
    workflow_id: Option<Uuid> = Nullable<SqlUuid>,
    workflow_version: Option<i32> = Nullable<Integer>,
    workflow_name: Option<String> = Nullable<Text>,
    definition: Vec<u8> = Binary,
    inputs: Value = Jsonb,
    targets: Option<Value> = Nullable<Jsonb>,
    number: i64 = BigInt,
    undo_of: Option<i64> = Nullable<BigInt>,
    is_live: bool = Bool,
} }

/// What a retry or an undo starts from.
pub(crate) struct StartedWith {
    pub(crate) id: ExecutionId,
    pub(crate) workflow: Option<(WorkflowId, i32)>,
    /// What it is called now.
    pub(crate) workflow_name: Option<String>,
    pub(crate) definition: Vec<u8>,
    pub(crate) inputs: Map<String, Value>,
    pub(crate) targets: Option<Value>,
    pub(crate) number: i64,
    pub(crate) undo_of: Option<i64>,
    pub(crate) is_live: bool,
}

/// What an execution was started with; it stays until the transaction ends.
pub(crate) async fn origin(
    tx: &mut Tx,
    id: ExecutionId,
) -> Result<Option<StartedWith>, StoreError> {
    let row: Option<OriginRow> = tx
        .row(
            sql(
                "select workflow_id, workflow_version, \
                   coalesce((select w.name from workflows w where w.id = workflow_id), workflow_name) as workflow_name, \
                   definition, inputs, targets, number, undo_of, completed_at is null as is_live \
                 from executions where id = $1 for key share",
            )
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(row.map(|row| StartedWith {
        id,
        workflow: row.workflow_id.map(WorkflowId).zip(row.workflow_version),
        workflow_name: row.workflow_name,
        definition: row.definition,
        inputs: types::object(row.inputs),
        targets: row.targets,
        number: row.number,
        undo_of: row.undo_of,
        is_live: row.is_live,
    }))
}
