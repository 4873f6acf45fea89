//! Handing jobs to workers, and asking workers to end them.

use pulse_api::{
    Fence, JobId, WorkerId,
    frames::{Claim, ExecuteCommand},
};
use serde_json::Value;
use uuid::Uuid;

use super::attempt;
use crate::store::{
    StoreError, Tx,
    sql::{row, sql},
    types::{At, BigInt, Integer, Jsonb, Nullable, SqlUuid, Timestamptz},
};

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
  select w.id, w.admin_state, w.held_by, w.slots - (select count(*) from jobs h where h.worker_id = w.id and h.status in ('polled', 'running')) as free \
  from workers w \
  where w.status = 'online' and (w.admin_state = 'active' or (w.admin_state = 'held' and w.held_by is not null)) \
    and w.server_id is not null \
    and exists (select 1 from jobs p where p.worker_id = w.id and p.status = 'pending') \
  order by w.id for key share of w \
), \
chosen as ( \
  select j.id, j.attempt from room, \
  lateral (select id, attempt from jobs \
           where worker_id = room.id and status = 'pending' and (not_before is null or not_before <= now()) \
             and cancel_requested_at is null and (awaits is null or awaits = 'reboot') \
             and (room.admin_state = 'active' or execution_id = room.held_by) \
           order by created_at limit greatest(room.free, 0) for update skip locked) as j \
) \
update jobs set status = 'polled', fence = nextval('fences'), ever_offered = true, evidence_at = now(), \
  give_up_at = null, \
  offer_expires_at = now() + $1 * interval '1 millisecond' \
from chosen where jobs.id = chosen.id and jobs.attempt = chosen.attempt and jobs.status = 'pending' \
returning jobs.attempt, jobs.fence, jobs.offer_expires_at, jobs.spec";

/// Offers waiting jobs to workers that have room.
pub(crate) async fn claim(
    tx: &mut Tx,
    offer_ttl_ms: u64,
) -> Result<Vec<ExecuteCommand>, StoreError> {
    let ttl = i64::try_from(offer_ttl_ms).unwrap_or(i64::MAX);
    let rows: Vec<CommandRow> = tx.rows(sql(CLAIM).bind::<BigInt, _>(ttl)).await?;
    rows.into_iter().map(CommandRow::command).collect()
}

/// Live offers for a worker.
pub(crate) async fn live_of(
    tx: &mut Tx,
    worker: WorkerId,
) -> Result<Vec<ExecuteCommand>, StoreError> {
    let rows: Vec<CommandRow> = tx
        .rows(
            sql(
                "select attempt, fence, offer_expires_at, spec from jobs where worker_id = $1 \
                 and status = 'polled' and cancel_requested_at is null and offer_expires_at > now() order by created_at",
            )
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    rows.into_iter().map(CommandRow::command).collect()
}

/// Everything in a worker's hands, oldest first: offered to it, or running there.
pub(crate) async fn in_hand_of(
    tx: &mut Tx,
    worker: WorkerId,
) -> Result<Vec<ExecuteCommand>, StoreError> {
    let rows: Vec<CommandRow> = tx
        .rows(
            sql(
                "select attempt, fence, coalesce(offer_expires_at, now()) as offer_expires_at, spec \
                 from jobs where worker_id = $1 and status in ('polled', 'running') order by created_at",
            )
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    rows.into_iter().map(CommandRow::command).collect()
}

/// Live offers for every worker whose session is on this replica.
pub(crate) async fn live_of_server(
    tx: &mut Tx,
    server: Uuid,
) -> Result<Vec<ExecuteCommand>, StoreError> {
    let rows: Vec<CommandRow> = tx
        .rows(
            sql(
                "select j.attempt, j.fence, j.offer_expires_at, j.spec from jobs j \
                 join workers w on w.id = j.worker_id and w.server_id = $1 \
                 where j.status = 'polled' and j.cancel_requested_at is null and j.offer_expires_at > now() order by j.created_at",
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
pub(crate) async fn cancels_of(
    tx: &mut Tx,
    worker: WorkerId,
) -> Result<Vec<CancelWish>, StoreError> {
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
