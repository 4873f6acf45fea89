//! What stands in front of every route: who calls, whether they may, and what they bring.

use std::{
    net::IpAddr,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use pulse_api::{
    ProblemCode,
    http::workers::{HOST_MARK_HEADER, HostMark},
};
use sha2::{Digest, Sha256};

use super::{
    limits::{Caller as Share, Guesses, Limits},
    problem::Refusal,
    proxy::{self, Said},
    routes,
};
use crate::{
    app::App,
    config::MetricsAccess,
    domain::{
        access::{self, AccessError},
        once::Once,
        workers::enroll::EnrollError,
    },
    model::access::{Access, Principal, Speaker, User},
    refusals::{Kind, Why},
};

/// The largest body, in bytes.
pub(super) const BODY_LIMIT: usize = 256 * 1024;
/// How long a body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// What the guard needs.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) app: App,
    pub(super) access: Access,
    pub(super) takes: Takes,
    pub(super) limits: Arc<Limits>,
}

/// Whether a call comes with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Body,
    /// What came all the same would be left unread, and whoever sent it would believe it counted.
    Nothing,
    /// The same, but the older workers' calls carry what pulse has no use for.
    Anything,
}

impl Takes {
    /// Refuses a body that nobody would read.
    fn check(self, body: &[u8]) -> Result<(), Refusal> {
        if self != Self::Nothing || is_nothing(body) {
            return Ok(());
        }
        Err(
            Refusal::new(ProblemCode::InvalidBody, "this call takes no body").hint(
                "leave it out, or send {}; GET /api/v1/openapi.json says what each call takes",
            ),
        )
    }
}

/// What is answered in a request's place.
enum Instead {
    Refusal(Refusal),
    /// Somebody has to sign in first, there.
    SignIn(String),
    /// The same call is taken after this time.
    Later(Refusal, Duration),
}

impl From<Refusal> for Instead {
    fn from(refusal: Refusal) -> Self {
        Self::Refusal(refusal)
    }
}

impl IntoResponse for Instead {
    fn into_response(self) -> Response {
        match self {
            Self::Refusal(refusal) => refusal.into_response(),
            Self::SignIn(url) => (StatusCode::FOUND, [(header::LOCATION, url)]).into_response(),
            Self::Later(refusal, wait) => {
                let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
                let mut response = refusal.into_response();
                let headers = response.headers_mut();
                headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
                response
            }
        }
    }
}

/// Lets a request through, or answers it.
pub(super) async fn pass(guard: Guard, request: Request, next: Next) -> Response {
    match admit(&guard, request).await {
        Ok(request) => next.run(request).await,
        Err(instead) => instead.into_response(),
    }
}

async fn admit(guard: &Guard, request: Request) -> Result<Request, Instead> {
    let (mut parts, body) = request.into_parts();
    let door = Door {
        app: guard.app.clone(),
        limits: Arc::clone(&guard.limits),
        from: proxy::origin(guard.app.config().sso.as_ref(), &parts),
        call: format!("{} {}", parts.method, parts.uri.path()),
    };
    let access = demanded(guard, &parts)?;
    let principal = if access == Access::Open {
        None
    } else {
        Some(identify(&door, &parts).await?)
    };
    if let Some(principal) = &principal {
        share(&door, principal)?;
    }
    if !access.admits(principal.as_ref()) {
        door.note(Why::Forbidden, principal.as_ref());
        return Err(forbidden(access).into());
    }
    if !is_within(principal.as_ref(), &parts) {
        door.note(Why::Forbidden, principal.as_ref());
        let detail = "this token is for some workflows only";
        return Err(Refusal::new(ProblemCode::Forbidden, detail).into());
    }
    check_path(&parts)?;
    let key = idempotency_key(&parts)?;
    if parts.method == Method::GET || parts.method == Method::HEAD {
        let mark = mark(&parts);
        parts.extensions.insert(Caller {
            principal,
            once: None,
            door,
            mark,
        });
        return Ok(Request::from_parts(parts, body));
    }
    let bytes = read(body).await?;
    guard.takes.check(&bytes)?;
    let once = key.zip(principal.as_ref()).map(|(key, principal)| Once {
        principal: principal.name(),
        key,
        request_sha256: digest(&parts, &bytes),
    });
    let mark = mark(&parts);
    parts.extensions.insert(Caller {
        principal,
        once,
        door,
        mark,
    });
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Whether a body says nothing: clients that always send one send an empty object.
fn is_nothing(bytes: &[u8]) -> bool {
    let said: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| !byte.is_ascii_whitespace())
        .collect();
    matches!(said.as_slice(), b"" | b"{}" | b"null")
}

/// Refuses a path that names nothing.
fn check_path(parts: &Parts) -> Result<(), Refusal> {
    if is_utf8(parts.uri.path()) {
        return Ok(());
    }
    let detail = "the path is not UTF-8 behind its % signs";
    Err(Refusal::new(ProblemCode::MalformedRequest, detail))
}

/// Whether a path is text once its `%` escapes are read.
fn is_utf8(path: &str) -> bool {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let escaped = others
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() {
            &others[2..]
        } else {
            others
        };
    }
    std::str::from_utf8(&bytes).is_ok()
}

/// What is asked of this caller: the route's own demand, except where the configuration has a say.
fn demanded(guard: &Guard, parts: &Parts) -> Result<Access, Refusal> {
    if guard.access != Access::Scraper {
        return Ok(guard.access);
    }
    match guard.app.config().server.metrics {
        MetricsAccess::Off => Err(routes::unknown()),
        MetricsAccess::Open => Ok(Access::Open),
        MetricsAccess::Loopback if is_of_this_host(parts) => Ok(Access::Open),
        MetricsAccess::Loopback | MetricsAccess::Token => Ok(Access::Scraper),
    }
}

/// Whether a call comes from this host itself, and not through a proxy here.
fn is_of_this_host(parts: &Parts) -> bool {
    let is_near = proxy::peer(parts).is_some_and(|address| address.is_loopback());
    let through_a_proxy = [
        "forwarded",
        "remote-user",
        "via",
        "x-forwarded-for",
        "x-real-ip",
    ];
    let is_passed_on = through_a_proxy
        .iter()
        .any(|name| parts.headers.contains_key(*name));
    is_near && !is_passed_on
}

/// Whether a token for some workflows only keeps to what has to do with workflows; it may look at
/// the fleet that they run on.
fn is_within(principal: Option<&Principal>, parts: &Parts) -> bool {
    let is_narrow = matches!(principal, Some(Principal::User(user)) if user.workflows.is_some());
    let path = parts.uri.path().split('/').nth(1).unwrap_or_default();
    let about = ["workflows", "executions", "prompts", "tokens"];
    !is_narrow || parts.method.is_safe() || about.contains(&path)
}

/// Takes a call out of the caller's share.
fn share(door: &Door, principal: &Principal) -> Result<(), Instead> {
    let caller = match principal {
        Principal::User(user) => Share::User(user.username.clone()),
        Principal::Worker(who) => Share::Worker(*who),
    };
    let taken = door.limits.requests.take(caller, Instant::now());
    taken.map_err(|wait| {
        door.note(Why::TooMany, Some(principal));
        let refusal = Refusal::new(
            ProblemCode::TooManyRequests,
            "you have called too often in too short a time",
        );
        Instead::Later(
            refusal.hint("call less often, or wait as Retry-After says"),
            wait,
        )
    })
}

/// Who calls: by a token, or by what a trusted proxy says.
async fn identify(door: &Door, parts: &Parts) -> Result<Principal, Instead> {
    let sso = door.app.config().sso.as_ref();
    let claim = match proxy::said(sso, parts)? {
        Said::Nothing => None,
        Said::Untrusted => {
            tracing::warn!(from = ?door.from, "somebody claims to be a user, and is no trusted proxy");
            door.note(Why::UntrustedHeaders, None);
            None
        }
        Said::Claim(claim) => Some(claim),
    };
    let known = match (token(&parts.headers)?, claim) {
        (Some(_), Some(_)) => return Err(ambiguous("a token, or come through the proxy").into()),
        (Some(token), None) => access::authenticate(&door.app, &token, &mark(parts)).await,
        (None, Some(claim)) => {
            if !proxy::is_wanted(&parts.method, &parts.headers) {
                door.note(Why::CrossSite, None);
                return Err(cross_site().into());
            }
            access::sign_in(&door.app, claim).await.map(Principal::User)
        }
        (None, None) => return Err(nobody(door, parts)),
    };
    known.map_err(|error| refused(door, error).into())
}

/// What somebody gets who shows nothing.
fn nobody(door: &Door, parts: &Parts) -> Instead {
    door.note(Why::NoCredential, None);
    let sso = door.app.config().sso.as_ref();
    match sso.and_then(|sso| sso.login_url.clone()) {
        Some(url) if proxy::is_page(&parts.method, &parts.headers) => Instead::SignIn(url),
        Some(_) | None => Refusal::new(ProblemCode::Unauthenticated, "no token was given")
            .hint("pulsectl login, or send Authorization: Bearer <token>")
            .into(),
    }
}

fn ambiguous(choice: &str) -> Refusal {
    let detail = format!("give one {choice}, not both");
    Refusal::new(ProblemCode::AmbiguousCredentials, detail)
}

fn cross_site() -> Refusal {
    Refusal::new(
        ProblemCode::Forbidden,
        "this call was not made by a page of this site",
    )
    .hint("a script that comes through the proxy sends X-Requested-With: anything")
}

/// Says no to a token that is not good, and slows down whoever guesses.
fn refused(door: &Door, error: AccessError) -> Refusal {
    match error {
        // A right token is never refused for the wrong ones of others behind the same address.
        AccessError::Unknown if door.is_guessing(&door.limits.wrong_tokens) => {
            return too_many_guesses("tokens");
        }
        AccessError::Unknown => door.note(Why::WrongToken, None),
        AccessError::Expired | AccessError::Overtaken => door.note(Why::ExpiredToken, None),
        AccessError::WorkerRemoved => door.note(Why::WorkerRemoved, None),
        AccessError::NoGroup(_) => door.note(Why::NoGroup, None),
        AccessError::Disabled(_) => door.note(Why::Disabled, None),
        AccessError::Cloned(_) => door.note(Why::Cloned, None),
        AccessError::Store(_) => {}
    }
    error.into()
}

fn too_many_guesses(of: &str) -> Refusal {
    let detail = format!("too many wrong {of} from here");
    Refusal::new(ProblemCode::TooManyRequests, detail).hint("wait a minute")
}

/// Where a call came in, for those that refuse it later.
#[derive(Clone)]
pub(super) struct Door {
    app: App,
    limits: Arc<Limits>,
    from: Option<IpAddr>,
    /// Method and path.
    call: String,
}

impl Door {
    /// Counts a call that was refused, for the audit trail.
    fn note(&self, why: Why, who: Option<&Principal>) {
        let kind = Kind {
            why,
            who: who.map(Principal::name),
            from: self.from,
        };
        self.app.refusals().note(kind, || self.call.clone());
    }

    /// Counts a wrong guess; gives whether there were too many.
    fn is_guessing(&self, guesses: &Guesses) -> bool {
        let is_over = self
            .from
            .is_some_and(|from| guesses.is_over(from, Instant::now()));
        if is_over {
            self.note(Why::TooMany, None);
        }
        is_over
    }

    /// Says no to a host that could not be enrolled, and slows down whoever guesses.
    pub(super) fn refuse_enrolment(&self, error: EnrollError) -> Refusal {
        match error {
            EnrollError::Token if self.is_guessing(&self.limits.wrong_enrolments) => {
                return too_many_guesses("enrolment tokens");
            }
            EnrollError::Token | EnrollError::Spent => self.note(Why::WrongEnrolment, None),
            EnrollError::Name(_)
            | EnrollError::NameTaken(_)
            | EnrollError::OtherName(_)
            | EnrollError::OtherRegion(_)
            | EnrollError::Beyond(_)
            | EnrollError::Removed
            | EnrollError::Invalid(_)
            | EnrollError::Random
            | EnrollError::Store(_) => {}
        }
        error.into()
    }
}

/// What the calling host says of itself, and where it calls from.
fn mark(parts: &Parts) -> HostMark {
    let header = parts.headers.get(HOST_MARK_HEADER);
    let mut mark = header
        .and_then(|value| value.to_str().ok())
        .map(HostMark::read)
        .unwrap_or_default();
    mark.from = proxy::peer(parts).map_or_else(String::new, |address| address.to_string());
    mark
}

/// The token that a request carries, in one way only.
fn token(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let text = |value: &HeaderValue| value.to_str().ok().map(str::to_owned);
    let bearer: Vec<_> = headers.get_all(header::AUTHORIZATION).iter().collect();
    let keys: Vec<_> = headers.get_all("x-api-key").iter().collect();
    match (bearer.as_slice(), keys.as_slice()) {
        ([], []) => Ok(None),
        ([value], []) => {
            let value = text(value).unwrap_or_default();
            let scheme = value.split_once(' ');
            match scheme {
                Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                    Ok(Some(token.trim().to_owned()))
                }
                Some(_) | None => Err(Refusal::new(
                    ProblemCode::Unauthenticated,
                    "only Bearer tokens are known",
                )),
            }
        }
        ([], [value]) => Ok(Some(text(value).unwrap_or_default())),
        _ => Err(ambiguous("Authorization or one X-API-Key")),
    }
}

fn forbidden(access: Access) -> Refusal {
    let (who, hint) = match access {
        Access::Open | Access::Viewer | Access::Anybody | Access::Scraper => {
            ("people and scripts", "use a user's token")
        }
        Access::Operator => (
            "operators and admins",
            "ask an admin for a token with the role operator",
        ),
        Access::Admin => ("admins", "ask an admin"),
        Access::Worker => ("workers", "use the worker's own credential"),
    };
    Refusal::new(ProblemCode::Forbidden, format!("this is for {who}")).hint(hint)
}

fn idempotency_key(parts: &Parts) -> Result<Option<String>, Refusal> {
    let Some(value) = parts.headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default();
    let is_plain = key.bytes().all(|byte| byte.is_ascii_graphic());
    if !(1..=255).contains(&key.len()) || !is_plain {
        return Err(Refusal::new(
            ProblemCode::MalformedRequest,
            "an Idempotency-Key has 1 to 255 printable characters",
        ));
    }
    Ok(Some(key.to_owned()))
}

async fn read(body: Body) -> Result<Bytes, Refusal> {
    let whole = tokio::time::timeout(BODY_PATIENCE, to_bytes(body, BODY_LIMIT));
    match whole.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(Refusal::new(
            ProblemCode::TooLarge,
            format!("a body has at most {BODY_LIMIT} bytes"),
        )),
        Ok(Err(_)) => Err(Refusal::new(
            ProblemCode::MalformedRequest,
            "the body broke off",
        )),
        Err(_) => Err(Refusal::new(
            ProblemCode::RequestTimeout,
            "the body took too long to arrive",
        )),
    }
}

fn is_too_large(error: &axum::Error) -> bool {
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = next {
        if error.to_string().contains("length limit exceeded") {
            return true;
        }
        next = error.source();
    }
    false
}

fn digest(parts: &Parts, body: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(parts.method.as_str());
    hash.update([0]);
    hash.update(parts.uri.path());
    hash.update([0]);
    hash.update(body);
    hash.finalize().to_vec()
}

/// Who calls, as the guard found out.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) principal: Option<Principal>,
    pub(crate) once: Option<Once>,
    pub(super) door: Door,
    /// Which host calls, as far as it says.
    pub(crate) mark: HostMark,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Refusal::new(ProblemCode::Internal, "a route without a guard"))
    }
}

/// The person or script that calls.
#[derive(Debug, Clone)]
pub(super) struct Actor(pub(super) User);

impl<S: Send + Sync> FromRequestParts<S> for Actor {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Caller::from_request_parts(parts, state).await?.principal {
            Some(Principal::User(user)) => Ok(Self(user)),
            Some(Principal::Worker(_)) | None => Err(forbidden(Access::Viewer)),
        }
    }
}

/// The worker that calls.
#[derive(Debug, Clone, Copy)]
pub(super) struct ActingWorker(pub(super) Speaker);

impl<S: Send + Sync> FromRequestParts<S> for ActingWorker {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Caller::from_request_parts(parts, state).await?.principal {
            Some(Principal::Worker(id)) => Ok(Self(id)),
            Some(Principal::User(_)) | None => Err(forbidden(Access::Worker)),
        }
    }
}
