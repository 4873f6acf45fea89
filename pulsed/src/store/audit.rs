//! Who did what. Rows are only ever added; the table itself refuses anything else.

use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Jsonb, Nullable, Text},
};

/// Who did what to whom.
pub(crate) struct Deed {
    pub(crate) actor: String,
    pub(crate) action: &'static str,
    pub(crate) subject: String,
    pub(crate) detail: Value,
}

/// Adds a row, in the transaction that it tells of.
pub(crate) fn insert(
    tx: &mut Tx,
    (actor, action, subject): (&str, &'static str, &str),
    detail: Value,
) {
    insert_all(
        tx,
        vec![Deed {
            actor: actor.to_owned(),
            action,
            subject: subject.to_owned(),
            detail,
        }],
    );
}

/// Adds rows, in the transaction that they tell of.
pub(crate) fn insert_all(tx: &mut Tx, deeds: Vec<Deed>) {
    let mut columns = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for deed in deeds {
        columns.0.push(deed.actor);
        columns.1.push(deed.action);
        columns.2.push(deed.subject);
        columns.3.push(deed.detail);
    }
    tx.run_last(
        sql("insert into audit (actor, action, subject, detail) select * from unnest($1, $2, $3, $4)")
            .bind::<Array<Text>, _>(columns.0)
            .bind::<Array<Text>, _>(columns.1)
            .bind::<Array<Text>, _>(columns.2)
            .bind::<Array<Jsonb>, _>(columns.3),
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
