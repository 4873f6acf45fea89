//! The methods of texts, which JavaScript counts in UTF-16 units.
//!
//! A result that would be half of a character is an error: no Rust text can hold it.

use std::rc::Rc;

use memchr::memmem;

use super::super::budget::Budget;
use super::super::evaluate::{Evaluator, Halt, error};
use super::super::tree::Method;
use super::super::{EvaluateError, Value, convert};
use super::position;

/// Calls a method; `None` for one that texts do not have.
pub(super) fn call(
    evaluator: &mut Evaluator<'_>,
    text: &Rc<str>,
    method: Method,
    values: &[Value],
) -> Result<Option<Value>, Halt> {
    Ok(Some(match method {
        Method::Includes
        | Method::StartsWith
        | Method::EndsWith
        | Method::IndexOf
        | Method::LastIndexOf => search(evaluator, text, method, values)?,
        Method::At | Method::CharAt | Method::Slice | Method::Substring => {
            part(evaluator, text, method, values)?
        }
        Method::Trim | Method::TrimStart | Method::TrimEnd => {
            evaluator.budget.walk(text.len())?;
            let mut trimmed: &str = text;
            if method != Method::TrimEnd {
                trimmed = trimmed.trim_start_matches(convert::is_blank);
            }
            if method != Method::TrimStart {
                trimmed = trimmed.trim_end_matches(convert::is_blank);
            }
            evaluator.text(trimmed)?
        }
        Method::ToLowerCase | Method::ToUpperCase => {
            evaluator.budget.walk(text.len())?;
            let changed = if method == Method::ToLowerCase {
                text.to_lowercase()
            } else {
                text.to_uppercase()
            };
            evaluator.text(&changed)?
        }
        Method::PadStart | Method::PadEnd => pad(evaluator, text, method, values)?,
        Method::Repeat => repeat(evaluator, text, values)?,
        Method::Replace | Method::ReplaceAll => replace(evaluator, text, method, values)?,
        Method::Split => split(evaluator, text, values)?,
        Method::Concat => {
            let mut joined = text.to_string();
            for value in values {
                let more = convert::text(value, &mut evaluator.budget)?;
                evaluator.budget.make(more.len())?;
                joined.push_str(&more);
            }
            evaluator.text(&joined)?
        }
        Method::ToString => Value::String(Rc::clone(text)),
        Method::Every
        | Method::Filter
        | Method::Find
        | Method::FindIndex
        | Method::Flat
        | Method::FlatMap
        | Method::Join
        | Method::Map
        | Method::Reduce
        | Method::Some => return Ok(None),
    }))
}

/// The length in UTF-16 units.
pub(in super::super) fn length(text: &str, budget: &mut Budget) -> Result<usize, EvaluateError> {
    budget.read(text.len())?;
    if text.is_ascii() {
        return Ok(text.len());
    }
    budget.walk(text.len())?;
    Ok(text.encode_utf16().count())
}

/// One character by its position, as `text[0]` reads it.
pub(in super::super) fn character(
    text: &str,
    at: usize,
    budget: &mut Budget,
) -> Result<Value, EvaluateError> {
    let length = length(text, budget)?;
    if at >= length {
        return Ok(Value::Undefined);
    }
    between(text, at, at + 1, budget)
}

/// The part between two positions that are within the text.
fn between(
    text: &str,
    start: usize,
    end: usize,
    budget: &mut Budget,
) -> Result<Value, EvaluateError> {
    if text.is_ascii() {
        budget.make(end - start)?;
        return Ok(Value::string(&text[start..end]));
    }
    budget.walk(text.len())?;
    let units: Vec<u16> = text.encode_utf16().skip(start).take(end - start).collect();
    match String::from_utf16(&units) {
        Ok(part) => {
            budget.make(part.len())?;
            Ok(Value::string(&part))
        }
        Err(_) => Err(error(
            "the text would be cut inside of a character".to_owned(),
        )),
    }
}

fn cut() -> EvaluateError {
    error("the text would be cut inside of a character".to_owned())
}

fn argument(evaluator: &mut Evaluator<'_>, value: Option<&Value>) -> Result<Rc<str>, Halt> {
    Ok(convert::text(
        value.unwrap_or(&Value::Undefined),
        &mut evaluator.budget,
    )?)
}

fn search(
    evaluator: &mut Evaluator<'_>,
    text: &str,
    method: Method,
    values: &[Value],
) -> Result<Value, Halt> {
    let wanted = argument(evaluator, values.first())?;
    evaluator.budget.read(text.len() + wanted.len())?;
    let (haystack, needle) = (text.as_bytes(), wanted.as_bytes());
    let found = if method == Method::LastIndexOf {
        memmem::rfind(haystack, needle)
    } else {
        memmem::find(haystack, needle)
    };
    if method == Method::StartsWith {
        return Ok(Value::Bool(haystack.starts_with(needle)));
    }
    if method == Method::EndsWith {
        return Ok(Value::Bool(haystack.ends_with(needle)));
    }
    if method == Method::Includes {
        return Ok(Value::Bool(found.is_some()));
    }
    match found {
        Some(at) => Ok(convert::count(length(&text[..at], &mut evaluator.budget)?)),
        None => Ok(Value::Number(-1.0)),
    }
}

fn part(
    evaluator: &mut Evaluator<'_>,
    text: &str,
    method: Method,
    values: &[Value],
) -> Result<Value, Halt> {
    let length = length(text, &mut evaluator.budget)?;
    let first = position(evaluator, values.first(), 0)?;
    if matches!(method, Method::At | Method::CharAt) {
        let signed = i64::try_from(length).unwrap_or(i64::MAX);
        let at = if method == Method::At && first < 0 {
            first.saturating_add(signed)
        } else {
            first
        };
        return match usize::try_from(at) {
            Ok(at) if at < length => Ok(between(text, at, at + 1, &mut evaluator.budget)?),
            Ok(_) | Err(_) if method == Method::At => Ok(Value::Undefined),
            Ok(_) | Err(_) => evaluator.text(""),
        };
    }
    let last = position(evaluator, values.get(1), i64::MAX)?;
    let (start, end) = if method == Method::Slice {
        (
            convert::relative(first, length),
            convert::relative(last, length),
        )
    } else {
        let a = convert::relative(first.max(0), length);
        let b = convert::relative(last.max(0), length);
        (a.min(b), a.max(b))
    };
    Ok(between(text, start, end.max(start), &mut evaluator.budget)?)
}

fn pad(
    evaluator: &mut Evaluator<'_>,
    text: &Rc<str>,
    method: Method,
    values: &[Value],
) -> Result<Value, Halt> {
    let wanted = position(evaluator, values.first(), 0)?;
    let filler = match values.get(1) {
        None | Some(Value::Undefined) => Rc::from(" "),
        Some(value) => convert::text(value, &mut evaluator.budget)?,
    };
    let length = length(text, &mut evaluator.budget)?;
    let missing = usize::try_from(wanted).unwrap_or(0).saturating_sub(length);
    if missing == 0 || filler.is_empty() {
        return Ok(Value::String(Rc::clone(text)));
    }
    evaluator.budget.make(missing)?;
    evaluator.budget.walk(missing)?;
    let units: Vec<u16> = filler.encode_utf16().cycle().take(missing).collect();
    let padding = String::from_utf16(&units).map_err(|_| cut())?;
    let padded = if method == Method::PadStart {
        format!("{padding}{text}")
    } else {
        format!("{text}{padding}")
    };
    evaluator.text(&padded)
}

fn repeat(evaluator: &mut Evaluator<'_>, text: &str, values: &[Value]) -> Result<Value, Halt> {
    let times = position(evaluator, values.first(), 0)?;
    let Ok(times) = usize::try_from(times) else {
        return Err(error("`repeat` needs a count that is not negative".to_owned()).into());
    };
    evaluator.budget.make(text.len().saturating_mul(times))?;
    if text.is_empty() {
        return evaluator.text("");
    }
    Ok(Value::String(Rc::from(text.repeat(times))))
}

fn replace(
    evaluator: &mut Evaluator<'_>,
    text: &str,
    method: Method,
    values: &[Value],
) -> Result<Value, Halt> {
    let (from, to) = (
        argument(evaluator, values.first())?,
        argument(evaluator, values.get(1))?,
    );
    if to.contains('$') {
        return Err(error("`$` in a replacement is not supported".to_owned()).into());
    }
    evaluator.budget.read(text.len() + from.len())?;
    if from.is_empty() {
        evaluator.budget.walk(text.len())?;
    }
    if from.is_empty() && text.chars().any(|c| c.len_utf16() > 1) && method == Method::ReplaceAll {
        return Err(cut().into());
    }
    let most = if method == Method::Replace {
        1
    } else {
        usize::MAX
    };
    let mut replaced = String::new();
    let mut kept = 0;
    for at in places(text, &from).take(most) {
        evaluator.budget.work(1)?;
        evaluator.budget.make(to.len())?;
        replaced.push_str(&text[kept..at]);
        replaced.push_str(&to);
        kept = at + from.len();
    }
    replaced.push_str(&text[kept..]);
    evaluator.text(&replaced)
}

/// Where a text occurs; the empty one between all characters.
fn places<'t>(text: &'t str, wanted: &'t str) -> Box<dyn Iterator<Item = usize> + 't> {
    if wanted.is_empty() {
        let ends = text
            .char_indices()
            .map(|(at, _)| at)
            .chain(std::iter::once(text.len()));
        return Box::new(ends);
    }
    Box::new(memmem::find_iter(text.as_bytes(), wanted.as_bytes()))
}

fn split(evaluator: &mut Evaluator<'_>, text: &Rc<str>, values: &[Value]) -> Result<Value, Halt> {
    let limit = match values.get(1) {
        None | Some(Value::Undefined) => usize::MAX,
        Some(value) => convert::unsigned(convert::number(value, &mut evaluator.budget)?),
    };
    if limit == 0 {
        return evaluator.list(Vec::new());
    }
    if matches!(values.first(), None | Some(Value::Undefined)) {
        return evaluator.list(vec![Value::String(Rc::clone(text))]);
    }
    let separator = argument(evaluator, values.first())?;
    evaluator.budget.read(text.len())?;
    let mut parts = Vec::new();
    if separator.is_empty() {
        for c in text.chars().take(limit) {
            if c.len_utf16() > 1 {
                return Err(cut().into());
            }
            evaluator.budget.work(1)?;
            parts.push(evaluator.text(c.encode_utf8(&mut [0; 4]))?);
        }
        return evaluator.list(parts);
    }
    let mut start = 0;
    for at in memmem::find_iter(text.as_bytes(), separator.as_bytes()) {
        if parts.len() >= limit {
            return evaluator.list(parts);
        }
        evaluator.budget.work(1)?;
        parts.push(evaluator.text(&text[start..at])?);
        start = at + separator.len();
    }
    if parts.len() < limit {
        parts.push(evaluator.text(&text[start..])?);
    }
    evaluator.list(parts)
}
