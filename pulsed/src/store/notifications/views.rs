//! What was to be told, as it is shown.

use pulse_api::{http::notifications::NotificationView, status::NotificationStatus};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    model::grant::Reach,
    store::{
        StoreError, Tx,
        executions::visible,
        sql::{row, sql},
        types::{Array, BigInt, Jsonb, Nullable, SqlUuid, Text},
    },
};

/// Which notifications are meant.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    pub(crate) channel: Option<String>,
    pub(crate) status: Option<NotificationStatus>,
    /// One only, by its id.
    pub(crate) id: Option<Uuid>,
}

row! { ViewRow { view: Value = Jsonb } }

/// Notifications about executions that may be seen, newest first.
pub(crate) async fn list(
    tx: &mut Tx,
    (filter, reach): (&Filter, &Reach),
    (before, limit): (Option<i64>, i64),
) -> Result<Vec<NotificationView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                "select jsonb_build_object('id', n.id, 'number', n.number, 'channel', n.channel, 'event', n.event, \
                   'execution', e.number, 'incident', n.incident, 'step', n.step_path, 'prompt', n.prompt, 'status', n.status, \
                   'attempts', n.attempts, 'last_error', n.last_error, 'created_at', n.created_at, \
                   'due_at', case when n.status = 'waiting' then n.due_at end, 'ended_at', n.ended_at) as view \
                 from notifications n left join executions e on e.id = n.execution_id \
                 left join workflows w on w.id = e.workflow_id \
                 where ($1 is null or n.channel = $1) and ($2 is null or n.status::text = $2) \
                 and ($3 is null or n.id = $3) and ($4 is null or n.number < $4) \
                 and (n.event <> 'test' or ($6::text[] is null and $7::text[] is null)) and (e.id is null or (",
                visible!("$6", "$7"),
                ")) order by n.number desc limit $5"
            ))
            .bind::<Nullable<Text>, _>(filter.channel.clone())
            .bind::<Nullable<Text>, _>(filter.status.map(NotificationStatus::as_str))
            .bind::<Nullable<SqlUuid>, _>(filter.id)
            .bind::<Nullable<BigInt>, _>(before)
            .bind::<BigInt, _>(limit)
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone()),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}
