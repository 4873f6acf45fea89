//! What a worker's agent has logged of itself.

use std::time::Duration;

use axum::{
    Json,
    extract::{Path, State},
};
use jiff::Timestamp;
use pulse_api::agent_log::{CURSOR_BYTES, LogWanted, MOST_TAIL, WorkerLog};

use crate::{
    app::App,
    domain::workers,
    edge::http::{
        problem::Refusal,
        query::{Query, kinds::Whole, pages::bad_cursor, parameters},
    },
};

parameters! {
    pub(in crate::edge::http) struct LogsQuery {
        /// Only what came behind this place, which an earlier answer has named; not beside `tail` or `since`.
        cursor: Option<String>,
        /// Only the newest so many lines; all that the host has kept without it.
        tail: Option<Whole<0, { MOST_TAIL as i64 }>>,
        /// Only what was logged since then.
        since: Option<Timestamp>,
        /// Where nothing is there yet: how many seconds the answer may wait for it.
        wait_seconds: Option<Whole<0, 20>>,
    }
}

/// Shows what a worker's agent has logged of itself.
pub(in crate::edge::http) async fn logs(
    State(app): State<App>,
    Path(name): Path<String>,
    Query(query): Query<LogsQuery>,
) -> Result<Json<WorkerLog>, Refusal> {
    let is_place = |place: &String| place.len() <= CURSOR_BYTES && !place.contains('\0');
    if query.cursor.is_some() && (query.tail.is_some() || query.since.is_some()) {
        return Err(bad_cursor("a cursor goes on where an earlier answer ended")
            .hint("leave `tail` and `since` out beside it"));
    }
    if !query.cursor.as_ref().is_none_or(is_place) {
        return Err(bad_cursor("cursor is not a place in a worker's log"));
    }
    let wanted = LogWanted {
        after: query.cursor,
        tail: query.tail.and_then(|Whole(tail)| u32::try_from(tail).ok()),
        since: query.since,
    };
    let seconds = query.wait_seconds.map_or(0, |Whole(seconds)| seconds);
    let wait = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    let log = workers::logs::read(&app, &name, (&wanted, wait)).await?;
    Ok(Json(log))
}
