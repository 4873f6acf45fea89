//! Channels: their names, and what was applied.

use pulse_api::{
    http::notifications::{ChannelSpec, ChannelView},
    status::ChannelKind,
};
use serde_json::Value;

use crate::{
    model::grant::Reach,
    store::{
        StoreError, Tx,
        executions::{seen_names, visible},
        sql::{row, sql},
        types::{Array, BigInt, Jsonb, Nullable, Text},
    },
};

row! { SpecRow { spec: Value = Jsonb } }

/// What was applied as this channel.
pub(crate) async fn find(tx: &mut Tx, name: &str) -> Result<Option<ChannelSpec>, StoreError> {
    let row: Option<SpecRow> = tx
        .row(sql("select spec from notification_channels where name = $1").bind::<Text, _>(name))
        .await?;
    let spec = row.map(|row| serde_json::from_value(row.spec));
    Ok(spec.transpose()?)
}

row! { NameRow { name: String = Text } }

/// Those of these channels that are there.
pub(crate) async fn known(tx: &mut Tx, names: &[String]) -> Result<Vec<String>, StoreError> {
    let rows: Vec<NameRow> = tx
        .rows(
            sql("select name from notification_channels where name = any ($1)")
                .bind::<Array<Text>, _>(names.to_vec()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// Has a channel be like this.
pub(crate) async fn put(
    tx: &mut Tx,
    (name, kind): (&str, ChannelKind),
    (spec, by): (&ChannelSpec, &str),
) -> Result<(), StoreError> {
    let events = spec.on.iter().map(|event| event.as_str().to_owned());
    let named = |names: &[String]| Some(names.to_vec()).filter(|names| !names.is_empty());
    tx.run(
        sql(
            "insert into notification_channels (name, kind, spec, events, workflows, created_by, updated_by, monitors) \
             values ($1, $2::channel_kind, $3, $4::notification_event[], $5, $6, $6, $7) on conflict (name) do update \
             set kind = excluded.kind, spec = excluded.spec, events = excluded.events, \
               workflows = excluded.workflows, monitors = excluded.monitors, updated_by = excluded.updated_by, updated_at = now()",
        )
        .bind::<Text, _>(name)
        .bind::<Text, _>(kind.as_str())
        .bind::<Jsonb, _>(serde_json::to_value(spec)?)
        .bind::<Array<Text>, _>(events.collect::<Vec<_>>())
        .bind::<Nullable<Array<Text>>, _>(named(&spec.workflows))
        .bind::<Text, _>(by)
        .bind::<Nullable<Array<Text>>, _>(named(&spec.monitors)),
    )
    .await?;
    Ok(())
}

/// Removes a channel. What it was to be told by itself is dropped; a step that waits for it finds that it
/// is not there.
pub(crate) async fn delete(tx: &mut Tx, name: &str) -> Result<bool, StoreError> {
    let written = tx
        .run(sql("delete from notification_channels where name = $1").bind::<Text, _>(name))
        .await?;
    tx.run(
        sql(
            "update notifications set status = 'dropped', ended_at = now() \
             where channel = $1 and status = 'waiting' and step_path is null",
        )
        .bind::<Text, _>(name),
    )
    .await?;
    Ok(written == 1)
}

row! { ViewRow { view: Value = Jsonb } }

/// What a channel `c` was told of which somebody in these groups (`$4`), who has to do with these workflows
/// only (`$5`), may know: tests are for who sees everything.
macro_rules! told {
    () => {
        concat!(
            "notifications n where n.channel = c.name and (($4::text[] is null and $5::text[] is null) or ( \
               n.event <> 'test' and (n.execution_id is null or exists (select from executions e \
                 left join workflows w on w.id = e.workflow_id where e.id = n.execution_id and ",
            visible!("$4", "$5"),
            "))))"
        )
    };
}

/// Channels by name; one of them only, where it is named. Of the workflows that they name, or start, those are
/// left out that are there and may not be seen; a channel for such workflows only is left out itself.
pub(crate) async fn list(
    tx: &mut Tx,
    (name, reach): (Option<&str>, &Reach),
    (after, limit): (Option<String>, i64),
) -> Result<Vec<ChannelView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                "select jsonb_build_object('name', c.name, 'kind', c.kind, 'spec', \
                   case when started.is_seen then c.spec else c.spec - 'start' end \
                     || case when c.workflows is null then '{}' else jsonb_build_object('workflows', own.names) end, \
                 'waiting', (select count(*) from ", told!(), " and n.status = 'waiting'), \
                 'failed', (select count(*) from ", told!(), " and n.status = 'failed'), \
                 'last', (select jsonb_build_object('status', n.status, 'error', n.last_error, \
                    'at', coalesce(n.ended_at, n.created_at)) from ", told!(), " \
                    and n.attempts > 0 order by n.number desc limit 1), \
                 'created_at', c.created_at, 'created_by', c.created_by, \
                 'updated_at', c.updated_at, 'updated_by', c.updated_by) as view from notification_channels c \
                 cross join lateral (select ", seen_names!("(c.workflows || (c.spec #>> '{start,workflow}'))", "$4", "$5"), " as names) seen \
                 cross join lateral (select array(select name from unnest(c.workflows) with ordinality as o (name, place) \
                   where name = any (seen.names) order by place) as names) own \
                 cross join lateral (select coalesce(c.spec #>> '{start,workflow}' = any (seen.names), true) as is_seen) started \
                 where ($1 is null or c.name = $1) and ($2 is null or c.name > $2) \
                 and (c.workflows is null or own.names <> '{}' or ($4::text[] is null and $5::text[] is null)) \
                 order by c.name limit $3"
            ))
            .bind::<Nullable<Text>, _>(name)
            .bind::<Nullable<Text>, _>(after)
            .bind::<BigInt, _>(limit)
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone()),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}
