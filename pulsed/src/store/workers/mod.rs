//! Workers.
//!
//! This file reads workers for placement and writes what operators want of them;
//! `identity` has who they are, `credentials` how they prove it, `life` whether they are heard
//! from, `drains` what becomes of those that shall rest, `renames` what they were called before,
//! `views` shows them.

pub(crate) mod credentials;
pub(crate) mod drains;
pub(crate) mod identity;
pub(crate) mod life;
pub(crate) mod logs;
pub(crate) mod renames;
pub(crate) mod views;

use std::collections::BTreeMap;

use jiff::Timestamp;
use pulse_api::{
    DrainId, ExecutionId, WorkerId,
    status::{AdminState, WorkerRole, WorkerStatus},
};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{Statement, row, sql},
    types::{
        Array, At, BigInt, Bool, Integer, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word, moment,
    },
};
use crate::model::worker::{Candidate, RestartScope, Wanted};

row! { CandidateRow {
    id: Uuid = SqlUuid,
    name: String = Text,
    role: Word<WorkerRole> = Text,
    region: String = Text,
    groups: Vec<String> = Array<Text>,
    labels: Value = Jsonb,
    capabilities: Value = Jsonb,
    function_blocks: Value = Jsonb,
    status: Word<WorkerStatus> = Text,
    admin_state: Word<AdminState> = Text,
    held_by: Option<Uuid> = Nullable<SqlUuid>,
    slots: i32 = Integer,
    in_hand: i64 = BigInt,
    is_connected: bool = Bool,
} }

impl From<CandidateRow> for Candidate {
    fn from(row: CandidateRow) -> Self {
        let function_blocks = match row.function_blocks {
            Value::Array(blocks) => blocks,
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_) => Vec::new(),
        };
        Self {
            id: WorkerId(row.id),
            name: row.name,
            role: row.role.0,
            region: row.region,
            groups: row.groups,
            labels: labels(row.labels),
            capabilities: row.capabilities.into(),
            function_blocks,
            status: row.status.0,
            admin_state: row.admin_state.0,
            held_by: row.held_by.map(ExecutionId),
            slots: u32::try_from(row.slots).unwrap_or_default(),
            in_hand: u32::try_from(row.in_hand).unwrap_or(u32::MAX),
            is_connected: row.is_connected,
        }
    }
}

fn labels(value: Value) -> BTreeMap<String, String> {
    serde_json::from_value(value).unwrap_or_default()
}

/// Whether the function blocks of workers are read: most steps call none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum WithBlocks {
    No,
    Yes,
}

/// What placement selects of workers; `$1` is whether their function blocks are read.
macro_rules! candidates {
    ($rest:literal) => {
        concat!(
            "select w.id, w.name, w.role, w.region, w.groups, w.labels, w.capabilities, w.status, \
             case when $1 then w.function_blocks else '[]'::jsonb end as function_blocks, \
             w.admin_state, w.held_by, w.slots, w.server_id is not null as is_connected, \
             (select count(*) from jobs h where h.worker_id = w.id and h.status in ('polled', 'running')) \
               as in_hand \
             from workers w where w.status <> 'deleted' ",
            $rest
        )
    };
}

/// The workers that carry one of these names, or are in a group of that name: held so that a drain
/// waits for this transaction. And whether any of the names was another worker's lately.
pub(crate) async fn candidates(
    tx: &mut Tx,
    names: &[String],
    blocks: WithBlocks,
) -> Result<(Vec<Candidate>, bool), StoreError> {
    let (workers, renamed) = tx
        .two::<CandidateRow, renames::FoundRow>((choosing(names, blocks), renames::any_of(names)))
        .await?;
    let workers = workers.into_iter().map(Candidate::from).collect();
    Ok((workers, renamed.iter().any(|row| row.found)))
}

/// The query behind `candidates`. Each of the three ways has its index: a fleet of ten thousand is
/// not compared with a list of a thousand.
pub(super) fn choosing(names: &[String], blocks: WithBlocks) -> Statement<'_> {
    let ids: Vec<Uuid> = names.iter().filter_map(|name| name.parse().ok()).collect();
    sql(candidates!(
        "and (w.name = any ($2) or w.groups && $2 or w.id = any ($3)) \
         order by w.id for key share of w"
    ))
    .bind::<Bool, _>(blocks == WithBlocks::Yes)
    .bind::<Array<Text>, _>(names)
    .bind::<Array<SqlUuid>, _>(ids)
}

/// Every worker, held by nobody: for choosing among them, and for looking.
pub(crate) async fn fleet(tx: &mut Tx, blocks: WithBlocks) -> Result<Vec<Candidate>, StoreError> {
    let query = sql(candidates!("order by w.id")).bind::<Bool, _>(blocks == WithBlocks::Yes);
    let rows: Vec<CandidateRow> = tx.rows(query).await?;
    Ok(rows.into_iter().map(Candidate::from).collect())
}

/// These workers as they are now, held like `candidates`.
pub(crate) async fn held(
    tx: &mut Tx,
    ids: &[WorkerId],
    blocks: WithBlocks,
) -> Result<Vec<Candidate>, StoreError> {
    let query = sql(candidates!(
        "and w.id = any ($2) order by w.id for key share of w"
    ));
    let rows: Vec<CandidateRow> = tx
        .rows(
            query
                .bind::<Bool, _>(blocks == WithBlocks::Yes)
                .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>()),
        )
        .await?;
    Ok(rows.into_iter().map(Candidate::from).collect())
}

row! { HeldRow { id: Uuid = SqlUuid } }

/// Holds workers for one execution, unless an operator or another live execution has them in hand;
/// gives those that it holds now. Their drains say why, and who has started it.
pub(crate) async fn hold_for(
    tx: &mut Tx,
    ids: &[WorkerId],
    (execution, why): (ExecutionId, (&str, &str)),
) -> Result<Vec<WorkerId>, StoreError> {
    life::hold(tx, ids).await?;
    let rows: Vec<HeldRow> = tx
        .rows(
            sql(
                "update workers set admin_state = 'held', held_by = $2, updated_at = now() \
                 where id = any ($1) and status <> 'deleted' and (admin_state = 'active' \
                   or (admin_state = 'held' and held_by is not null and not exists (select 1 from executions e \
                       where e.id = held_by and e.id <> $2 and e.completed_at is null))) \
                 returning id",
            )
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    let held: Vec<WorkerId> = rows.into_iter().map(|row| WorkerId(row.id)).collect();
    drains::note(tx, &held, why).await?;
    Ok(held)
}

/// Lets everybody use workers again that this execution holds; gives those that are free now.
pub(crate) async fn release(
    tx: &mut Tx,
    ids: &[WorkerId],
    execution: ExecutionId,
) -> Result<Vec<WorkerId>, StoreError> {
    life::hold(tx, ids).await?;
    let rows: Vec<HeldRow> = tx
        .rows(
            sql(
                "update workers set admin_state = 'active', held_by = null, updated_at = now() \
                 where id = any ($1) and (admin_state = 'active' \
                   or (admin_state = 'held' and held_by = $2)) returning id",
            )
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    let free: Vec<WorkerId> = rows.into_iter().map(|row| WorkerId(row.id)).collect();
    drains::forget(tx, &free).await?;
    Ok(free)
}

/// What an operator changes of a worker; `None` leaves it.
#[derive(Debug, Default)]
pub(crate) struct Patch {
    pub(crate) groups: Option<Vec<String>>,
    /// Set, and taken away where they are null; others stay.
    pub(crate) labels: Option<Value>,
    pub(crate) name: Option<String>,
    pub(crate) region: Option<String>,
}

/// Writes what an operator changes of a worker.
pub(crate) async fn patch(tx: &mut Tx, id: WorkerId, patch: Patch) -> Result<bool, StoreError> {
    if let Some(name) = &patch.name {
        renames::note(tx, id, name).await?;
    }
    let written = tx
        .run(
            sql(
                "update workers set groups = coalesce($2, groups), labels = jsonb_strip_nulls(labels || coalesce($3, '{}')), \
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
    status: Word<WorkerStatus> = Text,
} }

/// Who a name or an id stands for.
pub(crate) struct Found {
    pub(crate) id: WorkerId,
    pub(crate) status: WorkerStatus,
}

/// The worker with this id, or the live one with this name.
pub(crate) async fn find(tx: &mut Tx, name: &str) -> Result<Option<Found>, StoreError> {
    let id: Option<Uuid> = name.parse().ok();
    let row: Option<FoundRow> = tx
        .row(
            sql("select id, status from workers \
                 where id = $1 or (name = $2 and status <> 'deleted') order by id = $1 desc nulls last limit 1")
            .bind::<Nullable<SqlUuid>, _>(id)
            .bind::<Text, _>(name),
        )
        .await?;
    Ok(row.map(|row| Found {
        id: WorkerId(row.id),
        status: row.status.0,
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

row! { ProtocolRow {
    protocol: Option<i32> = Nullable<Integer>,
    agents: i64 = BigInt,
} }

/// How many online workers speak which version of the agent protocol.
pub(crate) async fn protocols(tx: &mut Tx) -> Result<Vec<(Option<u32>, u64)>, StoreError> {
    let rows: Vec<ProtocolRow> = tx
        .rows(sql(
            "select protocol, count(*) as agents from workers where status = 'online' \
             group by protocol order by protocol desc nulls last",
        ))
        .await?;
    let each = rows.into_iter().map(|row| {
        let protocol = row.protocol.and_then(|it| u32::try_from(it).ok());
        (protocol, u64::try_from(row.agents).unwrap_or_default())
    });
    Ok(each.collect())
}

row! { WantedRow {
    id: Uuid = SqlUuid,
    admin_state: Word<AdminState> = Text,
    drain_deadline_at: Option<At> = Nullable<Timestamptz>,
    drain_id: Option<Uuid> = Nullable<SqlUuid>,
    host_drain: Option<Uuid> = Nullable<SqlUuid>,
    restart_wanted_at: Option<At> = Nullable<Timestamptz>,
    restart_scope: Option<String> = Nullable<Text>,
    rotate_wanted_at: Option<At> = Nullable<Timestamptz>,
} }

impl From<WantedRow> for Wanted {
    fn from(row: WantedRow) -> Self {
        let scope = match row.restart_scope.as_deref() {
            Some("executor") => RestartScope::Executor,
            Some(_) | None => RestartScope::Link,
        };
        Self {
            admin_state: row.admin_state.0,
            drain_deadline_at: moment(row.drain_deadline_at),
            drain: row.drain_id.map(DrainId),
            host_drain: row.host_drain.map(DrainId),
            restart: moment(row.restart_wanted_at).map(|at| (at, scope)),
            rotation: moment(row.rotate_wanted_at),
        }
    }
}

/// What every look at wishes selects.
macro_rules! wanted {
    ($rest:literal) => {
        concat!(
            "select w.id, w.admin_state, d.deadline_at as drain_deadline_at, d.id as drain_id, w.host_drain, \
             w.restart_wanted_at, w.restart_scope, w.rotate_wanted_at from workers w \
             left join drains d on d.worker_id = w.id and w.admin_state <> 'active' ",
            $rest
        )
    };
}

/// What operators want of a worker's agent.
pub(crate) async fn wanted(tx: &mut Tx, id: WorkerId) -> Result<Option<Wanted>, StoreError> {
    let row: Option<WantedRow> = tx
        .row(sql(wanted!("where w.id = $1")).bind::<SqlUuid, _>(id.0))
        .await?;
    Ok(row.map(Wanted::from))
}

/// What operators want of the agents whose session is on this replica, where that changed lately.
pub(crate) async fn wanted_of_server(
    tx: &mut Tx,
    server: Uuid,
) -> Result<Vec<(WorkerId, Wanted)>, StoreError> {
    let rows: Vec<WantedRow> = tx
        .rows(
            sql(wanted!(
                "where w.server_id = $1 and w.updated_at > now() - interval '10 seconds'"
            ))
            .bind::<SqlUuid, _>(server),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (WorkerId(row.id), Wanted::from(row)))
        .collect())
}

/// Forgets a wish for a restart that the worker of this session does not fulfil.
pub(crate) async fn forget_restart(
    tx: &mut Tx,
    (id, epoch): (WorkerId, i64),
    wanted_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    tx.run(
        sql(
            "update workers set restart_wanted_at = null, restart_scope = null, updated_at = now() \
             where id = $1 and session_epoch = $2 \
               and restart_wanted_at is not distinct from coalesce($3, restart_wanted_at)",
        )
        .bind::<SqlUuid, _>(id.0)
        .bind::<BigInt, _>(epoch)
        .bind::<Nullable<Timestamptz>, _>(wanted_at.map(At::from)),
    )
    .await?;
    Ok(())
}

row! { AskedRow { id: Uuid = SqlUuid } }

/// Asks for a restart of the agents; gives those of which a session is open.
pub(crate) async fn ask_restart(
    tx: &mut Tx,
    ids: &[WorkerId],
    scope: RestartScope,
) -> Result<Vec<WorkerId>, StoreError> {
    let rows: Vec<AskedRow> = tx
        .rows(
            sql(
                "update workers set restart_wanted_at = now(), restart_scope = $2, updated_at = now() \
                 where id in (select id from workers where id = any ($1) and status <> 'deleted' \
                   and server_id is not null order by id for no key update) returning id",
            )
            .bind::<Array<SqlUuid>, _>(ids.iter().map(|id| id.0).collect::<Vec<_>>())
            .bind::<Text, _>(scope.as_str()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| WorkerId(row.id)).collect())
}
