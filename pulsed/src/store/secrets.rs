//! Secrets, sealed, and which keys they are sealed under.

use pulse_api::{
    ExecutionId, WorkerId,
    http::secrets::{SecretUseView, SecretVersionView, SecretView},
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    executions::{seen_names, visible},
    sql::{row, sql},
    types::{Array, BigInt, Binary, Bool, Integer, Jsonb, Nullable, SqlUuid, Text},
};
use crate::model::{grant::Reach, seal::Subject};

row! { KeyRow {
    id: String = Text,
    sentinel: Vec<u8> = Binary,
} }

/// A key that the database knows of.
pub(crate) struct KnownKey {
    pub(crate) id: String,
    pub(crate) sentinel: Vec<u8>,
}

/// The key that secrets are sealed under now. Whoever seals holds it, so that it stays until they
/// have committed.
pub(crate) async fn current_key(tx: &mut Tx) -> Result<Option<KnownKey>, StoreError> {
    let row: Option<KeyRow> = tx
        .row(sql(
            "select id, sentinel from secret_keys where is_current for share",
        ))
        .await?;
    Ok(row.map(|row| KnownKey {
        id: row.id,
        sentinel: row.sentinel,
    }))
}

/// The same, held so that nobody seals, and nobody turns to another, until the transaction ends.
pub(crate) async fn hold_current_key(tx: &mut Tx) -> Result<Option<KnownKey>, StoreError> {
    let row: Option<KeyRow> = tx
        .row(sql(
            "select id, sentinel from secret_keys where is_current for update",
        ))
        .await?;
    Ok(row.map(|row| KnownKey {
        id: row.id,
        sentinel: row.sentinel,
    }))
}

/// Makes a key the first one, unless somebody was faster.
pub(crate) async fn first_key(tx: &mut Tx, key: KnownKey) -> Result<(), StoreError> {
    tx.run(
        sql(
            "insert into secret_keys (id, sentinel, is_current) values ($1, $2, true) \
             on conflict do nothing",
        )
        .bind::<Text, _>(key.id)
        .bind::<Binary, _>(key.sentinel),
    )
    .await?;
    Ok(())
}

/// Makes a key the current one. Waits for everybody who seals under the one before.
pub(crate) async fn turn_to_key(tx: &mut Tx, key: KnownKey) -> Result<(), StoreError> {
    tx.run(
        sql("update secret_keys set is_current = false where is_current and id <> $1")
            .bind::<Text, _>(key.id.clone()),
    )
    .await?;
    tx.run(
        sql(
            "insert into secret_keys (id, sentinel, is_current) values ($1, $2, true) \
             on conflict (id) do update set is_current = true",
        )
        .bind::<Text, _>(key.id)
        .bind::<Binary, _>(key.sentinel),
    )
    .await?;
    Ok(())
}

/// Forgets every key that is of no use any more.
pub(crate) async fn forget_keys(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(sql("delete from secret_keys k where not is_current \
         and not exists (select 1 from secrets s where s.key_id = k.id) \
         and not exists (select 1 from secret_inputs i where i.key_id = k.id)"))
        .await?;
    Ok(())
}

row! { SealedRow {
    id: Uuid = SqlUuid,
    name: String = Text,
    version: i32 = Integer,
    key_id: String = Text,
    sealed: Vec<u8> = Binary,
    workflows: Option<Vec<String>> = Nullable<Array<Text>>,
    regions: Option<Vec<String>> = Nullable<Array<Text>>,
} }

/// A secret as it is stored.
#[derive(Debug, Clone)]
pub(crate) struct Sealed {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) version: i32,
    pub(crate) key_id: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) workflows: Option<Vec<String>>,
    pub(crate) regions: Option<Vec<String>>,
}

impl Sealed {
    /// What its value is the value of.
    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            id: self.id,
            name: &self.name,
            version: self.version,
        }
    }
}

impl Sealed {
    /// Whether a run of this workflow may use it, or a run without one.
    pub(crate) fn is_for(&self, workflow: Option<&str>) -> bool {
        self.workflows.as_ref().is_none_or(|names| {
            workflow.is_some_and(|workflow| names.iter().any(|name| name == workflow))
        })
    }

    /// Why a worker does not get it, by its name and its region; `None` where it does.
    pub(crate) fn kept_from(&self, (worker, region): (&str, &str)) -> Option<String> {
        let regions = self.regions.as_ref()?;
        if regions.iter().any(|own| own == region) {
            return None;
        }
        let (name, list) = (&self.name, regions.join(", "));
        Some(format!(
            "the secret {name} is for {list} only, and {worker} is in {region}"
        ))
    }
}

impl From<SealedRow> for Sealed {
    fn from(row: SealedRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            version: row.version,
            key_id: row.key_id,
            bytes: row.sealed,
            workflows: row.workflows,
            regions: row.regions,
        }
    }
}

/// A secret, its row locked.
pub(crate) async fn lock(tx: &mut Tx, name: &str) -> Result<Option<Sealed>, StoreError> {
    let row: Option<SealedRow> = tx
        .row(
            sql(
                "select id, name, version, key_id, sealed, workflows, regions from secrets \
                 where name = $1 for update",
            )
            .bind::<Text, _>(name),
        )
        .await?;
    Ok(row.map(Sealed::from))
}

row! { AnyRow { are_any: bool = Bool } }

/// Whether anything is sealed at all: secrets, or inputs of executions that have not ended.
pub(crate) async fn are_any(tx: &mut Tx) -> Result<bool, StoreError> {
    let row: Option<AnyRow> = tx
        .row(sql("select exists (select 1 from secrets) \
             or exists (select 1 from secret_inputs where key_id is not null) as are_any"))
        .await?;
    Ok(row.is_some_and(|row| row.are_any))
}

/// Whether there is a secret of this name.
pub(crate) async fn is_there(tx: &mut Tx, name: &str) -> Result<bool, StoreError> {
    let name = [name.to_owned()];
    Ok(!named(tx, &name).await?.is_empty())
}

/// So many secrets that are sealed under another key than this, their rows locked.
pub(crate) async fn lock_others(
    tx: &mut Tx,
    key: &str,
    count: i64,
) -> Result<Vec<Sealed>, StoreError> {
    let rows: Vec<SealedRow> = tx
        .rows(
            sql(
                "select id, name, version, key_id, sealed, workflows, regions from secrets \
                 where key_id <> $1 order by id limit $2 for update",
            )
            .bind::<Text, _>(key)
            .bind::<BigInt, _>(count),
        )
        .await?;
    Ok(rows.into_iter().map(Sealed::from).collect())
}

/// Puts the same value there, sealed under another key.
pub(crate) async fn reseal(tx: &mut Tx, secret: &Sealed) -> Result<(), StoreError> {
    tx.run(
        sql("update secrets set key_id = $2, sealed = $3 where id = $1")
            .bind::<SqlUuid, _>(secret.id)
            .bind::<Text, _>(secret.key_id.as_str())
            .bind::<Binary, _>(secret.bytes.as_slice()),
    )
    .await?;
    Ok(())
}

/// Stores a secret in its first version, or the next version of one.
pub(crate) async fn put(tx: &mut Tx, secret: &Sealed, by: &str) -> Result<(), StoreError> {
    tx.run(
        sql(
            "insert into secrets (id, name, version, key_id, sealed, workflows, regions, created_by, set_by) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $8) on conflict (id) do update \
             set version = excluded.version, key_id = excluded.key_id, sealed = excluded.sealed, \
             workflows = excluded.workflows, regions = excluded.regions, set_at = now(), set_by = excluded.set_by",
        )
        .bind::<SqlUuid, _>(secret.id)
        .bind::<Text, _>(secret.name.as_str())
        .bind::<Integer, _>(secret.version)
        .bind::<Text, _>(secret.key_id.as_str())
        .bind::<Binary, _>(secret.bytes.as_slice())
        .bind::<Nullable<Array<Text>>, _>(secret.workflows.clone())
        .bind::<Nullable<Array<Text>>, _>(secret.regions.clone())
        .bind::<Text, _>(by),
    )
    .await?;
    tx.run(
        sql("insert into secret_versions (secret_id, version, set_by) values ($1, $2, $3)")
            .bind::<SqlUuid, _>(secret.id)
            .bind::<Integer, _>(secret.version)
            .bind::<Text, _>(by),
    )
    .await?;
    Ok(())
}

/// Removes a secret with its history.
pub(crate) async fn delete(tx: &mut Tx, name: &str) -> Result<bool, StoreError> {
    let written = tx
        .run(sql("delete from secrets where name = $1").bind::<Text, _>(name))
        .await?;
    Ok(written == 1)
}

row! { ViewRow { view: Value = Jsonb } }

/// Secrets by name, without what is sealed; one only, where it is named. Of the workflows that may use
/// them those that are there and may not be seen are left out.
pub(crate) async fn list(
    tx: &mut Tx,
    (name, reach): (Option<&str>, &Reach),
    (after, limit): (Option<String>, i64),
) -> Result<Vec<SecretView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!("select jsonb_build_object('name', s.name, 'version', s.version, 'workflows', \
                   case when s.workflows is not null then ", seen_names!("s.workflows", "$4", "$5"), " end, \
                 'regions', s.regions, 'created_at', s.created_at, 'created_by', s.created_by, \
                 'set_at', s.set_at, 'set_by', s.set_by) as view from secrets s \
                 where ($1 is null or s.name = $1) and ($2 is null or s.name > $2) order by s.name limit $3"))
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

/// Who has set a secret and when, newest first.
pub(crate) async fn versions(
    tx: &mut Tx,
    name: &str,
    (before, limit): (Option<i64>, i64),
) -> Result<Vec<SecretVersionView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql("select jsonb_build_object('version', v.version, 'set_at', v.set_at, 'set_by', v.set_by) as view \
                 from secret_versions v join secrets s on s.id = v.secret_id \
                 where s.name = $1 and ($2 is null or v.version < $2) order by v.version desc limit $3")
            .bind::<Text, _>(name)
            .bind::<Nullable<BigInt>, _>(before)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

/// The secrets among these.
pub(crate) async fn named(tx: &mut Tx, names: &[String]) -> Result<Vec<Sealed>, StoreError> {
    let rows: Vec<SealedRow> = tx
        .rows(
            sql(
                "select id, name, version, key_id, sealed, workflows, regions from secrets \
                 where name = any ($1)",
            )
            .bind::<Array<Text>, _>(names.to_vec()),
        )
        .await?;
    Ok(rows.into_iter().map(Sealed::from).collect())
}

row! { PlaceRow {
    workflow: Option<String> = Nullable<Text>,
    worker: String = Text,
    region: String = Text,
    masks: bool = Bool,
} }

/// What a job needs to get its secrets.
pub(crate) struct Wanted {
    pub(crate) workflow: Option<String>,
    pub(crate) worker: String,
    pub(crate) region: String,
    /// Whether the worker's agent says that it masks secrets.
    pub(crate) masks: bool,
    pub(crate) secrets: Vec<Sealed>,
}

/// The secrets among these, and where they would go.
pub(crate) async fn for_job(
    tx: &mut Tx,
    (execution, worker): (ExecutionId, WorkerId),
    names: &[String],
) -> Result<Wanted, StoreError> {
    let row: Option<PlaceRow> = tx
        .row(
            sql("select f.name as workflow, w.name as worker, w.region, \
                 w.capabilities -> 'masking' = 'true'::jsonb is true as masks \
                 from workers w, executions e left join workflows f on f.id = e.workflow_id \
                 where e.id = $1 and w.id = $2")
            .bind::<SqlUuid, _>(execution.0)
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    let place = row.ok_or(StoreError::Stale)?;
    Ok(Wanted {
        workflow: place.workflow,
        worker: place.worker,
        region: place.region,
        masks: place.masks,
        secrets: named(tx, names).await?,
    })
}

/// What uses a secret: channels that name it, and workflows whose newest version does, or whose webhooks; by
/// kind, and then by name.
pub(crate) async fn uses(
    tx: &mut Tx,
    (name, reach): (&str, &Reach),
    (after, limit): (Option<String>, i64),
) -> Result<Vec<SecretUseView>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                "with users (kind, name, version) as ( \
                   select 'workflow', w.name, w.version from workflows w \
                     join workflow_versions v on v.workflow_id = w.id and v.version = w.version \
                     where w.deleted_at is null and ($1 = any (v.secrets) or exists ( \
                       select from sensors s where s.workflow_id = w.id and $1 = any (s.secrets))) and ",
                visible!("$4", "$5"),
                // What a channel gives to the workflow that it starts may have such a name, and is none.
                " union all select 'channel', c.name, null from notification_channels c \
                     where c.kind <> 'workflow' and jsonb_path_exists(c.spec, '$.*.*.secret ? (@ == $name)', \
                       jsonb_build_object('name', $1::text))) \
                 select jsonb_strip_nulls(jsonb_build_object('kind', kind, 'name', name, 'version', version)) as view \
                 from users where ($2 is null or (kind || '/' || name) collate \"C\" > $2 collate \"C\") \
                 order by (kind || '/' || name) collate \"C\" limit $3"
            ))
            .bind::<Text, _>(name)
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
