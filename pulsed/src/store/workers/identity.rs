//! Who workers are: enrolment, and what they say of themselves.

use pulse_api::WorkerId;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    model::{enroll_token::Grant, worker::About},
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, Bool, Integer, Jsonb, Nullable, SqlUuid, Text},
        workers::credentials,
    },
};

/// A new worker and the credential that it proves itself with.
pub(crate) struct NewWorker<'a> {
    pub(crate) id: WorkerId,
    pub(crate) about: &'a About,
    pub(crate) grant: &'a Grant,
    /// None for one that shows only the key that older workers share.
    pub(crate) credential: Option<(Uuid, Vec<u8>)>,
}

/// Adds a worker and its credential.
pub(crate) async fn insert(tx: &mut Tx, new: NewWorker<'_>) -> Result<(), StoreError> {
    let about = new.about;
    let labels = serde_json::to_value(&new.grant.labels)?;
    tx.run(
        sql("insert into workers (id, name, kind, role, region, host, port, status, groups, labels, \
             capabilities, function_blocks, meta, slots, boot_id, version, is_shared, last_heartbeat) values \
             ($1, $2, $3::worker_type, $4::worker_role, $5, $6, $7, 'online', $8, $9, $10, $11, $12, $13, \
             $14, $15, $16, now())")
        .bind::<SqlUuid, _>(new.id.0)
        .bind::<Text, _>(about.name.as_str())
        .bind::<Text, _>(about.kind.as_str())
        .bind::<Text, _>(new.grant.role.as_str())
        .bind::<Text, _>(new.grant.region.as_str())
        .bind::<Nullable<Text>, _>(about.host.as_deref())
        .bind::<Nullable<Integer>, _>(about.port.map(i32::from))
        .bind::<Array<Text>, _>(new.grant.groups.clone())
        .bind::<Jsonb, _>(labels)
        .bind::<Jsonb, _>(about.capabilities.clone())
        .bind::<Jsonb, _>(Value::Array(about.function_blocks.clone()))
        .bind::<Jsonb, _>(about.meta.clone())
        .bind::<Integer, _>(i32::try_from(about.slots()).unwrap_or(5))
        .bind::<Nullable<Text>, _>(about.boot_id.as_deref())
        .bind::<Nullable<Text>, _>(about.version.as_deref())
        .bind::<Bool, _>(new.credential.is_none()),
    )
    .await?;
    match new.credential {
        Some(credential) => credentials::insert(tx, new.id, credential).await,
        None => Ok(()),
    }
}

/// How a worker proves who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// With a credential of its own.
    Own,
    /// With the key that older workers share.
    Shared,
    /// Not at all: an operator removed it.
    Removed,
}

row! { StandingRow {
    is_shared: bool = Bool,
    is_removed: bool = Bool,
} }

/// How a worker proves who it is; `None` without such a worker.
pub(crate) async fn standing(tx: &mut Tx, id: WorkerId) -> Result<Option<Standing>, StoreError> {
    let row: Option<StandingRow> = tx
        .row(
            sql(
                "select is_shared, deleted_reason is not distinct from 'removed' as is_removed \
                 from workers where id = $1",
            )
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(row.map(|row| match (row.is_removed, row.is_shared) {
        (true, _) => Standing::Removed,
        (false, true) => Standing::Shared,
        (false, false) => Standing::Own,
    }))
}

/// A number in the text of a document as PostgreSQL writes it, not one inside of a text.
const NUMBER: &str = r"(?<=[\[:,] ?)-?[0-9][0-9.eE+-]*(?=[,\]}])";

/// Writes what a host says of itself besides; `false` where it has said so before, or is not there.
///
/// Where only numbers are others than before they are most likely measured: those are written every
/// few minutes, and not with each sign of life.
pub(crate) async fn set_meta(tx: &mut Tx, id: WorkerId, meta: &Value) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql(
                "update workers set meta = $2, meta_at = now() \
                 where id = $1 and status <> 'deleted' and meta <> $2 \
                 and (coalesce(meta_at < now() - interval '5 minutes', true) \
                      or regexp_replace(meta::text, $3, '0', 'g') <> regexp_replace($2::text, $3, '0', 'g'))",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Jsonb, _>(meta.clone())
            .bind::<Text, _>(NUMBER),
        )
        .await?;
    Ok(written == 1)
}

row! { RegionRow { region: String = Text } }

/// Writes what a host says of itself now; gives its region. A cleaned-up worker comes back.
pub(crate) async fn register(
    tx: &mut Tx,
    id: WorkerId,
    about: &About,
) -> Result<Option<String>, StoreError> {
    let row: Option<RegionRow> = tx
        .row(
            sql("update workers set host = coalesce($2, host), port = coalesce($3, port), \
                 kind = $4::worker_type, capabilities = $5, function_blocks = $6, meta = $7, slots = $8, \
                 boot_id = coalesce($9, boot_id), version = coalesce($10, version), status = 'online', \
                 generation = generation + (status = 'deleted')::int, deleted_reason = null, \
                 last_heartbeat = now(), updated_at = now() \
                 where id = $1 and (status <> 'deleted' or deleted_reason = 'cleanup') returning region")
            .bind::<SqlUuid, _>(id.0)
            .bind::<Nullable<Text>, _>(about.host.as_deref())
            .bind::<Nullable<Integer>, _>(about.port.map(i32::from))
            .bind::<Text, _>(about.kind.as_str())
            .bind::<Jsonb, _>(about.capabilities.clone())
            .bind::<Jsonb, _>(Value::Array(about.function_blocks.clone()))
            .bind::<Jsonb, _>(about.meta.clone())
            .bind::<Integer, _>(i32::try_from(about.slots()).unwrap_or(5))
            .bind::<Nullable<Text>, _>(about.boot_id.as_deref())
            .bind::<Nullable<Text>, _>(about.version.as_deref()),
        )
        .await?;
    Ok(row.map(|row| row.region))
}
