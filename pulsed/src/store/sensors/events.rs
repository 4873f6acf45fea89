//! Events that documents wait for: noted by the statement that makes them happen, and decided afterwards.

use pulse_api::SensorId;
use uuid::Uuid;

use crate::{
    model::{execution::Execution, notification::Notice},
    store::{
        StoreError, Tx,
        notifications::{Claimed, ClaimedRow, called_now, claimed, with_ends},
        sql::{row, sql},
        types::{Array, BigInt, SqlUuid},
        writes::{HEARD, Write, write},
    },
};

/// SQL: notes an event for each sensor `s` of a newest document that waits for it: of the event and what it
/// is about; the columns that say so, and their values; where it comes from, and whether `s` wants it.
macro_rules! heard {
    (($event:literal, $about:literal), ($columns:literal, $values:literal), $from:literal, $($wanted:tt)+) => {
        concat!(
            "insert into sensor_deliveries (sensor_id, digest, event, result, ", $columns, ") \
             select s.id, sha256(convert_to(", $event, "::text || ' ' || ", $about, "::text, 'UTF8')), ",
            $event, "::text, null, ", $values, " from ", $from, " cross join sensors s \
             where s.events <> '{}' and s.retired_at is null and ", $event, "::text::notification_event = any (s.events) \
               and exists (select from workflows w where w.id = s.workflow_id and w.deleted_at is null) and ",
            $($wanted)+,
            " on conflict do nothing returning 1"
        )
    };
}
pub(in crate::store) use heard;

/// Notes executions that end for the documents that wait for it. One that a step of another runs is noted
/// only where its workflow is named: the other's end tells of it.
pub(in crate::store) fn hear<'a>(ended: &[&'a Execution]) -> Write<'a> {
    let statement = sql(heard!(
        ("v.event", "v.id"),
        ("about_execution", "v.id"),
        "unnest($1, $2, $3, $4, $5) as v (id, event, workflow, is_inner, is_reaction)",
        concat!(
            "not v.is_reaction and (",
            called_now!("v.id", "v.workflow"),
            " = any (s.workflows) or (s.workflows is null and not v.is_inner))"
        )
    ));
    write(HEARD, ended.len(), with_ends(statement, ended))
}

row! { IdRow { id: i64 = BigInt } }

/// What is still to be decided, but for that which is left alone, oldest first.
pub(crate) async fn undecided(tx: &mut Tx, but: &[i64]) -> Result<Vec<i64>, StoreError> {
    let rows: Vec<IdRow> = tx
        .rows(
            sql("select id from sensor_deliveries where result is null and id <> all ($1) order by id limit 100")
                .bind::<Array<BigInt>, _>(but.to_vec()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

row! { SensorRow { sensor_id: Uuid = SqlUuid } }

/// Locks an event that is still to be decided, unless somebody has it; gives for whom it is.
pub(crate) async fn lock(tx: &mut Tx, id: i64) -> Result<Option<SensorId>, StoreError> {
    let row: Option<SensorRow> = tx
        .row(
            sql("select sensor_id from sensor_deliveries where id = $1 and result is null for update skip locked")
                .bind::<BigInt, _>(id),
        )
        .await?;
    Ok(row.map(|row| SensorId(row.sensor_id)))
}

/// What a locked event says; none where what it is about is gone.
pub(crate) async fn notice(tx: &mut Tx, id: i64) -> Result<Option<Notice>, StoreError> {
    let row: Option<ClaimedRow> = tx
        .row(
            sql(concat!(
                "with claimed as (select gen_random_uuid() as id, d.id as number, '' as channel, \
                   d.event::notification_event as event, 1 as attempts, null::text as step_path, \
                   null::text as message, d.received_at as created_at, null::text as last_error, \
                   now() as give_up_at, d.about_execution as execution_id, d.about_prompt as prompt, \
                   d.about_incident as incident from sensor_deliveries d where d.id = $1)",
                claimed!()
            ))
            .bind::<BigInt, _>(id),
        )
        .await?;
    let notice = row.map(|row| Claimed::from(row).notice);
    Ok(notice.filter(|notice| notice.execution.is_some() || notice.incident.is_some()))
}
