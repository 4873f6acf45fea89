//! Removing what has ended long ago: executions, and before them what they wrote.
//!
//! Each function does a bounded piece. What another transaction has in hand is left for later.

use std::collections::BTreeSet;

use pulse_api::ExecutionId;
use uuid::Uuid;

use super::{
    StoreError, Tx, definitions,
    executions::visible,
    sql::{Statement, row, sql},
    types::{Array, BigInt, Binary, Bool, Nullable, SqlUuid, Text},
};
use crate::model::grant::Reach;

/// Which executions are meant.
#[derive(Debug)]
pub(crate) struct Aged {
    /// How long ago they ended, at least.
    pub(crate) seconds: u64,
    pub(crate) workflow: Option<String>,
    /// Of what somebody may see.
    pub(crate) reach: Reach,
}

/// A locked execution that has ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ended {
    pub(crate) id: ExecutionId,
    pub(crate) number: i64,
    /// How many entries its timeline has, with its pieces of output: how much there is to remove.
    pub(crate) entries: i64,
}

/// What may still be there of executions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outputs {
    Left,
    Gone,
}

/// The numbers of executions that one that is open was started from, directly or by way of others.
macro_rules! kept {
    () => {
        "with recursive kept (number) as ( \
           select v.number from executions o, unnest(array[o.retry_of, o.undo_of]) as v (number) \
           where o.completed_at is null and o.outputs_left and v.number is not null \
           union select v.number from kept k join executions o on o.number = k.number, \
             unnest(array[o.retry_of, o.undo_of]) as v (number) where v.number is not null) "
    };
}

/// What of the executions `e` ended so long ago that it may go. One that a step of another runs goes with
/// that one, and not before its time has come; by a name, by that of the outermost one. One that has
/// brought something back stays as long as a retry could ask for that.
macro_rules! aged {
    () => {
        concat!(
            "e.completed_at < now() - $1 * interval '1 second' \
             and ($2 is null or (e.parent is null and e.workflow_name = $2) or (e.parent is not null and ( \
               with recursive up as ( \
                 select e.number, e.parent, e.workflow_name, 0 as depth \
                 union all select p.number, p.parent, p.workflow_name, u.depth + 1 \
                   from up u join executions p on p.number = u.parent) \
               select u.workflow_name from up u order by u.depth desc limit 1) = $2)) \
             and e.number not in (select number from kept) \
             and not exists (select 1 from jobs j where j.execution_id = e.id and j.completed_at is null) \
             and (not exists (select 1 from jobs j where j.execution_id = e.id and j.step_path like 'rollback/%') \
               or not exists (select 1 from executions o where coalesce(e.family, e.number) in (o.number, o.family) \
                 and o.number <> e.number \
                 and (o.completed_at is null or o.completed_at >= now() - $1 * interval '1 second'))) \
             and not exists (select 1 from rollouts r where r.execution_id = e.id and r.rollback_wanted) \
             and (e.parent is null or not exists ( \
               with recursive above as ( \
                 select p.number, p.parent, p.completed_at from executions p where p.number = e.parent \
                 union all select p.number, p.parent, p.completed_at from above a join executions p on p.number = a.parent) \
               select 1 from above a where a.completed_at is null or a.completed_at >= now() - $1 * interval '1 second' \
                 or a.number in (select number from kept))) and ",
            visible!("$3", "$4")
        )
    };
}

fn narrowed(text: &'static str, aged: &Aged) -> Statement<'static> {
    sql(text)
        .bind::<BigInt, _>(i64::try_from(aged.seconds).unwrap_or(i64::MAX))
        .bind::<Nullable<Text>, _>(aged.workflow.clone())
        .bind::<Nullable<Array<Text>>, _>(aged.reach.groups.clone())
        .bind::<Nullable<Array<Text>>, _>(aged.reach.workflows.clone())
}

row! { EndedRow {
    id: Uuid = SqlUuid,
    number: i64 = BigInt,
    last_seq: i64 = BigInt,
} }

/// Locks executions that may go, those that ended first before the others.
pub(crate) async fn lock(
    tx: &mut Tx,
    aged: &Aged,
    outputs: Outputs,
    limit: i64,
) -> Result<Vec<Ended>, StoreError> {
    let text = match outputs {
        Outputs::Left => concat!(
            kept!(),
            "select e.id, e.number, e.last_seq from executions e left join workflows w on w.id = e.workflow_id \
             where e.outputs_left and ",
            aged!(),
            " order by e.completed_at limit $5 for update of e skip locked"
        ),
        Outputs::Gone => concat!(
            kept!(),
            "select e.id, e.number, e.last_seq from executions e left join workflows w on w.id = e.workflow_id \
             where not e.outputs_left and ",
            aged!(),
            " order by e.completed_at limit $5 for update of e skip locked"
        ),
    };
    let rows: Vec<EndedRow> = tx
        .rows(narrowed(text, aged).bind::<BigInt, _>(limit))
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Ended {
            id: ExecutionId(row.id),
            number: row.number,
            entries: row.last_seq,
        })
        .collect())
}

row! { NumberRow { number: i64 = BigInt } }

/// Those of these numbers that something open was started from by now. To be asked once they are
/// locked: what is started from one of them later finds it gone.
pub(crate) async fn kept(tx: &mut Tx, numbers: Vec<i64>) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<NumberRow> = tx
        .rows(
            sql(concat!(
                kept!(),
                "select number from kept where number = any ($1)"
            ))
            .bind::<Array<BigInt>, _>(numbers),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}

row! { CountRow {
    count: i64 = BigInt,
    first: Option<i64> = Nullable<BigInt>,
    last: Option<i64> = Nullable<BigInt>,
} }

/// How many executions may go, and the lowest and the highest of their numbers.
pub(crate) async fn count(
    tx: &mut Tx,
    aged: &Aged,
) -> Result<(u64, Option<i64>, Option<i64>), StoreError> {
    let text = concat!(
        kept!(),
        "select count(*) as count, min(e.number) as first, max(e.number) as last from executions e \
         left join workflows w on w.id = e.workflow_id where ",
        aged!()
    );
    let row: Option<CountRow> = tx.row(narrowed(text, aged)).await?;
    let row = row.ok_or(StoreError::Stale)?;
    let count = u64::try_from(row.count).unwrap_or_default();
    Ok((count, row.first, row.last))
}

row! { PiecesRow {
    execution_id: Uuid = SqlUuid,
    pieces: i64 = BigInt,
} }

/// Removes so many pieces of what these executions wrote; gives how many of which.
pub(crate) async fn remove_pieces(
    tx: &mut Tx,
    executions: &[Ended],
    limit: i64,
) -> Result<Vec<(ExecutionId, i64)>, StoreError> {
    let rows: Vec<PiecesRow> = tx
        .rows(
            sql("with gone as (delete from outputs where ctid = any (array( \
                   select ctid from outputs where execution_id = any ($1) limit $2)) returning execution_id) \
                 select execution_id, count(*) as pieces from gone group by execution_id")
            .bind::<Array<SqlUuid>, _>(ids(executions))
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (ExecutionId(row.execution_id), row.pieces))
        .collect())
}

row! { IdRow { id: Uuid = SqlUuid } }

/// Those of these executions of which pieces of output are left.
pub(crate) async fn with_pieces(
    tx: &mut Tx,
    executions: &[Ended],
) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<IdRow> = tx
        .rows(
            sql("select v.id from unnest($1) as v (id) \
                 where exists (select 1 from outputs o where o.execution_id = v.id)")
            .bind::<Array<SqlUuid>, _>(ids(executions)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| ExecutionId(row.id)).collect())
}

row! { MarkedRow { is_new: bool = Bool } }

/// Notes on locked executions that what they wrote is gone, of which pieces were removed, and of which
/// some are left; gives for how many this is new.
pub(crate) async fn mark(
    tx: &mut Tx,
    executions: &[Ended],
    (removed, left): (Vec<ExecutionId>, Vec<ExecutionId>),
) -> Result<usize, StoreError> {
    let uuids = |ids: Vec<ExecutionId>| ids.into_iter().map(|id| id.0).collect::<Vec<_>>();
    let rows: Vec<MarkedRow> = tx
        .rows(
            sql("update executions set outputs_left = id = any ($3), \
                   outputs_removed_at = case when id = any ($2) then coalesce(outputs_removed_at, now()) \
                     else outputs_removed_at end \
                 where id = any ($1) returning coalesce(outputs_removed_at = now(), false) as is_new")
            .bind::<Array<SqlUuid>, _>(ids(executions))
            .bind::<Array<SqlUuid>, _>(uuids(removed))
            .bind::<Array<SqlUuid>, _>(uuids(left)),
        )
        .await?;
    Ok(rows.into_iter().filter(|row| row.is_new).count())
}

/// Removes so many jobs and rows of the timeline of a locked execution; gives whether nothing of them
/// is left.
pub(crate) async fn shrink(tx: &mut Tx, ended: Ended, limit: i64) -> Result<bool, StoreError> {
    let jobs = sql("delete from jobs where ctid = any (array( \
                      select ctid from jobs where execution_id = $1 limit $2))");
    let entries = sql("delete from timeline where ctid = any (array( \
                         select ctid from timeline where execution_id = $1 limit $2))");
    let mut is_small = true;
    for piece in [jobs, entries] {
        let piece = piece
            .bind::<SqlUuid, _>(ended.id.0)
            .bind::<BigInt, _>(limit);
        is_small &= i64::try_from(tx.run(piece).await?) != Ok(limit);
    }
    Ok(is_small)
}

row! { DefinitionRow { definition: Vec<u8> = Binary } }

/// Removes locked executions with everything that belongs to them, their documents where nothing
/// else refers to them.
pub(crate) async fn remove(tx: &mut Tx, executions: &[Ended]) -> Result<(), StoreError> {
    let rows: Vec<DefinitionRow> = tx
        .rows(
            sql("delete from executions where id = any ($1) returning definition")
                .bind::<Array<SqlUuid>, _>(ids(executions)),
        )
        .await?;
    let documents: BTreeSet<Vec<u8>> = rows.into_iter().map(|row| row.definition).collect();
    definitions::remove_unused(tx, documents.into_iter().collect()).await
}

fn ids(executions: &[Ended]) -> Vec<Uuid> {
    executions.iter().map(|ended| ended.id.0).collect()
}
