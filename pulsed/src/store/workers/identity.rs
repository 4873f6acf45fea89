//! Who workers are: enrolment, credentials, what they say of themselves.

use pulse_api::WorkerId;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    model::{enroll_token::Grant, worker::About},
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, Binary, Bool, Integer, Jsonb, Nullable, SqlUuid, Text},
    },
};

/// A new worker and the credential that it proves itself with.
pub(crate) struct NewWorker<'a> {
    pub(crate) id: WorkerId,
    pub(crate) about: &'a About,
    pub(crate) grant: &'a Grant,
    pub(crate) credential: (Uuid, Vec<u8>),
}

/// Adds a worker and its credential.
pub(crate) async fn insert(tx: &mut Tx, new: NewWorker<'_>) -> Result<(), StoreError> {
    let about = new.about;
    let labels = serde_json::to_value(&new.grant.labels)?;
    tx.run(
        sql("insert into workers (id, name, kind, role, region, host, port, status, groups, labels, \
             capabilities, function_blocks, meta, slots, boot_id, version, last_heartbeat) values \
             ($1, $2, $3::worker_type, $4::worker_role, $5, $6, $7, 'online', $8, $9, $10, $11, $12, $13, \
             $14, $15, now())")
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
        .bind::<Nullable<Text>, _>(about.version.as_deref()),
    )
    .await?;
    credential(tx, new.id, new.credential).await
}

/// Adds a credential for a worker.
async fn credential(
    tx: &mut Tx,
    worker: WorkerId,
    (id, secret_sha256): (Uuid, Vec<u8>),
) -> Result<(), StoreError> {
    tx.run(
        sql("insert into credentials (id, worker_id, secret_sha256) values ($1, $2, $3)")
            .bind::<SqlUuid, _>(id)
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Binary, _>(secret_sha256),
    )
    .await?;
    Ok(())
}

/// Gives a worker another credential in place of all it had.
pub(crate) async fn replace_credential(
    tx: &mut Tx,
    worker: WorkerId,
    new: (Uuid, Vec<u8>),
) -> Result<(), StoreError> {
    revoke_credentials(tx, worker).await?;
    credential(tx, worker, new).await
}

/// Makes every credential of a worker worthless.
pub(crate) async fn revoke_credentials(tx: &mut Tx, worker: WorkerId) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update credentials set status = 'revoked', revoked_at = now() \
             where worker_id = $1 and status = 'active'",
        )
        .bind::<SqlUuid, _>(worker.0),
    )
    .await?;
    Ok(())
}

row! { CredentialRow {
    worker_id: Uuid = SqlUuid,
    secret_sha256: Vec<u8> = Binary,
    is_active: bool = Bool,
} }

/// What a credential proves.
pub(crate) struct Credential {
    pub(crate) worker: WorkerId,
    pub(crate) secret_sha256: Vec<u8>,
    pub(crate) is_active: bool,
}

/// The credential with this id.
pub(crate) async fn find_credential(
    tx: &mut Tx,
    id: Uuid,
) -> Result<Option<Credential>, StoreError> {
    let row: Option<CredentialRow> = tx
        .row(
            sql(
                "select c.worker_id, c.secret_sha256, c.status = 'active' as is_active \
                 from credentials c where c.id = $1",
            )
            .bind::<SqlUuid, _>(id),
        )
        .await?;
    Ok(row.map(|row| Credential {
        worker: WorkerId(row.worker_id),
        secret_sha256: row.secret_sha256,
        is_active: row.is_active,
    }))
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
                 admin_state = case when admin_state in ('draining', 'drained') then 'active' else admin_state end, \
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
