//! The audit trail, for admins.

use axum::{Json, extract::State};
use jiff::Timestamp;
use pulse_api::http::{
    Page,
    audit::{AuditEntry, AuditHead, AuditVerification},
};
use serde::Deserialize;

use super::{
    problem::Refusal,
    query::{Query, bad, limit, number, page},
};
use crate::{
    app::App,
    domain::{
        AuditFilter,
        audit::{self, Order},
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListQuery {
    actor: Option<String>,
    action: Option<String>,
    since: Option<Timestamp>,
    /// Only what is in the chain, in its order, oldest first.
    sealed: Option<bool>,
    cursor: Option<String>,
    limit: Option<i64>,
}

/// Shows who did what: newest first, or as it was sealed.
pub(super) async fn list(
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<AuditEntry>>, Refusal> {
    let limit = limit(query.limit, 50)?;
    let order = if query.sealed == Some(true) {
        Order::AsSealed
    } else {
        Order::NewestFirst
    };
    let filter = AuditFilter {
        actor: query.actor,
        action: query.action,
        since: query.since,
        after: number(query.cursor.as_deref())?,
        limit,
    };
    let items = audit::list(&app, order, filter).await?;
    Ok(Json(page(items, limit, |last| match order {
        Order::NewestFirst => Some(last.id.to_string()),
        Order::AsSealed => last.seq.map(|seq| seq.to_string()),
    })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerifyQuery {
    seq: Option<i64>,
    sha256: Option<String>,
}

/// Checks that nobody changed the trail; with an earlier head, also that nobody made it anew.
pub(super) async fn verify(
    State(app): State<App>,
    Query(query): Query<VerifyQuery>,
) -> Result<Json<AuditVerification>, Refusal> {
    let kept = match (query.seq, query.sha256) {
        (None, None) => None,
        (Some(seq), Some(sha256)) if seq >= 1 => Some(AuditHead { seq, sha256 }),
        _ => return Err(bad("seq and sha256 belong together, and seq counts from 1")),
    };
    Ok(Json(audit::verify(&app, kept).await?))
}
