//! Who did what. Rows are only ever added; the table itself refuses anything else.

use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{BigInt, Jsonb, Nullable, Text},
};

/// Adds a row, in the transaction that it tells of.
pub(crate) fn insert(tx: &mut Tx, (actor, action, subject): (&str, &str, &str), detail: Value) {
    tx.run_last(
        sql("insert into audit (actor, action, subject, detail) values ($1, $2, $3, $4)")
            .bind::<Text, _>(actor.to_owned())
            .bind::<Text, _>(action.to_owned())
            .bind::<Text, _>(subject.to_owned())
            .bind::<Jsonb, _>(detail),
    );
}

row! { ViewRow { view: Value = Jsonb } }

/// Rows as JSON, newest first, older than `before`.
pub(crate) async fn list(
    tx: &mut Tx,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(
                "select jsonb_build_object('id', id, 'at', at, 'actor', actor, 'action', action, \
                 'subject', subject, 'detail', detail) as view from audit \
                 where $1 is null or id < $1 order by id desc limit $2",
            )
            .bind::<Nullable<BigInt>, _>(before)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}
