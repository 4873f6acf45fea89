//! Workers as people see them.

use pulse_api::{
    WorkerId,
    status::{AdminState, WorkerRole, WorkerStatus},
};
use serde_json::Value;

use crate::model::place::Worker as Place;
use crate::store::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Bool, Double, Jsonb, Nullable, SqlUuid, Text},
};

row! { ViewRow { view: Value = Jsonb } }

/// What every view of a worker selects, as JSON in the shape of `WorkerView`.
macro_rules! view {
    ($rest:literal) => {
        concat!(
            "select jsonb_build_object('id', w.id, 'name', w.name, 'type', w.kind, 'role', w.role, \
             'region', w.region, 'host', w.host, 'port', w.port, 'status', w.status, \
             'admin_state', w.admin_state, 'active', w.status = 'online', 'groups', w.groups, \
             'labels', w.labels, 'capabilities', w.capabilities, 'function_blocks', w.function_blocks, \
             'meta', w.meta, \
             'metrics', w.metrics, 'version', w.version, 'last_heartbeat', w.last_heartbeat, \
             'jobs_running', (select count(*) from jobs j where j.worker_id = w.id and j.status = 'running'), \
             'jobs_left', (select count(*) from jobs j where j.worker_id = w.id and (j.status in ('polled', 'running') \
               or (j.status = 'pending' and j.fence is not null and j.not_before > now()))), \
             'generation', w.generation, 'session_epoch', w.session_epoch, 'boot_id', w.boot_id, \
             'clone', w.clone, \
             'drain', (select to_jsonb(d) - array['id', 'worker_id'] \
               || case when w.admin_state = 'held' then jsonb_build_object('mode', 'hold') else '{}' end from drains d where d.worker_id = w.id and w.admin_state <> 'active'), \
             'credential', (select jsonb_build_object('status', c.status, 'generation', c.generation, \
               'created_at', c.created_at) from credentials c where c.worker_id = w.id and c.status <> 'fresh' \
               order by c.generation desc limit 1), \
             'time_since_heartbeat_ms', (extract(epoch from now() - w.last_heartbeat) * 1000)::bigint, \
             'created_at', w.created_at, 'updated_at', w.updated_at) as view from workers w ",
            $rest
        )
    };
}

/// A worker as JSON.
pub(crate) async fn get(tx: &mut Tx, id: WorkerId) -> Result<Option<Value>, StoreError> {
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
    /// Only those after this one.
    pub(crate) after: Option<Place>,
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
    let (name, id) = filter.after.map(|place| (place.name, place.id)).unzip();
    let id = id.flatten();
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(view!(
                "where (cardinality($1) = 0 or w.status = any ($1::worker_status[])) \
                 and ($2 is null or w.admin_state = $2::admin_state) \
                 and ($3 is null or w.role = $3::worker_role) and ($4 is null or w.region = $4) \
                 and ($5 is null or $5 = any (w.groups)) \
                 and ($6 is null or w.capabilities -> 'runtimes' ? $6) \
                 and ($7 is null or coalesce(w.last_heartbeat, w.created_at) < now() - $7 * interval '1 second') \
                 and ($8 or w.status <> 'deleted') \
                 and ($9 is null or w.name > $9 or w.name = $9 and w.id > $10) \
                 order by w.name, w.id limit $11"
            ))
            .bind::<Array<Text>, _>(statuses)
            .bind::<Nullable<Text>, _>(filter.admin_state.map(AdminState::as_str))
            .bind::<Nullable<Text>, _>(filter.role.map(WorkerRole::as_str))
            .bind::<Nullable<Text>, _>(filter.region)
            .bind::<Nullable<Text>, _>(filter.group)
            .bind::<Nullable<Text>, _>(filter.runtime)
            .bind::<Nullable<Double>, _>(filter.stale_for)
            .bind::<Bool, _>(filter.with_deleted == WithDeleted::Yes)
            .bind::<Nullable<Text>, _>(name)
            .bind::<Nullable<SqlUuid>, _>(id.map(|id| id.0))
            .bind::<BigInt, _>(filter.limit),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}
