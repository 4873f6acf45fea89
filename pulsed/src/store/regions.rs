//! Regions: place labels.

use pulse_api::http::regions::RegionView;
use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Bool, Double, Jsonb, Nullable, Text},
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

/// Every region, by code.
pub(crate) async fn list(tx: &mut Tx) -> Result<Vec<RegionView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(sql(
            "select jsonb_build_object('code', code, 'name', name, 'lat', lat, 'lon', lon) as view \
                   from regions order by code",
        ))
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

/// Adds a region.
pub(crate) async fn insert(tx: &mut Tx, region: &RegionView) -> Result<(), StoreError> {
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

/// Takes a region away; `Reference` while a worker or a token is in it.
pub(crate) async fn delete(tx: &mut Tx, code: &str) -> Result<bool, StoreError> {
    let written = tx
        .run(sql("delete from regions where code = $1").bind::<Text, _>(code))
        .await?;
    Ok(written == 1)
}
