//! Query parameters: unknown ones and impossible values are refused, never ignored.
//!
//! `parameters!` makes of one declaration what reads them and what describes them, so that the
//! interface's description cannot say anything else than what the server takes.

pub(super) mod kinds;
pub(super) mod pages;

use std::collections::HashSet;

use axum::{
    extract::{FromRequestParts, Query as RawQuery},
    http::request::Parts,
};
use pulse_api::{ProblemCode, problem::FaultView};
use serde_json::Value;

use super::problem::Refusal;

/// Query parameters.
pub(super) struct Query<T>(pub(super) T);

impl<S: Send + Sync, T: Parameters> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let RawQuery(given) = RawQuery::<Vec<(String, String)>>::try_from_uri(&parts.uri)
            .map_err(|_| Refusal::new(ProblemCode::InvalidQuery, "the query cannot be read"))?;
        read(&given).map(Self)
    }
}

/// All parameters that one call takes.
pub(super) trait Parameters: Default {
    /// Each of them.
    fn described() -> Vec<Described>;

    /// Whether one of them is called that.
    fn has(name: &str) -> bool {
        let mut all = Self::described().into_iter();
        all.any(|parameter| parameter.name == name)
    }

    /// Takes one that was given.
    fn take(&mut self, name: &str, text: &str) -> Result<(), Refusal>;
}

/// One parameter, as the interface's description shows it.
#[derive(Debug, Clone)]
pub(super) struct Described {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) schema: Value,
}

/// What one parameter can be; its `Default` is what holds without it.
pub(super) trait Parameter: Default {
    /// What it takes, as a schema of JSON.
    fn schema() -> Value;

    /// Reads what was given.
    fn read(text: &str) -> Result<Self, Unfit>;

    /// What becomes of one that cannot be read.
    fn refuse(name: &str, detail: String) -> Refusal {
        invalid(name, detail)
    }
}

/// A value that a parameter does not take.
#[derive(Debug)]
pub(super) enum Unfit {
    /// What it takes says why.
    Plain,
    /// There is more to say.
    Because(String),
}

/// A structure whose fields are the parameters of a call; each has a sentence, which the
/// description shows. `as "…"` names one that is called otherwise than its field; `..` takes in those of
/// another such structure.
macro_rules! parameters {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident {
            $($(#[doc = $doc:literal])+ $field:ident $(as $wire:literal)?: $kind:ty,)*
            $(..$part:ident: $parts:ty,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Default)]
        $vis struct $name {
            $($(#[doc = $doc])+ $field: $kind,)*
            $($part: $parts,)?
        }

        impl $crate::edge::http::query::Parameters for $name {
            fn described() -> Vec<$crate::edge::http::query::Described> {
                let own = [$($crate::edge::http::query::Described {
                    name: $crate::edge::http::query::wire!($field $($wire)?),
                    description: concat!($($doc),+),
                    schema: <$kind as $crate::edge::http::query::Parameter>::schema(),
                },)*];
                let described = own.into_iter();
                $(let described = described.chain(
                    <$parts as $crate::edge::http::query::Parameters>::described(),
                );)?
                described.collect()
            }

            fn take(&mut self, name: &str, text: &str) -> Result<(), $crate::edge::http::problem::Refusal> {
                $(if name == $crate::edge::http::query::wire!($field $($wire)?) {
                    self.$field = $crate::edge::http::query::value(name, text)?;
                    return Ok(());
                })*
                $(if <$parts as $crate::edge::http::query::Parameters>::has(name) {
                    return self.$part.take(name, text);
                })?
                Err($crate::edge::http::query::unknown::<Self>(name))
            }
        }
    };
}
pub(super) use parameters;

/// What a parameter is called in a query.
macro_rules! wire {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}
pub(super) use wire;

fn read<T: Parameters>(given: &[(String, String)]) -> Result<T, Refusal> {
    let mut query = T::default();
    let mut seen = HashSet::new();
    for (name, text) in given {
        if !seen.insert(name) {
            return Err(invalid(name, format!("`{}` is given twice", shown(name))));
        }
        query.take(name, text)?;
    }
    Ok(query)
}

/// One value, or why it cannot be.
pub(super) fn value<K: Parameter>(name: &str, text: &str) -> Result<K, Refusal> {
    if text.contains('\0') {
        return Err(K::refuse(name, format!("`{name}` holds a NUL character")));
    }
    K::read(text).map_err(|unfit| {
        let detail = match unfit {
            Unfit::Plain => {
                let takes = in_words(&K::schema());
                format!("`{name}` takes {takes}, and not `{}`", shown(text))
            }
            Unfit::Because(why) => format!("`{name}` cannot be that: {why}"),
        };
        K::refuse(name, detail)
    })
}

/// A refusal of one parameter.
pub(super) fn invalid(name: &str, detail: impl Into<String>) -> Refusal {
    let detail = detail.into();
    let fault = FaultView {
        path: format!("query.{}", shown(name)),
        line: None,
        column: None,
        message: detail.clone(),
        hint: None,
        source_line: None,
    };
    Refusal::new(ProblemCode::InvalidQuery, detail).errors(vec![fault])
}

/// A parameter that a call does not have.
pub(super) fn unknown<T: Parameters>(name: &str) -> Refusal {
    stray(name, &T::described())
}

/// A parameter that is not one of these.
pub(super) fn stray(name: &str, known: &[Described]) -> Refusal {
    let names: Vec<&str> = known.iter().map(|parameter| parameter.name).collect();
    let hint = if names.is_empty() {
        "this call takes no parameters".to_owned()
    } else {
        format!("this call takes {}", names.join(", "))
    };
    invalid(name, format!("there is no parameter `{}`", shown(name))).hint(hint)
}

/// The beginning of what somebody wrote.
fn shown(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_control());
    plain.take(80).collect()
}

/// What a schema takes, in words.
fn in_words(schema: &Value) -> String {
    let bounds = || match (schema["minimum"].as_i64(), schema["maximum"].as_i64()) {
        (Some(least), Some(most)) => format!(" from {least} to {most}"),
        (Some(least), None) => format!(" from {least} up"),
        (None, _) => String::new(),
    };
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        return format!("one of {}", words.join(", "));
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("array"), _) => format!("{}, or several with commas", in_words(&schema["items"])),
        (Some("boolean"), _) => "true or false".to_owned(),
        (Some("integer"), _) => format!("a whole number{}", bounds()),
        (Some("number"), _) => format!("a number{}", bounds()),
        (_, Some("date-time")) => "a time such as 2026-01-31T08:00:00Z".to_owned(),
        (_, _) => "text".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use pulse_api::{
        Problem,
        status::{JobStatus, Stream},
    };

    use super::{
        kinds::{One, Several, Whole},
        pages::Limit,
        *,
    };

    parameters! {
        struct Asked {
            /// Only those
            /// that stand so.
            status: Several<JobStatus>,
            /// What it came from.
            from_stream as "stream": One<Stream>,
            /// Counted from one.
            attempt: Option<Whole<1, 9>>,
            /// Whether to wait.
            follow: Option<bool>,
            /// How many.
            limit: Limit<20>,
        }
    }

    fn asked(given: &[(&str, &str)]) -> Result<Asked, Box<Problem>> {
        let given: Vec<(String, String)> = given
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect();
        read(&given).map_err(|refusal: Refusal| refusal.0)
    }

    #[test]
    fn what_is_given_is_read_and_the_rest_is_as_without() {
        let query = asked(&[("status", "lost,failed"), ("stream", "stderr")]).unwrap();

        assert_eq!(query.status.0, [JobStatus::Lost, JobStatus::Failed]);
        assert_eq!(query.from_stream.0, Some(Stream::Stderr));
        assert_eq!(query.limit.0, 20);
        assert!(query.attempt.is_none() && query.follow.is_none());
    }

    #[test]
    fn a_refusal_names_the_parameter_and_what_it_takes() {
        let cases = [
            (
                "stream",
                "x",
                "`stream` takes one of stdout, stderr, and not `x`",
            ),
            (
                "attempt",
                "0",
                "`attempt` takes a whole number from 1 to 9, and not `0`",
            ),
            (
                "follow",
                "yes",
                "`follow` takes true or false, and not `yes`",
            ),
            (
                "limit",
                "501",
                "`limit` takes a whole number from 1 to 500, and not `501`",
            ),
            (
                "from_stream",
                "stdout",
                "there is no parameter `from_stream`",
            ),
        ];
        for (name, text, detail) in cases {
            let problem = asked(&[(name, text)]).map(|_| ()).unwrap_err();

            assert_eq!(problem.code, ProblemCode::InvalidQuery);
            assert_eq!(problem.detail, detail);
            assert_eq!(problem.errors[0].path, format!("query.{name}"));
        }
        let twice = asked(&[("limit", "1"), ("limit", "2")])
            .map(|_| ())
            .unwrap_err();
        assert_eq!(twice.detail, "`limit` is given twice");
    }

    #[test]
    fn a_description_has_the_names_of_the_wire_and_whole_sentences() {
        let described = Asked::described();

        let names: Vec<&str> = described.iter().map(|one| one.name).collect();
        assert_eq!(names, ["status", "stream", "attempt", "follow", "limit"]);
        assert_eq!(described[0].description.trim(), "Only those that stand so.");
    }
}
