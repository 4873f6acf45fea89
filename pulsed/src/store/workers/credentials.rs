//! What workers prove themselves with: generations, and whether a copy of one has turned up.

use pulse_api::{WorkerId, http::workers::HostMark, status::CredentialStatus};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    model::credential::Shown,
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{BigInt, Binary, Integer, Jsonb, Nullable, SqlUuid, Text, Word},
    },
};

/// Adds the first credential of a worker, or the next one after all that it had were revoked.
pub(super) async fn insert(
    tx: &mut Tx,
    worker: WorkerId,
    (id, secret_sha256): (Uuid, Vec<u8>),
) -> Result<(), StoreError> {
    tx.run(
        sql("insert into credentials (id, worker_id, secret_sha256, generation) \
             select $1, $2, $3, coalesce(max(generation), 0) + 1 from credentials where worker_id = $2")
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(worker.0)
        .bind::<Binary, _>(secret_sha256),
    )
    .await?;
    Ok(())
}

/// Gives a worker another credential in place of all it had.
pub(crate) async fn replace(
    tx: &mut Tx,
    worker: WorkerId,
    new: (Uuid, Vec<u8>),
) -> Result<(), StoreError> {
    revoke(tx, worker).await?;
    insert(tx, worker, new).await
}

/// Makes every credential of a worker worthless.
pub(crate) async fn revoke(tx: &mut Tx, worker: WorkerId) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update credentials set status = 'revoked', ended_at = coalesce(ended_at, now()) \
             where worker_id = $1 and status <> 'revoked'",
        )
        .bind::<SqlUuid, _>(worker.0),
    )
    .await?;
    Ok(())
}

row! { CredentialRow {
    worker_id: Uuid = SqlUuid,
    secret_sha256: Vec<u8> = Binary,
    status: Word<CredentialStatus> = Text,
} }

/// The credential with this id, and the digest of its secret.
pub(crate) async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<(Shown, Vec<u8>)>, StoreError> {
    let row: Option<CredentialRow> = tx
        .row(
            sql("select worker_id, secret_sha256, status from credentials where id = $1")
                .bind::<SqlUuid, _>(id),
        )
        .await?;
    Ok(row.map(|row| {
        let shown = Shown {
            id,
            worker: WorkerId(row.worker_id),
            status: row.status.0,
        };
        (shown, row.secret_sha256)
    }))
}

/// Whether a credential was superseded within the last minute, and is shown by the host, and as far
/// as it says so by the start of the executor, that the worker is known by.
pub(crate) async fn was_good_lately(
    tx: &mut Tx,
    shown: Shown,
    mark: &HostMark,
) -> Result<bool, StoreError> {
    let rows = tx
        .run(
            sql(
                "select from credentials c join workers w on w.id = c.worker_id where c.id = $1 \
                 and c.status = 'superseded' and c.ended_at > now() - interval '1 minute' \
                 and w.mark ->> 'machine' = $2 and w.mark ->> 'boot' = $3 \
                 and ($4 = '' or w.mark ->> 'session' = $4)",
            )
            .bind::<SqlUuid, _>(shown.id)
            .bind::<Text, _>(&mark.machine)
            .bind::<Text, _>(&mark.boot)
            .bind::<Text, _>(&mark.session),
        )
        .await?;
    Ok(rows > 0)
}

/// Lets one process at a time move the credentials of a worker.
async fn lock(tx: &mut Tx, worker: WorkerId) -> Result<(), StoreError> {
    tx.run(sql("select from workers where id = $1 for no key update").bind::<SqlUuid, _>(worker.0))
        .await?;
    Ok(())
}

/// Puts a fresh credential into force: the one before it is worthless from now on.
pub(crate) async fn promote(tx: &mut Tx, shown: Shown) -> Result<(), StoreError> {
    lock(tx, shown.worker).await?;
    // Only as long as it is the fresh one; one statement cannot do both, for the sake of the
    // index that keeps two from being in force.
    tx.run(
        sql(
            "update credentials set status = 'superseded', ended_at = now() \
             where worker_id = $2 and status = 'active' and exists (select 1 from credentials f \
               where f.id = $1 and f.status = 'fresh')",
        )
        .bind::<SqlUuid, _>(shown.id)
        .bind::<SqlUuid, _>(shown.worker.0),
    )
    .await?;
    let promoted = tx
        .run(
            sql("update credentials set status = 'active', used_at = now() where id = $1 and status = 'fresh'")
                .bind::<SqlUuid, _>(shown.id),
        )
        .await?;
    if promoted == 1 {
        tx.run(
            sql("update workers set rotate_wanted_at = null where id = $1")
                .bind::<SqlUuid, _>(shown.worker.0),
        )
        .await?;
    }
    Ok(())
}

row! { GenerationRow { generation: i32 = Integer } }

/// Gives out the next generation; one that was given out before and never used is worthless.
/// `None` for a worker without a credential in force.
pub(crate) async fn give_out(
    tx: &mut Tx,
    worker: WorkerId,
    (id, secret_sha256): (Uuid, Vec<u8>),
) -> Result<Option<u32>, StoreError> {
    lock(tx, worker).await?;
    tx.run(
        sql(
            "update credentials set status = 'superseded', ended_at = now() \
             where worker_id = $1 and status = 'fresh'",
        )
        .bind::<SqlUuid, _>(worker.0),
    )
    .await?;
    let row: Option<GenerationRow> = tx
        .row(
            sql("insert into credentials (id, worker_id, secret_sha256, generation, status) \
                 select $1, $2, $3, max(generation) + 1, 'fresh' from credentials where worker_id = $2 \
                 having bool_or(status = 'active') returning generation")
            .bind::<SqlUuid, _>(id)
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Binary, _>(secret_sha256),
        )
        .await?;
    Ok(row.map(|row| u32::try_from(row.generation).unwrap_or_default()))
}

row! { MarkRow { known: Option<Value> = Nullable<Jsonb> } }

/// Locks every credential of a worker, because two hosts have used it; gives who had used it
/// rightfully. `None` when that had happened before.
pub(crate) async fn lock_out(
    tx: &mut Tx,
    worker: WorkerId,
    other: &HostMark,
) -> Result<Option<HostMark>, StoreError> {
    lock(tx, worker).await?;
    let locked = tx
        .run(
            sql(
                "update credentials set status = 'cloned', ended_at = coalesce(ended_at, now()) \
                 where worker_id = $1 and status in ('fresh', 'active', 'superseded')",
            )
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    if locked == 0 {
        return Ok(None);
    }
    let row: Option<MarkRow> = tx
        .row(
            sql(
                "update workers set updated_at = now(), clone = jsonb_build_object('at', now(), \
                 'known', coalesce(mark, '{}'), 'other', $2) where id = $1 returning mark as known",
            )
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Jsonb, _>(serde_json::to_value(other)?),
        )
        .await?;
    let known = row.and_then(|row| row.known);
    let known = known.and_then(|known| serde_json::from_value(known).ok());
    Ok(Some(known.unwrap_or_default()))
}

row! { CloneRow { clone: Option<Value> = Nullable<Jsonb> } }

/// Who the two hosts were that used one credential: as JSON, in the shape of `CloneView`.
pub(crate) async fn clone_of(tx: &mut Tx, worker: WorkerId) -> Result<Option<Value>, StoreError> {
    let row: Option<CloneRow> = tx
        .row(sql("select clone from workers where id = $1").bind::<SqlUuid, _>(worker.0))
        .await?;
    Ok(row.and_then(|row| row.clone))
}

/// Asks for a new credential of one worker; false when it has none in force.
pub(crate) async fn ask(tx: &mut Tx, worker: WorkerId) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql(
                "update workers set rotate_wanted_at = now(), updated_at = now() \
                 where id = $1 and status <> 'deleted' and exists (select 1 from credentials c \
                   where c.worker_id = $1 and c.status = 'active')",
            )
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    Ok(written == 1)
}

row! { DueRow { id: Uuid = SqlUuid } }

/// Asks the workers whose credential is older than this; a few at a time.
pub(crate) async fn ask_due(tx: &mut Tx, older_ms: u64) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<DueRow> = tx
        .rows(
            sql("update workers set rotate_wanted_at = now(), updated_at = now() where id in ( \
                   select w.id from workers w join credentials c on c.worker_id = w.id \
                   where c.status = 'active' and w.server_id is not null and w.rotate_wanted_at is null \
                   and c.created_at < now() - $1 * interval '1 millisecond' \
                   order by c.created_at limit 200 for no key update of w skip locked) returning id")
            .bind::<BigInt, _>(i64::try_from(older_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}
