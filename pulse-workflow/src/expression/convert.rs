//! Coercion: what JavaScript makes of a value where it wants another kind.

use std::rc::Rc;

use super::budget::Budget;
use super::{EvaluateError, Value, number};

/// Whether a value counts as true.
pub(super) fn truth(value: &Value) -> bool {
    match value {
        Value::Undefined | Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => *number != 0.0 && !number.is_nan(),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}

/// The value as `Number(value)` gives it.
pub(super) fn number(value: &Value, budget: &mut Budget) -> Result<f64, EvaluateError> {
    Ok(match value {
        Value::Undefined => f64::NAN,
        Value::Null => 0.0,
        Value::Bool(truth) => f64::from(u8::from(*truth)),
        Value::Number(number) => *number,
        Value::String(text) => {
            budget.walk(text.len())?;
            number::parse(text)
        }
        Value::Array(_) | Value::Object(_) => number::parse(&text(value, budget)?),
    })
}

/// The value as `String(value)` gives it.
pub(super) fn text(value: &Value, budget: &mut Budget) -> Result<Rc<str>, EvaluateError> {
    Ok(match value {
        Value::Undefined => Rc::from("undefined"),
        Value::Null => Rc::from("null"),
        Value::Bool(truth) => Rc::from(if *truth { "true" } else { "false" }),
        Value::Number(number) => {
            budget.make(24)?;
            Rc::from(number::text(*number))
        }
        Value::String(text) => Rc::clone(text),
        Value::Array(array) => Rc::from(join(&array.items, ",", budget)?),
        Value::Object(_) => Rc::from("[object Object]"),
    })
}

/// The items as `items.join(separator)` gives them.
pub(super) fn join(
    items: &[Value],
    separator: &str,
    budget: &mut Budget,
) -> Result<String, EvaluateError> {
    let mut joined = String::new();
    for (at, item) in items.iter().enumerate() {
        budget.work(1)?;
        if at > 0 {
            budget.make(separator.len())?;
            joined.push_str(separator);
        }
        if !matches!(item, Value::Undefined | Value::Null) {
            let item = text(item, budget)?;
            budget.make(item.len())?;
            joined.push_str(&item);
        }
    }
    Ok(joined)
}

/// Lists and objects as the text they turn into; everything else as it is.
pub(super) fn primitive(value: &Value, budget: &mut Budget) -> Result<Value, EvaluateError> {
    match value {
        Value::Array(_) | Value::Object(_) => Ok(Value::String(text(value, budget)?)),
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Ok(value.clone())
        }
    }
}

/// A count of something as a number; all counts here are far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) fn count(count: usize) -> Value {
    Value::Number(count as f64)
}

/// A number as the integer JavaScript makes of it for a position, within the bounds of `i64`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "saturating is what is wanted"
)]
pub(super) fn integer(number: f64) -> i64 {
    // `as` turns NaN into 0 and saturates.
    number.trunc() as i64
}

/// A number as the unsigned 32-bit integer JavaScript makes of it for a limit.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the remainder fits"
)]
pub(super) fn unsigned(number: f64) -> usize {
    // What is not finite has no remainder: `as` turns that NaN into 0.
    number.trunc().rem_euclid(4_294_967_296.0) as usize
}

/// A position that may count from the end, within a length.
pub(super) fn relative(position: i64, length: usize) -> usize {
    let length_signed = i64::try_from(length).unwrap_or(i64::MAX);
    let from_start = if position < 0 {
        position.saturating_add(length_signed).max(0)
    } else {
        position
    };
    usize::try_from(from_start).unwrap_or(length).min(length)
}

/// What JavaScript takes for blank.
pub(super) fn is_blank(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}
