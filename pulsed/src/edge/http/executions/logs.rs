//! What happened in an execution and what its jobs wrote, as pages and as streams.

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use pulse_api::{
    http::{
        Page,
        executions::{Entry, EntryKind},
    },
    status::Stream,
};
use serde::Deserialize;

use super::find;
use crate::{
    app::App,
    domain::executions::read,
    edge::http::{
        guard::Actor,
        problem::Refusal,
        query::{Query, bad, limit, word},
        stream,
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::edge::http) struct LogsQuery {
    step: Option<String>,
    worker: Option<String>,
    stream: Option<String>,
    tail: Option<usize>,
    since_seq: Option<i64>,
    follow: Option<bool>,
    limit: Option<i64>,
}

/// How many bytes of output one page has at most, unless a single entry has more.
const PAGE_BYTES: usize = 2 * 1024 * 1024;

/// How many bytes of output the entries hold.
fn size(entries: &[Entry]) -> usize {
    let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let bytes = |entry: &Entry| match &entry.what {
        EntryKind::Output(output) => length(&output.text) + length(&output.base64),
        EntryKind::Status(_) | EntryKind::Step(_) | EntryKind::Job(_) | EntryKind::Prompt(_) => 0,
    };
    entries.iter().map(bytes).sum()
}

/// Shows what the jobs of an execution wrote.
pub(in crate::edge::http) async fn logs(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
    Query(query): Query<LogsQuery>,
) -> Result<Response, Refusal> {
    let id = find(&app, &user, &text).await?;
    let since = query.since_seq.unwrap_or(0);
    if since < 0 {
        return Err(bad("since_seq is not negative"));
    }
    if query.follow == Some(true) {
        let updates = app.switchboard().follow(id);
        return Ok(stream::follow(
            app,
            stream::From {
                id,
                who: user,
                after: since,
                head: None,
                heard: stream::Heard::Nothing,
            },
            updates,
        ));
    }
    let stream: Option<Stream> = word(query.stream.as_deref())?;
    let limit = usize::try_from(limit(query.limit, 500)?).unwrap_or(500);
    let is_wanted = |entry: &Entry| match &entry.what {
        EntryKind::Output(output) => {
            query.step.as_ref().is_none_or(|step| *step == output.step)
                && query
                    .worker
                    .as_ref()
                    .is_none_or(|worker| *worker == output.worker)
                && stream.is_none_or(|stream| stream == output.stream)
        }
        EntryKind::Status(_) | EntryKind::Step(_) | EntryKind::Job(_) | EntryKind::Prompt(_) => {
            false
        }
    };
    let mut items = Vec::new();
    let mut at = since;
    let mut next_cursor = None;
    loop {
        let page = read::entries(&app, id, at).await?;
        let Some(last) = page.last() else { break };
        at = last.seq;
        items.extend(page.into_iter().filter(&is_wanted));
        if let Some(tail) = query.tail {
            let surplus = items.len().saturating_sub(tail.min(500));
            items.drain(..surplus);
            while items.len() > 1 && size(&items) > PAGE_BYTES {
                items.remove(0);
            }
        } else if items.len() > limit || size(&items) > PAGE_BYTES {
            items.truncate(limit);
            while items.len() > 1 && size(&items) > PAGE_BYTES {
                items.pop();
            }
            next_cursor = items.last().map(|entry| entry.seq.to_string());
            break;
        }
    }
    Ok(Json(Page { items, next_cursor }).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::edge::http) struct EventsQuery {}

/// Follows an execution's timeline, from the entry after `Last-Event-ID`.
pub(in crate::edge::http) async fn events(
    State(app): State<App>,
    Actor(user): Actor,
    (Path(text), Query(_)): (Path<String>, Query<EventsQuery>),
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let id = find(&app, &user, &text).await?;
    let after = match headers.get("last-event-id").map(|value| value.to_str()) {
        None => 0,
        Some(Ok(text)) => text
            .parse()
            .ok()
            .filter(|seq| *seq >= 0)
            .ok_or_else(|| bad("Last-Event-ID is not a number of this timeline"))?,
        Some(Err(_)) => return Err(bad("Last-Event-ID is not a number of this timeline")),
    };
    let updates = app.switchboard().follow(id);
    Ok(stream::follow(
        app,
        stream::From {
            id,
            who: user,
            after,
            head: None,
            heard: stream::Heard::Nothing,
        },
        updates,
    ))
}
