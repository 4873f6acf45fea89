//! `GET /events`: everything that happens, as server-sent events.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::{
        IntoResponse, Response,
        sse::{Event as SseEvent, KeepAlive, Sse},
    },
};
use futures_util::stream;
use pulse_api::{ProblemCode, http::events::Event};

use super::{
    guard::Actor,
    headers::LastEventId,
    problem::Refusal,
    query::{
        Query,
        kinds::{EventKinds, Whole},
        pages::bad_cursor,
        parameters,
    },
};
use crate::{
    app::App,
    domain::events::{self, Cursor},
    edge::feed::{AtEnd, Feed},
};

parameters! {
    pub(super) struct EventsQuery {
        /// Only these kinds of events.
        kind: EventKinds,
        /// Begins about so many events back, where no place is given.
        tail: Option<Whole<0, 1000>>,
        /// `false` ends the stream where what is stored ends.
        follow: Option<bool>,
    }
}

/// Follows everything, from the event after `Last-Event-ID` or from now on.
pub(super) async fn follow(
    State(app): State<App>,
    Actor(user): Actor,
    Query(query): Query<EventsQuery>,
    LastEventId(seen): LastEventId,
) -> Result<Response, Refusal> {
    let kinds = query.kind.0;
    let at = match seen {
        Some(id) => resumed(&app, &id).await?,
        None => begun(&app, &kinds, query.tail).await?,
    };
    let at_end = match query.follow {
        Some(false) => AtEnd::LeaveBefore(events::edge(&app).await?.ceiling),
        Some(true) | None => AtEnd::Wait,
    };
    let feed = Feed::open(&app, user, (at, at_end)).ok_or_else(crowded)?;
    let events = stream::unfold((feed, kinds), |(mut feed, kinds)| async {
        loop {
            let (at, event) = feed.next().await?;
            let name = event.what.event();
            if kinds.is_empty() || kinds.contains(&name) {
                return Some((Ok::<_, Infallible>(written(at, &event)), (feed, kinds)));
            }
        }
    });
    Ok(Sse::new(events)
        .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
        .into_response())
}

pub(in crate::edge) fn crowded() -> Refusal {
    Refusal::new(
        ProblemCode::TooManyRequests,
        "too many follow everything already",
    )
    .hint("GET /executions/{id}/events follows one execution")
}

fn written(at: Cursor, event: &Event) -> SseEvent {
    SseEvent::default()
        .id(at.to_string())
        .event(event.what.event())
        .data(serde_json::to_string(event).unwrap_or_default())
}

/// The place after an event that was seen, unless it is of another database.
async fn resumed(app: &App, id: &str) -> Result<Cursor, Refusal> {
    let unknown = || {
        bad_cursor("Last-Event-ID is not a place in this stream")
            .hint("begin again without it, and look at what may have been missed")
    };
    let at: Cursor = id.parse().map_err(|_: events::NoCursor| unknown())?;
    if at.tx >= events::edge(app).await?.ceiling {
        return Err(unknown());
    }
    Ok(at)
}

/// Now, or some events back.
async fn begun(app: &App, kinds: &[&str], tail: Option<Whole<0, 1000>>) -> Result<Cursor, Refusal> {
    let now = events::edge(app).await?.settled;
    match tail {
        None | Some(Whole(0)) => Ok(now),
        Some(Whole(count)) => Ok(events::back(app, kinds, count).await?.unwrap_or(now)),
    }
}
