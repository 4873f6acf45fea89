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
    AnsiTransactionManager, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    TransactionManager,
    pooled_connection::{AsyncDieselConnectionManager, bb8},
};
use futures_util::future::{try_join, try_join_all};

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
            // The connection used last has its statements prepared and its caches warm.
            .queue_strategy(::bb8::QueueStrategy::Lifo)
            .test_on_check_out(false)
            .connection_timeout(connect::CHECK_OUT_TIMEOUT)
            .build_unchecked(manager);
        Self { pool }
    }

    /// Begins a transaction: its first statement carries the `begin` along.
    pub(crate) async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(Tx::new(self.pool.get_owned().await?, State::Fresh))
    }

    /// Borrows a connection for reading: each statement stands alone.
    pub(crate) async fn read(&self) -> Result<Tx, StoreError> {
        Ok(Tx::new(self.pool.get_owned().await?, State::Alone))
    }
}

/// A transaction, and whom to tell what once it is committed.
pub(crate) struct Tx {
    conn: Pooled,
    state: State,
    /// What nothing in the transaction depends on: sent together before the commit.
    last: Vec<Statement<'static>>,
    wakes: Vec<Wake>,
    news: Vec<News>,
}

/// How far a transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// There is none: each statement stands alone.
    Alone,
    /// Nothing was sent yet.
    Fresh,
    /// Something was sent, and neither commit nor rollback.
    Begun,
    Ended,
}

/// What to do after a commit. Lost, it costs one poll interval, nothing else.
#[derive(Debug, Default)]
#[must_use = "somebody waits for it"]
pub(crate) struct AfterCommit {
    pub(crate) wakes: Vec<Wake>,
    pub(crate) news: Vec<News>,
}

impl Tx {
    fn new(conn: Pooled, state: State) -> Self {
        Self {
            conn,
            state,
            last: Vec::new(),
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
        self.flush().await?;
        if self.state == State::Begun {
            self.conn
                .batch_execute("commit")
                .await
                .map_err(StoreError::from_commit)?;
        }
        self.state = State::Ended;
        Ok(AfterCommit {
            wakes: std::mem::take(&mut self.wakes),
            news: std::mem::take(&mut self.news),
        })
    }

    /// Undoes everything.
    pub(crate) async fn rollback(mut self) {
        let undone = match self.state {
            State::Begun => self.conn.batch_execute("rollback").await,
            State::Alone | State::Fresh | State::Ended => Ok(()),
        };
        if undone.is_ok() {
            self.state = State::Ended;
        }
    }

    /// Adds a statement to what is sent together before the commit.
    fn run_last(&mut self, statement: Statement<'static>) {
        self.last.push(statement);
    }

    /// Takes what was to be sent last, for who sends something now anyway.
    fn take_last(&mut self) -> Vec<Statement<'static>> {
        std::mem::take(&mut self.last)
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        let last = self.take_last();
        if last.is_empty() {
            return Ok(());
        }
        self.open().await?;
        let conn = &*self.conn;
        try_join_all(
            last.into_iter()
                .map(|statement| async move { statement.execute(&mut &*conn).await }),
        )
        .await?;
        Ok(())
    }

    /// Sends the `begin` if it was not sent yet.
    async fn open(&mut self) -> Result<(), StoreError> {
        if self.state == State::Fresh {
            self.state = State::Begun;
            self.conn.batch_execute("begin").await?;
        }
        Ok(())
    }

    /// The connection, for statements that are sent together without waiting for each other.
    async fn shared(&mut self) -> Result<&AsyncPgConnection, StoreError> {
        self.open().await?;
        Ok(&self.conn)
    }

    async fn run(&mut self, statement: Statement<'_>) -> Result<usize, StoreError> {
        self.open().await?;
        Ok(statement.execute(&mut self.conn).await?)
    }

    async fn rows<R>(&mut self, statement: Statement<'_>) -> Result<Vec<R>, StoreError>
    where
        R: QueryableByName<Pg> + Send + 'static,
    {
        if self.state != State::Fresh {
            return Ok(statement.get_results(&mut self.conn).await?);
        }
        self.state = State::Begun;
        let conn = &*self.conn;
        // Polled first, `begin` is sent first; the answer of both is waited for once.
        let begin = async { SimpleAsyncConnection::batch_execute(&mut &*conn, "begin").await };
        let query = async { statement.get_results(&mut &*conn).await };
        let ((), rows) = try_join(begin, query).await?;
        Ok(rows)
    }

    async fn row<R>(&mut self, statement: Statement<'_>) -> Result<Option<R>, StoreError>
    where
        R: QueryableByName<Pg> + Send + 'static,
    {
        Ok(self.rows(statement).await?.into_iter().next())
    }
}

impl Drop for Tx {
    /// A transaction that was neither committed nor rolled back, because its caller went away,
    /// takes its connection with it: nobody may go on in it.
    fn drop(&mut self) {
        if self.state == State::Begun {
            AnsiTransactionManager::transaction_manager_status_mut(&mut *self.conn).set_in_error();
        }
    }
}
