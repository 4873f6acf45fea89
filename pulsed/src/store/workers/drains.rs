//! Drains: what operators want of workers, and the deadlines of it.

use pulse_api::{
    DrainId, WorkerId,
    status::{AdminState, DrainMode, OnDeadline},
};
use uuid::Uuid;

use super::life::hold;
use crate::{
    model::worker::Deadline,
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, BigInt, Nullable, SqlUuid, Text, Word},
    },
};

/// A drain that is asked for.
pub(crate) struct NewDrain<'a> {
    pub(crate) id: DrainId,
    pub(crate) mode: DrainMode,
    pub(crate) deadline: Option<Deadline>,
    pub(crate) reason: Option<&'a str>,
    pub(crate) by: &'a str,
}

/// Begins a drain, waiting for offers that are being made; false without such a worker, or where
/// it is not in the state that was seen.
///
/// A second drain of the same worker takes the place of the first.
pub(crate) async fn begin(
    tx: &mut Tx,
    (id, seen): (WorkerId, Option<AdminState>),
    drain: NewDrain<'_>,
) -> Result<bool, StoreError> {
    let state = match drain.mode {
        DrainMode::Exit => AdminState::Draining,
        DrainMode::Hold => AdminState::Held,
    };
    let seen = seen.map(|state| (state, None));
    if !administer(tx, (id, seen), state).await? {
        return Ok(false);
    }
    let seconds = drain.deadline.map(|deadline| deadline.after_seconds);
    let then = drain
        .deadline
        .map_or(OnDeadline::Leave, |deadline| deadline.then);
    tx.run(
        sql(
            "insert into drains (worker_id, mode, reason, asked_by, deadline_at, on_deadline, id) \
             values ($1, $2::drain_mode, $3, $4, now() + $5 * interval '1 second', $6::on_deadline, $7) \
             on conflict (worker_id) do update set id = excluded.id, mode = excluded.mode, reason = excluded.reason, \
               asked_by = excluded.asked_by, asked_at = now(), deadline_at = excluded.deadline_at, \
               on_deadline = excluded.on_deadline, passed_at = null",
        )
        .bind::<SqlUuid, _>(id.0)
        .bind::<Text, _>(drain.mode.as_str())
        .bind::<Nullable<Text>, _>(drain.reason)
        .bind::<Text, _>(drain.by)
        .bind::<Nullable<BigInt>, _>(seconds.and_then(|seconds| i64::try_from(seconds).ok()))
        .bind::<Text, _>(then.as_str())
        .bind::<SqlUuid, _>(drain.id.0),
    )
    .await?;
    Ok(true)
}

/// Notes that a drain that was asked for on a host is known here; false where it is already, and
/// where the session that says so is void. After its goodbye it is: the drain has ended with it.
pub(crate) async fn take(
    tx: &mut Tx,
    (worker, epoch): (WorkerId, i64),
    drain: DrainId,
) -> Result<bool, StoreError> {
    hold(tx, &[worker]).await?;
    let written = tx
        .run(
            sql("update workers set host_drain = $3, updated_at = now() \
                 where id = $1 and session_epoch = $2 and server_id is not null \
                 and host_drain is distinct from $3")
            .bind::<SqlUuid, _>(worker.0)
            .bind::<BigInt, _>(epoch)
            .bind::<SqlUuid, _>(drain.0),
        )
        .await?;
    Ok(written == 1)
}

/// Ends a drain: the worker takes offers again; false without such a worker, or where the drain
/// that is meant is not on. One that holds the worker is meant only by who names none.
pub(crate) async fn end(
    tx: &mut Tx,
    (id, which): (WorkerId, Option<DrainId>),
) -> Result<bool, StoreError> {
    let seen = which.map(|drain| (AdminState::Draining, Some(drain)));
    if !administer(tx, (id, seen), AdminState::Active).await? {
        return Ok(false);
    }
    tx.run(sql("delete from drains where worker_id = $1").bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(true)
}

/// Writes what is wanted of a worker, waiting for offers that are being made; false where it is not
/// in the state, or not under the drain, that was seen.
async fn administer(
    tx: &mut Tx,
    (id, seen): (WorkerId, Option<(AdminState, Option<DrainId>)>),
    state: AdminState,
) -> Result<bool, StoreError> {
    hold(tx, &[id]).await?;
    let (seen, drain) = seen.map_or((None, None), |(state, drain)| (Some(state), drain));
    let written = tx
        .run(
            sql(
                "update workers set admin_state = $2::admin_state, held_by = null, updated_at = now() \
                 where id = $1 and status <> 'deleted' and admin_state = coalesce($3::admin_state, admin_state) \
                 and ($4::uuid is null or exists (select 1 from drains d where d.worker_id = $1 and d.id = $4))",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Text, _>(state.as_str())
            .bind::<Nullable<Text>, _>(seen.map(AdminState::as_str))
            .bind::<Nullable<SqlUuid>, _>(drain.map(|drain| drain.0)),
        )
        .await?;
    Ok(written == 1)
}

row! { PassedRow {
    worker_id: Uuid = SqlUuid,
    on_deadline: Word<OnDeadline> = Text,
} }

/// Marks the drains whose deadline has come, by the database's clock; gives each only once.
pub(crate) async fn pass_deadlines(tx: &mut Tx) -> Result<Vec<(WorkerId, OnDeadline)>, StoreError> {
    let rows: Vec<PassedRow> = tx
        .rows(sql(
            "update drains set passed_at = now() where worker_id in ( \
               select d.worker_id from drains d join workers w on w.id = d.worker_id \
               where d.passed_at is null and d.deadline_at <= now() \
               and w.admin_state in ('draining', 'held') and w.held_by is null order by d.worker_id limit 500 \
               for update of d skip locked) returning worker_id, on_deadline",
        ))
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (WorkerId(row.worker_id), row.on_deadline.0))
        .collect())
}

row! { EndedByRow { worker_id: Uuid = SqlUuid } }

/// Those of these workers that drain, and whose deadline has asked for the end of what they had in hand.
pub(crate) async fn cancelled(tx: &mut Tx, ids: &[WorkerId]) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<EndedByRow> = tx
        .rows(
            sql(
                "select d.worker_id from drains d join workers w on w.id = d.worker_id \
                 where d.worker_id = any ($1) and d.passed_at is not null \
                 and d.on_deadline = 'cancel' and w.admin_state <> 'active'",
            )
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| WorkerId(row.worker_id))
        .collect())
}

/// Writes down why an execution holds these workers, where everybody looks for it.
pub(super) async fn note(
    tx: &mut Tx,
    ids: &[WorkerId],
    (reason, by): (&str, &str),
) -> Result<(), StoreError> {
    tx.run(
        sql("insert into drains (worker_id, mode, reason, asked_by) \
             select id, 'hold', $2, $3 from unnest($1) as held (id) \
             on conflict (worker_id) do update set id = excluded.id, mode = excluded.mode, \
               reason = excluded.reason, asked_by = excluded.asked_by, asked_at = now(), deadline_at = null, \
               on_deadline = excluded.on_deadline, passed_at = null")
        .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind::<Text, _>(reason)
        .bind::<Text, _>(by),
    )
    .await?;
    Ok(())
}

/// Forgets the drains of these workers.
pub(super) async fn forget(tx: &mut Tx, ids: &[WorkerId]) -> Result<(), StoreError> {
    tx.run(
        sql("delete from drains where worker_id = any ($1)")
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
    )
    .await?;
    Ok(())
}

row! { CancelledRow { worker_id: Uuid = SqlUuid } }

/// Asks for the end of everything in these workers' hands; gives a worker for each.
pub(crate) async fn cancel_jobs(
    tx: &mut Tx,
    workers: &[WorkerId],
) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<CancelledRow> = tx
        .rows(
            sql(
                "update jobs set cancel_requested_at = now() where (id, attempt) in ( \
                   select id, attempt from jobs where worker_id = any ($1) \
                   and status in ('polled', 'running') and cancel_requested_at is null \
                   order by id, attempt for no key update) returning worker_id",
            )
            .bind::<Array<SqlUuid>, _>(workers.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| WorkerId(row.worker_id))
        .collect())
}
