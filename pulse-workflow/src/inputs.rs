//! Checking the inputs given for a run against those a workflow declares, and the fields given with an
//! answer against those of its prompt.
//!
//! Declarations are read in `decode`; this only compares, coerces and fills in defaults.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Serialize;
use serde_json::{Number, Value};

use crate::Map;
use crate::decode::nearest;
use crate::model::{InputKind, InputSpec, Prompt, Workflow};
use crate::secrets::{MOST_OF_INPUTS, fault_of_value};

/// One input that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputFault {
    pub name: String,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// The longest text one input may hold, in bytes.
const LONGEST: usize = 32 * 1024;

/// What is given for the secret inputs of a run.
#[derive(Clone, Copy)]
pub enum Secrets<'a> {
    /// These values, by the names of their inputs.
    Given(&'a BTreeMap<&'a str, &'a str>),
    /// Whatever it takes, once the run starts.
    Later,
}

/// Checks every given input and fills in the defaults.
///
/// Text for a number, boolean or list is read as one, because a command line only has text. A secret
/// input that is given is not among the others; one that is not is `null`, as they are.
pub fn resolve(
    workflow: &Workflow,
    given: &Map,
    secrets: Secrets<'_>,
) -> Result<Map, Vec<InputFault>> {
    let open = fill(
        (&workflow.inputs, "input"),
        given,
        "this workflow takes no inputs",
    );
    let missing = match secrets {
        Secrets::Given(secrets) => check_secrets(workflow, secrets),
        Secrets::Later => Ok(Vec::new()),
    };
    match (open, missing) {
        (Ok(mut open), Ok(missing)) => {
            open.extend(missing.into_iter().map(|name| (name, Value::Null)));
            Ok(open)
        }
        (open, missing) => {
            let mut faults = open.err().unwrap_or_default();
            for fault in missing.err().unwrap_or_default() {
                // Of one that was given in the wrong place it is said once.
                if faults.iter().all(|known| known.name != fault.name) {
                    faults.push(fault);
                }
            }
            Err(faults)
        }
    }
}

/// Parts what is given for a run, of which some may be secret: what everybody may see, and what nobody may.
///
/// # Errors
///
/// Tells of each secret that is no text, and never repeats it.
pub fn part(
    workflow: &Workflow,
    mut given: Map,
) -> Result<(Map, BTreeMap<String, String>), Vec<InputFault>> {
    let (mut secrets, mut faults) = (BTreeMap::new(), Vec::new());
    for spec in workflow.secret_inputs() {
        match given.remove(&spec.name) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) => {
                secrets.insert(spec.name.clone(), text);
            }
            Some(_) => faults.push(InputFault {
                name: spec.name.clone(),
                message: format!("input `{}` is secret, and takes a text", spec.name),
                hint: None,
            }),
        }
    }
    if faults.is_empty() {
        Ok((given, secrets))
    } else {
        Err(faults)
    }
}

/// Checks the given secret inputs; gives the names of those that may be missing, and are.
///
/// # Errors
///
/// Tells of each why it does not fit.
pub fn check_secrets(
    workflow: &Workflow,
    given: &BTreeMap<&str, &str>,
) -> Result<Vec<String>, Vec<InputFault>> {
    let specs = &workflow.inputs;
    let (mut faults, mut left_out) = (Vec::new(), Vec::new());
    for name in given.keys() {
        if !specs.iter().any(|spec| spec.secret && spec.name == **name) {
            faults.push(InputFault {
                name: (*name).to_owned(),
                message: format!("there is no secret input `{name}`"),
                hint: Some("one that is not secret is given with the others".to_owned()),
            });
        }
    }
    for spec in specs.iter().filter(|spec| spec.secret) {
        match given.get(spec.name.as_str()) {
            Some(value) => faults.extend(check_secret(spec, value).err()),
            None if spec.required => faults.push(missing(spec)),
            None => left_out.push(spec.name.clone()),
        }
    }
    let sum: usize = given.values().map(|value| value.len()).sum();
    if sum > MOST_OF_INPUTS {
        faults.push(InputFault {
            name: String::new(),
            message: format!("secret inputs hold {sum} bytes; the limit is {MOST_OF_INPUTS}"),
            hint: None,
        });
    }
    if faults.is_empty() {
        Ok(left_out)
    } else {
        Err(faults)
    }
}

/// Checks the value of a secret input, and never repeats it.
///
/// # Errors
///
/// Tells why the value does not fit.
pub fn check_secret(spec: &InputSpec, value: &str) -> Result<(), InputFault> {
    let refused = |why: String| InputFault {
        name: spec.name.clone(),
        message: format!("input `{}`: {why}", spec.name),
        hint: None,
    };
    if let Some(fault) = fault_of_value(value) {
        return Err(refused(fault.to_string()));
    }
    match &spec.pattern {
        Some(pattern) if !pattern.is_match(value) => Err(refused(format!(
            "what was given does not match {}",
            written(pattern)
        ))),
        Some(_) | None => Ok(()),
    }
}

/// A pattern as the document has it: the whole of a value has to match, whatever it writes around it.
fn written(pattern: &Regex) -> &str {
    let written = pattern.as_str();
    let written = written.strip_prefix("^(?:").unwrap_or(written);
    written.strip_suffix(")$").unwrap_or(written)
}

/// The same for what a prompt asks beside its options.
pub fn fields(prompt: &Prompt, given: &Map) -> Result<Map, Vec<InputFault>> {
    fill(
        (&prompt.fields, "field"),
        given,
        "this prompt has no fields",
    )
}

fn fill(
    (specs, word): (&[InputSpec], &str),
    given: &Map,
    none: &str,
) -> Result<Map, Vec<InputFault>> {
    let mut faults = unknown((specs, word), given, none);
    let mut resolved = Map::new();
    for spec in specs {
        // What was not given to an earlier run is `null` there, and is not given here either.
        let given = given.get(&spec.name).filter(|value| !value.is_null());
        if spec.secret {
            faults.extend(given.map(|_| openly_given(spec)));
            continue;
        }
        let value = match given {
            Some(value) => match coerce(spec, value) {
                Ok(value) => value,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            },
            None => match &spec.default {
                Some(default) => default.clone(),
                None if spec.required => {
                    faults.push(missing(spec));
                    continue;
                }
                None => Value::Null,
            },
        };
        resolved.insert(spec.name.clone(), value);
    }
    if faults.is_empty() {
        Ok(resolved)
    } else {
        Err(faults)
    }
}

fn unknown((specs, word): (&[InputSpec], &str), given: &Map, none: &str) -> Vec<InputFault> {
    let names = || specs.iter().map(|spec| spec.name.as_str());
    given
        .keys()
        .filter(|name| !names().any(|known| known == name.as_str()))
        .map(|name| InputFault {
            name: name.clone(),
            message: format!("unknown {word} `{name}`"),
            hint: match nearest(name, names()) {
                Some(near) => Some(format!("did you mean `{near}`?")),
                None if specs.is_empty() => Some(none.to_owned()),
                None => Some(format!(
                    "it takes {}",
                    names().collect::<Vec<_>>().join(", ")
                )),
            },
        })
        .collect()
}

fn missing(spec: &InputSpec) -> InputFault {
    InputFault {
        name: spec.name.clone(),
        message: format!(
            "{} `{}` is required{}",
            spec.word,
            spec.name,
            if spec.secret { ", and secret" } else { "" }
        ),
        hint: if spec.secret {
            Some(how_given(&spec.name))
        } else {
            spec.description.clone()
        },
    }
}

/// Somebody has given a secret where everybody would read it.
fn openly_given(spec: &InputSpec) -> InputFault {
    InputFault {
        name: spec.name.clone(),
        message: format!(
            "input `{}` is secret, and was given as one that everybody sees",
            spec.name
        ),
        hint: Some(how_given(&spec.name)),
    }
}

/// How a secret input is given.
fn how_given(name: &str) -> String {
    format!(
        "give it with `-p {name}=@FILE`, or `-p {name}=@-` on stdin; in the interface, among `inputs`"
    )
}

/// Reads one value as its declaration wants it.
///
/// # Errors
///
/// Tells why the value does not fit.
pub fn coerce(spec: &InputSpec, value: &Value) -> Result<Value, InputFault> {
    let refused = |message: String| InputFault {
        name: spec.name.clone(),
        message,
        hint: None,
    };
    let typed = typed(&spec.kind, value).ok_or_else(|| {
        refused(match &spec.kind {
            InputKind::Enum(values) => {
                format!(
                    "{} `{}` must be one of {}",
                    spec.word,
                    spec.name,
                    values.join(", ")
                )
            }
            InputKind::String | InputKind::Number | InputKind::Boolean | InputKind::List => {
                format!(
                    "{} `{}` must be a {}, not {}",
                    spec.word,
                    spec.name,
                    spec.kind.as_str(),
                    shown(value)
                )
            }
        })
    })?;
    if let Some(text) = longest_text(&typed).filter(|text| text.len() > LONGEST) {
        return Err(refused(format!(
            "{} `{}` holds {} bytes of text; the limit is {LONGEST}",
            spec.word,
            spec.name,
            text.len()
        )));
    }
    if texts(&typed).any(|text| text.contains('\0')) {
        return Err(refused(format!(
            "{} `{}` holds a NUL character",
            spec.word, spec.name
        )));
    }
    if let Some(pattern) = &spec.pattern
        && !texts(&typed).all(|text| pattern.is_match(text))
    {
        return Err(refused(format!(
            "{} `{}` does not match {}",
            spec.word,
            spec.name,
            written(pattern)
        )));
    }
    Ok(typed)
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            std::slice::from_ref(value)
        }
    };
    items.iter().filter_map(Value::as_str)
}

fn longest_text(value: &Value) -> Option<&str> {
    texts(value).max_by_key(|text| text.len())
}

fn typed(kind: &InputKind, value: &Value) -> Option<Value> {
    match kind {
        InputKind::String => match value {
            Value::String(_) => Some(value.clone()),
            Value::Number(number) => Some(Value::String(number.to_string())),
            Value::Bool(truth) => Some(Value::String(truth.to_string())),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        },
        InputKind::Number => match value {
            Value::Number(_) => Some(value.clone()),
            Value::String(text) => number(text.trim()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        },
        InputKind::Boolean => match value {
            Value::Bool(_) => Some(value.clone()),
            Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" | "on" | "1" => Some(Value::Bool(true)),
                "false" | "no" | "off" | "0" => Some(Value::Bool(false)),
                _ => None,
            },
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        },
        InputKind::Enum(values) => {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                Value::Bool(truth) => truth.to_string(),
                Value::Null | Value::Array(_) | Value::Object(_) => return None,
            };
            values.contains(&text).then_some(Value::String(text))
        }
        InputKind::List => list(value),
    }
}

fn number(text: &str) -> Option<Value> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Value::Number(whole.into()));
    }
    if !text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
    {
        return None;
    }
    Number::from_f64(text.parse().ok()?).map(Value::Number)
}

/// A list of scalars; text is split at commas, or read as a JSON array.
fn list(value: &Value) -> Option<Value> {
    let items = match value {
        Value::Array(items) => items.clone(),
        Value::String(text) if text.trim().is_empty() => Vec::new(),
        Value::String(text) if text.trim_start().starts_with('[') => {
            serde_json::from_str::<Vec<Value>>(text).ok()?
        }
        Value::String(text) => text
            .split(',')
            .map(|item| Value::String(item.trim().to_owned()))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    let scalar = |item: &Value| item.is_string() || item.is_number() || item.is_boolean();
    items.iter().all(scalar).then_some(Value::Array(items))
}

fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 40 {
        return text;
    }
    text.chars().take(37).chain("...".chars()).collect()
}
