//! Jobs: one attempt of one step on one worker. Hot: everything here takes batches.
//!
//! This file reads jobs for moves, `awaiting` those that end without a process; `write` writes the moves, `offers` hands jobs
//! to workers, `views` shows them.

pub(crate) mod awaiting;
pub(crate) mod carry;
pub(crate) mod offers;
pub(crate) mod views;
pub(crate) mod write;

use std::collections::BTreeMap;

use pulse_api::{ExecutionId, Fence, JobId, WorkerId, frames::Claim, status::JobStatus};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    executions::{self, ExecutionRow, Locked},
    sql::{Statement, row, sql},
    steps::{self, StepRow},
    types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Word},
};
use crate::model::{
    job::{self, Core, Ended, Job, Pending},
    step::Step,
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
            (JobStatus::Polled, Some(fence)) => Self::Polled(job::Held { core, fence }),
            (JobStatus::Running, Some(fence)) => Self::Running(job::Held { core, fence }),
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
    let rows: Vec<NamedRow> = tx.rows(naming(names)).await?;
    Ok(rows.into_iter().map(NamedRow::into).collect())
}

fn naming(names: &[(JobId, u32)]) -> Statement<'static> {
    sql(
        "select j.id, j.attempt, j.execution_id, j.step_path, j.worker_id, j.worker_name, \
         j.status, j.fence, exists (select 1 from jobs p where p.worker_id = j.worker_id \
           and p.status = 'pending') as has_waiting \
         from unnest($1, $2) as v (id, attempt) \
         join jobs j on j.id = v.id and j.attempt = v.attempt",
    )
    .bind::<Array<SqlUuid>, _>(names.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(names.iter().map(|(_, at)| number(*at)).collect::<Vec<_>>())
}

impl From<NamedRow> for (Job, bool) {
    fn from(row: NamedRow) -> Self {
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
        (job, row.has_waiting)
    }
}

/// Jobs with the executions that they belong to, locked.
pub(crate) struct Held {
    pub(crate) locked: Locked,
    /// The steps of all these executions, in document order.
    pub(crate) steps: Vec<Step>,
    /// Each with whether other jobs wait for the same worker.
    pub(crate) jobs: Vec<(Job, bool)>,
}

/// Locks the executions of these jobs, then reads their steps and the jobs, all in one exchange.
pub(crate) async fn hold(tx: &mut Tx, names: &[(JobId, u32)]) -> Result<Held, StoreError> {
    let ids: Vec<Uuid> = names.iter().map(|(id, _)| id.0).collect();
    let (executions, steps, jobs) = tx
        .three::<ExecutionRow, StepRow, NamedRow>((
            executions::locking_by_jobs(&ids),
            steps::by_jobs(&ids),
            naming(names),
        ))
        .await?;
    Ok(Held {
        locked: Locked::new(executions),
        steps: steps.into_iter().map(Step::from).collect(),
        jobs: jobs.into_iter().map(NamedRow::into).collect(),
    })
}

/// The statement that selects jobs as `JobRow` reads them.
macro_rules! jobs {
    ($rest:literal) => {
        concat!(
            "select id, attempt, execution_id, step_path, worker_id, worker_name, status, fence \
             from jobs ",
            $rest
        )
    };
}

/// The jobs of these executions that have not ended.
pub(crate) async fn open_of(
    tx: &mut Tx,
    executions: &[ExecutionId],
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(jobs!(
                "where execution_id = any ($1) and completed_at is null order by id"
            ))
            .bind::<Array<SqlUuid>, _>(executions.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Executions whose jobs a sweep leaves out: there may be more of them than it looks at at a time.
pub(super) fn but(executions: &[ExecutionId]) -> Vec<Uuid> {
    executions.iter().map(|id| id.0).collect()
}

/// Jobs that have not ended, of workers that are gone.
pub(crate) async fn open_of_workers(
    tx: &mut Tx,
    (workers, but_of): (&[WorkerId], &[ExecutionId]),
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(jobs!(
                "where worker_id = any ($1) and status in ('pending', 'polled', 'running') \
                 and execution_id <> all ($2) and give_up_at is null and (awaits is distinct from 'reboot' or status <> 'running') \
                 order by id"
            ))
            .bind::<Array<SqlUuid>, _>(workers.iter().map(|id| id.0).collect::<Vec<_>>())
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs that have not ended, of workers that are offline or gone; those that wait for their worker
/// to come back only where it was removed.
pub(crate) async fn abandoned(tx: &mut Tx, but_of: &[ExecutionId]) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(
            "select j.id, j.attempt, j.execution_id, j.step_path, j.worker_id, j.worker_name, j.status, \
             j.fence from jobs j join workers w on w.id = j.worker_id \
             where j.status in ('pending', 'polled', 'running') and j.execution_id <> all ($1) \
               and (w.status = 'deleted' or (w.status = 'offline' and (j.status <> 'pending' or j.give_up_at is null) \
               and (j.awaits is distinct from 'reboot' or j.status <> 'running'))) \
             order by j.id limit 500",
            )
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs that wait although somebody has asked for their end.
pub(crate) async fn unwanted(tx: &mut Tx, but_of: &[ExecutionId]) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(jobs!(
                "where status = 'pending' and cancel_requested_at is not null \
                 and execution_id <> all ($1) order by id limit 500"
            ))
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs that run, but of which nothing was heard for so long.
pub(crate) async fn stuck(
    tx: &mut Tx,
    (after_ms, but_of): (u64, &[ExecutionId]),
) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(jobs!(
                "where status in ('polled', 'running') \
                 and (awaits is null or status = 'polled') and execution_id <> all ($2) \
                 and evidence_at < now() - $1 * interval '1 millisecond' order by id limit 500"
            ))
            .bind::<BigInt, _>(i64::try_from(after_ms).unwrap_or(i64::MAX))
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs that should have timed out on their worker a minute ago, or have ended since they were cancelled.
pub(crate) async fn overdue(tx: &mut Tx, but_of: &[ExecutionId]) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(jobs!(
                "where status = 'running' and awaits is null and execution_id <> all ($1) \
                 and started_at < now() - (timeout_ms + 60000) * interval '1 millisecond' \
                 and (cancel_requested_at is null or cancel_requested_at < now() - interval '1 millisecond' \
                   * (60000 + coalesce((select stop_grace_ms from executions e where e.id = execution_id), 0))) \
                 order by id limit 500"
            ))
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Jobs whose worker did not come in the time that their step gives it.
pub(crate) async fn given_up(tx: &mut Tx, but_of: &[ExecutionId]) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(jobs!(
                "where status = 'pending' and awaits is null and give_up_at <= now() \
                 and execution_id <> all ($1) order by id limit 500"
            ))
            .bind::<Array<SqlUuid>, _>(but(but_of)),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Offers to a worker that it has not begun, as far as is known.
pub(crate) async fn offers_of(tx: &mut Tx, worker: WorkerId) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(
            sql(jobs!(
                "where worker_id = $1 and status = 'polled' order by id, attempt"
            ))
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
}

/// Offers that nobody took in time, with a margin for reports on their way.
pub(crate) async fn expired_offers(tx: &mut Tx) -> Result<Vec<Job>, StoreError> {
    let rows: Vec<JobRow> = tx
        .rows(sql(jobs!(
            "where status = 'polled' \
             and offer_expires_at < now() - interval '3 seconds' order by id limit 500"
        )))
        .await?;
    Ok(rows.into_iter().map(Job::from).collect())
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
    is_cancelled: bool = Bool,
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
    /// Whether its end was asked for.
    pub(crate) is_cancelled: bool,
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
                 status, exit_code, reason, outputs, spec, cancel_requested_at is not null as is_cancelled from jobs \
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
            is_cancelled: row.is_cancelled,
        })
        .collect())
}

row! { CountRow {
    count: i64 = BigInt,
} }

/// How many earlier attempts of a job ended before anybody was asked to start them.
pub(crate) async fn never_offered(tx: &mut Tx, core: &Core) -> Result<u32, StoreError> {
    let rows: Vec<CountRow> = tx
        .rows(
            sql("select count(*) as count from jobs where id = $1 and attempt < $2 and not ever_offered")
                .bind::<SqlUuid, _>(core.id.0)
                .bind::<Integer, _>(i32::try_from(core.attempt).unwrap_or(i32::MAX)),
        )
        .await?;
    Ok(rows
        .first()
        .map_or(0, |row| u32::try_from(row.count).unwrap_or(0)))
}

row! { InHandRow {
    id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    fence: Option<i64> = Nullable<BigInt>,
    status: Word<JobStatus> = Text,
    has_awaits: bool = Bool,
} }

/// How an attempt stands that an agent names, or holds by the table.
pub(crate) struct InHand {
    pub(crate) claim: Claim,
    pub(crate) status: JobStatus,
    /// Whether it goes on without its process.
    pub(crate) has_awaits: bool,
}

/// What the table says of the attempts that an agent names, and of those it holds by the table.
pub(crate) async fn in_hand(
    tx: &mut Tx,
    worker: WorkerId,
    named: &[Claim],
) -> Result<Vec<InHand>, StoreError> {
    let rows: Vec<InHandRow> = tx
        .rows(
            sql(
                "select id, attempt, fence, status, awaits is not null as has_awaits from jobs where worker_id = $1 \
                 and (status in ('polled', 'running') or id = any ($2))",
            )
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Array<SqlUuid>, _>(named.iter().map(|c| c.job_id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| InHand {
            claim: Claim {
                job_id: JobId(row.id),
                attempt: attempt(row.attempt),
                fence: Fence(row.fence.unwrap_or_default()),
            },
            status: row.status.0,
            has_awaits: row.has_awaits,
        })
        .collect())
}
