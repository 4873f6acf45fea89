//! Objects as programs read them.

use serde::Serialize;
use serde_json::{Map, Value};

/// The version of the output's form.
const API_VERSION: &str = "pulse/v1";

/// An object with `apiVersion` in front; anything else as it is.
pub(crate) fn envelope(item: &impl Serialize) -> Value {
    match serde_json::to_value(item) {
        Ok(Value::Object(fields)) => {
            let mut all = Map::new();
            all.insert("apiVersion".to_owned(), API_VERSION.into());
            all.extend(fields);
            Value::Object(all)
        }
        Ok(other) => other,
        Err(_) => Value::Null,
    }
}

/// Lines of `Key:  value`, aligned, for one object.
pub(crate) fn document(fields: &[(&str, String)]) -> String {
    let width = fields.iter().map(|(key, _)| key.len()).max().unwrap_or(0) + 1;
    let lines = fields
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| {
            let key = format!("{key}:");
            format!("{key:<width$}  {}\n", super::sanitize::cell(value))
        });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_names_the_version_of_its_form_first() {
        let text = envelope(&serde_json::json!({"name": "web-1"})).to_string();

        assert_eq!(text, r#"{"apiVersion":"pulse/v1","name":"web-1"}"#);
    }

    #[test]
    fn fields_are_aligned_and_empty_ones_left_out() {
        let text = document(&[
            ("Name", "web-1".into()),
            ("Host", String::new()),
            ("Region", "fra".into()),
        ]);

        assert_eq!(text, "Name:    web-1\nRegion:  fra\n");
    }
}
