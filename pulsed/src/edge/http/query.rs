//! Query parameters: unknown ones and impossible values are refused, never ignored.

use axum::{
    extract::{FromRequestParts, Query as RawQuery},
    http::request::Parts,
};
use pulse_api::{ProblemCode, http::Page};
use serde::de::DeserializeOwned;

use super::problem::Refusal;

/// Query parameters.
pub(super) struct Query<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        if parts.uri.query().is_some_and(|query| query.contains("%00")) {
            return Err(bad("a parameter holds a NUL character"));
        }
        RawQuery::try_from_uri(&parts.uri)
            .map(|RawQuery(query)| Self(query))
            .map_err(|error| {
                let text = error.body_text();
                let reason = text
                    .rsplit_once(": ")
                    .map_or(text.as_str(), |(_, reason)| reason);
                bad(&format!("the query is not valid: {reason}"))
            })
    }
}

/// The most items that one page has.
const LONGEST_PAGE: i64 = 500;

/// The length of a page: what was asked for, within bounds.
pub(super) fn limit(asked: Option<i64>, default: i64) -> Result<i64, Refusal> {
    match asked {
        None => Ok(default),
        Some(limit) if (1..=LONGEST_PAGE).contains(&limit) => Ok(limit),
        Some(_) => Err(bad(&format!("limit is between 1 and {LONGEST_PAGE}"))),
    }
}

/// A page of items, with the cursor of the next one where this one is full.
pub(super) fn page<T>(
    items: Vec<T>,
    limit: i64,
    cursor: impl FnOnce(&T) -> Option<String>,
) -> Page<T> {
    let is_full = i64::try_from(items.len()).is_ok_and(|count| count == limit);
    let next_cursor = items.last().filter(|_| is_full).and_then(cursor);
    Page { items, next_cursor }
}

/// A cursor that is a number.
pub(super) fn number(cursor: Option<&str>) -> Result<Option<i64>, Refusal> {
    cursor
        .map(|cursor| {
            let number = cursor.parse().ok().filter(|number| *number >= 0);
            number.ok_or_else(|| bad("the cursor is not one of this list"))
        })
        .transpose()
}

/// Words separated by commas, each read as a state.
pub(super) fn words<T>(list: Option<&str>) -> Result<Vec<T>, Refusal>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    let words = list
        .into_iter()
        .flat_map(|list| list.split(','))
        .filter(|word| !word.is_empty());
    words
        .map(|word| {
            word.parse()
                .map_err(|error: T::Err| bad(&error.to_string()))
        })
        .collect()
}

/// One word read as a state.
pub(super) fn word<T>(word: Option<&str>) -> Result<Option<T>, Refusal>
where
    T: std::str::FromStr,
    T::Err: std::fmt::Display,
{
    word.map(|word| {
        word.parse()
            .map_err(|error: T::Err| bad(&error.to_string()))
    })
    .transpose()
}

/// A refusal of list parameters.
pub(super) fn bad(detail: &str) -> Refusal {
    Refusal::new(ProblemCode::BadCursor, detail)
}
