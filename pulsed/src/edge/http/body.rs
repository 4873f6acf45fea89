//! Bodies: read whole, checked before they are parsed, refused with the place of the fault.

use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::header,
};
use pulse_api::ProblemCode;
use serde::de::DeserializeOwned;

use super::{guard::BODY_LIMIT, problem::Refusal, reads::Need, unread::read};

/// The deepest nesting of a JSON body.
const DEPTH: usize = 64;

/// A JSON body.
pub(super) struct Json<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        if !is_media_type(&request, &["application/json"]) {
            return Err(not_json());
        }
        parse(&bytes(request, BODY_LIMIT).await?).map(Self)
    }
}

fn not_json() -> Refusal {
    Refusal::new(
        ProblemCode::UnsupportedMediaType,
        "the body must be application/json",
    )
}

/// A JSON body that may be missing: an empty one is none, whatever its header says.
pub(super) struct OptionalJson<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequest<S> for OptionalJson<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let is_typed = request.headers().contains_key(header::CONTENT_TYPE);
        let is_json = !is_typed || is_media_type(&request, &["application/json"]);
        let bytes = bytes(request, BODY_LIMIT).await?;
        if bytes.trim_ascii().is_empty() {
            return Ok(Self(T::default()));
        }
        if !is_json {
            return Err(not_json());
        }
        parse(&bytes).map(Self)
    }
}

/// The text of a workflow document, YAML or JSON.
pub(super) struct Document(pub(super) String);

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        const KNOWN: &[&str] = &[
            "application/yaml",
            "application/x-yaml",
            "text/yaml",
            "application/json",
        ];
        if !is_media_type(&request, KNOWN) {
            return Err(Refusal::new(
                ProblemCode::UnsupportedMediaType,
                "the body must be application/yaml or application/json",
            ));
        }
        let bytes = bytes(request, BODY_LIMIT).await?;
        String::from_utf8(bytes.into())
            .map(Self)
            .map_err(|_| Refusal::new(ProblemCode::InvalidWorkflow, "the document is not UTF-8"))
    }
}

fn is_media_type(request: &Request, known: &[&str]) -> bool {
    let value = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let media = value
        .and_then(|value| value.split(';').next())
        .map(str::trim);
    media.is_some_and(|media| known.iter().any(|known| media.eq_ignore_ascii_case(known)))
}

pub(super) async fn bytes(request: Request, limit: usize) -> Result<Bytes, Refusal> {
    to_bytes(request.into_body(), limit)
        .await
        .map_err(|_| Refusal::new(ProblemCode::TooLarge, "the body is too large"))
}

/// What a worker says with a sign of life: of that, anything may be about its host.
pub(super) trait Sign: DeserializeOwned {
    /// The same without what is said of the host.
    type Bare: DeserializeOwned + Into<Self>;
    /// Whether it may be missing.
    const NEED: Need;
}

/// The JSON body of a sign of life. What is said of the host is left out where
/// it cannot be read: the sign counts.
pub(super) struct SignBody<T>(pub(super) T, pub(super) Decoration);

/// What became of what is said of the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decoration {
    Read,
    Unreadable,
}

impl<S: Send + Sync, T: Sign> FromRequest<S> for SignBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        let is_typed = request.headers().contains_key(header::CONTENT_TYPE);
        let is_json = is_media_type(&request, &["application/json"]);
        let is_json = is_json || (!is_typed && T::NEED == Need::Optional);
        let bytes = bytes(request, BODY_LIMIT).await?;
        let bytes = match (bytes.trim_ascii(), T::NEED) {
            (b"", Need::Optional) => b"{}",
            _ if !is_json => return Err(not_json()),
            (said, Need::Optional | Need::Required) => said,
        };
        if depth(bytes) <= DEPTH
            && let Ok(whole) = read(bytes)
        {
            return Ok(Self(whole, Decoration::Read));
        }
        // What is passed over is not taken apart.
        let bare: T::Bare = read(bytes)?;
        Ok(Self(bare.into(), Decoration::Unreadable))
    }
}

/// Reads JSON. Syntax is 400; what is well-formed but not what is asked for is 422.
fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    if depth(bytes) > DEPTH {
        return Err(Refusal::new(
            ProblemCode::MalformedRequest,
            format!("the body is nested more than {DEPTH} deep"),
        ));
    }
    if std::str::from_utf8(bytes).is_ok_and(|text| text.contains("\\u0000")) {
        return Err(Refusal::new(
            ProblemCode::InvalidBody,
            "the body holds a NUL character",
        ));
    }
    Ok(read(bytes)?)
}

/// How deep brackets nest, strings left out.
fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_string, mut is_escaped) = (false, false);
    for byte in bytes {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_counted_outside_of_strings() {
        assert_eq!(depth(br#"{"a": "[[[[", "b": [1, {"c": "\"]"}]}"#), 3);
    }

    #[test]
    fn a_wrong_field_is_not_a_wrong_syntax() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Wish {
            #[expect(dead_code, reason = "only its presence matters")]
            name: String,
        }

        let status = |body: &[u8]| parse::<Wish>(body).unwrap_err().0.status;
        assert_eq!(status(br#"{"name": "a", "role": "admin"}"#), 422);
        assert_eq!(status(br#"{"name": "a\u0000b"}"#), 422);
        assert_eq!(status(br#"{"name": "#), 400);
        assert_eq!(status(br#" ["a"]"#), 422);
        assert_eq!(status(b"null"), 422);
        assert_eq!(status(b"[nonsense"), 400);
        assert_eq!(status("[".repeat(100_000).as_bytes()), 400);
    }
}
