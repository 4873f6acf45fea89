//! People whom a trusted proxy has named.

use pulse_api::{
    http::users::{FixedRole, UserRow as View},
    status::Role,
};
use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Word},
};
use crate::model::access::Claim;

row! { KnownRow {
    display_name: Option<String> = Nullable<Text>,
    email: Option<String> = Nullable<Text>,
    groups: Vec<String> = Array<Text>,
    role: Option<Word<Role>> = Nullable<Text>,
    fixed_role: Option<Word<Role>> = Nullable<Text>,
    is_disabled: bool = Bool,
    is_fresh: bool = Bool,
} }

/// What is known of somebody.
pub(crate) struct Known {
    /// As a proxy named them last.
    pub(crate) claim: Claim,
    /// What their groups gave them then.
    pub(crate) role: Option<Role>,
    /// What an admin has set in its place.
    pub(crate) fixed_role: Option<Role>,
    pub(crate) is_disabled: bool,
    /// Whether it was noted within the last minute that they were here.
    pub(crate) is_fresh: bool,
}

/// Somebody, by name.
pub(crate) async fn find(tx: &mut Tx, username: &str) -> Result<Option<Known>, StoreError> {
    let row: Option<KnownRow> = tx
        .row(
            sql(
                "select display_name, email, groups, role::text, fixed_role::text, \
                 disabled_at is not null as is_disabled, \
                 seen_at > now() - interval '1 minute' as is_fresh from users where username = $1",
            )
            .bind::<Text, _>(username),
        )
        .await?;
    Ok(row.map(|row| Known {
        claim: Claim {
            username: username.to_owned(),
            display_name: row.display_name,
            email: row.email,
            groups: row.groups,
        },
        role: row.role.map(|role| role.0),
        fixed_role: row.fixed_role.map(|role| role.0),
        is_disabled: row.is_disabled,
        is_fresh: row.is_fresh,
    }))
}

/// Notes what a proxy says of somebody.
pub(crate) async fn put(tx: &mut Tx, claim: &Claim, role: Option<Role>) -> Result<(), StoreError> {
    tx.run(
        sql(
            "insert into users (username, display_name, email, groups, role) \
                 values ($1, $2, $3, $4, $5::user_role) on conflict (username) do update \
                 set display_name = excluded.display_name, email = excluded.email, \
                 groups = excluded.groups, role = excluded.role, seen_at = now()",
        )
        .bind::<Text, _>(claim.username.as_str())
        .bind::<Nullable<Text>, _>(claim.display_name.as_deref())
        .bind::<Nullable<Text>, _>(claim.email.as_deref())
        .bind::<Array<Text>, _>(claim.groups.clone())
        .bind::<Nullable<Text>, _>(role.map(Role::as_str)),
    )
    .await?;
    Ok(())
}

/// What is to be different about somebody.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patch {
    pub(crate) fixed_role: Option<FixedRole>,
    pub(crate) disabled: Option<bool>,
}

/// The word that stands for it here; the empty one leaves the role to the groups.
fn word(fixed: FixedRole) -> &'static str {
    match fixed {
        FixedRole::Viewer => Role::Viewer.as_str(),
        FixedRole::Approver => Role::Approver.as_str(),
        FixedRole::Operator => Role::Operator.as_str(),
        FixedRole::Admin => Role::Admin.as_str(),
        FixedRole::ByGroups => "",
    }
}

/// Changes what somebody may do; gives whether there is such a user.
pub(crate) async fn patch(tx: &mut Tx, username: &str, patch: Patch) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql(
                "update users set fixed_role = case when $2 is null then fixed_role \
                   else nullif($2, '')::user_role end, disabled_at = case $3 when true then coalesce(disabled_at, now()) \
                   when false then null else disabled_at end where username = $1",
            )
            .bind::<Text, _>(username)
            .bind::<Nullable<Text>, _>(patch.fixed_role.map(word))
            .bind::<Nullable<Bool>, _>(patch.disabled),
        )
        .await?;
    Ok(written == 1)
}

row! { ViewRow { view: Value = Jsonb } }

/// Users by name; one of them only, where it is named.
pub(crate) async fn list(
    tx: &mut Tx,
    username: Option<&str>,
    (after, limit): (Option<String>, i64),
) -> Result<Vec<View>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(
                "select jsonb_build_object('username', username, 'display_name', display_name, \
                 'email', email, 'groups', groups, 'role', \
                 case when role is not null then coalesce(fixed_role, role) end, \
                 'fixed_role', fixed_role, 'disabled', disabled_at is not null, \
                 'created_at', created_at, 'seen_at', seen_at) as view from users \
                 where ($1 is null or username = $1) and ($2 is null or username > $2) \
                 order by username limit $3",
            )
            .bind::<Nullable<Text>, _>(username)
            .bind::<Nullable<Text>, _>(after)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}
