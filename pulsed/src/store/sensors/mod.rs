//! Sensors, and what came of what was delivered to them.

pub(crate) mod events;

use pulse_api::{
    ExecutionId, SensorId, WorkflowId,
    http::sensors::{DeliveryView, SensorView},
    status::{DeliveryResult, SensorKind},
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Binary, Jsonb, Nullable, SqlUuid, Text, Word},
};
use crate::model::{grant::Reach, sensor::Sensor};

/// What a document says of a sensor.
pub(crate) struct Spec<'a> {
    pub(crate) name: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) secrets: &'a [String],
    /// The events that it waits for, and of which workflows and monitors.
    pub(crate) events: Vec<&'static str>,
    pub(crate) workflows: &'a [String],
    pub(crate) monitors: &'a [String],
    pub(crate) condition: Option<&'a str>,
}

/// Has a workflow have these sensors and no others. One that its document does not have any more is retired:
/// what it was delivered is remembered, and where it comes back, it is as it was.
pub(crate) async fn put(
    tx: &mut Tx,
    workflow: WorkflowId,
    specs: &[Spec<'_>],
) -> Result<(), StoreError> {
    let names: Vec<&str> = specs.iter().map(|spec| spec.name).collect();
    tx.run(
        sql("update sensors set retired_at = now() \
             where workflow_id = $1 and name <> all ($2) and retired_at is null")
        .bind::<SqlUuid, _>(workflow.0)
        .bind::<Array<Text>, _>(names),
    )
    .await?;
    if specs.is_empty() {
        return Ok(());
    }
    // None of them means all of them.
    let named = |names: &[String]| Some(names.to_vec()).filter(|names| !names.is_empty());
    let rows: Vec<Value> = specs
        .iter()
        .map(|spec| {
            json!({"id": SensorId::new(), "name": spec.name, "kind": spec.kind, "secrets": spec.secrets,
                "events": spec.events, "workflows": named(spec.workflows), "monitors": named(spec.monitors),
                "condition": spec.condition})
        })
        .collect();
    tx.run(
        sql("insert into sensors (id, workflow_id, name, kind, secrets, events, workflows, monitors, condition) \
             select v.id, $1, v.name, v.kind::sensor_kind, v.secrets, v.events::notification_event[], \
               v.workflows, v.monitors, v.condition from jsonb_to_recordset($2) as v (id uuid, name text, \
               kind text, secrets text[], events text[], workflows text[], monitors text[], condition text) \
             on conflict (workflow_id, name) do update set kind = excluded.kind, secrets = excluded.secrets, \
               events = excluded.events, workflows = excluded.workflows, monitors = excluded.monitors, \
               condition = excluded.condition, retired_at = null")
            .bind::<SqlUuid, _>(workflow.0)
            .bind::<Jsonb, _>(Value::Array(rows)),
    )
    .await?;
    Ok(())
}

row! { SensorRow {
    id: Uuid = SqlUuid,
    workflow_id: Uuid = SqlUuid,
    workflow: String = Text,
    name: String = Text,
    kind: Word<SensorKind> = Text,
    secrets: Vec<String> = Array<Text>,
    paused_by: Option<String> = Nullable<Text>,
} }

impl From<SensorRow> for Sensor {
    fn from(row: SensorRow) -> Self {
        Self {
            id: SensorId(row.id),
            workflow: WorkflowId(row.workflow_id),
            name: (row.workflow, row.name),
            kind: row.kind.0,
            secrets: row.secrets,
            paused_by: row.paused_by,
        }
    }
}

macro_rules! sensor {
    ($which:literal) => {
        concat!(
            "select s.id, s.workflow_id, w.name as workflow, s.name, s.kind::text, s.secrets, s.paused_by \
             from sensors s join workflows w on w.id = s.workflow_id \
             where w.deleted_at is null and s.retired_at is null and ",
            $which
        )
    };
}

/// A sensor of a live workflow, by the names of both.
pub(crate) async fn find(
    tx: &mut Tx,
    (workflow, name): (&str, &str),
) -> Result<Option<Sensor>, StoreError> {
    let row: Option<SensorRow> = tx
        .row(
            sql(sensor!("w.name = $1 and s.name = $2"))
                .bind::<Text, _>(workflow)
                .bind::<Text, _>(name),
        )
        .await?;
    Ok(row.map(Sensor::from))
}

/// A sensor of a live workflow, whatever it is called by now. Until the end of the transaction nobody
/// retires it: whoever does so then finds what was delivered.
pub(crate) async fn hold(tx: &mut Tx, id: SensorId) -> Result<Option<Sensor>, StoreError> {
    let row: Option<SensorRow> = tx
        .row(sql(sensor!("s.id = $1 for share of s")).bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(row.map(Sensor::from))
}

/// Pauses a sensor, or lets it go on. Who paused it first stays.
pub(crate) async fn set_pause(
    tx: &mut Tx,
    id: SensorId,
    by: Option<&str>,
) -> Result<(), StoreError> {
    tx.run(
        sql("update sensors set paused_at = case when $2 is null then null else now() end, paused_by = $2 \
             where id = $1 and (paused_at is null) <> ($2 is null)")
        .bind::<SqlUuid, _>(id.0)
        .bind::<Nullable<Text>, _>(by),
    )
    .await?;
    Ok(())
}

/// A delivery that is genuine.
pub(crate) struct Received<'a> {
    pub(crate) digest: &'a [u8],
    pub(crate) delivery: Option<String>,
    pub(crate) event: Option<String>,
}

row! { ReceivedRow {
    id: i64 = BigInt,
    execution_id: Option<Uuid> = Nullable<SqlUuid>,
    number: Option<i64> = Nullable<BigInt>,
} }

/// A delivery's locked row, and what it has started before.
pub(crate) struct Known {
    pub(crate) id: i64,
    pub(crate) started: Option<(ExecutionId, i64)>,
}

/// Notes that a delivery came, once more where it is known. Its row is locked then: whoever has the same
/// one waits, and finds what came of it. What a sensor has started that is retired, or whose workflow was
/// deleted, was started for those that stand in its workflow's place by now.
pub(crate) async fn receive(
    tx: &mut Tx,
    sensor: &Sensor,
    received: Received<'_>,
) -> Result<Known, StoreError> {
    let row: Option<ReceivedRow> = tx
        .row(
            sql(
                "insert into sensor_deliveries (sensor_id, digest, delivery, event, result, execution_id, number) \
                 select $1, $2, $3, $4, v.result::delivery_result, e.execution_id, e.number from ( \
                   select d.execution_id, d.number from sensor_deliveries d \
                   join sensors s on s.id = d.sensor_id join workflows w on w.id = s.workflow_id \
                   where d.digest = $2 and d.execution_id is not null \
                   and (w.id = $5 and s.retired_at is not null or w.name = $6 and w.deleted_at is not null) \
                   order by d.id limit 1) e \
                 right join (select) one on true \
                 cross join lateral (select case when e.execution_id is null then 'refused' else 'started' end) \
                   as v (result) \
                 on conflict (sensor_id, digest) do update \
                 set times = sensor_deliveries.times + 1, last_at = now() \
                 returning id, execution_id, number",
            )
            .bind::<SqlUuid, _>(sensor.id.0)
            .bind::<Binary, _>(received.digest)
            .bind::<Nullable<Text>, _>(received.delivery)
            .bind::<Nullable<Text>, _>(received.event)
            .bind::<SqlUuid, _>(sensor.workflow.0)
            .bind::<Text, _>(sensor.name.0.as_str()),
        )
        .await?;
    let row = row.ok_or(StoreError::Stale)?;
    let started = row.execution_id.map(ExecutionId).zip(row.number);
    Ok(Known {
        id: row.id,
        started,
    })
}

/// Notes what came of a delivery whose row is locked.
pub(crate) async fn decide(
    tx: &mut Tx,
    id: i64,
    (result, detail): (DeliveryResult, Option<&str>),
    started: Option<(ExecutionId, i64)>,
) -> Result<(), StoreError> {
    tx.run(
        sql("update sensor_deliveries set result = $2::delivery_result, detail = $3, execution_id = $4, \
             number = $5 where id = $1")
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(result.as_str())
        .bind::<Nullable<Text>, _>(detail)
        .bind::<Nullable<SqlUuid>, _>(started.map(|(execution, _)| execution.0))
        .bind::<Nullable<BigInt>, _>(started.map(|(_, number)| number)),
    )
    .await?;
    Ok(())
}

/// Forgets deliveries that came long ago: a month where nothing was started, half a year where
/// something was, so that the same bytes do not soon start it again. A sensor that was retired is forgotten
/// after all that it was delivered.
pub(crate) async fn prune(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(sql(
        "delete from sensor_deliveries where last_at < now() - interval '30 days' \
         and (result <> 'started' or last_at < now() - interval '180 days')",
    ))
    .await?;
    tx.run(sql(
        "delete from sensors s where retired_at < now() - interval '180 days' \
         and not exists (select from sensor_deliveries d where d.sensor_id = s.id)",
    ))
    .await?;
    Ok(())
}

row! { ViewRow { view: Value = Jsonb } }

/// SQL: a delivery `d` as it is shown.
macro_rules! delivery_view {
    () => {
        "jsonb_build_object('id', d.id, 'delivery', coalesce(d.delivery, 'prompt ' || d.about_prompt, \
           (select '#' || e.number from executions e where e.id = d.about_execution), 'incident ' || d.about_incident), \
         'event', d.event, 'result', coalesce(d.result::text, 'waiting'), 'detail', d.detail, 'execution', d.number, \
         'times', d.times, 'received_at', d.received_at, 'last_at', d.last_at)"
    };
}

/// Sensors of workflows that may be seen, by name; one of them only, where it is named. Each with so many
/// of its newest deliveries.
pub(crate) async fn list(
    tx: &mut Tx,
    (name, reach): (Option<&str>, &Reach),
    (after, limit): (Option<String>, i64),
    deliveries: i64,
) -> Result<Vec<SensorView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!("select jsonb_build_object('name', w.name || '.' || s.name, 'workflow', \
                   jsonb_build_object('id', w.id, 'name', w.name, 'version', w.version), 'kind', s.kind, \
                 'path', case when s.events = '{}' then '/api/v1/hooks/' || w.name \
                   || case when s.name = 'webhook' then '' else '/' || s.name end end, \
                 'on', s.events, 'workflows', coalesce(s.workflows, '{}'), 'monitors', coalesce(s.monitors, '{}'), \
                 'secrets', s.secrets, 'missing_secrets', array(select own.name from unnest(s.secrets) as own (name) \
                   where not exists (select 1 from secrets x where x.name = own.name \
                     and (x.workflows is null or w.name = any (x.workflows)))), \
                 'when', s.condition, 'paused_by', s.paused_by, 'created_at', s.created_at, 'deliveries', ( \
                   select coalesce(jsonb_agg(", delivery_view!(), " order by d.id desc), '[]') \
                   from (select * from sensor_deliveries where sensor_id = s.id order by id desc limit $6) d)) as view \
                 from sensors s join workflows w on w.id = s.workflow_id \
                 where w.deleted_at is null and s.retired_at is null and ($1 is null or w.name || '.' || s.name = $1) \
                 and ($2 is null or (w.name || '.' || s.name) collate \"C\" > $2 collate \"C\") \
                 and ($4::text[] is null or w.grants -> 'view' is null or w.grants -> 'view' ?| $4) \
                 and ($5::text[] is null or w.name = any ($5)) \
                 order by (w.name || '.' || s.name) collate \"C\" limit $3"))
            .bind::<Nullable<Text>, _>(name)
            .bind::<Nullable<Text>, _>(after)
            .bind::<BigInt, _>(limit)
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone())
            .bind::<BigInt, _>(deliveries),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

/// What came of the deliveries to a sensor, newest first.
pub(crate) async fn deliveries(
    tx: &mut Tx,
    sensor: SensorId,
    (before, limit): (Option<i64>, i64),
) -> Result<Vec<DeliveryView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                "select ",
                delivery_view!(),
                " as view from sensor_deliveries d \
                 where d.sensor_id = $1 and ($2 is null or d.id < $2) order by d.id desc limit $3"
            ))
            .bind::<SqlUuid, _>(sensor.0)
            .bind::<Nullable<BigInt>, _>(before)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}
