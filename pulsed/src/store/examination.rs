//! What there is to say about a database, and about this role in it. Nothing is changed.

use diesel::{
    QueryableByName,
    sql_types::{Array, BigInt, Bool, Double, Integer, Nullable, Text},
};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::{connect, migrations, migrations::MigrateError};

/// What was found out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Examination {
    pub(crate) server: ServerFacts,
    pub(crate) rights: Rights,
    pub(crate) durability: Durability,
    pub(crate) connections: Connections,
    pub(crate) storage: Storage,
    pub(crate) migrations: Migrations,
    /// The replicas of pulsed that live on it.
    pub(crate) replicas: Vec<String>,
}

#[derive(Debug, Clone, Default, QueryableByName)]
pub(crate) struct ServerFacts {
    #[diesel(sql_type = Text)]
    pub(crate) version: String,
    #[diesel(sql_type = Text)]
    pub(crate) database: String,
    #[diesel(sql_type = Text)]
    pub(crate) role: String,
    /// A standby, or a role that may only read.
    #[diesel(sql_type = Bool)]
    pub(crate) is_read_only: bool,
    /// Whether it runs on this host: over a socket of files, or at the address that asks.
    #[diesel(sql_type = Bool)]
    pub(crate) is_here: bool,
    /// Seconds since 1970 by its clock.
    #[diesel(sql_type = Double)]
    pub(crate) clock: f64,
}

#[derive(Debug, Clone, Default, QueryableByName)]
pub(crate) struct Rights {
    #[diesel(sql_type = Bool)]
    pub(crate) is_superuser: bool,
    #[diesel(sql_type = Bool)]
    pub(crate) may_create: bool,
    /// The tables and sequences that the server needs and this role may not use.
    #[diesel(sql_type = Array<Text>)]
    pub(crate) denied: Vec<String>,
}

/// Settings in PostgreSQL's words.
#[derive(Debug, Clone, Default, QueryableByName)]
pub(crate) struct Durability {
    #[diesel(sql_type = Text)]
    pub(crate) fsync: String,
    #[diesel(sql_type = Text)]
    pub(crate) full_page_writes: String,
    /// What a session has that asks for nothing else.
    #[diesel(sql_type = Text)]
    pub(crate) synchronous_commit: String,
    #[diesel(sql_type = Text)]
    pub(crate) archive_mode: String,
    /// Seconds since the log was last archived, and since that last failed.
    #[diesel(sql_type = Nullable<Double>)]
    pub(crate) archived_ago: Option<f64>,
    #[diesel(sql_type = Nullable<Double>)]
    pub(crate) archive_failed_ago: Option<f64>,
}

#[derive(Debug, Clone, Copy, Default, QueryableByName)]
pub(crate) struct Connections {
    /// How many this role may have at once, beside those of others.
    #[diesel(sql_type = Integer)]
    pub(crate) most: i32,
    /// How many others have.
    #[diesel(sql_type = BigInt)]
    pub(crate) others: i64,
}

#[derive(Debug, Clone, Default, QueryableByName)]
pub(crate) struct Storage {
    #[diesel(sql_type = BigInt)]
    pub(crate) bytes: i64,
    /// Where PostgreSQL keeps it, if this role may know.
    #[diesel(sql_type = Nullable<Text>)]
    pub(crate) folder: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Migrations {
    pub(crate) pending: Vec<String>,
    /// Those that only a newer version knows.
    pub(crate) unknown: Vec<String>,
}

const SERVER: &str = "select current_setting('server_version') as version, \
    current_database()::text as database, current_user::text as role, \
    pg_is_in_recovery() or current_setting('default_transaction_read_only')::bool as is_read_only, \
    coalesce(inet_server_addr() = inet_client_addr(), true) as is_here, \
    extract(epoch from clock_timestamp())::float8 as clock";

/// The recipe for a role of the server's own lets it add to the audit trail, and not change it.
const RIGHTS: &str = "select r.rolsuper as is_superuser, \
    coalesce(has_schema_privilege(current_schema(), 'create'), false) as may_create, \
    array(select c.relname::text from pg_class c \
      where c.relnamespace = to_regnamespace(current_schema()) and case \
        when c.relkind = 'S' then not has_sequence_privilege(c.oid, 'usage') \
        when c.relkind not in ('r', 'p') then false \
        when c.relname = '__diesel_schema_migrations' then not has_table_privilege(c.oid, 'select') \
        when c.relname in ('audit', 'audit_seals') \
          then not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')) \
        else not (has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert') \
          and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete')) end \
      order by 1) as denied \
    from pg_roles r where r.rolname = current_user";

/// A session of pulsed sets `synchronous_commit`; what it was before is its reset value.
const DURABILITY: &str = "select current_setting('fsync') as fsync, \
    current_setting('full_page_writes') as full_page_writes, \
    (select reset_val from pg_settings where name = 'synchronous_commit') as synchronous_commit, \
    current_setting('archive_mode') as archive_mode, \
    extract(epoch from now() - last_archived_time)::float8 as archived_ago, \
    extract(epoch from now() - last_failed_time)::float8 as archive_failed_ago \
    from pg_stat_archiver";

const CONNECTIONS: &str = "select least( \
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int \
        - coalesce(nullif(current_setting('reserved_connections', true), '')::int, 0), \
      (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user), \
      (select nullif(datconnlimit, -1) from pg_database where datname = current_database())) as most, \
    (select count(*) from pg_stat_activity where datid is not null \
      and coalesce(backend_type, 'client backend') = 'client backend' \
      and not (datname = current_database() and application_name = 'pulsed')) as others";

const STORAGE: &str = "select pg_database_size(current_database()) as bytes, \
    (select setting from pg_settings where name = 'data_directory') as folder";

/// Looks at a database.
pub(crate) async fn examine(url: &str) -> Result<Examination, MigrateError> {
    let mut conn = connect::establish(url).await?;
    let server: ServerFacts = diesel::sql_query(SERVER).get_result(&mut conn).await?;
    let rights: Rights = diesel::sql_query(RIGHTS).get_result(&mut conn).await?;
    let is_readable = rights.denied.is_empty();
    let mut found = Examination {
        server,
        rights,
        durability: diesel::sql_query(DURABILITY).get_result(&mut conn).await?,
        connections: diesel::sql_query(CONNECTIONS).get_result(&mut conn).await?,
        storage: diesel::sql_query(STORAGE).get_result(&mut conn).await?,
        ..Examination::default()
    };
    if is_readable {
        found.migrations = migrated(&mut conn).await?;
        found.replicas = replicas(&mut conn).await?;
    }
    Ok(found)
}

async fn migrated(conn: &mut AsyncPgConnection) -> Result<Migrations, MigrateError> {
    let known = migrations::known_migrations()?;
    let applied = migrations::applied(conn).await?;
    let lacks = |list: &[String], version: &String| !list.contains(version);
    let pending = known.iter().filter(|version| lacks(&applied, version));
    let unknown = applied.iter().filter(|version| lacks(&known, version));
    Ok(Migrations {
        pending: pending.cloned().collect(),
        unknown: unknown.cloned().collect(),
    })
}

async fn replicas(conn: &mut AsyncPgConnection) -> Result<Vec<String>, MigrateError> {
    #[derive(QueryableByName)]
    struct Table {
        #[diesel(sql_type = Bool)]
        is_there: bool,
    }
    #[derive(QueryableByName)]
    struct Named {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let table = "select to_regclass('servers') is not null as is_there";
    let table: Table = diesel::sql_query(table).get_result(conn).await?;
    if !table.is_there {
        return Ok(Vec::new());
    }
    let alive = "select name || ' (' || version || ')' as name from servers \
                 where seen_at > now() - interval '15 seconds' order by 1";
    let alive: Vec<Named> = diesel::sql_query(alive).load(conn).await?;
    Ok(alive.into_iter().map(|replica| replica.name).collect())
}
