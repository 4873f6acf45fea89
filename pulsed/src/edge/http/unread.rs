//! Why a JSON body cannot be read: which field it is, and what it takes, in words of the interface.

use pulse_api::{ProblemCode, problem::FaultView};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::problem::Refusal;

/// A fault of a body.
#[derive(Debug)]
pub(super) struct Unread {
    code: ProblemCode,
    fault: FaultView,
}

impl From<Unread> for Refusal {
    fn from(unread: Unread) -> Self {
        let FaultView { path, message, .. } = &unread.fault;
        let detail = match path.as_str() {
            BODY => message.clone(),
            field => format!("`{field}`: {message}"),
        };
        Self::new(unread.code, detail).errors(vec![unread.fault])
    }
}

/// What a fault of the whole body is about.
const BODY: &str = "body";

/// Reads an object. Only an object will do: serde takes a list for the fields in their order as well.
pub(super) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unread> {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        let read = serde_json::from_slice::<serde::de::IgnoredAny>(bytes);
        return Err(match read {
            Ok(_) => Unread {
                code: ProblemCode::InvalidBody,
                fault: fault(BODY, "the body must be a JSON object".to_owned()),
            },
            Err(error) => unread(&error, BODY),
        });
    }
    let mut text = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut text)
        .map_err(|error| unread(error.inner(), &error.path().to_string()))?;
    text.end().map_err(|error| unread(&error, BODY))?;
    Ok(read)
}

fn fault(path: &str, message: String) -> FaultView {
    FaultView {
        path: path.to_owned(),
        line: None,
        column: None,
        message,
        hint: None,
        source_line: None,
    }
}

/// Syntax is 400; what is well-formed but not what is asked for is 422.
fn unread(error: &serde_json::Error, path: &str) -> Unread {
    let place = |number: usize| u32::try_from(number).ok().filter(|number| *number > 0);
    let (line, column) = (place(error.line()), place(error.column()));
    let said = error.to_string();
    let said = said
        .rsplit_once(" at line ")
        .map_or(&*said, |(said, _)| said);
    let (code, (path, message)) = match error.classify() {
        Category::Data => (ProblemCode::InvalidBody, told(said, path)),
        Category::Syntax | Category::Eof | Category::Io => {
            let said = format!("the body is no JSON: {said}");
            (ProblemCode::MalformedRequest, (BODY.to_owned(), said))
        }
    };
    let fault = FaultView {
        line,
        column,
        ..fault(&path, message)
    };
    Unread { code, fault }
}

/// The field and the sentence for what serde says.
fn told(said: &str, path: &str) -> (String, String) {
    let inside = |name: &str| match path {
        "." | "" => name.to_owned(),
        // Some ways of reading name the field already.
        path if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        path => format!("{path}.{name}"),
    };
    let here = match path {
        "." | "" => BODY.to_owned(),
        path => path.to_owned(),
    };
    if let Some(name) = quoted(said, "missing field ") {
        return (inside(name), "is missing".to_owned());
    }
    if let Some(name) = quoted(said, "duplicate field ") {
        return (inside(name), "is given twice".to_owned());
    }
    if let Some(name) = quoted(said, "unknown field ") {
        let known = match said.split_once(", expected ") {
            Some((_, known)) => format!("; there is {}", known.trim_start_matches("one of ")),
            None => String::new(),
        };
        return (inside(name), format!("there is no such field{known}"));
    }
    if let Some(word) = quoted(said, "unknown variant ") {
        let known = said
            .split_once(", expected ")
            .map_or("", |(_, known)| known);
        let known = known.trim_start_matches("one of ");
        return (here, format!("`{word}` is none of {known}"));
    }
    let kinds = ["invalid type: ", "invalid value: ", "invalid length "];
    let wrong = kinds.iter().find_map(|kind| said.strip_prefix(kind));
    match wrong.and_then(|wrong| wrong.rsplit_once(", expected ")) {
        Some((found, wanted)) => {
            let found = if is_secret(path) {
                kind_found(found).to_owned()
            } else {
                plain_found(found)
            };
            let wanted = plain_wanted(wanted);
            (here, format!("takes {wanted}, and not {found}"))
        }
        None if is_secret(path) => (here, "cannot be read".to_owned()),
        None => (here, said.to_owned()),
    }
}

/// Fields with values that nobody is to read in an answer, or in what logs it.
const SECRET: [&str; 6] = [
    "inputs",
    "password",
    "secret",
    "secret_inputs",
    "token",
    "value",
];

/// Whether what was found in this place may be a secret.
fn is_secret(path: &str) -> bool {
    path.split('.').any(|part| SECRET.contains(&part))
}

/// The kind of what was found.
fn kind_found(found: &str) -> &'static str {
    let kinds = [
        ("map", "an object"),
        ("sequence", "a list"),
        ("unit", "null"),
        ("null", "null"),
        ("boolean", "true or false"),
        ("integer", "a number"),
        ("floating point", "a number"),
        ("string", "a string"),
    ];
    let known = kinds.iter().find(|(word, _)| found.starts_with(word));
    known.map_or("something else", |(_, kind)| kind)
}

/// The word in backticks behind these words.
fn quoted<'a>(said: &'a str, before: &str) -> Option<&'a str> {
    said.strip_prefix(before)?
        .strip_prefix('`')?
        .split('`')
        .next()
}

/// What was found, without serde's words.
fn plain_found(found: &str) -> String {
    match found {
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        "unit" => "null".to_owned(),
        other => other
            .trim_start_matches("integer ")
            .trim_start_matches("floating point ")
            .trim_start_matches("boolean ")
            .trim_start_matches("string ")
            .to_owned(),
    }
}

/// What is wanted, without the words of the language that the server is written in.
fn plain_wanted(wanted: &str) -> String {
    let whole = |least: &str, most: &str| format!("a whole number from {least} to {most}");
    match wanted {
        "u8" => whole("0", "255"),
        "u16" => whole("0", "65535"),
        "u32" => whole("0", "4294967295"),
        "u64" | "usize" => "a whole number from 0 on".to_owned(),
        "i8" | "i16" | "i32" | "i64" => "a whole number".to_owned(),
        "f32" | "f64" => "a number".to_owned(),
        "a map" => "an object".to_owned(),
        "a sequence" => "a list".to_owned(),
        "unit" | "null" => "null".to_owned(),
        other if other.starts_with("struct ") || other.starts_with("internally tagged") => {
            "an object".to_owned()
        }
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only what cannot be read matters")]
    struct Wish {
        name: String,
        #[serde(default)]
        ttl: u32,
        #[serde(default)]
        labels: BTreeMap<String, String>,
        #[serde(default)]
        role: Option<pulse_api::status::Role>,
    }

    fn told(body: &str) -> (String, String) {
        let unread = read::<Wish>(body.as_bytes()).unwrap_err();
        (unread.fault.path, unread.fault.message)
    }

    #[test]
    fn a_fault_names_its_field_and_what_that_takes() {
        let cases = [
            (r#"{"ttl": 1}"#, "name", "is missing"),
            (r#"{"name": 3}"#, "name", "takes a string, and not `3`"),
            (
                r#"{"name": "a", "ttl": "x"}"#,
                "ttl",
                "takes a whole number from 0 to 4294967295, and not \"x\"",
            ),
            (
                r#"{"name": "a", "ttl": -1}"#,
                "ttl",
                "takes a whole number from 0 to 4294967295, and not `-1`",
            ),
            (
                r#"{"name": "a", "labels": {"a": []}}"#,
                "labels.a",
                "takes a string, and not a list",
            ),
            (
                r#"{"name": "a", "role": "king"}"#,
                "role",
                "`king` is none of `viewer`, `approver`, `employee`, `operator`, `admin`",
            ),
        ];
        for (body, path, message) in cases {
            let (at, said) = told(body);
            assert_eq!(at, path, "{body}");
            assert!(said.starts_with(message), "{body}: {said}");
        }
    }

    #[test]
    fn of_what_may_be_a_secret_only_its_kind_is_said() {
        let told = |body: &str| {
            let unread = read::<pulse_api::http::executions::UndoExecution>(body.as_bytes());
            let fault = unread.unwrap_err().fault;
            (fault.path, fault.message)
        };

        for (body, path, message) in [
            (
                r#"{"secret_inputs": {"token": 12345}}"#,
                "secret_inputs.token",
                "takes a string, and not a number",
            ),
            (
                r#"{"secret_inputs": {"token": true}}"#,
                "secret_inputs.token",
                "takes a string, and not true or false",
            ),
            (
                r#"{"secret_inputs": "a, expected b at line 3 of it"}"#,
                "secret_inputs",
                "takes an object, and not a string",
            ),
        ] {
            assert_eq!(told(body), (path.to_owned(), message.to_owned()), "{body}");
        }
    }

    #[test]
    fn a_field_that_there_is_not_is_named_beside_those_that_there_are() {
        let (path, message) = told(r#"{"name": "a", "nmae": 1}"#);

        assert_eq!(path, "nmae");
        assert_eq!(
            message,
            "there is no such field; there is `name`, `ttl`, `labels`, `role`"
        );
    }
}
