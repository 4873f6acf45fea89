//! The audit trail, for admins.

use axum::{Json, extract::State};
use jiff::Timestamp;
use pulse_api::http::{
    Page,
    audit::{AuditEntry, AuditHead, AuditVerification},
};

use super::{
    problem::Refusal,
    query::{Query, invalid, kinds::Whole, pages::Part, parameters},
};
use crate::{
    app::App,
    domain::{
        AuditFilter,
        audit::{self, Order},
    },
    model::place::Count,
};

parameters! {
    pub(super) struct ListQuery {
        /// Only what this user, script or worker did.
        actor: Option<String>,
        /// Only this action, or all before its dot: `token`, `token.revoke`.
        action: Option<String>,
        /// Only what was done then or later.
        since: Option<Timestamp>,
        /// Only what is in the chain, in its order, oldest first.
        sealed: Option<bool>,
        /// Only what came after the entry with this `seq`, in the order of the chain.
        since_seq: Option<Whole<0, { i64::MAX }>>,
        ..part: Part<Count, 50>,
    }
}

/// Shows who did what: newest first, or as it was sealed.
pub(super) async fn list(
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<AuditEntry>>, Refusal> {
    let since = query.since_seq.map(|Whole(seq)| seq);
    let order = if query.sealed == Some(true) || since.is_some() {
        Order::AsSealed
    } else {
        Order::NewestFirst
    };
    let filter = AuditFilter {
        actor: query.actor,
        action: query.action,
        since: query.since,
        after: query.part.after.map_or(since, |place| Some(place.0)),
        limit: query.part.limit.and_one(),
    };
    let items = audit::list(&app, order, filter).await?;
    Ok(Json(query.part.limit.page(items, |last| match order {
        Order::NewestFirst => Count(last.id),
        Order::AsSealed => Count(last.seq.unwrap_or_default()),
    })))
}

parameters! {
    pub(super) struct VerifyQuery {
        /// The `seq` of an earlier head, which is to be in the chain still.
        seq: Option<Whole<1, { i64::MAX }>>,
        /// The `sha256` of that head.
        sha256: Option<String>,
    }
}

/// Checks that nobody changed the trail; with an earlier head, also that nobody made it anew.
pub(super) async fn verify(
    State(app): State<App>,
    Query(query): Query<VerifyQuery>,
) -> Result<Json<AuditVerification>, Refusal> {
    let kept = match (query.seq, query.sha256) {
        (None, None) => None,
        (Some(Whole(seq)), Some(sha256)) => Some(AuditHead { seq, sha256 }),
        (Some(_), None) => return Err(invalid("sha256", "seq needs its sha256")),
        (None, Some(_)) => return Err(invalid("seq", "sha256 needs its seq")),
    };
    Ok(Json(audit::verify(&app, kept).await?))
}
