//! Answers of calls that carried a key, for the same call made again.

use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Binary, Jsonb, SmallInt, Text},
};

row! { AnswerRow {
    request_sha256: Vec<u8> = Binary,
    status: i16 = SmallInt,
    body: Value = Jsonb,
} }

/// An answer given before.
pub(crate) struct Answer {
    pub(crate) request_sha256: Vec<u8>,
    pub(crate) status: u16,
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
            sql("select request_sha256, status, body from idempotency_keys \
                 where principal = $1 and key = $2")
            .bind::<Text, _>(principal)
            .bind::<Text, _>(key),
        )
        .await?;
    Ok(row.map(|row| Answer {
        request_sha256: row.request_sha256,
        status: u16::try_from(row.status).unwrap_or(200),
        body: row.body,
    }))
}

/// Keeps an answer, in the transaction that it tells of. The commit fails as `Taken` when the
/// same call was faster.
pub(crate) fn insert(tx: &mut Tx, (principal, key): (&str, &str), answer: Answer) {
    tx.run_last(
        sql(
            "insert into idempotency_keys (principal, key, request_sha256, status, body) \
             values ($1, $2, $3, $4, $5)",
        )
        .bind::<Text, _>(principal.to_owned())
        .bind::<Text, _>(key.to_owned())
        .bind::<Binary, _>(answer.request_sha256)
        .bind::<SmallInt, _>(i16::try_from(answer.status).unwrap_or(200))
        .bind::<Jsonb, _>(answer.body),
    );
}

/// Forgets answers older than a day.
pub(crate) async fn prune(tx: &mut Tx) -> Result<usize, StoreError> {
    tx.run(sql(
        "delete from idempotency_keys where created_at < now() - interval '1 day'",
    ))
    .await
}
