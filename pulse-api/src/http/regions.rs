//! Regions: place labels.

use serde::{Deserialize, Serialize};

/// A place label.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegionView {
    pub code: String,
    pub name: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// How many workers are in it, deleted ones aside.
    #[serde(default)]
    pub workers: u64,
    #[serde(default)]
    pub workers_online: u64,
    /// Whether it is offered where a region is chosen: some worker in it is heard from.
    #[serde(default)]
    pub offered: bool,
}

/// The body of `POST /regions`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateRegion {
    /// 1 to 32 of a-z, 0-9 and `-`.
    pub code: String,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
}

/// The body of `PATCH /regions/{code}`; what is left out stays, `null` takes a place away.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PatchRegion {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Degrees::is_kept")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub lat: Degrees,
    #[serde(default, skip_serializing_if = "Degrees::is_kept")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<f64>))]
    pub lon: Degrees,
}

/// What a change does to a latitude or a longitude.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Option<f64>", into = "Option<f64>")]
pub enum Degrees {
    #[default]
    Keep,
    Clear,
    Set(f64),
}

impl Degrees {
    /// Whether nothing changes.
    pub fn is_kept(&self) -> bool {
        *self == Self::Keep
    }

    /// The new value, where there is one.
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Keep | Self::Clear => None,
            Self::Set(degrees) => Some(degrees),
        }
    }
}

impl From<Option<f64>> for Degrees {
    fn from(given: Option<f64>) -> Self {
        given.map_or(Self::Clear, Self::Set)
    }
}

impl From<Degrees> for Option<f64> {
    fn from(degrees: Degrees) -> Self {
        degrees.value()
    }
}
