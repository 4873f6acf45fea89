//! Whether workers are heard from: sessions, signs of life, silence, the end.

use pulse_api::{WorkerId, http::workers::HostMark};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    model::worker::{Beat, Silent},
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text},
    },
};

row! { SessionRow {
    epoch: i64 = BigInt,
    name: String = Text,
} }

/// A session that a worker has just opened.
pub(crate) struct Session {
    pub(crate) epoch: i64,
    pub(crate) name: String,
}

/// What a worker says of itself as it connects; what it leaves out stays as it was.
#[derive(Debug, Default)]
pub(crate) struct Says<'a> {
    pub(crate) slots: Option<u32>,
    pub(crate) boot_id: Option<&'a str>,
    pub(crate) version: Option<&'a str>,
    pub(crate) executor_version: Option<&'a str>,
    pub(crate) capabilities: Option<Value>,
    pub(crate) function_blocks: Option<Value>,
    /// Made anew each time the link starts.
    pub(crate) link: Option<&'a str>,
    pub(crate) mark: Option<&'a HostMark>,
    /// The version of the protocol that it speaks.
    pub(crate) protocol: Option<u32>,
    /// It is started again whenever it has ended, also drained.
    pub(crate) stays_drained: bool,
}

/// Writes what a worker says of itself, unless a newer session has taken over.
pub(crate) async fn describe(
    tx: &mut Tx,
    (worker, epoch): (WorkerId, i64),
    says: Says<'_>,
) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql("update workers set slots = coalesce($3, slots), \
                 capabilities = coalesce($4, capabilities), \
                 function_blocks = coalesce($5, function_blocks), updated_at = now() \
                 where id = $1 and session_epoch = $2 and status <> 'deleted'")
            .bind::<SqlUuid, _>(worker.0)
            .bind::<BigInt, _>(epoch)
            .bind::<Nullable<Integer>, _>(says.slots.and_then(|slots| i32::try_from(slots).ok()))
            .bind::<Nullable<Jsonb>, _>(says.capabilities)
            .bind::<Nullable<Jsonb>, _>(says.function_blocks),
        )
        .await?;
    Ok(written == 1)
}

/// Records that this replica holds the worker's session from now on; older ones are void.
///
/// A link that was taken for gone with its drain, and is still the same, drains on. One that was
/// started anew is active again; where it was not somebody who started it, it is held until somebody
/// here ends the drain that was asked for here.
///
/// Another host or another start of the executor while the earlier session is open asks for a
/// new credential at once: if the state folder was copied, one of the two is locked out soon.
pub(crate) async fn connect(
    tx: &mut Tx,
    (worker, server): (WorkerId, Uuid),
    says: Says<'_>,
) -> Result<Option<Session>, StoreError> {
    let mark = says.mark.map(serde_json::to_value).transpose()?;
    let row: Option<SessionRow> = tx
        .row(
            sql("update workers set session_epoch = nextval('session_epochs'), server_id = $2, \
                 status = 'online', last_heartbeat = now(), slots = coalesce($3, slots), \
                 boot_id = coalesce($4, boot_id), version = coalesce($5, version), \
                 capabilities = coalesce($6, capabilities - 'executor_version' \
                   || jsonb_strip_nulls(jsonb_build_object('executor_version', $10::text))), \
                 function_blocks = coalesce($7, function_blocks), \
                 admin_state = case when admin_state <> 'drained' then admin_state \
                   when link_id = $8 then 'draining' \
                   when $12 and exists (select from drains d where d.worker_id = workers.id \
                     and d.id is distinct from workers.host_drain) then 'held' else 'active' end, \
                 restart_wanted_at = case when link_id is not distinct from $8 then restart_wanted_at end, \
                 restart_scope = case when link_id is not distinct from $8 then restart_scope end, \
                 link_id = $8, mark = coalesce($9, mark), protocol = $11, \
                 rotate_wanted_at = case when server_id is not null and mark - 'from' <> $9 - 'from' \
                   then now() else rotate_wanted_at end, \
                 updated_at = now() where id = $1 and status <> 'deleted' \
                 returning session_epoch as epoch, name")
            .bind::<SqlUuid, _>(worker.0)
            .bind::<SqlUuid, _>(server)
            .bind::<Nullable<Integer>, _>(says.slots.and_then(|slots| i32::try_from(slots).ok()))
            .bind::<Nullable<Text>, _>(says.boot_id)
            .bind::<Nullable<Text>, _>(says.version)
            .bind::<Nullable<Jsonb>, _>(says.capabilities)
            .bind::<Nullable<Jsonb>, _>(says.function_blocks)
            .bind::<Nullable<Text>, _>(says.link)
            .bind::<Nullable<Jsonb>, _>(mark)
            .bind::<Nullable<Text>, _>(says.executor_version)
            .bind::<Nullable<Integer>, _>(says.protocol.and_then(|it| i32::try_from(it).ok()))
            .bind::<Bool, _>(says.stays_drained),
        )
        .await?;
    Ok(row.map(|row| Session {
        epoch: row.epoch,
        name: row.name,
    }))
}

/// Records that a session has ended, unless a newer one has taken over.
pub(crate) async fn disconnect(
    tx: &mut Tx,
    worker: WorkerId,
    epoch: i64,
) -> Result<(), StoreError> {
    tx.run(
        sql("update workers set server_id = null where id = $1 and session_epoch = $2")
            .bind::<SqlUuid, _>(worker.0)
            .bind::<BigInt, _>(epoch),
    )
    .await?;
    Ok(())
}

row! { SupersededRow {
    id: Uuid = SqlUuid,
    epoch: i64 = BigInt,
} }

/// Which of these sessions are void: a newer one exists, or the worker or its credential is gone.
pub(crate) async fn superseded(
    tx: &mut Tx,
    sessions: &[(WorkerId, i64)],
) -> Result<Vec<(WorkerId, i64)>, StoreError> {
    let rows: Vec<SupersededRow> = tx
        .rows(
            sql("select v.id, v.epoch from unnest($1, $2) as v (id, epoch) left join workers w on w.id = v.id \
                 where w.id is null or w.session_epoch <> v.epoch or w.status = 'deleted' \
                 or not (w.is_shared or exists (select 1 from credentials c \
                   where c.worker_id = v.id and c.status = 'active'))")
            .bind::<Array<SqlUuid>, _>(sessions.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(sessions.iter().map(|(_, epoch)| *epoch).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (WorkerId(row.id), row.epoch))
        .collect())
}

row! { BeatenRow {
    id: Uuid = SqlUuid,
    was_away: bool = Bool,
} }

/// Writes signs of life, all in one statement; gives those that count, and whether their workers
/// were away before. One that was heard before its worker left brings nobody back.
///
/// One that came over a session of this replica also says that the session lives: the
/// worker may have been taken as gone meanwhile, on the very same socket.
pub(crate) async fn beat(
    tx: &mut Tx,
    server: Uuid,
    beats: &[Beat],
) -> Result<Vec<(WorkerId, bool)>, StoreError> {
    let rows: Vec<BeatenRow> = tx
        .rows(
            sql("with before as (select w.id, w.status, v.metrics, v.epoch \
                   from unnest($1, $2, $3, $5) as v (id, epoch, metrics, age_ms) join workers w on w.id = v.id \
                   where w.status <> 'deleted' \
                   and (v.epoch is null or w.session_epoch = v.epoch) \
                   and (w.status <> 'offline' or w.updated_at < now() - v.age_ms * interval '1 millisecond') \
                   order by w.id for no key update of w), \
                 beaten as (update workers set last_heartbeat = now(), status = 'online', \
                   server_id = case when before.epoch is null then server_id else $4 end, \
                   metrics = coalesce(before.metrics, workers.metrics) \
                   from before where workers.id = before.id) \
                 select id, status <> 'online' as was_away from before")
            .bind::<Array<SqlUuid>, _>(beats.iter().map(|b| b.worker.0).collect::<Vec<_>>())
            .bind::<Array<Nullable<BigInt>>, _>(beats.iter().map(|b| b.epoch).collect::<Vec<_>>())
            .bind::<Array<Nullable<Jsonb>>, _>(
                beats.iter().map(|b| b.metrics.clone()).collect::<Vec<_>>(),
            )
            .bind::<SqlUuid, _>(server)
            .bind::<Array<BigInt>, _>(beats.iter().map(age_ms).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (WorkerId(row.id), row.was_away))
        .collect())
}

/// How long ago a sign of life was heard, in milliseconds.
fn age_ms(beat: &Beat) -> i64 {
    i64::try_from(beat.heard_at.elapsed().as_millis()).unwrap_or(i64::MAX)
}

row! { MovedRow { id: Uuid = SqlUuid } }

/// Marks as unreachable who has been silent for so long; gives who.
pub(crate) async fn miss(tx: &mut Tx, silent_ms: u64) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<MovedRow> = tx
        .rows(
            sql(
                "update workers set status = 'unreachable', updated_at = now() where id in ( \
                   select id from workers where status = 'online' \
                   and last_heartbeat < now() - $1 * interval '1 millisecond' \
                   order by id for no key update skip locked) returning id",
            )
            .bind::<BigInt, _>(i64::try_from(silent_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

row! { SilentRow {
    id: Uuid = SqlUuid,
    is_due: bool = Bool,
    is_recent: bool = Bool,
} }

/// Who has been silent for so long, or lacks at most `nearly_ms` of it.
pub(crate) async fn silent(
    tx: &mut Tx,
    silent_ms: u64,
    nearly_ms: u64,
) -> Result<Vec<Silent>, StoreError> {
    let rows: Vec<SilentRow> = tx
        .rows(
            sql(
                "select id, last_heartbeat < now() - $1 * interval '1 millisecond' as is_due, \
                 last_heartbeat > now() - 2 * $1 * interval '1 millisecond' as is_recent \
                 from workers where status in ('online', 'unreachable') \
                 and last_heartbeat < now() - $2 * interval '1 millisecond' order by id",
            )
            .bind::<BigInt, _>(i64::try_from(silent_ms).unwrap_or(i64::MAX))
            .bind::<BigInt, _>(
                i64::try_from(silent_ms.saturating_sub(nearly_ms)).unwrap_or(i64::MAX),
            ),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Silent {
            worker: WorkerId(row.id),
            is_due: row.is_due,
            is_recent: row.is_recent,
        })
        .collect())
}

/// Waits for starts that look at these workers, and keeps further ones waiting.
pub(super) async fn hold(tx: &mut Tx, ids: &[WorkerId]) -> Result<(), StoreError> {
    let _: Vec<MovedRow> = tx
        .rows(
            sql("select id from workers where id = any ($1) order by id for update")
                .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(())
}

/// Marks workers as offline that are still silent for so long, or have said goodbye; gives those that
/// were not already. The moment is the one at which their rows are held: what was heard before it
/// brings nobody back.
pub(crate) async fn leave(
    tx: &mut Tx,
    ids: &[WorkerId],
    silent_ms: Option<u64>,
) -> Result<Vec<WorkerId>, StoreError> {
    hold(tx, ids).await?;
    let rows: Vec<MovedRow> = tx
        .rows(
            sql("update workers set status = 'offline', server_id = null, \
                 updated_at = clock_timestamp(), \
                 admin_state = case when admin_state = 'draining' then 'drained' else admin_state end \
                 where id = any ($1) and status in ('online', 'unreachable') \
                 and ($2 is null or last_heartbeat <= now() - $2 * interval '1 millisecond') \
                 returning id")
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
            .bind::<Nullable<BigInt>, _>(
                silent_ms.map(|ms| i64::try_from(ms).unwrap_or(i64::MAX)),
            ),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

/// Deletes, softly, workers that have been offline for so long and have nothing open.
pub(crate) async fn clean_up(tx: &mut Tx, offline_ms: u64) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<MovedRow> = tx
        .rows(
            sql("update workers set status = 'deleted', deleted_reason = 'cleanup', updated_at = now() \
                 where status = 'offline' and coalesce(last_heartbeat, created_at) \
                   <= now() - $1 * interval '1 millisecond' \
                 and not exists (select 1 from jobs j where j.worker_id = workers.id \
                   and j.status in ('pending', 'polled', 'running')) returning id")
            .bind::<BigInt, _>(i64::try_from(offline_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

row! { InHandRow { in_hand: i64 = BigInt } }

/// Waits for offers that are being made to a worker, and keeps further ones waiting; gives how
/// many jobs are in its hands.
pub(crate) async fn hold_for_removal(tx: &mut Tx, id: WorkerId) -> Result<i64, StoreError> {
    hold(tx, &[id]).await?;
    let row: Option<InHandRow> = tx
        .row(
            sql("select count(*) as in_hand from jobs where worker_id = $1 \
                 and status in ('polled', 'running')")
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(row.map_or(0, |row| row.in_hand))
}

/// Deletes a worker for good: it cannot come back under this id.
pub(crate) async fn remove(tx: &mut Tx, id: WorkerId) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql("update workers set status = 'deleted', deleted_reason = 'removed', server_id = null, \
                 updated_at = now() where id = $1 and (status <> 'deleted' or deleted_reason = 'cleanup')")
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(written == 1)
}
