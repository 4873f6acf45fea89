//! The fleet and its work in numbers, read in one statement.

use serde_json::Value;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::Jsonb,
};
use crate::model::metrics::Facts;

row! { FactsRow { facts: Value = Jsonb } }

const FACTS: &str = "\
select jsonb_build_object( \
  'workers', (select coalesce(jsonb_agg(g), '[]') from (select region, status, admin_state, count(*) as count, \
      sum(slots) as slots, coalesce(max(extract(epoch from now() - last_heartbeat)), 0) as silent_most, \
      coalesce(sum(extract(epoch from now() - last_heartbeat)), 0) as silent_sum \
    from workers where status <> 'deleted' group by region, status, admin_state) g), \
  'runtimes', (select coalesce(jsonb_agg(g), '[]') from (select r.runtime, count(*) as count from workers w, \
      jsonb_array_elements_text(case jsonb_typeof(w.capabilities -> 'runtimes') when 'array' \
        then w.capabilities -> 'runtimes' else '[]' end) as r (runtime) \
    where w.status = 'online' group by r.runtime order by count(*) desc limit 50) g), \
  'queue', (select coalesce(jsonb_agg(g), '[]') from (select w.region, j.status, count(*) as count, \
      extract(epoch from now() - min(j.created_at)) as oldest from jobs j join workers w on w.id = j.worker_id \
    where j.status in ('pending', 'polled', 'running') group by w.region, j.status) g), \
  'executions', (select coalesce(jsonb_agg(g), '[]') from (select status, count(*) as count from executions \
    where completed_at is null and outputs_left group by status) g), \
  'prompts_open', (select count(*) from prompts where status = 'open'), \
  'heartbeats', (select coalesce(jsonb_agg(g), '[]') from (select name as worker, region, \
      extract(epoch from now() - last_heartbeat) as seconds from workers \
    where status in ('online', 'unreachable') and last_heartbeat is not null \
    order by last_heartbeat limit 1000) g), \
  'drains', (select coalesce(jsonb_agg(g), '[]') from (select w.name as worker, (select count(*) from jobs j \
      where j.worker_id = w.id and j.status in ('polled', 'running')) as jobs_left from workers w \
    where w.admin_state in ('draining', 'held') and w.status <> 'deleted' order by w.name limit 1000) g), \
  'replicas', (select count(*) from servers where seen_at > now() - interval '15 seconds')) as facts";

/// Reads the numbers.
pub(crate) async fn facts(tx: &mut Tx) -> Result<Facts, StoreError> {
    let row: Option<FactsRow> = tx.row(sql(FACTS)).await?;
    let row = row.ok_or(StoreError::Stale)?;
    Ok(serde_json::from_value(row.facts)?)
}
