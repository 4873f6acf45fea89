//! Writing moves of jobs, new jobs, and what is known of them beside their state.

use diesel::QueryResult;
use pulse_api::{ExecutionId, Fence, JobId, WorkerId, frames::Claim, status::JobStatus};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{attempt, number};
use crate::{
    model::{
        changes::{NewJob, Offered, Placement},
        job::{Change, Ending, To},
    },
    store::{
        StoreError, Tx,
        sql::{Statement, row, sql},
        types::{Array, At, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, moment},
        writes::{NEW_JOBS, Write, write},
    },
};

const APPLY: &str = "\
update jobs set \
  status = v.new::job_status, \
  fence = case when v.new = 'lost' then nextval('fences') else jobs.fence end, \
  ever_offered = jobs.ever_offered and not v.is_refused, \
  offer_expires_at = null, \
  not_before = case when v.new = 'pending' then now() + interval '2 seconds' else jobs.not_before end, \
  give_up_at = null, \
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
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) as v \
  (id, attempt, old, fence, new, exit_code, signal, reason, detail, outputs, last_output_seq, \
   output_bytes, output_sha256, duration_ms, is_refused) \
where jobs.id = v.id and jobs.attempt = v.attempt and jobs.status = v.old::job_status \
  and jobs.fence is not distinct from v.fence returning 1";

/// Writes moves of jobs where state and fence are still as they were found.
pub(in crate::store) fn apply(changes: &[Change]) -> Write<'_> {
    let core = changes.iter().map(Change::core);
    let fences = changes
        .iter()
        .map(|change| change.fence().map(|fence| fence.0));
    let statement = sql(APPLY)
        .bind::<Array<SqlUuid>, _>(core.clone().map(|c| c.id.0).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(core.map(|c| number(c.attempt)).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(
            changes
                .iter()
                .map(|c| c.from().as_str())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<BigInt>>, _>(fences.collect::<Vec<_>>())
        .bind::<Array<Text>, _>(
            changes
                .iter()
                .map(|c| c.status().as_str())
                .collect::<Vec<_>>(),
        );
    let statement = endings(statement, changes);
    write("moved_jobs", changes.len(), statement).finding_all()
}

/// Binds how jobs ended; nothing for those that did not.
fn endings<'a>(statement: Statement<'a>, changes: &'a [Change]) -> Statement<'a> {
    fn ending(change: &Change) -> Option<&Ending> {
        match change.to() {
            To::Ended(ending) => Some(ending),
            To::Pending | To::Refused | To::Running => None,
        }
    }
    fn outputs(ending: &Ending) -> Option<Value> {
        (!ending.outputs.is_empty()).then(|| json!(ending.outputs))
    }
    fn duration(ending: &Ending) -> Option<i64> {
        let has_run = ending.exit_code.is_some() || ending.signal.is_some();
        has_run.then(|| signed(ending.duration_ms))
    }
    fn each<'a, T>(
        changes: &'a [Change],
        part: impl Fn(&'a Ending) -> Option<T>,
    ) -> Vec<Option<T>> {
        changes
            .iter()
            .map(|change| ending(change).and_then(&part))
            .collect()
    }
    statement
        .bind::<Array<Nullable<Integer>>, _>(each(changes, |e| e.exit_code))
        .bind::<Array<Nullable<Integer>>, _>(each(changes, |e| e.signal))
        .bind::<Array<Nullable<Text>>, _>(each(changes, |e| e.reason.as_deref()))
        .bind::<Array<Nullable<Text>>, _>(each(changes, |e| e.detail.as_deref()))
        .bind::<Array<Nullable<Jsonb>>, _>(each(changes, outputs))
        .bind::<Array<Nullable<BigInt>>, _>(each(changes, |e| Some(signed(e.last_output_seq))))
        .bind::<Array<Nullable<BigInt>>, _>(each(changes, |e| Some(signed(e.output_bytes))))
        .bind::<Array<Nullable<Text>>, _>(each(changes, |e| e.output_sha256.as_deref()))
        .bind::<Array<Nullable<BigInt>>, _>(each(changes, duration))
        .bind::<Array<Bool>, _>(changes.iter().map(Change::is_refused).collect::<Vec<_>>())
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A job that was added.
pub(in crate::store) struct OfferedRow {
    pub(in crate::store) id: Uuid,
    pub(in crate::store) attempt: i32,
    /// None where it was not written as an offer.
    pub(in crate::store) fence: Option<i64>,
    pub(in crate::store) offer_expires_at: Option<At>,
}

const INSERT: &str = "\
insert into jobs (id, attempt, execution_id, step_path, worker_id, worker_name, status, fence, spec, \
  timeout_ms, ever_offered, not_before, give_up_at, offer_expires_at, completed_at, reason, detail, \
  awaits, awaits_before, awaits_version) \
select v.id, v.attempt, v.execution_id, v.step_path, v.worker_id, v.worker_name, v.status::job_status, \
  case when v.status = 'polled' then nextval('fences') end, v.spec, v.timeout_ms, v.status = 'polled', \
  now() + v.delay_ms * interval '1 millisecond', now() + v.patience_ms * interval '1 millisecond', \
  case when v.status = 'polled' then now() + $10 * interval '1 millisecond' end, \
  case when v.status not in ('pending', 'polled') then now() end, v.reason, v.detail, \
  v.awaits::job_awaits, case when v.awaits = 'reboot' then \
    (select coalesce(w.boot_id, '') from workers w where w.id = v.worker_id) end, \
  v.awaits_version \
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $11, $12, $13, $14, $15, $16, $17) as v (id, attempt, execution_id, \
  step_path, worker_id, worker_name, spec, timeout_ms, position, status, delay_ms, patience_ms, reason, \
  detail, awaits, awaits_version) \
order by v.position returning id, attempt, fence, offer_expires_at";

/// Adds jobs; gives the fence and the expiry of those that are written already offered.
pub(in crate::store) fn insert(jobs: &[NewJob], offer_ttl_ms: u64) -> QueryResult<Write<'_>> {
    let specs = jobs
        .iter()
        .map(|job| serde_json::to_value(&job.command))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
    let core = jobs.iter().map(|job| &job.core);
    let statement = sql(INSERT)
        .bind::<Array<SqlUuid>, _>(core.clone().map(|c| c.id.0).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(core.clone().map(|c| number(c.attempt)).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(core.clone().map(|c| c.execution.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(core.clone().map(|c| c.step.as_str()).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(core.clone().map(|c| c.worker.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(core.map(|c| c.worker_name.as_str()).collect::<Vec<_>>())
        .bind::<Array<Jsonb>, _>(specs)
        .bind::<Array<BigInt>, _>(
            jobs.iter()
                .map(|j| signed(j.command.timeout))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Integer>, _>((0..).take(jobs.len()).collect::<Vec<i32>>())
        .bind::<BigInt, _>(signed(offer_ttl_ms));
    Ok(write(NEW_JOBS, jobs.len(), placements(statement, jobs)))
}

impl OfferedRow {
    /// The offer that a new job was written as, if it was.
    pub(in crate::store) fn offer(self) -> Option<Offered> {
        Some(Offered {
            job: JobId(self.id),
            attempt: attempt(self.attempt),
            fence: Fence(self.fence?),
            expires_at: moment(self.offer_expires_at)?,
        })
    }
}

/// Binds where new jobs begin.
fn placements<'a>(statement: Statement<'a>, jobs: &'a [NewJob]) -> Statement<'a> {
    let status = |job: &NewJob| match &job.placement {
        Placement::Offered => "polled",
        Placement::Queued | Placement::Delayed(_) | Placement::QueuedFor(_) => "pending",
        Placement::Ended(ending) => ending.status.as_str(),
    };
    let (mut delays, mut patience, mut reasons, mut details) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for job in jobs {
        let (delay, wait, refusal) = match &job.placement {
            Placement::Offered | Placement::Queued => (None, None, None),
            Placement::Delayed(ms) => (Some(signed(*ms)), None, None),
            Placement::QueuedFor(ms) => (None, Some(signed(*ms)), None),
            Placement::Ended(ending) => (None, None, Some(ending)),
        };
        delays.push(delay);
        patience.push(wait);
        reasons.push(refusal.and_then(|ending| ending.reason.as_deref()));
        details.push(refusal.and_then(|ending| ending.detail.as_deref()));
    }
    statement
        .bind::<Array<Text>, _>(jobs.iter().map(status).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(delays)
        .bind::<Array<Nullable<BigInt>>, _>(patience)
        .bind::<Array<Nullable<Text>>, _>(reasons)
        .bind::<Array<Nullable<Text>>, _>(details)
        .bind::<Array<Nullable<Text>>, _>(
            jobs.iter()
                .map(|job| job.awaits.as_ref().map(|awaits| awaits.what.as_str()))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            jobs.iter()
                .map(|job| job.awaits.as_ref()?.version.as_deref())
                .collect::<Vec<_>>(),
        )
}

/// Notes on everything in a worker's hands for this execution that it shall be ended.
pub(crate) async fn request_cancel(
    tx: &mut Tx,
    (execution, but_of): (ExecutionId, Vec<String>),
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update jobs set cancel_requested_at = coalesce(cancel_requested_at, now()) \
             where execution_id = $1 and status in ('polled', 'running') and step_path <> all ($2)",
        )
        .bind::<SqlUuid, _>(execution.0)
        .bind::<Array<Text>, _>(but_of),
    )
    .await?;
    Ok(())
}

row! { EndedRow {
    worker_id: Uuid = SqlUuid,
    id: Uuid = SqlUuid,
    attempt: i32 = Integer,
    fence: i64 = BigInt,
} }

/// Renews the evidence that these attempts are alive, where the worker that says so holds them;
/// gives those of its attempts that have ended here.
pub(crate) async fn renew(
    tx: &mut Tx,
    held: &[(WorkerId, Claim)],
) -> Result<Vec<(WorkerId, Claim)>, StoreError> {
    let claims = held.iter().map(|(_, claim)| claim);
    let rows: Vec<EndedRow> = tx
        .rows(
            sql(
                // What somebody is moving right now needs no evidence, and is not waited for.
                "with held as (select v.worker_id, v.id, v.attempt, v.fence \
                   from unnest($1, $2, $3, $4) as v (worker_id, id, attempt, fence)), \
                 alive as (update jobs set evidence_at = now() where (id, attempt) in ( \
                   select j.id, j.attempt from held join jobs j on j.id = held.id \
                   and j.attempt = held.attempt and j.fence = held.fence and j.worker_id = held.worker_id \
                   where j.status in ('polled', 'running') for no key update of j skip locked)) \
                 select held.worker_id, held.id, held.attempt, held.fence from held join jobs j \
                   on j.id = held.id and j.attempt = held.attempt and j.worker_id = held.worker_id \
                 where j.completed_at is not null",
            )
            .bind::<Array<SqlUuid>, _>(held.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
            .bind::<Array<SqlUuid>, _>(claims.clone().map(|c| c.job_id.0).collect::<Vec<_>>())
            .bind::<Array<Integer>, _>(claims.clone().map(|c| number(c.attempt)).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(claims.map(|c| c.fence.0).collect::<Vec<_>>()),
        )
        .await?;
    let claim = |row: EndedRow| {
        let claim = Claim {
            job_id: JobId(row.id),
            attempt: attempt(row.attempt),
            fence: Fence(row.fence),
        };
        (WorkerId(row.worker_id), claim)
    };
    Ok(rows.into_iter().map(claim).collect())
}

/// Lets the waiting jobs of a worker wait so long for it, unless they wait with a limit already.
pub(crate) async fn keep_waiting(
    tx: &mut Tx,
    worker: WorkerId,
    patience_ms: u64,
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update jobs set give_up_at = now() + $2 * interval '1 millisecond' \
             where worker_id = $1 and status = 'pending' and give_up_at is null",
        )
        .bind::<SqlUuid, _>(worker.0)
        .bind::<BigInt, _>(signed(patience_ms)),
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
