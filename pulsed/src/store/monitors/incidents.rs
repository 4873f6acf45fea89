//! The times in which monitors were down, and which of them channels were told of.

use pulse_api::{
    MonitorId,
    http::monitors::{IncidentView, MonitorSpec},
    status::NotificationEvent,
};
use serde_json::Value;

use crate::store::{
    StoreError, Tx,
    sensors::events::heard,
    sql::{row, sql},
    types::{Array, BigInt, Bool, Jsonb, Nullable, SqlUuid, Text},
};

row! { OpenedRow { number: i64 = BigInt, cause: String = Text } }

/// Opens an incident of a locked monitor that has none, found down in these regions; gives its number and its
/// cause, which is what the newest of their looks saw that failed.
pub(crate) async fn open(
    tx: &mut Tx,
    (id, name): (MonitorId, &str),
    regions: &[String],
) -> Result<(i64, String), StoreError> {
    let row: Option<OpenedRow> = tx
        .row(
            sql(
                "insert into incidents (monitor_id, monitor, cause, regions) values ($1, $2, coalesce(( \
                   select c.detail from unnest($3) as r (region) cross join lateral ( \
                     select detail, due_at from checks where monitor_id = $1 and region = r.region and result = 'failed' \
                     order by due_at desc limit 1) c order by c.due_at desc limit 1), 'it is not as it should be'), $3) \
                 returning number, cause",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Text, _>(name)
            .bind::<Array<Text>, _>(regions.to_vec()),
        )
        .await?;
    let row = row.ok_or(StoreError::Stale)?;
    Ok((row.number, row.cause))
}

row! { ToldRow { is_told: bool = Bool } }

/// Closes the open incident of a locked monitor; gives whether channels were told of it.
pub(crate) async fn close(tx: &mut Tx, number: i64, because: &str) -> Result<bool, StoreError> {
    let row: Option<ToldRow> = tx
        .row(
            sql(
                "update incidents set closed_at = now(), closed_because = $2 where number = $1 and closed_at is null \
                 returning told_at is not null as is_told",
            )
            .bind::<BigInt, _>(number)
            .bind::<Text, _>(because),
        )
        .await?;
    Ok(row.is_some_and(|row| row.is_told))
}

/// Notes that channels are told of an open incident; gives whether they were not told before.
pub(crate) async fn mark_told(tx: &mut Tx, number: i64) -> Result<bool, StoreError> {
    let marked = tx
        .run(
            sql(
                "update incidents set told_at = now() where number = $1 and told_at is null and closed_at is null",
            )
            .bind::<BigInt, _>(number),
        )
        .await?;
    Ok(marked == 1)
}

/// Tells the channels and documents that want it of an incident; gives whether there are any.
pub(crate) async fn tell(
    tx: &mut Tx,
    number: i64,
    event: NotificationEvent,
) -> Result<bool, StoreError> {
    let row: Option<ToldRow> = tx
        .row(
            sql(concat!(
                "with told as (insert into notifications (channel, event, incident, monitor, give_up_at) \
                   select c.name, $2::notification_event, i.number, i.monitor, now() + interval '1 day' \
                   from incidents i cross join notification_channels c \
                   where i.number = $1 and $2::notification_event = any (c.events) \
                   and (c.monitors is null or i.monitor = any (c.monitors)) returning 1), \
                 heard as (",
                heard!(
                    ("$2", "i.number"),
                    ("about_incident", "i.number"),
                    "incidents i",
                    "i.number = $1 and (s.monitors is null or i.monitor = any (s.monitors))"
                ),
                ") select exists (select 1 from told) or exists (select 1 from heard) as is_told"
            ))
            .bind::<BigInt, _>(number)
            .bind::<Text, _>(event.as_str()),
        )
        .await?;
    Ok(row.is_some_and(|row| row.is_told))
}

row! { UntoldRow {
    number: i64 = BigInt,
    monitor: String = Text,
    spec: Value = Jsonb,
} }

/// How many incidents are looked through at once.
pub(crate) const UNTOLD: i64 = 500;

/// Open incidents after this one that no channel was told of, so many at most, each with its monitor.
pub(crate) async fn untold(
    tx: &mut Tx,
    after: i64,
) -> Result<Vec<(i64, String, MonitorSpec)>, StoreError> {
    let rows: Vec<UntoldRow> = tx
        .rows(
            sql("select i.number, m.name as monitor, m.spec from incidents i join monitors m on m.id = i.monitor_id \
                 where i.closed_at is null and i.told_at is null and i.number > $1 order by i.number limit $2")
            .bind::<BigInt, _>(after)
            .bind::<BigInt, _>(UNTOLD),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.number, row.monitor, serde_json::from_value(row.spec)?)))
        .collect()
}

row! { NumberRow { number: i64 = BigInt } }

/// Locks those of these incidents that are open and that no channel was told of; those that another has in hand
/// are left out.
pub(crate) async fn lock_untold(tx: &mut Tx, numbers: &[i64]) -> Result<Vec<i64>, StoreError> {
    let query = sql(
        "select number from incidents where number = any ($1) and closed_at is null and told_at is null \
         order by number for update skip locked",
    );
    let rows: Vec<NumberRow> = tx
        .rows(query.bind::<Array<BigInt>, _>(numbers.to_vec()))
        .await?;
    Ok(rows.into_iter().map(|row| row.number).collect())
}

row! { ViewRow { view: Value = Jsonb } }

/// An incident as it is shown, of `incidents i`.
macro_rules! view {
    () => {
        "jsonb_build_object('number', i.number, 'monitor', i.monitor, 'cause', i.cause, 'regions', i.regions, \
           'opened_at', i.opened_at, 'closed_at', i.closed_at, 'closed_because', i.closed_because)"
    };
}
pub(super) use view;

/// Which incidents are meant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Those of a monitor that is there, by its name.
    pub(crate) monitor: Option<String>,
    /// Only those that are open, or only the others.
    pub(crate) open: Option<bool>,
}

/// Incidents, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    filter: &Filter,
    (before, limit): (Option<i64>, i64),
) -> Result<Vec<IncidentView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                "select ",
                view!(),
                " as view from incidents i left join monitors m on m.id = i.monitor_id where ($1 is null or m.name = $1) \
                   and ($2 is null or (i.closed_at is null) = $2) and ($3 is null or i.number < $3) \
                 order by i.number desc limit $4"
            ))
            .bind::<Nullable<Text>, _>(filter.monitor.clone())
            .bind::<Nullable<Bool>, _>(filter.open)
            .bind::<Nullable<BigInt>, _>(before)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

/// Forgets what was over a year ago.
pub(crate) async fn prune(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "delete from incidents where number in (select number from incidents \
         where closed_at < now() - interval '365 days' limit 50000)",
    ))
    .await
}
