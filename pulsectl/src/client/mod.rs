//! Talking to the server: one request, its retries, and what its problems mean here.

mod call;
mod connect;
mod feed;
mod pages;
mod patience;
mod problem;
mod retry;
mod sse;
mod stream;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::{
    Response, StatusCode,
    header::{self, HeaderValue},
};
use serde::de::DeserializeOwned;

use call::Pace;
pub(crate) use call::{Call, segment};
pub(crate) use connect::Connection;
pub(crate) use feed::{Fed, Feed};
pub(crate) use pages::Pages;
pub(crate) use patience::Rest;
pub(crate) use stream::{Begun, Followed, Stream};

use crate::{
    config::Sourced,
    error::{Failure, Kind},
};

/// How long one answer may take; of a stream, until it begins.
const ANSWER_LIMIT: Duration = Duration::from_secs(30);

/// How long the beginning of an answer may take that the server has much to do for.
const UNHURRIED_LIMIT: Duration = Duration::from_mins(10);

/// After how long somebody at a terminal is told what is waited for.
const LONG: Duration = Duration::from_secs(3);

/// The least that a call gets, also where `--timeout` is over already.
const LEAST: Duration = Duration::from_millis(50);

/// A way to one server, with the token for it.
#[derive(Clone)]
pub(crate) struct Client(Arc<Inner>);

struct Inner {
    http: reqwest::Client,
    url: String,
    is_default: bool,
    token: Option<Sourced<String>>,
    deadline: Option<Instant>,
    trace: Option<fn(&str)>,
    /// Who is told, once, that the server takes its time.
    notice: Option<fn(&str)>,
    was_noticed: AtomicBool,
}

impl Client {
    pub(crate) fn new(connection: Connection) -> Result<Self, Failure> {
        let http = connection.build()?;
        let Connection {
            url,
            is_default,
            token,
            deadline,
            trace,
            notice,
            ..
        } = connection;
        Ok(Self(Arc::new(Inner {
            http,
            url,
            is_default,
            token,
            deadline,
            trace,
            notice,
            was_noticed: AtomicBool::new(false),
        })))
    }

    pub(crate) fn url(&self) -> &str {
        &self.0.url
    }

    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.0.deadline
    }

    /// Where the token comes from, if there is one.
    fn origin(&self) -> Option<&str> {
        self.0.token.as_ref().map(|token| token.origin.as_str())
    }

    /// Sends a call and reads its JSON answer.
    pub(crate) async fn json<T: DeserializeOwned>(&self, call: Call) -> Result<T, Failure> {
        let response = self.send(&call).await?;
        read_json(response).await
    }

    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        self.json(Call::get(path)).await
    }

    /// Refuses once `--timeout` is over: what takes many calls asks before each further one.
    pub(crate) fn in_time(&self) -> Result<(), Failure> {
        if self.0.deadline.is_none_or(|at| Instant::now() < at) {
            return Ok(());
        }
        Err(Failure::new(
            Kind::WaitedTooLong,
            "not everything came in time",
        ))
    }

    /// Sends a call, again where the failure may pass, and refuses what is not a success.
    pub(crate) async fn send(&self, call: &Call) -> Result<Response, Failure> {
        let mut tries = retry::Tries::new(self.0.deadline);
        loop {
            let (failure, wait) = match self.once(call).await {
                Ok(response) if response.status().is_success() => return Ok(response),
                Ok(response) if is_transient(response.status()) => {
                    let wait = retry_after(&response);
                    (problem::read(response, self.origin()).await, wait)
                }
                Ok(response) => return Err(problem::read(response, self.origin()).await),
                Err(silence) if silence.may_pass(call) => (self.unreachable(&silence), None),
                Err(silence) => return Err(self.unreachable(&silence)),
            };
            match tries.next(wait) {
                Some(delay) => {
                    self.trace(|| format!("* again in {} ms: {failure}", delay.as_millis()));
                    tokio::time::sleep(delay).await;
                }
                None => return Err(failure),
            }
        }
    }

    /// Sends a call once, and gives the answer even where it is no success.
    pub(crate) async fn ask(&self, call: &Call) -> Result<Response, Failure> {
        self.once(call)
            .await
            .map_err(|silence| self.unreachable(&silence))
    }

    fn unreachable(&self, silence: &Silence) -> Failure {
        let Silence::Failed(error) = silence else {
            return problem::silent(&self.0.url);
        };
        let failure = problem::unreachable(&self.0.url, error);
        if self.0.is_default && error.is_connect() {
            let nobody = format!("not logged in, and no server listens at {}", self.0.url);
            return Failure::new(Kind::Denied, nobody).hint(
                "`pulsectl login URL` remembers your server; `pulsed dev` starts a private one",
            );
        }
        failure
    }

    async fn once(&self, call: &Call) -> Result<Response, Silence> {
        let inner = &self.0;
        let mut request = inner
            .http
            .request(call.method.clone(), format!("{}{}", inner.url, call.path));
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if let Some(token) = &inner.token {
            request = request.bearer_auth(&token.value);
        }
        if !call.method.is_safe() {
            request = request.header("Idempotency-Key", &call.key);
        }
        for (name, value) in &call.headers {
            // A note may hold more than ASCII; the server reads it as UTF-8.
            if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
                request = request.header(*name, value);
            }
        }
        if let Some((content_type, body)) = &call.body {
            request = request
                .header(header::CONTENT_TYPE, content_type)
                .body(body.clone());
        }
        let left = inner
            .deadline
            .map(|at| at.saturating_duration_since(Instant::now()).max(LEAST));
        // All of an answer has a limit, or only its beginning.
        let (all, head) = match call.pace {
            Pace::Prompt => {
                let limit = left.map_or(ANSWER_LIMIT, |left| left.min(ANSWER_LIMIT));
                (Some(limit), limit)
            }
            Pace::Streaming => (None, left.map_or(ANSWER_LIMIT, |it| it.min(ANSWER_LIMIT))),
            Pace::Unhurried => (left, left.unwrap_or(UNHURRIED_LIMIT)),
        };
        if let Some(limit) = all {
            request = request.timeout(limit);
        }
        self.trace(|| format!("> {} {}{}", call.method, inner.url, call.path));
        let started = Instant::now();
        let answer = tokio::time::timeout(head, request.send());
        let answer = match self.told_after_a_while(call, answer).await {
            Ok(answer) => answer.map_err(Silence::Failed),
            Err(_) => Err(Silence::TooLong),
        };
        self.trace(|| match &answer {
            Ok(response) => {
                let trace_id = response.headers().get("x-request-id");
                let trace_id = trace_id.and_then(|id| id.to_str().ok()).unwrap_or("-");
                let took = started.elapsed().as_millis();
                format!("< {} in {took} ms, request {trace_id}", response.status())
            }
            Err(Silence::Failed(error)) => format!("< {error}"),
            Err(Silence::TooLong) => format!("< nothing in {} ms", head.as_millis()),
        });
        answer
    }

    /// Waits for an answer, and says so once it takes long.
    async fn told_after_a_while<T>(&self, call: &Call, answer: impl Future<Output = T>) -> T {
        // Whoever follows has been told that the connection is lost.
        let is_again = call.pace == Pace::Streaming && call.method.is_safe();
        let Some(notice) = self.0.notice.filter(|_| !is_again) else {
            return answer.await;
        };
        tokio::pin!(answer);
        tokio::select! {
            biased;
            answer = &mut answer => return answer,
            () = tokio::time::sleep(LONG) => {}
        }
        if !self.0.was_noticed.swap(true, Ordering::Relaxed) {
            notice(&format!("{} has not answered yet; waiting …", self.0.url));
        }
        answer.await
    }

    fn trace(&self, line: impl FnOnce() -> String) {
        if let Some(trace) = self.0.trace {
            trace(&line());
        }
    }
}

/// A list that does not go on has no end.
pub(crate) fn same_page() -> Failure {
    Failure::general("the server gives the same page again and again")
        .hint("are pulsectl and the server of the same version? `pulsectl doctor` looks")
}

/// Reads a body as JSON; `204 No Content` reads as `null`.
pub(crate) async fn read_json<T: DeserializeOwned>(response: Response) -> Result<T, Failure> {
    let is_empty = response.status() == StatusCode::NO_CONTENT;
    let from = response.url().origin().ascii_serialization();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if is_page {
        return Err(problem::not_pulse(&from, "it answered with a page"));
    }
    let bytes = response.bytes().await.map_err(|error| {
        Failure::new(Kind::Unreachable, "the answer of the server broke off").because(&error)
    })?;
    let bytes: &[u8] = if is_empty || bytes.is_empty() {
        b"null"
    } else {
        &bytes
    };
    serde_json::from_slice(bytes).map_err(|error| {
        Failure::general("the answer of the server could not be read")
            .because(&error)
            .hint("is this the address of a pulse server, and of the same version? `pulsectl doctor` looks")
    })
}

fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 502 | 503 | 504)
}

/// Why there is no answer.
enum Silence {
    Failed(reqwest::Error),
    /// The server took the request, and nothing more was heard.
    TooLong,
}

impl Silence {
    /// Whether trying again could help: the request may not have arrived, or its answer got lost.
    fn may_pass(&self, call: &Call) -> bool {
        match self {
            Self::Failed(error) => !problem::is_final(error),
            // Whoever was given long is not given it again.
            Self::TooLong => call.pace != Pace::Unhurried,
        }
    }
}

fn retry_after(response: &Response) -> Option<Duration> {
    let text = response.headers().get(header::RETRY_AFTER)?.to_str().ok()?;
    text.parse().ok().map(Duration::from_secs)
}
