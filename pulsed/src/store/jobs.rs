//! Jobs: one attempt of one step on one worker. Hot: everything here takes batches.

use std::collections::BTreeMap;

use diesel_async::RunQueryDsl;
use pulse_api::{
    ExecutionId, Fence, JobId, WorkerId,
    frames::{Claim, ExecuteCommand},
    status::JobStatus,
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{Statement, row, sql},
    types::{
        Array, At, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word, moment,
    },
};
use crate::model::{
    changes::{NewJob, Offered, Placement},
    job::{Change, Core, Ended, Ending, Held, Job, Pending, To},
};

row! { JobRow {
    id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    execution_id: Uuid = SqlUuid,
    step_path: String = Text,
    worker_id: Uuid = SqlUuid,
    worker_name: String = Text,
    status: Word<JobStatus> = Text,
    fence: Option<i64> = Nullable<BigInt>,
} }

impl From<JobRow> for Job {
    fn from(row: JobRow) -> Self {
        let core = Core {
            id: JobId(row.id),
            attempt: attempt(row.attempt),
            execution: ExecutionId(row.execution_id),
            step: row.step_path,
            worker: WorkerId(row.worker_id),
            worker_name: row.worker_name,
        };
        let last_fence = row.fence.map(Fence);
        match (row.status.0, last_fence) {
            (JobStatus::Polled, Some(fence)) => Self::Polled(Held { core, fence }),
            (JobStatus::Running, Some(fence)) => Self::Running(Held { core, fence }),
            // A CHECK keeps offers and running jobs from being without a fence.
            (JobStatus::Pending | JobStatus::Polled | JobStatus::Running, _) => {
                Self::Pending(Pending { core, last_fence })
            }
            (
                status @ (JobStatus::Succeeded
                | JobStatus::Failed
                | JobStatus::TimedOut
                | JobStatus::Cancelled
                | JobStatus::Lost),
                _,
            ) => Self::Ended(Ended { core, status }),
        }
    }
}

pub(super) fn attempt(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

fn number(attempt: u32) -> i32 {
    i32::try_from(attempt).unwrap_or(i32::MAX)
}

row! { NamedRow {
    id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    execution_id: Uuid = SqlUuid,
    step_path: String = Text,
    worker_id: Uuid = SqlUuid,
    worker_name: String = Text,
    status: Word<JobStatus> = Text,
    fence: Option<i64> = Nullable<BigInt>,
    has_waiting: bool = Bool,
} }

/// The jobs that these claims name, whatever their state and fence; and for each, whether other
/// jobs wait for the same worker.
pub(crate) async fn named(
    tx: &mut Tx,
    names: &[(JobId, u32)],
) -> Result<Vec<(Job, bool)>, StoreError> {
    let rows: Vec<NamedRow> = tx
        .rows(
            sql(
                "select j.id, j.attempt, j.execution_id, j.step_path, j.worker_id, j.worker_name, \
                 j.status, j.fence, exists (select 1 from jobs p where p.worker_id = j.worker_id \
                   and p.status = 'pending') as has_waiting \
                 from unnest($1, $2) as v (id, attempt) \
                 join jobs j on j.id = v.id and j.attempt = v.attempt",
            )
            .bind::<Array<SqlUuid>, _>(names.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
            .bind::<Array<Integer>, _>(names.iter().map(|(_, at)| number(*at)).collect::<Vec<_>>()),
        )
        .await?;
    let job = |row: NamedRow| {
        let has_waiting = row.has_waiting;
        let job = Job::from(JobRow {
            id: row.id,
            attempt: row.attempt,
            execution_id: row.execution_id,
            step_path: row.step_path,
            worker_id: row.worker_id,
            worker_name: row.worker_name,
            status: row.status,
            fence: row.fence,
        });
        (job, has_waiting)
    };
    Ok(rows.into_iter().map(job).collect())
}

/// The jobs of these executions that have not ended.
pub(crate) async fn open_of(
    tx: &mut Tx,
    executions: &[ExecutionId],
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql("select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
                 from jobs where execution_id = any ($1) and completed_at is null order by id")
            .bind::<Array<SqlUuid>, _>(executions.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs that have not ended, of workers that are gone.
pub(crate) async fn open_of_workers(
    tx: &mut Tx,
    workers: &[WorkerId],
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql("select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
                 from jobs where worker_id = any ($1) and status in ('pending', 'polled', 'running') \
                 and give_up_at is null order by id")
            .bind::<Array<SqlUuid>, _>(workers.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs that run, but of which nothing was heard for so long.
pub(crate) async fn stuck(tx: &mut Tx, after_ms: u64) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql("select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
                 from jobs where status in ('polled', 'running') \
                 and evidence_at < now() - $1 * interval '1 millisecond' order by id limit 500")
            .bind::<BigInt, _>(i64::try_from(after_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs that should have timed out on their worker a minute ago.
pub(crate) async fn overdue(tx: &mut Tx) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(sql(
            "select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
             from jobs where status = 'running' \
             and started_at < now() - (timeout_ms + 60000) * interval '1 millisecond' \
             order by id limit 500",
        ))
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs whose worker did not come in the time that their step gives it.
pub(crate) async fn given_up(tx: &mut Tx) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(sql(
            "select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
             from jobs where status = 'pending' and give_up_at <= now() order by id limit 500",
        ))
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Offers that nobody took in time, with a margin for reports on their way.
pub(crate) async fn expired_offers(tx: &mut Tx) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(sql(
            "select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
             from jobs where status = 'polled' \
             and offer_expires_at < now() - interval '3 seconds' order by id limit 500",
        ))
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

const APPLY: &str = "\
update jobs set \
  status = v.new::job_status, \
  fence = case when v.new = 'lost' then nextval('fences') else jobs.fence end, \
  offer_expires_at = null, \
  evidence_at = now(), \
  started_at = case when v.new = 'running' then coalesce(jobs.started_at, now()) \
               when v.duration_ms is not null then \
                 coalesce(jobs.started_at, now() - v.duration_ms * interval '1 millisecond') \
               else jobs.started_at end, \
  completed_at = case when v.new in ('succeeded', 'failed', 'timed_out', 'cancelled', 'lost') then now() end, \
  exit_code = v.exit_code, signal = v.signal, reason = v.reason, detail = v.detail, \
  outputs = v.outputs, last_output_seq = coalesce(v.last_output_seq, jobs.last_output_seq), \
  output_bytes = coalesce(v.output_bytes, jobs.output_bytes), \
  output_sha256 = coalesce(v.output_sha256, jobs.output_sha256) \
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) as v \
  (id, attempt, old, fence, new, exit_code, signal, reason, detail, outputs, last_output_seq, \
   output_bytes, output_sha256, duration_ms) \
where jobs.id = v.id and jobs.attempt = v.attempt and jobs.status = v.old::job_status \
  and jobs.fence is not distinct from v.fence";

/// The statement that writes moves of jobs where state and fence are still as they were found.
pub(super) fn apply(changes: &[Change]) -> Statement<'_> {
    fn ending(change: &Change) -> Option<&Ending> {
        match change.to() {
            To::Ended(ending) => Some(ending),
            To::Pending | To::Running => None,
        }
    }
    let all = |f: fn(&Change) -> Uuid| changes.iter().map(f).collect::<Vec<_>>();
    let ended = || changes.iter().map(ending);
    let ran = |e: &&Ending| e.exit_code.is_some() || e.signal.is_some();
    let outputs = |e: &Ending| {
        (!e.outputs.is_empty()).then(|| serde_json::to_value(&e.outputs).unwrap_or_default())
    };
    let signed = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    sql(APPLY)
        .bind::<Array<SqlUuid>, _>(all(|c| c.core().id.0))
        .bind::<Array<Integer>, _>(
            changes
                .iter()
                .map(|c| number(c.core().attempt))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(
            changes
                .iter()
                .map(|c| c.from().as_str())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<BigInt>>, _>(
            changes
                .iter()
                .map(|c| c.fence().map(|f| f.0))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(
            changes
                .iter()
                .map(|c| c.status().as_str())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Integer>>, _>(
            ended()
                .map(|e| e.and_then(|e| e.exit_code))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Integer>>, _>(
            ended()
                .map(|e| e.and_then(|e| e.signal))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            ended()
                .map(|e| e.and_then(|e| e.reason.as_deref()))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            ended()
                .map(|e| e.and_then(|e| e.detail.as_deref()))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Jsonb>>, _>(ended().map(|e| e.and_then(outputs)).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(
            ended()
                .map(|e| e.map(|e| signed(e.last_output_seq)))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<BigInt>>, _>(
            ended()
                .map(|e| e.map(|e| signed(e.output_bytes)))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            ended()
                .map(|e| e.and_then(|e| e.output_sha256.as_deref()))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<BigInt>>, _>(
            ended()
                .map(|e| e.filter(ran).map(|e| signed(e.duration_ms)))
                .collect::<Vec<_>>(),
        )
}

row! { OfferedRow {
    id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    fence: Option<i64> = Nullable<BigInt>,
    offer_expires_at: Option<At> = Nullable<Timestamptz>,
} }

const INSERT: &str = "\
insert into jobs (id, attempt, execution_id, step_path, worker_id, worker_name, status, fence, spec, \
  timeout_ms, ever_offered, not_before, offer_expires_at, completed_at, reason, detail, give_up_at) \
select v.id, v.attempt, v.execution_id, v.step_path, v.worker_id, v.worker_name, v.status::job_status, \
  case when v.status = 'polled' then nextval('fences') end, v.spec, v.timeout_ms, v.status = 'polled', \
  now() + v.delay_ms * interval '1 millisecond', \
  case when v.status = 'polled' then now() + $14 * interval '1 millisecond' end, \
  case when v.status not in ('pending', 'polled') then now() end, v.reason, v.detail, \
  now() + v.patience_ms * interval '1 millisecond' \
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $15) as v (id, attempt, \
  execution_id, step_path, worker_id, worker_name, status, spec, timeout_ms, delay_ms, reason, detail, \
  position, patience_ms) \
order by v.position returning id, attempt, fence, offer_expires_at";

/// Adds jobs; gives the fence and the expiry of those that are written already offered.
pub(super) async fn insert(
    tx: &mut Tx,
    jobs: &[NewJob],
    offer_ttl_ms: u64,
) -> Result<Vec<Offered>, StoreError> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let status = |job: &NewJob| match &job.placement {
        Placement::Offered => "polled",
        Placement::Queued | Placement::Delayed(_) | Placement::QueuedFor(_) => "pending",
        Placement::Refused(ending) => ending.status.as_str(),
    };
    let delay = |job: &NewJob| match &job.placement {
        Placement::Delayed(ms) => i64::try_from(*ms).ok(),
        Placement::Offered
        | Placement::Queued
        | Placement::QueuedFor(_)
        | Placement::Refused(_) => None,
    };
    let patience = |job: &NewJob| match &job.placement {
        Placement::QueuedFor(ms) => i64::try_from(*ms).ok(),
        Placement::Offered | Placement::Queued | Placement::Delayed(_) | Placement::Refused(_) => {
            None
        }
    };
    let refusal = |job: &NewJob| match &job.placement {
        Placement::Refused(ending) => (ending.reason.clone(), ending.detail.clone()),
        Placement::Offered
        | Placement::Queued
        | Placement::QueuedFor(_)
        | Placement::Delayed(_) => (None, None),
    };
    let specs = jobs
        .iter()
        .map(|job| serde_json::to_value(&job.command))
        .collect::<Result<Vec<_>, _>>()?;
    let timeout = |job: &NewJob| i64::try_from(job.command.timeout).unwrap_or(i64::MAX);
    let statement = sql(INSERT)
        .bind::<Array<SqlUuid>, _>(jobs.iter().map(|j| j.core.id.0).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(
            jobs.iter()
                .map(|j| number(j.core.attempt))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<SqlUuid>, _>(jobs.iter().map(|j| j.core.execution.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(
            jobs.iter()
                .map(|j| j.core.step.as_str())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<SqlUuid>, _>(jobs.iter().map(|j| j.core.worker.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(
            jobs.iter()
                .map(|j| j.core.worker_name.as_str())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(jobs.iter().map(status).collect::<Vec<_>>())
        .bind::<Array<Jsonb>, _>(specs)
        .bind::<Array<BigInt>, _>(jobs.iter().map(timeout).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(jobs.iter().map(delay).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(jobs.iter().map(|j| refusal(j).0).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(jobs.iter().map(|j| refusal(j).1).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>((0..).take(jobs.len()).collect::<Vec<i32>>())
        .bind::<BigInt, _>(i64::try_from(offer_ttl_ms).unwrap_or(i64::MAX))
        .bind::<Array<Nullable<BigInt>>, _>(jobs.iter().map(patience).collect::<Vec<_>>());
    let rows: Vec<OfferedRow> = statement.get_results(&mut tx.conn).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Offered {
                job: JobId(row.id),
                attempt: attempt(row.attempt),
                fence: Fence(row.fence?),
                expires_at: moment(row.offer_expires_at)?,
            })
        })
        .collect())
}

row! { CommandRow {
    attempt: i32 = Integer,
    fence: i64 = BigInt,
    offer_expires_at: At = Timestamptz,
    spec: Value = Jsonb,
} }

impl CommandRow {
    fn command(self) -> Result<ExecuteCommand, StoreError> {
        let mut command: ExecuteCommand = serde_json::from_value(self.spec)?;
        command.attempt = attempt(self.attempt);
        command.fence = Fence(self.fence);
        command.expires_at = self.offer_expires_at.to_jiff();
        Ok(command)
    }
}

const CLAIM: &str = "\
with room as ( \
  select w.id, w.slots - (select count(*) from jobs h where h.worker_id = w.id and h.status in ('polled', 'running')) as free \
  from workers w \
  where w.status = 'online' and w.admin_state = 'active' and w.server_id is not null \
    and ($1::uuid[] is null or w.id = any ($1)) \
    and exists (select 1 from jobs p where p.worker_id = w.id and p.status = 'pending') \
  order by w.id for share of w \
), \
chosen as ( \
  select j.id, j.attempt from room, \
  lateral (select id, attempt from jobs \
           where worker_id = room.id and status = 'pending' and (not_before is null or not_before <= now()) \
             and cancel_requested_at is null \
           order by created_at limit greatest(room.free, 0) for update skip locked) as j \
) \
update jobs set status = 'polled', fence = nextval('fences'), ever_offered = true, evidence_at = now(), \
  offer_expires_at = now() + $2 * interval '1 millisecond' \
from chosen where jobs.id = chosen.id and jobs.attempt = chosen.attempt and jobs.status = 'pending' \
returning jobs.attempt, jobs.fence, jobs.offer_expires_at, jobs.spec";

/// Offers waiting jobs to workers that have room; of these workers only, where some are named.
pub(crate) async fn claim(
    tx: &mut Tx,
    workers: Option<&[WorkerId]>,
    offer_ttl_ms: u64,
) -> Result<Vec<ExecuteCommand>, StoreError> {
    let ids = workers.map(|ids| ids.iter().map(|id| id.0).collect::<Vec<_>>());
    let rows: Vec<CommandRow> = tx
        .rows(
            sql(CLAIM)
                .bind::<Nullable<Array<SqlUuid>>, _>(ids)
                .bind::<BigInt, _>(i64::try_from(offer_ttl_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    rows.into_iter().map(CommandRow::command).collect()
}

/// Live offers for a worker.
pub(crate) async fn offers(
    tx: &mut Tx,
    worker: WorkerId,
) -> Result<Vec<ExecuteCommand>, StoreError> {
    let rows: Vec<CommandRow> = tx
        .rows(
            sql(
                "select attempt, fence, offer_expires_at, spec from jobs where worker_id = $1 \
                 and status = 'polled' and offer_expires_at > now() order by created_at",
            )
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    rows.into_iter().map(CommandRow::command).collect()
}

/// Live offers for every worker whose session is on this replica.
pub(crate) async fn offers_of_server(
    tx: &mut Tx,
    server: Uuid,
) -> Result<Vec<ExecuteCommand>, StoreError> {
    let rows: Vec<CommandRow> = tx
        .rows(
            sql(
                "select j.attempt, j.fence, j.offer_expires_at, j.spec from jobs j \
                 join workers w on w.id = j.worker_id and w.server_id = $1 \
                 where j.status = 'polled' and j.offer_expires_at > now() order by j.created_at",
            )
            .bind::<SqlUuid, _>(server),
        )
        .await?;
    rows.into_iter().map(CommandRow::command).collect()
}

row! { CancelRow {
    id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    fence: i64 = BigInt,
    worker_id: Uuid = SqlUuid,
    grace_ms: Option<i64> = Nullable<BigInt>,
} }

/// An attempt that its worker shall end.
pub(crate) struct CancelWish {
    pub(crate) worker: WorkerId,
    pub(crate) claim: Claim,
    pub(crate) grace_ms: u64,
}

impl From<CancelRow> for CancelWish {
    fn from(row: CancelRow) -> Self {
        Self {
            worker: WorkerId(row.worker_id),
            claim: Claim {
                job_id: JobId(row.id),
                attempt: attempt(row.attempt),
                fence: Fence(row.fence),
            },
            grace_ms: row
                .grace_ms
                .and_then(|ms| u64::try_from(ms).ok())
                .unwrap_or(10_000),
        }
    }
}

/// The attempts in a worker's hands that shall be ended.
pub(crate) async fn cancels(tx: &mut Tx, worker: WorkerId) -> Result<Vec<CancelWish>, StoreError> {
    let rows: Vec<CancelRow> = tx
        .rows(
            sql(
                "select j.id, j.attempt, j.fence, j.worker_id, e.stop_grace_ms as grace_ms \
                 from jobs j join executions e on e.id = j.execution_id where j.worker_id = $1 \
                 and j.status in ('polled', 'running') and j.cancel_requested_at is not null",
            )
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    Ok(rows.into_iter().map(CancelWish::from).collect())
}

/// The attempts that shall be ended, of every worker whose session is on this replica.
pub(crate) async fn cancels_of_server(
    tx: &mut Tx,
    server: Uuid,
) -> Result<Vec<CancelWish>, StoreError> {
    let rows: Vec<CancelRow> = tx
        .rows(
            sql(
                "select j.id, j.attempt, j.fence, j.worker_id, e.stop_grace_ms as grace_ms \
                 from jobs j join executions e on e.id = j.execution_id \
                 join workers w on w.id = j.worker_id and w.server_id = $1 \
                 where j.status in ('polled', 'running') and j.cancel_requested_at is not null",
            )
            .bind::<SqlUuid, _>(server),
        )
        .await?;
    Ok(rows.into_iter().map(CancelWish::from).collect())
}

/// Notes on everything in a worker's hands for this execution that it shall be ended.
pub(crate) async fn request_cancel(tx: &mut Tx, execution: ExecutionId) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update jobs set cancel_requested_at = coalesce(cancel_requested_at, now()) \
             where execution_id = $1 and status in ('polled', 'running')",
        )
        .bind::<SqlUuid, _>(execution.0),
    )
    .await?;
    Ok(())
}

/// Renews the evidence that these attempts are alive.
pub(crate) async fn renew(tx: &mut Tx, claims: &[Claim]) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update jobs set evidence_at = now() from unnest($1, $2, $3) as v (id, attempt, fence) \
             where jobs.id = v.id and jobs.attempt = v.attempt and jobs.fence = v.fence \
             and jobs.status in ('polled', 'running')",
        )
        .bind::<Array<SqlUuid>, _>(claims.iter().map(|c| c.job_id.0).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(claims.iter().map(|c| number(c.attempt)).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(claims.iter().map(|c| c.fence.0).collect::<Vec<_>>()),
    )
    .await?;
    Ok(())
}

/// Keeps what a superseded report said, as evidence only, and only the first time.
pub(crate) async fn keep_late(
    tx: &mut Tx,
    name: (JobId, u32),
    (status, exit_code): (JobStatus, Option<i32>),
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update jobs set late_status = $3, late_exit = $4, late_at = now() \
             where id = $1 and attempt = $2 and late_at is null and completed_at is not null \
             and (status <> $3::job_status or exit_code is distinct from $4)",
        )
        .bind::<SqlUuid, _>(name.0.0)
        .bind::<Integer, _>(number(name.1))
        .bind::<Text, _>(status.as_str())
        .bind::<Nullable<Integer>, _>(exit_code),
    )
    .await?;
    Ok(())
}

row! { FactsRow {
    execution_id: Uuid = SqlUuid,
    step_path: String = Text,
    worker_name: String = Text,
    status: Word<JobStatus> = Text,
    exit_code: Option<i32> = Nullable<Integer>,
    reason: Option<String> = Nullable<Text>,
    outputs: Option<Value> = Nullable<Jsonb>,
    id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    spec: Value = Jsonb,
    worker_id: Uuid = SqlUuid,
} }

/// How the newest attempt of a job stands, for the planner.
pub(crate) struct Standing {
    pub(crate) core: Core,
    pub(crate) status: JobStatus,
    pub(crate) exit_code: Option<i32>,
    pub(crate) reason: Option<String>,
    pub(crate) outputs: BTreeMap<String, String>,
    pub(crate) command: Value,
}

/// The newest attempt of each job of these executions; of these steps only, where some are named.
pub(crate) async fn standings(
    tx: &mut Tx,
    executions: &[ExecutionId],
    steps: Option<&[String]>,
) -> Result<Vec<Standing>, StoreError> {
    let rows: Vec<FactsRow> = tx
        .rows(
            sql("select distinct on (id) id, attempt, execution_id, step_path, worker_id, worker_name, \
                 status, exit_code, reason, outputs, spec from jobs \
                 where execution_id = any ($1) and ($2::text[] is null or step_path = any ($2)) \
                 order by id, attempt desc")
            .bind::<Array<SqlUuid>, _>(executions.iter().map(|id| id.0).collect::<Vec<_>>())
            .bind::<Nullable<Array<Text>>, _>(steps.map(<[String]>::to_vec)),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Standing {
            core: Core {
                id: JobId(row.id),
                attempt: attempt(row.attempt),
                execution: ExecutionId(row.execution_id),
                step: row.step_path,
                worker: WorkerId(row.worker_id),
                worker_name: row.worker_name,
            },
            status: row.status.0,
            exit_code: row.exit_code,
            reason: row.reason,
            outputs: row
                .outputs
                .and_then(|outputs| serde_json::from_value(outputs).ok())
                .unwrap_or_default(),
            command: row.spec,
        })
        .collect())
}

row! { InHandRow {
    id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    fence: Option<i64> = Nullable<BigInt>,
    status: Word<JobStatus> = Text,
} }

/// What the table says of the attempts that an agent names, and of those it holds by the table.
pub(crate) async fn in_hand(
    tx: &mut Tx,
    worker: WorkerId,
    named: &[Claim],
) -> Result<Vec<(Claim, JobStatus)>, StoreError> {
    let rows: Vec<InHandRow> = tx
        .rows(
            sql(
                "select id, attempt, fence, status from jobs where worker_id = $1 \
                 and (status in ('polled', 'running') or id = any ($2))",
            )
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Array<SqlUuid>, _>(named.iter().map(|c| c.job_id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let claim = Claim {
                job_id: JobId(row.id),
                attempt: attempt(row.attempt),
                fence: Fence(row.fence.unwrap_or_default()),
            };
            (claim, row.status.0)
        })
        .collect())
}

row! { ViewRow { view: Value = Jsonb } }

/// What every view of a job selects, as JSON in the shape of `JobView`.
macro_rules! view {
    ($rest:literal) => {
        concat!(
            "select jsonb_build_object('id', j.id, 'execution_id', j.execution_id, 'step', j.step_path, \
             'worker_id', j.worker_id, 'worker', j.worker_name, 'status', j.status, 'exit_code', j.exit_code, \
             'signal', j.signal, 'attempt', j.attempt, 'created_at', j.created_at, 'started_at', j.started_at, \
             'completed_at', j.completed_at, 'reason', j.reason, 'detail', j.detail, \
             'output_bytes', j.output_bytes, 'output_sha256', j.output_sha256, \
             'output_truncated', j.output_bytes > 16777216, 'outputs', coalesce(j.outputs, '{}')) as view \
             from jobs j ",
            $rest
        )
    };
}

/// Every attempt of every job of an execution, as JSON.
pub(crate) async fn views_of(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(view!(
                "where j.execution_id = $1 order by j.step_path, j.worker_name, j.attempt"
            ))
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}

/// One attempt of a job as JSON; the newest where none is named.
pub(crate) async fn view(
    tx: &mut Tx,
    id: JobId,
    wanted: Option<u32>,
) -> Result<Option<Value>, StoreError> {
    let row: Option<ViewRow> = tx
        .row(
            sql(view!(
                "where j.id = $1 and ($2 is null or j.attempt = $2) order by j.attempt desc limit 1"
            ))
            .bind::<SqlUuid, _>(id.0)
            .bind::<Nullable<Integer>, _>(wanted.map(number)),
        )
        .await?;
    Ok(row.map(|row| row.view))
}

/// A worker's jobs as JSON, newest first.
pub(crate) async fn views_of_worker(
    tx: &mut Tx,
    worker: WorkerId,
    status: Option<JobStatus>,
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(view!(
                "where j.worker_id = $1 and ($2 is null or j.status = $2::job_status) \
                       order by j.created_at desc limit 100"
            ))
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Nullable<Text>, _>(status.map(JobStatus::as_str)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}

row! { QueueRow {
    pending: i64 = BigInt,
    polled: i64 = BigInt,
    running: i64 = BigInt,
    oldest_ms: Option<i64> = Nullable<BigInt>,
} }

/// How many jobs wait, are offered, and run; and how long the oldest has waited, in milliseconds.
pub(crate) async fn queue(tx: &mut Tx) -> Result<(u64, u64, u64, Option<u64>), StoreError> {
    let row: Option<QueueRow> = tx
        .row(sql("select count(*) filter (where status = 'pending') as pending, \
                  count(*) filter (where status = 'polled') as polled, \
                  count(*) filter (where status = 'running') as running, \
                  (extract(epoch from now() - min(created_at) filter (where status = 'pending')) * 1000)::bigint \
                    as oldest_ms from jobs where status in ('pending', 'polled', 'running')"))
        .await?;
    let count = |value: i64| u64::try_from(value).unwrap_or_default();
    Ok(row.map_or((0, 0, 0, None), |row| {
        (
            count(row.pending),
            count(row.polled),
            count(row.running),
            row.oldest_ms.map(count),
        )
    }))
}
