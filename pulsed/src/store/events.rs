//! Everything that happens, over all executions, workers and workflows, in one order.
//!
//! The order is that of the transactions that wrote it. A transaction's rows are shown once no
//! older one can commit any more, so a reader that goes on where it was leaves nothing out.

use pulse_api::http::events::{Event, EventExecution, EventKind};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz},
};
use crate::model::{feed::Cursor, grant::Reach};

/// How many events one look reads at most.
pub(crate) const PAGE: i64 = 250;

/// The transaction of what another database cluster wrote, which is not part of the order.
const ELSEWHERE: i64 = 0;

row! { EventRow {
    tx: i64 = BigInt,
    at: At = Timestamptz,
    what: Value = Jsonb,
    execution_id: Uuid = SqlUuid,
    seq: i64 = BigInt,
    number: Option<i64> = Nullable<BigInt>,
    workflow_id: Option<Uuid> = Nullable<SqlUuid>,
    workflow_name: Option<String> = Nullable<Text>,
    step_index: Option<i32> = Nullable<Integer>,
    is_seen: bool = Bool,
} }

impl EventRow {
    fn place(&self) -> Cursor {
        Cursor {
            tx: self.tx,
            execution: self.execution_id,
            row: self.seq,
        }
    }
}

/// The events behind a place, each with its own; in place of one that somebody may not see, nothing.
/// Fewer than a page: there are no more.
pub(crate) async fn from(
    tx: &mut Tx,
    at: Cursor,
    reach: &Reach,
) -> Result<Vec<(Cursor, Option<Event>)>, StoreError> {
    let at = at.max(Cursor::before(ELSEWHERE + 1));
    let rows: Vec<EventRow> = tx
        .rows(
            sql(
                "with settled as (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as before) \
                 select e.tx, e.at, e.what, e.execution_id, e.seq, x.number, x.workflow_id, \
                     x.workflow_name, s.index as step_index, coalesce( \
                     ($5::text[] is null or w.grants -> 'view' is null or w.grants -> 'view' ?| $5) \
                     and ($6::text[] is null or (x.id is null and w.id is null) \
                       or w.name = any ($6)), false) as is_seen from ( \
                   (select tx, at, what, execution_id, seq from entries \
                    where tx >= $1 and tx < (select before from settled) and (tx, execution_id, seq) > ($1, $2, $3) \
                    order by tx, execution_id, seq limit $4) \
                   union all \
                   (select tx, at, what, '00000000-0000-0000-0000-000000000000'::uuid, id from events \
                    where tx >= $1 and tx < (select before from settled) \
                      and (tx, '00000000-0000-0000-0000-000000000000'::uuid, id) > ($1, $2, $3) \
                    order by tx, id limit $4)) e \
                 left join executions x on x.id = e.execution_id \
                 left join workflows w on w.id = coalesce(x.workflow_id, \
                     case e.what ->> 'event' when 'workflow' then (e.what ->> 'workflow_id')::uuid end) \
                 left join steps s on s.execution_id = e.execution_id and s.path = e.what ->> 'step' \
                     and e.what ->> 'event' = 'prompt' \
                 order by e.tx, e.execution_id, e.seq limit $4",
            )
            .bind::<BigInt, _>(at.tx)
            .bind::<SqlUuid, _>(at.execution)
            .bind::<BigInt, _>(at.row)
            .bind::<BigInt, _>(PAGE)
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone()),
        )
        .await?;
    rows.into_iter()
        .map(|row| {
            let at = row.place();
            let seen = row.is_seen.then_some(row);
            Ok((at, seen.map(event).transpose()?))
        })
        .collect()
}

fn event(row: EventRow) -> Result<Event, StoreError> {
    let what: EventKind = serde_json::from_value(row.what)?;
    let execution = (!row.execution_id.is_nil()).then(|| EventExecution {
        id: row.execution_id.into(),
        number: row.number.unwrap_or_default(),
        workflow_id: row.workflow_id.map(Into::into),
        workflow: row.workflow_name,
        seq: row.seq,
        step_index: row.step_index.and_then(|index| u32::try_from(index).ok()),
    });
    Ok(Event {
        at: row.at.to_jiff(),
        execution,
        what,
    })
}

row! { EdgeRow { before: i64 = BigInt, ceiling: i64 = BigInt, is_hidden: bool = Bool } }

/// How far the order is settled.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Edge {
    /// Nothing older than this can appear any more.
    pub(crate) settled: Cursor,
    /// The first transaction that has not begun.
    pub(crate) ceiling: i64,
    /// Whether something is committed that is not shown yet.
    pub(crate) is_hidden: bool,
}

/// How far the order is settled now.
pub(crate) async fn edge(tx: &mut Tx) -> Result<Edge, StoreError> {
    let row: Option<EdgeRow> = tx
        .row(sql(
            "with here as (select pg_snapshot_xmin(s)::text::bigint as before, \
                 pg_snapshot_xmax(s)::text::bigint as ceiling from pg_current_snapshot() s) \
             select before, ceiling, \
                 exists (select from timeline where tx >= before) \
                 or exists (select from events where tx >= before) as is_hidden from here",
        ))
        .await?;
    let row = row.ok_or(StoreError::Stale)?;
    Ok(Edge {
        settled: Cursor::before(row.before),
        ceiling: row.ceiling,
        is_hidden: row.is_hidden,
    })
}

row! { PlaceRow {
    tx: i64 = BigInt,
    execution_id: Uuid = SqlUuid,
    seq: i64 = BigInt,
} }

/// The place from which on there are so many events of these kinds; of every kind for none. There may
/// be fewer, and none at all.
pub(crate) async fn back(
    tx: &mut Tx,
    kinds: &[&str],
    count: i64,
) -> Result<Option<Cursor>, StoreError> {
    let kinds: Vec<String> = kinds.iter().map(|&kind| kind.to_owned()).collect();
    let row: Option<PlaceRow> = tx
        .row(
            sql(
                "with settled as (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as before) \
                 select tx, execution_id, seq from (select tx, execution_id, seq from ( \
                   (select tx, execution_id, seq from entries \
                    where tx > $3 and tx < (select before from settled) \
                      and (cardinality($1) = 0 or what ->> 'event' = any ($1)) \
                    order by tx desc, execution_id desc, seq desc limit $2) \
                   union all \
                   (select tx, '00000000-0000-0000-0000-000000000000'::uuid, id from events \
                    where tx > $3 and tx < (select before from settled) \
                      and (cardinality($1) = 0 or what ->> 'event' = any ($1)) \
                    order by tx desc, id desc limit $2)) e \
                 order by tx desc, execution_id desc, seq desc limit $2) newest \
                 order by tx, execution_id, seq limit 1",
            )
            .bind::<Array<Text>, _>(kinds)
            .bind::<BigInt, _>(count)
            .bind::<BigInt, _>(ELSEWHERE),
        )
        .await?;
    // Before the oldest of them, and behind whatever comes before that.
    Ok(row.map(|row| Cursor {
        tx: row.tx,
        execution: row.execution_id,
        row: row.seq - 1,
    }))
}

/// How many rows one transaction takes out of the order at most.
const SETTLED: i64 = 10_000;

/// Takes a piece of what another database cluster wrote out of this one's order; gives whether there
/// may be more.
///
/// A dump that is read into a new cluster brings transaction numbers along that lie ahead there.
pub(crate) async fn settle(tx: &mut Tx) -> Result<bool, StoreError> {
    let entries = sql(
        "update timeline set tx = $1 where ctid = any (array(select ctid from timeline \
           where tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint order by tx limit $2))",
    );
    let events = sql(
        "update events set tx = $1 where ctid = any (array(select ctid from events \
           where tx >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint order by tx limit $2))",
    );
    let mut more = false;
    for piece in [entries, events] {
        let piece = piece
            .bind::<BigInt, _>(ELSEWHERE)
            .bind::<BigInt, _>(SETTLED);
        more |= i64::try_from(tx.run(piece).await?) == Ok(SETTLED);
    }
    Ok(more)
}

/// Forgets what happened to workers and workflows a month ago.
pub(crate) async fn prune(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "delete from events where at < now() - interval '30 days'",
    ))
    .await
}
