//! Jobs, and what they wrote.

use axum::{
    Json,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use pulse_api::{
    JobId, OUTPUT_KEPT_EACH_END, ProblemCode,
    http::{Page, jobs::JobView},
    status::{JobStatus, Stream},
};

use super::{
    guard::Actor,
    headers::Range,
    problem::Refusal,
    query::{
        Query,
        kinds::{One, Whole},
        pages::Part,
        parameters,
    },
    workers,
};
use crate::{
    app::App,
    domain::jobs::read,
    model::{
        access::User,
        grant::Reach,
        place::{Aged, Attempt},
    },
};

parameters! {
    pub(super) struct OfWorkerQuery {
        /// Only those that stand so.
        status: One<JobStatus>,
        ..part: Part<Attempt, 100>,
    }
}

/// Lists a worker's jobs, newest first.
pub(super) async fn of_worker(
    State(app): State<App>,
    Actor(user): Actor,
    Path(name): Path<String>,
    Query(query): Query<OfWorkerQuery>,
) -> Result<Json<Page<JobView>>, Refusal> {
    let worker = workers::find(&app, &name).await?;
    let narrowed = (worker, query.status.0);
    let part = (query.part.after, query.part.limit.and_one());
    let items = read::of_worker(&app, narrowed, &Reach::of(&user), part).await?;
    Ok(Json(query.part.limit.page(items, place)))
}

fn place(job: &JobView) -> Attempt {
    Attempt {
        job: Aged {
            at: job.created_at,
            id: job.id.0,
        },
        attempt: i32::try_from(job.attempt).unwrap_or(i32::MAX),
    }
}

/// The number of an attempt.
type Number = Whole<1, { i32::MAX as i64 }>;

parameters! {
    pub(super) struct JobQuery {
        /// Which attempt; the newest without.
        attempt: Option<Number>,
    }
}

parameters! {
    pub(super) struct OutputQuery {
        /// Which attempt; the newest without.
        attempt: Option<Number>,
        /// Only what it wrote there.
        stream: One<Stream>,
    }
}

/// A job of what the user may see.
async fn find(
    app: &App,
    user: &User,
    (text, attempt): (&str, Option<Number>),
) -> Result<JobView, Refusal> {
    let unknown = || Refusal::not_found("job", text.chars().take(80).collect::<String>());
    let id: JobId = text.parse().map_err(|_| unknown())?;
    let attempt = attempt.and_then(|Whole(number)| u32::try_from(number).ok());
    let found = read::get(app, (id, attempt), &Reach::of(user)).await?;
    found.ok_or_else(unknown)
}

/// Shows a job; its newest attempt, where none is named.
pub(super) async fn show(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
    Query(query): Query<JobQuery>,
) -> Result<Json<JobView>, Refusal> {
    Ok(Json(find(&app, &user, (&text, query.attempt)).await?))
}

/// What a job wrote, byte for byte, both streams in the order they were captured unless one is
/// named. Of more than 16 MiB the middle is missing: `X-Pulse-Gap` says from where to where.
pub(super) async fn output(
    State(app): State<App>,
    Actor(user): Actor,
    (Path(text), Query(query)): (Path<String>, Query<OutputQuery>),
    Range(wanted): Range,
) -> Result<Response, Refusal> {
    let stream = query.stream.0;
    let job = find(&app, &user, (&text, query.attempt)).await?;
    let name = (job.id, job.attempt);
    let kept = kept_bytes(&app, &job, stream).await?;
    let span = wanted.map_or(Span::Whole, |text| span(&text, kept));
    let (from, to) = match span {
        Span::Whole => (0, kept),
        Span::Some(from, to) => (from, to),
        Span::Beyond => return Ok(beyond(kept)),
    };
    let reader = Reader {
        app,
        name,
        stream,
        after: 0,
        at: 0,
        from,
        to,
    };
    let body = Body::from_stream(stream::try_unfold(reader, Reader::next));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    };
    set("content-type", "application/octet-stream".to_owned());
    set("accept-ranges", "bytes".to_owned());
    set("content-length", (to - from).to_string());
    set("x-pulse-output-bytes", job.output_bytes.to_string());
    if let Some(sha256) = &job.output_sha256 {
        set("x-pulse-output-sha256", sha256.clone());
    }
    if job.output_bytes > 2 * OUTPUT_KEPT_EACH_END && stream.is_none() {
        let gap = format!(
            "{OUTPUT_KEPT_EACH_END}-{}",
            job.output_bytes
                .saturating_sub(kept.saturating_sub(OUTPUT_KEPT_EACH_END))
        );
        set("x-pulse-gap", gap);
    }
    if let Span::Some(..) = span {
        set(
            "content-range",
            format!("bytes {from}-{}/{kept}", to.saturating_sub(1)),
        );
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    }
    Ok(response)
}

/// What a job wrote was removed because its execution ended long ago.
fn removed(job: &JobView, at: jiff::Timestamp) -> Refusal {
    let bytes = job.output_bytes;
    let digest = job.output_sha256.as_ref();
    let digest = digest.map_or_else(String::new, |digest| format!(", their SHA-256 {digest}"));
    let detail = format!("the output was removed on {at:.0}; it had {bytes} bytes{digest}");
    Refusal::new(ProblemCode::OutputRemoved, detail)
        .hint("retention.outputs_days and retention.executions_days of the server say how long it is kept")
}

/// How many bytes of it are kept, unless pieces of it were removed.
async fn kept_bytes(app: &App, job: &JobView, stream: Option<Stream>) -> Result<u64, Refusal> {
    let name = (job.id, job.attempt);
    let kept = read::kept_bytes(app, name, None).await?;
    if kept < job.output_bytes.min(2 * OUTPUT_KEPT_EACH_END)
        && let Some(at) = read::output_removed_at(app, job.id).await?
    {
        return Err(removed(job, at));
    }
    match stream {
        None => Ok(kept),
        Some(_) => Ok(read::kept_bytes(app, name, stream).await?),
    }
}

/// What a `Range` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    /// Everything: also where it asks for what is not offered, such as other units or several ranges.
    Whole,
    /// A half-open interval.
    Some(u64, u64),
    /// What is not there.
    Beyond,
}

/// The part of so many bytes that a `Range` asks for.
fn span(text: &str, length: u64) -> Span {
    let Some((unit, wanted)) = text.split_once('=') else {
        return Span::Whole;
    };
    let Some((from, to)) = wanted.trim().split_once('-') else {
        return Span::Whole;
    };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Span::Whole;
    }
    // Several ranges are no number either.
    let (from, to) = match (from, from.parse::<u64>(), to, to.parse::<u64>()) {
        ("", _, _, Ok(suffix)) => (length.saturating_sub(suffix), length),
        (_, Ok(from), "", _) => (from, length),
        (_, Ok(from), _, Ok(to)) if from <= to => (from, to.saturating_add(1).min(length)),
        _ => return Span::Whole,
    };
    if from < to {
        Span::Some(from, to)
    } else if from == 0 && length == 0 {
        // The beginning of nothing is nothing.
        Span::Whole
    } else {
        Span::Beyond
    }
}

/// Says how much there is to who asks for what comes after it.
fn beyond(length: u64) -> Response {
    let detail = format!("the output has {length} bytes");
    let mut response = Refusal::new(ProblemCode::RangeNotSatisfiable, detail).into_response();
    if let Ok(value) = format!("bytes */{length}").parse() {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

/// Reads pieces as the client takes them: never more than a few in memory.
struct Reader {
    app: App,
    name: (JobId, u32),
    stream: Option<Stream>,
    /// The number of the last piece that was read.
    after: i64,
    /// How many kept bytes came before the next piece.
    at: u64,
    from: u64,
    to: u64,
}

impl Reader {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, std::io::Error> {
        while self.at < self.to {
            let chunks = read::output(&self.app, self.name, self.stream, self.after)
                .await
                .map_err(std::io::Error::other)?;
            let Some(last) = chunks.last() else { break };
            self.after = last.seq;
            let mut bytes = Vec::new();
            for chunk in chunks {
                let length = chunk.bytes.len() as u64;
                let from = self.from.clamp(self.at, self.at + length) - self.at;
                let to = self.to.clamp(self.at, self.at + length) - self.at;
                let (from, to) = (usize::try_from(from), usize::try_from(to));
                if let (Ok(from), Ok(to)) = (from, to) {
                    bytes.extend_from_slice(&chunk.bytes[from..to]);
                }
                self.at += length;
            }
            if !bytes.is_empty() {
                return Ok(Some((Bytes::from(bytes), self)));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::{Span, span};

    #[test]
    fn a_range_stays_within_the_output() {
        assert_eq!(span("bytes=0-9", 100), Span::Some(0, 10));
        assert_eq!(span("bytes=90-", 100), Span::Some(90, 100));
        assert_eq!(span("bytes=-5", 100), Span::Some(95, 100));
        assert_eq!(span("bytes=50-500", 100), Span::Some(50, 100));
        assert_eq!(span("bytes=100-", 100), Span::Beyond);
        assert_eq!(span("bytes=-0", 100), Span::Beyond);
    }

    #[test]
    fn what_is_not_offered_is_answered_with_everything() {
        for other in [
            "lines=1-2",
            "bytes=0-1,4-5",
            "bytes=a-b",
            "bytes=9-1",
            "bytes",
            "",
        ] {
            assert_eq!(span(other, 100), Span::Whole, "{other}");
        }
        assert_eq!(span("bytes=0-", 0), Span::Whole);
        assert_eq!(span("bytes=1-", 0), Span::Beyond);
    }
}
