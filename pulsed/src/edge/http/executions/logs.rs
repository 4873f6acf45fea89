//! What happened in an execution and what its jobs wrote, as pages and as streams.

use axum::{
    Json,
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use pulse_api::{
    ExecutionId,
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
        stream::{self, Wanted, Wrote},
    },
    model::place::{Count, Place as _},
};

parameters! {
    pub(in crate::edge::http) struct LogsQuery {
        /// Only what this step wrote, by its id.
        step: Option<String>,
        /// Only what was written on the worker of this name or id.
        worker: Option<String>,
        /// Only what was written there.
        stream: One<Stream>,
        /// Only the newest so many, 500 at most, on one page; a stream begins with them.
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

    /// Where the output comes from that is wanted.
    async fn wrote(&self, app: &App, id: ExecutionId) -> Result<Wrote, Refusal> {
        let worker = match &self.worker {
            Some(worker) => Some(read::names_of(app, id, worker).await?),
            None => None,
        };
        Ok(Wrote {
            step: self.step.clone(),
            worker,
            stream: self.stream.0,
        })
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
    (Path(text), LastEventId(seen)): (Path<String>, LastEventId),
    Query(query): Query<LogsQuery>,
) -> Result<Response, Refusal> {
    let id = find(&app, &user, &text).await?;
    let wanted = Wanted::Output(query.wrote(&app, id).await?);
    if query.follow != Some(true) {
        let page = page(&app, id, (&query, &wanted)).await?;
        return Ok(Json(page).into_response());
    }
    let updates = app.switchboard().follow(id);
    let mut from = stream::From {
        id,
        who: user,
        after: query.since(),
        head: None,
        heard: stream::Heard::Nothing,
        wanted,
        earlier: Vec::new(),
    };
    match (place(seen)?, query.tail) {
        // Whoever comes back repeats the address that it began with, and has read on since.
        (Some(seen), _) => from.after = seen.max(from.after),
        (None, Some(Whole(tail))) => {
            let newest = newest(&app, id, (from.after, &from.wanted), tail).await?;
            (from.earlier, from.after) = newest;
        }
        (None, None) => {}
    }
    Ok(stream::follow(app, from, updates))
}

/// One page of what was written.
async fn page(
    app: &App,
    id: ExecutionId,
    (query, wanted): (&LogsQuery, &Wanted),
) -> Result<Page<Entry>, Refusal> {
    let mut at = query.since();
    if let Some(Whole(tail)) = query.tail {
        let (items, _) = newest(app, id, (at, wanted), tail).await?;
        return Ok(Page {
            items,
            next_cursor: None,
        });
    }
    let limit = usize::try_from(query.part.limit.0).unwrap_or(500);
    let mut items = Vec::new();
    loop {
        let entries = read::entries(app, id, at).await?;
        let Some(last) = entries.last() else { break };
        at = last.seq;
        items.extend(entries.into_iter().filter(|entry| wanted.has(entry)));
        if items.len() > limit || size(&items) > PAGE_BYTES {
            items.truncate(limit);
            while items.len() > 1 && size(&items) > PAGE_BYTES {
                items.pop();
            }
            let next_cursor = items.last().map(|entry| Count(entry.seq).sealed());
            return Ok(Page { items, next_cursor });
        }
    }
    Ok(Page {
        items,
        next_cursor: None,
    })
}

/// The newest of the wanted entries after a number, and the number of the last entry there is.
async fn newest(
    app: &App,
    id: ExecutionId,
    (after, wanted): (i64, &Wanted),
    tail: i64,
) -> Result<(Vec<Entry>, i64), Refusal> {
    let tail = usize::try_from(tail.min(500)).unwrap_or(500);
    let mut at = after;
    let mut items = Vec::new();
    loop {
        let entries = read::entries(app, id, at).await?;
        let Some(last) = entries.last() else {
            return Ok((items, at));
        };
        at = last.seq;
        items.extend(entries.into_iter().filter(|entry| wanted.has(entry)));
        let surplus = items.len().saturating_sub(tail);
        items.drain(..surplus);
        while items.len() > 1 && size(&items) > PAGE_BYTES {
            items.remove(0);
        }
    }
}

/// The number of the last entry that a follower has seen.
fn place(seen: Option<String>) -> Result<Option<i64>, Refusal> {
    let Some(text) = seen else { return Ok(None) };
    let seq: Result<Count, _> = text.parse();
    let seq = seq.map_err(|_| bad_cursor("Last-Event-ID is not a number of this timeline"))?;
    Ok(Some(seq.0))
}

/// Follows an execution's timeline, from the entry after `Last-Event-ID`.
pub(in crate::edge::http) async fn events(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
    LastEventId(seen): LastEventId,
) -> Result<Response, Refusal> {
    let id = find(&app, &user, &text).await?;
    let updates = app.switchboard().follow(id);
    Ok(stream::follow(
        app,
        stream::From {
            id,
            who: user,
            after: place(seen)?.unwrap_or_default(),
            head: None,
            heard: stream::Heard::Nothing,
            wanted: Wanted::Everything,
            earlier: Vec::new(),
        },
        updates,
    ))
}
