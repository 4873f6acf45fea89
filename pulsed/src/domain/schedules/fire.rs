//! Starting what is due. Each moment is decided once, in the transaction that starts.

use jiff::Timestamp;
use pulse_api::{
    ExecutionId, ScheduleId,
    status::{Overlap, Role, SlotResult},
};
use pulse_workflow::Cron;
use serde_json::json;

use super::{Maker, ScheduleError};
use crate::{
    app::App,
    domain::{
        Verb,
        engine::EngineError,
        executions::{
            again,
            start::{Start, StartError, What},
        },
        secret_inputs::Inputs,
        windows::Windows,
    },
    model::{
        access::PULSE,
        grant::Reach,
        schedule::{Owner, Schedule, decide},
    },
    store::{self, StoreError, Tx, places::Wanted, schedules::Slot, workflows::Name},
};

/// Decides the next moment of a schedule that is due. Without input: what is true is read again under
/// the lock of its row, and a replica that finds it locked leaves it to the other.
#[derive(Debug)]
pub(crate) struct Fire(pub(crate) ScheduleId);

/// What became of a schedule that is due.
#[derive(Debug)]
pub(crate) enum Fired {
    Decided,
    /// Its moment stays due, for another server, and why.
    Left(String),
}

impl Verb for Fire {
    type Output = Fired;
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Fired, EngineError> {
        let Some(found) = store::schedules::lock_free(tx, self.0).await? else {
            return Ok(Fired::Decided);
        };
        let schedule = found.schedule;
        let Some(first) = schedule.next_due_at.filter(|_| !found.is_paused) else {
            return Ok(Fired::Decided);
        };
        let Ok(cron) = Cron::parse(&schedule.cron, &schedule.timezone) else {
            // A zone that a newer version no longer has, or an older one not yet: it stays due, for a
            // version that knows it.
            let why = "its time zone or its expression is not known to this version";
            leave(tx, &schedule, (first, why.to_owned())).await?;
            return Ok(Fired::Left(why.to_owned()));
        };
        let decision = decide(&cron, (first, found.now), schedule.missed);
        let mut slots = missed(&decision.missed, decision.untold);
        if let Some(due_at) = decision.start {
            let local = cron.due(due_at).local.strftime("%F %R %Z").to_string();
            let moment = (due_at, format!("schedule {}, due {local}", schedule.name));
            match start_due(app, tx, &schedule, moment).await? {
                Due::Decided(slot) => slots.push(slot),
                Due::Elsewhere(why) => {
                    if found.now.as_second() - first.as_second() > PATIENCE {
                        leave(tx, &schedule, (first, why.clone())).await?;
                    }
                    return Ok(Fired::Left(why));
                }
            }
        }
        if found.is_noted {
            store::schedules::forget_undecided(tx, self.0, first).await?;
        }
        if !slots.is_empty() {
            store::schedules::note(tx, self.0, &slots).await?;
        }
        store::schedules::set_next(tx, self.0, decision.next).await?;
        Ok(Fired::Decided)
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// Says of a schedule that its moment could not be decided, so that it does not stand in the way of
/// the next one for ever.
#[derive(Debug)]
pub(crate) struct GiveUp(pub(crate) ScheduleId, pub(crate) String);

impl Verb for GiveUp {
    type Output = ();
    type Error = StoreError;

    async fn run(&self, _app: &App, tx: &mut Tx) -> Result<(), StoreError> {
        let Some(found) = store::schedules::lock_free(tx, self.0).await? else {
            return Ok(());
        };
        let schedule = found.schedule;
        let due = schedule.next_due_at.filter(|due| *due <= found.now);
        let Some(due) = due else {
            return Ok(());
        };
        let slot = unstarted(due, SlotResult::Refused, self.1.clone());
        if store::schedules::note_undecided(tx, self.0, &slot).await? {
            tell(tx, &schedule, &slot);
        }
        let next = super::next(&schedule, found.now);
        store::schedules::set_next(tx, self.0, next).await
    }

    fn store_error(error: &StoreError) -> Option<&StoreError> {
        Some(error)
    }
}

/// For how long a moment that another server may decide is left to it in silence, in seconds.
const PATIENCE: i64 = 60;

/// What came of a moment that is due.
enum Due {
    Decided(Slot),
    /// This server cannot decide it, and why; another may.
    Elsewhere(String),
}

/// Says why a moment was not decided; it stays due.
async fn leave(
    tx: &mut Tx,
    schedule: &Schedule,
    (first, why): (Timestamp, String),
) -> Result<(), StoreError> {
    let slot = unstarted(first, SlotResult::Refused, why);
    if store::schedules::note_undecided(tx, schedule.id, &slot).await? {
        tell(tx, schedule, &slot);
    }
    Ok(())
}

fn unstarted(due_at: Timestamp, result: SlotResult, detail: String) -> Slot {
    Slot {
        due_at,
        result,
        detail: Some(detail),
        started: None,
    }
}

/// What is said of moments that were missed; the oldest speaks for those before it.
fn missed(moments: &[Timestamp], untold: usize) -> Vec<Slot> {
    let why = |index: usize| match (index, untold) {
        (0, 1..) => format!("nobody started it in time, nor {untold} before it"),
        _ => "nobody started it in time".to_owned(),
    };
    let each = moments.iter().enumerate();
    each.map(|(index, due)| unstarted(*due, SlotResult::Missed, why(index)))
        .collect()
}

/// Starts what is due, unless something stands against it.
async fn start_due(
    app: &App,
    tx: &mut Tx,
    schedule: &Schedule,
    (due_at, reason): (Timestamp, String),
) -> Result<Due, EngineError> {
    let live = store::schedules::live(tx, schedule.id).await?;
    let in_the_way = match schedule.overlap {
        Overlap::Skip => live
            .first()
            .map(|(number, _)| format!("#{number} is still going")),
        // One that waits starts as late as all the others would: more of them would only pile up.
        Overlap::Queue => live
            .iter()
            .find(|(_, is_held)| *is_held)
            .map(|(number, _)| format!("#{number} still waits for its turn")),
        Overlap::Allow | Overlap::Replace => None,
    };
    if let Some(why) = in_the_way {
        return Ok(Due::Decided(unstarted(due_at, SlotResult::Skipped, why)));
    }
    let reach = match authority(tx, schedule).await? {
        Ok(reach) => reach,
        Err(why) => {
            let slot = unstarted(due_at, SlotResult::Refused, why);
            tell(tx, schedule, &slot);
            return Ok(Due::Decided(slot));
        }
    };
    let maker = Maker {
        owner: schedule.owner.clone(),
        shown: None,
        reach,
    };
    match start(
        app,
        tx,
        (schedule, due_at, reason),
        (&maker, place(schedule)),
    )
    .await
    {
        Ok(slot) => Ok(Due::Decided(slot)),
        Err(StartError::Engine(error)) => Err(error),
        Err(refused) if refused.is_of_this_server() => Ok(Due::Elsewhere(refused.told())),
        Err(refused) => {
            let result = if refused.is_meant() {
                SlotResult::Skipped
            } else {
                SlotResult::Refused
            };
            let slot = unstarted(due_at, result, refused.told());
            tell(tx, schedule, &slot);
            Ok(Due::Decided(slot))
        }
    }
}

/// The place of which the runs of a schedule need one, where they do not run beside each other.
fn place(schedule: &Schedule) -> Option<Wanted> {
    match schedule.overlap {
        Overlap::Skip | Overlap::Allow => None,
        Overlap::Queue | Overlap::Replace => Some(Wanted {
            // No group of a document starts like this. A schedule that was pointed at another
            // workflow, or another schedule of its name, has to do with other runs.
            group: format!("@schedule {} {}", schedule.id, schedule.workflow),
            most: 1,
            makes_room: schedule.overlap == Overlap::Replace,
        }),
    }
}

/// Starts a schedule by hand, now.
pub(super) async fn trigger(
    app: &App,
    tx: &mut Tx,
    (schedule, now): (&Schedule, Timestamp),
    maker: &Maker,
) -> Result<(), ScheduleError> {
    let reason = format!("schedule {}, triggered by hand", schedule.name);
    let slot = start(app, tx, (schedule, now, reason), (maker, None)).await;
    let slot = slot.map_err(ScheduleError::Start)?;
    Ok(store::schedules::note(tx, schedule.id, &[slot]).await?)
}

async fn start(
    app: &App,
    tx: &mut Tx,
    (schedule, due_at, reason): (&Schedule, Timestamp, String),
    (maker, place): (&Maker, Option<Wanted>),
) -> Result<Slot, StartError> {
    let start = Start {
        id: ExecutionId::new(),
        what: What::Workflow(Name::Id(schedule.workflow), None),
        inputs: Inputs::open(schedule.inputs.clone()),
        targets: None,
        reason: Some(reason),
        by: maker.owner.name.clone(),
        reach: maker.reach.clone(),
        windows: Windows::Obeyed,
    };
    let started = again::start_within(app, tx, (&start, place)).await?;
    Ok(Slot {
        due_at,
        result: SlotResult::Started,
        detail: None,
        started: Some((started.execution_id, started.number)),
    })
}

/// How far the owner of a schedule reaches now, or why not far enough. A document is applied by
/// admins, and speaks for itself.
async fn authority(tx: &mut Tx, schedule: &Schedule) -> Result<Result<Reach, String>, StoreError> {
    let everything = Reach {
        groups: None,
        workflows: None,
    };
    if schedule.position.is_some() {
        return Ok(Ok(everything));
    }
    let Owner { name, token } = &schedule.owner;
    let takes_over = format!(
        "`pulsectl schedule resume {}` makes it yours",
        schedule.name
    );
    if let Some(id) = token {
        let found = store::tokens::find(tx, &[*id]).await?;
        let found = found.into_iter().map(|(_, token)| token).next();
        return Ok(match found.filter(|token| token.is_live) {
            None => Err(format!(
                "the token of {name} that made it has run out or was revoked; {takes_over}"
            )),
            Some(token) if token.user().role < Role::Operator => Err(format!(
                "{name} may not run workflows any more; {takes_over}"
            )),
            Some(token) => Ok(Reach::of(token.user())),
        });
    }
    let known = store::users::find(tx, name).await?;
    let known = known.filter(|known| !known.is_disabled);
    Ok(
        match known.and_then(|known| Some((known.fixed_role.or(known.role)?, known.claim))) {
            None => Err(format!(
                "{name} is locked out, or not known any more; {takes_over}"
            )),
            Some((role, _)) if role < Role::Operator => Err(format!(
                "{name} may not run workflows any more; {takes_over}"
            )),
            Some((role, claim)) => Ok(Reach {
                groups: (role != Role::Admin).then_some(claim.groups),
                workflows: None,
            }),
        },
    )
}

/// A start that was refused is in the audit trail too.
fn tell(tx: &mut Tx, schedule: &Schedule, slot: &Slot) {
    let detail = json!({"due_at": slot.due_at, "result": slot.result, "why": slot.detail});
    store::audit::insert(tx, (PULSE, "schedule.refuse", &schedule.name), detail);
}

/// The schedules that are due, but for those that are left alone.
pub(crate) async fn due(app: &App, but: &[ScheduleId]) -> Result<Vec<ScheduleId>, StoreError> {
    store::schedules::due(&mut app.store().read().await?, but).await
}

/// Milliseconds until one of them is due; `None` when none is.
pub(crate) async fn next_due(app: &App, but: &[ScheduleId]) -> Result<Option<u64>, StoreError> {
    store::schedules::next_due(&mut app.store().read().await?, but).await
}
