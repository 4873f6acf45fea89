//! Rows: the only place that knows diesel and PostgreSQL.
//!
//! Rows come in, model goes out. Every writing function takes `&mut Tx`, so that
//! what belongs together is committed together. No rule lives here beyond the
//! guard of each `update … where status = from`.

pub(crate) mod audit;
pub(crate) mod changes;
mod connect;
pub(crate) mod definitions;
pub(crate) mod enroll_tokens;
mod error;
pub(crate) mod executions;
pub(crate) mod idempotency;
pub(crate) mod jobs;
mod listen;
mod migrations;
pub(crate) mod outputs;
pub(crate) mod prompts;
pub(crate) mod regions;
pub(crate) mod servers;
mod sql;
pub(crate) mod steps;
pub(crate) mod timeline;
pub(crate) mod tokens;
mod types;
pub(crate) mod workers;
pub(crate) mod workflows;

use diesel::{QueryableByName, pg::Pg};
use diesel_async::{
    AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    pooled_connection::{AsyncDieselConnectionManager, bb8},
};

use self::sql::Statement;
pub(crate) use self::{
    error::StoreError,
    listen::listen,
    migrations::{MigrateError, migrate, pending_migrations, refuse_unsafe},
};
use crate::model::{changes::News, wake::Wake};

type Pool = bb8::Pool<AsyncPgConnection>;
type Pooled = bb8::PooledConnection<'static, AsyncPgConnection>;

/// A way to PostgreSQL.
#[derive(Clone)]
pub(crate) struct Store {
    pool: Pool,
}

impl Store {
    /// Prepares a pool; nothing is connected yet, and a database that is away is no error.
    pub(crate) fn new(url: &str, pool_size: u32) -> Self {
        let manager = AsyncDieselConnectionManager::new_with_config(url, connect::manager_config());
        let pool = Pool::builder()
            .max_size(pool_size)
            .test_on_check_out(false)
            .connection_timeout(connect::CHECK_OUT_TIMEOUT)
            .build_unchecked(manager);
        Self { pool }
    }

    /// Begins a transaction.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        let mut conn = self.pool.get_owned().await?;
        conn.batch_execute("begin").await?;
        Ok(Tx::new(conn))
    }

    /// Borrows a connection for reading: each statement stands alone.
    pub(crate) async fn read(&self) -> Result<Tx, StoreError> {
        let conn = self.pool.get_owned().await?;
        Ok(Tx::new(conn))
    }
}

/// A transaction, and whom to tell what once it is committed.
pub(crate) struct Tx {
    conn: Pooled,
    wakes: Vec<Wake>,
    news: Vec<News>,
}

/// What to do after a commit. Lost, it costs one poll interval, nothing else.
#[derive(Debug, Default)]
#[must_use = "somebody waits for it"]
pub(crate) struct AfterCommit {
    pub(crate) wakes: Vec<Wake>,
    pub(crate) news: Vec<News>,
}

impl Tx {
    fn new(conn: Pooled) -> Self {
        Self {
            conn,
            wakes: Vec::new(),
            news: Vec::new(),
        }
    }

    /// Notes whom to wake after the commit.
    pub(crate) fn wake(&mut self, wake: Wake) {
        if !self.wakes.contains(&wake) {
            self.wakes.push(wake);
        }
    }

    /// Notes what to tell after the commit.
    pub(crate) fn tell(&mut self, news: News) {
        self.news.push(news);
    }

    /// Commits, and gives back whom to tell.
    pub(crate) async fn commit(mut self) -> Result<AfterCommit, StoreError> {
        self.conn
            .batch_execute("commit")
            .await
            .map_err(StoreError::from_commit)?;
        Ok(AfterCommit {
            wakes: self.wakes,
            news: self.news,
        })
    }

    /// Undoes everything.
    pub(crate) async fn rollback(mut self) {
        // A connection that cannot roll back is broken; the pool drops it.
        let _ = self.conn.batch_execute("rollback").await;
    }

    /// The connection, for statements that are sent together without waiting for each other.
    fn shared(&self) -> &AsyncPgConnection {
        &self.conn
    }

    async fn run(&mut self, statement: Statement<'_>) -> Result<usize, StoreError> {
        Ok(statement.execute(&mut self.conn).await?)
    }

    async fn rows<R>(&mut self, statement: Statement<'_>) -> Result<Vec<R>, StoreError>
    where
        R: QueryableByName<Pg> + Send + 'static,
    {
        Ok(statement.get_results(&mut self.conn).await?)
    }

    async fn row<R>(&mut self, statement: Statement<'_>) -> Result<Option<R>, StoreError>
    where
        R: QueryableByName<Pg> + Send + 'static,
    {
        Ok(self.rows(statement).await?.into_iter().next())
    }
}
