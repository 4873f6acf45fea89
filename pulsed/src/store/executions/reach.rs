//! Which executions somebody may see, and what they let somebody do.

use pulse_api::ExecutionId;
use serde_json::Value;

use super::IdRow;
use crate::{
    model::grant::{Grants, Reach, Right},
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, BigInt, Jsonb, Nullable, SqlUuid, Text},
    },
};

/// How an execution is named by people.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Name {
    Id(ExecutionId),
    Number(i64),
}

/// Whether an execution `e`, of a workflow `w` if any, may be seen by somebody in these groups, who
/// has to do with these workflows only; null for an admin, and for all of them.
macro_rules! visible {
    ($groups:literal, $workflows:literal) => {
        concat!(
            "(",
            $groups,
            "::text[] is null or w.grants -> 'view' is null or w.grants -> 'view' ?| ",
            $groups,
            ") and (",
            $workflows,
            "::text[] is null or w.name = any (",
            $workflows,
            "))"
        )
    };
}
pub(in crate::store) use visible;

/// An array of workflows' names, in its order, without those that are there and may not be seen by somebody
/// in these groups, who has to do with these workflows only.
macro_rules! seen_names {
    ($names:literal, $groups:literal, $workflows:literal) => {
        concat!(
            "array(select own.name from unnest(",
            $names,
            ") with ordinality as own (name, place) where (",
            $workflows,
            "::text[] is null or own.name = any (",
            $workflows,
            ")) and (",
            $groups,
            "::text[] is null or not exists (select from workflows w where w.name = own.name \
               and w.deleted_at is null and not coalesce(w.grants -> 'view' ?| ",
            $groups,
            ", true))) order by own.place)"
        )
    };
}
pub(in crate::store) use seen_names;

/// The id behind a name, of what may be seen.
pub(crate) async fn find(
    tx: &mut Tx,
    name: Name,
    reach: &Reach,
) -> Result<Option<ExecutionId>, StoreError> {
    let query = match name {
        Name::Id(id) => sql(concat!(
            "select e.id from executions e left join workflows w on w.id = e.workflow_id \
             where e.id = $1 and ",
            visible!("$2", "$3")
        ))
        .bind::<SqlUuid, _>(id.0),
        Name::Number(number) => sql(concat!(
            "select e.id from executions e left join workflows w on w.id = e.workflow_id \
             where e.number = $1 and ",
            visible!("$2", "$3")
        ))
        .bind::<BigInt, _>(number),
    };
    let query = query
        .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
        .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone());
    let row: Option<IdRow> = tx.row(query).await?;
    Ok(row.map(|row| ExecutionId(row.id)))
}

row! { GrantsRow {
    workflow_name: Option<String> = Nullable<Text>,
    grants: Option<Value> = Nullable<Jsonb>,
} }

/// Whether an execution lets somebody do this; not where there is none.
pub(crate) async fn allows(
    tx: &mut Tx,
    id: ExecutionId,
    (reach, right): (&Reach, Right),
) -> Result<bool, StoreError> {
    let row: Option<GrantsRow> = tx
        .row(
            sql(
                "select w.name as workflow_name, w.grants from executions e \
                 left join workflows w on w.id = e.workflow_id where e.id = $1",
            )
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    let Some(row) = row else { return Ok(false) };
    let grants: Option<Grants> = row.grants.map(serde_json::from_value).transpose()?;
    Ok(reach.includes(right, (row.workflow_name.as_deref(), grants.as_ref())))
}
