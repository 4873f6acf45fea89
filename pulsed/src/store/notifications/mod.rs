//! What is to be told, written together with what it tells of, and who tries to tell it.

pub(crate) mod channels;
mod views;

use pulse_api::{
    ExecutionId,
    status::{ExecutionStatus, NotificationEvent},
};
use uuid::Uuid;

pub(crate) use self::views::{Filter, list};
use super::{
    StoreError, Tx,
    sql::{Statement, row, sql},
    types::{Array, At, BigInt, Bool, Integer, Nullable, SqlUuid, Text, Timestamptz, Word, moment},
    writes::{TOLD, Write, write},
};
use crate::model::{
    changes::NewNotice,
    execution::Execution,
    notification::{About, Asked, Incident, Notice},
};

/// SQL: what an execution's workflow is called now, of the execution's id and the name that it started
/// with. Of an execution without a workflow, and of one that begins with this statement, it is that name.
macro_rules! called_now {
    ($execution:literal, $name:literal) => {
        concat!(
            "coalesce((select w.name from executions e join workflows w on w.id = e.workflow_id where e.id = ",
            $execution,
            "), ",
            $name,
            ")"
        )
    };
}
pub(in crate::store) use called_now;

/// Who started what a channel has started.
pub(crate) const BY_CHANNEL: &str = "channel:";
/// Who started what an event has.
pub(crate) const BY_EVENT: &str = "event:";

/// Whether this stands for something that has happened as who started something. Its end is told to no
/// channel that starts workflows, and starts nothing itself: one that fails could start itself for ever.
pub(crate) fn is_reaction(started_by: &str) -> bool {
    [BY_CHANNEL, BY_EVENT]
        .iter()
        .any(|by| started_by.starts_with(by))
}

/// Tells the channels that want it of executions that end. One that a step of another runs is told of
/// only where its workflow is named: the other's end tells of it.
pub(in crate::store) fn tell<'a>(ended: &[&'a Execution]) -> Write<'a> {
    let statement = sql(concat!(
        "insert into notifications (channel, event, execution_id, give_up_at) \
         select c.name, v.event::notification_event, v.id, now() + interval '1 day' \
         from unnest($1, $2, $3, $4, $5) as v (id, event, workflow, is_inner, is_reaction) \
         cross join notification_channels c where v.event::notification_event = any (c.events) and (",
        called_now!("v.id", "v.workflow"),
        " = any (c.workflows) or (c.workflows is null and not v.is_inner)) \
           and not (c.kind = 'workflow' and v.is_reaction) returning 1",
    ));
    write(TOLD, ended.len(), with_ends(statement, ended))
}

/// A statement with executions that end, as `unnest($1, $2, $3, $4, $5) as v (id, event, workflow, is_inner,
/// is_reaction)`.
pub(in crate::store) fn with_ends<'a>(
    statement: Statement<'a>,
    ended: &[&'a Execution],
) -> Statement<'a> {
    let each = || ended.iter();
    statement
        .bind::<Array<SqlUuid>, _>(each().map(|e| e.id.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(each().map(|e| e.status().as_str()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(each().map(|e| e.workflow.as_deref()).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(each().map(|e| e.parent.is_some()).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(
            each()
                .map(|e| is_reaction(&e.started_by))
                .collect::<Vec<_>>(),
        )
}

/// Adds the messages that steps send.
pub(in crate::store) fn insert(notices: &[NewNotice]) -> Write<'_> {
    let ms = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
    let each = || notices.iter();
    let statement = sql(
        "insert into notifications (channel, event, execution_id, step_path, message, give_up_at) \
         select v.channel, 'step', v.execution_id, v.step, v.message, now() + v.timeout_ms * interval '1 millisecond' \
         from unnest($1, $2, $3, $4, $5) as v (channel, execution_id, step, message, timeout_ms)",
    )
    .bind::<Array<Text>, _>(each().map(|n| n.channel.as_str()).collect::<Vec<_>>())
    .bind::<Array<SqlUuid>, _>(each().map(|n| n.execution.0).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(each().map(|n| n.step.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(each().map(|n| n.message.as_str()).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(each().map(|n| ms(n.timeout_ms)).collect::<Vec<_>>());
    write("new_notices", notices.len(), statement)
}

/// Has nobody be told what these steps of a locked execution say: the steps were ended.
pub(crate) fn drop_of_steps(tx: &mut Tx, execution: ExecutionId, steps: Vec<String>) {
    tx.run_last(
        sql(
            "update notifications set status = 'dropped', ended_at = now() \
             where execution_id = $1 and step_path = any ($2) and status = 'waiting'",
        )
        .bind::<SqlUuid, _>(execution.0)
        .bind::<Array<Text>, _>(steps),
    );
}

/// SQL: whether it is the turn of the waiting notification `n`: what a channel is told of one monitor it is told in
/// the order in which it happened, or the last word of it could be an older one.
macro_rules! is_next {
    () => {
        "(n.monitor is null or not exists (select from notifications b where b.status = 'waiting' \
           and b.channel = n.channel and b.monitor = n.monitor and b.number < n.number))"
    };
}

row! { DueRow { channel: String = Text, wait_ms: i64 = BigInt } }

/// The channels for which something waits, and in how many milliseconds the first of it is due, or was. Each is
/// found by a probe of the index, however much waits for one of them.
pub(crate) async fn waiting(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    let rows: Vec<DueRow> = tx
        .rows(sql(concat!("with recursive names (channel) as ( \
               (select channel from notifications where status = 'waiting' order by channel limit 1) \
               union all select (select n.channel from notifications n where n.status = 'waiting' \
                 and n.channel > names.channel order by n.channel limit 1) from names where names.channel is not null) \
             select names.channel, (select ceil(extract(epoch from min(n.due_at) - now()) * 1000)::bigint \
               from notifications n where n.status = 'waiting' and n.channel = names.channel and ", is_next!(), ") as wait_ms \
             from names where names.channel is not null")))
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.channel, row.wait_ms))
        .collect())
}

row! { ClaimedRow {
    id: Uuid = SqlUuid,
    channel: String = Text,
    event: Word<NotificationEvent> = Text,
    attempts: i32 = Integer,
    left_ms: i64 = BigInt,
    created_at: At = Timestamptz,
    step_path: Option<String> = Nullable<Text>,
    message: Option<String> = Nullable<Text>,
    last_error: Option<String> = Nullable<Text>,
    execution_id: Option<Uuid> = Nullable<SqlUuid>,
    number: Option<i64> = Nullable<BigInt>,
    workflow: Option<String> = Nullable<Text>,
    status: Option<Word<ExecutionStatus>> = Nullable<Text>,
    outcome: Option<String> = Nullable<Text>,
    started_by: Option<String> = Nullable<Text>,
    reason: Option<String> = Nullable<Text>,
    began_at: Option<At> = Nullable<Timestamptz>,
    completed_at: Option<At> = Nullable<Timestamptz>,
    failed_step: Option<String> = Nullable<Text>,
    prompt: Option<i64> = Nullable<BigInt>,
    asked: Option<String> = Nullable<Text>,
    options: Option<Vec<String>> = Nullable<Array<Text>>,
    incident: Option<i64> = Nullable<BigInt>,
    monitor: Option<String> = Nullable<Text>,
    cause: Option<String> = Nullable<Text>,
    regions: Option<Vec<String>> = Nullable<Array<Text>>,
    opened_at: Option<At> = Nullable<Timestamptz>,
    closed_at: Option<At> = Nullable<Timestamptz>,
    closed_because: Option<String> = Nullable<Text>,
} }

/// A notification in the hands of whoever has claimed it.
#[derive(Debug, Clone)]
pub(crate) struct Claimed {
    pub(crate) notice: Notice,
    /// Which try it is: what is reported of it counts while it is the newest.
    pub(crate) attempt: i32,
    /// Milliseconds until it is given up; none are left for one that is not to be tried any more.
    pub(crate) left_ms: Option<u64>,
    /// Why the try before did not succeed.
    pub(crate) last_error: Option<String>,
}

impl Claimed {
    /// The execution whose step ends with it.
    pub(crate) fn step(&self) -> Option<(ExecutionId, &str)> {
        let execution = self.notice.execution.as_ref()?;
        let step = self.notice.step.as_deref()?;
        Some((ExecutionId(execution.id), step))
    }
}

impl From<ClaimedRow> for Claimed {
    fn from(row: ClaimedRow) -> Self {
        let about = |id: Uuid| {
            Some(About {
                id,
                number: row.number?,
                workflow: row.workflow,
                status: row.status?.0,
                outcome: row.outcome,
                started_by: row.started_by?,
                reason: row.reason,
                created_at: row.began_at?.to_jiff(),
                completed_at: moment(row.completed_at),
                failed_step: row.failed_step,
            })
        };
        let asked = row.prompt.and_then(|number| {
            Some(Asked {
                number,
                message: row.asked?,
                options: row.options?,
            })
        });
        let incident = row.incident.and_then(|number| {
            Some(Incident {
                number,
                monitor: row.monitor?,
                cause: row.cause?,
                regions: row.regions?,
                opened_at: row.opened_at?.to_jiff(),
                closed_at: moment(row.closed_at),
                closed_because: row.closed_because,
            })
        });
        Self {
            notice: Notice {
                id: row.id,
                channel: row.channel,
                event: row.event.0,
                at: row.created_at.to_jiff(),
                execution: row.execution_id.and_then(about),
                step: row.step_path,
                message: row.message,
                prompt: asked,
                incident,
            },
            attempt: row.attempts,
            left_ms: u64::try_from(row.left_ms).ok().filter(|left| *left > 0),
            last_error: row.last_error,
        }
    }
}

/// What a claimed notification `n` is, with what it is about.
macro_rules! claimed {
    () => {
        " select n.id, n.channel, n.event, n.attempts, n.step_path, n.message, n.created_at, n.last_error, \
           floor(extract(epoch from n.give_up_at - now()) * 1000)::bigint as left_ms, \
           e.id as execution_id, e.number, e.workflow_name as workflow, e.status, e.outcome, e.started_by, e.reason, \
           e.created_at as began_at, e.completed_at, n.prompt, p.message as asked, p.options, \
           n.incident, i.monitor, i.cause, i.regions, i.opened_at, i.closed_at, i.closed_because, \
           case when n.event = 'failed' then (select s.path from steps s where s.execution_id = e.id \
             and s.status = 'failed' and s.kind <> 'group' order by s.ended_order limit 1) end as failed_step \
         from claimed n left join executions e on e.id = n.execution_id left join prompts p on p.number = n.prompt \
           left join incidents i on i.number = n.incident \
         order by n.number"
    };
}
pub(in crate::store) use claimed;

/// What of that which is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    All,
    /// What is to be given up.
    Late,
}

/// Takes what is due for a channel, for so many milliseconds: if nothing is heard of the try until then,
/// somebody else tries. A row that another has in hand is left alone.
pub(crate) async fn claim(
    tx: &mut Tx,
    (channel, due): (&str, Due),
    (count, lease_ms): (i64, u64),
) -> Result<Vec<Claimed>, StoreError> {
    let claim: Statement<'_> = sql(concat!(
        "with claimed as (update notifications set attempts = attempts + 1, \
           due_at = now() + $3 * interval '1 millisecond' \
         where id in (select n.id from notifications n where n.channel = $1 and n.status = 'waiting' \
             and n.due_at <= now() and ($4 or n.give_up_at <= now()) and ",
        is_next!(),
        " order by n.due_at limit $2 for update skip locked) returning *)",
        claimed!()
    ));
    let rows: Vec<ClaimedRow> = tx
        .rows(
            claim
                .bind::<Text, _>(channel)
                .bind::<BigInt, _>(count)
                .bind::<BigInt, _>(i64::try_from(lease_ms).unwrap_or(i64::MAX))
                .bind::<Bool, _>(due == Due::All),
        )
        .await?;
    Ok(rows.into_iter().map(Claimed::from).collect())
}

row! { IdRow { id: Uuid = SqlUuid } }

/// Adds a test, which is tried once: by whoever adds it, within so many milliseconds.
pub(crate) async fn insert_test(
    tx: &mut Tx,
    channel: &str,
    within_ms: u64,
) -> Result<Uuid, StoreError> {
    let row: Option<IdRow> = tx
        .row(
            sql("insert into notifications (channel, event, due_at, give_up_at) \
                 values ($1, 'test', now() + $2 * interval '1 millisecond', now() + $2 * interval '1 millisecond') \
                 returning id")
                .bind::<Text, _>(channel)
                .bind::<BigInt, _>(i64::try_from(within_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    Ok(row.ok_or(StoreError::Stale)?.id)
}

/// Takes a test that nobody has tried.
pub(crate) async fn take_test(tx: &mut Tx, id: Uuid) -> Result<Option<Claimed>, StoreError> {
    let row: Option<ClaimedRow> = tx
        .row(
            sql(concat!(
                "with claimed as (update notifications set attempts = 1 \
                 where id = $1 and attempts = 0 and status = 'waiting' returning *)",
                claimed!()
            ))
            .bind::<SqlUuid, _>(id),
        )
        .await?;
    Ok(row.map(Claimed::from))
}

/// Locks a notification while it waits and this try is the newest one; gives whether it is so.
pub(crate) async fn lock_tried(
    tx: &mut Tx,
    (id, attempt): (Uuid, i32),
) -> Result<bool, StoreError> {
    let row: Option<IdRow> = tx
        .row(
            sql("select id from notifications where id = $1 and attempts = $2 and status = 'waiting' for update")
                .bind::<SqlUuid, _>(id)
                .bind::<Integer, _>(attempt),
        )
        .await?;
    Ok(row.is_some())
}

/// Notes that it was accepted, also where nobody wanted it any more by then.
pub(crate) async fn delivered(tx: &mut Tx, (id, attempt): (Uuid, i32)) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update notifications set status = 'delivered', ended_at = now(), last_error = null \
             where id = $1 and attempts = $2 and status in ('waiting', 'dropped')",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Integer, _>(attempt),
    )
    .await?;
    Ok(())
}

/// Notes why a try did not succeed, and tries again in so many milliseconds, or when it is to be given up.
pub(crate) async fn try_later(
    tx: &mut Tx,
    (id, attempt): (Uuid, i32),
    (pause_ms, error): (u64, &str),
) -> Result<(), StoreError> {
    tx.run(
        sql("update notifications set last_error = $3, \
               due_at = least(now() + $4 * interval '1 millisecond', give_up_at) \
             where id = $1 and attempts = $2 and status = 'waiting'")
        .bind::<SqlUuid, _>(id)
        .bind::<Integer, _>(attempt)
        .bind::<Text, _>(error)
        .bind::<BigInt, _>(i64::try_from(pause_ms).unwrap_or(i64::MAX)),
    )
    .await?;
    Ok(())
}

/// Gives it up.
pub(crate) async fn fail(
    tx: &mut Tx,
    (id, attempt): (Uuid, i32),
    error: &str,
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update notifications set status = 'failed', ended_at = now(), last_error = $3 \
             where id = $1 and attempts = $2 and status = 'waiting'",
        )
        .bind::<SqlUuid, _>(id)
        .bind::<Integer, _>(attempt)
        .bind::<Text, _>(error),
    )
    .await?;
    Ok(())
}

/// Forgets what ended a month ago.
pub(crate) async fn prune(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "delete from notifications where id in (select id from notifications \
         where ended_at < now() - interval '30 days' limit 50000)",
    ))
    .await
}
