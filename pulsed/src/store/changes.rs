//! Writing everything that one transaction changes, a statement per group, all sent at once.

use diesel::QueryResult;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::future::{try_join, try_join5};

use super::{StoreError, Tx, executions, jobs, outputs, prompts, sql::Statement, steps, timeline};
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
    let conn = tx.shared().await?;
    let written = try_join5(
        send(
            conn,
            (!new_steps.is_empty()).then(|| steps::insert(&new_steps)),
        ),
        send(conn, (!moved.is_empty()).then(|| steps::apply(&moved))),
        send(
            conn,
            (!changes.jobs.is_empty()).then(|| jobs::write::apply(&changes.jobs)),
        ),
        send(conn, (!old.is_empty()).then(|| executions::apply(&old))),
        send(
            conn,
            (!new.is_empty())
                .then(|| executions::insert(&new))
                .transpose()?,
        ),
    );
    let told = try_join(
        send(
            conn,
            (!changes.entries.is_empty())
                .then(|| timeline::insert(&changes.entries))
                .transpose()?,
        ),
        send(
            conn,
            (!changes.pieces.is_empty()).then(|| outputs::insert(&changes.pieces)),
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

/// Sends a statement, if there is one.
async fn send(conn: &AsyncPgConnection, statement: Option<Statement<'_>>) -> QueryResult<usize> {
    match statement {
        Some(statement) => statement.execute(&mut &*conn).await,
        None => Ok(0),
    }
}
