//! What comes of looks that are over: all of it in the transaction that writes them.

use std::collections::BTreeSet;

use pulse_api::{
    MonitorId,
    status::{MonitorStatus, NotificationEvent},
};
use serde_json::json;

use crate::{
    model::{
        access::PULSE,
        monitor::{Incident, Look, Maintenance, Monitor, Region, UP_AGAIN},
        wake::Wake,
    },
    store::{self, StoreError, Tx},
};

/// Takes looks that are over, however many and of however many monitors, whose rows are locked.
pub(super) async fn settle(tx: &mut Tx, looks: &[Look]) -> Result<(), StoreError> {
    let ids: BTreeSet<MonitorId> = looks.iter().map(|look| look.monitor).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let ids: Vec<MonitorId> = ids.into_iter().collect();
    let monitors = store::monitors::lock(tx, &ids).await?;
    judge(tx, monitors, looks).await
}

/// Judges locked monitors anew, with looks that are over.
pub(super) async fn judge(
    tx: &mut Tx,
    monitors: Vec<Monitor>,
    looks: &[Look],
) -> Result<(), StoreError> {
    let mut judged = Vec::new();
    for mut monitor in monitors {
        let own = looks.iter().filter(|look| look.monitor == monitor.id);
        let mut own: Vec<&Look> = own.collect();
        own.sort_by_key(|look| look.due_at);
        if let Some(verdict) = monitor.take(&own) {
            judged.push((monitor, verdict));
        }
    }
    let regions = judged.iter().flat_map(|(monitor, _)| {
        let id = monitor.id;
        monitor.regions.iter().map(move |region| (id, region))
    });
    let regions: Vec<_> = regions.collect();
    if !regions.is_empty() {
        store::monitors::write_regions(tx, &regions).await?;
    }
    let flips = judged
        .iter()
        .filter(|(it, verdict)| it.status != verdict.status);
    let flips: Vec<_> = flips.map(|(it, verdict)| (it.id, verdict.status)).collect();
    if !flips.is_empty() {
        store::monitors::flip(tx, &flips).await?;
    }
    let opens = |incident: &Incident| matches!(incident, Incident::Opens(_));
    let maintenances = if judged.iter().any(|(_, it)| opens(&it.incident)) {
        store::maintenances::active(tx).await?
    } else {
        Vec::new()
    };
    for (monitor, verdict) in judged {
        match verdict.incident {
            Incident::Stays => {}
            Incident::Opens(regions) => {
                let number = open(tx, &monitor, &regions).await?;
                let is_in = |it: &Maintenance| it.has(&monitor.name, &monitor.spec.labels);
                if !maintenances.iter().any(is_in) {
                    tell_down(tx, number).await?;
                }
            }
            Incident::Closes(number) => {
                close(tx, (&monitor, number), PULSE, UP_AGAIN).await?;
            }
        }
    }
    Ok(())
}

/// Opens an incident, and gives its number.
async fn open(tx: &mut Tx, monitor: &Monitor, regions: &[String]) -> Result<i64, StoreError> {
    let named = (monitor.id, monitor.name.as_str());
    let (number, cause) = store::monitors::incidents::open(tx, named, regions).await?;
    let detail = json!({"number": number, "cause": cause, "regions": regions});
    store::audit::insert(tx, (PULSE, "incident.open", &monitor.name), detail);
    Ok(number)
}

/// Tells of an open incident, once.
pub(super) async fn tell_down(tx: &mut Tx, number: i64) -> Result<(), StoreError> {
    if store::monitors::incidents::mark_told(tx, number).await? {
        tell(tx, number, NotificationEvent::MonitorDown).await?;
    }
    Ok(())
}

async fn tell(tx: &mut Tx, number: i64, event: NotificationEvent) -> Result<(), StoreError> {
    if store::monitors::incidents::tell(tx, number, event).await? {
        tx.wake(Wake::Notifications);
    }
    Ok(())
}

/// Closes an incident; whoever was told that it is down is told that it is over, and why.
async fn close(
    tx: &mut Tx,
    (monitor, number): (&Monitor, i64),
    by: &str,
    because: &str,
) -> Result<(), StoreError> {
    let is_told = store::monitors::incidents::close(tx, number, because).await?;
    let detail = json!({"number": number, "because": because});
    store::audit::insert(tx, (by, "incident.close", &monitor.name), detail);
    if is_told {
        tell(tx, number, NotificationEvent::MonitorUp).await?;
    }
    Ok(())
}

/// Closes the open incident of a locked monitor of which nobody can say any more that it is up again.
pub(super) async fn abandon(
    tx: &mut Tx,
    monitor: &Monitor,
    (by, because): (&str, &str),
) -> Result<(), StoreError> {
    match monitor.incident {
        Some(number) => close(tx, (monitor, number), by, because).await,
        None => Ok(()),
    }
}

/// Has nothing be known of a locked monitor: what was asked for is taken back, and its regions begin anew.
pub(super) async fn forget(tx: &mut Tx, monitor: &mut Monitor) -> Result<(), StoreError> {
    store::monitors::checks::take_back(tx, monitor.id).await?;
    for region in &mut monitor.regions {
        *region = Region {
            newest_due_at: region.newest_due_at,
            ..Region::new(&region.name)
        };
    }
    store::monitors::put_regions(tx, monitor).await?;
    if !matches!(
        monitor.status,
        MonitorStatus::Unknown | MonitorStatus::Paused
    ) {
        store::monitors::flip(tx, &[(monitor.id, MonitorStatus::Unknown)]).await?;
        monitor.status = MonitorStatus::Unknown;
    }
    Ok(())
}
