//! Settings of the whole installation.

use pulse_api::http::settings::{PatchSettings, SettingsView};
use serde_json::json;

use super::Verb;
use crate::{
    app::App,
    store::{self, StoreError, Tx},
};

/// What holds now.
pub(crate) async fn get(app: &App) -> Result<SettingsView, StoreError> {
    store::settings::get(&mut app.store().read().await?).await
}

/// Changes settings.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) wish: PatchSettings,
    pub(crate) by: String,
}

impl Verb for Change {
    type Output = SettingsView;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<SettingsView, StoreError> {
        let settings = store::settings::patch(tx, &self.wish).await?;
        store::audit::insert(
            tx,
            (&self.by, "settings.change", "settings"),
            json!(self.wish),
        );
        Ok(settings)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}
