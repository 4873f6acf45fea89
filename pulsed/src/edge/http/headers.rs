//! Headers that routes read, each with what the interface's description says of it.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use pulse_api::ProblemCode;
use serde_json::{Value, json};

use super::{
    problem::Refusal,
    query::Described,
    reads::{Reads, Told},
};
use crate::domain::workflows::Expected;

/// The header that makes a repeated call have no second effect; the guard reads it.
pub(super) const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// A header with its description.
fn described(name: &'static str, schema: Value, description: &'static str) -> Described {
    Described {
        name,
        description,
        schema,
    }
}

/// What the description says of the key of a call.
pub(super) fn idempotency_key() -> Described {
    let schema = json!({"type": "string", "minLength": 1, "maxLength": 255});
    let description =
        "The same call with the same key has no second effect; keys are kept for a day.";
    described(IDEMPOTENCY_KEY, schema, description)
}

/// The text of a header, as far as it is UTF-8.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get(name)?;
    Some(std::str::from_utf8(value.as_bytes()).unwrap_or_default())
}

/// The place that a stream goes on after.
pub(super) struct LastEventId(pub(super) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for LastEventId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Ok(Self(
            text(&parts.headers, "last-event-id").map(str::to_owned),
        ))
    }
}

impl Reads for LastEventId {
    fn tell(told: &mut Told) {
        told.headers.push(described(
            "Last-Event-ID",
            json!({"type": "string"}),
            "The `id` of the last event that was seen: the stream goes on after it.",
        ));
    }
}

/// Which bytes of an output are wanted.
pub(super) struct Range(pub(super) Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Range {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Ok(Self(text(&parts.headers, "range").map(str::to_owned)))
    }
}

impl Reads for Range {
    fn tell(told: &mut Told) {
        told.headers.push(described(
            "Range",
            json!({"type": "string", "examples": ["bytes=0-1023"]}),
            "One range of bytes; the answer is 206 then.",
        ));
    }
}

/// What was changed in a document, in the words of who changed it.
pub(super) struct Message(pub(super) Option<String>);

/// The most characters of a message that are kept.
const LONGEST_MESSAGE: usize = 500;

impl<S: Send + Sync> FromRequestParts<S> for Message {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let message = text(&parts.headers, "x-pulse-message").filter(|text| !text.is_empty());
        Ok(Self(message.map(|message| {
            message.chars().take(LONGEST_MESSAGE).collect()
        })))
    }
}

impl Reads for Message {
    fn tell(told: &mut Told) {
        told.headers.push(described(
            "X-Pulse-Message",
            json!({"type": "string", "maxLength": LONGEST_MESSAGE}),
            "What was changed, for the list of versions.",
        ));
    }
}

/// The version that the caller takes for the newest.
pub(super) struct IfMatch(pub(super) Expected);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let given = text(&parts.headers, header::IF_MATCH.as_str());
        expected(given).map(Self)
    }
}

impl Reads for IfMatch {
    fn tell(told: &mut Told) {
        told.headers.push(described(
            "If-Match",
            json!({"type": "string", "examples": ["3", "0", "*"]}),
            "Only if this version is the newest now; `0`: only if there is none; `*`: only if there is one.",
        ));
    }
}

fn expected(given: Option<&str>) -> Result<Expected, Refusal> {
    let plain = given.map(|text| text.trim().trim_matches('"'));
    match plain {
        None => Ok(Expected::Whatever),
        Some("*") => Ok(Expected::Some),
        Some(text) => match text.parse() {
            Ok(0) => Ok(Expected::Nothing),
            Ok(version) => Ok(Expected::Version(version)),
            Err(_) => Err(Refusal::new(
                ProblemCode::MalformedRequest,
                "If-Match takes the number of one version, or *",
            )),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_expected_with_or_without_quotes() {
        let read = |text: &str| expected(Some(text)).map_err(|refusal| refusal.0.code);

        assert_eq!(read("\"3\""), Ok(Expected::Version(3)));
        assert_eq!(read("3"), Ok(Expected::Version(3)));
        assert_eq!(read("0"), Ok(Expected::Nothing));
        assert_eq!(read("*"), Ok(Expected::Some));
        assert_eq!(read("\"1\", \"2\""), Err(ProblemCode::MalformedRequest));
        assert!(matches!(expected(None), Ok(Expected::Whatever)));
    }
}
