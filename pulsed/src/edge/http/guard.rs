//! What stands in front of every route: who calls, whether they may, and what they bring.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{ConnectInfo, FromRequestParts, Request},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use pulse_api::ProblemCode;
use sha2::{Digest, Sha256};

use super::{limits::WrongTokens, problem::Refusal};
use crate::{
    app::App,
    domain::{
        access::{self, AccessError},
        once::Once,
    },
    model::access::{Access, Principal, User},
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
    pub(super) wrong_tokens: Arc<WrongTokens>,
}

/// Lets a request through, or answers it.
pub(super) async fn pass(guard: Guard, request: Request, next: Next) -> Response {
    match admit(&guard, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn admit(guard: &Guard, request: Request) -> Result<Request, Refusal> {
    let (mut parts, body) = request.into_parts();
    let principal = if guard.access == Access::Open {
        None
    } else {
        Some(identify(guard, &parts).await?)
    };
    if !guard.access.admits(principal.as_ref()) {
        return Err(forbidden(guard.access));
    }
    let key = idempotency_key(&parts)?;
    if parts.method == Method::GET || parts.method == Method::HEAD {
        parts.extensions.insert(Caller {
            principal,
            once: None,
        });
        return Ok(Request::from_parts(parts, body));
    }
    let bytes = read(body).await?;
    let once = key.zip(principal.as_ref()).map(|(key, principal)| Once {
        principal: match principal {
            Principal::User(user) => user.username.clone(),
            Principal::Worker(id) => id.to_string(),
        },
        key,
        request_sha256: digest(&parts, &bytes),
    });
    parts.extensions.insert(Caller { principal, once });
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

async fn identify(guard: &Guard, parts: &Parts) -> Result<Principal, Refusal> {
    let from = parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip());
    let token = token(&parts.headers)?;
    access::authenticate(&guard.app, &token)
        .await
        .map_err(|error| {
            // A right token is never refused for the wrong ones of others behind the same address.
            let Some(from) = from.filter(|_| matches!(error, AccessError::Unknown)) else {
                return error.into();
            };
            if guard.wrong_tokens.is_over(from) {
                return Refusal::new(
                    ProblemCode::TooManyRequests,
                    "too many wrong tokens from here",
                )
                .hint("wait a minute");
            }
            guard.wrong_tokens.count(from);
            tracing::warn!(%from, "a wrong token was shown");
            error.into()
        })
}

/// The token that a request carries, in one way only.
fn token(headers: &HeaderMap) -> Result<String, Refusal> {
    let text = |value: &header::HeaderValue| value.to_str().ok().map(str::to_owned);
    let bearer: Vec<_> = headers.get_all(header::AUTHORIZATION).iter().collect();
    let keys: Vec<_> = headers.get_all("x-api-key").iter().collect();
    match (bearer.as_slice(), keys.as_slice()) {
        ([], []) => Err(
            Refusal::new(ProblemCode::Unauthenticated, "no token was given")
                .hint("pulsectl login, or send Authorization: Bearer <token>"),
        ),
        ([value], []) => {
            let value = text(value).unwrap_or_default();
            let scheme = value.split_once(' ');
            match scheme {
                Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
                    Ok(token.trim().to_owned())
                }
                Some(_) | None => Err(Refusal::new(
                    ProblemCode::Unauthenticated,
                    "only Bearer tokens are known",
                )),
            }
        }
        ([], [value]) => Ok(text(value).unwrap_or_default()),
        _ => Err(Refusal::new(
            ProblemCode::AmbiguousCredentials,
            "give one Authorization or one X-API-Key, not both",
        )),
    }
}

fn forbidden(access: Access) -> Refusal {
    let (who, hint) = match access {
        Access::Open | Access::Viewer => ("people and scripts", "use a user's token"),
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
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) principal: Option<Principal>,
    pub(crate) once: Option<Once>,
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
pub(super) struct ActingWorker(pub(super) pulse_api::WorkerId);

impl<S: Send + Sync> FromRequestParts<S> for ActingWorker {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Caller::from_request_parts(parts, state).await?.principal {
            Some(Principal::Worker(id)) => Ok(Self(id)),
            Some(Principal::User(_)) | None => Err(forbidden(Access::Worker)),
        }
    }
}
