//! Regions: place labels that workers and tokens carry.

use pulse_api::http::regions::{CreateRegion, PatchRegion, RegionView};
use pulse_workflow::text::is_line;
use serde_json::json;

use super::Verb;
use crate::{
    app::App,
    model::region::is_valid_code,
    store::{self, StoreError, Tx, regions::Filter},
};

/// Adds a region.
#[derive(Debug, Clone)]
pub(crate) struct Create {
    pub(crate) region: CreateRegion,
    pub(crate) by: String,
}

/// Why a region was not added or taken away.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RegionError {
    #[error("a region's code has 1 to 32 of a-z, 0-9 and -, and does not begin with -")]
    Code,
    #[error("a region's name has 1 to 128 characters and no control characters")]
    Name,
    #[error("latitude is between -90 and 90, longitude between -180 and 180")]
    Place,
    #[error("there is a region {0} already")]
    Taken(String),
    #[error("there is no region {0}")]
    Unknown(String),
    #[error("workers or tokens are in region {0}")]
    InUse(String),
    #[error("the monitor {1} is looked at from region {0}")]
    Watched(String, String),
    #[error("could not change the regions")]
    Store(#[from] StoreError),
}

impl RegionError {
    fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::Code
            | Self::Name
            | Self::Place
            | Self::Taken(_)
            | Self::Unknown(_)
            | Self::InUse(_)
            | Self::Watched(..) => None,
        }
    }
}

impl Verb for Create {
    type Output = RegionView;
    type Error = RegionError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<RegionView, RegionError> {
        let region = &self.region;
        check(region)?;
        store::regions::insert(tx, region).await.map_err(|error| {
            if let StoreError::Taken { .. } = error {
                RegionError::Taken(region.code.clone())
            } else {
                RegionError::Store(error)
            }
        })?;
        let detail = json!({"name": region.name});
        store::audit::insert(tx, (&self.by, "region.create", &region.code), detail);
        get(tx, &region.code).await
    }

    fn store_error(error: &RegionError) -> Option<&StoreError> {
        error.store()
    }
}

fn check(region: &CreateRegion) -> Result<(), RegionError> {
    if !is_valid_code(&region.code) {
        return Err(RegionError::Code);
    }
    check_name(&region.name)?;
    check_place(region.lat, region.lon)
}

fn check_name(name: &str) -> Result<(), RegionError> {
    let length = name.chars().count();
    if !(1..=128).contains(&length) || !is_line(name) {
        return Err(RegionError::Name);
    }
    Ok(())
}

fn check_place(lat: Option<f64>, lon: Option<f64>) -> Result<(), RegionError> {
    let within = |value: Option<f64>, limit: f64| value.is_none_or(|value| value.abs() <= limit);
    if !within(lat, 90.0) || !within(lon, 180.0) {
        return Err(RegionError::Place);
    }
    Ok(())
}

/// The region as it is now.
async fn get(tx: &mut Tx, code: &str) -> Result<RegionView, RegionError> {
    let found = store::regions::find(tx, code).await?;
    found.ok_or_else(|| RegionError::Unknown(code.to_owned()))
}

/// Changes a region's name or place; its code stays, since workers and tokens carry it.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub(crate) code: String,
    pub(crate) wish: PatchRegion,
    pub(crate) by: String,
}

impl Verb for Change {
    type Output = RegionView;
    type Error = RegionError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<RegionView, RegionError> {
        if let Some(name) = &self.wish.name {
            check_name(name)?;
        }
        check_place(self.wish.lat.value(), self.wish.lon.value())?;
        if !store::regions::patch(tx, &self.code, &self.wish).await? {
            return Err(RegionError::Unknown(self.code.clone()));
        }
        let detail = json!(self.wish);
        store::audit::insert(tx, (&self.by, "region.change", &self.code), detail);
        get(tx, &self.code).await
    }

    fn store_error(error: &RegionError) -> Option<&StoreError> {
        error.store()
    }
}

/// Takes a region away that nobody is in.
#[derive(Debug, Clone)]
pub(crate) struct Remove {
    pub(crate) code: String,
    pub(crate) by: String,
}

impl Verb for Remove {
    type Output = ();
    type Error = RegionError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), RegionError> {
        if let Some(monitor) = store::monitors::first_from(tx, &self.code).await? {
            return Err(RegionError::Watched(self.code.clone(), monitor));
        }
        let found = store::regions::delete(tx, &self.code)
            .await
            .map_err(|error| {
                if let StoreError::Reference { .. } = error {
                    RegionError::InUse(self.code.clone())
                } else {
                    RegionError::Store(error)
                }
            })?;
        if !found {
            return Err(RegionError::Unknown(self.code.clone()));
        }
        store::audit::insert(tx, (&self.by, "region.remove", &self.code), json!({}));
        Ok(())
    }

    fn store_error(error: &RegionError) -> Option<&StoreError> {
        error.store()
    }
}

/// Regions by code.
pub(crate) async fn list(app: &App, filter: Filter) -> Result<Vec<RegionView>, StoreError> {
    store::regions::list(&mut app.store().read().await?, filter).await
}

/// One region.
pub(crate) async fn show(app: &App, code: &str) -> Result<RegionView, RegionError> {
    get(&mut app.store().read().await?, code).await
}
