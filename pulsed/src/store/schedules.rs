//! Schedules, and what came of the moments that were due.

use jiff::Timestamp;
use pulse_api::{
    ExecutionId, ScheduleId, WorkflowId,
    http::schedules::ScheduleView,
    status::{MissedRuns, Overlap, SlotResult},
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{
        self, Array, At, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word,
    },
};
use crate::model::{
    grant::Reach,
    schedule::{Owner, Schedule},
};

row! { ScheduleRow {
    id: Uuid = SqlUuid,
    name: String = Text,
    workflow_id: Uuid = SqlUuid,
    position: Option<i32> = Nullable<Integer>,
    cron: String = Text,
    timezone: String = Text,
    overlap: Word<Overlap> = Text,
    missed: Word<MissedRuns> = Text,
    inputs: Value = Jsonb,
    owner: String = Text,
    owner_token: Option<Uuid> = Nullable<SqlUuid>,
    created_by: String = Text,
    next_due_at: Option<At> = Nullable<Timestamptz>,
    is_paused: bool = Bool,
    is_noted: bool = Bool,
    now: At = Timestamptz,
} }

/// A schedule with its locked row, and the moment of the statement.
pub(crate) struct Found {
    pub(crate) schedule: Schedule,
    pub(crate) is_paused: bool,
    /// Whether something is said already of the moment that is due next.
    pub(crate) is_noted: bool,
    /// The database's clock.
    pub(crate) now: Timestamp,
}

impl From<ScheduleRow> for Found {
    fn from(row: ScheduleRow) -> Self {
        Self {
            is_paused: row.is_paused,
            is_noted: row.is_noted,
            now: row.now.to_jiff(),
            schedule: Schedule {
                id: ScheduleId(row.id),
                name: row.name,
                workflow: WorkflowId(row.workflow_id),
                position: row.position,
                cron: row.cron,
                timezone: row.timezone,
                overlap: row.overlap.0,
                missed: row.missed.0,
                inputs: types::object(row.inputs),
                owner: Owner {
                    name: row.owner,
                    token: row.owner_token,
                },
                created_by: row.created_by,
                next_due_at: row.next_due_at.map(At::to_jiff),
            },
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, name, workflow_id, position, cron, timezone, overlap::text, missed::text, inputs, owner, \
             owner_token, created_by, next_due_at, paused_at is not null as is_paused, exists (select from schedule_slots n \
               where n.schedule_id = schedules.id and n.due_at = schedules.next_due_at) as is_noted, \
             statement_timestamp() as now from schedules ",
            $rest
        )
    };
}

/// Locks a schedule; `None` where there is none, or where another replica has it in hand.
pub(crate) async fn lock_free(tx: &mut Tx, id: ScheduleId) -> Result<Option<Found>, StoreError> {
    let query = sql(select!("where id = $1 for update skip locked")).bind::<SqlUuid, _>(id.0);
    let row: Option<ScheduleRow> = tx.row(query).await?;
    Ok(row.map(Found::from))
}

/// Locks a schedule by its name.
pub(crate) async fn lock(tx: &mut Tx, name: &str) -> Result<Option<Found>, StoreError> {
    let query = sql(select!("where name = $1 for update")).bind::<Text, _>(name);
    let row: Option<ScheduleRow> = tx.row(query).await?;
    Ok(row.map(Found::from))
}

row! { NowRow { now: At = Timestamptz } }

/// The database's clock.
pub(crate) async fn now(tx: &mut Tx) -> Result<Timestamp, StoreError> {
    let row: Option<NowRow> = tx.row(sql("select statement_timestamp() as now")).await?;
    Ok(row.ok_or(StoreError::Stale)?.now.to_jiff())
}

macro_rules! insert {
    ($rest:literal) => {
        concat!(
            "insert into schedules (id, name, workflow_id, position, cron, timezone, overlap, missed, \
               inputs, owner, owner_token, created_by, next_due_at) \
             values ($1, $2, $3, $4, $5, $6, $7::schedule_overlap, $8::schedule_missed, $9, $10, $11, $12, $13) \
             on conflict (name) do ",
            $rest
        )
    };
}

/// Adds a schedule; gives whether its name was free. Waits for whoever is making one of that name.
pub(crate) async fn insert(tx: &mut Tx, schedule: &Schedule) -> Result<bool, StoreError> {
    Ok(write(tx, insert!("nothing"), schedule).await? == 1)
}

/// Has the locked schedule of this name, or that of its place in a document, be like this. One that goes
/// by the same clock as before stays due when it was; that of another document stays as it is.
pub(crate) async fn put(tx: &mut Tx, schedule: &Schedule) -> Result<(), StoreError> {
    const PUT: &str = insert!(
        "update set workflow_id = excluded.workflow_id, position = excluded.position, \
           cron = excluded.cron, timezone = excluded.timezone, overlap = excluded.overlap, missed = excluded.missed, \
           inputs = excluded.inputs, owner = excluded.owner, owner_token = excluded.owner_token, updated_at = now(), \
           next_due_at = case when (schedules.cron, schedules.timezone) = (excluded.cron, excluded.timezone) \
             then coalesce(schedules.next_due_at, excluded.next_due_at) else excluded.next_due_at end \
         where schedules.position is not distinct from excluded.position \
           and (schedules.position is null or schedules.workflow_id = excluded.workflow_id)"
    );
    match write(tx, PUT, schedule).await? {
        0 => Err(StoreError::Stale),
        _ => Ok(()),
    }
}

async fn write(
    tx: &mut Tx,
    statement: &'static str,
    schedule: &Schedule,
) -> Result<usize, StoreError> {
    tx.run(
        sql(statement)
            .bind::<SqlUuid, _>(schedule.id.0)
            .bind::<Text, _>(schedule.name.as_str())
            .bind::<SqlUuid, _>(schedule.workflow.0)
            .bind::<Nullable<Integer>, _>(schedule.position)
            .bind::<Text, _>(schedule.cron.as_str())
            .bind::<Text, _>(schedule.timezone.as_str())
            .bind::<Text, _>(schedule.overlap.as_str())
            .bind::<Text, _>(schedule.missed.as_str())
            .bind::<Jsonb, _>(Value::Object(schedule.inputs.clone()))
            .bind::<Text, _>(schedule.owner.name.as_str())
            .bind::<Nullable<SqlUuid>, _>(schedule.owner.token)
            .bind::<Text, _>(schedule.created_by.as_str())
            .bind::<Nullable<Timestamptz>, _>(schedule.next_due_at.map(At::from)),
    )
    .await
}

/// Calls what a workflow's document makes by the name that the workflow is given.
pub(super) async fn follow(
    tx: &mut Tx,
    workflow: WorkflowId,
    name: &str,
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update schedules set name = $2 || '.' || position + 1, updated_at = now() \
             where workflow_id = $1 and position is not null",
        )
        .bind::<SqlUuid, _>(workflow.0)
        .bind::<Text, _>(name),
    )
    .await?;
    Ok(())
}

/// Takes away what a document makes from this place on.
pub(crate) async fn cut(tx: &mut Tx, workflow: WorkflowId, from: i32) -> Result<(), StoreError> {
    tx.run(
        sql("delete from schedules where workflow_id = $1 and position >= $2")
            .bind::<SqlUuid, _>(workflow.0)
            .bind::<Integer, _>(from),
    )
    .await?;
    Ok(())
}

/// Takes away what documents of workflows that were deleted had made.
pub(crate) async fn cut_of_deleted(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(sql("delete from schedules s using workflows w \
         where w.id = s.workflow_id and s.position is not null and w.deleted_at is not null"))
        .await?;
    Ok(())
}

row! { TakenRow { name: String = Text } }

/// The names among these that are taken.
pub(crate) async fn taken(tx: &mut Tx, names: &[String]) -> Result<Vec<String>, StoreError> {
    let query = sql("select name from schedules where name = any ($1)");
    let rows: Vec<TakenRow> = tx
        .rows(query.bind::<Array<Text>, _>(names.to_vec()))
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Removes a locked schedule, with what is known of its moments.
pub(crate) async fn remove(tx: &mut Tx, id: ScheduleId) -> Result<(), StoreError> {
    tx.run(sql("delete from schedules where id = $1").bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(())
}

/// Pauses a locked schedule, or lets it go on: in whose name, and due when.
pub(crate) async fn set_pause(
    tx: &mut Tx,
    schedule: &Schedule,
    by: Option<&str>,
) -> Result<(), StoreError> {
    tx.run(
        sql("update schedules set paused_at = case when $2 is null then null else coalesce(paused_at, now()) end, \
             paused_by = case when $2 is null then null else coalesce(paused_by, $2) end, \
             owner = $3, owner_token = $4, next_due_at = $5 where id = $1")
        .bind::<SqlUuid, _>(schedule.id.0)
        .bind::<Nullable<Text>, _>(by)
        .bind::<Text, _>(schedule.owner.name.as_str())
        .bind::<Nullable<SqlUuid>, _>(schedule.owner.token)
        .bind::<Nullable<Timestamptz>, _>(schedule.next_due_at.map(At::from)),
    )
    .await?;
    Ok(())
}

/// Says when a locked schedule is due next.
pub(crate) async fn set_next(
    tx: &mut Tx,
    id: ScheduleId,
    next: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.run(
        sql("update schedules set next_due_at = $2 where id = $1")
            .bind::<SqlUuid, _>(id.0)
            .bind::<Nullable<Timestamptz>, _>(next.map(At::from)),
    )
    .await?;
    Ok(())
}

/// What came of a moment.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    pub(crate) due_at: Timestamp,
    pub(crate) result: SlotResult,
    pub(crate) detail: Option<String>,
    pub(crate) started: Option<(ExecutionId, i64)>,
}

/// Notes what came of moments of a locked schedule; a moment that was decided before fails it.
pub(crate) async fn note(tx: &mut Tx, id: ScheduleId, slots: &[Slot]) -> Result<(), StoreError> {
    let each = || slots.iter();
    tx.run(
        sql("insert into schedule_slots (schedule_id, due_at, result, detail, execution_id, number) \
             select $1, v.due_at, v.result::slot_result, v.detail, v.execution_id, v.number \
             from unnest($2, $3, $4, $5, $6) as v (due_at, result, detail, execution_id, number)")
        .bind::<SqlUuid, _>(id.0)
        .bind::<Array<Timestamptz>, _>(each().map(|slot| At::from(slot.due_at)).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(each().map(|slot| slot.result.as_str()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(each().map(|slot| slot.detail.clone()).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(
            each().map(|slot| slot.started.map(|(id, _)| id.0)).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<BigInt>>, _>(
            each().map(|slot| slot.started.map(|(_, number)| number)).collect::<Vec<_>>(),
        ),
    )
    .await?;
    Ok(())
}

/// Forgets what was said of a moment of a locked schedule that is to be decided now: that it could not be
/// decided yet.
pub(crate) async fn forget_undecided(
    tx: &mut Tx,
    id: ScheduleId,
    due_at: Timestamp,
) -> Result<(), StoreError> {
    tx.run(
        sql("delete from schedule_slots where schedule_id = $1 and due_at = $2 and result = 'refused'")
            .bind::<SqlUuid, _>(id.0)
            .bind::<Timestamptz, _>(At::from(due_at)),
    )
    .await?;
    Ok(())
}

/// Notes what came of a moment of a locked schedule, unless it was decided before; gives whether it was
/// not.
pub(crate) async fn note_undecided(
    tx: &mut Tx,
    id: ScheduleId,
    slot: &Slot,
) -> Result<bool, StoreError> {
    const QUERY: &str =
        "select schedule_id as id from schedule_slots where schedule_id = $1 and due_at = $2";
    let query = sql(QUERY).bind::<SqlUuid, _>(id.0);
    let query = query.bind::<Timestamptz, _>(At::from(slot.due_at));
    let decided: Option<IdRow> = tx.row(query).await?;
    if decided.is_some() {
        return Ok(false);
    }
    note(tx, id, std::slice::from_ref(slot)).await?;
    Ok(true)
}

row! { LiveRow { number: i64 = BigInt, is_held: bool = Bool } }

/// The executions of a schedule that have not ended, oldest first, and whether each waits for its turn.
pub(crate) async fn live(tx: &mut Tx, id: ScheduleId) -> Result<Vec<(i64, bool)>, StoreError> {
    let rows: Vec<LiveRow> = tx
        .rows(
            sql(
                "select e.number, e.status = 'pending' as is_held from schedule_slots s \
                 join executions e on e.id = s.execution_id \
                 where s.schedule_id = $1 and e.completed_at is null order by e.number",
            )
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.number, row.is_held))
        .collect())
}

row! { IdRow { id: Uuid = SqlUuid } }

/// The schedules that are due, the longest first, but for these.
pub(crate) async fn due(tx: &mut Tx, but: &[ScheduleId]) -> Result<Vec<ScheduleId>, StoreError> {
    let rows: Vec<IdRow> = tx
        .rows(
            sql(
                "select id from schedules where next_due_at <= now() and paused_at is null \
                 and id not in (select unnest($1)) order by next_due_at limit 200",
            )
            .bind::<Array<SqlUuid>, _>(uuids(but)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| ScheduleId(row.id)).collect())
}

row! { NextRow { wait_ms: Option<i64> = Nullable<BigInt> } }

fn uuids(ids: &[ScheduleId]) -> Vec<Uuid> {
    ids.iter().map(|id| id.0).collect()
}

/// Milliseconds until a schedule is due that is none of these; `None` where none is.
pub(crate) async fn next_due(tx: &mut Tx, but: &[ScheduleId]) -> Result<Option<u64>, StoreError> {
    let row: Option<NextRow> = tx
        .row(
            sql(
                "select ceil(extract(epoch from min(next_due_at) - now()) * 1000)::bigint as wait_ms \
                 from schedules where next_due_at is not null and paused_at is null \
                 and id not in (select unnest($1))",
            )
            .bind::<Array<SqlUuid>, _>(uuids(but)),
        )
        .await?;
    let wait = row.and_then(|row| row.wait_ms);
    Ok(wait.map(|ms| u64::try_from(ms).unwrap_or(0)))
}

/// Forgets what came of moments that are a month past, but for the newest of each schedule and those
/// whose execution has not ended.
pub(crate) async fn prune(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(sql(
        "delete from schedule_slots s where s.decided_at < now() - interval '30 days' \
         and s.due_at < (select max(n.due_at) from schedule_slots n where n.schedule_id = s.schedule_id) \
         and not exists (select 1 from executions e where e.id = s.execution_id and e.completed_at is null)",
    ))
    .await?;
    Ok(())
}

row! { ViewRow { view: Value = Jsonb } }

/// Schedules of workflows that may be seen, by name; one of them only, where it is named. Each with so
/// many of its newest moments.
pub(crate) async fn list(
    tx: &mut Tx,
    (name, reach): (Option<&str>, &Reach),
    (after, limit): (Option<String>, i64),
    slots: i64,
) -> Result<Vec<ScheduleView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql("select jsonb_build_object('name', s.name, 'workflow', jsonb_build_object('id', w.id, 'name', w.name, \
                 'version', w.version), 'position', s.position, 'cron', s.cron, 'timezone', s.timezone, \
                 'overlap', s.overlap, 'missed', s.missed, 'inputs', s.inputs, 'runs_as', s.owner, \
                 'created_by', s.created_by, 'created_at', s.created_at, 'paused_by', s.paused_by, \
                 'next_due_at', case when s.paused_at is null then s.next_due_at end, 'slots', ( \
                   select coalesce(jsonb_agg(jsonb_build_object('due_at', n.due_at, 'result', n.result, \
                     'detail', n.detail, 'execution', n.number, 'decided_at', n.decided_at) order by n.due_at desc), '[]') \
                   from (select * from schedule_slots where schedule_id = s.id order by due_at desc limit $6) n)) as view \
                 from schedules s join workflows w on w.id = s.workflow_id where ($1 is null or s.name = $1) \
                 and ($2 is null or s.name > $2) and ($4::text[] is null \
                   or w.grants -> 'view' is null or w.grants -> 'view' ?| $4) \
                 and ($5::text[] is null or w.name = any ($5)) order by s.name limit $3")
            .bind::<Nullable<Text>, _>(name.map(str::to_owned))
            .bind::<Nullable<Text>, _>(after)
            .bind::<BigInt, _>(limit)
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone())
            .bind::<BigInt, _>(slots),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}
