//! Having a monitor be as somebody says.

use pulse_api::{MonitorId, http::monitors::MonitorSpec, status::MonitorStatus};
use serde_json::json;

use super::{
    MonitorError,
    look::begin,
    settle::{abandon, forget, judge},
    spec::{self, Faults},
};
use crate::{
    app::App,
    domain::{Verb, workflows::Existing},
    model::{
        monitor::{ANY, Monitor, Region, kind},
        workflow::is_valid_name,
    },
    store::{self, StoreError, Tx},
};

/// Has a monitor be like this, whether it is there or not.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    pub(crate) name: String,
    pub(crate) spec: MonitorSpec,
    /// Whether one of that name may be there.
    pub(crate) existing: Existing,
    pub(crate) by: String,
}

impl Verb for Put {
    type Output = ();
    type Error = MonitorError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), MonitorError> {
        if !is_valid_name(&self.name) {
            return Err(MonitorError::Name(self.name.clone()));
        }
        let spec = spec::whole(&self.spec).map_err(MonitorError::Invalid)?;
        let before = store::monitors::lock_named(tx, &self.name).await?;
        let known = before.as_ref().map(|it| it.spec.regions.as_slice());
        check_regions(tx, &spec, known.unwrap_or_default()).await?;
        match before {
            Some(_) if self.existing == Existing::Refuse => return Err(self.taken()),
            Some(before) if before.spec == spec => return Ok(()),
            Some(before) => self.change(tx, before, spec.clone()).await?,
            None => self.make(tx, spec.clone()).await?,
        }
        let detail = json!({"kind": kind(&spec.probe), "interval_seconds": spec.interval_seconds,
            "regions": spec.regions});
        store::audit::insert(tx, (&self.by, "monitor.put", &self.name), detail);
        Ok(())
    }

    fn store_error(error: &MonitorError) -> Option<&StoreError> {
        error.store()
    }
}

impl Put {
    fn taken(&self) -> MonitorError {
        MonitorError::Taken(self.name.clone())
    }

    async fn make(&self, tx: &mut Tx, spec: MonitorSpec) -> Result<(), MonitorError> {
        let monitor = Monitor {
            id: MonitorId::new(),
            name: self.name.clone(),
            status: MonitorStatus::Unknown,
            regions: regions(&spec, &[]),
            spec,
            incident: None,
        };
        if !store::monitors::insert(tx, (&monitor, &self.by)).await? {
            // Somebody else's, made since.
            return Err(match self.existing {
                Existing::Refuse => self.taken(),
                Existing::Update => StoreError::Stale.into(),
            });
        }
        store::monitors::note_flips(tx, &[(monitor.id, MonitorStatus::Unknown)]).await?;
        store::monitors::put_regions(tx, &monitor).await?;
        store::monitors::set_next(tx, &monitor).await?;
        let added = store::monitors::checks::look_now(tx, monitor.id).await?;
        Ok(begin(tx, &added).await?)
    }

    async fn change(
        &self,
        tx: &mut Tx,
        mut monitor: Monitor,
        spec: MonitorSpec,
    ) -> Result<(), StoreError> {
        let looks_at_another = monitor.spec.probe != spec.probe;
        let looks_as_often = monitor.spec.interval_seconds == spec.interval_seconds;
        monitor.regions = regions(&spec, &monitor.regions);
        monitor.spec = spec;
        store::monitors::update(tx, (&monitor, &self.by)).await?;
        store::monitors::put_regions(tx, &monitor).await?;
        if looks_at_another {
            let because = "it looks at something else now";
            abandon(tx, &monitor, (&self.by, because)).await?;
            monitor.incident = None;
            forget(tx, &mut monitor).await?;
        }
        // Other words are no report: whoever owes one by a moment owes it still.
        if looks_at_another || !looks_as_often {
            store::monitors::set_next(tx, &monitor).await?;
        }
        let added = store::monitors::checks::look_now(tx, monitor.id).await?;
        // Other thresholds, another rule or other regions may say something else of what is known.
        judge(tx, vec![monitor], &[]).await?;
        begin(tx, &added).await
    }
}

/// The regions that look, as they were where they did before.
fn regions(spec: &MonitorSpec, before: &[Region]) -> Vec<Region> {
    let any = [ANY.to_owned()];
    let names = if spec.regions.is_empty() {
        any.as_slice()
    } else {
        &spec.regions
    };
    let region = |name: &String| {
        let known = before.iter().find(|it| it.name == *name);
        known.cloned().unwrap_or_else(|| Region::new(name))
    };
    names.iter().map(region).collect()
}

/// Whether there is a worker that is heard from in each region that is new.
async fn check_regions(
    tx: &mut Tx,
    spec: &MonitorSpec,
    known: &[String],
) -> Result<(), MonitorError> {
    let is_odd = |code: &&String| code.contains('\0');
    let asked: Vec<String> = spec
        .regions
        .iter()
        .filter(|it| !is_odd(it))
        .cloned()
        .collect();
    let heard = if asked.is_empty() {
        Vec::new()
    } else {
        store::monitors::heard_regions(tx, &asked).await?
    };
    let mut faults = Faults::default();
    for (index, code) in spec.regions.iter().enumerate() {
        if !heard.contains(code) && !known.contains(code) {
            let path = format!("regions[{index}]");
            let shown: String = code.chars().take(40).filter(|c| !c.is_control()).collect();
            faults.add(
                path,
                format!("no worker of a region {shown:?} is heard from"),
            );
        }
    }
    if faults.0.is_empty() {
        Ok(())
    } else {
        Err(MonitorError::Invalid(faults.0))
    }
}

/// Whether a worker is heard from in a region.
pub(super) async fn check_region(tx: &mut Tx, region: &str) -> Result<(), MonitorError> {
    let asked = [region.replace('\0', "")];
    if store::monitors::heard_regions(tx, &asked).await?.is_empty() {
        let mut faults = Faults::default();
        let shown: String = asked[0].chars().take(40).collect();
        faults.add(
            "region",
            format!("no worker of a region {shown:?} is heard from"),
        );
        return Err(MonitorError::Invalid(faults.0));
    }
    Ok(())
}
