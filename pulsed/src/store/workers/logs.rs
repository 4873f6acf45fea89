//! Who wants to see what an agent has logged, and what it says.

use pulse_api::{
    LogAskId, WorkerId,
    agent_log::{LogWanted, ReadLog, WorkerLog},
};
use serde_json::Value;
use uuid::Uuid;

use crate::store::{
    StoreError, Tx,
    sql::{row, sql},
    types::{BigInt, Bool, Jsonb, Nullable, SqlUuid, Text},
};

row! { StandingRow {
    name: String = Text,
    is_connected: bool = Bool,
    has_log: bool = Bool,
    waiting: i64 = BigInt,
} }

/// Whether a worker's agent can be asked.
pub(crate) struct Standing {
    pub(crate) name: String,
    pub(crate) is_connected: bool,
    /// Whether its agent knows the question.
    pub(crate) has_log: bool,
    /// How many wait for an answer of it already.
    pub(crate) waiting: i64,
}

pub(crate) async fn standing(
    tx: &mut Tx,
    worker: WorkerId,
) -> Result<Option<Standing>, StoreError> {
    let row: Option<StandingRow> = tx
        .row(
            sql(
                "select name, status <> 'deleted' and server_id is not null as is_connected, \
                   capabilities ? 'logs' as has_log, \
                   (select count(*) from log_asks a where a.worker_id = w.id and a.answer is null \
                      and a.expires_at > now()) as waiting from workers w where id = $1",
            )
            .bind::<SqlUuid, _>(worker.0),
        )
        .await?;
    Ok(row.map(|row| Standing {
        name: row.name,
        is_connected: row.is_connected,
        has_log: row.has_log,
        waiting: row.waiting,
    }))
}

row! { IdRow { id: Uuid = SqlUuid } }

/// Notes a question that an agent may answer after `wait_ms`; the answer may come `patience_ms` later.
pub(crate) async fn ask(
    tx: &mut Tx,
    (worker, wanted): (WorkerId, &LogWanted),
    (wait_ms, patience_ms): (u64, u64),
) -> Result<LogAskId, StoreError> {
    let ms = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
    let row: Option<IdRow> = tx
        .row(
            sql(
                "insert into log_asks (worker_id, wanted, wait_ms, expires_at) \
                 values ($1, $2, $3, now() + ($3 + $4) * interval '1 millisecond') returning id",
            )
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Jsonb, _>(serde_json::to_value(wanted)?)
            .bind::<BigInt, _>(ms(wait_ms))
            .bind::<BigInt, _>(ms(patience_ms)),
        )
        .await?;
    Ok(LogAskId(row.ok_or(StoreError::Stale)?.id))
}

row! { OpenRow {
    id: Uuid = SqlUuid,
    worker_id: Uuid = SqlUuid,
    wanted: Value = Jsonb,
    wait_ms: i64 = BigInt,
} }

impl OpenRow {
    fn ask(self) -> Result<(WorkerId, ReadLog), StoreError> {
        let ask = ReadLog {
            ask_id: LogAskId(self.id),
            wanted: serde_json::from_value(self.wanted)?,
            wait_ms: u64::try_from(self.wait_ms).unwrap_or(0),
        };
        Ok((WorkerId(self.worker_id), ask))
    }
}

macro_rules! open {
    ($of:literal) => {
        concat!(
            "select id, worker_id, wanted, wait_ms from log_asks where answer is null and expires_at > now() and ",
            $of
        )
    };
}

/// What a worker's agent is asked.
pub(crate) async fn open_of(
    tx: &mut Tx,
    worker: WorkerId,
) -> Result<Vec<(WorkerId, ReadLog)>, StoreError> {
    let query = sql(open!("worker_id = $1")).bind::<SqlUuid, _>(worker.0);
    let rows: Vec<OpenRow> = tx.rows(query).await?;
    rows.into_iter().map(OpenRow::ask).collect()
}

/// What the agents of workers are asked whose sessions are on this replica.
pub(crate) async fn open_of_server(
    tx: &mut Tx,
    server: Uuid,
) -> Result<Vec<(WorkerId, ReadLog)>, StoreError> {
    let query = sql(open!(
        "worker_id in (select id from workers where server_id = $1)"
    ));
    let rows: Vec<OpenRow> = tx.rows(query.bind::<SqlUuid, _>(server)).await?;
    rows.into_iter().map(OpenRow::ask).collect()
}

/// Notes the answer to what this worker was asked and has not answered yet; gives whether there was that.
pub(crate) async fn answer(
    tx: &mut Tx,
    (ask, worker): (LogAskId, WorkerId),
    log: &WorkerLog,
) -> Result<bool, StoreError> {
    let changed = tx
        .run(
            sql(
                "update log_asks set answer = $3 where id = $1 and worker_id = $2 and answer is null",
            )
            .bind::<SqlUuid, _>(ask.0)
            .bind::<SqlUuid, _>(worker.0)
            .bind::<Jsonb, _>(serde_json::to_value(log)?),
        )
        .await?;
    Ok(changed > 0)
}

row! { AnswerRow { answer: Option<Value> = Nullable<Jsonb> } }

/// Takes the answer away, if it is there.
pub(crate) async fn take(tx: &mut Tx, ask: LogAskId) -> Result<Option<WorkerLog>, StoreError> {
    let query = sql("delete from log_asks where id = $1 and answer is not null returning answer");
    let row: Option<AnswerRow> = tx.row(query.bind::<SqlUuid, _>(ask.0)).await?;
    let answer = row.and_then(|row| row.answer);
    Ok(answer.map(serde_json::from_value).transpose()?)
}

/// Takes a question back.
pub(crate) async fn forget(tx: &mut Tx, ask: LogAskId) -> Result<(), StoreError> {
    let query = sql("delete from log_asks where id = $1");
    tx.run(query.bind::<SqlUuid, _>(ask.0)).await?;
    Ok(())
}

/// Forgets the questions whose askers have gone.
pub(crate) async fn prune(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "delete from log_asks where expires_at < now() - interval '1 minute'",
    ))
    .await
}
