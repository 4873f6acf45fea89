//! `GET /docs`: the OpenAPI document as one page for people, without scripts and without anything
//! from elsewhere.

use std::{fmt::Write as _, sync::LazyLock};

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

use super::openapi;

/// The page says nothing that changes while the server runs.
static PAGE: LazyLock<String> = LazyLock::new(|| page_of(&openapi::document()));

/// Nothing but the page's own style is let in.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1.5rem}\
code,.path{font-family:ui-monospace,monospace;font-size:.93em}\
h2{margin:2rem 0 .5rem;border-bottom:1px solid #8886}\
h3{margin:1.5rem 0 .25rem;font-family:ui-monospace,monospace;font-size:1em}\
details{border:1px solid #8884;border-radius:6px;margin:.35rem 0;padding:.3rem .7rem}\
summary{cursor:pointer}\
.method{display:inline-block;min-width:4.2em;font-weight:600}\
.get{color:#1a7f37}.post{color:#0a64c2}.put,.patch{color:#9a6700}.delete{color:#cf222e}\
.dim{opacity:.7}\
table{border-collapse:collapse;width:100%}\
td{padding:.15rem .8rem .15rem 0;vertical-align:top;border-top:1px solid #8883}\
td:first-child{white-space:nowrap}\
nav a{margin-right:.9rem}";

/// Shows the page.
pub(super) async fn page() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        PAGE.as_str(),
    )
        .into_response()
}

fn page_of(document: &Value) -> String {
    let empty = Map::new();
    let object = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let paths = document["paths"].as_object().unwrap_or(&empty);
    let schemas = object(&document["components"]["schemas"]);
    let mut groups: Vec<(String, String)> = Vec::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap_or(&empty) {
            let group = operation["tags"][0].as_str().unwrap_or_default();
            let at = groups.iter().position(|(name, _)| name == group);
            let at = at.unwrap_or_else(|| {
                groups.push((group.to_owned(), String::new()));
                groups.len() - 1
            });
            write_operation(&mut groups[at].1, (path, method), operation);
        }
    }
    let mut nav = String::new();
    let mut body = String::new();
    for (name, operations) in &groups {
        let name = escaped(name);
        let _ = write!(nav, "<a href=\"#{name}\">{name}</a>");
        let _ = write!(body, "<h2 id=\"{name}\">{name}</h2>{operations}");
    }
    for (name, schema) in &schemas {
        write_schema(&mut body, name, schema);
    }
    let title = escaped(document["info"]["title"].as_str().unwrap_or_default());
    let version = escaped(document["info"]["version"].as_str().unwrap_or_default());
    let about = escaped(document["info"]["description"].as_str().unwrap_or_default());
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} {version}: HTTP interface</title><style>{STYLE}</style></head><body>\
         <h1>{title} {version}</h1><p>{about}</p>\
         <p>Sign in with <code>Authorization: Bearer TOKEN</code>. Errors are \
         <code>application/problem+json</code> with a stable <code>code</code>. The same as a \
         document: <a href=\"/api/v1/openapi.json\">openapi.json</a>.</p>\
         <nav>{nav}<a href=\"#schemas\">schemas</a></nav>{}</body></html>",
        body.replacen("<h3 ", "<h2 id=\"schemas\">schemas</h2><h3 ", 1)
    )
}

fn write_operation(out: &mut String, (path, method): (&str, &str), operation: &Value) {
    let text = |key: &str| escaped(operation[key].as_str().unwrap_or_default());
    let body = &operation["requestBody"]["content"];
    let answer = &operation["responses"]["2XX"]["content"];
    let mut rows = format!("<tr><td>who</td><td>{}</td></tr>", text("x-pulse-access"));
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        write_parameter(&mut rows, parameter);
    }
    for (name, content) in [("body", body), ("answer", answer)] {
        let kinds: Vec<String> = content
            .as_object()
            .into_iter()
            .flatten()
            .map(|(media, content)| {
                format!(
                    "{} <span class=\"dim\">{}</span>",
                    kind(&content["schema"]),
                    escaped(media)
                )
            })
            .collect();
        if !kinds.is_empty() {
            let _ = write!(
                rows,
                "<tr><td>{name}</td><td>{}</td></tr>",
                kinds.join("<br>")
            );
        }
    }
    let _ = write!(
        out,
        "<details><summary><span class=\"method {method}\">{}</span> <span class=\"path\">{}</span> \
         <span class=\"dim\">{}</span></summary><table>{rows}</table></details>",
        escaped(&method.to_uppercase()),
        escaped(path),
        text("summary"),
    );
}

/// A row for what is said in the query or in a header; the path shows its own.
fn write_parameter(rows: &mut String, parameter: &Value) {
    let text = |key: &str| escaped(parameter[key].as_str().unwrap_or_default());
    if parameter["in"] == "path" {
        return;
    }
    let _ = write!(
        rows,
        "<tr><td>{}</td><td><code>{}</code> {} <span class=\"dim\">{}</span></td></tr>",
        text("in"),
        text("name"),
        kind(&parameter["schema"]),
        text("description"),
    );
}

fn write_schema(out: &mut String, name: &str, schema: &Value) {
    let _ = write!(out, "<h3 id=\"schema-{0}\">{0}</h3>", escaped(name));
    if let Some(about) = schema["description"].as_str() {
        let _ = write!(out, "<p>{}</p>", escaped(about));
    }
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let mut rows = String::new();
    let parts = schema["allOf"].as_array().cloned().unwrap_or_default();
    let own = std::iter::once(schema);
    for part in own.chain(&parts) {
        for (name, property) in part["properties"].as_object().into_iter().flatten() {
            let is_required = required.iter().any(|key| key == name);
            let mark = if is_required { "" } else { "?" };
            let _ = write!(
                rows,
                "<tr><td><code>{}</code>{mark}</td><td>{}</td><td>{}</td></tr>",
                escaped(name),
                kind(property),
                escaped(property["description"].as_str().unwrap_or_default()),
            );
        }
    }
    if rows.is_empty() {
        let _ = write!(out, "<p>{}</p>", kind(schema));
    } else {
        let _ = write!(out, "<table>{rows}</table>");
    }
}

/// A schema in a few words, with links to what it names.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"]
        .as_str()
        .and_then(|path| path.rsplit('/').next())
    {
        let name = escaped(name);
        return format!("<a href=\"#schema-{name}\">{name}</a>");
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema[key].as_array() {
            let kinds: Vec<String> = parts.iter().map(kind).collect();
            return kinds.join(if key == "allOf" { " and " } else { " or " });
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words.iter().map(|word| escaped(&plain(word))).collect();
        return words.join(" | ");
    }
    let items = &schema["properties"]["items"]["items"];
    if !items.is_null() {
        return format!("a page of {}", kind(items));
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("list of {}", kind(&schema["items"])),
        Value::String(name) => escaped(name),
        Value::Array(names) => {
            let names: Vec<String> = names.iter().map(|name| escaped(&plain(name))).collect();
            names.join(" | ")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => "anything".to_owned(),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_link_of_the_page_leads_somewhere() {
        let page = page_of(&openapi::document());

        let mut links = page.split("href=\"#").skip(1);
        assert!(links.clone().count() > 30);
        assert!(links.all(|rest| {
            let target = rest.split('"').next().unwrap_or_default();
            page.contains(&format!("id=\"{target}\""))
        }));
    }

    #[test]
    fn nothing_comes_from_elsewhere() {
        let page = page_of(&openapi::document());

        assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("//"));
    }
}
