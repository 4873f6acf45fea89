//! Times in which nobody is told that a monitor is down.

use jiff::Timestamp;
use pulse_api::http::monitors::MaintenanceView;
use pulse_workflow::Selector;
use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Jsonb, Nullable, Text, Timestamptz},
};
use crate::model::monitor::Maintenance;

row! { ViewRow { view: Value = Jsonb } }

macro_rules! view {
    () => {
        "jsonb_build_object('number', number, 'monitors', monitors, 'selector', selector, 'from', from_at, \
           'until', until_at, 'reason', reason, 'created_by', created_by) as view"
    };
}

/// What a maintenance is for.
#[derive(Debug)]
pub(crate) struct New<'a> {
    pub(crate) monitors: &'a [String],
    pub(crate) selector: Option<&'a str>,
    /// Now, where it is not given.
    pub(crate) from: Option<Timestamp>,
    pub(crate) seconds: u32,
    pub(crate) reason: Option<&'a str>,
    pub(crate) by: &'a str,
}

/// Adds a maintenance.
pub(crate) async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<MaintenanceView, StoreError> {
    let row: Option<ViewRow> = tx
        .row(
            sql(concat!(
                "insert into maintenances (monitors, selector, from_at, until_at, reason, created_by) \
                 values ($1, $2, coalesce($3, now()), coalesce($3, now()) + $4 * interval '1 second', $5, $6) returning ",
                view!()
            ))
            .bind::<Array<Text>, _>(new.monitors.to_vec())
            .bind::<Nullable<Text>, _>(new.selector.map(str::to_owned))
            .bind::<Nullable<Timestamptz>, _>(new.from.map(At::from))
            .bind::<BigInt, _>(i64::from(new.seconds))
            .bind::<Nullable<Text>, _>(new.reason.map(str::to_owned))
            .bind::<Text, _>(new.by),
        )
        .await?;
    let row = row.ok_or(StoreError::Stale)?;
    Ok(serde_json::from_value(row.view)?)
}

/// Removes a maintenance, whether it has begun or not; gives whether it was there.
pub(crate) async fn delete(tx: &mut Tx, number: i64) -> Result<bool, StoreError> {
    let delete = sql("delete from maintenances where number = $1").bind::<BigInt, _>(number);
    Ok(tx.run(delete).await? == 1)
}

/// Those that are not over, and those of the last thirty days; newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    (before, limit): (Option<i64>, i64),
) -> Result<Vec<MaintenanceView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                "select ",
                view!(),
                " from maintenances where ($1 is null or number < $1) order by number desc limit $2"
            ))
            .bind::<Nullable<BigInt>, _>(before)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

row! { ActiveRow {
    number: i64 = BigInt,
    monitors: Vec<String> = Array<Text>,
    selector: Option<String> = Nullable<Text>,
} }

/// Those that are going on, the oldest first.
pub(crate) async fn active(tx: &mut Tx) -> Result<Vec<Maintenance>, StoreError> {
    let rows: Vec<ActiveRow> = tx
        .rows(sql("select number, monitors, selector from maintenances \
             where from_at <= now() and until_at > now() order by number"))
        .await?;
    let maintenance = |row: ActiveRow| Maintenance {
        number: row.number,
        monitors: row.monitors,
        // It was read before it was stored.
        selector: row.selector.and_then(|text| Selector::parse(&text).ok()),
    };
    Ok(rows.into_iter().map(maintenance).collect())
}

/// Forgets those that ended a month ago.
pub(crate) async fn prune(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "delete from maintenances where until_at < now() - interval '30 days'",
    ))
    .await
}
