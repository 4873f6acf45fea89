//! `--format`: a line per object, with `{{.name}}` for the value of a key.

use serde_json::Value;

use super::sanitize;
use crate::error::Failure;

/// Fills a template in for one object; `\\t` and `\\n` are a tab and a new line.
pub(super) fn fill(template: &str, item: &Value) -> Result<String, Failure> {
    let template = template.replace("\\t", "\t").replace("\\n", "\n");
    let mut text = String::new();
    let mut rest = template.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        let (path, after) = after.split_once("}}").ok_or_else(|| {
            Failure::usage(format!("`{template}` has a {{{{ without its }}}}"))
                .hint("write it as '{{.name}} {{.status}}'")
        })?;
        text.push_str(before);
        text.push_str(&value_at(path.trim(), item)?);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

fn value_at(path: &str, item: &Value) -> Result<String, Failure> {
    let mut value = item;
    for key in path.split('.').filter(|key| !key.is_empty()) {
        let found = match value {
            Value::Array(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
            Value::Object(fields) => match fields.get(key) {
                Some(found) => Some(found),
                None => return Err(unknown(path, key, fields)),
            },
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        };
        value = found.unwrap_or(&Value::Null);
    }
    Ok(match value {
        Value::Null => String::new(),
        Value::String(text) => sanitize::line(text),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    })
}

fn unknown(path: &str, key: &str, fields: &serde_json::Map<String, Value>) -> Failure {
    let failure = Failure::usage(format!("`{path}` names nothing: there is no `{key}`"));
    match crate::names::nearest(key, fields.keys().map(String::as_str)) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("-o json shows every key"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_are_filled_in() {
        let item =
            json!({"name": "web-1", "labels": {"rack": "b7"}, "groups": ["web"], "host": null});

        let text = fill(
            "{{.name}}\\t{{ .labels.rack }} {{.groups.0}} {{.groups}} [{{.host}}]",
            &item,
        );

        assert_eq!(text.unwrap(), "web-1\tb7 web [\"web\"] []");
    }

    #[test]
    fn an_unknown_key_is_refused() {
        let failure = fill("{{.nmae}}", &json!({"name": "web-1"})).unwrap_err();

        assert_eq!(failure.hint.as_deref(), Some("did you mean `name`?"));
        assert!(fill("{{.name", &json!({})).is_err());
    }
}
