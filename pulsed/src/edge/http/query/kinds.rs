//! What a query parameter can be.

use jiff::Timestamp;
use pulse_api::{
    http::{LONGEST_AGO_SECONDS, events::EventKind},
    status::Words,
};
use pulse_workflow::Selector;
use serde_json::{Value, json};

use super::{Parameter, Unfit};
use crate::model::place::is_storable;

/// What may be left out and is nothing then.
pub(in crate::edge::http) trait Plain: Sized {
    fn schema() -> Value;

    fn read(text: &str) -> Result<Self, Unfit>;
}

impl<T: Plain> Parameter for Option<T> {
    fn schema() -> Value {
        T::schema()
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        T::read(text).map(Some)
    }
}

impl Plain for String {
    fn schema() -> Value {
        json!({"type": "string"})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        Ok(text.to_owned())
    }
}

impl Plain for bool {
    fn schema() -> Value {
        json!({"type": "boolean"})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        match text {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            _ => Err(Unfit::Plain),
        }
    }
}

impl Plain for Timestamp {
    fn schema() -> Value {
        json!({"type": "string", "format": "date-time"})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        let at = text.parse().ok();
        at.filter(|at| is_storable(*at)).ok_or(Unfit::Plain)
    }
}

impl Plain for uuid::Uuid {
    fn schema() -> Value {
        json!({"type": "string", "format": "uuid"})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        text.parse().map_err(|_| Unfit::Plain)
    }
}

impl Plain for Selector {
    fn schema() -> Value {
        json!({"type": "string"})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        Self::parse(text).map_err(|error| Unfit::Because(error.to_string()))
    }
}

/// A whole number within bounds.
#[derive(Debug, Clone, Copy)]
pub(in crate::edge::http) struct Whole<const LEAST: i64, const MOST: i64>(
    pub(in crate::edge::http) i64,
);

impl<const LEAST: i64, const MOST: i64> Plain for Whole<LEAST, MOST> {
    fn schema() -> Value {
        let mut schema = json!({"type": "integer", "minimum": LEAST});
        if MOST != i64::MAX {
            schema["maximum"] = MOST.into();
        }
        schema
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        let number = text.parse().ok();
        number
            .filter(|number| (LEAST..=MOST).contains(number))
            .map(Self)
            .ok_or(Unfit::Plain)
    }
}

/// A span of time in seconds.
#[derive(Debug, Clone, Copy)]
pub(in crate::edge::http) struct Seconds(pub(in crate::edge::http) f64);

impl Plain for Seconds {
    fn schema() -> Value {
        json!({"type": "number", "minimum": 0, "maximum": LONGEST_AGO_SECONDS})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        let seconds = text.parse::<f64>().ok();
        seconds
            .filter(|seconds| (0.0..=LONGEST_AGO_SECONDS.into()).contains(seconds))
            .map(Self)
            .ok_or(Unfit::Plain)
    }
}

/// One state, or any.
#[derive(Debug)]
pub(in crate::edge::http) struct One<T>(pub(in crate::edge::http) Option<T>);

impl<T> Default for One<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Words> Parameter for One<T> {
    fn schema() -> Value {
        json!({"type": "string", "enum": T::WORDS})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        let state = text.parse().map_err(|_| Unfit::Plain)?;
        Ok(Self(Some(state)))
    }
}

/// Some states, with commas between them; none means any.
#[derive(Debug)]
pub(in crate::edge::http) struct Several<T>(pub(in crate::edge::http) Vec<T>);

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Words> Parameter for Several<T> {
    fn schema() -> Value {
        json!({"type": "array", "items": {"type": "string", "enum": T::WORDS}})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        let states: Result<Vec<T>, Unfit> = words(text)
            .map(|word| word.parse().map_err(|_| Unfit::Plain))
            .collect();
        states.map(Self)
    }
}

/// Some kinds of events, with commas between them; none means any.
#[derive(Debug, Default)]
pub(in crate::edge::http) struct EventKinds(pub(in crate::edge::http) Vec<&'static str>);

impl Parameter for EventKinds {
    fn schema() -> Value {
        json!({"type": "array", "items": {"type": "string", "enum": EventKind::KINDS}})
    }

    fn read(text: &str) -> Result<Self, Unfit> {
        let known = |word: &str| EventKind::KINDS.into_iter().find(|kind| *kind == word);
        let kinds: Result<Vec<&'static str>, Unfit> = words(text)
            .map(|word| known(word).ok_or(Unfit::Plain))
            .collect();
        kinds.map(Self)
    }
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
}
