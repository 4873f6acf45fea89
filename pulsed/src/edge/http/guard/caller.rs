//! Who calls, as the routes see it.

use axum::{extract::FromRequestParts, http::request::Parts};
use pulse_api::{ProblemCode, http::workers::HostMark};

use super::{forbidden, identity::Door};
use crate::{
    domain::once::Once,
    edge::http::problem::Refusal,
    model::access::{Access, Principal, Speaker, User},
};

/// Who calls, as the guard found out.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) principal: Option<Principal>,
    pub(crate) once: Option<Once>,
    pub(in crate::edge::http) door: Door,
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

/// A call under a key, whoever makes it.
#[derive(Debug, Clone)]
pub(in crate::edge::http) struct Keyed {
    pub(super) key: String,
    pub(super) request_sha256: Vec<u8>,
}

impl Keyed {
    /// The same, made by this one.
    pub(in crate::edge::http) fn of(self, principal: String) -> Once {
        Once {
            principal,
            key: self.key,
            request_sha256: self.request_sha256,
        }
    }
}

/// The key of a call that shows who makes it in its body.
#[derive(Debug, Clone)]
pub(in crate::edge::http) struct MaybeKeyed(pub(in crate::edge::http) Option<Keyed>);

impl<S: Send + Sync> FromRequestParts<S> for MaybeKeyed {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let keyed = parts.extensions.get::<Self>().cloned();
        keyed.ok_or_else(|| Refusal::new(ProblemCode::Internal, "a route without a guard"))
    }
}

/// The person or script that calls.
#[derive(Debug, Clone)]
pub(in crate::edge::http) struct Actor(pub(in crate::edge::http) User);

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
pub(in crate::edge::http) struct ActingWorker(pub(in crate::edge::http) Speaker);

impl<S: Send + Sync> FromRequestParts<S> for ActingWorker {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Caller::from_request_parts(parts, state).await?.principal {
            Some(Principal::Worker(id)) => Ok(Self(id)),
            Some(Principal::User(_)) | None => Err(forbidden(Access::Worker)),
        }
    }
}
