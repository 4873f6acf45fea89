//! `explain`: what a part of a document may be, from the schema of the language, and what the fields
//! of `-o json` say, from the schema of the API.

use clap::Args;
use serde_json::Value;

use crate::{
    app::App,
    error::{Exit, Failure},
    names,
    ui::{Cell, render_table},
};

/// Explain a part of a document, such as workflow.steps.condition, or a field of -o json
///
/// Of a workflow it is what may be written; of a worker, execution, step, job, prompt, region, token,
/// user or rollout what -o json prints.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl explain workflow
  pulsectl explain workflow.steps
  pulsectl explain workflow.steps.retry.for
  pulsectl explain worker.metrics")]
pub(crate) struct Explain {
    /// A kind, and the way into it
    #[arg(value_name = "KIND[.FIELD...]")]
    path: String,
}

impl Explain {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        let mut words = self.path.split('.');
        let kind = words.next().unwrap_or_default();
        let (schema, root) = described(kind)?;
        let root = schema.pointer(root).unwrap_or(&schema);
        let (mut at, mut so_far) = (root, kind.to_owned());
        for word in words {
            let fields = fields(&schema, at);
            at = *fields
                .iter()
                .find(|(name, _)| name.as_str() == word)
                .map(|(_, schema)| schema)
                .ok_or_else(|| unknown((&so_far, word), &fields))?;
            so_far = format!("{so_far}.{word}");
        }
        let at = resolved(&schema, at);
        if app.ui.is_structured() {
            app.ui.structured(at)?;
            return Ok(Exit::OK);
        }
        app.ui.data(told(app, &schema, (&so_far, at)).trim_end())?;
        Ok(Exit::OK)
    }
}

/// What the API tells of a thing is what `-o json` prints of it.
const API: &str = include_str!("../../../docs/openapi.json");

/// The kinds whose fields are those of `-o json`, and what they are called in the API.
const KINDS: [(&str, &str); 9] = [
    ("worker", "/components/schemas/WorkerView"),
    ("execution", "/components/schemas/ExecutionView"),
    ("step", "/components/schemas/StepView"),
    ("job", "/components/schemas/JobView"),
    ("prompt", "/components/schemas/PromptView"),
    ("region", "/components/schemas/RegionView"),
    ("token", "/components/schemas/TokenView"),
    ("user", "/components/schemas/UserRow"),
    ("rollout", "/components/schemas/RolloutView"),
];

/// The document that describes a kind, and where in it.
fn described(kind: &str) -> Result<(Value, &'static str), Failure> {
    if kind == "workflow" {
        return Ok((pulse_workflow::schema(), ""));
    }
    let Some((_, place)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        let known = || std::iter::once("workflow").chain(KINDS.iter().map(|(name, _)| *name));
        let failure = Failure::not_found(format!("there is no kind `{kind}`"));
        if let Some(near) = names::nearest(kind, known()) {
            return Err(failure.hint(format!("did you mean `{near}`?")));
        }
        let known: Vec<&str> = known().collect();
        return Err(failure.hint(format!("the kinds are {}", known.join(", "))));
    };
    let api = serde_json::from_str(API)
        .map_err(|error| Failure::general("could not read the API's schema").because(&error))?;
    Ok((api, place))
}

fn unknown((so_far, word): (&str, &str), fields: &[(&String, &Value)]) -> Failure {
    let failure = Failure::not_found(format!("{so_far} has no field `{word}`"));
    let known = fields.iter().map(|(name, _)| name.as_str());
    match names::nearest(word, known.clone()) {
        Some(near) => failure.hint(format!("did you mean `{so_far}.{near}`?")),
        None if fields.is_empty() => failure.hint(format!("{so_far} is a plain value")),
        None => {
            let known: Vec<&str> = known.collect();
            failure.hint(format!("its fields are {}", known.join(", ")))
        }
    }
}

/// What a reference names.
fn resolved<'a>(schema: &'a Value, at: &'a Value) -> &'a Value {
    let name = at["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
    name.and_then(|pointer| schema.pointer(pointer))
        .unwrap_or(at)
}

/// The fields of an object, of the items of a list, or of the values of a map.
fn fields<'a>(schema: &'a Value, at: &'a Value) -> Vec<(&'a String, &'a Value)> {
    let at = resolved(schema, at);
    let parts = at["allOf"].as_array().into_iter().flatten();
    let inherited = parts.flat_map(|part| fields(schema, part));
    let own = at["properties"].as_object().into_iter().flatten();
    let own: Vec<_> = inherited.chain(own).collect();
    if !own.is_empty() {
        return own;
    }
    [&at["items"], &at["additionalProperties"]]
        .into_iter()
        .filter(|inner| inner.is_object())
        .flat_map(|inner| fields(schema, inner))
        .collect()
}

fn told(app: &App, schema: &Value, (path, at): (&str, &Value)) -> String {
    let mut text = format!("{path}: {}\n", kind(schema, at));
    if let Some(about) = at["description"].as_str() {
        text = format!("{text}\n{about}\n");
    }
    let fields = fields(schema, at);
    if fields.is_empty() {
        return text;
    }
    let needed = needed(schema, at);
    let rows = fields.into_iter().map(|(name, field)| {
        let about = field["description"].as_str();
        let about = about.or_else(|| resolved(schema, field)["description"].as_str());
        let mark = if needed.contains(&name.as_str()) {
            "required"
        } else {
            ""
        };
        vec![
            Cell::new(name),
            Cell::new(kind(schema, field)),
            Cell::new(mark),
            Cell::new(about.unwrap_or_default()),
        ]
    });
    let titles = ["field", "type", "", "about"];
    let table = render_table(&titles, rows.collect(), app.ui.paint);
    format!("{text}\n{table}\n")
}

fn needed<'a>(schema: &'a Value, at: &'a Value) -> Vec<&'a str> {
    let at = resolved(schema, at);
    let inner = [&at["items"], &at["additionalProperties"]];
    let own = at["required"].as_array().into_iter().flatten();
    let own = own.filter_map(Value::as_str);
    let below = inner
        .into_iter()
        .filter(|inner| inner.is_object() && at["properties"].is_null())
        .flat_map(|inner| needed(schema, inner));
    let parts = at["allOf"].as_array().into_iter().flatten();
    let inherited = parts.flat_map(|part| needed(schema, part));
    own.chain(inherited).chain(below).collect()
}

/// A type in a few words.
fn kind(schema: &Value, at: &Value) -> String {
    let at = resolved(schema, at);
    if let Some(words) = at["enum"].as_array() {
        return joined(words.iter().map(plain));
    }
    if !at["const"].is_null() {
        return plain(&at["const"]);
    }
    if at["allOf"].is_array() {
        return "object".to_owned();
    }
    if let Some(kinds) = at["oneOf"].as_array() {
        return joined(kinds.iter().map(|one| kind(schema, one)));
    }
    match &at["type"] {
        Value::String(name) if name == "array" => within("list", ("of", &at["items"]), schema),
        Value::String(name) if name == "object" && at["properties"].is_null() => {
            within("map", ("to", &at["additionalProperties"]), schema)
        }
        Value::String(name) => name.clone(),
        Value::Array(names) => joined(names.iter().map(plain)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => "anything".to_owned(),
    }
}

/// `list of string`, or `list` where nothing is said of what is inside.
fn within(outer: &str, (word, inner): (&str, &Value), schema: &Value) -> String {
    if inner.is_object() {
        format!("{outer} {word} {}", kind(schema, inner))
    } else {
        outer.to_owned()
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" | ")
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_schema_can_be_reached_and_told() {
        fn walk(schema: &Value, at: &Value, depth: u32) -> usize {
            assert!(!kind(schema, at).is_empty());
            if depth == 0 {
                return 1;
            }
            let below = fields(schema, at);
            1 + below
                .iter()
                .map(|(_, field)| walk(schema, field, depth - 1))
                .sum::<usize>()
        }
        let schema = pulse_workflow::schema();

        assert!(walk(&schema, &schema, 5) > 50);
    }

    #[test]
    fn every_kind_has_fields_that_can_be_told() {
        for (kind, _) in KINDS {
            let (schema, place) = described(kind).unwrap();
            let at = schema.pointer(place).unwrap();

            let fields = fields(&schema, at);

            assert!(fields.len() > 3, "{kind}");
            for (_, field) in fields {
                assert!(!super::kind(&schema, field).is_empty());
            }
        }
        assert_eq!(
            described("wroker").unwrap_err().hint.as_deref(),
            Some("did you mean `worker`?")
        );
    }

    #[test]
    fn a_type_is_told_in_a_few_words() {
        let schema = pulse_workflow::schema();
        let steps = fields(&schema, &schema["properties"]["steps"]);
        let of = |name: &str| {
            let found = steps.iter().find(|(field, _)| field.as_str() == name);
            kind(&schema, found.unwrap().1)
        };

        assert!(of("type").starts_with("execute | prompt | wait"));
        assert_eq!(of("needs"), "list of string");
        assert_eq!(of("timeout"), "integer | string");
        assert_eq!(
            kind(&schema, &schema["properties"]["inputs"]),
            "map to object"
        );
    }
}
