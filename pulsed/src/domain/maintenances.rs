//! Maintenances: times in which nobody is told that a monitor is down.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pulse_api::http::monitors::{MaintenanceSpec, MaintenanceView};
use pulse_workflow::{Selector, text::is_line};
use serde_json::json;

use super::Verb;
use crate::{
    app::App,
    model::{monitor::Maintenance, place::is_storable},
    store::{self, StoreError, Tx, maintenances::New},
};

/// How many monitors one may name.
const MOST: usize = 500;
/// How far ahead one may begin, in seconds: a year.
const FURTHEST: i64 = 366 * 24 * 60 * 60;

/// Why there is no maintenance.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MaintenanceError {
    #[error("a maintenance names monitors, or has a selector over their labels: one of both")]
    Whom,
    #[error("selector: {0}")]
    Selector(String),
    #[error("selector: it asks for what hosts have; a monitor has a name and labels")]
    OfHosts,
    #[error("there is no monitor {0}")]
    NoMonitor(String),
    #[error("duration_seconds: it is from 60 to 2592000, which is 30 days")]
    Duration,
    #[error("from: it is neither over already nor more than a year ahead")]
    From,
    #[error("reason: it is one line of at most 500 characters")]
    Reason,
    #[error("could not store the maintenance")]
    Store(#[from] StoreError),
}

/// Adds a maintenance.
#[derive(Debug, Clone)]
pub(crate) struct Add {
    pub(crate) spec: MaintenanceSpec,
    pub(crate) by: String,
}

impl Verb for Add {
    type Output = MaintenanceView;
    type Error = MaintenanceError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<MaintenanceView, MaintenanceError> {
        let spec = &self.spec;
        let selector = self.check(app.now())?;
        let mut names = spec.monitors.clone();
        names.sort();
        names.dedup();
        if names.iter().any(|name| name.contains('\0')) {
            return Err(MaintenanceError::Whom);
        }
        let known = store::monitors::known(tx, &names).await?;
        if let Some(other) = names.iter().find(|name| !known.contains(name)) {
            return Err(MaintenanceError::NoMonitor(other.clone()));
        }
        let new = New {
            monitors: &names,
            selector: spec.selector.as_deref(),
            from: spec.from,
            seconds: spec.duration_seconds,
            reason: spec.reason.as_deref(),
            by: &self.by,
        };
        let mut view = store::maintenances::insert(tx, &new).await?;
        view.covers = Some(match selector {
            Some(selector) => covered(tx, selector).await?,
            None => names.len(),
        });
        let detail = json!({"monitors": view.monitors, "selector": view.selector, "from": view.from,
            "until": view.until});
        let number = view.number.to_string();
        store::audit::insert(tx, (&self.by, "maintenance.add", &number), detail);
        Ok(view)
    }

    fn store_error(error: &MaintenanceError) -> Option<&StoreError> {
        match error {
            MaintenanceError::Store(error) => Some(error),
            MaintenanceError::Whom
            | MaintenanceError::Selector(_)
            | MaintenanceError::OfHosts
            | MaintenanceError::NoMonitor(_)
            | MaintenanceError::Duration
            | MaintenanceError::From
            | MaintenanceError::Reason => None,
        }
    }
}

impl Add {
    /// Gives the selector, where it has one.
    fn check(&self, now: Timestamp) -> Result<Option<Selector>, MaintenanceError> {
        let spec = &self.spec;
        let is_named = !spec.monitors.is_empty();
        if is_named == spec.selector.is_some() || spec.monitors.len() > MOST {
            return Err(MaintenanceError::Whom);
        }
        let selector = spec.selector.as_deref().map(readable).transpose()?;
        if !(60..=2_592_000).contains(&spec.duration_seconds) {
            return Err(MaintenanceError::Duration);
        }
        if let Some(from) = spec.from {
            let ahead = from.as_second() - now.as_second();
            let is_over = ahead + i64::from(spec.duration_seconds) <= 0;
            if !is_storable(from) || is_over || ahead > FURTHEST {
                return Err(MaintenanceError::From);
            }
        }
        let is_fit = |text: &String| is_line(text) && text.chars().count() <= 500;
        if spec.reason.as_ref().is_some_and(|text| !is_fit(text)) {
            return Err(MaintenanceError::Reason);
        }
        Ok(selector)
    }
}

/// A selector over what a monitor has.
fn readable(text: &str) -> Result<Selector, MaintenanceError> {
    let selector =
        Selector::parse(text).map_err(|error| MaintenanceError::Selector(error.to_string()))?;
    if selector.asks_for_names_and_labels_only() {
        Ok(selector)
    } else {
        Err(MaintenanceError::OfHosts)
    }
}

/// How many monitors a selector chooses.
async fn covered(tx: &mut Tx, selector: Selector) -> Result<usize, StoreError> {
    let maintenance = Maintenance {
        number: 0,
        monitors: Vec::new(),
        selector: Some(selector),
    };
    let all = store::monitors::labels(tx).await?;
    let is_in =
        |(name, labels): &&(String, BTreeMap<String, String>)| maintenance.has(name, labels);
    Ok(all.iter().filter(is_in).count())
}

/// Ends a maintenance, or lets it not begin.
#[derive(Debug, Clone)]
pub(crate) struct Remove {
    pub(crate) number: i64,
    pub(crate) by: String,
}

impl Verb for Remove {
    /// Whether it was there.
    type Output = bool;
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<bool, StoreError> {
        if !store::maintenances::delete(tx, self.number).await? {
            return Ok(false);
        }
        let number = self.number.to_string();
        store::audit::insert(tx, (&self.by, "maintenance.remove", &number), json!({}));
        Ok(true)
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// Maintenances, newest first.
pub(crate) async fn list(
    app: &App,
    part: (Option<i64>, i64),
) -> Result<Vec<MaintenanceView>, StoreError> {
    store::maintenances::list(&mut app.store().read().await?, part).await
}
