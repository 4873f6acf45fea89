//! Monitors: what is looked at again and again, from where, and what came of it.
//!
//! What a look gives is settled in `settle`; which looks are due is in `look`.

mod ask;
mod change;
pub(crate) mod look;
mod put;
mod settle;
mod spec;

use pulse_api::{
    http::monitors::{CheckView, IncidentView, MonitorView, UptimeView},
    problem::FaultView,
};

pub(crate) use self::{
    ask::{LookNow, TryOut, look_now, try_out},
    change::{Beat, Change, Order},
    put::Put,
};
use crate::{
    app::App,
    model::{monitor::Maintenance, place::Aged},
    store::{self, StoreError, Tx},
};
pub(crate) use store::monitors::incidents::Filter as IncidentFilter;

/// Why a monitor was not made, changed or found.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MonitorError {
    #[error("there is no monitor {0}")]
    Unknown(String),
    #[error("{0} cannot be a monitor's name")]
    Name(String),
    #[error("there is a monitor {0} already")]
    Taken(String),
    #[error("the monitor is not valid")]
    Invalid(Vec<FaultView>),
    #[error("{0} is paused")]
    Paused(String),
    #[error("{0} reports by itself")]
    IsHeartbeat(String),
    #[error("{0} does not report by itself")]
    IsNoHeartbeat(String),
    #[error("what this look gave is kept no longer")]
    Forgotten,
    #[error("could not change the monitors")]
    Store(#[from] StoreError),
}

impl MonitorError {
    fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::Unknown(_)
            | Self::Name(_)
            | Self::Taken(_)
            | Self::Invalid(_)
            | Self::Paused(_)
            | Self::IsHeartbeat(_)
            | Self::IsNoHeartbeat(_)
            | Self::Forgotten => None,
        }
    }
}

/// A monitor, with what each region finds.
pub(crate) async fn get(app: &App, name: &str) -> Result<MonitorView, MonitorError> {
    let found = views(&mut app.store().read().await?, Some(name), (None, 1)).await?;
    let found = found.into_iter().next();
    found.ok_or_else(|| MonitorError::Unknown(name.to_owned()))
}

/// Monitors by name.
pub(crate) async fn list(
    app: &App,
    page: (Option<String>, i64),
) -> Result<Vec<MonitorView>, StoreError> {
    views(&mut app.store().read().await?, None, page).await
}

async fn views(
    tx: &mut Tx,
    name: Option<&str>,
    page: (Option<String>, i64),
) -> Result<Vec<MonitorView>, StoreError> {
    let mut views = store::monitors::list(tx, name, page).await?;
    let active = store::maintenances::active(tx).await?;
    for view in &mut views {
        let is_in = |it: &&Maintenance| it.has(&view.name, &view.spec.labels);
        view.maintenance = active.iter().find(is_in).map(|it| it.number);
    }
    Ok(views)
}

/// Looks at a monitor, newest first, each with its place.
pub(crate) async fn checks(
    app: &App,
    name: &str,
    part: (Option<Aged>, i64),
) -> Result<Vec<(Aged, CheckView)>, MonitorError> {
    let mut tx = app.store().read().await?;
    exists(&mut tx, name).await?;
    Ok(store::monitors::checks::list(&mut tx, name, part).await?)
}

/// Incidents, newest first: of all monitors, or of one that is there.
pub(crate) async fn incidents(
    app: &App,
    filter: &IncidentFilter,
    part: (Option<i64>, i64),
) -> Result<Vec<IncidentView>, MonitorError> {
    let mut tx = app.store().read().await?;
    if let Some(name) = &filter.monitor {
        exists(&mut tx, name).await?;
    }
    Ok(store::monitors::incidents::list(&mut tx, filter, part).await?)
}

/// How much of so many seconds until now a monitor was up.
pub(crate) async fn uptime(
    app: &App,
    (name, window_seconds): (&str, i64),
) -> Result<UptimeView, MonitorError> {
    let mut tx = app.store().read().await?;
    let found = store::monitors::uptime(&mut tx, name, window_seconds).await?;
    found.ok_or_else(|| MonitorError::Unknown(name.to_owned()))
}

async fn exists(tx: &mut Tx, name: &str) -> Result<(), MonitorError> {
    let known = store::monitors::known(tx, &[name.to_owned()]).await?;
    if known.is_empty() {
        return Err(MonitorError::Unknown(name.to_owned()));
    }
    Ok(())
}
