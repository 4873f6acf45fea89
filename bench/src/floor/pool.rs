//! Connections to PostgreSQL with both statements prepared.

use bb8::ManageConnection;
use tokio::task::JoinSet;
use tokio_postgres::{Client, Config, NoTls, Statement};

const TABLE: &str = "create table if not exists floor_run (
    id bigint generated always as identity primary key,
    command text not null,
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    exit_code integer
)";
const INSERT: &str = "insert into floor_run (command) values ($1) returning id";
const UPDATE: &str = "update floor_run set ended_at = now(), exit_code = $2 where id = $1";

pub(super) type Pool = bb8::Pool<Manager>;

/// Makes connections.
pub(super) struct Manager(Config);

pub(super) struct Connection {
    client: Client,
    insert: Statement,
    update: Statement,
    /// Moves the bytes for as long as the connection lives.
    _driver: JoinSet<Result<(), tokio_postgres::Error>>,
}

/// Opens a pool on a database that has the floor's table afterwards.
pub(super) async fn open(database: &str, size: u32) -> anyhow::Result<Pool> {
    let manager = Manager(database.parse()?);
    let (client, driver) = manager.0.connect(NoTls).await?;
    let mut drivers = JoinSet::new();
    drivers.spawn(driver);
    client.batch_execute(TABLE).await?;
    let pool = Pool::builder()
        .max_size(size)
        .min_idle(size)
        .test_on_check_out(false)
        .build(manager)
        .await?;
    Ok(pool)
}

impl Connection {
    /// Writes a new run: one statement, one commit.
    pub(super) async fn insert(&self, command: &str) -> Result<i64, tokio_postgres::Error> {
        let row = self.client.query_one(&self.insert, &[&command]).await?;
        row.try_get(0)
    }

    /// Writes how a run ended: one statement, one commit.
    pub(super) async fn update(
        &self,
        id: i64,
        exit_code: i32,
    ) -> Result<(), tokio_postgres::Error> {
        self.client
            .execute(&self.update, &[&id, &exit_code])
            .await?;
        Ok(())
    }
}

impl ManageConnection for Manager {
    type Connection = Connection;
    type Error = tokio_postgres::Error;

    async fn connect(&self) -> Result<Connection, tokio_postgres::Error> {
        let (client, connection) = self.0.connect(NoTls).await?;
        let mut driver = JoinSet::new();
        driver.spawn(connection);
        client.batch_execute("set synchronous_commit = on").await?;
        let insert = client.prepare(INSERT).await?;
        let update = client.prepare(UPDATE).await?;
        Ok(Connection {
            client,
            insert,
            update,
            _driver: driver,
        })
    }

    async fn is_valid(&self, connection: &mut Connection) -> Result<(), tokio_postgres::Error> {
        connection.client.batch_execute("").await
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        connection.client.is_closed()
    }
}
