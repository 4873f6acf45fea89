//! Tokens of people and scripts.

use jiff::Timestamp;
use pulse_api::{TokenId, status::Role};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Binary, Bool, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word},
};
use crate::model::{
    access::{User, Via, group_of},
    place::Aged,
};

row! { TokenRow {
    id: Uuid = SqlUuid,
    username: String = Text,
    display_name: Option<String> = Nullable<Text>,
    email: Option<String> = Nullable<Text>,
    owner: Option<String> = Nullable<Text>,
    groups: Vec<String> = Array<Text>,
    workflows: Option<Vec<String>> = Nullable<Array<Text>>,
    role: Word<Role> = Text,
    secret_sha256: Vec<u8> = Binary,
    expires_at: At = Timestamptz,
    previous_sha256: Option<Vec<u8>> = Nullable<Binary>,
    previous_until: Option<At> = Nullable<Timestamptz>,
    is_live: bool = Bool,
} }

/// A token's row, for checking a secret against.
#[derive(Clone)]
pub(crate) struct Token {
    /// Who shows its newest secret.
    user: User,
    secret_sha256: Vec<u8>,
    /// The secret before, and until when it is good.
    previous: Option<(Vec<u8>, Timestamp)>,
    pub(crate) is_live: bool,
}

impl Token {
    /// Whose the token is, whoever shows it.
    pub(crate) fn user(&self) -> &User {
        &self.user
    }

    /// Whether its newest secret has this digest.
    pub(crate) fn is_newest(&self, shown: &[u8]) -> bool {
        self.secret_sha256 == shown
    }

    /// Whose the token is, if this is one of its secrets.
    pub(crate) fn user_who_shows(self, is_it: impl Fn(&[u8]) -> bool) -> Option<User> {
        if is_it(&self.secret_sha256) {
            return Some(self.user);
        }
        let (digest, until) = self.previous.filter(|(digest, _)| is_it(digest))?;
        let mut user = self.user;
        if let Via::Token {
            shown, expires_at, ..
        } = &mut user.via
        {
            *shown = digest;
            *expires_at = until.min(*expires_at);
        }
        Some(user)
    }
}

/// The groups that a token `t` of an owner `u`, if any, is in: those that it was made with, as far as its
/// owner still is in them.
macro_rules! groups {
    () => {
        "case when t.owner is null then t.groups else array( \
           select own.name from unnest(t.groups) with ordinality as own (name, place) \
           where own.name = any (u.groups) order by own.place) end"
    };
}

/// The tokens among these, by their ids.
pub(crate) async fn find(tx: &mut Tx, ids: &[Uuid]) -> Result<Vec<(Uuid, Token)>, StoreError> {
    let rows: Vec<TokenRow> = tx
        .rows(
            sql(concat!(
                "select t.id, t.username, u.display_name, u.email, t.owner, ",
                groups!(),
                " as groups, t.workflows, \
                 least(t.role, coalesce(u.fixed_role, u.role))::text as role, t.secret_sha256, \
                 t.expires_at, case when t.previous_until > now() then t.previous_sha256 end as previous_sha256, \
                 t.previous_until, t.revoked_at is null and t.expires_at > now() \
                   and (t.owner is null or (u.role is not null and u.disabled_at is null)) as is_live \
                 from tokens t left join users u on u.username = t.owner where t.id = any ($1)",
            ))
            .bind::<Array<SqlUuid>, _>(ids),
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.into())).collect())
}

impl From<TokenRow> for Token {
    fn from(row: TokenRow) -> Self {
        let role = row.role.0;
        let mut groups = row.groups;
        let own = group_of(role).to_owned();
        if row.owner.is_none() && !groups.contains(&own) {
            groups.insert(0, own);
        }
        Self {
            user: User {
                username: row.username,
                display_name: row.display_name,
                email: row.email,
                groups,
                role,
                via: Via::Token {
                    id: row.id,
                    shown: row.secret_sha256.clone(),
                    expires_at: row.expires_at.to_jiff(),
                    owner: row.owner,
                },
                workflows: row.workflows,
            },
            secret_sha256: row.secret_sha256,
            previous: row
                .previous_sha256
                .zip(row.previous_until.map(jiff_diesel::Timestamp::to_jiff)),
            is_live: row.is_live,
        }
    }
}

/// A token to be stored.
pub(crate) struct NewToken<'a> {
    pub(crate) id: Uuid,
    pub(crate) name: &'a str,
    pub(crate) username: &'a str,
    pub(crate) owner: Option<&'a str>,
    pub(crate) groups: &'a [String],
    pub(crate) workflows: Option<&'a [String]>,
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
            sql("insert into tokens (id, name, username, role, secret_sha256, created_by, expires_at, \
                 owner, groups, workflows) values ($1, $2, $3, $4::user_role, $5, $6, \
                 now() + $7 * interval '1 second', $8, $9, $10) returning expires_at")
            .bind::<SqlUuid, _>(new.id)
            .bind::<Text, _>(new.name)
            .bind::<Text, _>(new.username)
            .bind::<Text, _>(new.role.as_str())
            .bind::<Binary, _>(new.secret_sha256)
            .bind::<Text, _>(new.created_by)
            .bind::<BigInt, _>(i64::from(new.ttl_seconds))
            .bind::<Nullable<Text>, _>(new.owner)
            .bind::<Array<Text>, _>(new.groups.to_vec())
            .bind::<Nullable<Array<Text>>, _>(new.workflows.map(<[String]>::to_vec)),
        )
        .await?;
    Ok(row.ok_or(StoreError::Stale)?.expires_at.to_jiff())
}

/// Gives a locked token another secret, which ends no later than this; gives when it expires. Nobody has
/// rotated it since.
pub(crate) async fn renew(
    tx: &mut Tx,
    id: TokenId,
    (secret_sha256, no_later): (Vec<u8>, Option<Timestamp>),
) -> Result<Timestamp, StoreError> {
    let row: Option<ExpiryRow> = tx
        .row(
            sql(
                "update tokens set secret_sha256 = $2, expires_at = least(expires_at, $3) \
                 where id = $1 returning expires_at",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Binary, _>(secret_sha256)
            .bind::<Nullable<Timestamptz>, _>(no_later.map(At::from)),
        )
        .await?;
    Ok(row.ok_or(StoreError::Stale)?.expires_at.to_jiff())
}

row! { LockedRow {
    name: String = Text,
    username: String = Text,
    groups: Vec<String> = Array<Text>,
    workflows: Option<Vec<String>> = Nullable<Array<Text>>,
    role: Word<Role> = Text,
    secret_sha256: Vec<u8> = Binary,
    expires_at: At = Timestamptz,
    previous_sha256: Option<Vec<u8>> = Nullable<Binary>,
    previous_until: Option<At> = Nullable<Timestamptz>,
    rotation: Option<Uuid> = Nullable<SqlUuid>,
} }

/// A token that is good, its row locked.
#[derive(Debug)]
pub(crate) struct Locked {
    pub(crate) name: String,
    pub(crate) username: String,
    pub(crate) groups: Vec<String>,
    pub(crate) workflows: Option<Vec<String>>,
    pub(crate) role: Role,
    pub(crate) secret_sha256: Vec<u8>,
    pub(crate) expires_at: Timestamp,
    /// The secret before, as long as it is good.
    pub(crate) previous_sha256: Option<Vec<u8>>,
    pub(crate) previous_until: Option<Timestamp>,
    /// Which rotation has given it its secret; none where that is its first one.
    pub(crate) rotation: Option<Uuid>,
}

/// Locks a token that is neither revoked nor expired.
pub(crate) async fn lock(tx: &mut Tx, id: TokenId) -> Result<Option<Locked>, StoreError> {
    let row: Option<LockedRow> = tx
        .row(
            sql(concat!(
                "select t.name, t.username, ",
                groups!(),
                " as groups, t.workflows, t.role::text as role, t.secret_sha256, t.expires_at, \
                 case when t.previous_until > now() then t.previous_sha256 end as previous_sha256, \
                 t.previous_until, t.rotation from tokens t left join users u on u.username = t.owner \
                 where t.id = $1 and t.revoked_at is null and t.expires_at > now() for update of t",
            ))
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(row.map(|row| Locked {
        name: row.name,
        username: row.username,
        groups: row.groups,
        workflows: row.workflows,
        role: row.role.0,
        secret_sha256: row.secret_sha256,
        expires_at: row.expires_at.to_jiff(),
        previous_sha256: row.previous_sha256,
        previous_until: row.previous_until.map(jiff_diesel::Timestamp::to_jiff),
        rotation: row.rotation,
    }))
}

/// Gives a locked token another secret by this rotation, and keeps the one before it for so many seconds.
/// It may end sooner than it would have.
pub(crate) async fn rotate(
    tx: &mut Tx,
    id: TokenId,
    (secret_sha256, rotation): (Vec<u8>, Uuid),
    (overlap_seconds, no_later): (u32, Option<Timestamp>),
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update tokens set secret_sha256 = $2, expires_at = least(expires_at, $4), rotation = $5, \
             previous_sha256 = case when $3 > 0 then secret_sha256 end, \
             previous_until = case when $3 > 0 \
               then least(now() + $3 * interval '1 second', expires_at, $4) end where id = $1",
        )
        .bind::<SqlUuid, _>(id.0)
        .bind::<Binary, _>(secret_sha256)
        .bind::<BigInt, _>(i64::from(overlap_seconds))
        .bind::<Nullable<Timestamptz>, _>(no_later.map(At::from))
        .bind::<SqlUuid, _>(rotation),
    )
    .await?;
    Ok(())
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
pub(crate) async fn list(
    tx: &mut Tx,
    username: Option<&str>,
    (after, limit): (Option<Aged>, i64),
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql("select jsonb_build_object('id', id, 'name', name, 'username', username, 'role', role, \
                 'groups', groups, 'workflows', workflows, \
                 'created_at', created_at, 'expires_at', expires_at, 'revoked_at', revoked_at) as view \
                 from tokens where ($1 is null or username = $1) \
                 and ($2 is null or (created_at, id) < ($2, $3)) order by created_at desc, id desc limit $4")
            .bind::<Nullable<Text>, _>(username)
            .bind::<Nullable<Timestamptz>, _>(after.map(|place| At::from(place.at)))
            .bind::<Nullable<SqlUuid>, _>(after.map(|place| place.id))
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}
