//! What stands in front of every route: who calls, whether they may, and what they bring.

mod caller;
mod content;
mod identity;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use pulse_api::ProblemCode;

pub(crate) use self::caller::Caller;
pub(super) use self::{
    caller::{ActingWorker, Actor, Keyed, MaybeKeyed},
    content::{Asks, BODY_LIMIT, HOOK_LIMIT, Takes},
};
use self::{
    content::{check_path, digest, idempotency_key, read},
    identity::{Door, identify, mark},
};
use super::{
    limits::{Caller as Share, Limits},
    problem::Refusal,
    proxy, router,
    routes::About,
};
use crate::{
    app::App,
    config::MetricsAccess,
    model::access::{Access, Principal},
    refusals::Why,
};

/// What the guard needs.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) app: App,
    pub(super) access: Access,
    pub(super) about: About,
    pub(super) takes: Takes,
    pub(super) asks: Asks,
    /// The largest body, in bytes.
    pub(super) body_limit: usize,
    pub(super) limits: Arc<Limits>,
}

/// What is answered in a request's place.
enum Instead {
    Refusal(Refusal),
    /// Whoever looks at this with a browser finds there what they want.
    Elsewhere(String),
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
            Self::Elsewhere(url) => (StatusCode::FOUND, [(header::LOCATION, url)]).into_response(),
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
        if is_person_at_the_root(principal.as_ref(), &parts) {
            return Err(Instead::Elsewhere("/docs".to_owned()));
        }
        door.note(Why::Forbidden, principal.as_ref());
        return Err(forbidden(access).into());
    }
    if !is_within(principal.as_ref(), (guard.about, access), &parts.method) {
        door.note(Why::Forbidden, principal.as_ref());
        let detail = "this token is for some workflows only";
        return Err(Refusal::new(ProblemCode::Forbidden, detail).into());
    }
    check_path(&parts)?;
    guard.asks.check(parts.uri.query())?;
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
    let bytes = read(body, guard.body_limit).await?;
    guard.takes.check(&bytes)?;
    let keyed = key.map(|key| Keyed {
        key,
        request_sha256: digest(&parts, &bytes),
    });
    let once = keyed.clone().zip(principal.as_ref());
    let once = once.map(|(keyed, principal)| keyed.of(principal.name()));
    let mark = mark(&parts);
    parts.extensions.insert(Caller {
        principal,
        once,
        door,
        mark,
    });
    parts.extensions.insert(MaybeKeyed(keyed));
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Whether a person opens the root, where older workers have their socket, with a browser.
fn is_person_at_the_root(principal: Option<&Principal>, parts: &Parts) -> bool {
    matches!(principal, Some(Principal::User(_)))
        && parts.uri.path() == "/"
        && !parts.headers.contains_key(header::UPGRADE)
        && proxy::is_page(&parts.method, &parts.headers)
}

/// What is asked of this caller: the route's own demand, except where the configuration has a say.
fn demanded(guard: &Guard, parts: &Parts) -> Result<Access, Refusal> {
    if guard.access != Access::Scraper {
        return Ok(guard.access);
    }
    match guard.app.config().server.metrics {
        MetricsAccess::Off => Err(router::unknown()),
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
/// the fleet that they run on, as far as every viewer may.
fn is_within(
    principal: Option<&Principal>,
    (about, access): (About, Access),
    method: &Method,
) -> bool {
    let is_narrow = matches!(principal, Some(Principal::User(user)) if user.workflows.is_some());
    let asks_more = matches!(access, Access::Approver | Access::Operator | Access::Admin);
    !is_narrow || about == About::Workflows || method.is_safe() && !asks_more
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

fn forbidden(access: Access) -> Refusal {
    let (who, hint) = match access {
        Access::Open | Access::Viewer | Access::Anybody | Access::Scraper => {
            ("people and scripts", "use a user's token")
        }
        Access::Approver => (
            "approvers, operators and admins",
            "ask an admin for a token with the role approver",
        ),
        Access::Operator => (
            "operators and admins",
            "ask an admin for a token with the role operator",
        ),
        Access::Admin => ("admins", "ask an admin"),
        Access::Worker => ("workers", "use the worker's own credential"),
    };
    Refusal::new(ProblemCode::Forbidden, format!("this is for {who}")).hint(hint)
}
