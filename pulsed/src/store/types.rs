//! The SQL types that rows name, and the words of state columns.

use std::{fmt, str::FromStr};

use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    pg::{Pg, PgValue},
};
use serde_json::{Map, Value};

pub(super) use diesel::sql_types::{
    Array, BigInt, Binary, Bool, Double, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz,
    Uuid as SqlUuid,
};
/// A moment as PostgreSQL gives it.
pub(super) use jiff_diesel::Timestamp as At;

/// A word of an enum column, read as the Rust enum that it stands for.
#[derive(Debug, Clone, Copy, FromSqlRow)]
pub(super) struct Word<T>(pub(super) T);

impl<T> FromSql<Text, Pg> for Word<T>
where
    T: FromStr,
    T::Err: fmt::Display,
{
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let text = std::str::from_utf8(bytes.as_bytes())?;
        text.parse()
            .map(Self)
            .map_err(|error: T::Err| error.to_string().into())
    }
}

/// The fields of a column that holds an object; none where it holds something else.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

/// A moment that may be missing, as the rest of the program knows it.
pub(super) fn moment(at: Option<At>) -> Option<jiff::Timestamp> {
    at.map(At::to_jiff)
}
