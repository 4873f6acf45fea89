//! A transaction, and whom to tell what once it is committed.
//!
//! What is written goes out with the commit, all in one exchange with PostgreSQL;
//! what fails in between fails the commit.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
};

use diesel::{QueryResult, QueryableByName, pg::Pg};
use diesel_async::{
    AnsiTransactionManager, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection,
    TransactionManager,
};
use futures_util::future::{try_join, try_join_all, try_join3, try_join4};
use pulse_api::WorkerId;
use tokio::task::coop::unconstrained;

use super::{
    StoreError, changes,
    jobs::{
        self,
        offers::{Waiting, WaitingRow},
    },
    session::Session,
    sql::Statement,
};
use crate::model::{
    changes::{Changes, News, Offered, Terms},
    known::Memory,
    wake::Wake,
};

type Pooled = bb8::PooledConnection<'static, super::session::Connector>;

/// A transaction.
pub(crate) struct Tx {
    session: Pooled,
    state: State,
    /// What nothing in the transaction depends on: sent together with the commit.
    last: Vec<Statement<'static>>,
    /// What the transaction changes in executions, written with the commit.
    changes: Option<(Changes, Terms)>,
    /// The workers for which a look is taken, with the commit, whether jobs wait for them.
    looks: Option<Vec<WorkerId>>,
    wakes: HashSet<Wake>,
    news: Vec<News>,
}

/// How far a transaction is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
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
    pub(crate) wakes: HashSet<Wake>,
    pub(crate) news: Vec<News>,
    /// What is known of executions from having written it.
    pub(crate) memories: Vec<Memory>,
}

/// Beyond this many, futures are no longer polled, and so sent, in their order.
const TOGETHER: usize = 24;

impl Tx {
    pub(super) fn new(session: Pooled, state: State) -> Self {
        Self {
            session,
            state,
            last: Vec::new(),
            changes: None,
            looks: None,
            wakes: HashSet::new(),
            news: Vec::new(),
        }
    }

    /// Notes whom to wake after the commit.
    pub(crate) fn wake(&mut self, wake: Wake) {
        self.wakes.insert(wake);
    }

    /// Notes what to tell after the commit.
    pub(crate) fn tell(&mut self, news: News) {
        self.news.push(news);
    }

    /// Leaves what changes in executions to be written with the commit, which is `Stale` where a row
    /// has moved on. Once in a transaction, and last: nothing in it can read what was left.
    pub(crate) fn leave(&mut self, changes: Changes, terms: Terms) {
        debug_assert!(self.changes.is_none(), "changes are left once");
        self.changes = Some((changes, terms));
    }

    /// Looks with the commit what time it is there, and whether jobs wait for these workers: then the
    /// queue is woken.
    pub(crate) fn look_with_commit(&mut self, workers: Vec<WorkerId>) {
        self.looks = Some(workers);
    }

    /// Whether there is something to write with the commit, or to tell after it.
    pub(crate) fn matters(&self) -> bool {
        let is_left = self.changes.is_some() || !self.last.is_empty();
        is_left || !self.wakes.is_empty() || !self.news.is_empty()
    }

    /// Adds a statement to what is sent together with the commit.
    pub(super) fn run_last(&mut self, statement: Statement<'static>) {
        self.last.push(statement);
    }

    /// Writes what was left and commits; gives back whom to tell.
    pub(crate) async fn commit(mut self) -> Result<AfterCommit, StoreError> {
        let left = self.changes.take();
        let mut statements = Vec::new();
        let mut new_jobs = Vec::new();
        if let Some((changes, terms)) = &left {
            statements = changes::statements(changes)?;
            new_jobs = changes::new_jobs(changes, *terms)?;
        }
        statements.extend(std::mem::take(&mut self.last));
        let look = self.looks.take().map(jobs::offers::look);
        let (offered, seen) = self.end(statements, (new_jobs, look)).await?;
        if seen.as_ref().is_some_and(|seen| seen.has_waiting) {
            self.wakes.insert(Wake::Queue);
        }
        let mut memories = Vec::new();
        if let Some((mut changes, terms)) = left {
            let now = terms.now.or(seen.map(|seen| seen.now));
            let now = now.ok_or(StoreError::Stale)?;
            memories = changes::memories(&mut changes, &offered);
            self.news.extend(changes::news(changes, &offered, now)?);
        }
        Ok(AfterCommit {
            wakes: std::mem::take(&mut self.wakes),
            news: std::mem::take(&mut self.news),
            memories,
        })
    }

    /// Sends the last statements and the commit, in one exchange where all are prepared.
    async fn end(
        &mut self,
        statements: Vec<Statement<'_>>,
        (new_jobs, look): (Vec<Statement<'_>>, Option<Statement<'_>>),
    ) -> Result<(Vec<Offered>, Option<Waiting>), StoreError> {
        let texts: Vec<_> = statements
            .iter()
            .chain(&new_jobs)
            .chain(&look)
            .map(Statement::text)
            .collect();
        let has_nothing = texts.is_empty() && self.state == State::Fresh;
        if has_nothing || matches!(self.state, State::Alone | State::Ended) {
            self.state = State::Ended;
            return Ok((Vec::new(), None));
        }
        let is_known = self.session.knows(&texts) && texts.len() < TOGETHER;
        if !is_known {
            self.open().await?;
        }
        let begin = self.begin();
        let conn: &AsyncPgConnection = &self.session;
        let writes = try_join(write(conn, statements, new_jobs), seen(conn, look));
        let is_sent = AtomicBool::new(false);
        let commit = async {
            is_sent.store(true, Ordering::Relaxed);
            SimpleAsyncConnection::batch_execute(&mut &*conn, "commit").await
        };
        let ended = if is_known {
            let ended = unconstrained(try_join3(begin.send(conn), writes, commit)).await;
            ended.map(|((), written, ())| written)
        } else {
            match writes.await {
                Ok(written) => commit.await.map(|()| written),
                Err(error) => return Err(error.into()),
            }
        };
        let ended = ended.map_err(StoreError::from_commit);
        // A commit that follows a failed statement rolls back: only a broken connection leaves
        // the transaction open, or a statement that failed before it was sent, and the commit
        // with it.
        if is_sent.into_inner() && !matches!(ended, Err(StoreError::OutcomeUnknown)) {
            self.state = State::Ended;
            self.session.learn(texts);
        }
        ended
    }

    /// Undoes everything.
    pub(crate) async fn rollback(mut self) {
        let undone = match self.state {
            State::Begun => self.session.batch_execute("rollback").await,
            State::Alone | State::Fresh | State::Ended => Ok(()),
        };
        if undone.is_ok() {
            self.state = State::Ended;
        }
    }

    /// Sends the `begin` if it was not sent yet.
    async fn open(&mut self) -> Result<(), StoreError> {
        if self.state == State::Fresh {
            self.state = State::Begun;
            self.session.batch_execute("begin").await?;
        }
        Ok(())
    }

    pub(super) async fn run(&mut self, statement: Statement<'_>) -> Result<usize, StoreError> {
        self.open().await?;
        let text = statement.text();
        let written = statement.execute(&mut **self.session).await?;
        self.session.learn([text]);
        Ok(written)
    }

    pub(super) async fn rows<R>(&mut self, statement: Statement<'_>) -> Result<Vec<R>, StoreError>
    where
        R: QueryableByName<Pg> + Send + 'static,
    {
        let text = statement.text();
        let begin = self.begin();
        let conn: &AsyncPgConnection = &self.session;
        let ((), rows) = unconstrained(try_join(begin.send(conn), get(conn, statement))).await?;
        self.session.learn([text]);
        Ok(rows)
    }

    pub(super) async fn row<R>(&mut self, statement: Statement<'_>) -> Result<Option<R>, StoreError>
    where
        R: QueryableByName<Pg> + Send + 'static,
    {
        Ok(self.rows(statement).await?.into_iter().next())
    }

    /// The answers of two queries, the second one run after the first.
    pub(super) async fn two<A, B>(
        &mut self,
        (first, second): (Statement<'_>, Statement<'_>),
    ) -> Result<(Vec<A>, Vec<B>), StoreError>
    where
        A: QueryableByName<Pg> + Send + 'static,
        B: QueryableByName<Pg> + Send + 'static,
    {
        if !self.session.knows(&[first.text(), second.text()]) {
            return Ok((self.rows(first).await?, self.rows(second).await?));
        }
        let begin = self.begin();
        let conn: &AsyncPgConnection = &self.session;
        let reads = try_join(get(conn, first), get(conn, second));
        let ((), rows) = unconstrained(try_join(begin.send(conn), reads)).await?;
        Ok(rows)
    }

    /// The answers of three queries, each run after the one before.
    pub(super) async fn three<A, B, C>(
        &mut self,
        (first, second, third): (Statement<'_>, Statement<'_>, Statement<'_>),
    ) -> Result<(Vec<A>, Vec<B>, Vec<C>), StoreError>
    where
        A: QueryableByName<Pg> + Send + 'static,
        B: QueryableByName<Pg> + Send + 'static,
        C: QueryableByName<Pg> + Send + 'static,
    {
        if !self
            .session
            .knows(&[first.text(), second.text(), third.text()])
        {
            return Ok((
                self.rows(first).await?,
                self.rows(second).await?,
                self.rows(third).await?,
            ));
        }
        let begin = self.begin();
        let conn: &AsyncPgConnection = &self.session;
        let sent = try_join4(
            begin.send(conn),
            get(conn, first),
            get(conn, second),
            get(conn, third),
        );
        let ((), a, b, c) = unconstrained(sent).await?;
        Ok((a, b, c))
    }

    /// The `begin`, where it was not sent yet; whoever takes it sends it first.
    fn begin(&mut self) -> Begin {
        if self.state == State::Fresh {
            self.state = State::Begun;
            Begin::Now
        } else {
            Begin::Done
        }
    }
}

/// Whether a transaction has yet to be begun.
#[derive(Debug, Clone, Copy)]
enum Begin {
    Now,
    Done,
}

impl Begin {
    async fn send(self, conn: &AsyncPgConnection) -> QueryResult<()> {
        match self {
            // Polled first, it is sent first; the answers of all are waited for once.
            Self::Now => SimpleAsyncConnection::batch_execute(&mut &*conn, "begin").await,
            Self::Done => Ok(()),
        }
    }
}

async fn get<R>(conn: &AsyncPgConnection, statement: Statement<'_>) -> QueryResult<Vec<R>>
where
    R: QueryableByName<Pg> + Send + 'static,
{
    statement.get_results(&mut &*conn).await
}

/// The answer to the look that goes with a commit.
async fn seen(
    conn: &AsyncPgConnection,
    look: Option<Statement<'_>>,
) -> QueryResult<Option<Waiting>> {
    let Some(look) = look else { return Ok(None) };
    let rows = get::<WaitingRow>(conn, look).await?;
    Ok(rows.into_iter().next().map(Waiting::from))
}

/// Runs statements together; gives the offers that new jobs became.
async fn write(
    conn: &AsyncPgConnection,
    statements: Vec<Statement<'_>>,
    new_jobs: Vec<Statement<'_>>,
) -> QueryResult<Vec<Offered>> {
    let writes = statements
        .into_iter()
        .map(|statement| async move { statement.execute(&mut &*conn).await });
    let writes = try_join_all(writes);
    let add = try_join_all(new_jobs.into_iter().map(|statement| get(conn, statement)));
    let (_, rows) = try_join(writes, add).await?;
    Ok(changes::offered(rows.into_iter().flatten()))
}

impl Drop for Tx {
    /// A transaction that was neither committed nor rolled back, because its caller went away,
    /// takes its connection with it: nobody may go on in it.
    fn drop(&mut self) {
        if self.state == State::Begun {
            let conn: &mut Session = &mut self.session;
            AnsiTransactionManager::transaction_manager_status_mut(&mut **conn).set_in_error();
        }
    }
}
