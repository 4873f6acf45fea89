//! Replicas of this program on the same database.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{At, BigInt, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz},
};

row! { SeenRow {
    now: At = Timestamptz,
    peers: i64 = BigInt,
} }

/// Says that this replica lives; gives the database's clock and how many others live.
pub(crate) async fn beat(
    tx: &mut Tx,
    id: Uuid,
    name: &str,
    sessions: usize,
) -> Result<(Timestamp, u64), StoreError> {
    let row: Option<SeenRow> = tx
        .row(
            sql("with mine as (insert into servers (id, name, version, sessions) values ($1, $2, $3, $4) \
                   on conflict (id) do update set seen_at = now(), sessions = excluded.sessions), \
                 gone as (delete from servers where seen_at < now() - interval '1 hour') \
                 select clock_timestamp() as now, (select count(*) from servers \
                   where id <> $1 and seen_at > now() - interval '15 seconds') as peers")
            .bind::<SqlUuid, _>(id)
            .bind::<Text, _>(name)
            .bind::<Text, _>(env!("CARGO_PKG_VERSION"))
            .bind::<Integer, _>(i32::try_from(sessions).unwrap_or(i32::MAX)),
        )
        .await?;
    let row = row.ok_or(StoreError::Stale)?;
    Ok((
        row.now.to_jiff(),
        u64::try_from(row.peers).unwrap_or_default(),
    ))
}

/// Says that this replica is gone: its sessions are nobody's.
pub(crate) async fn leave(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    tx.run(sql("update workers set server_id = null where server_id = $1").bind::<SqlUuid, _>(id))
        .await?;
    tx.run(sql("delete from servers where id = $1").bind::<SqlUuid, _>(id))
        .await?;
    Ok(())
}

row! { ViewRow { view: Value = Jsonb } }

/// The living replicas as JSON.
pub(crate) async fn list(tx: &mut Tx) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(sql(
            "select jsonb_build_object('id', id, 'name', name, 'version', version, \
                   'sessions', sessions, 'seen_at', seen_at) as view from servers \
                   where seen_at > now() - interval '15 seconds' order by started_at",
        ))
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}

row! { DatabaseRow {
    version: String = Text,
    migration: Option<String> = Nullable<Text>,
} }

/// The database's version, and the newest migration that has run.
pub(crate) async fn database(tx: &mut Tx) -> Result<(String, Option<String>), StoreError> {
    let row: Option<DatabaseRow> = tx
        .row(sql("select current_setting('server_version') as version, \
                  (select max(version) from __diesel_schema_migrations) as migration"))
        .await?;
    let row = row.ok_or(StoreError::Stale)?;
    Ok((row.version, row.migration))
}

row! { SizeRow { bytes: i64 = BigInt } }

/// How large the database is on its disk.
pub(crate) async fn database_bytes(tx: &mut Tx) -> Result<u64, StoreError> {
    let row: Option<SizeRow> = tx
        .row(sql("select pg_database_size(current_database()) as bytes"))
        .await?;
    let row = row.ok_or(StoreError::Stale)?;
    Ok(u64::try_from(row.bytes).unwrap_or_default())
}
