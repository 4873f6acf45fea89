//! Workers and their credentials.

use std::collections::BTreeMap;

use pulse_api::{
    WorkerId,
    status::{AdminState, WorkerRole, WorkerStatus},
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Binary, Bool, Double, Integer, Jsonb, Nullable, SqlUuid, Text, Word},
};
use crate::model::{
    enroll_token::Grant,
    worker::{About, Beat, Candidate},
};

row! { CandidateRow {
    id: Uuid = SqlUuid,
    name: String = Text,
    role: Word<WorkerRole> = Text,
    region: String = Text,
    groups: Vec<String> = Array<Text>,
    labels: Value = Jsonb,
    capabilities: Value = Jsonb,
    status: Word<WorkerStatus> = Text,
    admin_state: Word<AdminState> = Text,
    slots: i32 = Integer,
    in_hand: i64 = BigInt,
    is_connected: bool = Bool,
} }

impl From<CandidateRow> for Candidate {
    fn from(row: CandidateRow) -> Self {
        let runtimes = row.capabilities.get("runtimes").and_then(Value::as_array);
        Self {
            id: WorkerId(row.id),
            name: row.name,
            role: row.role.0,
            region: row.region,
            groups: row.groups,
            labels: labels(row.labels),
            runtimes: runtimes
                .map(|list| {
                    list.iter()
                        .filter_map(|r| r.as_str().map(str::to_owned))
                        .collect()
                })
                .unwrap_or_default(),
            status: row.status.0,
            admin_state: row.admin_state.0,
            slots: u32::try_from(row.slots).unwrap_or_default(),
            in_hand: u32::try_from(row.in_hand).unwrap_or(u32::MAX),
            is_connected: row.is_connected,
        }
    }
}

fn labels(value: Value) -> BTreeMap<String, String> {
    serde_json::from_value(value).unwrap_or_default()
}

/// The workers that a step may run on, held so that a drain waits for this transaction.
///
/// With names: only workers that carry one of them, or are in a group of that name.
pub(crate) async fn candidates(
    tx: &mut Tx,
    names: Option<&[String]>,
) -> Result<Vec<Candidate>, StoreError> {
    let names = names.map(<[String]>::to_vec);
    let rows: Vec<CandidateRow> = tx
        .rows(
            sql("select w.id, w.name, w.role, w.region, w.groups, w.labels, w.capabilities, w.status, \
                 w.admin_state, w.slots, w.server_id is not null as is_connected, \
                 (select count(*) from jobs h where h.worker_id = w.id and h.status in ('polled', 'running')) \
                   as in_hand \
                 from workers w where w.status <> 'deleted' \
                 and ($1::text[] is null or w.name = any ($1) or w.groups && $1 or w.id::text = any ($1)) \
                 order by w.id for share of w")
            .bind::<Nullable<Array<Text>>, _>(names),
        )
        .await?;
    Ok(rows.into_iter().map(Candidate::from).collect())
}

/// A new worker and the credential that it proves itself with.
pub(crate) struct NewWorker<'a> {
    pub(crate) id: WorkerId,
    pub(crate) about: &'a About,
    pub(crate) grant: &'a Grant,
    pub(crate) credential: (Uuid, Vec<u8>),
}

/// Adds a worker and its credential.
pub(crate) async fn insert(tx: &mut Tx, new: NewWorker<'_>) -> Result<(), StoreError> {
    let about = new.about;
    let labels = serde_json::to_value(&new.grant.labels)?;
    tx.run(
        sql("insert into workers (id, name, kind, role, region, host, port, status, groups, labels, \
             capabilities, function_blocks, meta, slots, boot_id, version, last_heartbeat) values \
             ($1, $2, $3::worker_type, $4::worker_role, $5, $6, $7, 'online', $8, $9, $10, $11, $12, $13, \
             $14, $15, now())")
        .bind::<SqlUuid, _>(new.id.0)
        .bind::<Text, _>(about.name.as_str())
        .bind::<Text, _>(about.kind.as_str())
        .bind::<Text, _>(new.grant.role.as_str())
        .bind::<Text, _>(new.grant.region.as_str())
        .bind::<Nullable<Text>, _>(about.host.as_deref())
        .bind::<Nullable<Integer>, _>(about.port.map(i32::from))
        .bind::<Array<Text>, _>(new.grant.groups.clone())
        .bind::<Jsonb, _>(labels)
        .bind::<Jsonb, _>(about.capabilities.clone())
        .bind::<Jsonb, _>(Value::Array(about.function_blocks.clone()))
        .bind::<Jsonb, _>(about.meta.clone())
        .bind::<Integer, _>(i32::try_from(about.slots()).unwrap_or(5))
        .bind::<Nullable<Text>, _>(about.boot_id.as_deref())
        .bind::<Nullable<Text>, _>(about.version.as_deref()),
    )
    .await?;
    credential(tx, new.id, new.credential).await
}

/// Adds a credential for a worker.
async fn credential(
    tx: &mut Tx,
    worker: WorkerId,
    (id, secret_sha256): (Uuid, Vec<u8>),
) -> Result<(), StoreError> {
    tx.run(
        sql("insert into credentials (id, worker_id, secret_sha256) values ($1, $2, $3)")
            .bind::<SqlUuid, _>(id)
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Binary, _>(secret_sha256),
    )
    .await?;
    Ok(())
}

/// Gives a worker another credential in place of all it had.
pub(crate) async fn replace_credential(
    tx: &mut Tx,
    worker: WorkerId,
    new: (Uuid, Vec<u8>),
) -> Result<(), StoreError> {
    revoke_credentials(tx, worker).await?;
    credential(tx, worker, new).await
}

/// Makes every credential of a worker worthless.
pub(crate) async fn revoke_credentials(tx: &mut Tx, worker: WorkerId) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update credentials set status = 'revoked', revoked_at = now() \
             where worker_id = $1 and status = 'active'",
        )
        .bind::<SqlUuid, _>(worker.0),
    )
    .await?;
    Ok(())
}

row! { CredentialRow {
    worker_id: Uuid = SqlUuid,
    secret_sha256: Vec<u8> = Binary,
    is_active: bool = Bool,
    status: Word<WorkerStatus> = Text,
} }

/// What a credential proves.
pub(crate) struct Credential {
    pub(crate) worker: WorkerId,
    pub(crate) secret_sha256: Vec<u8>,
    pub(crate) is_active: bool,
    pub(crate) worker_status: WorkerStatus,
}

/// The credential with this id.
pub(crate) async fn find_credential(
    tx: &mut Tx,
    id: Uuid,
) -> Result<Option<Credential>, StoreError> {
    let row: Option<CredentialRow> = tx
        .row(
            sql(
                "select c.worker_id, c.secret_sha256, c.status = 'active' as is_active, w.status \
                 from credentials c join workers w on w.id = c.worker_id where c.id = $1",
            )
            .bind::<SqlUuid, _>(id),
        )
        .await?;
    Ok(row.map(|row| Credential {
        worker: WorkerId(row.worker_id),
        secret_sha256: row.secret_sha256,
        is_active: row.is_active,
        worker_status: row.status.0,
    }))
}

row! { RegionRow { region: String = Text } }

/// Writes what a host says of itself now; gives its region. A cleaned-up worker comes back.
pub(crate) async fn register(
    tx: &mut Tx,
    id: WorkerId,
    about: &About,
) -> Result<Option<String>, StoreError> {
    let row: Option<RegionRow> = tx
        .row(
            sql("update workers set host = coalesce($2, host), port = coalesce($3, port), \
                 kind = $4::worker_type, capabilities = $5, function_blocks = $6, meta = $7, slots = $8, \
                 boot_id = coalesce($9, boot_id), version = coalesce($10, version), status = 'online', \
                 generation = generation + (status = 'deleted')::int, deleted_reason = null, \
                 admin_state = case when admin_state in ('draining', 'drained') then 'active' else admin_state end, \
                 last_heartbeat = now(), updated_at = now() \
                 where id = $1 and (status <> 'deleted' or deleted_reason = 'cleanup') returning region")
            .bind::<SqlUuid, _>(id.0)
            .bind::<Nullable<Text>, _>(about.host.as_deref())
            .bind::<Nullable<Integer>, _>(about.port.map(i32::from))
            .bind::<Text, _>(about.kind.as_str())
            .bind::<Jsonb, _>(about.capabilities.clone())
            .bind::<Jsonb, _>(Value::Array(about.function_blocks.clone()))
            .bind::<Jsonb, _>(about.meta.clone())
            .bind::<Integer, _>(i32::try_from(about.slots()).unwrap_or(5))
            .bind::<Nullable<Text>, _>(about.boot_id.as_deref())
            .bind::<Nullable<Text>, _>(about.version.as_deref()),
        )
        .await?;
    Ok(row.map(|row| row.region))
}

row! { SessionRow {
    epoch: i64 = BigInt,
    name: String = Text,
    admin_state: Word<AdminState> = Text,
} }

/// A session that a worker has just opened.
pub(crate) struct Session {
    pub(crate) epoch: i64,
    pub(crate) name: String,
    pub(crate) admin_state: AdminState,
}

/// Records that this replica holds the worker's session from now on; older ones are void.
pub(crate) async fn connect(
    tx: &mut Tx,
    (worker, server): (WorkerId, Uuid),
    (slots, boot_id, version): (Option<u32>, Option<&str>, Option<&str>),
) -> Result<Option<Session>, StoreError> {
    let row: Option<SessionRow> = tx
        .row(
            sql("update workers set session_epoch = nextval('session_epochs'), server_id = $2, \
                 status = 'online', last_heartbeat = now(), slots = coalesce($3, slots), \
                 boot_id = coalesce($4, boot_id), version = coalesce($5, version), \
                 admin_state = case when admin_state = 'drained' then 'active' else admin_state end, \
                 updated_at = now() where id = $1 and status <> 'deleted' \
                 returning session_epoch as epoch, name, admin_state")
            .bind::<SqlUuid, _>(worker.0)
            .bind::<SqlUuid, _>(server)
            .bind::<Nullable<Integer>, _>(slots.and_then(|slots| i32::try_from(slots).ok()))
            .bind::<Nullable<Text>, _>(boot_id)
            .bind::<Nullable<Text>, _>(version),
        )
        .await?;
    Ok(row.map(|row| Session {
        epoch: row.epoch,
        name: row.name,
        admin_state: row.admin_state.0,
    }))
}

/// Records that a session has ended, unless a newer one has taken over.
pub(crate) async fn disconnect(
    tx: &mut Tx,
    worker: WorkerId,
    epoch: i64,
) -> Result<(), StoreError> {
    tx.run(
        sql("update workers set server_id = null where id = $1 and session_epoch = $2")
            .bind::<SqlUuid, _>(worker.0)
            .bind::<BigInt, _>(epoch),
    )
    .await?;
    Ok(())
}

row! { SupersededRow { id: Uuid = SqlUuid } }

/// Which of these sessions are void: a newer one exists, or the worker or its credential is gone.
pub(crate) async fn superseded(
    tx: &mut Tx,
    sessions: &[(WorkerId, i64)],
) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<SupersededRow> = tx
        .rows(
            sql("select v.id from unnest($1, $2) as v (id, epoch) left join workers w on w.id = v.id \
                 where w.id is null or w.session_epoch <> v.epoch or w.status = 'deleted' \
                 or not exists (select 1 from credentials c where c.worker_id = v.id and c.status = 'active')")
            .bind::<Array<SqlUuid>, _>(sessions.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(sessions.iter().map(|(_, epoch)| *epoch).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

row! { RevivedRow { id: Uuid = SqlUuid } }

/// Writes signs of life, all in one statement; gives the workers that were away before.
pub(crate) async fn beat(tx: &mut Tx, beats: &[Beat]) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<RevivedRow> = tx
        .rows(
            sql("with before as (select w.id, w.status, v.metrics, v.epoch \
                   from unnest($1, $2, $3) as v (id, epoch, metrics) join workers w on w.id = v.id \
                   where w.status <> 'deleted' and (v.epoch is null or w.session_epoch = v.epoch) \
                   order by w.id for no key update of w), \
                 beaten as (update workers set last_heartbeat = now(), status = 'online', \
                   metrics = coalesce(before.metrics, workers.metrics) \
                   from before where workers.id = before.id) \
                 select id from before where status <> 'online'")
            .bind::<Array<SqlUuid>, _>(beats.iter().map(|b| b.worker.0).collect::<Vec<_>>())
            .bind::<Array<Nullable<BigInt>>, _>(beats.iter().map(|b| b.epoch).collect::<Vec<_>>())
            .bind::<Array<Nullable<Jsonb>>, _>(
                beats.iter().map(|b| b.metrics.clone()).collect::<Vec<_>>(),
            ),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

row! { MovedRow { id: Uuid = SqlUuid } }

/// Marks as unreachable who has been silent for so long; gives who.
pub(crate) async fn miss(tx: &mut Tx, silent_ms: u64) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<MovedRow> = tx
        .rows(
            sql(
                "update workers set status = 'unreachable', updated_at = now() where id in ( \
                   select id from workers where status = 'online' \
                   and last_heartbeat < now() - $1 * interval '1 millisecond' \
                   order by id for no key update skip locked) returning id",
            )
            .bind::<BigInt, _>(i64::try_from(silent_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

/// Who has been silent for so long that it is to be taken as gone.
pub(crate) async fn silent(tx: &mut Tx, silent_ms: u64) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<MovedRow> = tx
        .rows(
            sql(
                "select id from workers where status in ('online', 'unreachable') \
                 and last_heartbeat < now() - $1 * interval '1 millisecond' order by id",
            )
            .bind::<BigInt, _>(i64::try_from(silent_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

/// Marks workers as offline; gives those that were not already.
pub(crate) async fn leave(tx: &mut Tx, ids: &[WorkerId]) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<MovedRow> = tx
        .rows(
            sql("update workers set status = 'offline', server_id = null, updated_at = now(), \
                 admin_state = case when admin_state = 'draining' then 'drained' else admin_state end \
                 where id in (select id from workers where id = any ($1) \
                   and status in ('online', 'unreachable') order by id for no key update) returning id")
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

/// Deletes, softly, workers that have been offline for so long and have nothing open.
pub(crate) async fn clean_up(tx: &mut Tx, offline_ms: u64) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<MovedRow> = tx
        .rows(
            sql("update workers set status = 'deleted', deleted_reason = 'cleanup', updated_at = now() \
                 where status = 'offline' and coalesce(last_heartbeat, created_at) \
                   <= now() - $1 * interval '1 millisecond' \
                 and not exists (select 1 from jobs j where j.worker_id = workers.id \
                   and j.status in ('pending', 'polled', 'running')) returning id")
            .bind::<BigInt, _>(i64::try_from(offline_ms).unwrap_or(i64::MAX)),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}

/// Deletes a worker for good: it cannot come back under this id.
pub(crate) async fn remove(tx: &mut Tx, id: WorkerId) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql("update workers set status = 'deleted', deleted_reason = 'removed', server_id = null, \
                 updated_at = now() where id = $1 and (status <> 'deleted' or deleted_reason = 'cleanup')")
            .bind::<SqlUuid, _>(id.0),
        )
        .await?;
    Ok(written == 1)
}

/// Writes what an operator wants of a worker, waiting for offers that are being made.
pub(crate) async fn administer(
    tx: &mut Tx,
    id: WorkerId,
    state: AdminState,
) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql(
                "update workers set admin_state = $2::admin_state, updated_at = now() \
                 where id = $1 and status <> 'deleted'",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Text, _>(state.as_str()),
        )
        .await?;
    Ok(written == 1)
}

/// What an operator changes of a worker; `None` leaves it.
#[derive(Debug, Default)]
pub(crate) struct Patch {
    pub(crate) groups: Option<Vec<String>>,
    pub(crate) labels: Option<Value>,
    pub(crate) name: Option<String>,
    pub(crate) region: Option<String>,
}

/// Writes what an operator changes of a worker.
pub(crate) async fn patch(tx: &mut Tx, id: WorkerId, patch: Patch) -> Result<bool, StoreError> {
    let written = tx
        .run(
            sql(
                "update workers set groups = coalesce($2, groups), labels = coalesce($3, labels), \
                 name = coalesce($4, name), region = coalesce($5, region), updated_at = now() \
                 where id = $1 and status <> 'deleted'",
            )
            .bind::<SqlUuid, _>(id.0)
            .bind::<Nullable<Array<Text>>, _>(patch.groups)
            .bind::<Nullable<Jsonb>, _>(patch.labels)
            .bind::<Nullable<Text>, _>(patch.name)
            .bind::<Nullable<Text>, _>(patch.region),
        )
        .await?;
    Ok(written == 1)
}

row! { FoundRow {
    id: Uuid = SqlUuid,
    name: String = Text,
    status: Word<WorkerStatus> = Text,
    deleted_reason: Option<String> = Nullable<Text>,
} }

/// Who a name or an id stands for.
pub(crate) struct Found {
    pub(crate) id: WorkerId,
    pub(crate) name: String,
    pub(crate) status: WorkerStatus,
    /// `removed` by an operator, or `cleanup`.
    pub(crate) deleted_reason: Option<String>,
}

/// The worker with this id, or the live one with this name.
pub(crate) async fn find(tx: &mut Tx, name: &str) -> Result<Option<Found>, StoreError> {
    let id: Option<Uuid> = name.parse().ok();
    let row: Option<FoundRow> = tx
        .row(
            sql("select id, name, status, deleted_reason from workers \
                 where id = $1 or (name = $2 and status <> 'deleted') order by id = $1 desc nulls last limit 1")
            .bind::<Nullable<SqlUuid>, _>(id)
            .bind::<Text, _>(name),
        )
        .await?;
    Ok(row.map(|row| Found {
        id: WorkerId(row.id),
        name: row.name,
        status: row.status.0,
        deleted_reason: row.deleted_reason,
    }))
}

row! { CountsRow {
    online: i64 = BigInt,
    unreachable: i64 = BigInt,
    offline: i64 = BigInt,
} }

/// How many workers are online, unreachable and offline.
pub(crate) async fn counts(tx: &mut Tx) -> Result<(u64, u64, u64), StoreError> {
    let row: Option<CountsRow> = tx
        .row(sql(
            "select count(*) filter (where status = 'online') as online, \
                  count(*) filter (where status = 'unreachable') as unreachable, \
                  count(*) filter (where status = 'offline') as offline from workers",
        ))
        .await?;
    let count = |value: i64| u64::try_from(value).unwrap_or_default();
    Ok(row.map_or((0, 0, 0), |row| {
        (
            count(row.online),
            count(row.unreachable),
            count(row.offline),
        )
    }))
}

row! { ViewRow { view: Value = Jsonb } }

/// What every view of a worker selects, as JSON in the shape of `WorkerView`.
macro_rules! view {
    ($rest:literal) => {
        concat!(
            "select jsonb_build_object('id', w.id, 'name', w.name, 'type', w.kind, 'role', w.role, \
             'region', w.region, 'host', w.host, 'port', w.port, 'status', w.status, \
             'admin_state', w.admin_state, 'active', w.status = 'online', 'groups', w.groups, \
             'labels', w.labels, 'capabilities', w.capabilities, 'function_blocks', w.function_blocks, \
             'metrics', w.metrics, 'version', w.version, 'last_heartbeat', w.last_heartbeat, \
             'jobs_running', (select count(*) from jobs j where j.worker_id = w.id and j.status = 'running'), \
             'time_since_heartbeat_ms', (extract(epoch from now() - w.last_heartbeat) * 1000)::bigint, \
             'created_at', w.created_at, 'updated_at', w.updated_at) as view from workers w ",
            $rest
        )
    };
}

/// A worker as JSON.
pub(crate) async fn view(tx: &mut Tx, id: WorkerId) -> Result<Option<Value>, StoreError> {
    let row: Option<ViewRow> = tx
        .row(sql(view!("where w.id = $1")).bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(row.map(|row| row.view))
}

/// What a list of workers is narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub(crate) statuses: Vec<WorkerStatus>,
    pub(crate) admin_state: Option<AdminState>,
    pub(crate) role: Option<WorkerRole>,
    pub(crate) region: Option<String>,
    pub(crate) group: Option<String>,
    pub(crate) runtime: Option<String>,
    /// Seconds without a sign of life.
    pub(crate) stale_for: Option<f64>,
    pub(crate) with_deleted: WithDeleted,
    /// Only names after this one.
    pub(crate) after: Option<String>,
    pub(crate) limit: i64,
}

/// Whether deleted workers are listed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WithDeleted {
    #[default]
    No,
    Yes,
}

/// Workers as JSON, by name.
pub(crate) async fn list(tx: &mut Tx, filter: Filter) -> Result<Vec<Value>, StoreError> {
    let statuses: Vec<&str> = filter
        .statuses
        .iter()
        .map(|status| status.as_str())
        .collect();
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(view!(
                "where (cardinality($1) = 0 or w.status = any ($1::worker_status[])) \
                 and ($2 is null or w.admin_state = $2::admin_state) \
                 and ($3 is null or w.role = $3::worker_role) and ($4 is null or w.region = $4) \
                 and ($5 is null or $5 = any (w.groups)) \
                 and ($6 is null or w.capabilities -> 'runtimes' ? $6) \
                 and ($7 is null or coalesce(w.last_heartbeat, w.created_at) < now() - $7 * interval '1 second') \
                 and ($8 or w.status <> 'deleted') and ($9 is null or w.name > $9) \
                 order by w.name, w.id limit $10"
            ))
            .bind::<Array<Text>, _>(statuses)
            .bind::<Nullable<Text>, _>(filter.admin_state.map(AdminState::as_str))
            .bind::<Nullable<Text>, _>(filter.role.map(WorkerRole::as_str))
            .bind::<Nullable<Text>, _>(filter.region)
            .bind::<Nullable<Text>, _>(filter.group)
            .bind::<Nullable<Text>, _>(filter.runtime)
            .bind::<Nullable<Double>, _>(filter.stale_for)
            .bind::<Bool, _>(filter.with_deleted == WithDeleted::Yes)
            .bind::<Nullable<Text>, _>(filter.after)
            .bind::<BigInt, _>(filter.limit),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}

row! { AdminRow { admin_state: Word<AdminState> = Text } }

/// What an operator wants of a worker.
pub(crate) async fn admin_state(
    tx: &mut Tx,
    id: WorkerId,
) -> Result<Option<AdminState>, StoreError> {
    let row: Option<AdminRow> = tx
        .row(sql("select admin_state from workers where id = $1").bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(row.map(|row| row.admin_state.0))
}
