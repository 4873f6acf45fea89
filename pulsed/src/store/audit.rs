//! Who did what, and the chain that seals it. Rows are only ever added; the tables themselves
//! refuse anything else.

use std::collections::HashMap;

use pulse_api::http::audit::AuditEntry;
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    sql::{row, sql},
    types::{Array, At, BigInt, Binary, Bool, Jsonb, Nullable, SqlUuid, Text, Timestamptz},
    writes::write,
};
use crate::model::audit::Link;

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

/// Adds rows, in the transaction that they tell of; they are sealed later, so that transactions
/// do not wait for each other's place in the chain.
pub(crate) fn insert_all(tx: &mut Tx, deeds: Vec<Deed>) {
    let rows = deeds.len();
    let mut columns = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for deed in deeds {
        columns.0.push(deed.actor);
        columns.1.push(deed.action);
        columns.2.push(deed.subject);
        columns.3.push(deed.detail);
    }
    let deeds = sql("insert into audit (actor, action, subject, detail) \
         select v.* from unnest($1, $2, $3, $4) as v (actor, action, subject, detail) returning id")
    .bind::<Array<Text>, _>(columns.0)
    .bind::<Array<Text>, _>(columns.1)
    .bind::<Array<Text>, _>(columns.2)
    .bind::<Array<Jsonb>, _>(columns.3);
    tx.write_last(write("new_deeds", rows, deeds));
    let unsealed = sql("insert into audit_unsealed (audit_id) select id from new_deeds");
    tx.write_last(write("unsealed_deeds", rows, unsealed));
}

/// What a link is made over: the same text for the same row, whatever the session's settings.
macro_rules! canonical {
    () => {
        "jsonb_build_array(a.id, to_char(a.at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), \
         a.actor, a.action, a.subject, a.detail)::text"
    };
}

row! { LockRow { is_free: bool = Bool } }

/// Whether nobody else is adding to the chain; until the transaction ends, nobody else will.
pub(crate) async fn lock_chain(tx: &mut Tx) -> Result<bool, StoreError> {
    let row: Option<LockRow> = tx
        .row(sql(
            "select pg_try_advisory_xact_lock(hashtext('audit_seals')) as is_free",
        ))
        .await?;
    Ok(row.is_some_and(|row| row.is_free))
}

row! { LinkRow {
    seq: i64 = BigInt,
    sha256: Vec<u8> = Binary,
} }

/// The last link of the chain.
pub(crate) async fn head(tx: &mut Tx) -> Result<Link, StoreError> {
    let row: Option<LinkRow> = tx
        .row(sql(
            "select seq, sha256 from audit_seals order by seq desc limit 1",
        ))
        .await?;
    Ok(row.map_or(Link::START, |row| Link {
        seq: row.seq,
        // A digest of another length cannot be stored.
        sha256: row.sha256.try_into().unwrap_or_default(),
    }))
}

row! { UnsealedRow {
    id: i64 = BigInt,
    canonical: String = Text,
} }

/// Rows that are not in the chain yet, with what their links are made over.
pub(crate) async fn unsealed(tx: &mut Tx, limit: i64) -> Result<Vec<(i64, String)>, StoreError> {
    let rows: Vec<UnsealedRow> = tx
        .rows(
            sql(concat!(
                "select a.id, ",
                canonical!(),
                " as canonical from audit_unsealed u join audit a on a.id = u.audit_id \
                 order by a.id limit $1"
            ))
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, row.canonical))
        .collect())
}

/// Adds links to the chain, each with the row that it seals.
pub(crate) async fn seal(tx: &mut Tx, links: &[(i64, Link)]) -> Result<(), StoreError> {
    let ids: Vec<i64> = links.iter().map(|(id, _)| *id).collect();
    tx.run(
        sql(
            "with taken as (delete from audit_unsealed where audit_id = any ($1)) \
             insert into audit_seals (audit_id, seq, sha256) select * from unnest($1, $2, $3)",
        )
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<BigInt>, _>(links.iter().map(|(_, link)| link.seq).collect::<Vec<_>>())
        .bind::<Array<Binary>, _>(
            links
                .iter()
                .map(|(_, link)| link.sha256.to_vec())
                .collect::<Vec<_>>(),
        ),
    )
    .await?;
    Ok(())
}

row! { SealedRow {
    seq: i64 = BigInt,
    sha256: Vec<u8> = Binary,
    id: i64 = BigInt,
    canonical: Option<String> = Nullable<Text>,
} }

/// A link as it is stored, with what it seals.
pub(crate) struct Sealed {
    pub(crate) seq: i64,
    pub(crate) sha256: Vec<u8>,
    pub(crate) id: i64,
    /// `None` when the row is gone.
    pub(crate) canonical: Option<String>,
}

/// The links after a place, in order.
pub(crate) async fn sealed_after(
    tx: &mut Tx,
    seq: i64,
    limit: i64,
) -> Result<Vec<Sealed>, StoreError> {
    let rows: Vec<SealedRow> = tx
        .rows(
            sql(concat!(
                "select s.seq, s.sha256, s.audit_id as id, case when a.id is not null then ",
                canonical!(),
                " end as canonical from audit_seals s left join audit a on a.id = s.audit_id \
                 where s.seq > $1 order by s.seq limit $2"
            ))
            .bind::<BigInt, _>(seq)
            .bind::<BigInt, _>(limit),
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Sealed {
            seq: row.seq,
            sha256: row.sha256,
            id: row.id,
            canonical: row.canonical,
        })
        .collect())
}

row! { StrayRow {
    fresh: i64 = BigInt,
    forgotten: Option<i64> = Nullable<BigInt>,
} }

/// Rows outside the chain: how many are new, and the first that should have been sealed by now.
pub(crate) async fn strays(tx: &mut Tx) -> Result<(u64, Option<i64>), StoreError> {
    let row: Option<StrayRow> = tx
        .row(sql(
            "select count(*) filter (where a.at >= now() - interval '1 minute') as fresh, \
             min(a.id) filter (where a.at < now() - interval '1 minute') as forgotten from audit a \
             where not exists (select from audit_seals s where s.audit_id = a.id)",
        ))
        .await?;
    Ok(row.map_or((0, None), |row| {
        (u64::try_from(row.fresh).unwrap_or_default(), row.forgotten)
    }))
}

/// What a list of the trail is narrowed to.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub(crate) actor: Option<String>,
    /// A whole action, or everything before its dot.
    pub(crate) action: Option<String>,
    pub(crate) since: Option<jiff::Timestamp>,
    /// In the order of the list.
    pub(crate) after: Option<i64>,
    pub(crate) limit: i64,
}

row! { ViewRow { view: Value = Jsonb } }

/// What every list of the trail selects, as JSON in the shape of `AuditEntry`.
macro_rules! view {
    ($rest:literal) => {
        concat!(
            "select jsonb_build_object('id', a.id, 'at', a.at, 'actor', a.actor, 'action', a.action, \
             'subject', a.subject, 'detail', a.detail, 'seq', s.seq, 'sha256', encode(s.sha256, 'hex')) \
             as view from audit a left join audit_seals s on s.audit_id = a.id \
             where ($1 is null or a.actor = $1) and ($2 is null or a.action = $2 or \
             starts_with(a.action, $2 || '.')) and ($3 is null or a.at >= $3) and ",
            $rest
        )
    };
}

/// Rows, newest first.
pub(crate) async fn list(tx: &mut Tx, filter: Filter) -> Result<Vec<AuditEntry>, StoreError> {
    let newest_first = view!("($4 is null or a.id < $4) order by a.id desc limit $5");
    entries(tx, newest_first, filter).await
}

/// Rows in the order in which they were sealed, oldest first.
pub(crate) async fn list_sealed(
    tx: &mut Tx,
    filter: Filter,
) -> Result<Vec<AuditEntry>, StoreError> {
    let sealed = view!("s.seq > coalesce($4, 0) order by s.seq limit $5");
    entries(tx, sealed, filter).await
}

async fn entries(
    tx: &mut Tx,
    query: &'static str,
    filter: Filter,
) -> Result<Vec<AuditEntry>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(query)
                .bind::<Nullable<Text>, _>(filter.actor)
                .bind::<Nullable<Text>, _>(filter.action)
                .bind::<Nullable<Timestamptz>, _>(filter.since.map(At::from))
                .bind::<Nullable<BigInt>, _>(filter.after)
                .bind::<BigInt, _>(filter.limit),
        )
        .await?;
    rows.into_iter()
        .map(|row| Ok(serde_json::from_value(row.view)?))
        .collect()
}

row! { NameRow {
    id: Uuid = SqlUuid,
    name: String = Text,
} }

/// What people call the workers, executions and tokens with these ids.
pub(crate) async fn names(
    tx: &mut Tx,
    ids: Vec<Uuid>,
) -> Result<HashMap<Uuid, String>, StoreError> {
    let rows: Vec<NameRow> = tx
        .rows(
            sql("select id, name from workers where id = any ($1) \
                 union all select id, '#' || number from executions where id = any ($1) \
                 union all select id, name from tokens where id = any ($1) \
                 union all select id, name from enroll_tokens where id = any ($1) and name is not null \
                 union all select distinct on (j.id) j.id, 'a job of #' || e.number from jobs j \
                   join executions e on e.id = j.execution_id where j.id = any ($1)")
            .bind::<Array<SqlUuid>, _>(ids),
        )
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}
