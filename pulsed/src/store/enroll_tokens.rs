//! Enrolment tokens: rights to enrol hosts, and who used them.

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
    types::{
        Array, At, BigInt, Binary, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word,
    },
};
use crate::model::{enroll_token::Grant, place::Aged};

row! { ExpiryRow { expires_at: At = Timestamptz } }

/// How long a token lives, how often it may be used, and who issued it.
pub(crate) struct Terms<'a> {
    pub(crate) by: &'a str,
    pub(crate) ttl_seconds: u32,
    pub(crate) uses: u32,
}

/// Adds a token that grants this; gives when it expires.
pub(crate) async fn insert(
    tx: &mut Tx,
    grant: &Grant,
    secret_sha256: Vec<u8>,
    terms: Terms<'_>,
) -> Result<Timestamp, StoreError> {
    let labels = serde_json::to_value(&grant.labels)?;
    let row: Option<ExpiryRow> = tx
        .row(
            sql(
                "insert into enroll_tokens (id, secret_sha256, region, role, groups, labels, name, \
                 created_by, expires_at, uses) values ($1, $2, $3, $4::worker_role, $5, $6, $7, $8, \
                 now() + $9 * interval '1 second', $10) returning expires_at",
            )
            .bind::<SqlUuid, _>(grant.id.0)
            .bind::<Binary, _>(secret_sha256)
            .bind::<Text, _>(grant.region.as_str())
            .bind::<Text, _>(grant.role.as_str())
            .bind::<Array<Text>, _>(grant.groups.clone())
            .bind::<Jsonb, _>(labels)
            .bind::<Nullable<Text>, _>(grant.name.clone())
            .bind::<Text, _>(terms.by)
            .bind::<BigInt, _>(i64::from(terms.ttl_seconds))
            .bind::<Integer, _>(i32::try_from(terms.uses).unwrap_or(1)),
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
    is_in_time: bool = Bool,
} }

/// A token's row, locked.
pub(crate) struct EnrollToken {
    pub(crate) grant: Grant,
    pub(crate) status: EnrollTokenStatus,
    pub(crate) secret_sha256: Vec<u8>,
    pub(crate) is_in_time: bool,
}

/// Locks the token: of many hosts that try at once, one goes on and the others see its result.
pub(crate) async fn lock(
    tx: &mut Tx,
    id: EnrollTokenId,
) -> Result<Option<EnrollToken>, StoreError> {
    let row: Option<TokenRow> = tx
        .row(
            sql(
                "select id, status, secret_sha256, region, role, groups, labels, name, \
                 expires_at > now() as is_in_time from enroll_tokens where id = $1 for update",
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
    }))
}

/// Uses the token once; false when nothing of it is left, or its time is over.
pub(crate) async fn consume(
    tx: &mut Tx,
    id: EnrollTokenId,
    worker: WorkerId,
    key_sha256: Option<Vec<u8>>,
) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql("with token as (update enroll_tokens set used = used + 1, \
                   status = case when used + 1 = uses then 'consumed' else status end, \
                   ended_at = case when used + 1 = uses then now() end \
                   where id = $1 and status = 'issued' and expires_at > now() returning id) \
                 insert into enrolments (worker_id, token_id, key_sha256) select $2, id, $3 from token")
            .bind::<SqlUuid, _>(id.0)
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Nullable<Binary>, _>(key_sha256),
        )
        .await?;
    Ok(written == 1)
}

row! { EnrolledRow { worker_id: Uuid = SqlUuid } }

/// The live worker that was enrolled with this token and the key of this digest.
pub(crate) async fn enrolled(
    tx: &mut Tx,
    id: EnrollTokenId,
    key_sha256: &[u8],
) -> Result<Option<WorkerId>, StoreError> {
    let row: Option<EnrolledRow> = tx
        .row(
            sql(
                "select e.worker_id from enrolments e join workers w on w.id = e.worker_id \
                 where e.token_id = $1 and e.key_sha256 = $2 and w.status <> 'deleted'",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Binary, _>(key_sha256),
        )
        .await?;
    Ok(row.map(|row| WorkerId(row.worker_id)))
}

/// Takes a token back that is not used up.
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

/// Marks the tokens that were not used up in time.
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
pub(crate) async fn list(
    tx: &mut Tx,
    (after, limit): (Option<Aged>, i64),
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(sql("select jsonb_build_object('id', id, 'status', \
                   case when status = 'issued' and expires_at <= now() then 'expired' else status::text end, \
                   'region', region, 'role', role, 'groups', groups, 'labels', labels, 'name', name, \
                   'created_by', created_by, 'uses', uses, 'used', used, 'created_at', created_at, \
                   'expires_at', expires_at, 'worker_id', (select e.worker_id from enrolments e \
                     where e.token_id = enroll_tokens.id order by e.at desc limit 1)) as view \
                   from enroll_tokens where $1 is null or (created_at, id) < ($1, $2) \
                   order by created_at desc, id desc limit $3")
            .bind::<Nullable<Timestamptz>, _>(after.map(|place| At::from(place.at)))
            .bind::<Nullable<SqlUuid>, _>(after.map(|place| place.id))
            .bind::<BigInt, _>(limit))
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}
