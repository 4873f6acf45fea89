//! Numbers for whoever watches the service.

use crate::{
    app::App,
    model::metrics::Facts,
    store::{self, StoreError},
};

/// The fleet and its work at this moment.
pub(crate) async fn facts(app: &App) -> Result<Facts, StoreError> {
    store::metrics::facts(&mut app.store().read().await?).await
}
