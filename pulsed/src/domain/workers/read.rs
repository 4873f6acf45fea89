//! Looking at workers.

use pulse_api::{WorkerId, http::workers::WorkerView};

use crate::{
    app::App,
    model::worker::Candidate,
    store::{
        self, StoreError,
        workers::{Found, WithBlocks, views::Filter},
    },
};

/// The worker with this id, or the live one with this name.
pub(crate) async fn find(app: &App, name: &str) -> Result<Option<Found>, StoreError> {
    if name.contains('\0') {
        return Ok(None);
    }
    store::workers::find(&mut app.store().read().await?, name).await
}

/// One worker.
pub(crate) async fn get(app: &App, id: WorkerId) -> Result<Option<WorkerView>, StoreError> {
    let view = store::workers::views::get(&mut app.store().read().await?, id).await?;
    Ok(view.map(serde_json::from_value).transpose()?)
}

/// Whether a worker has this name, or had it when it was deleted.
pub(crate) async fn is_called(app: &App, id: WorkerId, name: &str) -> Result<bool, StoreError> {
    let view = store::workers::views::get(&mut app.store().read().await?, id).await?;
    Ok(view.is_some_and(|view| view["name"] == name))
}

/// Workers by name.
pub(crate) async fn list(app: &App, filter: Filter) -> Result<Vec<WorkerView>, StoreError> {
    let views = store::workers::views::list(&mut app.store().read().await?, filter).await?;
    views
        .into_iter()
        .map(|view| Ok(serde_json::from_value(view)?))
        .collect()
}

/// Every live worker as placement sees it.
pub(crate) async fn fleet(app: &App) -> Result<Vec<Candidate>, StoreError> {
    store::workers::fleet(&mut app.store().read().await?, WithBlocks::Yes).await
}
