//! A transaction, and whom to tell what once it is committed.
//!
//! What is written goes out with the commit, all in one exchange with PostgreSQL, and mostly as one
//! statement; what fails in between fails the commit.

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
    session::Session,
    sql::Statement,
    writes::{self, Write, WrittenRow},
};
use crate::model::{
    changes::{Changes, News},
    known::Memory,
    wake::Wake,
};

type Pooled = bb8::PooledConnection<'static, super::session::Connector>;

/// A transaction.
pub(crate) struct Tx {
    session: Pooled,
    state: State,
    /// What the transaction changes in executions, written with the commit, and how long an offer
    /// stands, in milliseconds.
    changes: Option<(Changes, u64)>,
    /// What else is written together with that.
    writes: Vec<Write<'static>>,
    /// What comes after it, and sees what it has written.
    last: Vec<Statement<'static>>,
    /// The workers for which a look is taken, with the commit, whether jobs wait for them.
    looks: Vec<WorkerId>,
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
            changes: None,
            writes: Vec::new(),
            last: Vec::new(),
            looks: Vec::new(),
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
    /// has moved on. Once in a transaction, and last: nothing in it can read what was left. Offers
    /// among the changes stand for so many milliseconds.
    pub(crate) fn leave(&mut self, changes: Changes, offer_ttl_ms: u64) {
        debug_assert!(self.changes.is_none(), "changes are left once");
        self.changes = Some((changes, offer_ttl_ms));
    }

    /// Looks with the commit whether jobs wait for these workers: then the queue is woken.
    pub(crate) fn look_with_commit(&mut self, workers: Vec<WorkerId>) {
        self.looks = workers;
    }

    /// Whether there is something to write with the commit, or to tell after it.
    pub(crate) fn matters(&self) -> bool {
        let is_left = self.changes.is_some() || !self.writes.is_empty() || !self.last.is_empty();
        is_left || !self.wakes.is_empty() || !self.news.is_empty()
    }

    /// Adds a write to those that go out with the commit: nothing in the transaction reads it, and
    /// it reads nothing that the others write.
    pub(super) fn write_last(&mut self, write: Write<'static>) {
        self.writes.push(write);
    }

    /// Adds a statement to run after everything else, with the commit.
    pub(super) fn run_last(&mut self, statement: Statement<'static>) {
        self.last.push(statement);
    }

    /// Writes what was left and commits; gives back whom to tell.
    pub(crate) async fn commit(mut self) -> Result<AfterCommit, StoreError> {
        let left = self.changes.take();
        let mut writes = match &left {
            Some((changes, offer_ttl_ms)) => changes::writes(changes, *offer_ttl_ms)?,
            None => Vec::new(),
        };
        writes.extend(std::mem::take(&mut self.writes));
        let looks = std::mem::take(&mut self.looks);
        let statements = writes::together(writes, &looks);
        let last = std::mem::take(&mut self.last);
        let written = self.end(statements, last).await?;
        let mut memories = Vec::new();
        if written.iter().any(WrittenRow::has_told) {
            self.wakes.insert(Wake::Notifications);
        }
        if let [first, ..] = written.as_slice() {
            let (now, has_waiting) = first.seen();
            if has_waiting {
                self.wakes.insert(Wake::Queue);
            }
            if let Some((mut changes, _)) = left {
                let offered = changes::offered(written.into_iter().filter_map(WrittenRow::job));
                memories = changes::memories(&mut changes, &offered);
                self.news.extend(changes::news(changes, &offered, now)?);
            }
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
        mut writes: Vec<Statement<'_>>,
        last: Vec<Statement<'_>>,
    ) -> Result<Vec<WrittenRow>, StoreError> {
        let count = writes.len() + last.len();
        let has_nothing = count == 0 && self.state == State::Fresh;
        if has_nothing || matches!(self.state, State::Alone | State::Ended) {
            self.state = State::Ended;
            return Ok(Vec::new());
        }
        if count == 1
            && self.state == State::Fresh
            && let Some(only) = writes.pop()
        {
            return self.end_with(only).await;
        }
        let texts: Vec<_> = writes.iter().chain(&last).map(Statement::text).collect();
        if self.session.knows(&texts) && count < TOGETHER {
            self.end_at_once(writes, last).await
        } else {
            let ended = self.end_slowly(writes, last).await;
            if ended.is_ok() {
                self.session.learn(texts);
            }
            ended
        }
    }

    /// Sends everything up to the commit, and waits for all answers together.
    async fn end_at_once(
        &mut self,
        writes: Vec<Statement<'_>>,
        last: Vec<Statement<'_>>,
    ) -> Result<Vec<WrittenRow>, StoreError> {
        let begin = self.begin();
        let is_sent = AtomicBool::new(false);
        let ended = {
            let conn: &AsyncPgConnection = &self.session;
            let commit = async {
                is_sent.store(true, Ordering::Relaxed);
                SimpleAsyncConnection::batch_execute(&mut &*conn, "commit").await
            };
            let writes = send(conn, writes, last);
            unconstrained(try_join3(begin.send(conn), writes, commit)).await
        };
        let ended = ended.map(|((), written, ())| written);
        let ended = ended.map_err(StoreError::from_commit);
        // A commit that follows a failed statement rolls back: only a broken connection leaves
        // the transaction open, or a statement that failed before it was sent, and the commit
        // with it.
        if is_sent.into_inner() && !matches!(ended, Err(StoreError::OutcomeUnknown)) {
            self.state = State::Ended;
        }
        ended
    }

    /// Commits once everything is answered: a commit would overtake what has to be prepared first.
    async fn end_slowly(
        &mut self,
        writes: Vec<Statement<'_>>,
        last: Vec<Statement<'_>>,
    ) -> Result<Vec<WrittenRow>, StoreError> {
        self.open().await?;
        let written = match send(&self.session, writes, last).await {
            Ok(written) => written,
            Err(error) => {
                self.undo().await;
                return Err(error.into());
            }
        };
        let committed = self.session.batch_execute("commit").await;
        let ended = committed.map_err(StoreError::from_commit);
        if !matches!(ended, Err(StoreError::OutcomeUnknown)) {
            self.state = State::Ended;
        }
        ended.map(|()| written)
    }

    /// Sends the only statement of the transaction, which commits by itself.
    async fn end_with(&mut self, only: Statement<'_>) -> Result<Vec<WrittenRow>, StoreError> {
        let text = only.text();
        self.state = State::Begun;
        let written = get(&self.session, only).await;
        let written = written.map_err(StoreError::from_commit);
        if !matches!(written, Err(StoreError::OutcomeUnknown)) {
            self.state = State::Ended;
        }
        if written.is_ok() {
            self.session.learn([text]);
        }
        written
    }

    /// Undoes everything.
    pub(crate) async fn rollback(mut self) {
        self.undo().await;
    }

    async fn undo(&mut self) {
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

/// Runs statements together; gives the rows of the writes.
async fn send(
    conn: &AsyncPgConnection,
    writes: Vec<Statement<'_>>,
    last: Vec<Statement<'_>>,
) -> QueryResult<Vec<WrittenRow>> {
    let writes = try_join_all(writes.into_iter().map(|statement| get(conn, statement)));
    let last = last
        .into_iter()
        .map(|statement| async move { statement.execute(&mut &*conn).await });
    let (rows, _) = try_join(writes, try_join_all(last)).await?;
    Ok(rows.into_iter().flatten().collect())
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
