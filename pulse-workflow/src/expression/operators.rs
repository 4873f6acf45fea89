//! The operators, with JavaScript's coercions.

use std::cmp::Ordering;
use std::rc::Rc;

use super::budget::Budget;
use super::tree::Binary;
use super::value::array_index;
use super::{EvaluateError, Value, convert};

pub(super) fn binary(
    operator: Binary,
    left: &Value,
    right: &Value,
    budget: &mut Budget,
) -> Result<Value, EvaluateError> {
    match operator {
        Binary::Equal => loosely_equal(left, right, budget).map(Value::Bool),
        Binary::NotEqual => loosely_equal(left, right, budget).map(|equal| Value::Bool(!equal)),
        Binary::StrictEqual => strictly_equal(left, right, budget).map(Value::Bool),
        Binary::StrictNotEqual => {
            strictly_equal(left, right, budget).map(|equal| Value::Bool(!equal))
        }
        Binary::Less => compare(left, right, budget, |order| order == Ordering::Less),
        Binary::LessEqual => compare(left, right, budget, |order| order != Ordering::Greater),
        Binary::Greater => compare(left, right, budget, |order| order == Ordering::Greater),
        Binary::GreaterEqual => compare(left, right, budget, |order| order != Ordering::Less),
        Binary::Add => add(left, right, budget),
        Binary::In => is_in(left, right, budget),
        Binary::Subtract
        | Binary::Multiply
        | Binary::Divide
        | Binary::Remainder
        | Binary::Power => {
            let (a, b) = (
                convert::number(left, budget)?,
                convert::number(right, budget)?,
            );
            Ok(Value::Number(arithmetic(operator, a, b)))
        }
    }
}

fn arithmetic(operator: Binary, a: f64, b: f64) -> f64 {
    match operator {
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        Binary::Remainder => a % b,
        // JavaScript keeps these undefined where C defines them.
        Binary::Power if b.is_nan() || (is_one(a.abs()) && b.is_infinite()) => f64::NAN,
        Binary::Power => a.powf(b),
        Binary::Equal
        | Binary::NotEqual
        | Binary::StrictEqual
        | Binary::StrictNotEqual
        | Binary::Less
        | Binary::LessEqual
        | Binary::Greater
        | Binary::GreaterEqual
        | Binary::Add
        | Binary::In => f64::NAN,
    }
}

#[expect(clippy::float_cmp, reason = "exactly one is meant")]
fn is_one(number: f64) -> bool {
    number == 1.0
}

#[expect(clippy::float_cmp, reason = "`===` compares doubles exactly")]
pub(super) fn strictly_equal(
    left: &Value,
    right: &Value,
    budget: &mut Budget,
) -> Result<bool, EvaluateError> {
    Ok(match (left, right) {
        (Value::Undefined, Value::Undefined) | (Value::Null, Value::Null) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::String(a), Value::String(b)) => {
            budget.read(a.len().min(b.len()))?;
            a == b
        }
        (Value::Array(a), Value::Array(b)) => Rc::ptr_eq(a, b),
        (Value::Object(a), Value::Object(b)) => Rc::ptr_eq(a, b),
        (
            Value::Undefined
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_),
            _,
        ) => false,
    })
}

#[expect(clippy::float_cmp, reason = "`==` compares doubles exactly")]
fn loosely_equal(left: &Value, right: &Value, budget: &mut Budget) -> Result<bool, EvaluateError> {
    let nothing = |value: &Value| matches!(value, Value::Undefined | Value::Null);
    let compound = |value: &Value| matches!(value, Value::Array(_) | Value::Object(_));
    let text = |value: &Value| matches!(value, Value::String(_));
    if nothing(left) || nothing(right) {
        return Ok(nothing(left) && nothing(right));
    }
    if compound(left) && compound(right) || text(left) && text(right) {
        return strictly_equal(left, right, budget);
    }
    let (left, right) = (
        convert::primitive(left, budget)?,
        convert::primitive(right, budget)?,
    );
    if text(&left) && text(&right) {
        return strictly_equal(&left, &right, budget);
    }
    Ok(convert::number(&left, budget)? == convert::number(&right, budget)?)
}

fn compare(
    left: &Value,
    right: &Value,
    budget: &mut Budget,
    holds: impl Fn(Ordering) -> bool,
) -> Result<Value, EvaluateError> {
    let (left, right) = (
        convert::primitive(left, budget)?,
        convert::primitive(right, budget)?,
    );
    let order = match (&left, &right) {
        (Value::String(a), Value::String(b)) => Some(compare_texts(a, b, budget)?),
        _ => convert::number(&left, budget)?.partial_cmp(&convert::number(&right, budget)?),
    };
    Ok(Value::Bool(order.is_some_and(holds)))
}

/// Compares by UTF-16 code unit, which differs from bytes above U+FFFF.
fn compare_texts(a: &str, b: &str, budget: &mut Budget) -> Result<Ordering, EvaluateError> {
    let shorter = a.len().min(b.len());
    budget.read(shorter)?;
    if a.is_ascii() && b.is_ascii() {
        return Ok(a.cmp(b));
    }
    budget.walk(shorter)?;
    Ok(a.encode_utf16().cmp(b.encode_utf16()))
}

fn add(left: &Value, right: &Value, budget: &mut Budget) -> Result<Value, EvaluateError> {
    let (left, right) = (
        convert::primitive(left, budget)?,
        convert::primitive(right, budget)?,
    );
    if !matches!(left, Value::String(_)) && !matches!(right, Value::String(_)) {
        let sum = convert::number(&left, budget)? + convert::number(&right, budget)?;
        return Ok(Value::Number(sum));
    }
    let (left, right) = (
        convert::text(&left, budget)?,
        convert::text(&right, budget)?,
    );
    budget.make(left.len() + right.len())?;
    Ok(Value::String(Rc::from(format!("{left}{right}"))))
}

fn is_in(key: &Value, container: &Value, budget: &mut Budget) -> Result<Value, EvaluateError> {
    let key = convert::text(key, budget)?;
    match container {
        Value::Object(object) => Ok(Value::Bool(object.get(&key).is_some())),
        Value::Array(array) => {
            let index = array_index(&key).is_some_and(|at| (at as usize) < array.items.len());
            Ok(Value::Bool(index || &*key == "length"))
        }
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Err(EvaluateError {
                message: format!("`in` needs an object, not {}", container.type_name()),
                offset: 0,
            })
        }
    }
}
