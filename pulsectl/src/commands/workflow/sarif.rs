//! What was found in documents, as SARIF 2.1.0: the form that code scanners upload.

use pulse_workflow::Fault;
use serde_json::{Value, json};

use super::validate::Checked;

/// One run over all documents.
pub(super) fn report(checked: &[Checked]) -> Value {
    let results: Vec<Value> = checked
        .iter()
        .flat_map(|one| {
            let errors = one.errors.iter().map(|fault| ("error", fault));
            let warnings = one.warnings.iter().map(|fault| ("warning", fault));
            let file = one.file.as_str();
            errors
                .chain(warnings)
                .map(move |(level, fault)| result(file, level, fault))
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "pulsectl workflow validate",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": [
                    {"id": "error", "shortDescription": {"text": "The document is not valid"}},
                    {"id": "warning", "shortDescription": {"text": "The document may not do what it says"}},
                ],
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(file: &str, level: &str, fault: &Fault) -> Value {
    let hint = fault
        .hint
        .as_ref()
        .map(|hint| format!("\nhint: {hint}"))
        .unwrap_or_default();
    json!({
        "ruleId": level,
        "level": level,
        "message": {"text": format!("{}{hint}", fault.message)},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": uri(file)},
                "region": {"startLine": fault.line.max(1), "startColumn": fault.column.max(1)},
            },
            "logicalLocations": [{"fullyQualifiedName": fault.path}],
        }],
    })
}

/// A path as a reference relative to the root of the checkout.
fn uri(file: &str) -> String {
    let file = file.strip_prefix("./").unwrap_or(file);
    file.split('/')
        .map(crate::client::segment)
        .collect::<Vec<_>>()
        .join("/")
}
