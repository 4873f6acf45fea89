//! What happened in an execution and what its jobs wrote, as pages and as streams.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use pulse_api::{
    http::{
        Page,
        executions::{Entry, EntryKind},
    },
    status::Stream,
};

use super::find;
use crate::{
    app::App,
    domain::executions::read,
    edge::http::{
        guard::Actor,
        headers::LastEventId,
        problem::Refusal,
        query::{
            Query,
            kinds::{One, Whole},
            pages::{Part, bad_cursor},
            parameters,
        },
        stream,
    },
    model::place::{Count, Place as _},
};

parameters! {
    pub(in crate::edge::http) struct LogsQuery {
        /// Only what this step wrote, by its id.
        step: Option<String>,
        /// Only what was written on the worker of this name.
        worker: Option<String>,
        /// Only what was written there.
        stream: One<Stream>,
        /// Only the newest so many, 500 at most, on one page.
        tail: Option<Whole<0, { i64::MAX }>>,
        /// Only what came after the entry of this number.
        since_seq: Option<Whole<0, { i64::MAX }>>,
        /// `true`: the answer is a stream of events until the execution ends.
        follow: Option<bool>,
        ..part: Part<Count, 500>,
    }
}

impl LogsQuery {
    /// The number of the entry that the answer begins after.
    fn since(&self) -> i64 {
        let given = self.since_seq.map_or(0, |Whole(seq)| seq);
        let passed = self.part.after.map_or(0, |Count(seq)| seq);
        given.max(passed)
    }
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
    let since = query.since();
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
    let stream = query.stream.0;
    let limit = usize::try_from(query.part.limit.0).unwrap_or(500);
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
        if let Some(Whole(tail)) = query.tail {
            let tail = usize::try_from(tail.min(500)).unwrap_or(500);
            let surplus = items.len().saturating_sub(tail);
            items.drain(..surplus);
            while items.len() > 1 && size(&items) > PAGE_BYTES {
                items.remove(0);
            }
        } else if items.len() > limit || size(&items) > PAGE_BYTES {
            items.truncate(limit);
            while items.len() > 1 && size(&items) > PAGE_BYTES {
                items.pop();
            }
            next_cursor = items.last().map(|entry| Count(entry.seq).sealed());
            break;
        }
    }
    Ok(Json(Page { items, next_cursor }).into_response())
}

/// Follows an execution's timeline, from the entry after `Last-Event-ID`.
pub(in crate::edge::http) async fn events(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
    LastEventId(seen): LastEventId,
) -> Result<Response, Refusal> {
    let id = find(&app, &user, &text).await?;
    let after = match seen {
        None => 0,
        Some(text) => {
            let seq: Result<Count, _> = text.parse();
            seq.map_err(|_| bad_cursor("Last-Event-ID is not a number of this timeline"))?
                .0
        }
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
