//! Places in groups: who has one, who waits for one, and the lock of a group.

use std::collections::BTreeMap;

use pulse_api::ExecutionId;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Bool, Integer, Nullable, SqlUuid, Text},
};

/// A place that an execution needs.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) group: String,
    pub(crate) most: u32,
    /// Whether the oldest of the group are asked to end.
    pub(crate) makes_room: bool,
}

row! { StandingRow { name: String = Text, holders: Vec<i64> = Array<BigInt>, waiting: Vec<i64> = Array<BigInt> } }

/// Who has to do with a group, by their numbers, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    pub(crate) holders: Vec<i64>,
    /// Those that begin as soon as there is room: what is paused is in nobody's way.
    pub(crate) waiting: Vec<i64>,
}

/// What of the executions `e`, of workflows `f`, may begin when it gets a place: what waits for the end
/// of a window is in nobody's way.
macro_rules! may_begin {
    () => {
        concat!(
            super::windows::may_begin!(),
            " and not exists (select 1 from windows d where d.execution_id = e.id and d.held_until is not null)"
        )
    };
}

/// Locks groups until the transaction ends, and gives who has to do with each.
///
/// A lock is PostgreSQL's, by the digest of the name: a group has no row of its own that could be
/// locked before its first place. Two names with one digest wait for each other, which harms nobody.
/// Everybody locks groups by this one statement, in the order of the digests, and all that a
/// transaction needs at once: so no two wait for each other. The look is a statement after it, and
/// so sees what those before it have committed.
pub(crate) async fn lock(
    tx: &mut Tx,
    groups: &[String],
) -> Result<BTreeMap<String, Standing>, StoreError> {
    let lock = sql("select pg_advisory_xact_lock(180, h) from ( \
           select distinct hashtext(name) as h from unnest($1) as v (name) order by h offset 0) as digests");
    tx.run(lock.bind::<Array<Text>, _>(groups.to_vec())).await?;
    let look = sql(concat!(
        "select p.name, \
           coalesce(array_agg(e.number order by p.id) filter (where p.begun_at is not null), '{}') as holders, \
           coalesce(array_agg(e.number order by p.id) filter (where p.begun_at is null and ",
        may_begin!(),
        "), '{}') as waiting \
         from places p join executions e on e.id = p.execution_id left join workflows f on f.id = e.workflow_id \
         where p.name = any ($1) and e.completed_at is null group by p.name",
    ));
    let rows: Vec<StandingRow> = tx
        .rows(look.bind::<Array<Text>, _>(groups.to_vec()))
        .await?;
    let mut found: BTreeMap<String, Standing> = groups
        .iter()
        .map(|group| (group.clone(), Standing::default()))
        .collect();
    for row in rows {
        let standing = Standing {
            holders: row.holders,
            waiting: row.waiting,
        };
        found.insert(row.name, standing);
    }
    Ok(found)
}

/// Whether a place is taken at once, or waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Now,
    Later,
}

/// Adds a place of an execution that has no row yet, in a group that is locked.
pub(crate) async fn add(
    tx: &mut Tx,
    (execution, wanted): (ExecutionId, &Wanted),
    turn: Turn,
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "insert into places (execution_id, name, most, makes_room, begun_at) \
             values ($1, $2, $3, $4, case when $5 then now() end)",
        )
        .bind::<SqlUuid, _>(execution.0)
        .bind::<Text, _>(wanted.group.clone())
        .bind::<Integer, _>(i32::try_from(wanted.most).unwrap_or(i32::MAX))
        .bind::<Bool, _>(wanted.makes_room)
        .bind::<Bool, _>(turn == Turn::Now),
    )
    .await?;
    Ok(())
}

row! { PlaceRow { name: String = Text, most: i32 = Integer } }

/// The groups in which an execution waits, and how many places each has.
pub(crate) async fn wanted(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Vec<(String, u32)>, StoreError> {
    let rows: Vec<PlaceRow> = tx
        .rows(
            sql("select name, most from places where execution_id = $1 and begun_at is null")
                .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    let place = |row: PlaceRow| (row.name, u32::try_from(row.most).unwrap_or(1));
    Ok(rows.into_iter().map(place).collect())
}

/// Lets an execution that waits, and is written with this commit, end when so much time has passed.
pub(crate) fn wait_at_most(tx: &mut Tx, execution: ExecutionId, timeout_ms: u64) {
    tx.run_last(
        sql(
            "update executions set deadline_at = now() + $2 * interval '1 millisecond' \
             where id = $1 and status = 'pending'",
        )
        .bind::<SqlUuid, _>(execution.0)
        .bind::<BigInt, _>(i64::try_from(timeout_ms).unwrap_or(i64::MAX)),
    );
}

/// Gives a locked execution the places that it waits for; its time begins, but for what a step that runs
/// it gives it, which has begun with the step.
pub(crate) async fn take(
    tx: &mut Tx,
    execution: ExecutionId,
    timeout_ms: Option<u64>,
) -> Result<(), StoreError> {
    tx.run(
        sql("with taken as (update places set begun_at = now() where execution_id = $1 and begun_at is null) \
             update executions set started_at = now(), \
               deadline_at = least(deadline_at, now() + $2 * interval '1 millisecond') where id = $1")
        .bind::<SqlUuid, _>(execution.0)
        .bind::<Nullable<BigInt>, _>(timeout_ms.and_then(|ms| i64::try_from(ms).ok())),
    )
    .await?;
    Ok(())
}

row! { PausedRow { is_paused: bool = Bool } }

/// Whether the workflow of an execution is paused. Whoever pauses or resumes it waits until the
/// transaction ends.
pub(crate) async fn is_paused(tx: &mut Tx, execution: ExecutionId) -> Result<bool, StoreError> {
    let row: Option<PausedRow> = tx
        .row(
            sql("select paused_at is not null as is_paused from workflows \
                 where id = (select workflow_id from executions where id = $1) for share")
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(row.is_some_and(|row| row.is_paused))
}

row! { IdRow { id: Uuid = SqlUuid } }

/// The executions whose turn it may be, in the order of the queue: whoever begins one looks again
/// under the locks of its groups.
pub(crate) async fn ready(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<IdRow> = tx
        .rows(sql(concat!(
            "select w.execution_id as id from places w join executions e on e.id = w.execution_id \
             left join workflows f on f.id = e.workflow_id where w.begun_at is null and ",
            may_begin!(),
            " and not exists ( \
               select 1 from places o where o.execution_id = w.execution_id and o.begun_at is null and o.most <= ( \
                 select count(*) from places h join executions r on r.id = h.execution_id \
                 where h.name = o.name and h.begun_at is not null and r.completed_at is null)) \
             group by w.execution_id order by min(w.id) limit 100",
        )))
        .await?;
    Ok(rows.into_iter().map(|row| ExecutionId(row.id)).collect())
}

row! { InTheWayRow { id: Uuid = SqlUuid, by: String = Text, number: i64 = BigInt, name: String = Text, waits: bool = Bool } }

/// An execution that is to end so that another one gets its place.
#[derive(Debug)]
pub(crate) struct InTheWay {
    pub(crate) execution: ExecutionId,
    /// Who started the one that needs the place, its number, and the group.
    pub(crate) by: String,
    pub(crate) number: i64,
    pub(crate) group: String,
    /// Whether that one waits for its place; otherwise it has one, and is the newer of the two.
    pub(crate) is_waited: bool,
}

/// The oldest executions of groups in which somebody makes room: as many as are too many, together
/// with whoever waits; and of those that have not begun also what is too many with those that have, since
/// the newest is to win. What waits for the end of a window keeps no place from anybody, and costs none
/// who has one theirs. Only those of the same workflow, or for what has none, of the same person:
/// whoever may run a workflow may cancel its executions, and no other's. One of them alone, where it is
/// named.
pub(crate) async fn in_the_way(
    tx: &mut Tx,
    only: Option<ExecutionId>,
) -> Result<Vec<InTheWay>, StoreError> {
    let rows: Vec<InTheWayRow> = tx
        .rows(sql(
            "select distinct on (o.id) o.id, w.by, w.number, w.name, w.waits from ( \
               select p.id as place, p.name, p.most, p.begun_at is null as waits, e.number, e.started_by as by, e.workflow_id \
               from places p join executions e on e.id = p.execution_id \
               where p.makes_room and e.completed_at is null and e.stop is null \
                 and not exists (select 1 from windows d where d.execution_id = e.id and d.held_until is not null)) w \
             cross join lateral ( \
               select e.id, e.workflow_id, e.started_by, p.begun_at is null as waits, d.held_until is not null as is_held, \
                 row_number() over (order by p.id) as rank, count(*) over () as live, \
                 row_number() over (partition by d.held_until is null order by p.id) as own_rank, \
                 count(*) over (partition by d.held_until is null) as own_live \
               from places p join executions e on e.id = p.execution_id left join windows d on d.execution_id = e.id \
               where p.name = w.name and p.id < w.place and e.completed_at is null and e.stop is null) o \
             where ($1 is null or o.id = $1) and (w.waits or o.waits) \
               and case when o.is_held then o.rank <= o.live + 1 - w.most else o.own_rank <= o.own_live + 1 - w.most end \
               and case when w.workflow_id is null \
               then o.workflow_id is null and o.started_by = w.by else o.workflow_id = w.workflow_id end \
             order by o.id, w.place limit 100",
        )
        .bind::<Nullable<SqlUuid>, _>(only.map(|execution| execution.0)))
        .await?;
    let found = rows.into_iter().map(|row| InTheWay {
        execution: ExecutionId(row.id),
        by: row.by,
        number: row.number,
        group: row.name,
        is_waited: row.waits,
    });
    Ok(found.collect())
}

/// Removes the places of executions that have ended, and what is known of their windows.
pub(crate) async fn sweep(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(sql(
        "with unheld as (delete from windows w using executions e where e.id = w.execution_id and e.completed_at is not null) \
         delete from places p using executions e where e.id = p.execution_id and e.completed_at is not null",
    ))
    .await?;
    Ok(())
}
