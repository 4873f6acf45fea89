//! Monitors, as they are shown.

use pulse_api::http::monitors::{MonitorView, UptimeView};
use serde_json::Value;

use super::{checks, incidents};
use crate::store::{
    StoreError, Tx,
    sql::{row, sql},
    types::{BigInt, Jsonb, Nullable, Text},
};

row! { ViewRow { view: Value = Jsonb } }

/// Monitors by name; one of them only, where it is named.
pub(crate) async fn list(
    tx: &mut Tx,
    name: Option<&str>,
    (after, limit): (Option<String>, i64),
) -> Result<Vec<MonitorView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                "select jsonb_build_object('name', m.name, 'status', m.status, \
                   'spec', m.spec || jsonb_build_object('name', m.name), \
                   'status_since', m.status_since, 'paused_by', m.paused_by, 'next_check_at', m.next_due_at, \
                   'created_by', m.created_by, 'created_at', m.created_at, 'updated_at', m.updated_at, \
                   'incident', (select ",
                incidents::view!(),
                " from incidents i where i.monitor_id = m.id and i.closed_at is null), \
                   'regions', (select coalesce(jsonb_agg(jsonb_build_object('region', r.region, \
                       'status', case when m.status = 'paused' then m.status else r.status end, 'last', ( \
                     select ",
                checks::view!(),
                " from checks c where c.monitor_id = m.id and c.region = r.region and c.ended_at is not null \
                       order by c.due_at desc limit 1)) \
                     order by r.region), '[]') from monitor_regions r where r.monitor_id = m.id)) as view \
                 from monitors m where ($1 is null or m.name = $1) and ($2 is null or m.name > $2) \
                 order by m.name limit $3"
            ))
            .bind::<Nullable<Text>, _>(name.map(str::to_owned))
            .bind::<Nullable<Text>, _>(after)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

/// How much of so many seconds until now a monitor was up; `None` where there is none.
pub(crate) async fn uptime(
    tx: &mut Tx,
    name: &str,
    window_seconds: i64,
) -> Result<Option<UptimeView>, StoreError> {
    let row: Option<ViewRow> = tx
        .row(
            sql("with m as (select id, now() - $2 * interval '1 second' as begin from monitors where name = $1), \
                 spans as (select f.status, greatest(f.at, m.begin) as a, \
                     coalesce(lead(f.at) over (order by f.at, f.id), now()) as b \
                   from m join monitor_flips f on f.monitor_id = m.id), \
                 times as (select coalesce(sum(extract(epoch from b - a)) filter (where status = 'up'), 0)::bigint as up, \
                     coalesce(sum(extract(epoch from b - a)) filter (where status = 'down'), 0)::bigint as down \
                   from spans where b > a), \
                 looks as (select percentile_disc(array[0.5, 0.95]) within group (order by c.latency_ms) as p \
                   from m join checks c on c.monitor_id = m.id and c.due_at >= m.begin and c.result = 'good') \
                 select jsonb_build_object('from', m.begin, 'until', now(), 'up_seconds', times.up, 'down_seconds', times.down, \
                   'unknown_seconds', greatest($2 - times.up - times.down, 0), \
                   'percent', case when times.up + times.down > 0 then 100.0 * times.up / (times.up + times.down) end, \
                   'incidents', (select count(*) from incidents i where i.monitor_id = m.id \
                     and (i.closed_at is null or i.closed_at > m.begin)), \
                   'latency_p50_ms', looks.p[1], 'latency_p95_ms', looks.p[2]) as view from m, times, looks")
            .bind::<Text, _>(name)
            .bind::<BigInt, _>(window_seconds),
        )
        .await?;
    let view = row.map(|row| serde_json::from_value(row.view));
    Ok(view.transpose()?)
}
