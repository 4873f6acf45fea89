//! Executions as people see them.

use jiff::Timestamp;
use pulse_api::{ExecutionId, status::ExecutionStatus};
use serde_json::Value;
use uuid::Uuid;

use super::visible;
use crate::{
    model::grant::Reach,
    store::{
        StoreError, Tx,
        sql::{row, sql},
        types::{Array, At, BigInt, Binary, Bool, Jsonb, Nullable, SqlUuid, Text, Timestamptz},
        workflows,
    },
};

row! { ViewRow {
    definition: Vec<u8> = Binary,
    view: Value = Jsonb,
} }

/// An execution as JSON, with the digest of its document.
pub(crate) struct View {
    pub(crate) definition: Vec<u8>,
    pub(crate) json: Value,
}

impl From<ViewRow> for View {
    fn from(row: ViewRow) -> Self {
        Self {
            definition: row.definition,
            json: row.view,
        }
    }
}

/// What every view of an execution selects, as JSON in the shape of `ExecutionSummary`, and more.
macro_rules! view {
    ($more:literal, $rest:literal) => {
        concat!(
            "select e.definition, \
             jsonb_build_object('id', e.id, 'number', e.number, 'workflow', \
             jsonb_build_object('id', e.workflow_id, 'name', e.workflow_name, 'version', e.workflow_version), \
             'status', e.status, 'outcome', e.outcome, 'started_by', e.started_by, 'reason', e.reason, \
             'inputs', e.inputs, 'secret_inputs', \
             coalesce((select to_jsonb(i.names) from secret_inputs i where i.execution_id = e.id), '[]'), 'targets', e.targets, 'cancel_requested_by', e.stop_requested_by, \
             'cancel_reason', e.stop_reason, 'retry_of', e.retry_of, \
             'paused_by', e.paused_by, 'undo_of', e.undo_of, 'parent', e.parent, 'parent_step', e.parent_step, \
             'window', case when e.status = 'pending' then (select jsonb_build_object( \
               'window', d.said, 'until', d.held_until, 'is_at_least', d.is_at_least) from windows d \
               where d.execution_id = e.id and d.held_until is not null) end, \
             'waits_for', case when e.status = 'pending' then (select coalesce(jsonb_agg(jsonb_build_object( \
               'group', w.name, 'limit', w.most, \
               'held_by', (select coalesce(jsonb_agg(r.number order by p.id), '[]') from places p \
                 join executions r on r.id = p.execution_id where p.name = w.name \
                 and p.begun_at is not null and r.completed_at is null), \
               'behind', (select coalesce(jsonb_agg(r.number order by p.id), '[]') from places p \
                 join executions r on r.id = p.execution_id where p.name = w.name and p.id < w.id \
                 and p.begun_at is null and r.completed_at is null and not exists (select from windows d \
                   where d.execution_id = r.id and d.held_until is not null))) order by w.id), '[]') \
               from places w where w.execution_id = e.id and w.begun_at is null) else '[]' end, \
             'undone_by', (select max(u.number) from executions u where u.undo_of = e.number), \
             'created_at', e.created_at, 'started_at', e.started_at, 'completed_at', e.completed_at, \
             'outputs_removed_at', e.outputs_removed_at, 'last_seq', e.last_seq",
            $more,
            ") as view from executions e ",
            $rest
        )
    };
}

/// An execution as JSON, without what is inside of it.
pub(crate) async fn view(tx: &mut Tx, id: ExecutionId) -> Result<Option<View>, StoreError> {
    let row: Option<ViewRow> = tx
        .row(sql(view!("", "where e.id = $1")).bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(row.map(View::from))
}

/// The same, with the newest entries of its timeline, oldest first, and no steps and prompts yet.
pub(crate) async fn view_with_timeline(
    tx: &mut Tx,
    id: ExecutionId,
    entries: i64,
) -> Result<Option<View>, StoreError> {
    let row: Option<ViewRow> = tx
        .row(
            sql(view!(
                ", 'steps', '[]'::jsonb, 'prompts', '[]'::jsonb, 'timeline', \
                 (select coalesce(jsonb_agg(n.entry order by n.seq), '[]') from ( \
                   select o.seq, jsonb_build_object('seq', o.seq, 'at', t.at) || o.what as entry \
                   from (select seqs, whats, at from timeline where execution_id = $1 \
                     order by last_seq desc limit $2) t \
                   cross join unnest(t.seqs, t.whats) as o (seq, what) order by o.seq desc limit $2) n)",
                "where e.id = $1"
            ))
            .bind::<SqlUuid, _>(id.0)
            .bind::<BigInt, _>(entries),
        )
        .await?;
    Ok(row.map(View::from))
}

/// What a list of executions is narrowed to.
#[derive(Debug)]
pub(crate) struct Filter {
    /// Whose list it is.
    pub(crate) reach: Reach,
    pub(crate) workflow: Option<workflows::Name>,
    pub(crate) statuses: Vec<ExecutionStatus>,
    pub(crate) started_by: Option<String>,
    /// Only executions with a job on this worker.
    pub(crate) worker: Option<Uuid>,
    pub(crate) since: Option<Timestamp>,
    /// Only executions that go over hosts batch by batch.
    pub(crate) rollouts: bool,
    /// Only executions older than this number.
    pub(crate) before: Option<i64>,
    pub(crate) limit: i64,
}

/// Executions as JSON, newest first.
pub(crate) async fn list(tx: &mut Tx, filter: Filter) -> Result<Vec<View>, StoreError> {
    let statuses: Vec<&str> = filter
        .statuses
        .iter()
        .map(|status| status.as_str())
        .collect();
    let (id, name) = match filter.workflow {
        Some(workflows::Name::Id(id)) => (Some(id.0), None),
        Some(workflows::Name::Name(name)) => (None, Some(name)),
        None => (None, None),
    };
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                view!(
                    "",
                    "left join workflows w on w.id = e.workflow_id \
                     where ($1 is null or w.name = $1) and ($11 is null or e.workflow_id = $11) \
                     and (cardinality($2) = 0 or e.status = any ($2::execution_status[])) \
                     and ($3 is null or e.started_by = $3) and ($4 is null or e.created_at >= $4) \
                     and ($5 is null or e.number < $5) \
                     and (not $9 or exists (select 1 from rollouts r where r.execution_id = e.id)) \
                     and ($10 is null or e.id in (select j.execution_id from jobs j where j.worker_id = $10 and ( \
                       j.status = 'pending' or j.status in ('polled', 'running') or j.completed_at is not null))) and "
                ),
                visible!("$7", "$8"),
                " order by e.number desc limit $6"
            ))
            .bind::<Nullable<Text>, _>(name)
            .bind::<Array<Text>, _>(statuses)
            .bind::<Nullable<Text>, _>(filter.started_by)
            .bind::<Nullable<Timestamptz>, _>(filter.since.map(At::from))
            .bind::<Nullable<BigInt>, _>(filter.before)
            .bind::<BigInt, _>(filter.limit)
            .bind::<Nullable<Array<Text>>, _>(filter.reach.groups)
            .bind::<Nullable<Array<Text>>, _>(filter.reach.workflows)
            .bind::<Bool, _>(filter.rollouts)
            .bind::<Nullable<SqlUuid>, _>(filter.worker)
            .bind::<Nullable<SqlUuid>, _>(id),
        )
        .await?;
    Ok(rows.into_iter().map(View::from).collect())
}
