//! Workflows and their versions.

use std::fmt;

use pulse_api::WorkflowId;
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Binary, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz},
};
use crate::model::{
    grant::Reach,
    workflow::{Paused, Version, name_for},
};

row! { HeadRow {
    id: Uuid = SqlUuid,
    name: String = Text,
    version: i32 = Integer,
    definition: Vec<u8> = Binary,
    grants: Option<Value> = Nullable<Jsonb>,
    paused_by: Option<String> = Nullable<Text>,
    paused_at: Option<At> = Nullable<Timestamptz>,
    paused_reason: Option<String> = Nullable<Text>,
} }

impl TryFrom<HeadRow> for Version {
    type Error = StoreError;

    fn try_from(row: HeadRow) -> Result<Self, StoreError> {
        let paused = row.paused_by.zip(row.paused_at);
        Ok(Self {
            paused: paused.map(|(by, at)| Paused {
                by,
                at: at.to_jiff(),
                reason: row.paused_reason,
            }),
            workflow: WorkflowId(row.id),
            name: row.name,
            number: row.version,
            definition: row.definition,
            grants: row.grants.map(serde_json::from_value).transpose()?,
        })
    }
}

/// How a live workflow is named.
#[derive(Debug, Clone)]
pub(crate) enum Name {
    Id(WorkflowId),
    Name(String),
}

impl Name {
    /// What somebody means who types this: an id, a name, or a free name that became one.
    pub(crate) fn meant(text: &str) -> Self {
        match text.parse() {
            Ok(id) => Self::Id(id),
            Err(_) => Self::Name(name_for(text).unwrap_or_else(|| text.replace('\0', ""))),
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Name(name) => name.fmt(f),
        }
    }
}

/// The newest version of a live workflow, its row locked: for others who change it, and not for
/// executions and schedules, which refer to it.
pub(crate) async fn lock(tx: &mut Tx, name: &str) -> Result<Option<Version>, StoreError> {
    let row: Option<HeadRow> = tx
        .row(
            sql(
                "select w.id, w.name, w.version, v.definition, w.grants, w.paused_by, w.paused_at, \
                 w.paused_reason from workflows w \
                 join workflow_versions v on v.workflow_id = w.id and v.version = w.version \
                 where w.name = $1 and w.deleted_at is null for no key update of w",
            )
            .bind::<Text, _>(name),
        )
        .await?;
    row.map(Version::try_from).transpose()
}

/// A version of a live workflow; the newest where none is named.
pub(crate) async fn version(
    tx: &mut Tx,
    name: &Name,
    wanted: Option<i32>,
) -> Result<Option<Version>, StoreError> {
    let (id, text) = match name {
        Name::Id(id) => (Some(id.0), None),
        Name::Name(name) => (None, Some(name.clone())),
    };
    let row: Option<HeadRow> = tx
        .row(
            sql("select w.id, w.name, v.version, v.definition, w.grants, w.paused_by, w.paused_at, \
                 w.paused_reason from workflows w \
                 join workflow_versions v on v.workflow_id = w.id and v.version = coalesce($3, w.version) \
                 where w.deleted_at is null and (w.id = $1 or w.name = $2)")
            .bind::<Nullable<SqlUuid>, _>(id)
            .bind::<Nullable<Text>, _>(text)
            .bind::<Nullable<Integer>, _>(wanted)
        )
        .await?;
    row.map(Version::try_from).transpose()
}

/// A version to be stored.
pub(crate) struct NewVersion<'a> {
    pub(crate) version: &'a Version,
    pub(crate) description: Option<&'a str>,
    pub(crate) message: Option<&'a str>,
    pub(crate) created_by: &'a str,
    /// The secrets that it names.
    pub(crate) secrets: &'a [String],
}

/// Adds a workflow with its first version, or the next version of one.
pub(crate) async fn put(tx: &mut Tx, new: NewVersion<'_>) -> Result<(), StoreError> {
    let version = new.version;
    let grants = version
        .grants
        .as_ref()
        .map(serde_json::to_value)
        .transpose()?;
    let statement = if version.number == 1 {
        sql(
            "insert into workflows (id, name, description, version, created_by, grants) \
             values ($1, $2, $3, $4, $5, $6)",
        )
    } else {
        sql(
            "update workflows set name = $2, description = $3, version = $4, grants = $6, \
             updated_at = now() where id = $1 and $5::text is not null",
        )
    };
    tx.run(
        statement
            .bind::<SqlUuid, _>(version.workflow.0)
            .bind::<Text, _>(version.name.as_str())
            .bind::<Nullable<Text>, _>(new.description)
            .bind::<Integer, _>(version.number)
            .bind::<Text, _>(new.created_by)
            .bind::<Nullable<Jsonb>, _>(grants),
    )
    .await?;
    tx.run(
        sql(
            "insert into workflow_versions (workflow_id, version, definition, message, created_by, secrets) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind::<SqlUuid, _>(version.workflow.0)
        .bind::<Integer, _>(version.number)
        .bind::<Binary, _>(version.definition.as_slice())
        .bind::<Nullable<Text>, _>(new.message)
        .bind::<Text, _>(new.created_by)
        .bind::<Array<Text>, _>(new.secrets.to_vec()),
    )
    .await?;
    Ok(())
}

/// Gives a locked workflow another name. What belongs to it by its name still does: the schedules of its
/// document, and the tokens, secrets and channels that are for it.
pub(crate) async fn rename(
    tx: &mut Tx,
    workflow: WorkflowId,
    (old, new): (&str, &str),
) -> Result<(), StoreError> {
    let statement = sql("update workflows set name = $2, updated_at = now() where id = $1");
    tx.run(
        statement
            .bind::<SqlUuid, _>(workflow.0)
            .bind::<Text, _>(new),
    )
    .await?;
    super::schedules::follow(tx, workflow, new).await?;
    for statement in [
        sql(
            "update tokens set workflows = array_replace(workflows, $1, $2) where $1 = any (workflows)",
        ),
        sql(
            "update secrets set workflows = array_replace(workflows, $1, $2) where $1 = any (workflows)",
        ),
        sql(
            "update notification_channels set workflows = array_replace(workflows, $1, $2) \
             where $1 = any (workflows)",
        ),
        sql(
            "update notification_channels set spec = jsonb_set(spec, '{start,workflow}', to_jsonb($2)) \
             where spec #>> '{start,workflow}' = $1",
        ),
        sql(
            "update notification_channels set spec = jsonb_set(spec, '{workflows}', to_jsonb(workflows)) \
             where spec -> 'workflows' ? $1 and $2 = any (workflows)",
        ),
    ] {
        tx.run(statement.bind::<Text, _>(old).bind::<Text, _>(new))
            .await?;
    }
    Ok(())
}

/// Adds a version whose document differs from the one before in its name alone.
pub(crate) async fn next(
    tx: &mut Tx,
    version: &Version,
    (before, by): (&str, &str),
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "insert into workflow_versions (workflow_id, version, definition, message, created_by, secrets) \
             select workflow_id, $2, $3, $4, $5, secrets from workflow_versions \
             where workflow_id = $1 and version = $2 - 1",
        )
        .bind::<SqlUuid, _>(version.workflow.0)
        .bind::<Integer, _>(version.number)
        .bind::<Binary, _>(version.definition.as_slice())
        .bind::<Text, _>(format!("renamed from {before}"))
        .bind::<Text, _>(by),
    )
    .await?;
    tx.run(
        sql("update workflows set version = $2 where id = $1")
            .bind::<SqlUuid, _>(version.workflow.0)
            .bind::<Integer, _>(version.number),
    )
    .await?;
    Ok(())
}

row! { CallerRow { name: String = Text, definition: Vec<u8> = Binary } }

/// Live workflows whose newest documents have this text in them, with the digests of those, by name.
pub(crate) async fn mentioning(
    tx: &mut Tx,
    text: &str,
) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let rows: Vec<CallerRow> = tx
        .rows(
            sql("select w.name, v.definition from workflows w \
                 join workflow_versions v on v.workflow_id = w.id and v.version = w.version \
                 join definitions d on d.sha256 = v.definition \
                 where w.deleted_at is null and position($1 in d.source) > 0 order by w.name")
            .bind::<Text, _>(text),
        )
        .await?;
    let pair = |row: CallerRow| (row.name, row.definition);
    Ok(rows.into_iter().map(pair).collect())
}

row! { NameRow { name: String = Text } }

/// Those of these workflows that are there.
pub(crate) async fn known(tx: &mut Tx, names: &[String]) -> Result<Vec<String>, StoreError> {
    let query = sql("select name from workflows where name = any ($1) and deleted_at is null");
    let rows: Vec<NameRow> = tx
        .rows(query.bind::<Array<Text>, _>(names.to_vec()))
        .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

row! { DeletedRow { name: String = Text } }

/// Deletes a workflow, softly, and says what it was called; its executions and versions stay.
pub(crate) async fn delete(tx: &mut Tx, name: &Name) -> Result<Option<String>, StoreError> {
    let (id, text) = match name {
        Name::Id(id) => (Some(id.0), None),
        Name::Name(name) => (None, Some(name.clone())),
    };
    let row: Option<DeletedRow> = tx
        .row(
            sql(
                "update workflows set deleted_at = now(), updated_at = now() \
                 where deleted_at is null and (id = $1 or name = $2) returning name",
            )
            .bind::<Nullable<SqlUuid>, _>(id)
            .bind::<Nullable<Text>, _>(text),
        )
        .await?;
    Ok(row.map(|row| row.name))
}

/// Notes on a workflow who lets nothing of it start, and why; nobody when it may start again. Who
/// paused it first stays.
pub(crate) async fn set_pause(
    tx: &mut Tx,
    workflow: WorkflowId,
    (by, reason): (Option<&str>, Option<&str>),
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update workflows set paused_at = case when $2 is null then null else now() end, \
             paused_by = $2, paused_reason = $3 where id = $1 and (paused_at is null) <> ($2 is null)",
        )
        .bind::<SqlUuid, _>(workflow.0)
        .bind::<Nullable<Text>, _>(by)
        .bind::<Nullable<Text>, _>(reason),
    )
    .await?;
    Ok(())
}

/// Waits until whatever has seen a workflow that nobody had paused has started or not. From when that
/// is committed, nothing starts that could have it wait on.
pub(crate) async fn await_starts(tx: &mut Tx, workflow: WorkflowId) -> Result<(), StoreError> {
    tx.run(sql("select from workflows where id = $1 for update").bind::<SqlUuid, _>(workflow.0))
        .await?;
    Ok(())
}

row! { ViewRow {
    view: Value = Jsonb,
    source: String = Text,
} }

/// A workflow as JSON without its document, and the document's text.
pub(crate) async fn list(
    tx: &mut Tx,
    (name, reach): (Option<&Name>, &Reach),
    (after, limit): (Option<String>, i64),
) -> Result<Vec<(Value, String)>, StoreError> {
    let (id, text) = match name {
        Some(Name::Id(id)) => (Some(id.0), None),
        Some(Name::Name(name)) => (None, Some(name.clone())),
        None => (None, None),
    };
    let rows: Vec<ViewRow> = tx
        .rows(
            sql("select jsonb_build_object('id', w.id, 'name', w.name, 'description', w.description, \
                 'version', w.version, 'created_by', w.created_by, 'created_at', w.created_at, \
                 'updated_at', w.updated_at, 'paused', case when w.paused_at is not null then \
                 jsonb_build_object('by', w.paused_by, 'at', w.paused_at, 'reason', w.paused_reason) end) as view, d.source from workflows w \
                 join workflow_versions v on v.workflow_id = w.id and v.version = w.version \
                 join definitions d on d.sha256 = v.definition where w.deleted_at is null \
                 and (($1 is null and $2 is null) or w.id = $1 or w.name = $2) \
                 and ($3 is null or w.name > $3) and ($5::text[] is null \
                   or w.grants -> 'view' is null or w.grants -> 'view' ?| $5) \
                 and ($6::text[] is null or w.name = any ($6)) order by w.name limit $4")
            .bind::<Nullable<SqlUuid>, _>(id)
            .bind::<Nullable<Text>, _>(text)
            .bind::<Nullable<Text>, _>(after)
            .bind::<BigInt, _>(limit)
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.view, row.source)).collect())
}

row! { NumbersRow { numbers: Vec<i32> = Array<Integer> } }

/// The numbers of the versions of a workflow, in order.
pub(crate) async fn numbers(tx: &mut Tx, workflow: WorkflowId) -> Result<Vec<i32>, StoreError> {
    let row: Option<NumbersRow> = tx
        .row(
            sql(
                "select array (select version from workflow_versions where workflow_id = $1 \
                 order by version) as numbers",
            )
            .bind::<SqlUuid, _>(workflow.0),
        )
        .await?;
    Ok(row.map(|row| row.numbers).unwrap_or_default())
}

/// The versions of a live workflow as JSON, newest first; one of them only, where it is named.
pub(crate) async fn versions(
    tx: &mut Tx,
    workflow: WorkflowId,
    wanted: Option<i32>,
    (before, limit): (Option<i64>, i64),
) -> Result<Vec<(Value, String)>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql("select jsonb_build_object('version', v.version, 'sha256', encode(v.definition, 'hex'), \
                 'message', v.message, 'created_by', v.created_by, 'created_at', v.created_at) as view, \
                 d.source from workflow_versions v join definitions d on d.sha256 = v.definition \
                 where v.workflow_id = $1 and ($2 is null or v.version = $2) \
                 and ($3 is null or v.version < $3) order by v.version desc limit $4")
            .bind::<SqlUuid, _>(workflow.0)
            .bind::<Nullable<Integer>, _>(wanted)
            .bind::<Nullable<BigInt>, _>(before)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.view, row.source)).collect())
}
