//! What a call brings: its path, its parameters, its key, its body.

use std::time::Duration;

use axum::{
    body::{Body, Bytes, to_bytes},
    http::request::Parts,
};
use pulse_api::ProblemCode;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::edge::http::{headers::IDEMPOTENCY_KEY, problem::Refusal, query::stray};

/// The largest body, in bytes.
pub(in crate::edge::http) const BODY_LIMIT: usize = 256 * 1024;
/// The largest body that is delivered to a sensor, in bytes: a push of many commits is that large.
pub(in crate::edge::http) const HOOK_LIMIT: usize = 1024 * 1024;
/// How long a body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// Whether a call comes with something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::edge::http) enum Takes {
    Body,
    /// What came all the same would be left unread, and whoever sent it would believe it counted.
    Nothing,
    /// The same, but the older workers' calls carry what pulse has no use for.
    Anything,
}

impl Takes {
    /// Refuses a body that nobody would read.
    pub(super) fn check(self, body: &[u8]) -> Result<(), Refusal> {
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

/// Whether a call says something behind a `?`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::edge::http) enum Asks {
    /// The handler looks at each parameter.
    Parameters,
    /// What came all the same would be left unread, and whoever sent it would believe it counted.
    Nothing,
    /// The same, but the older workers' calls carry what pulse has no use for.
    Anything,
}

impl Asks {
    /// Refuses parameters that nobody would read.
    pub(super) fn check(self, query: Option<&str>) -> Result<(), Refusal> {
        match query.filter(|query| self == Self::Nothing && !query.is_empty()) {
            Some(query) => Err(stray(query.split(['=', '&']).next().unwrap_or(query), &[])),
            None => Ok(()),
        }
    }
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
pub(super) fn check_path(parts: &Parts) -> Result<(), Refusal> {
    let detail = match std::str::from_utf8(&unescaped(parts.uri.path())) {
        Ok(path) if !path.contains('\0') => return Ok(()),
        Ok(_) => "the path holds a NUL character",
        Err(_) => "the path is not UTF-8 behind its % signs",
    };
    Err(Refusal::new(ProblemCode::MalformedRequest, detail))
}

/// A path with its `%` escapes read.
fn unescaped(path: &str) -> Vec<u8> {
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
    bytes
}

/// The key under which a call has one effect, however often it is made.
pub(super) fn idempotency_key(parts: &Parts) -> Result<Option<String>, Refusal> {
    let Some(value) = parts.headers.get(IDEMPOTENCY_KEY) else {
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

/// The whole body.
pub(super) async fn read(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let whole = tokio::time::timeout(BODY_PATIENCE, to_bytes(body, limit));
    match whole.await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(error)) if is_too_large(&error) => Err(Refusal::new(
            ProblemCode::TooLarge,
            format!("a body has at most {limit} bytes"),
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

/// What tells one call from another under the same key.
pub(super) fn digest(parts: &Parts, body: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(parts.method.as_str());
    hash.update([0]);
    hash.update(parts.uri.path());
    hash.update([0]);
    match serde_json::from_slice::<Value>(body) {
        // The order of an object's keys says nothing.
        Ok(mut said) => {
            said.sort_all_objects();
            hash.update(said.to_string());
        }
        Err(_) => hash.update(body),
    }
    hash.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[test]
    fn a_call_is_the_same_in_whatever_order_its_keys_come() {
        let (parts, ()) = Request::new(()).into_parts();
        let digest = |body: &str| digest(&parts, body.as_bytes());

        let first = digest(r#"{"a": {"x": 1, "y": [1, 2]}, "b": 2}"#);
        assert_eq!(first, digest(r#"{"b":2,"a":{"y":[1,2],"x":1}}"#));
        assert_ne!(first, digest(r#"{"b":2,"a":{"y":[2,1],"x":1}}"#));
        assert_ne!(digest("steps: []"), digest("steps:  []"));
    }
}
