//! Documents by the digest of their text; a row never changes, and goes with the last that refers to it.

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, Binary, Integer, Text},
    writes::{Write, write},
};

/// Adds a document, unless it is there.
pub(crate) async fn insert(tx: &mut Tx, sha256: &[u8], source: &str) -> Result<(), StoreError> {
    tx.run(
        sql("insert into definitions (sha256, source) values ($1, $2) on conflict do nothing")
            .bind::<Binary, _>(sha256)
            .bind::<Text, _>(source),
    )
    .await?;
    Ok(())
}

/// Adds documents, unless they are there. In the order of their digests, so that two transactions
/// never wait for each other.
pub(super) fn insert_all(documents: &[(Vec<u8>, String)]) -> Write<'static> {
    let mut documents: Vec<_> = documents.to_vec();
    documents.sort();
    documents.dedup();
    let rows = documents.len();
    let (digests, sources): (Vec<Vec<u8>>, Vec<String>) = documents.into_iter().unzip();
    let statement = sql(
        "insert into definitions (sha256, source) select v.sha256, v.source \
         from unnest($1, $2) as v (sha256, source) on conflict do nothing",
    )
    .bind::<Array<Binary>, _>(digests)
    .bind::<Array<Text>, _>(sources);
    write("new_definitions", rows, statement)
}

/// Removes those of these documents that nothing refers to.
///
/// Whatever begins to refer to one meanwhile commits before this does, or not at all: of the two
/// commits the foreign keys let one through, and the other is tried again.
pub(super) async fn remove_unused(tx: &mut Tx, sha256s: Vec<Vec<u8>>) -> Result<(), StoreError> {
    tx.run(
        sql("delete from definitions where sha256 in ( \
               select d.sha256 from definitions d where d.sha256 = any ($1) \
               and not exists (select 1 from executions e where e.definition = d.sha256) \
               and not exists (select 1 from workflow_versions v where v.definition = d.sha256) \
               order by d.sha256 for update)")
        .bind::<Array<Binary>, _>(sha256s),
    )
    .await?;
    Ok(())
}

row! { DefinitionRow {
    sha256: Vec<u8> = Binary,
    source: String = Text,
} }

/// The texts with these digests.
pub(crate) async fn get(
    tx: &mut Tx,
    sha256s: &[Vec<u8>],
) -> Result<Vec<(Vec<u8>, String)>, StoreError> {
    let rows: Vec<DefinitionRow> = tx
        .rows(
            sql("select sha256, source from definitions where sha256 = any ($1)")
                .bind::<Array<Binary>, _>(sha256s.to_vec()),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.sha256, row.source))
        .collect())
}

/// The texts with these digests, where they are no longer than this.
pub(crate) async fn short(
    tx: &mut Tx,
    sha256s: Vec<Vec<u8>>,
    bytes: i32,
) -> Result<Vec<(Vec<u8>, String)>, StoreError> {
    let rows: Vec<DefinitionRow> = tx
        .rows(
            sql("select sha256, source from definitions \
                 where sha256 = any ($1) and octet_length(source) <= $2")
            .bind::<Array<Binary>, _>(sha256s)
            .bind::<Integer, _>(bytes),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.sha256, row.source))
        .collect())
}
