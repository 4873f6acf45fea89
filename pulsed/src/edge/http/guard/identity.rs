//! Who calls: by a token, or by what a trusted proxy says; and what becomes of those who are not known.

use std::{net::IpAddr, sync::Arc, time::Instant};

use axum::http::{HeaderMap, HeaderValue, header, request::Parts};
use pulse_api::{
    ProblemCode,
    http::workers::{HOST_MARK_HEADER, HostMark},
};

use super::Instead;
use crate::{
    app::App,
    domain::{
        access::{self, AccessError},
        sensors::deliver::DeliverError,
        workers::enroll::EnrollError,
    },
    edge::http::{
        limits::{Caller as Share, Guesses, Limits},
        problem::Refusal,
        proxy::{self, Said},
        site,
    },
    model::access::Principal,
    refusals::{Kind, Why},
};

/// Who calls: by a token, or by what a trusted proxy says.
pub(super) async fn identify(door: &Door, parts: &Parts) -> Result<Principal, Instead> {
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
            if !site::is_wanted(&parts.method, &parts.headers, &parts.uri) {
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
        Some(url) if proxy::is_page(&parts.method, &parts.headers) => {
            Instead::Elsewhere(proxy::with_way_back(&url, parts))
        }
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
    .hint("Sec-Fetch-Site or Origin names another site; a script sends neither")
}

/// Says no to a token that is not good, and slows down whoever guesses.
fn refused(door: &Door, error: AccessError) -> Refusal {
    match error {
        // A right token is never refused for the wrong ones of others behind the same address.
        AccessError::Unknown if door.is_guessing(&door.limits.wrong_tokens) => {
            return too_many_guesses("tokens");
        }
        // Not slowed down: after a restore each host of a fleet behind one address hears it once.
        AccessError::Unknown | AccessError::UnknownCredential => door.note(Why::WrongToken, None),
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

/// What the calling host says of itself, and where it calls from.
pub(super) fn mark(parts: &Parts) -> HostMark {
    let header = parts.headers.get(HOST_MARK_HEADER);
    let mut mark = header
        .and_then(|value| value.to_str().ok())
        .map(HostMark::read)
        .unwrap_or_default();
    mark.from = proxy::peer(parts).map_or_else(String::new, |address| address.to_string());
    mark
}

/// Where a call came in, for those that refuse it later.
#[derive(Clone)]
pub(in crate::edge::http) struct Door {
    pub(super) app: App,
    pub(super) limits: Arc<Limits>,
    pub(super) from: Option<IpAddr>,
    /// Method and path.
    pub(super) call: String,
}

impl Door {
    /// Counts a call that was refused, for the audit trail.
    pub(super) fn note(&self, why: Why, who: Option<&Principal>) {
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

    /// Says no to a delivery, and slows down whoever guesses. A signature is a guess at a secret, as a
    /// token is.
    pub(in crate::edge::http) fn refuse_delivery(&self, error: DeliverError) -> Refusal {
        match error {
            DeliverError::NotGenuine if self.is_guessing(&self.limits.wrong_tokens) => {
                return too_many_guesses("signatures");
            }
            DeliverError::NotGenuine => self.note(Why::WrongSignature, None),
            DeliverError::Key(_) | DeliverError::Elsewhere(_) | DeliverError::Engine(_) => {}
        }
        error.into()
    }

    /// Takes a delivery out of the share of its sensor.
    pub(in crate::edge::http) fn share_of_sensor(&self, name: &str) -> Result<(), Refusal> {
        let caller = Share::Sensor(name.to_owned());
        let taken = self.limits.requests.take(caller, Instant::now());
        taken.map_err(|_| {
            self.note(Why::TooMany, None);
            let detail = "too much was delivered here in too short a time";
            Refusal::new(ProblemCode::TooManyRequests, detail).hint("wait a minute")
        })
    }

    /// Says no to a host that could not be enrolled, and slows down whoever guesses.
    pub(in crate::edge::http) fn refuse_enrolment(&self, error: EnrollError) -> Refusal {
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
