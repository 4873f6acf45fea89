//! Looking at jobs and their output.

use jiff::Timestamp;
use pulse_api::{
    JobId, WorkerId,
    http::jobs::JobView,
    status::{JobStatus, Stream},
};

use crate::{
    app::App,
    model::{grant::Reach, place::Attempt},
    store::{self, StoreError, outputs::Chunk},
};

/// One attempt of a job; the newest where none is named.
pub(crate) async fn get(
    app: &App,
    name: (JobId, Option<u32>),
    reach: &Reach,
) -> Result<Option<JobView>, StoreError> {
    let view = store::jobs::views::get(&mut app.store().read().await?, name, reach).await?;
    Ok(view.map(serde_json::from_value).transpose()?)
}

/// A worker's jobs, newest first.
pub(crate) async fn of_worker(
    app: &App,
    narrowed: (WorkerId, Option<JobStatus>),
    reach: &Reach,
    part: (Option<Attempt>, i64),
) -> Result<Vec<JobView>, StoreError> {
    let mut tx = app.store().read().await?;
    let views = store::jobs::views::of_worker(&mut tx, narrowed, reach, part).await?;
    views
        .into_iter()
        .map(|view| Ok(serde_json::from_value(view)?))
        .collect()
}

/// The next pieces of an attempt's output after a number.
pub(crate) async fn output(
    app: &App,
    name: (JobId, u32),
    stream: Option<Stream>,
    after: i64,
) -> Result<Vec<Chunk>, StoreError> {
    store::outputs::chunks(&mut app.store().read().await?, name, stream, after).await
}

/// How many bytes of an attempt's output are kept.
pub(crate) async fn kept_bytes(
    app: &App,
    name: (JobId, u32),
    stream: Option<Stream>,
) -> Result<u64, StoreError> {
    store::outputs::kept_bytes(&mut app.store().read().await?, name, stream).await
}

/// Since when what a job wrote is gone, where it is.
pub(crate) async fn output_removed_at(
    app: &App,
    job: JobId,
) -> Result<Option<Timestamp>, StoreError> {
    store::outputs::removed_at(&mut app.store().read().await?, job).await
}
