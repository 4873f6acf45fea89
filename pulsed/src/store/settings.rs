//! Settings: one row for the whole installation.

use pulse_api::http::settings::{PatchSettings, SettingsView};

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Bool, Nullable},
};

row! { SettingsRow { multi_region_enabled: bool = Bool } }

impl From<SettingsRow> for SettingsView {
    fn from(row: SettingsRow) -> Self {
        Self {
            multi_region_enabled: row.multi_region_enabled,
        }
    }
}

/// What holds now.
pub(crate) async fn get(tx: &mut Tx) -> Result<SettingsView, StoreError> {
    let row: Option<SettingsRow> = tx
        .row(sql("select multi_region_enabled from settings"))
        .await?;
    row.map(SettingsView::from).ok_or(StoreError::Stale)
}

/// Changes settings; gives what holds from now on.
pub(crate) async fn patch(tx: &mut Tx, change: &PatchSettings) -> Result<SettingsView, StoreError> {
    let row: Option<SettingsRow> = tx
        .row(
            sql(
                "update settings set multi_region_enabled = coalesce($1, multi_region_enabled) \
                 returning multi_region_enabled",
            )
            .bind::<Nullable<Bool>, _>(change.multi_region_enabled),
        )
        .await?;
    row.map(SettingsView::from).ok_or(StoreError::Stale)
}
