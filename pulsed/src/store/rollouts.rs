//! Rollouts: which hosts a step goes over, and what is known of those it has changed.

use std::collections::HashSet;

use pulse_api::{ExecutionId, WorkerId, status::RolloutStatus};
use pulse_workflow::{Trial, trials_of};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Word},
    writes::{Write, write},
};
use crate::model::rollout::Rollout;

row! { RolloutRow {
    execution_id: Uuid = SqlUuid,
    step_path: String = Text,
    status: Word<RolloutStatus> = Text,
    hosts: Value = Jsonb,
    sizes: Value = Jsonb,
    batch: i32 = Integer,
    detail: Option<String> = Nullable<Text>,
    undoes: Option<Value> = Nullable<Jsonb>,
    asked: Option<Value> = Nullable<Jsonb>,
} }

/// The rollouts of these executions. Their executions' rows are the lock.
pub(crate) async fn of(
    tx: &mut Tx,
    executions: &[ExecutionId],
) -> Result<Vec<Rollout>, StoreError> {
    let rows: Vec<RolloutRow> = tx
        .rows(
            sql(
                "select execution_id, step_path, status, hosts, sizes, batch, detail, undoes, asked \
                 from rollouts where execution_id = any ($1) order by execution_id, step_path",
            )
            .bind::<Array<SqlUuid>, _>(executions.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            let hosts: Vec<(WorkerId, String)> = serde_json::from_value(row.hosts)?;
            let undoes = row.undoes.map(serde_json::from_value).transpose()?;
            let asked = row.asked.map(serde_json::from_value).transpose()?;
            let stored = Rollout::stored(
                (ExecutionId(row.execution_id), row.step_path),
                (hosts, serde_json::from_value(row.sizes)?),
                (
                    u32::try_from(row.batch).unwrap_or_default(),
                    row.status.0,
                    row.detail,
                ),
            );
            Ok(stored.undoing(undoes).asking(asked))
        })
        .collect()
}

/// Writes rollouts as they are by now; their execution is locked.
pub(super) fn put<'a>(rollouts: &[&'a Rollout]) -> Write<'a> {
    let look = |rollout: &&Rollout| rollout.look_ms().and_then(|ms| i64::try_from(ms).ok());
    let statement = sql(
        "insert into rollouts (execution_id, step_path, status, hosts, sizes, batch, detail, look_at, rest_since, \
           undoes, rollback_wanted, canary, asked) \
         select v.execution_id, v.step_path, v.status::rollout_status, v.hosts, v.sizes, v.batch, v.detail, \
           now() + v.look_ms * interval '1 millisecond', case when v.status = 'resting' then now() end, \
           v.undoes, v.rollback_wanted, v.canary, v.asked \
         from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) as v (execution_id, step_path, status, hosts, sizes, \
           batch, detail, look_ms, undoes, rollback_wanted, canary, asked) \
         on conflict (execution_id, step_path) do update set status = excluded.status, batch = excluded.batch, \
           detail = excluded.detail, rollback_wanted = rollouts.rollback_wanted or excluded.rollback_wanted, \
           look_at = excluded.look_at, asked = excluded.asked, \
           rest_since = case when rollouts.status = 'resting' then rollouts.rest_since \
             else excluded.rest_since end",
    )
    .bind::<Array<SqlUuid>, _>(rollouts.iter().map(|r| r.execution.0).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rollouts.iter().map(|r| r.step.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(rollouts.iter().map(|r| r.status().as_str()).collect::<Vec<_>>())
    .bind::<Array<Jsonb>, _>(rollouts.iter().map(|r| json!(r.hosts)).collect::<Vec<_>>())
    .bind::<Array<Jsonb>, _>(rollouts.iter().map(|r| json!(r.sizes)).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(
        rollouts
            .iter()
            .map(|r| i32::try_from(r.batch).unwrap_or(i32::MAX))
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Nullable<Text>>, _>(rollouts.iter().map(|r| r.detail.as_deref()).collect::<Vec<_>>())
    .bind::<Array<Nullable<BigInt>>, _>(rollouts.iter().map(look).collect::<Vec<_>>())
    .bind::<Array<Nullable<Jsonb>>, _>(
        rollouts
            .iter()
            .map(|r| r.undoes.as_ref().map(|undoes| json!(undoes)))
            .collect::<Vec<_>>(),
    )
    .bind::<Array<Bool>, _>(rollouts.iter().map(|r| r.rollback_wanted).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(rollouts.iter().map(|r| r.canary).collect::<Vec<_>>())
    .bind::<Array<Nullable<Jsonb>>, _>(
        rollouts
            .iter()
            .map(|r| r.asked.as_ref().map(|asked| json!(asked)))
            .collect::<Vec<_>>(),
    );
    write("put_rollouts", rollouts.len(), statement)
}

row! { SummaryRow { execution_id: Uuid = SqlUuid, view: Value = Jsonb } }

/// How far the rollouts of these executions have come, as JSON in the shape of `RolloutSummary`.
///
/// By the counts that their steps keep: each host has one job open at most, and ends badly once. Where a
/// step may fail and its host goes on, that host counts as failed.
pub(crate) async fn summaries(
    tx: &mut Tx,
    executions: &[ExecutionId],
) -> Result<Vec<(ExecutionId, Value)>, StoreError> {
    let rows: Vec<SummaryRow> = tx
        .rows(
            sql(
                "select r.execution_id, jsonb_build_object('step', s.name, 'status', s.status, \
                   'batch', r.batch + 1, 'batches', jsonb_array_length(r.sizes), 'canary', r.canary, \
                   'hosts', jsonb_array_length(r.hosts), 'busy', m.busy, 'failed', m.failed, \
                   'done', greatest(m.begun - m.busy - m.failed, 0), \
                   'waiting', jsonb_array_length(r.hosts) - m.begun, 'detail', coalesce(r.detail, s.detail)) as view \
                 from rollouts r join steps s on s.execution_id = r.execution_id and s.path = r.step_path \
                 cross join lateral (select max(jobs_total) as begun, sum(jobs_open) as busy, sum(jobs_bad) as failed \
                   from steps where execution_id = r.execution_id \
                   and (path = r.step_path or starts_with(path, r.step_path || '/'))) m \
                 where r.execution_id = any ($1) order by r.execution_id, s.index",
            )
            .bind::<Array<SqlUuid>, _>(executions.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (ExecutionId(row.execution_id), row.view))
        .collect())
}

row! { ToRollBackRow { id: Uuid = SqlUuid } }

/// The executions that have ended and whose rollouts are to be brought back.
pub(crate) async fn to_roll_back(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<ToRollBackRow> = tx
        .rows(sql(
            "select distinct e.id from rollouts r join executions e on e.id = r.execution_id \
             where r.rollback_wanted and e.completed_at is not null limit 50",
        ))
        .await?;
    Ok(rows.into_iter().map(|row| ExecutionId(row.id)).collect())
}

row! { TakenRow { step_path: String = Text } }

/// Takes the wish to bring the rollouts of an execution back; gives the steps that had it, which are none
/// where somebody else has taken it.
pub(crate) async fn take_rollback(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Vec<String>, StoreError> {
    let rows: Vec<TakenRow> = tx
        .rows(
            sql("update rollouts set rollback_wanted = false \
                 where execution_id = $1 and rollback_wanted returning step_path")
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.step_path).collect())
}

row! { BegunRow {
    worker_id: Uuid = SqlUuid,
    worker_name: String = Text,
    steps: Vec<String> = Array<Text>,
} }

/// The hosts that a rollout of the execution with this number had begun, newest first, each with
/// the steps that had begun there: what was refused, or ended while it waited, changed nothing.
pub(crate) async fn begun(
    tx: &mut Tx,
    number: i64,
    step: &str,
) -> Result<Vec<(WorkerId, String, Vec<String>)>, StoreError> {
    let rows: Vec<BegunRow> = tx
        .rows(
            sql(
                "select j.worker_id, j.worker_name, array_agg(distinct j.step_path) as steps \
                 from jobs j join executions e on e.id = j.execution_id \
                 where e.number = $1 and (j.step_path = $2 or starts_with(j.step_path, $2 || '/')) \
                 and (j.started_at is not null or j.status not in ('pending', 'failed', 'cancelled') \
                   or (j.awaits is not null and coalesce(j.reason, '') <> 'unreachable')) \
                 group by j.worker_id, j.worker_name order by max(j.created_at) desc, j.worker_name desc",
            )
            .bind::<BigInt, _>(number)
            .bind::<Text, _>(step),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (WorkerId(row.worker_id), row.worker_name, row.steps))
        .collect())
}

/// Lets the rests of an execution that was paused go on where they stood when it was.
pub(crate) async fn wake(tx: &mut Tx, execution: ExecutionId) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update rollouts r set rest_since = r.rest_since + (now() - greatest(e.paused_at, r.rest_since)), \
             look_at = r.look_at + (now() - greatest(e.paused_at, r.rest_since)) from executions e \
             where e.id = r.execution_id and r.execution_id = $1 and r.status = 'resting' \
             and e.paused_at is not null",
        )
        .bind::<SqlUuid, _>(execution.0),
    )
    .await?;
    Ok(())
}

row! { RestingRow { execution_id: Uuid = SqlUuid } }

/// The executions with a rollout whose rest is to be looked at now.
pub(crate) async fn resting(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<RestingRow> = tx
        .rows(sql("select distinct r.execution_id from rollouts r join executions e on e.id = r.execution_id \
             where r.status = 'resting' and r.look_at <= now() and e.paused_at is null limit 200"))
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ExecutionId(row.execution_id))
        .collect())
}

row! { SeenRow {
    rested_ms: i64 = BigInt,
    runs: i64 = BigInt,
    failures: i64 = BigInt,
    new_errors: Vec<String> = Array<Text>,
    gone: Vec<String> = Array<Text>,
    silent: Vec<String> = Array<Text>,
} }

// With `offset 0` each worker's jobs are looked up by what ended there since its change: joined as a
// whole, the history of the fleet would be read at every look.
// What looks at the batches, and what that runs, is no work of others: its end alone counts.
const SEEN: &str = "\
with recursive trials (id, number) as ( \
  select e.id, e.number from executions p join executions e on e.parent = p.number \
  where p.id = $1 and starts_with(e.parent_step, $5) \
  union select e.id, e.number from trials t join executions e on e.parent = t.number \
), \
changed as ( \
  select worker_id, max(completed_at) as at from jobs \
  where execution_id = $1 and worker_id = any ($3) and completed_at is not null group by worker_id \
), \
since as ( \
  select j.status in ('failed', 'timed_out', 'lost') as is_bad, coalesce(j.reason, 'exit ' || j.exit_code) as error \
  from changed c cross join lateral ( \
    select status, reason, exit_code from jobs where worker_id = c.worker_id and completed_at >= c.at \
    and started_at >= c.at and execution_id <> $1 \
    and execution_id not in (select id from trials) and fence is not null offset 0) j \
) \
select (extract(epoch from now() - r.rest_since) * 1000)::bigint as rested_ms, \
  (select count(*) from since) as runs, \
  (select count(*) from since where is_bad) as failures, \
  array (select distinct error from since where is_bad and error is not null and not exists ( \
    select 1 from jobs o where o.completed_at between r.began_at - interval '24 hours' and r.began_at \
    and o.status in ('failed', 'timed_out', 'lost') \
    and coalesce(o.reason, 'exit ' || o.exit_code) = since.error) order by error) as new_errors, \
  array (select name from workers where id = any ($4) and status in ('offline', 'deleted') order by name) as gone, \
  array (select name from workers where id = any ($4) and status = 'unreachable' order by name) as silent \
from rollouts r where r.execution_id = $1 and r.step_path = $2";

/// What has happened on the changed hosts since each of them was changed: jobs of other
/// executions, ways of failing that nobody had in the day before the rollout, and which of those that
/// came to the end of it are not there now.
pub(crate) async fn seen(
    tx: &mut Tx,
    (rollout, changed): (&Rollout, &HashSet<String>),
) -> Result<Option<pulse_workflow::Seen>, StoreError> {
    let watched = rollout.watched().iter();
    let workers: Vec<Uuid> = watched.clone().map(|(id, _)| id.0).collect();
    let changed: Vec<Uuid> = watched
        .filter(|(_, name)| changed.contains(name))
        .map(|(id, _)| id.0)
        .collect();
    let row: Option<SeenRow> = tx
        .row(
            sql(SEEN)
                .bind::<SqlUuid, _>(rollout.execution.0)
                .bind::<Text, _>(rollout.step.clone())
                .bind::<Array<SqlUuid>, _>(workers)
                .bind::<Array<SqlUuid>, _>(changed)
                .bind::<Text, _>(format!("{}/", trials_of(&rollout.step.as_str().into()))),
        )
        .await?;
    let whole = |number: i64| u64::try_from(number).unwrap_or_default();
    Ok(row.map(|row| pulse_workflow::Seen {
        rested_ms: whole(row.rested_ms),
        runs: whole(row.runs),
        failures: whole(row.failures),
        new_errors: row.new_errors,
        gone: row.gone,
        silent: row.silent,
        trial: Trial::None,
    }))
}
