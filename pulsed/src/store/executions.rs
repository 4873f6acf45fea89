//! Executions: their rows are the locks under which everything inside them moves.

mod views;

use jiff::Timestamp;
use pulse_api::{ExecutionId, WorkflowId, status::ExecutionStatus};
use serde_json::{Map, Value, json};
use uuid::Uuid;

pub(crate) use self::views::{Filter, list, view, view_with_timeline};
use super::{
    StoreError, Tx,
    sql::{Statement, row, sql},
    types::{
        Array, At, BigInt, Binary, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word,
    },
    workers::{self, CandidateRow},
    writes::{Write, write},
};
use crate::model::{
    execution::{Execution, ExecutionRecord, Origin as New, Pause, Stop},
    grant::{Grants, Reach, Right},
    worker::Candidate,
};

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
        let inputs = match row.inputs {
            Value::Object(inputs) => inputs,
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_) => Map::new(),
        };
        Self::from(ExecutionRecord {
            id: ExecutionId(row.id),
            number: row.number,
            workflow: row.workflow_name,
            definition: row.definition,
            started_by: row.started_by,
            inputs,
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

/// Locks these executions in the order of their ids.
pub(crate) async fn lock(tx: &mut Tx, ids: &[ExecutionId]) -> Result<Locked, StoreError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = tx
        .rows(
            sql(
                "select id, number, workflow_name, definition, started_by, inputs, targets, stop, \
                 paused_at is not null as is_paused, undo_of, parent, last_seq, status, now() as now from executions where id = any ($1) \
                 order by id for no key update",
            )
            .bind::<Array<SqlUuid>, _>(ids),
        )
        .await?;
    Ok(Locked::new(rows))
}

/// The query that locks the executions that these jobs belong to, in the order of their ids.
pub(super) fn locking_by_jobs(jobs: &[Uuid]) -> Statement<'_> {
    sql(
        "select id, number, workflow_name, definition, started_by, inputs, targets, stop, \
         paused_at is not null as is_paused, undo_of, parent, last_seq, status, now() as now from executions \
         where id in (select execution_id from jobs where jobs.id = any ($1)) \
         order by id for no key update",
    )
    .bind::<Array<SqlUuid>, _>(jobs)
}

row! { ReservedRow {
    numbers: Vec<i64> = Array<BigInt>,
    answers: Value = Jsonb,
} }

/// What a batch of executions begins with.
pub(crate) struct Reserved {
    pub(crate) numbers: Vec<i64>,
    /// By principal and key: the digest of the request, in hex, and what was answered.
    pub(crate) answers: Vec<(String, String, String, Value)>,
}

/// Takes the next numbers for executions, and looks which of these calls were made before.
pub(crate) async fn reserve(
    tx: &mut Tx,
    count: usize,
    calls: &[(&str, &str)],
) -> Result<Reserved, StoreError> {
    let row: Option<ReservedRow> = tx.row(reserving(count, calls)).await?;
    Reserved::try_from(row)
}

/// The same, with the workers that these names stand for, in one exchange.
pub(crate) async fn reserve_with(
    tx: &mut Tx,
    (count, calls): (usize, &[(&str, &str)]),
    names: &[String],
) -> Result<(Reserved, Vec<Candidate>), StoreError> {
    let choosing = workers::choosing(names, workers::WithBlocks::No);
    let (reserved, workers) = tx
        .two::<ReservedRow, CandidateRow>((reserving(count, calls), choosing))
        .await?;
    let reserved = Reserved::try_from(reserved.into_iter().next())?;
    Ok((reserved, workers.into_iter().map(Candidate::from).collect()))
}

fn reserving<'a>(count: usize, calls: &[(&'a str, &'a str)]) -> Statement<'a> {
    sql("select array (select nextval('executions_number_seq') from generate_series(1, $1)) as numbers, \
         (select coalesce(jsonb_agg(jsonb_build_array(k.principal, k.key, \
           encode(k.request_sha256, 'hex'), k.body)), '[]') from unnest($2, $3) as v (principal, key) \
           join idempotency_keys k on k.principal = v.principal and k.key = v.key) as answers")
    .bind::<Integer, _>(i32::try_from(count).unwrap_or(i32::MAX))
    .bind::<Array<Text>, _>(calls.iter().map(|(principal, _)| *principal).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(calls.iter().map(|(_, key)| *key).collect::<Vec<_>>())
}

impl TryFrom<Option<ReservedRow>> for Reserved {
    type Error = StoreError;

    fn try_from(row: Option<ReservedRow>) -> Result<Self, StoreError> {
        let row = row.ok_or(StoreError::Stale)?;
        Ok(Self {
            numbers: row.numbers,
            answers: serde_json::from_value(row.answers)?,
        })
    }
}

const INSERT: &str = "\
insert into executions (id, number, workflow_id, workflow_name, workflow_version, definition, status, \
  outcome, started_by, reason, inputs, targets, last_seq, started_at, deadline_at, completed_at, retry_of, undo_of, \
  parent, parent_step, reach) \
overriding system value \
select v.id, v.number, v.workflow_id, v.workflow_name, v.workflow_version, v.definition, \
  v.status::execution_status, v.outcome, v.started_by, v.reason, v.inputs, v.targets, v.last_seq, \
  case when v.status <> 'pending' then now() end, \
  case when v.status not in ('pending', 'completed', 'failed', 'cancelled', 'timed_out') \
    then now() + v.timeout_ms * interval '1 millisecond' end, \
  case when v.status in ('completed', 'failed', 'cancelled', 'timed_out') then now() end, v.retry_of, v.undo_of, \
  v.parent, v.parent_step, v.reach \
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) as v (id, number, workflow_id, \
  workflow_name, workflow_version, definition, status, outcome, started_by, reason, inputs, targets, last_seq, \
  timeout_ms, retry_of, undo_of, parent, parent_step, reach)";

/// Adds executions as they are by now.
pub(super) fn insert(executions: &[&Execution]) -> diesel::QueryResult<Write<'static>> {
    let news = executions
        .iter()
        .map(|execution| execution.origin().map(|new| (*execution, new)))
        .collect::<Option<Vec<_>>>()
        .ok_or(diesel::result::Error::NotFound)?;
    let each = || news.iter();
    let statement = sql(INSERT)
        .bind::<Array<SqlUuid>, _>(each().map(|(e, _)| e.id.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(each().map(|(e, _)| e.number).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(
            each()
                .map(|(_, n)| n.workflow.map(|(id, _)| id.0))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            each().map(|(e, _)| e.workflow.clone()).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Integer>>, _>(
            each()
                .map(|(_, n)| n.workflow.map(|(_, version)| version))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Binary>, _>(
            each()
                .map(|(e, _)| e.definition.clone())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(each().map(|(e, _)| e.status().as_str()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(
            each().map(|(e, _)| e.outcome.clone()).collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(
            each()
                .map(|(e, _)| e.started_by.clone())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(each().map(|(_, n)| n.reason.clone()).collect::<Vec<_>>())
        .bind::<Array<Jsonb>, _>(
            each()
                .map(|(e, _)| Value::Object(e.inputs.clone()))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Jsonb>>, _>(
            each().map(|(e, _)| e.targets.clone()).collect::<Vec<_>>(),
        )
        .bind::<Array<BigInt>, _>(each().map(|(e, _)| e.last_seq).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(
            each()
                .map(|(_, n)| n.timeout_ms.and_then(|ms| i64::try_from(ms).ok()))
                .collect::<Vec<_>>(),
        );
    let statement = related(statement, &news);
    Ok(write("new_executions", executions.len(), statement))
}

/// Binds what executions are to others: from `retry_of` on.
fn related<'a>(statement: Statement<'a>, news: &[(&Execution, &New)]) -> Statement<'a> {
    let each = || news.iter();
    statement
        .bind::<Array<Nullable<BigInt>>, _>(each().map(|(_, n)| n.retry_of).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(each().map(|(e, _)| e.undo_of).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(each().map(|(e, _)| e.parent).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(
            each()
                .map(|(_, n)| n.parent_step.clone())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Jsonb>>, _>(
            each()
                .map(|(_, n)| n.reach.as_ref().map(|reach| json!(reach)))
                .collect::<Vec<_>>(),
        )
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

row! { IdRow { id: Uuid = SqlUuid } }

/// The executions that have run out of time.
pub(crate) async fn overdue(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<IdRow> = tx
        .rows(sql("select id from executions where deadline_at <= now() \
                   and stop is null limit 200"))
        .await?;
    Ok(rows.into_iter().map(|row| ExecutionId(row.id)).collect())
}

/// How an execution is named by people.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Name {
    Id(ExecutionId),
    Number(i64),
}

/// Whether an execution `e`, of a workflow `w` if any, may be seen by somebody in these groups, who
/// has to do with these workflows only; null for an admin, and for all of them.
macro_rules! visible {
    ($groups:literal, $workflows:literal) => {
        concat!(
            "(",
            $groups,
            "::text[] is null or w.grants -> 'view' is null or w.grants -> 'view' ?| ",
            $groups,
            ") and (",
            $workflows,
            "::text[] is null or e.workflow_name = any (",
            $workflows,
            "))"
        )
    };
}
pub(super) use visible;

/// The id behind a name, of what may be seen.
pub(crate) async fn find(
    tx: &mut Tx,
    name: Name,
    reach: &Reach,
) -> Result<Option<ExecutionId>, StoreError> {
    let query = match name {
        Name::Id(id) => sql(concat!(
            "select e.id from executions e left join workflows w on w.id = e.workflow_id \
             where e.id = $1 and ",
            visible!("$2", "$3")
        ))
        .bind::<SqlUuid, _>(id.0),
        Name::Number(number) => sql(concat!(
            "select e.id from executions e left join workflows w on w.id = e.workflow_id \
             where e.number = $1 and ",
            visible!("$2", "$3")
        ))
        .bind::<BigInt, _>(number),
    };
    let query = query
        .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
        .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone());
    let row: Option<IdRow> = tx.row(query).await?;
    Ok(row.map(|row| ExecutionId(row.id)))
}

row! { GrantsRow {
    workflow_name: Option<String> = Nullable<Text>,
    grants: Option<Value> = Nullable<Jsonb>,
} }

/// Whether an execution lets somebody do this; not where there is none.
pub(crate) async fn allows(
    tx: &mut Tx,
    id: ExecutionId,
    (reach, right): (&Reach, Right),
) -> Result<bool, StoreError> {
    let row: Option<GrantsRow> = tx
        .row(
            sql("select e.workflow_name, w.grants from executions e \
                 left join workflows w on w.id = e.workflow_id where e.id = $1")
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    let Some(row) = row else { return Ok(false) };
    let grants: Option<Grants> = row.grants.map(serde_json::from_value).transpose()?;
    Ok(reach.includes(right, (row.workflow_name.as_deref(), grants.as_ref())))
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
pub(crate) struct Origin {
    pub(crate) workflow: Option<(WorkflowId, i32)>,
    pub(crate) workflow_name: Option<String>,
    pub(crate) definition: Vec<u8>,
    pub(crate) inputs: Value,
    pub(crate) targets: Option<Value>,
    pub(crate) number: i64,
    pub(crate) undo_of: Option<i64>,
    pub(crate) is_live: bool,
}

/// What an execution was started with; it stays until the transaction ends.
pub(crate) async fn origin(tx: &mut Tx, id: ExecutionId) -> Result<Option<Origin>, StoreError> {
    let row: Option<OriginRow> = tx
        .row(
            sql(
                "select workflow_id, workflow_version, workflow_name, definition, inputs, targets, \
                 number, undo_of, completed_at is null as is_live from executions where id = $1 for key share",
            )
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(row.map(|row| Origin {
        workflow: row.workflow_id.map(WorkflowId).zip(row.workflow_version),
        workflow_name: row.workflow_name,
        definition: row.definition,
        inputs: row.inputs,
        targets: row.targets,
        number: row.number,
        undo_of: row.undo_of,
        is_live: row.is_live,
    }))
}
