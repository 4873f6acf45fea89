//! Writing everything that one transaction changes, a statement per group, all sent at once.

use diesel::QueryResult;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::future::{try_join, try_join_all, try_join4, try_join5};

use super::{
    StoreError, Tx, definitions, executions, jobs, outputs, prompts, sql::Statement, steps,
    timeline,
};
use crate::model::changes::{Changes, Offered};

/// Writes the changes, and gives the offers that were made. `Stale` where a row has moved on:
/// the caller rolls back and looks again.
///
/// Foreign keys between these tables are deferred, so the statements need no order and wait for
/// the database once.
pub(crate) async fn write(
    tx: &mut Tx,
    changes: &Changes,
    offer_ttl_ms: u64,
) -> Result<Vec<Offered>, StoreError> {
    let (new_steps, moved): (Vec<_>, Vec<_>) = changes
        .steps
        .iter()
        .filter(|step| step.is_touched())
        .partition(|step| step.is_new());
    let (new, old): (Vec<_>, Vec<_>) = changes
        .executions
        .iter()
        .partition(|execution| execution.origin().is_some());
    let last = tx.take_last();
    let conn = tx.shared().await?;
    let written = try_join5(
        send(conn, some(&new_steps, steps::insert)),
        send(conn, some(&moved, steps::apply)),
        send(conn, some(&changes.jobs, jobs::write::apply)),
        send(conn, some(&old, executions::apply)),
        send(conn, some(&new, executions::insert).transpose()?),
    );
    let told = try_join4(
        send(conn, some(&changes.definitions, definitions::insert_all)),
        send(conn, some(&changes.entries, timeline::insert).transpose()?),
        send(conn, some(&changes.pieces, outputs::insert)),
        try_join_all(
            last.into_iter()
                .map(|statement| send(conn, Some(statement))),
        ),
    );
    let offers = jobs::write::insert(conn, &changes.new_jobs, offer_ttl_ms);
    let ((written, _), offers) = try_join(try_join(written, told), offers).await?;
    let (_, steps, moved_jobs, executions, _) = written;
    let is_whole =
        steps == moved.len() && moved_jobs == changes.jobs.len() && executions == old.len();
    if !is_whole {
        return Err(StoreError::Stale);
    }
    for change in &changes.prompts {
        prompts::apply(tx, change).await?;
    }
    Ok(offers)
}

/// What is made of the rows, if there are any.
fn some<'a, T, S>(rows: &'a [T], make: impl FnOnce(&'a [T]) -> S) -> Option<S> {
    (!rows.is_empty()).then(|| make(rows))
}

/// Sends a statement, if there is one.
async fn send(conn: &AsyncPgConnection, statement: Option<Statement<'_>>) -> QueryResult<usize> {
    match statement {
        Some(statement) => statement.execute(&mut &*conn).await,
        None => Ok(0),
    }
}
