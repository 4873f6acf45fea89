//! Looks: which are due, who takes them, and what each gave.

use jiff::Timestamp;
use pulse_api::{
    CheckId, MonitorId, WorkerId,
    http::monitors::CheckView,
    probe::{Check, Probe},
    status::CheckResult,
};
use serde_json::Value;
use uuid::Uuid;

use super::slot_ms;
use crate::{
    causes::error_chain,
    model::{
        monitor::{Look, Said},
        place::Aged,
    },
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, At, BigInt, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word},
    },
};

/// Adds a look for each region of the monitors in `moved`: by a worker that is there and can, each time
/// another where there are several. Where there is none, the look is over at once, and says so.
macro_rules! look {
    ($moved:expr) => {
        concat!(
            "with ",
            $moved,
            ", able as materialized (select id, name, region, capabilities -> 'checks' as kinds from workers \
               where status = 'online' and admin_state in ('active', 'draining') and server_id is not null and capabilities ? 'checks'), \
             looks as (select moved.*, r.region, w.id as worker_id, w.name as worker from moved \
               cross join lateral unnest(case when cardinality(moved.regions) = 0 then array['any'] else moved.regions end) as r (region) \
               left join lateral (select able.id, able.name from able where able.kinds ? moved.kind \
                   and (cardinality(moved.regions) = 0 or able.region = r.region) \
                 order by uuid_hash_extended(able.id, moved.seed) limit 1) w on true) \
             insert into checks (monitor_id, region, due_at, probe, worker_id, worker, timeout_ms, expires_at, result, detail, ended_at) \
             select id, region, due_at, probe, worker_id, worker, timeout_ms, \
               now() + timeout_ms * interval '1 millisecond' + interval '5 seconds', \
               case when worker_id is null then 'unable'::check_result end, \
               case when worker_id is null then 'no worker' || case when region = 'any' then '' else ' of the region ' || region end \
                 || ' is connected that looks at ' || kind end, \
               case when worker_id is null then now() end from looks \
             on conflict (monitor_id, region, due_at) do nothing \
             returning id, monitor_id, region, due_at, worker_id, result, detail"
        )
    };
}

row! { LookRow {
    id: Uuid = SqlUuid,
    monitor_id: Option<Uuid> = Nullable<SqlUuid>,
    region: String = Text,
    due_at: At = Timestamptz,
    worker_id: Option<Uuid> = Nullable<SqlUuid>,
    result: Option<Word<CheckResult>> = Nullable<Text>,
    detail: Option<String> = Nullable<Text>,
} }

impl LookRow {
    /// What it gave, where it is over and somebody keeps it.
    fn ended(self) -> Option<Look> {
        Some(Look {
            monitor: MonitorId(self.monitor_id?),
            region: self.region,
            due_at: self.due_at.to_jiff(),
            result: self.result?.0,
            detail: self.detail,
        })
    }
}

/// Looks that were added.
#[derive(Debug, Default)]
pub(crate) struct Added {
    pub(crate) ids: Vec<CheckId>,
    /// Who is to take them.
    pub(crate) workers: Vec<WorkerId>,
    /// Those that nobody can take.
    pub(crate) ended: Vec<Look>,
}

impl From<Vec<LookRow>> for Added {
    fn from(rows: Vec<LookRow>) -> Self {
        let mut added = Self::default();
        for row in rows {
            added.ids.push(CheckId(row.id));
            added.workers.extend(row.worker_id.map(WorkerId));
            added.ended.extend(row.ended());
        }
        added
    }
}

/// Adds the looks of so many monitors that are due, and says when they are due next: at moments of their own,
/// which lie a whole number of intervals apart. Those that another has in hand are left alone. The rows of
/// these monitors are locked by then.
pub(crate) async fn claim(tx: &mut Tx, most: i64) -> Result<(usize, Added), StoreError> {
    const CLAIM: &str = look!(concat!(
        "due as (select id from monitors where next_due_at <= now() and kind <> 'heartbeat' \
           order by next_due_at limit $1 for update skip locked), \
         moved as (update monitors m set next_due_at = to_timestamp((",
        slot_ms!(),
        " + m.interval_ms) / 1000.0) from due where m.id = due.id \
           returning m.id, m.kind::text as kind, m.regions, m.timeout_ms, null::jsonb as probe, ",
        slot_ms!(),
        " as seed, to_timestamp(",
        slot_ms!(),
        " / 1000.0) as due_at)"
    ));
    let rows: Vec<LookRow> = tx.rows(sql(CLAIM).bind::<BigInt, _>(most)).await?;
    Ok((rows.len(), rows.into()))
}

/// Adds looks for locked monitors that are due now, whatever was due before; of what reports by itself, and
/// of what is paused, none.
pub(crate) async fn look_now(tx: &mut Tx, monitor: MonitorId) -> Result<Added, StoreError> {
    const LOOK: &str = look!(
        "moved as (select id, kind::text as kind, regions, timeout_ms, null::jsonb as probe, \
           floor(extract(epoch from now()) * 1000)::bigint as seed, now() as due_at \
         from monitors where id = $1 and status <> 'paused' and kind <> 'heartbeat')"
    );
    let rows: Vec<LookRow> = tx.rows(sql(LOOK).bind::<SqlUuid, _>(monitor.0)).await?;
    Ok(rows.into())
}

/// Adds a look that belongs to no monitor.
pub(crate) async fn try_out(
    tx: &mut Tx,
    (kind, probe): (&'static str, &Probe),
    (region, timeout_ms): (Option<&str>, u64),
) -> Result<Added, StoreError> {
    const LOOK: &str = look!(
        "moved as (select null::uuid as id, $1 as kind, $2 as regions, $3 as timeout_ms, $4 as probe, \
           floor(extract(epoch from now()) * 1000)::bigint as seed, now() as due_at)"
    );
    let regions: Vec<String> = region.map(str::to_owned).into_iter().collect();
    let rows: Vec<LookRow> = tx
        .rows(
            sql(LOOK)
                .bind::<Text, _>(kind)
                .bind::<Array<Text>, _>(regions)
                .bind::<BigInt, _>(i64::try_from(timeout_ms).unwrap_or(i64::MAX))
                .bind::<Jsonb, _>(serde_json::to_value(probe)?),
        )
        .await?;
    Ok(rows.into())
}

/// Notes signs of what reports by itself, or that none came, for locked monitors.
pub(crate) async fn note(tx: &mut Tx, looks: &[Look]) -> Result<(), StoreError> {
    let each = || looks.iter();
    tx.run(
        sql("insert into checks (monitor_id, region, due_at, timeout_ms, expires_at, result, detail, ended_at) \
             select v.id, v.region, v.due_at, 0, now(), v.result::check_result, v.detail, now() \
             from unnest($1, $2, $3, $4, $5) as v (id, region, due_at, result, detail) on conflict do nothing")
        .bind::<Array<SqlUuid>, _>(each().map(|it| it.monitor.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(each().map(|it| it.region.clone()).collect::<Vec<_>>())
        .bind::<Array<Timestamptz>, _>(each().map(|it| At::from(it.due_at)).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(each().map(|it| it.result.as_str()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(each().map(|it| it.detail.clone()).collect::<Vec<_>>()),
    )
    .await?;
    Ok(())
}

row! { OpenRow {
    id: Uuid = SqlUuid,
    worker_id: Uuid = SqlUuid,
    probe: Value = Jsonb,
    timeout_ms: i64 = BigInt,
    expires_at: At = Timestamptz,
} }

impl OpenRow {
    fn check(self) -> Result<(WorkerId, Check), StoreError> {
        let check = Check {
            check_id: CheckId(self.id),
            probe: serde_json::from_value(self.probe)?,
            timeout_ms: u64::try_from(self.timeout_ms).unwrap_or(0),
            expires_at: self.expires_at.to_jiff(),
        };
        Ok((WorkerId(self.worker_id), check))
    }

    /// Without what only a newer server can read: that one asks for it.
    fn readable(self) -> Option<(WorkerId, Check)> {
        let id = self.id;
        let unread = |error: &StoreError| {
            tracing::warn!(check.id = %id, cause = %error_chain(error), "a look is left to another server");
        };
        self.check().inspect_err(unread).ok()
    }
}

macro_rules! open {
    ($of:literal) => {
        concat!(
            "select c.id, c.worker_id, coalesce(c.probe, m.spec -> 'probe') as probe, c.timeout_ms, c.expires_at \
             from checks c left join monitors m on m.id = c.monitor_id \
             where c.ended_at is null and c.expires_at > now() and ",
            $of
        )
    };
}

/// The looks that a worker is to take.
pub(crate) async fn open_of(tx: &mut Tx, worker: WorkerId) -> Result<Vec<Check>, StoreError> {
    let query = sql(open!("c.worker_id = $1")).bind::<SqlUuid, _>(worker.0);
    let rows: Vec<OpenRow> = tx.rows(query).await?;
    let checks = rows.into_iter().filter_map(OpenRow::readable);
    Ok(checks.map(|(_, check)| check).collect())
}

/// The looks that workers are to take whose sessions are on this replica.
pub(crate) async fn open_of_server(
    tx: &mut Tx,
    server: Uuid,
) -> Result<Vec<(WorkerId, Check)>, StoreError> {
    let query = sql(open!(
        "c.worker_id in (select id from workers where server_id = $1)"
    ));
    let rows: Vec<OpenRow> = tx.rows(query.bind::<SqlUuid, _>(server)).await?;
    Ok(rows.into_iter().filter_map(OpenRow::readable).collect())
}

row! { MonitorIdRow { id: Uuid = SqlUuid } }

/// The monitors of those of these looks that are not over.
pub(crate) async fn monitors_of(
    tx: &mut Tx,
    ids: &[CheckId],
) -> Result<Vec<MonitorId>, StoreError> {
    let rows: Vec<MonitorIdRow> = tx
        .rows(
            sql("select distinct monitor_id as id from checks \
                 where id = any ($1) and monitor_id is not null and ended_at is null")
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| MonitorId(row.id)).collect())
}

/// Ends looks as their workers say, each once: what is over already, or was another's to take, stays as it
/// is. Of locked monitors, and of none.
pub(crate) async fn end(tx: &mut Tx, said: &[Said]) -> Result<Vec<Option<Look>>, StoreError> {
    let each = || said.iter();
    let latency = |it: &Said| it.outcome.latency_ms.and_then(|ms| i32::try_from(ms).ok());
    let rows: Vec<LookRow> = tx
        .rows(
            sql("update checks c set result = v.result::check_result, latency_ms = v.latency, detail = v.detail, ended_at = now() \
                 from unnest($1, $2, $3, $4, $5) as v (id, worker, result, latency, detail) \
                 where c.id = v.id and c.worker_id = v.worker and c.ended_at is null \
                 returning c.id, c.monitor_id, c.region, c.due_at, c.worker_id, c.result, c.detail")
            .bind::<Array<SqlUuid>, _>(each().map(|it| it.check.0).collect::<Vec<_>>())
            .bind::<Array<SqlUuid>, _>(each().map(|it| it.worker.0).collect::<Vec<_>>())
            .bind::<Array<Text>, _>(each().map(|it| it.outcome.result.as_str()).collect::<Vec<_>>())
            .bind::<Array<Nullable<Integer>>, _>(each().map(latency).collect::<Vec<_>>())
            .bind::<Array<Nullable<Text>>, _>(
                each().map(|it| it.outcome.detail.clone()).collect::<Vec<_>>(),
            ),
        )
        .await?;
    Ok(rows.into_iter().map(LookRow::ended).collect())
}

/// Some of the looks that nobody has reported in time: one that began at the last moment is over by then.
pub(crate) async fn expired(tx: &mut Tx, most: i64) -> Result<Vec<CheckId>, StoreError> {
    let rows: Vec<MonitorIdRow> = tx
        .rows(
            sql("select id from checks where ended_at is null and expires_at < now() - interval '2 seconds' \
                   and expires_at < now() - interval '2 seconds' - timeout_ms * interval '1 millisecond' \
                 order by expires_at limit $1")
            .bind::<BigInt, _>(most),
        )
        .await?;
    Ok(rows.into_iter().map(|row| CheckId(row.id)).collect())
}

/// Ends looks that nobody has reported, of locked monitors and of none.
pub(crate) async fn lose(tx: &mut Tx, ids: &[CheckId]) -> Result<Vec<Look>, StoreError> {
    let rows: Vec<LookRow> = tx
        .rows(
            sql("update checks set result = 'lost', detail = coalesce(worker, 'the worker') || ' has not reported in time', \
                   ended_at = now() where id = any ($1) and ended_at is null \
                 returning id, monitor_id, region, due_at, worker_id, result, detail")
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows.into_iter().filter_map(LookRow::ended).collect())
}

/// Takes back the looks at a locked monitor that are not over.
pub(crate) async fn take_back(tx: &mut Tx, monitor: MonitorId) -> Result<(), StoreError> {
    tx.run(
        sql("delete from checks where monitor_id = $1 and ended_at is null")
            .bind::<SqlUuid, _>(monitor.0),
    )
    .await?;
    Ok(())
}

row! { CountRow { count: i64 = BigInt } }

/// How many of these looks are not over.
pub(crate) async fn count_open(tx: &mut Tx, ids: &[CheckId]) -> Result<i64, StoreError> {
    let query = sql("select count(*) from checks where id = any ($1) and ended_at is null");
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let row: Option<CountRow> = tx.row(query.bind::<Array<SqlUuid>, _>(ids)).await?;
    Ok(row.map_or(0, |row| row.count))
}

row! { ViewRow { id: Uuid = SqlUuid, due_at: At = Timestamptz, view: Value = Jsonb } }

/// A look as it is shown, of `checks c`.
macro_rules! view {
    () => {
        "jsonb_build_object('region', c.region, 'due_at', c.due_at, 'worker', c.worker, 'ended_at', c.ended_at, \
           'outcome', case when c.result is not null then \
             jsonb_build_object('result', c.result, 'latency_ms', c.latency_ms, 'detail', c.detail) end)"
    };
}
pub(super) use view;

/// Looks at a monitor, newest first, each with its place.
pub(crate) async fn list(
    tx: &mut Tx,
    name: &str,
    (before, limit): (Option<Aged>, i64),
) -> Result<Vec<(Aged, CheckView)>, StoreError> {
    let at: Option<Timestamp> = before.map(|place| place.at);
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                "select c.id, c.due_at, ",
                view!(),
                " as view from checks c join monitors m on m.id = c.monitor_id where m.name = $1 \
                   and ($2 is null or (c.due_at, c.id) < ($2, $3)) order by c.due_at desc, c.id desc limit $4"
            ))
            .bind::<Text, _>(name)
            .bind::<Nullable<Timestamptz>, _>(at.map(At::from))
            .bind::<Nullable<SqlUuid>, _>(before.map(|place| place.id))
            .bind::<BigInt, _>(limit),
        )
        .await?;
    let view = |row: ViewRow| {
        let place = Aged {
            at: row.due_at.to_jiff(),
            id: row.id,
        };
        Ok((place, serde_json::from_value(row.view)?))
    };
    rows.into_iter().map(view).collect()
}

/// Looks as they are shown, by region; those that are gone are left out.
pub(crate) async fn of(tx: &mut Tx, ids: &[CheckId]) -> Result<Vec<CheckView>, StoreError> {
    let query = sql(concat!(
        "select c.id, c.due_at, ",
        view!(),
        " as view from checks c where c.id = any ($1) order by c.region"
    ));
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<ViewRow> = tx.rows(query.bind::<Array<SqlUuid>, _>(ids)).await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

/// Forgets so many looks of more than thirty days ago, and those of an hour ago that only tried something;
/// gives how many.
pub(crate) async fn prune(tx: &mut Tx, most: i64) -> Result<usize, StoreError> {
    tx.run(
        sql("delete from checks where id in ( \
               (select id from checks where due_at < now() - interval '30 days' order by due_at limit $1) \
               union all (select id from checks where monitor_id is null and due_at < now() - interval '1 hour' limit $1))")
        .bind::<BigInt, _>(most),
    )
    .await
}
