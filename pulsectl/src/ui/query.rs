//! `--jq`: jq expressions over what would be printed as JSON.

use std::fmt;

use jaq_core::{
    Compiler, Ctx, Filter, Vars, data,
    load::{Arena, File, Loader},
    unwrap_valr,
};
use jaq_json::{Val, read};
use serde_json::Value;

use crate::error::Failure;

/// The most results that one expression may give.
const LIMIT: usize = 100_000;

/// The most characters of a value that an error quotes.
const QUOTED: usize = 120;

/// An expression that can be run.
pub(super) struct Query {
    code: String,
    filter: Filter<data::JustLut<Val>>,
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)
    }
}

/// Reads an expression.
pub(super) fn compile(code: &str) -> Result<Query, Failure> {
    let wrong = || Failure::usage(format!("`{code}` is not a jq expression"));
    let defs = jaq_core::defs()
        .chain(jaq_std::defs())
        .chain(jaq_json::defs());
    let funs = jaq_core::funs()
        .chain(jaq_std::funs())
        .chain(jaq_json::funs());
    let arena = Arena::default();
    let modules = Loader::new(defs)
        .load(&arena, File { code, path: () })
        .map_err(|_| wrong())?;
    let filter = Compiler::default()
        .with_funs(funs)
        .compile(modules)
        .map_err(|_| wrong().hint("it parses, but uses a name that jq does not have"))?;
    Ok(Query {
        code: code.to_owned(),
        filter,
    })
}

impl Query {
    /// Runs it; text comes out as it is, anything else as JSON.
    pub(super) fn run(&self, input: &Value) -> Result<Vec<String>, Failure> {
        let Self { code, filter } = self;
        let input = read::parse_single(input.to_string().as_bytes())
            .map_err(|error| Failure::general("could not read the JSON again").because(&error))?;
        let context = Ctx::<data::JustLut<Val>>::new(&filter.lut, Vars::new([]));
        let mut lines = Vec::new();
        for result in filter.id.run((context, input)).map(unwrap_valr) {
            if lines.len() == LIMIT {
                return Err(Failure::usage(format!(
                    "`{code}` gives more than {LIMIT} results"
                )));
            }
            match result {
                Ok(Val::TStr(text)) => lines.push(String::from_utf8_lossy(&text).into_owned()),
                Ok(value) => lines.push(value.to_string()),
                Err(error) => {
                    return Err(Failure::usage(format!("jq: {}", cut(&error.to_string()))));
                }
            }
        }
        Ok(lines)
    }
}

/// The beginning and the end of a message: the value that it quotes may be a whole list.
fn cut(message: &str) -> String {
    let length = message.chars().count();
    if length <= QUOTED {
        return message.to_owned();
    }
    let tail = QUOTED / 3;
    let begin: String = message.chars().take(QUOTED - tail).collect();
    let end: String = message.chars().skip(length - tail).collect();
    format!("{begin} … {end}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn run(code: &str, input: &Value) -> Result<Vec<String>, Failure> {
        compile(code)?.run(input)
    }

    #[test]
    fn an_error_quotes_little_of_the_value() {
        let all: Vec<_> = (0..1000).map(|n| json!({ "n": n })).collect();

        let failure = run(".name", &json!(all)).unwrap_err();

        assert!(failure.message.chars().count() < 130, "{failure}");
        assert!(failure.message.contains("\"name\""), "{failure}");
    }

    #[test]
    fn text_is_printed_bare_and_the_rest_as_json() {
        let input = json!([{"name": "web-1", "n": 1}, {"name": "web-2", "n": 2}]);

        assert_eq!(run(".[].name", &input).unwrap(), ["web-1", "web-2"]);
        assert_eq!(run("map(select(.n > 1)) | length", &input).unwrap(), ["1"]);
        assert_eq!(run(".[0] | keys", &input).unwrap(), ["[\"n\",\"name\"]"]);
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        assert!(run(".[", &json!(1)).is_err());
        assert!(run("nosuch", &json!(1)).is_err());
        assert!(run(".a", &json!(1)).is_err());
        assert!(run("repeat(1)", &json!(1)).is_err());
    }
}
