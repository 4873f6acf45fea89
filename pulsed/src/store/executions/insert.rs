//! New executions: their numbers, and their rows.

use serde_json::{Value, json};

use crate::{
    model::{
        execution::{Execution, Origin},
        token::unhex,
        worker::Candidate,
    },
    store::{
        StoreError, Tx,
        idempotency::{Answer, Kept},
        sql::{Statement, row, sql},
        types::{Array, BigInt, Binary, Integer, Jsonb, Nullable, SqlUuid, Text},
        workers::{self, CandidateRow},
        writes::{Write, write},
    },
};

row! { ReservedRow {
    numbers: Vec<i64> = Array<BigInt>,
    answers: Value = Jsonb,
} }

/// What a batch of executions begins with.
pub(crate) struct Reserved {
    pub(crate) numbers: Vec<i64>,
    /// What was answered to those of the calls that were made before.
    pub(crate) answers: Vec<Kept>,
}

/// Takes the next numbers for executions, and looks which of these calls were made before.
pub(crate) async fn reserve(
    tx: &mut Tx,
    count: usize,
    calls: &[(&str, &str)],
) -> Result<Reserved, StoreError> {
    let row: Option<ReservedRow> = tx.row(reserving(count, calls)).await?;
    Reserved::try_from(row)
}

/// The same, with the workers that these names stand for, in one exchange.
pub(crate) async fn reserve_with(
    tx: &mut Tx,
    (count, calls): (usize, &[(&str, &str)]),
    names: &[String],
) -> Result<(Reserved, Vec<Candidate>), StoreError> {
    let choosing = workers::choosing(names, workers::WithBlocks::No);
    let (reserved, workers) = tx
        .two::<ReservedRow, CandidateRow>((reserving(count, calls), choosing))
        .await?;
    let reserved = Reserved::try_from(reserved.into_iter().next())?;
    Ok((reserved, workers.into_iter().map(Candidate::from).collect()))
}

fn reserving<'a>(count: usize, calls: &[(&'a str, &'a str)]) -> Statement<'a> {
    sql("select array (select nextval('executions_number_seq') from generate_series(1, $1)) as numbers, \
         (select coalesce(jsonb_agg(jsonb_build_array(k.principal, k.key, \
           encode(k.request_sha256, 'hex'), k.body)), '[]') from unnest($2, $3) as v (principal, key) \
           join idempotency_keys k on k.principal = v.principal and k.key = v.key) as answers")
    .bind::<Integer, _>(i32::try_from(count).unwrap_or(i32::MAX))
    .bind::<Array<Text>, _>(calls.iter().map(|(principal, _)| *principal).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(calls.iter().map(|(_, key)| *key).collect::<Vec<_>>())
}

impl TryFrom<Option<ReservedRow>> for Reserved {
    type Error = StoreError;

    fn try_from(row: Option<ReservedRow>) -> Result<Self, StoreError> {
        let row = row.ok_or(StoreError::Stale)?;
        let answers: Vec<(String, String, String, Value)> = serde_json::from_value(row.answers)?;
        let answers = answers
            .into_iter()
            .map(|(principal, key, digest, body)| {
                let request_sha256 = unhex(&digest).ok_or(StoreError::Stale)?;
                let answer = Answer {
                    request_sha256,
                    body,
                };
                Ok(Kept {
                    principal,
                    key,
                    answer,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(Self {
            numbers: row.numbers,
            answers,
        })
    }
}

/// Of a workflow that somebody has paused meanwhile nothing starts, but what brings something back:
/// whoever pauses one waits for those that have looked before.
const INSERT: &str = "\
with open as (select id from workflows where id = any ($3) and (paused_at is null or deleted_at is not null) for key share) \
insert into executions (id, number, workflow_id, workflow_name, workflow_version, definition, status, \
  outcome, started_by, reason, inputs, targets, last_seq, started_at, deadline_at, completed_at, retry_of, undo_of, \
  parent, parent_step, reach) \
overriding system value \
select v.id, v.number, v.workflow_id, v.workflow_name, v.workflow_version, v.definition, \
  v.status::execution_status, v.outcome, v.started_by, v.reason, v.inputs, v.targets, v.last_seq, \
  case when v.status <> 'pending' then now() end, \
  case when v.status not in ('pending', 'completed', 'failed', 'cancelled', 'timed_out') \
    then now() + v.timeout_ms * interval '1 millisecond' end, \
  case when v.status in ('completed', 'failed', 'cancelled', 'timed_out') then now() end, v.retry_of, v.undo_of, \
  v.parent, v.parent_step, v.reach \
from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) as v (id, number, workflow_id, \
  workflow_name, workflow_version, definition, status, outcome, started_by, reason, inputs, targets, last_seq, \
  timeout_ms, retry_of, undo_of, parent, parent_step, reach) \
where v.workflow_id is null or v.undo_of is not null or v.workflow_id in (select id from open) returning 1";

/// Adds executions as they are by now.
pub(in crate::store) fn insert(executions: &[&Execution]) -> diesel::QueryResult<Write<'static>> {
    let news = executions
        .iter()
        .map(|execution| execution.origin().map(|new| (*execution, new)))
        .collect::<Option<Vec<_>>>()
        .ok_or(diesel::result::Error::NotFound)?;
    let each = || news.iter();
    let statement = sql(INSERT)
        .bind::<Array<SqlUuid>, _>(each().map(|(e, _)| e.id.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(each().map(|(e, _)| e.number).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(
            each()
                .map(|(_, n)| n.workflow.map(|(id, _)| id.0))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(
            each().map(|(e, _)| e.workflow.clone()).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Integer>>, _>(
            each()
                .map(|(_, n)| n.workflow.map(|(_, version)| version))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Binary>, _>(
            each()
                .map(|(e, _)| e.definition.clone())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(each().map(|(e, _)| e.status().as_str()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(
            each().map(|(e, _)| e.outcome.clone()).collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(
            each()
                .map(|(e, _)| e.started_by.clone())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Text>>, _>(each().map(|(_, n)| n.reason.clone()).collect::<Vec<_>>())
        .bind::<Array<Jsonb>, _>(
            each()
                .map(|(e, _)| Value::Object(e.inputs.clone()))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Jsonb>>, _>(
            each().map(|(e, _)| e.targets.clone()).collect::<Vec<_>>(),
        )
        .bind::<Array<BigInt>, _>(each().map(|(e, _)| e.last_seq).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(
            each()
                .map(|(_, n)| n.timeout_ms.and_then(|ms| i64::try_from(ms).ok()))
                .collect::<Vec<_>>(),
        );
    let statement = related(statement, &news);
    Ok(write("new_executions", executions.len(), statement).finding_all())
}

/// Binds what executions are to others: from `retry_of` on.
fn related<'a>(statement: Statement<'a>, news: &[(&Execution, &Origin)]) -> Statement<'a> {
    let each = || news.iter();
    statement
        .bind::<Array<Nullable<BigInt>>, _>(each().map(|(_, n)| n.retry_of).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(each().map(|(e, _)| e.undo_of).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(each().map(|(e, _)| e.parent).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(
            each()
                .map(|(_, n)| n.parent_step.clone())
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<Jsonb>>, _>(
            each()
                .map(|(_, n)| n.reach.as_ref().map(|reach| json!(reach)))
                .collect::<Vec<_>>(),
        )
}
