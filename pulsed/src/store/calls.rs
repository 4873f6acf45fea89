//! Steps that run other workflows: what they want, and the executions that they became.

use std::collections::BTreeMap;

use pulse_api::{
    ExecutionId,
    status::{CallStatus, ExecutionStatus},
};
use pulse_workflow::{CallSpec, Callee};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Word},
    writes::{Write, write},
};
use crate::model::{
    call::{Call, StopWish},
    grant::Reach,
};

row! { CallRow {
    execution_id: Uuid = SqlUuid,
    step_path: String = Text,
    status: Word<CallStatus> = Text,
    workflow: String = Text,
    version: Option<i32> = Nullable<Integer>,
    inputs: Value = Jsonb,
    timeout_ms: Option<i64> = Nullable<BigInt>,
    child: Option<i64> = Nullable<BigInt>,
    outputs: Option<Value> = Nullable<Jsonb>,
    stop_by: Option<String> = Nullable<Text>,
    stop_grace_ms: Option<i64> = Nullable<BigInt>,
    stop_wishes: i32 = Integer,
} }

impl TryFrom<CallRow> for Call {
    type Error = StoreError;

    fn try_from(row: CallRow) -> Result<Self, StoreError> {
        let ms = |ms: i64| u64::try_from(ms).unwrap_or_default();
        let inputs: Map<String, Value> = serde_json::from_value(row.inputs)?;
        let spec = CallSpec {
            callee: Callee {
                name: row.workflow,
                version: row.version,
            },
            inputs,
            timeout_ms: row.timeout_ms.map(ms),
        };
        let place = (ExecutionId(row.execution_id), row.step_path);
        let mut call = Self::stored(place, spec, row.status.0);
        call.child = row.child;
        call.outputs = row.outputs.map(serde_json::from_value).transpose()?;
        let stop = row.stop_by.zip(row.stop_grace_ms.map(ms));
        call.stop = stop.map(|(by, grace_ms)| StopWish {
            by,
            grace_ms,
            times: times(row.stop_wishes),
        });
        Ok(call)
    }
}

/// How often an end was wished; an older version that wished for it has not counted.
fn times(wishes: i32) -> u32 {
    u32::try_from(wishes).unwrap_or_default().max(1)
}

/// The calls of these executions. Their executions' rows are the lock.
pub(crate) async fn of(tx: &mut Tx, executions: &[ExecutionId]) -> Result<Vec<Call>, StoreError> {
    let rows: Vec<CallRow> = tx
        .rows(
            sql(
                "select execution_id, step_path, status, workflow, version, inputs, timeout_ms, child, outputs, \
                   stop_by, stop_grace_ms, stop_wishes from calls where execution_id = any ($1) order by execution_id, step_path",
            )
            .bind::<Array<SqlUuid>, _>(executions.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    rows.into_iter().map(Call::try_from).collect()
}

/// Writes calls as they are by now; their execution is locked. What was given is left alone: the
/// execution that gave it has written it, and so what it has heard of.
pub(super) fn put<'a>(calls: &[&'a Call]) -> Write<'a> {
    let ms = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
    let each = || calls.iter();
    let statement = sql(
        "insert into calls (execution_id, step_path, status, workflow, version, inputs, timeout_ms, child, \
           stop_by, stop_grace_ms, stop_wishes) \
         select v.execution_id, v.step_path, v.status::call_status, v.workflow, v.version, v.inputs, v.timeout_ms, \
           v.child, v.stop_by, v.stop_grace_ms, v.stop_wishes \
         from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) as v (execution_id, step_path, status, workflow, \
           version, inputs, timeout_ms, child, stop_by, stop_grace_ms, stop_wishes) \
         on conflict (execution_id, step_path) do update set status = excluded.status, child = excluded.child, \
           stop_by = excluded.stop_by, stop_grace_ms = excluded.stop_grace_ms, stop_wishes = excluded.stop_wishes",
    )
    .bind::<Array<SqlUuid>, _>(each().map(|c| c.execution.0).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(each().map(|c| c.step.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(each().map(|c| c.status().as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(each().map(|c| c.spec.callee.name.as_str()).collect::<Vec<_>>())
    .bind::<Array<Nullable<Integer>>, _>(each().map(|c| c.spec.callee.version).collect::<Vec<_>>())
    .bind::<Array<Jsonb>, _>(each().map(|c| json!(c.spec.inputs)).collect::<Vec<_>>())
    .bind::<Array<Nullable<BigInt>>, _>(each().map(|c| c.spec.timeout_ms.map(ms)).collect::<Vec<_>>())
    .bind::<Array<Nullable<BigInt>>, _>(each().map(|c| c.child).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(
        each()
            .map(|c| c.stop.as_ref().map(|stop| stop.by.as_str()))
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Nullable<BigInt>>, _>(
        each()
            .map(|c| c.stop.as_ref().map(|stop| ms(stop.grace_ms)))
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Integer>, _>(
        each()
            .map(|c| c.stop.as_ref().map_or(0, |stop| stop.times))
            .map(|times| i32::try_from(times).unwrap_or(i32::MAX))
            .collect::<Vec<_>>(),
    );
    write("put_calls", calls.len(), statement)
}

row! { IdRow { id: Uuid = SqlUuid } }

/// The executions in which a step wants an execution, where nobody has paused them, or in which the one
/// that it became has ended; but for what these steps want, and where none is named, these. The oldest
/// first.
pub(crate) async fn waiting(
    tx: &mut Tx,
    but: Vec<(ExecutionId, Option<String>)>,
) -> Result<Vec<ExecutionId>, StoreError> {
    let (mut executions, mut ids, mut paths) = (Vec::new(), Vec::new(), Vec::new());
    for (id, step) in but {
        if let Some(path) = step {
            ids.push(id.0);
            paths.push(path);
        } else {
            executions.push(id.0);
        }
    }
    let rows: Vec<IdRow> = tx
        .rows(
            sql("select distinct c.execution_id as id from calls c \
                 join executions e on e.id = c.execution_id \
                 left join executions ch on ch.number = c.child \
                 where (c.status = 'wanted' and (e.paused_at is null or e.stop is not null) \
                     and (c.execution_id, c.step_path) not in (select v.id, v.path from unnest($2, $3) as v (id, path)) \
                   or c.status = 'running' and (ch.number is null or ch.completed_at is not null)) \
                   and c.execution_id not in (select unnest($1)) order by id limit 200")
            .bind::<Array<SqlUuid>, _>(executions)
            .bind::<Array<SqlUuid>, _>(ids)
            .bind::<Array<Text>, _>(paths),
        )
        .await?;
    Ok(rows.into_iter().map(|row| ExecutionId(row.id)).collect())
}

/// What is true of an execution `ch` that runs in the step of a call `c`, and shall end because whoever
/// ended the execution with the step wished so, and it has not heard of that. What is on its way
/// to its end anyhow hears only of what asks for more.
macro_rules! unwanted {
    () => {
        "c.status = 'running' and c.stop_by is not null and ch.completed_at is null \
         and c.stops_told < greatest(c.stop_wishes, 1) and (ch.stop is null \
           or ch.stop_grace_ms > c.stop_grace_ms or (c.stop_grace_ms = 0 and c.stop_wishes > 1))"
    };
}

/// The executions that shall end because the ones whose steps run them do. Whoever ends one looks again
/// under its lock.
pub(crate) async fn unwanted(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<IdRow> = tx
        .rows(sql(concat!(
            "select ch.id from calls c join executions ch on ch.number = c.child where ",
            unwanted!(),
            " limit 200",
        )))
        .await?;
    Ok(rows.into_iter().map(|row| ExecutionId(row.id)).collect())
}

row! { StopRow {
    parent: i64 = BigInt,
    by: String = Text,
    grace_ms: i64 = BigInt,
    wishes: i32 = Integer,
    told: i32 = Integer,
    is_ending: bool = Bool,
} }

/// That an execution shall end because the one whose step runs it does, or has no use for it any more.
#[derive(Debug)]
pub(crate) struct Unwanted {
    /// The number of the one whose step runs it.
    pub(crate) parent: i64,
    pub(crate) by: String,
    pub(crate) grace_ms: u64,
    /// How often that was wished since it last heard of it.
    pub(crate) times: u32,
    /// Whether the one whose step runs it is being ended; else that has no use for it any more.
    pub(crate) is_ending: bool,
}

/// Whether a locked execution shall end because the one whose step runs it does, and has not heard of
/// that; by and by it has.
pub(crate) async fn tell_unwanted(
    tx: &mut Tx,
    child: ExecutionId,
) -> Result<Option<Unwanted>, StoreError> {
    let query = sql(concat!(
        "select p.number as parent, c.stop_by as by, c.stop_grace_ms as grace_ms, \
           c.stop_wishes as wishes, c.stops_told as told, p.stop is not null as is_ending from calls c \
         join executions ch on ch.number = c.child join executions p on p.id = c.execution_id \
         where ch.id = $1 and ",
        unwanted!(),
    ));
    let row: Option<StopRow> = tx.row(query.bind::<SqlUuid, _>(child.0)).await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let wishes = times(row.wishes);
    tx.run_last(
        sql("update calls set stops_told = $2 where status = 'running' \
               and child = (select number from executions where id = $1)")
        .bind::<SqlUuid, _>(child.0)
        .bind::<Integer, _>(i32::try_from(wishes).unwrap_or(i32::MAX)),
    );
    Ok(Some(Unwanted {
        parent: row.parent,
        by: row.by,
        grace_ms: u64::try_from(row.grace_ms).unwrap_or_default(),
        is_ending: row.is_ending,
        times: wishes.saturating_sub(u32::try_from(row.told).unwrap_or_default()),
    }))
}

row! { EndRow {
    number: i64 = BigInt,
    status: Word<ExecutionStatus> = Text,
    outputs: Option<Value> = Nullable<Jsonb>,
} }

/// How an execution stands that a step runs.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) status: ExecutionStatus,
    /// What it has given.
    pub(crate) outputs: Option<BTreeMap<String, String>>,
}

/// How these executions stand, by their numbers, and what they have given: by one look, as both are
/// written at once. One that has ended stays so: it is not locked.
pub(crate) async fn standings(
    tx: &mut Tx,
    numbers: Vec<i64>,
) -> Result<BTreeMap<i64, Standing>, StoreError> {
    let rows: Vec<EndRow> = tx
        .rows(
            sql("select e.number, e.status, c.outputs from executions e \
                 left join calls c on c.child = e.number where e.number = any ($1)")
            .bind::<Array<BigInt>, _>(numbers),
        )
        .await?;
    let standing = |row: EndRow| {
        let outputs = row.outputs.map(serde_json::from_value).transpose()?;
        let status = row.status.0;
        Ok((row.number, Standing { status, outputs }))
    };
    rows.into_iter().map(standing).collect()
}

row! { AncestorRow { number: i64 = BigInt, workflow_name: Option<String> = Nullable<Text> } }

/// The executions that the one with this number runs inside of, itself first, with what their
/// workflows are called.
pub(crate) async fn ancestors(
    tx: &mut Tx,
    number: i64,
) -> Result<Vec<(i64, Option<String>)>, StoreError> {
    let rows: Vec<AncestorRow> = tx
        .rows(
            sql("with recursive chain (number, depth) as ( \
                   select $1, 0 union all select e.parent, c.depth + 1 from chain c \
                     join executions e on e.number = c.number where e.parent is not null and c.depth < 100) \
                 select e.number, w.name as workflow_name from chain c join executions e on e.number = c.number \
                   left join workflows w on w.id = e.workflow_id order by c.depth")
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number, row.workflow_name))
        .collect())
}

row! { ReachRow { reach: Option<Value> = Nullable<Jsonb> } }

/// How far whoever started an execution reached then.
pub(crate) async fn reach(tx: &mut Tx, id: ExecutionId) -> Result<Option<Reach>, StoreError> {
    let row: Option<ReachRow> = tx
        .row(sql("select reach from executions where id = $1").bind::<SqlUuid, _>(id.0))
        .await?;
    let reach = row.and_then(|row| row.reach).map(serde_json::from_value);
    Ok(reach.transpose()?)
}

/// Notes, together with the end of an execution, what it gives to the step that ran it.
pub(crate) fn give(tx: &mut Tx, child: i64, outputs: &BTreeMap<String, String>) {
    tx.run_last(
        sql("update calls set outputs = $2 where child = $1 and status = 'running'")
            .bind::<BigInt, _>(child)
            .bind::<Jsonb, _>(json!(outputs)),
    );
}

/// Copies the calls of steps that another execution takes over as they ended.
pub(crate) async fn take_over(
    tx: &mut Tx,
    (from, to): (ExecutionId, ExecutionId),
    steps: &[String],
) -> Result<(), StoreError> {
    tx.run(
        sql("insert into calls (execution_id, step_path, status, workflow, version, inputs, timeout_ms, outputs, \
               taken_from) \
             select $2, step_path, 'ended', workflow, version, inputs, timeout_ms, outputs, \
               coalesce(child, taken_from) from calls \
             where execution_id = $1 and step_path = any ($3)")
        .bind::<SqlUuid, _>(from.0)
        .bind::<SqlUuid, _>(to.0)
        .bind::<Array<Text>, _>(steps.to_vec()),
    )
    .await?;
    Ok(())
}

row! { InsideRow {
    step_path: String = Text,
    id: Option<Uuid> = Nullable<SqlUuid>,
    is_answered: bool = Bool,
    is_shared: bool = Bool,
} }

/// An execution that a step has run, or a step of that one, however deep.
#[derive(Debug)]
pub(crate) struct Inside {
    /// The path of the outermost step.
    pub(crate) step: String,
    /// None where it is not there any more.
    pub(crate) execution: Option<ExecutionId>,
    /// Whether a question of its own has an answer.
    pub(crate) is_answered: bool,
    /// Whether one has that takes several people, or another than who starts the execution.
    pub(crate) is_shared: bool,
}

/// Everything that these steps have run, also where they were taken over.
pub(crate) async fn inside(
    tx: &mut Tx,
    (execution, steps): (ExecutionId, Vec<String>),
) -> Result<Vec<Inside>, StoreError> {
    let rows: Vec<InsideRow> = tx
        .rows(
            sql("with recursive inside (step_path, number) as ( \
                   select step_path, coalesce(child, taken_from) from calls \
                   where execution_id = $1 and step_path = any ($2) and coalesce(child, taken_from) is not null \
                   union select i.step_path, coalesce(c.child, c.taken_from) from inside i \
                     join executions e on e.number = i.number join calls c on c.execution_id = e.id \
                   where coalesce(c.child, c.taken_from) is not null) \
                 select i.step_path, e.id, \
                   exists (select from prompts p where p.execution_id = e.id and p.response is not null) as is_answered, \
                   exists (select from prompts p where p.execution_id = e.id and p.response is not null \
                     and (p.not_by is not null or (p.approvals ->> p.response)::int > 1)) as is_shared \
                 from inside i left join executions e on e.number = i.number order by i.number")
            .bind::<SqlUuid, _>(execution.0)
            .bind::<Array<Text>, _>(steps),
        )
        .await?;
    let inside = |row: InsideRow| Inside {
        step: row.step_path,
        execution: row.id.map(ExecutionId),
        is_answered: row.is_answered,
        is_shared: row.is_shared,
    };
    Ok(rows.into_iter().map(inside).collect())
}

row! { FailedRow { step_path: String = Text, child: i64 = BigInt } }

/// The steps of an execution whose workflow began and did not end well, with its execution.
pub(crate) async fn failed(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Vec<(String, i64)>, StoreError> {
    let rows: Vec<FailedRow> = tx
        .rows(
            sql("select c.step_path, c.child from calls c join steps s \
                   on s.execution_id = c.execution_id and s.path = c.step_path \
                 where c.execution_id = $1 and c.child is not null and s.status in ('failed', 'cancelled') \
                 order by s.index")
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.step_path, row.child))
        .collect())
}
