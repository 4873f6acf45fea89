//! Texts with `${{ … }}` in them.
//!
//! Splitting and filling in; where such a text may stand is decided by the decoder.

use serde_json::Value as Json;

use crate::expression::{EvaluateError, Expression, ExpressionFault, Names, Place, Value};
use crate::model::Runtime;
use crate::planner::Scene;
use crate::shell;

/// A text whose expressions are parsed.
#[derive(Clone, Debug)]
pub struct Template {
    source: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Text(String),
    Value {
        expression: Expression,
        /// Where the expression starts in the text, in bytes.
        offset: usize,
        raw: bool,
    },
}

impl Template {
    /// A text in which nothing is special.
    pub fn literal(text: &str) -> Self {
        Self {
            source: text.to_owned(),
            pieces: vec![Piece::Text(text.to_owned())],
        }
    }

    /// Parses every `${{ … }}` of a text, collecting all faults.
    pub fn parse(text: &str, place: Place) -> Result<Self, Vec<ExpressionFault>> {
        let mut pieces = Vec::new();
        let mut faults = Vec::new();
        let mut rest = 0;
        while let Some(found) = text[rest..].find("${{") {
            let open = rest + found;
            pieces.push(Piece::Text(text[rest..open].to_owned()));
            let start = open + 3;
            let Some(length) = closing(&text[start..]) else {
                faults.push(ExpressionFault {
                    message: "`${{` is never closed".to_owned(),
                    hint: Some("close it with `}}`".to_owned()),
                    offset: open,
                });
                return Err(faults);
            };
            match piece(&text[start..start + length], start, place) {
                Ok(piece) => pieces.push(piece),
                Err(fault) => faults.push(fault),
            }
            rest = start + length + 2;
        }
        pieces.push(Piece::Text(text[rest..].to_owned()));
        if faults.is_empty() {
            Ok(Self {
                source: text.to_owned(),
                pieces,
            })
        } else {
            Err(faults)
        }
    }

    /// The text as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The text, where no expression is in it.
    pub fn as_literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    pub(crate) fn reads_stdout(&self) -> bool {
        self.expressions()
            .any(|(expression, _)| expression.reads_stdout())
    }

    /// Each expression, and where it starts in the text.
    pub(crate) fn expressions(&self) -> impl Iterator<Item = (&Expression, usize)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(_) => None,
            Piece::Value {
                expression, offset, ..
            } => Some((expression, *offset)),
        })
    }

    /// The expressions that are filled in without quotes.
    pub(crate) fn raw_expressions(&self) -> Vec<(usize, &str)> {
        self.pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Value {
                    expression,
                    offset,
                    raw: true,
                } => Some((*offset, expression.source())),
                Piece::Text(_) | Piece::Value { raw: false, .. } => None,
            })
            .collect()
    }

    /// The text before each expression that will be quoted, and where the expression starts.
    pub(crate) fn quoted_places(&self) -> impl Iterator<Item = (&str, Option<usize>)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some((text.as_str(), None)),
            Piece::Value {
                offset, raw: false, ..
            } => Some(("", Some(*offset))),
            Piece::Value { raw: true, .. } => None,
        })
    }

    /// Fills in the values as they are.
    pub(crate) fn fill_plain(&self, scene: &Scene<'_>) -> Result<String, EvaluateError> {
        self.fill(scene, str::to_owned)
    }

    /// Fills in the values as literals of the language that will read the text.
    pub(crate) fn fill_quoted(
        &self,
        scene: &Scene<'_>,
        runtime: Runtime,
    ) -> Result<String, EvaluateError> {
        self.fill(scene, |text| shell::quote_for(runtime, text))
    }

    /// Fills in the values as they are, where there is no step to speak of.
    pub(crate) fn fill_from(&self, names: &dyn Names) -> Result<String, EvaluateError> {
        self.fill(names, str::to_owned)
    }

    /// The value of a text that is nothing but one expression; of any other, the text.
    pub(crate) fn fill_value(&self, names: &dyn Names) -> Result<Json, EvaluateError> {
        let is_empty = |piece: &Piece| matches!(piece, Piece::Text(text) if text.trim().is_empty());
        if let [before, Piece::Value { expression, .. }, after] = self.pieces.as_slice()
            && is_empty(before)
            && is_empty(after)
        {
            let value = expression.evaluate(names)?.to_json();
            if holds_nul(&value) {
                let message = format!("`{}` holds a NUL character", expression.source());
                return Err(EvaluateError { message, offset: 0 });
            }
            return Ok(value);
        }
        self.fill_from(names).map(Json::String)
    }

    fn fill(
        &self,
        names: &dyn Names,
        quote: impl Fn(&str) -> String,
    ) -> Result<String, EvaluateError> {
        let mut filled = String::with_capacity(self.source.len());
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Value {
                    expression, raw, ..
                } => {
                    let text = shown(expression, &expression.evaluate(names)?)?;
                    if *raw {
                        filled.push_str(&text);
                    } else {
                        filled.push_str(&quote(&text));
                    }
                }
            }
        }
        Ok(filled)
    }
}

/// A value as text; what has no text of its own is refused instead of becoming `undefined`.
fn shown(expression: &Expression, value: &Value) -> Result<String, EvaluateError> {
    let refused = |message: String| Err(EvaluateError { message, offset: 0 });
    let source = expression.source();
    match value {
        Value::String(text) if text.contains('\0') => {
            refused(format!("`{source}` holds a NUL character"))
        }
        Value::String(text) => Ok(text.to_string()),
        Value::Number(number) => Ok(crate::expression::number_text(*number)),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Undefined | Value::Null | Value::Array(_) | Value::Object(_) => refused(format!(
            "`{source}` is {}, which has no text of its own",
            value.type_name()
        )),
    }
}

/// Whether a text in a value, or a key, holds what no store keeps.
fn holds_nul(value: &Json) -> bool {
    match value {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => items.iter().any(holds_nul),
        Json::Object(fields) => fields
            .iter()
            .any(|(key, value)| key.contains('\0') || holds_nul(value)),
        Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// The length of the expression before its closing braces; braces in quotes do not count.
fn closing(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_u32;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match (quote, byte) {
            (Some(_), b'\\') => at += 1,
            (Some(open), _) if open == byte => quote = None,
            (None, b'\'' | b'"' | b'`') => quote = Some(byte),
            (None, b'{') => depth += 1,
            (None, b'}') if depth > 0 => depth -= 1,
            (None, b'}') if bytes.get(at + 1) == Some(&b'}') => return Some(at),
            (Some(_) | None, _) => {}
        }
        at += 1;
    }
    None
}

fn piece(inner: &str, start: usize, place: Place) -> Result<Piece, ExpressionFault> {
    let (text, blanks, raw) = unwrap_raw(inner);
    let offset = start + blanks;
    match Expression::parse(text, place) {
        Ok(expression) => Ok(Piece::Value {
            expression,
            offset,
            raw,
        }),
        Err(mut fault) => {
            fault.offset += offset;
            Err(fault)
        }
    }
}

/// Takes `raw( … )` off an expression that is wholly inside it.
fn unwrap_raw(inner: &str) -> (&str, usize, bool) {
    let trimmed = inner.trim_start();
    let blanks = inner.len() - trimmed.len();
    let wrapped = trimmed
        .trim_end()
        .strip_prefix("raw(")
        .and_then(|rest| rest.strip_suffix(')'))
        .filter(|body| balanced(body));
    match wrapped {
        Some(body) => (body, blanks + 4, true),
        None => (trimmed.trim_end(), blanks, false),
    }
}

/// Whether every parenthesis closes inside the text, so that the outer pair belongs together.
fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    let mut quote = None;
    let mut escaped = false;
    for c in text.chars() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (None, '\'' | '"' | '`') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (Some(_) | None, _) => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}
