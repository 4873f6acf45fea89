//! Monitors, and what each region finds. Whoever changes anything of a monitor holds the lock of its row.

pub(crate) mod checks;
pub(crate) mod incidents;
mod views;

use std::collections::BTreeMap;

use jiff::Timestamp;
use pulse_api::{MonitorId, status::MonitorStatus};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

pub(crate) use self::views::{list, uptime};
use super::{
    StoreError, Tx,
    sql::{Statement, row, sql},
    types::{Array, At, BigInt, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word},
};
use crate::{
    causes::error_chain,
    model::monitor::{HEARTBEAT, Monitor, Region, kind},
};

/// The moment of a monitor that is now, in milliseconds since 1970: the newest that has come.
macro_rules! slot_ms {
    () => {
        "(floor(extract(epoch from now()) * 1000)::bigint \
          - mod(floor(extract(epoch from now()) * 1000)::bigint - m.offset_ms, m.interval_ms))"
    };
}
use slot_ms;

row! { MonitorRow {
    id: Uuid = SqlUuid,
    name: String = Text,
    spec: Value = Jsonb,
    status: Word<MonitorStatus> = Text,
    regions: Value = Jsonb,
    incident: Option<i64> = Nullable<BigInt>,
} }

/// A region as it is read: the model's, with a moment that is text.
#[derive(Deserialize)]
struct RegionJson {
    region: String,
    status: MonitorStatus,
    finding: MonitorStatus,
    streak: i32,
    silences: i32,
    newest_due_at: Option<Timestamp>,
}

impl MonitorRow {
    fn monitor(self) -> Result<Monitor, StoreError> {
        let regions: Vec<RegionJson> = serde_json::from_value(self.regions)?;
        let region = |row: RegionJson| Region {
            name: row.region,
            status: row.status,
            finding: row.finding,
            streak: row.streak,
            silences: row.silences,
            newest_due_at: row.newest_due_at,
        };
        Ok(Monitor {
            id: MonitorId(self.id),
            name: self.name,
            spec: serde_json::from_value(self.spec)?,
            status: self.status.0,
            regions: regions.into_iter().map(region).collect(),
            incident: self.incident,
        })
    }

    fn readable(self) -> Option<Monitor> {
        let id = self.id;
        let unread = |error: &StoreError| {
            tracing::warn!(monitor.id = %id, cause = %error_chain(error), "a monitor is left to another server");
        };
        self.monitor().inspect_err(unread).ok()
    }
}

/// What is true of monitors; read after their rows are locked, by a statement of its own: one that waits for
/// a lock sees other rows as they were before.
const READ: &str = "select m.id, m.name, m.spec, m.status, i.number as incident, \
   (select coalesce(jsonb_agg(to_jsonb(r) order by r.region), '[]') from monitor_regions r where r.monitor_id = m.id) as regions \
   from monitors m left join incidents i on i.monitor_id = m.id and i.closed_at is null \
   where m.id = any ($1) order by m.id";

row! { IdRow { id: Uuid = SqlUuid } }

fn uuids(ids: &[MonitorId]) -> Vec<Uuid> {
    ids.iter().map(|id| id.0).collect()
}

/// Locks monitors, in one order, and reads them. Those that are gone are left out, and so are those that only a
/// newer server can read: it keeps none of the others waiting.
pub(crate) async fn lock(tx: &mut Tx, ids: &[MonitorId]) -> Result<Vec<Monitor>, StoreError> {
    let locks = sql("select id from monitors where id = any ($1) order by id for update");
    let locks = locks.bind::<Array<SqlUuid>, _>(uuids(ids));
    let reads = sql(READ).bind::<Array<SqlUuid>, _>(uuids(ids));
    let (_, rows): (Vec<IdRow>, Vec<MonitorRow>) = tx.two((locks, reads)).await?;
    Ok(rows.into_iter().filter_map(MonitorRow::readable).collect())
}

/// Locks a monitor by its name.
pub(crate) async fn lock_named(tx: &mut Tx, name: &str) -> Result<Option<Monitor>, StoreError> {
    let found = sql("select id from monitors where name = $1 for update").bind::<Text, _>(name);
    let found: Option<IdRow> = tx.row(found).await?;
    let Some(found) = found else { return Ok(None) };
    let read = sql(READ).bind::<Array<SqlUuid>, _>(vec![found.id]);
    let row: Option<MonitorRow> = tx.row(read).await?;
    row.map(MonitorRow::monitor).transpose()
}

row! { NameRow { name: String = Text } }

/// The first of the monitors, by name, that are looked at from a region by its code.
pub(crate) async fn first_from(tx: &mut Tx, region: &str) -> Result<Option<String>, StoreError> {
    let named = sql("select name from monitors where $1 = any (regions) order by name limit 1");
    let row: Option<NameRow> = tx.row(named.bind::<Text, _>(region)).await?;
    Ok(row.map(|row| row.name))
}

/// The values of a monitor's row that its spec gives.
fn bind_spec<'a>(
    statement: Statement<'a>,
    (monitor, by): (&'a Monitor, &'a str),
) -> Result<Statement<'a>, StoreError> {
    let spec = &monitor.spec;
    let ms = |seconds: Option<u32>| i64::from(seconds.unwrap_or(1)) * 1_000;
    let interval = ms(spec.interval_seconds);
    // As good as drawn, and the same for as long as the monitor is there.
    let offset = monitor.id.0.as_u128() % u128::try_from(interval).unwrap_or(1);
    Ok(statement
        .bind::<SqlUuid, _>(monitor.id.0)
        .bind::<Text, _>(monitor.name.as_str())
        .bind::<Text, _>(kind(&spec.probe).unwrap_or(HEARTBEAT))
        .bind::<Jsonb, _>(serde_json::to_value(spec)?)
        .bind::<Array<Text>, _>(spec.regions.clone())
        .bind::<BigInt, _>(interval)
        .bind::<BigInt, _>(ms(spec.timeout_seconds))
        .bind::<BigInt, _>(i64::try_from(offset).unwrap_or(0))
        .bind::<Text, _>(by))
}

/// Adds a monitor that nobody has looked at yet; gives whether its name was free.
pub(crate) async fn insert(tx: &mut Tx, made: (&Monitor, &str)) -> Result<bool, StoreError> {
    let insert = sql(
        "insert into monitors (id, name, kind, spec, regions, interval_ms, timeout_ms, offset_ms, created_by, updated_by, next_due_at) \
         values ($1, $2, $3::monitor_kind, $4, $5, $6, $7, $8, $9, $9, now()) on conflict (name) do nothing",
    );
    let added = tx.run(bind_spec(insert, made)?).await?;
    Ok(added == 1)
}

/// Has a locked monitor be like this.
pub(crate) async fn update(tx: &mut Tx, made: (&Monitor, &str)) -> Result<(), StoreError> {
    let update = sql(
        "update monitors set name = $2, kind = $3::monitor_kind, spec = $4, regions = $5, interval_ms = $6, \
           timeout_ms = $7, offset_ms = $8, updated_by = $9, updated_at = now() where id = $1",
    );
    tx.run(bind_spec(update, made)?).await?;
    Ok(())
}

/// Has a locked monitor that is not paused be due when it is its turn: what reports by itself, after its
/// interval and its grace.
pub(crate) async fn set_next(tx: &mut Tx, monitor: &Monitor) -> Result<(), StoreError> {
    let heartbeat = monitor.spec.probe.heartbeat.as_ref();
    let grace = heartbeat.map(|probe| i64::from(probe.grace_seconds.unwrap_or(0)) * 1_000);
    tx.run(
        sql(concat!(
            "update monitors m set next_due_at = case when $2 is null then to_timestamp((",
            slot_ms!(),
            " + m.interval_ms) / 1000.0) else now() + (m.interval_ms + $2) * interval '1 millisecond' end \
             where id = $1 and status <> 'paused'"
        ))
        .bind::<SqlUuid, _>(monitor.id.0)
        .bind::<Nullable<BigInt>, _>(grace),
    )
    .await?;
    Ok(())
}

/// Pauses a locked monitor, or lets it go on; it is not known by then how it is.
pub(crate) async fn set_pause(
    tx: &mut Tx,
    id: MonitorId,
    by: Option<&str>,
) -> Result<(), StoreError> {
    tx.run(
        sql("update monitors set status = case when $2 is null then 'unknown'::monitor_status else 'paused' end, \
               status_since = now(), paused_by = $2, next_due_at = case when $2 is null then now() end where id = $1")
            .bind::<SqlUuid, _>(id.0)
            .bind::<Nullable<Text>, _>(by),
    )
    .await?;
    let status = by.map_or(MonitorStatus::Unknown, |_| MonitorStatus::Paused);
    note_flips(tx, &[(id, status)]).await
}

/// Removes a locked monitor, with its looks; its incidents stay.
pub(crate) async fn delete(tx: &mut Tx, id: MonitorId) -> Result<(), StoreError> {
    tx.run(sql("delete from monitors where id = $1").bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(())
}

/// Has the regions of a locked monitor be these; what the others had found is forgotten.
pub(crate) async fn put_regions(tx: &mut Tx, monitor: &Monitor) -> Result<(), StoreError> {
    let names: Vec<String> = monitor.regions.iter().map(|it| it.name.clone()).collect();
    tx.run(
        sql("delete from monitor_regions where monitor_id = $1 and region <> all ($2)")
            .bind::<SqlUuid, _>(monitor.id.0)
            .bind::<Array<Text>, _>(names),
    )
    .await?;
    let regions = monitor.regions.iter().map(|region| (monitor.id, region));
    write_regions(tx, &regions.collect::<Vec<_>>()).await
}

/// Writes what regions of locked monitors find.
pub(crate) async fn write_regions(
    tx: &mut Tx,
    regions: &[(MonitorId, &Region)],
) -> Result<(), StoreError> {
    let each = || regions.iter().map(|(_, region)| region);
    let moments = each().map(|it| it.newest_due_at.map(At::from));
    tx.run(
        sql("insert into monitor_regions (monitor_id, region, status, finding, streak, silences, newest_due_at) \
             select v.id, v.region, v.status::monitor_status, v.finding::monitor_status, v.streak, v.silences, v.newest \
             from unnest($1, $2, $3, $4, $5, $6, $7) as v (id, region, status, finding, streak, silences, newest) \
             on conflict (monitor_id, region) do update set status = excluded.status, finding = excluded.finding, \
               streak = excluded.streak, silences = excluded.silences, newest_due_at = excluded.newest_due_at")
        .bind::<Array<SqlUuid>, _>(regions.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(each().map(|it| it.name.clone()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(each().map(|it| it.status.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(each().map(|it| it.finding.as_str()).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(each().map(|it| it.streak).collect::<Vec<_>>())
        .bind::<Array<Integer>, _>(each().map(|it| it.silences).collect::<Vec<_>>())
        .bind::<Array<Nullable<Timestamptz>>, _>(moments.collect::<Vec<_>>()),
    )
    .await?;
    Ok(())
}

/// Turns the status of locked monitors.
pub(crate) async fn flip(
    tx: &mut Tx,
    flips: &[(MonitorId, MonitorStatus)],
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update monitors m set status = v.status::monitor_status, status_since = now() \
             from unnest($1, $2) as v (id, status) where m.id = v.id",
        )
        .bind::<Array<SqlUuid>, _>(flips.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(flips.iter().map(|(_, to)| to.as_str()).collect::<Vec<_>>()),
    )
    .await?;
    note_flips(tx, flips).await
}

/// Notes since when monitors are so.
pub(crate) async fn note_flips(
    tx: &mut Tx,
    flips: &[(MonitorId, MonitorStatus)],
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "insert into monitor_flips (monitor_id, status) select v.id, v.status::monitor_status \
             from unnest($1, $2) as v (id, status)",
        )
        .bind::<Array<SqlUuid>, _>(flips.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(flips.iter().map(|(_, to)| to.as_str()).collect::<Vec<_>>()),
    )
    .await?;
    Ok(())
}

/// Those of these names that monitors have.
pub(crate) async fn known(tx: &mut Tx, names: &[String]) -> Result<Vec<String>, StoreError> {
    let query = sql("select name from monitors where name = any ($1)");
    let rows: Vec<NameRow> = tx
        .rows(query.bind::<Array<Text>, _>(names.to_vec()))
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

row! { LabelsRow { name: String = Text, labels: Value = Jsonb } }

/// The labels of all monitors, each with its name.
pub(crate) async fn labels(
    tx: &mut Tx,
) -> Result<Vec<(String, BTreeMap<String, String>)>, StoreError> {
    let query = sql("select name, coalesce(spec -> 'labels', '{}') as labels from monitors");
    let rows: Vec<LabelsRow> = tx.rows(query).await?;
    rows.into_iter()
        .map(|row| Ok((row.name, serde_json::from_value(row.labels)?)))
        .collect()
}

/// Those of these regions that have a worker that is heard from.
pub(crate) async fn heard_regions(
    tx: &mut Tx,
    codes: &[String],
) -> Result<Vec<String>, StoreError> {
    let query = sql("select code as name from regions r where code = any ($1) \
         and exists (select from workers w where w.region = r.code and w.status = 'online')");
    let rows: Vec<NameRow> = tx
        .rows(query.bind::<Array<Text>, _>(codes.to_vec()))
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

row! { DueRow { id: Uuid = SqlUuid, at: At = Timestamptz } }

/// Takes what has not reported by itself in time, so many at most, and says when that was found; each is due
/// again after its interval. A row that another has in hand is left alone. Whoever could not have heard of it
/// for as long as it may take, or for five minutes, judges nothing.
pub(crate) async fn claim_overdue(
    tx: &mut Tx,
    most: i64,
    watched_ms: i64,
) -> Result<Vec<(MonitorId, Timestamp)>, StoreError> {
    let rows: Vec<DueRow> = tx
        .rows(
            sql("with due as (select id from monitors where next_due_at <= now() and kind = 'heartbeat' \
                     and $2 >= least(300000, interval_ms \
                       + coalesce((spec #>> '{probe,heartbeat,grace_seconds}')::bigint, 0) * 1000) \
                   order by next_due_at limit $1 for update skip locked) \
                 update monitors m set next_due_at = now() + m.interval_ms * interval '1 millisecond' \
                 from due where m.id = due.id returning m.id, statement_timestamp() as at")
            .bind::<BigInt, _>(most)
            .bind::<BigInt, _>(watched_ms),
        )
        .await?;
    let due = |row: DueRow| (MonitorId(row.id), row.at.to_jiff());
    Ok(rows.into_iter().map(due).collect())
}

/// Forgets when monitors turned, so long ago that nobody can ask for it: but for how each stood then.
pub(crate) async fn prune_flips(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "delete from monitor_flips f where exists (select from monitor_flips n where n.monitor_id = f.monitor_id \
           and (n.at, n.id) > (f.at, f.id) and n.at < now() - interval '31 days')",
    ))
    .await
}
