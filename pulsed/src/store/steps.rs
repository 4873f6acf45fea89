//! Steps of executions.

use pulse_api::{
    ExecutionId,
    status::{StepKind, StepStatus},
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{Statement, row, sql},
    types::{
        Array, At, BigInt, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word, moment,
    },
    writes::{Write, write},
};
use crate::model::step::{JobCounts, Step, StepRecord};

row! { StepRow {
    execution_id: Uuid = SqlUuid,
    path: String = Text,
    index: i32 = Integer,
    step_id: String = Text,
    name: String = Text,
    kind: Word<StepKind> = Text,
    status: Word<StepStatus> = Text,
    reason: Option<String> = Nullable<Text>,
    response: Option<String> = Nullable<Text>,
    fields: Option<Value> = Nullable<Jsonb>,
    ended_order: Option<i64> = Nullable<BigInt>,
    jobs_total: i32 = Integer,
    jobs_open: i32 = Integer,
    jobs_bad: i32 = Integer,
    due_at: Option<At> = Nullable<Timestamptz>,
} }

impl From<StepRow> for Step {
    fn from(row: StepRow) -> Self {
        Self::from(StepRecord {
            execution: ExecutionId(row.execution_id),
            path: row.path,
            index: u32::try_from(row.index).unwrap_or_default(),
            id: row.step_id,
            name: row.name,
            kind: row.kind.0,
            status: row.status.0,
            reason: row.reason,
            response: row.response,
            fields: match row.fields {
                Some(Value::Object(fields)) => fields,
                Some(_) | None => Map::new(),
            },
            ended_order: row.ended_order.and_then(|order| u64::try_from(order).ok()),
            jobs: JobCounts {
                total: u32::try_from(row.jobs_total).unwrap_or_default(),
                open: u32::try_from(row.jobs_open).unwrap_or_default(),
                bad: u32::try_from(row.jobs_bad).unwrap_or_default(),
            },
            due_at: moment(row.due_at),
        })
    }
}

/// The steps of these executions, in document order. Their executions' rows are the lock.
pub(crate) async fn of(tx: &mut Tx, executions: &[ExecutionId]) -> Result<Vec<Step>, StoreError> {
    let ids: Vec<Uuid> = executions.iter().map(|id| id.0).collect();
    let rows: Vec<StepRow> = tx
        .rows(
            sql("select execution_id, path, index, step_id, name, kind, status, reason, response, fields, \
                 ended_order, jobs_total, jobs_open, jobs_bad, due_at from steps where execution_id = any ($1) \
                 order by execution_id, index")
            .bind::<Array<SqlUuid>, _>(ids),
        )
        .await?;
    Ok(rows.into_iter().map(Step::from).collect())
}

/// The query for the steps of the executions that these jobs belong to, in document order.
pub(super) fn by_jobs(jobs: &[Uuid]) -> Statement<'_> {
    sql("select execution_id, path, index, step_id, name, kind, status, reason, response, fields, ended_order, \
         jobs_total, jobs_open, jobs_bad, due_at from steps \
         where execution_id in (select execution_id from jobs where jobs.id = any ($1)) \
         order by execution_id, index")
    .bind::<Array<SqlUuid>, _>(jobs)
}

const INSERT: &str = "\
insert into steps (execution_id, path, index, step_id, name, kind, status, reason, detail, ended_order, \
  jobs_total, jobs_open, jobs_bad, due_at, started_at, completed_at) \
select v.execution_id, v.path, v.index, v.step_id, v.name, v.kind::step_kind, v.status::step_status, \
  v.reason, v.detail, v.ended_order, v.jobs_total, v.jobs_open, v.jobs_bad, \
  case when v.status not in ('succeeded', 'failed', 'skipped', 'cancelled') \
    then now() + v.sleep_ms * interval '1 millisecond' end, \
  case when v.status in ('running', 'succeeded', 'failed') then now() end, \
  case when v.status in ('succeeded', 'failed', 'skipped', 'cancelled') then now() end \
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as v (execution_id, path, index, \
  step_id, name, kind, status, reason, detail, ended_order, sleep_ms, jobs_total, jobs_open, jobs_bad)";

/// Adds steps as they are by now.
pub(super) fn insert<'a>(steps: &[&'a Step]) -> Write<'a> {
    let index = |step: &&Step| i32::try_from(step.index).unwrap_or(i32::MAX);
    let statement = moved(
        sql(INSERT)
            .bind::<Array<SqlUuid>, _>(steps.iter().map(|s| s.execution.0).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(steps.iter().map(|s| s.path.as_str()).collect::<Vec<_>>())
            .bind::<Array<Integer>, _>(steps.iter().map(index).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(steps.iter().map(|s| s.id.as_str()).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(steps.iter().map(|s| s.name.as_str()).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(steps.iter().map(|s| s.kind.as_str()).collect::<Vec<_>>()),
        steps,
    );
    write("new_steps", steps.len(), statement)
}

/// Binds what moves change: status to job counts.
fn moved<'a>(statement: Statement<'a>, steps: &[&'a Step]) -> Statement<'a> {
    let order = |step: &&Step| step.ended_order.and_then(|order| i64::try_from(order).ok());
    let sleep = |step: &&Step| step.sleep_ms.and_then(|ms| i64::try_from(ms).ok());
    let count = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
    statement
        .bind::<Array<Text>, _>(
            steps
                .iter()
                .map(|s| s.status().as_str())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            steps
                .iter()
                .map(|s| s.reason.as_deref())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            steps
                .iter()
                .map(|s| s.detail.as_deref())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<BigInt>>, _>(steps.iter().map(order).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(steps.iter().map(sleep).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(
            steps
                .iter()
                .map(|s| count(s.jobs.total))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Integer>, _>(steps.iter().map(|s| count(s.jobs.open)).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(steps.iter().map(|s| count(s.jobs.bad)).collect::<Vec<_>>())
}

const APPLY: &str = "\
update steps set \
  status = v.new::step_status, \
  reason = coalesce(v.reason, steps.reason), \
  detail = coalesce(v.detail, steps.detail), \
  response = coalesce(v.response, steps.response), \
  ended_order = coalesce(v.ended_order, steps.ended_order), \
  jobs_total = v.jobs_total, jobs_open = v.jobs_open, jobs_bad = v.jobs_bad, \
  due_at = case when v.new in ('succeeded', 'failed', 'skipped', 'cancelled') then null \
           when v.sleep_ms is null then steps.due_at \
           else now() + v.sleep_ms * interval '1 millisecond' end, \
  started_at = case when v.new = 'running' then coalesce(steps.started_at, now()) \
               when v.new in ('succeeded', 'failed') then coalesce(steps.started_at, now()) \
               else steps.started_at end, \
  completed_at = case when v.new in ('succeeded', 'failed', 'skipped', 'cancelled') \
                 then coalesce(steps.completed_at, now()) end \
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
  as v (execution_id, path, old, response, new, reason, detail, ended_order, sleep_ms, jobs_total, jobs_open, jobs_bad) \
where steps.execution_id = v.execution_id and steps.path = v.path and steps.status = v.old::step_status \
returning 1";

/// Writes moves of steps where the rows are still as they were found.
pub(super) fn apply<'a>(steps: &[&'a Step]) -> Write<'a> {
    let statement = moved(
        sql(APPLY)
            .bind::<Array<SqlUuid>, _>(steps.iter().map(|s| s.execution.0).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(steps.iter().map(|s| s.path.as_str()).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(
                steps
                    .iter()
                    .map(|s| s.stored().as_str())
                    .collect::<Vec<_>>(),
            )
            .bind::<Array<Nullable<Text>>, _>(
                steps
                    .iter()
                    .map(|s| s.response.as_deref())
                    .collect::<Vec<_>>(),
            ),
        steps,
    );
    write("moved_steps", steps.len(), statement).finding_all()
}

row! { DueRow { execution_id: Uuid = SqlUuid } }

/// The executions in which a wait is over.
pub(crate) async fn due(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<DueRow> = tx
        .rows(sql("select distinct execution_id from steps \
                   where due_at <= now() limit 200"))
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ExecutionId(row.execution_id))
        .collect())
}

row! { NextDueRow { wait_ms: Option<i64> = Nullable<BigInt> } }

/// Milliseconds until something set in the future is due; `None` when nothing is.
pub(crate) async fn next_due(tx: &mut Tx) -> Result<Option<u64>, StoreError> {
    let row: Option<NextDueRow> = tx
        .row(sql("select (extract(epoch from min(at) - now()) * 1000)::bigint as wait_ms from ( \
                    select min(due_at) from steps where due_at is not null \
                    union all select min(expires_at) from prompts where status = 'open' \
                    union all select min(deadline_at) from executions \
                      where deadline_at is not null and stop is null \
                    union all select min(not_before) from jobs where status = 'pending' and not_before > now() - interval '1 second' \
                    union all select min(give_up_at) from jobs where status = 'pending' \
                    union all select min(started_at + timeout_ms * interval '1 millisecond') from jobs \
                      where awaits = 'reboot' and completed_at is null and status = 'running' \
                    union all select min(r.look_at) from rollouts r join executions e on e.id = r.execution_id \
                      where r.status = 'resting' and e.paused_at is null \
                    union all select min(e.completed_at) from rollouts r join executions e on e.id = r.execution_id \
                      where r.rollback_wanted \
                  ) as t (at)"))
        .await?;
    Ok(row
        .and_then(|row| row.wait_ms)
        .map(|ms| u64::try_from(ms).unwrap_or(0)))
}

row! { ViewRow { view: Value = Jsonb } }

/// The steps of an execution as JSON in the shape of `StepView`, in document order.
pub(crate) async fn views_of(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql("select jsonb_build_object('index', index, 'id', path, 'name', name, 'type', kind, \
                 'status', status, 'attempt', 0, 'started_at', started_at, 'completed_at', completed_at, \
                 'response', response, 'due_at', due_at, 'reason', reason, 'detail', detail, \
                 'outputs', '{}'::jsonb, 'jobs', '[]'::jsonb, 'rollout', ( \
                   select jsonb_build_object('status', r.status, 'batch', r.batch + 1, 'batches', r.sizes, \
                     'hosts', jsonb_path_query_array(r.hosts, '$[*][1]'), 'detail', r.detail, \
                     'canary', r.canary, 'rollback_wanted', r.rollback_wanted) from rollouts r \
                   where r.execution_id = steps.execution_id and r.step_path = steps.path), 'call', ( \
                   select jsonb_build_object('workflow', c.workflow, 'version', c.version, 'status', c.status, \
                     'execution', c.child, 'inputs', c.inputs, 'outputs', coalesce(c.outputs, '{}')) from calls c \
                   where steps.kind = 'workflow' and c.execution_id = steps.execution_id \
                     and (c.step_path = steps.path or starts_with(c.step_path, steps.path || '/')) \
                   order by length(c.step_path) desc, c.step_path desc limit 1)) as view from steps \
                 where execution_id = $1 order by index")
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}

row! { LeftRow { left_ms: i64 = BigInt } }

/// How many milliseconds a step has left that may take so many; none where its time is up.
pub(crate) async fn time_left(
    tx: &mut Tx,
    (execution, path): (ExecutionId, &str),
    timeout_ms: u64,
) -> Result<Option<u64>, StoreError> {
    let timeout = i64::try_from(timeout_ms).unwrap_or(i64::MAX / 2);
    let row: Option<LeftRow> = tx
        .row(
            sql("select ceil(extract(epoch from started_at - now()) * 1000)::bigint + $3 as left_ms \
                 from steps where execution_id = $1 and path = $2 and started_at is not null")
            .bind::<SqlUuid, _>(execution.0)
            .bind::<Text, _>(path)
            .bind::<BigInt, _>(timeout),
        )
        .await?;
    Ok(row
        .and_then(|row| u64::try_from(row.left_ms).ok())
        .filter(|left| *left > 0))
}

/// Keeps what was filled in with the answer to a prompt; written after the move of its step.
pub(crate) fn fill_in(
    tx: &mut Tx,
    (execution, path): (ExecutionId, &str),
    fields: Map<String, Value>,
) {
    tx.run_last(
        sql("update steps set fields = $3 where execution_id = $1 and path = $2")
            .bind::<SqlUuid, _>(execution.0)
            .bind::<Text, _>(path.to_owned())
            .bind::<Jsonb, _>(Value::Object(fields)),
    );
}

/// Completes steps that were taken over: what they answered, and when they ran.
pub(crate) fn complete_taken_over(
    tx: &mut Tx,
    (from, to): (ExecutionId, ExecutionId),
    paths: Vec<String>,
) {
    tx.run_last(
        sql(
            "update steps set response = e.response, fields = e.fields, started_at = e.started_at, \
               completed_at = e.completed_at from steps e \
             where e.execution_id = $1 and steps.execution_id = $2 and e.path = steps.path \
               and steps.path = any ($3)",
        )
        .bind::<SqlUuid, _>(from.0)
        .bind::<SqlUuid, _>(to.0)
        .bind::<Array<Text>, _>(paths),
    );
}
