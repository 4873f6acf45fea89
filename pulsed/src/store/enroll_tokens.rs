//! Enrolment tokens: one-shot rights to enrol a host.

use jiff::Timestamp;
use pulse_api::{
    EnrollTokenId, WorkerId,
    status::{EnrollTokenStatus, WorkerRole},
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Binary, Bool, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word},
};
use crate::model::enroll_token::Grant;

row! { ExpiryRow { expires_at: At = Timestamptz } }

/// Adds a token that grants this; gives when it expires.
pub(crate) async fn insert(
    tx: &mut Tx,
    grant: &Grant,
    secret_sha256: Vec<u8>,
    (created_by, ttl_seconds): (&str, u32),
) -> Result<Timestamp, StoreError> {
    let labels = serde_json::to_value(&grant.labels)?;
    let row: Option<ExpiryRow> = tx
        .row(
            sql(
                "insert into enroll_tokens (id, secret_sha256, region, role, groups, labels, name, \
                 created_by, expires_at) values ($1, $2, $3, $4::worker_role, $5, $6, $7, $8, \
                 now() + $9 * interval '1 second') returning expires_at",
            )
            .bind::<SqlUuid, _>(grant.id.0)
            .bind::<Binary, _>(secret_sha256)
            .bind::<Text, _>(grant.region.as_str())
            .bind::<Text, _>(grant.role.as_str())
            .bind::<Array<Text>, _>(grant.groups.clone())
            .bind::<Jsonb, _>(labels)
            .bind::<Nullable<Text>, _>(grant.name.clone())
            .bind::<Text, _>(created_by)
            .bind::<BigInt, _>(i64::from(ttl_seconds)),
        )
        .await?;
    Ok(row.ok_or(StoreError::Stale)?.expires_at.to_jiff())
}

/// Gives a token that nobody has used another secret; gives when it expires.
pub(crate) async fn renew(
    tx: &mut Tx,
    id: EnrollTokenId,
    secret_sha256: Vec<u8>,
) -> Result<Option<Timestamp>, StoreError> {
    let row: Option<ExpiryRow> = tx
        .row(
            sql(
                "update enroll_tokens set secret_sha256 = $2 where id = $1 and status = 'issued' \
                 and expires_at > now() returning expires_at",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Binary, _>(secret_sha256),
        )
        .await?;
    Ok(row.map(|row| row.expires_at.to_jiff()))
}

row! { TokenRow {
    id: Uuid = SqlUuid,
    status: Word<EnrollTokenStatus> = Text,
    secret_sha256: Vec<u8> = Binary,
    region: String = Text,
    role: Word<WorkerRole> = Text,
    groups: Vec<String> = Array<Text>,
    labels: Value = Jsonb,
    name: Option<String> = Nullable<Text>,
    worker_id: Option<Uuid> = Nullable<SqlUuid>,
    enrollment_key_sha256: Option<Vec<u8>> = Nullable<Binary>,
    is_in_time: bool = Bool,
} }

/// A token's row, locked.
pub(crate) struct EnrollToken {
    pub(crate) grant: Grant,
    pub(crate) status: EnrollTokenStatus,
    pub(crate) secret_sha256: Vec<u8>,
    pub(crate) is_in_time: bool,
    /// Who was enrolled with it, and the digest of the key that the host made for that.
    pub(crate) used_by: Option<(WorkerId, Option<Vec<u8>>)>,
}

/// Locks the token: of many hosts that try at once, one goes on and the others see its result.
pub(crate) async fn lock(
    tx: &mut Tx,
    id: EnrollTokenId,
) -> Result<Option<EnrollToken>, StoreError> {
    let row: Option<TokenRow> = tx
        .row(
            sql(
                "select id, status, secret_sha256, region, role, groups, labels, name, worker_id, \
                 enrollment_key_sha256, expires_at > now() as is_in_time from enroll_tokens \
                 where id = $1 for update",
            )
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(row.map(|row| EnrollToken {
        grant: Grant {
            id: EnrollTokenId(row.id),
            region: row.region,
            role: row.role.0,
            groups: row.groups,
            labels: serde_json::from_value(row.labels).unwrap_or_default(),
            name: row.name,
        },
        status: row.status.0,
        secret_sha256: row.secret_sha256,
        is_in_time: row.is_in_time,
        used_by: row
            .worker_id
            .map(|id| (WorkerId(id), row.enrollment_key_sha256)),
    }))
}

/// Uses the token up; exactly one caller ever gets `true`.
pub(crate) async fn consume(
    tx: &mut Tx,
    id: EnrollTokenId,
    worker: WorkerId,
    enrollment_key_sha256: Option<Vec<u8>>,
) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql("update enroll_tokens set status = 'consumed', ended_at = now(), worker_id = $2, \
                 enrollment_key_sha256 = $3 where id = $1 and status = 'issued' and expires_at > now()")
            .bind::<SqlUuid, _>(id.0)
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Nullable<Binary>, _>(enrollment_key_sha256),
        )
        .await?;
    Ok(written == 1)
}

/// Takes a token back that nobody has used.
pub(crate) async fn revoke(tx: &mut Tx, id: EnrollTokenId) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql(
                "update enroll_tokens set status = 'revoked', ended_at = now() \
                 where id = $1 and status = 'issued'",
            )
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(written == 1)
}

/// Marks the tokens that nobody used in time.
pub(crate) async fn expire(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "update enroll_tokens set status = 'expired', ended_at = now() \
                where status = 'issued' and expires_at <= now()",
    ))
    .await
}

row! { StatusRow { status: Word<EnrollTokenStatus> = Text } }

/// Where a token stands.
pub(crate) async fn status(
    tx: &mut Tx,
    id: EnrollTokenId,
) -> Result<Option<EnrollTokenStatus>, StoreError> {
    let row: Option<StatusRow> = tx
        .row(sql("select status from enroll_tokens where id = $1").bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(row.map(|row| row.status.0))
}

row! { ViewRow { view: Value = Jsonb } }

/// Tokens as JSON, newest first.
pub(crate) async fn list(tx: &mut Tx) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(sql("select jsonb_build_object('id', id, 'status', \
                   case when status = 'issued' and expires_at <= now() then 'expired' else status::text end, \
                   'region', region, 'role', role, 'groups', groups, 'labels', labels, 'name', name, \
                   'created_by', created_by, 'worker_id', worker_id, 'created_at', created_at, \
                   'expires_at', expires_at) as view from enroll_tokens order by created_at desc limit 200"))
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}
