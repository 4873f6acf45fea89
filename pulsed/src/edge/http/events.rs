//! `GET /events`: everything that happens, as server-sent events.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event as SseEvent, KeepAlive, Sse},
    },
};
use futures_util::stream;
use pulse_api::{
    ProblemCode,
    http::events::{Event, EventKind},
};
use serde::Deserialize;

use super::{
    guard::Actor,
    problem::Refusal,
    query::{Query, bad},
};
use crate::{
    app::App,
    domain::events::{self, Cursor},
    edge::feed::{AtEnd, Feed},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventsQuery {
    /// Kinds, with commas between them.
    kind: Option<String>,
    /// Begin about so many events back.
    tail: Option<i64>,
    /// `false` ends the stream where what is stored ends.
    follow: Option<bool>,
}

/// How far back a stream can begin without a place.
const LONGEST_TAIL: i64 = 1000;

/// Follows everything, from the event after `Last-Event-ID` or from now on.
pub(super) async fn follow(
    State(app): State<App>,
    Actor(user): Actor,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let kinds = kinds(query.kind.as_deref())?;
    let at = match headers.get("last-event-id") {
        Some(id) => resumed(&app, id.to_str().unwrap_or_default()).await?,
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

fn kinds(list: Option<&str>) -> Result<Vec<&'static str>, Refusal> {
    let words = list.into_iter().flat_map(|list| list.split(','));
    words
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(|word| {
            let found = EventKind::KINDS.into_iter().find(|kind| *kind == word);
            found.ok_or_else(|| {
                bad("that is no kind of event")
                    .hint(format!("the kinds are {}", EventKind::KINDS.join(", ")))
            })
        })
        .collect()
}

/// The place after an event that was seen, unless it is of another database.
async fn resumed(app: &App, id: &str) -> Result<Cursor, Refusal> {
    let unknown = || {
        bad("Last-Event-ID is not a place in this stream")
            .hint("begin again without it, and look at what may have been missed")
    };
    let at: Cursor = id.parse().map_err(|_: events::NoCursor| unknown())?;
    if at.tx >= events::edge(app).await?.ceiling {
        return Err(unknown());
    }
    Ok(at)
}

/// Now, or some events back.
async fn begun(app: &App, kinds: &[&str], tail: Option<i64>) -> Result<Cursor, Refusal> {
    let now = events::edge(app).await?.settled;
    match tail {
        None | Some(0) => Ok(now),
        Some(count) if (1..=LONGEST_TAIL).contains(&count) => {
            Ok(events::back(app, kinds, count).await?.unwrap_or(now))
        }
        Some(_) => Err(bad(&format!("tail is between 0 and {LONGEST_TAIL}"))),
    }
}
