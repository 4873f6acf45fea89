//! What was given for the secret inputs of executions: sealed while they last, and wiped with their end.

use pulse_api::ExecutionId;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, BigInt, Binary, SqlUuid, Text},
};
use crate::model::seal::Subject;

/// All secret inputs of one execution, sealed as one.
#[derive(Debug, Clone)]
pub(crate) struct SealedInputs {
    pub(crate) execution: ExecutionId,
    /// Which inputs they are.
    pub(crate) names: Vec<String>,
    pub(crate) key_id: String,
    pub(crate) bytes: Vec<u8>,
}

/// What the inputs of an execution are sealed for. A stored secret has a version from 1 on.
pub(crate) fn subject(execution: ExecutionId) -> Subject<'static> {
    Subject {
        id: execution.0,
        name: "inputs",
        version: 0,
    }
}

/// Adds those of a new execution, with the commit.
pub(crate) fn insert(tx: &mut Tx, inputs: SealedInputs) {
    tx.run_last(
        sql("insert into secret_inputs (execution_id, names, key_id, sealed) values ($1, $2, $3, $4)")
            .bind::<SqlUuid, _>(inputs.execution.0)
            .bind::<Array<Text>, _>(inputs.names)
            .bind::<Text, _>(inputs.key_id)
            .bind::<Binary, _>(inputs.bytes),
    );
}

/// Wipes those of an execution that has ended, with the commit. Its names stay. Where its rollouts are
/// yet to be brought back by themselves, that takes them, and wipes them then.
pub(crate) fn wipe(tx: &mut Tx, execution: ExecutionId) {
    tx.run_last(
        sql(
            "update secret_inputs set key_id = null, sealed = null where execution_id = $1 \
             and not exists (select 1 from rollouts r where r.execution_id = $1 and r.rollback_wanted)",
        )
        .bind::<SqlUuid, _>(execution.0),
    );
}

row! { SealedRow {
    execution_id: Uuid = SqlUuid,
    names: Vec<String> = Array<Text>,
    key_id: String = Text,
    sealed: Vec<u8> = Binary,
} }

impl From<SealedRow> for SealedInputs {
    fn from(row: SealedRow) -> Self {
        Self {
            execution: ExecutionId(row.execution_id),
            names: row.names,
            key_id: row.key_id,
            bytes: row.sealed,
        }
    }
}

/// Those of an execution; `None` where it has none, or they are wiped.
pub(crate) async fn find(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Option<SealedInputs>, StoreError> {
    let row: Option<SealedRow> = tx
        .row(
            sql(
                "select execution_id, names, key_id, sealed from secret_inputs \
                 where execution_id = $1 and key_id is not null",
            )
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(row.map(SealedInputs::from))
}

/// So many that are sealed under another key than this, their rows locked.
pub(crate) async fn lock_others(
    tx: &mut Tx,
    key: &str,
    count: i64,
) -> Result<Vec<SealedInputs>, StoreError> {
    let rows: Vec<SealedRow> = tx
        .rows(
            sql(
                "select execution_id, names, key_id, sealed from secret_inputs \
                 where key_id <> $1 order by execution_id limit $2 for update",
            )
            .bind::<Text, _>(key)
            .bind::<BigInt, _>(count),
        )
        .await?;
    Ok(rows.into_iter().map(SealedInputs::from).collect())
}

/// Puts the same values there, sealed under another key.
pub(crate) async fn reseal(tx: &mut Tx, inputs: &SealedInputs) -> Result<(), StoreError> {
    tx.run(
        sql("update secret_inputs set key_id = $2, sealed = $3 where execution_id = $1")
            .bind::<SqlUuid, _>(inputs.execution.0)
            .bind::<Text, _>(inputs.key_id.as_str())
            .bind::<Binary, _>(inputs.bytes.as_slice()),
    )
    .await?;
    Ok(())
}
