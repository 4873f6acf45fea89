//! Bringing the schema up to date, safely beside other replicas.

use std::time::Duration;

use diesel::{
    QueryableByName,
    migration::MigrationSource,
    sql_types::{BigInt, Bool, Integer, Text},
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
    let applied = applied(conn).await?;
    let mut missing = known_migrations()?;
    missing.retain(|version| !applied.contains(version));
    Ok(missing)
}

/// Names every migration that has run.
pub(super) async fn applied(conn: &mut AsyncPgConnection) -> Result<Vec<String>, MigrateError> {
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
    if !known.is_there {
        return Ok(Vec::new());
    }
    let applied: Vec<Applied> =
        diesel::sql_query("select version from __diesel_schema_migrations order by version")
            .load(conn)
            .await?;
    Ok(applied.into_iter().map(|row| row.version).collect())
}

/// Names every migration of this version.
pub(crate) fn known_migrations() -> Result<Vec<String>, MigrateError> {
    let all = MigrationSource::<diesel::pg::Pg>::migrations(&MIGRATIONS)
        .map_err(|error| MigrateError::Failed(error.to_string()))?;
    let versions = all
        .iter()
        .map(|migration| migration.name().version().to_string());
    Ok(versions.collect())
}

/// What is in a database, and who uses it.
#[derive(Debug)]
pub(crate) struct Occupancy {
    /// PostgreSQL's version, without what comes behind the point.
    pub(crate) postgres: u32,
    /// How many tables there are, whosever they are.
    pub(crate) tables: i64,
    /// A server that lives on it.
    pub(crate) server: Option<String>,
}

/// Looks what is in a database, and who uses it.
pub(crate) async fn occupancy(url: &str) -> Result<Occupancy, MigrateError> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Integer)]
        version: i32,
        #[diesel(sql_type = BigInt)]
        tables: i64,
        #[diesel(sql_type = Bool)]
        is_ours: bool,
    }
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let mut conn = connect::establish(url).await?;
    let found: Found = diesel::sql_query(
        "select current_setting('server_version_num')::integer as version, \
         (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace \
          where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') \
          and n.nspname not like 'pg\\_t%') as tables, \
         to_regclass('public.servers') is not null as is_ours",
    )
    .get_result(&mut conn)
    .await?;
    let alive = "select name from servers where seen_at > now() - interval '15 seconds' limit 1";
    let servers: Vec<Named> = if found.is_ours {
        diesel::sql_query(alive).load(&mut conn).await?
    } else {
        Vec::new()
    };
    Ok(Occupancy {
        postgres: u32::try_from(found.version / 10_000).unwrap_or_default(),
        tables: found.tables,
        server: servers.into_iter().next().map(|server| server.name),
    })
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
