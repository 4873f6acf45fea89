//! Tokens of people and scripts.

use jiff::Timestamp;
use pulse_api::{TokenId, status::Role};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{At, BigInt, Binary, Bool, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word},
};
use crate::model::access::User;

row! { TokenRow {
    username: String = Text,
    role: Word<Role> = Text,
    secret_sha256: Vec<u8> = Binary,
    expires_at: At = Timestamptz,
    is_live: bool = Bool,
} }

/// A token's row, for checking a secret against.
pub(crate) struct Token {
    pub(crate) user: User,
    pub(crate) secret_sha256: Vec<u8>,
    pub(crate) is_live: bool,
}

/// The token with this id.
pub(crate) async fn find(tx: &mut Tx, id: Uuid) -> Result<Option<Token>, StoreError> {
    let row: Option<TokenRow> = tx
        .row(
            sql("select username, role, secret_sha256, expires_at, \
                 revoked_at is null and expires_at > now() as is_live from tokens where id = $1")
            .bind::<SqlUuid, _>(id),
        )
        .await?;
    Ok(row.map(|row| Token {
        user: User {
            token: id,
            username: row.username,
            role: row.role.0,
            token_expires_at: row.expires_at.to_jiff(),
        },
        secret_sha256: row.secret_sha256,
        is_live: row.is_live,
    }))
}

/// A token to be stored.
pub(crate) struct NewToken<'a> {
    pub(crate) id: Uuid,
    pub(crate) name: &'a str,
    pub(crate) username: &'a str,
    pub(crate) role: Role,
    pub(crate) secret_sha256: Vec<u8>,
    pub(crate) created_by: &'a str,
    pub(crate) ttl_seconds: u32,
}

row! { ExpiryRow { expires_at: At = Timestamptz } }

/// Adds a token; gives when it expires.
pub(crate) async fn insert(tx: &mut Tx, new: NewToken<'_>) -> Result<Timestamp, StoreError> {
    let row: Option<ExpiryRow> = tx
        .row(
            sql("insert into tokens (id, name, username, role, secret_sha256, created_by, expires_at) \
                 values ($1, $2, $3, $4::user_role, $5, $6, now() + $7 * interval '1 second') \
                 returning expires_at")
            .bind::<SqlUuid, _>(new.id)
            .bind::<Text, _>(new.name)
            .bind::<Text, _>(new.username)
            .bind::<Text, _>(new.role.as_str())
            .bind::<Binary, _>(new.secret_sha256)
            .bind::<Text, _>(new.created_by)
            .bind::<BigInt, _>(i64::from(new.ttl_seconds)),
        )
        .await?;
    Ok(row.ok_or(StoreError::Stale)?.expires_at.to_jiff())
}

/// Revokes a token; of this user only, where one is named.
pub(crate) async fn revoke(
    tx: &mut Tx,
    id: TokenId,
    username: Option<&str>,
) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql(
                "update tokens set revoked_at = coalesce(revoked_at, now()) \
                 where id = $1 and ($2 is null or username = $2)",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Nullable<Text>, _>(username),
        )
        .await?;
    Ok(written == 1)
}

row! { ViewRow { view: Value = Jsonb } }

/// Tokens as JSON, newest first; of this user only, where one is named.
pub(crate) async fn list(tx: &mut Tx, username: Option<&str>) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql("select jsonb_build_object('id', id, 'name', name, 'username', username, 'role', role, \
                 'created_at', created_at, 'expires_at', expires_at, 'revoked_at', revoked_at) as view \
                 from tokens where $1 is null or username = $1 order by created_at desc limit 200")
            .bind::<Nullable<Text>, _>(username),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}
