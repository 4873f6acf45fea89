//! Bringing the schema up to date, safely beside other replicas.

use std::time::Duration;

use diesel::{
    QueryableByName,
    migration::MigrationSource,
    sql_types::{Bool, Text},
};
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connect;

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../migrations");

/// The advisory lock that one migrating replica holds.
const TRY_LOCK: &str = "select pg_try_advisory_lock(7057345301) as locked";

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MigrateError {
    #[error("cannot reach the database")]
    Unavailable(#[from] diesel::ConnectionError),
    #[error("the database refused")]
    Database(#[from] diesel::result::Error),
    #[error("a migration failed: {0}")]
    Failed(String),
    #[error("the database runs with {0} off: a crash would lose what was acknowledged")]
    Unsafe(&'static str),
}

/// Runs what is pending and names it. Of several replicas one migrates, the others wait.
pub(crate) async fn migrate(url: &str) -> Result<Vec<String>, MigrateError> {
    let mut conn = connect::establish(url).await?;
    lock(&mut conn).await?;
    diesel::sql_query("set statement_timeout = 0")
        .execute(&mut conn)
        .await?;
    if unapplied(&mut conn).await?.is_empty() {
        // Asking the harness would make its table, for which a server needs no right.
        return Ok(Vec::new());
    }
    let mut harness = AsyncMigrationHarness::new(conn);
    let ran = harness
        .run_pending_migrations(MIGRATIONS)
        .map_err(|error| MigrateError::Failed(error.to_string()))?;
    Ok(ran.iter().map(ToString::to_string).collect())
}

/// Names what `migrate` would run.
pub(crate) async fn pending_migrations(url: &str) -> Result<Vec<String>, MigrateError> {
    unapplied(&mut connect::establish(url).await?).await
}

async fn unapplied(conn: &mut AsyncPgConnection) -> Result<Vec<String>, MigrateError> {
    #[derive(QueryableByName)]
    struct Known {
        #[diesel(sql_type = Bool)]
        is_there: bool,
    }
    #[derive(QueryableByName)]
    struct Applied {
        #[diesel(sql_type = Text)]
        version: String,
    }
    let table = "select to_regclass('__diesel_schema_migrations') is not null as is_there";
    let known: Known = diesel::sql_query(table).get_result(conn).await?;
    let applied: Vec<Applied> = if known.is_there {
        diesel::sql_query("select version from __diesel_schema_migrations")
            .load(conn)
            .await?
    } else {
        Vec::new()
    };
    let all = MigrationSource::<diesel::pg::Pg>::migrations(&MIGRATIONS)
        .map_err(|error| MigrateError::Failed(error.to_string()))?;
    Ok(all
        .iter()
        .map(|migration| migration.name().version().to_string())
        .filter(|version| !applied.iter().any(|done| done.version == *version))
        .collect())
}

/// Refuses a database that may lose what it acknowledged.
pub(crate) async fn refuse_unsafe(url: &str) -> Result<(), MigrateError> {
    #[derive(QueryableByName)]
    struct Safety {
        #[diesel(sql_type = Bool)]
        fsync: bool,
        #[diesel(sql_type = Bool)]
        full_page_writes: bool,
    }
    let mut conn = connect::establish(url).await?;
    let safety: Safety = diesel::sql_query(
        "select current_setting('fsync')::bool as fsync, \
         current_setting('full_page_writes')::bool as full_page_writes",
    )
    .get_result(&mut conn)
    .await?;
    if !safety.fsync {
        return Err(MigrateError::Unsafe("fsync"));
    }
    if !safety.full_page_writes {
        return Err(MigrateError::Unsafe("full_page_writes"));
    }
    Ok(())
}

/// Waits for the lock by asking again: a session that waits inside PostgreSQL would
/// deadlock with `create index concurrently`.
async fn lock(conn: &mut AsyncPgConnection) -> Result<(), MigrateError> {
    #[derive(QueryableByName)]
    struct Locked {
        #[diesel(sql_type = Bool)]
        locked: bool,
    }
    loop {
        let row: Locked = diesel::sql_query(TRY_LOCK).get_result(conn).await?;
        if row.locked {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
