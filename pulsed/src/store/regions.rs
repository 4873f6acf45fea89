//! Regions: place labels.

use pulse_api::http::regions::{CreateRegion, PatchRegion, RegionView};
use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{BigInt, Bool, Double, Jsonb, Nullable, Text},
};

row! { ExistsRow { exists: bool = Bool } }

/// Whether there is such a region.
pub(crate) async fn exists(tx: &mut Tx, code: &str) -> Result<bool, StoreError> {
    let row: Option<ExistsRow> = tx
        .row(
            sql("select exists (select 1 from regions where code = $1) as exists")
                .bind::<Text, _>(code),
        )
        .await?;
    Ok(row.is_some_and(|row| row.exists))
}

row! { ViewRow { view: Value = Jsonb } }

/// What every view of a region selects, as JSON in the shape of `RegionView`.
macro_rules! view {
    ($where:literal, $rest:literal) => {
        concat!(
            "select jsonb_build_object('code', r.code, 'name', r.name, 'lat', r.lat, 'lon', r.lon, \
             'workers', count(w.id), 'workers_online', count(w.id) filter (where w.status = 'online'), \
             'offered', count(w.id) filter (where w.status = 'online') > 0) as view \
             from regions r left join workers w on w.region = r.code and w.status <> 'deleted' where ",
            $where,
            " group by r.code ",
            $rest
        )
    };
}

/// The region with this code.
pub(crate) async fn find(tx: &mut Tx, code: &str) -> Result<Option<RegionView>, StoreError> {
    let row: Option<ViewRow> = tx
        .row(sql(view!("r.code = $1", "")).bind::<Text, _>(code))
        .await?;
    Ok(row
        .map(|row| serde_json::from_value(row.view))
        .transpose()?)
}

/// What a list of regions is narrowed to.
#[derive(Debug)]
pub(crate) struct Filter {
    /// Only those with a worker that is heard from, or only the others.
    pub(crate) offered: Option<bool>,
    /// Only codes after this one.
    pub(crate) after: Option<String>,
    pub(crate) limit: i64,
}

/// Regions by code.
pub(crate) async fn list(tx: &mut Tx, filter: Filter) -> Result<Vec<RegionView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(view!(
                "($1 is null or r.code > $1)",
                "having $2 is null or (count(w.id) filter (where w.status = 'online') > 0) = $2 \
                 order by r.code limit $3"
            ))
            .bind::<Nullable<Text>, _>(filter.after)
            .bind::<Nullable<Bool>, _>(filter.offered)
            .bind::<BigInt, _>(filter.limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

/// Adds a region.
pub(crate) async fn insert(tx: &mut Tx, region: &CreateRegion) -> Result<(), StoreError> {
    tx.run(
        sql("insert into regions (code, name, lat, lon) values ($1, $2, $3, $4)")
            .bind::<Text, _>(region.code.as_str())
            .bind::<Text, _>(region.name.as_str())
            .bind::<Nullable<Double>, _>(region.lat)
            .bind::<Nullable<Double>, _>(region.lon),
    )
    .await?;
    Ok(())
}

/// Changes a region; what is `None` stays.
pub(crate) async fn patch(
    tx: &mut Tx,
    code: &str,
    change: &PatchRegion,
) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql("update regions set name = coalesce($2, name), \
                 lat = case when $3 then $4 else lat end, lon = case when $5 then $6 else lon end \
                 where code = $1")
            .bind::<Text, _>(code)
            .bind::<Nullable<Text>, _>(change.name.as_deref())
            .bind::<Bool, _>(!change.lat.is_kept())
            .bind::<Nullable<Double>, _>(change.lat.value())
            .bind::<Bool, _>(!change.lon.is_kept())
            .bind::<Nullable<Double>, _>(change.lon.value()),
        )
        .await?;
    Ok(written == 1)
}

/// Takes a region away; `Reference` while a worker or a token is in it.
pub(crate) async fn delete(tx: &mut Tx, code: &str) -> Result<bool, StoreError> {
    let written = tx
        .run(sql("delete from regions where code = $1").bind::<Text, _>(code))
        .await?;
    Ok(written == 1)
}
