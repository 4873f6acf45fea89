//! Writing everything that one transaction changes, a statement per group.

use diesel_async::RunQueryDsl;
use futures_util::future::try_join5;

use super::{StoreError, Tx, executions, jobs, outputs, prompts, steps, timeline};
use crate::model::changes::{Changes, Offered};

/// Writes the changes, and gives the offers that were made. `Stale` where a row has moved on:
/// the caller rolls back and looks again.
pub(crate) async fn write(
    tx: &mut Tx,
    changes: &Changes,
    offer_ttl_ms: u64,
) -> Result<Vec<Offered>, StoreError> {
    let (new, touched): (Vec<_>, Vec<_>) = changes.steps.iter().partition(|step| step.is_new());
    // Sent together: they touch different tables and wait for nothing but each other's place
    // in the connection.
    let conn = tx.shared();
    let insert_steps = async {
        if new.is_empty() {
            return Ok(0);
        }
        steps::insert(&new).execute(&mut &*conn).await
    };
    let write_steps = async {
        if touched.is_empty() {
            return Ok(0);
        }
        steps::apply(&touched).execute(&mut &*conn).await
    };
    let write_jobs = async {
        if changes.jobs.is_empty() {
            return Ok(0);
        }
        jobs::write::apply(&changes.jobs).execute(&mut &*conn).await
    };
    let write_executions = async {
        if changes.executions.is_empty() {
            return Ok(0);
        }
        executions::apply(&changes.executions)
            .execute(&mut &*conn)
            .await
    };
    let write_entries = async {
        if changes.entries.is_empty() {
            return Ok(0);
        }
        timeline::insert(&changes.entries)?
            .execute(&mut &*conn)
            .await
    };
    let (_, steps, jobs, executions, _) = try_join5(
        insert_steps,
        write_steps,
        write_jobs,
        write_executions,
        write_entries,
    )
    .await?;
    let is_whole = steps == touched.len()
        && jobs == changes.jobs.len()
        && executions == changes.executions.len();
    if !is_whole {
        return Err(StoreError::Stale);
    }
    if !changes.pieces.is_empty() {
        tx.run(outputs::insert(&changes.pieces)).await?;
    }
    for change in &changes.prompts {
        prompts::apply(tx, change).await?;
    }
    jobs::write::insert(tx, &changes.new_jobs, offer_ttl_ms).await
}
