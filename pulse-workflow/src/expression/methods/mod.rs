//! The methods of values.

mod lists;
mod texts;

pub(super) use texts::{character, length};

use super::evaluate::{Evaluator, Halt, error};
use super::tree::{Argument, Callback, Method};
use super::{Value, convert};

/// Calls a method of a value that is there.
pub(super) fn call(
    evaluator: &mut Evaluator<'_>,
    object: &Value,
    method: Method,
    arguments: &[Argument],
) -> Result<Value, Halt> {
    let (callback, values) = given(evaluator, arguments)?;
    let result = match (object, callback) {
        (Value::Array(array), Some(callback)) => {
            return lists::each(evaluator, array, method, (callback, values));
        }
        (Value::Array(array), None) => lists::call(evaluator, array, method, &values)?,
        (Value::String(text), None) => texts::call(evaluator, text, method, &values)?,
        (Value::Number(_) | Value::Bool(_), None) if method == Method::ToString => {
            Some(Value::String(convert::text(object, &mut evaluator.budget)?))
        }
        (
            Value::Undefined
            | Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_),
            _,
        ) => None,
    };
    result.ok_or_else(|| {
        let message = format!(
            "`{}` is not a method of a {}",
            method.as_str(),
            object.type_name()
        );
        error(message).into()
    })
}

/// Splits the arguments into the function, if there is one, and the values.
fn given<'n>(
    evaluator: &mut Evaluator<'_>,
    arguments: &'n [Argument],
) -> Result<(Option<&'n Callback>, Vec<Value>), Halt> {
    let mut callback = None;
    let mut values = Vec::new();
    for argument in arguments {
        match argument {
            Argument::Value(node) => values.push(evaluator.value(node)?),
            Argument::Callback(found) => callback = Some(found),
        }
    }
    Ok((callback, values))
}

/// An optional position, as `slice` and its kin read it.
pub(super) fn position(
    evaluator: &mut Evaluator<'_>,
    value: Option<&Value>,
    missing: i64,
) -> Result<i64, Halt> {
    match value {
        None | Some(Value::Undefined) => Ok(missing),
        Some(value) => Ok(convert::integer(convert::number(
            value,
            &mut evaluator.budget,
        )?)),
    }
}
