//! Jobs of an earlier execution beside the steps that another takes over from it.

use pulse_api::ExecutionId;

use crate::store::{
    StoreError, Tx,
    sql::sql,
    types::{Array, SqlUuid, Text},
};

/// Copies how the last attempts of these steps' jobs ended: what later expressions read of them.
/// What they wrote stays where it is.
pub(crate) async fn take_over(
    tx: &mut Tx,
    (from, to): (ExecutionId, ExecutionId),
    steps: Vec<String>,
) -> Result<(), StoreError> {
    tx.run(
        sql("insert into jobs (id, attempt, execution_id, step_path, worker_id, worker_name, status, spec, \
               timeout_ms, ever_offered, evidence_at, created_at, started_at, completed_at, exit_code, signal, \
               reason, detail, outputs) \
             select gen_random_uuid(), 1, $2, step_path, worker_id, worker_name, status, spec, timeout_ms, \
               ever_offered, evidence_at, created_at, started_at, completed_at, exit_code, signal, reason, \
               detail, outputs \
             from (select distinct on (id) * from jobs where execution_id = $1 and step_path = any ($3) \
                   order by id, attempt desc) as last")
        .bind::<SqlUuid, _>(from.0)
        .bind::<SqlUuid, _>(to.0)
        .bind::<Array<Text>, _>(steps),
    )
    .await?;
    Ok(())
}
