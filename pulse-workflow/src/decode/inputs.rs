//! The declarations under `inputs`, and under the `fields` of a prompt.

use regex::RegexBuilder;
use serde_json::Value;

use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::document::{Complaint, Key, Node, Shape};
use crate::model::{InputKind, InputSpec};

const INPUT: Keys = Keys {
    known: keys::INPUT,
    later: &[],
};
const FIELD: Keys = Keys {
    known: keys::FIELD,
    later: &["secret"],
};
const KINDS: &[&str] = &["string", "number", "boolean", "enum", "list"];

/// How many inputs a workflow may declare, and how many fields a prompt.
const MOST: usize = 100;

/// What is declared: the word for one, and where they stand.
#[derive(Clone, Copy)]
struct Kind<'a> {
    word: &'static str,
    whose: &'static str,
    keys: Keys,
    at: &'a str,
}

impl Decoder<'_> {
    pub(super) fn inputs(&mut self, node: &Node) -> Vec<InputSpec> {
        let kind = Kind {
            word: "input",
            whose: "an input's",
            keys: INPUT,
            at: "inputs",
        };
        let Some((fields, specs)) = self.declared(node, kind) else {
            return Vec::new();
        };
        for (at, spec) in specs.iter().enumerate() {
            let variable = |spec: &InputSpec| crate::render::variable(&spec.name);
            if let Some(twin) = specs[..at]
                .iter()
                .find(|twin| variable(twin) == variable(spec))
                && let Some((key, _)) = fields.entry(&spec.name)
            {
                let message = format!(
                    "inputs `{}` and `{}` would share one variable",
                    twin.name, spec.name
                );
                self.fault(key.at, &join("inputs", &spec.name), message);
            }
        }
        specs
    }

    /// Reads what a prompt asks beside its options.
    pub(super) fn prompt_fields(&mut self, node: &Node, path: &str) -> Vec<InputSpec> {
        let kind = Kind {
            word: "field",
            whose: "a field's",
            keys: FIELD,
            at: path,
        };
        let Some((fields, specs)) = self.declared(node, kind) else {
            return Vec::new();
        };
        if fields.iter().next().is_none() {
            self.fault(node.at, path, "`fields` is empty");
        }
        specs
    }

    fn declared<'n>(
        &mut self,
        node: &'n Node,
        kind: Kind<'_>,
    ) -> Option<(Fields<'n>, Vec<InputSpec>)> {
        let fields = self.open_fields(node, kind.at)?;
        if fields.iter().count() > MOST {
            let message = format!("more than {MOST} {}s", kind.word);
            self.fault(node.at, kind.at, message);
        }
        let specs = fields
            .iter()
            .filter_map(|(key, node)| self.input((key, node), kind))
            .collect();
        Some((fields, specs))
    }

    fn input(&mut self, (key, node): (&Key, &Node), of: Kind<'_>) -> Option<InputSpec> {
        let path = join(of.at, &key.text);
        if !is_name(&key.text) {
            let message = format!("{} name is letters, digits, `_` and `-`", of.whose);
            let complaint = Complaint::new(key.at, message)
                .hint("it starts with a letter and has at most 63 characters");
            self.complain(complaint, &path);
            return None;
        }
        let fields = self.fields(node, &path, of.keys)?;
        let kind = self.input_kind(fields, &path)?;
        let pattern = fields.get("pattern").and_then(|node| {
            let path = join(&path, "pattern");
            let text = self.text(node, &path)?;
            let whole = format!("^(?:{text})$");
            let built = RegexBuilder::new(&whole).size_limit(256 * 1024).build();
            if built.is_err() {
                self.fault(
                    node.at,
                    &path,
                    "not a regular expression, or too large a one",
                );
            }
            built.ok()
        });
        if pattern.is_some() && matches!(kind, InputKind::Number | InputKind::Boolean) {
            let message = format!("a `pattern` has no meaning for a {}", kind.as_str());
            self.fault(node.at, &path, message);
        }
        let required = fields
            .get("required")
            .and_then(|node| self.boolean(node, &join(&path, "required")));
        let description = fields
            .get("description")
            .and_then(|node| self.text(node, &join(&path, "description")));
        let mut spec = InputSpec {
            word: of.word,
            name: key.text.clone(),
            secret: self.is_secret(fields, &kind, &path),
            kind,
            description,
            // An input that has no default is needed unless the document says otherwise.
            required: required.unwrap_or(!fields.has("default")),
            default: None,
            pattern,
        };
        spec.default = fields
            .get("default")
            .and_then(|node| self.default(&spec, node, &path));
        Some(spec)
    }

    /// Reads `secret`. A secret one is text, and nothing that a document could hold.
    fn is_secret(&mut self, fields: Fields<'_>, kind: &InputKind, path: &str) -> bool {
        let secret = fields
            .get("secret")
            .and_then(|node| self.boolean(node, &join(path, "secret")));
        if secret != Some(true) {
            return false;
        }
        if *kind != InputKind::String {
            let message = format!("a secret input is a `string`, not a `{}`", kind.as_str());
            self.fault(fields.node.at, path, message);
        }
        if let Some((key, _)) = fields.entry("default") {
            let complaint = Complaint::new(
                key.at,
                "a secret input has no default: who reads the document would read it",
            )
            .hint("store it with `pulsectl secret set NAME`, and name it under `secrets`");
            self.complain(complaint, &join(path, "default"));
        }
        true
    }

    fn input_kind(&mut self, fields: Fields<'_>, path: &str) -> Option<InputKind> {
        let word = match fields.get("type") {
            Some(node) => self.word(node, &join(path, "type"), KINDS)?,
            None if fields.has("values") => "enum",
            None => "string",
        };
        let values = match fields.get("values") {
            Some(node) => self.names(node, &join(path, "values"))?,
            None => Vec::new(),
        };
        if word == "enum" && values.is_empty() {
            self.fault(fields.node.at, path, "an enum needs `values`");
            return None;
        }
        if word != "enum" && fields.has("values") {
            self.fault(
                fields.node.at,
                path,
                format!("`values` has no meaning for a {word}"),
            );
        }
        Some(match word {
            "number" => InputKind::Number,
            "boolean" => InputKind::Boolean,
            "enum" => InputKind::Enum(values),
            "list" => InputKind::List,
            _ => InputKind::String,
        })
    }

    fn default(&mut self, spec: &InputSpec, node: &Node, path: &str) -> Option<Value> {
        let path = join(path, "default");
        let value = json(node);
        match crate::inputs::coerce(spec, &value) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.fault(
                    node.at,
                    &path,
                    format!("the default does not fit: {}", fault.message),
                );
                None
            }
        }
    }
}

fn json(node: &Node) -> Value {
    match &node.shape {
        Shape::List(items) => items.iter().map(json).collect(),
        Shape::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| (key.text.clone(), json(value)))
            .collect(),
        Shape::Scalar(scalar) if scalar.is_null() => Value::Null,
        Shape::Scalar(scalar) => match (scalar.as_bool(), scalar.as_number()) {
            (Some(truth), _) => Value::Bool(truth),
            (None, Some(number)) => Value::Number(number),
            (None, None) => Value::String(scalar.text.clone()),
        },
    }
}

fn is_name(text: &str) -> bool {
    text.len() <= 63
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}
