//! Answers of calls that carried a key, for the same call made again.

use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, Binary, Jsonb, Text},
    writes::write,
};

row! { AnswerRow {
    request_sha256: Vec<u8> = Binary,
    body: Value = Jsonb,
} }

/// An answer given before.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) request_sha256: Vec<u8>,
    pub(crate) body: Value,
}

/// The answer that was given to this caller under this key.
pub(crate) async fn find(
    tx: &mut Tx,
    principal: &str,
    key: &str,
) -> Result<Option<Answer>, StoreError> {
    let row: Option<AnswerRow> = tx
        .row(
            sql("select request_sha256, body from idempotency_keys \
                 where principal = $1 and key = $2")
            .bind::<Text, _>(principal)
            .bind::<Text, _>(key),
        )
        .await?;
    Ok(row.map(|row| Answer {
        request_sha256: row.request_sha256,
        body: row.body,
    }))
}

/// Who called, under which key, and what was answered.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) principal: String,
    pub(crate) key: String,
    pub(crate) answer: Answer,
}

/// Keeps answers, in the transaction that they tell of. The commit fails as `Taken` when the same
/// call was faster.
pub(crate) fn insert(tx: &mut Tx, kept: Vec<Kept>) {
    let rows = kept.len();
    let mut columns = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for kept in kept {
        columns.0.push(kept.principal);
        columns.1.push(kept.key);
        columns.2.push(kept.answer.request_sha256);
        columns.3.push(kept.answer.body);
    }
    let answers = sql(
        "insert into idempotency_keys (principal, key, request_sha256, body) \
         select v.* from unnest($1, $2, $3, $4) as v (principal, key, request_sha256, body)",
    )
    .bind::<Array<Text>, _>(columns.0)
    .bind::<Array<Text>, _>(columns.1)
    .bind::<Array<Binary>, _>(columns.2)
    .bind::<Array<Jsonb>, _>(columns.3);
    tx.write_last(write("kept_answers", rows, answers));
}

/// Forgets answers older than a day.
pub(crate) async fn prune(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "delete from idempotency_keys where created_at < now() - interval '1 day'",
    ))
    .await
}
