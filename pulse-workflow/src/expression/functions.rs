//! The functions that are called by name: `String`, `Math.max`, `Object.keys` and so on.

use std::rc::Rc;

use super::budget::Budget;
use super::evaluate::error;
use super::tree::Function;
use super::{EvaluateError, Value, convert};

pub(super) fn call(
    function: Function,
    arguments: &[Value],
    budget: &mut Budget,
) -> Result<Value, EvaluateError> {
    let first = arguments.first().unwrap_or(&Value::Undefined);
    match function {
        Function::Boolean => Ok(Value::Bool(convert::truth(first))),
        Function::Number => convert::number(first, budget).map(Value::Number),
        Function::String => convert::text(first, budget).map(Value::String),
        Function::IsArray => Ok(Value::Bool(matches!(first, Value::Array(_)))),
        Function::IsNaN => Ok(Value::Bool(
            matches!(first, Value::Number(number) if number.is_nan()),
        )),
        Function::IsInteger => Ok(Value::Bool(
            matches!(first, Value::Number(number) if number.is_finite() && number.fract() == 0.0),
        )),
        Function::Entries | Function::Keys | Function::Values => list(function, first, budget),
        Function::Max | Function::Min => extreme(function, arguments, budget),
        Function::Abs | Function::Ceil | Function::Floor | Function::Round | Function::Trunc => {
            convert::number(first, budget).map(|number| Value::Number(round(function, number)))
        }
    }
}

fn round(function: Function, number: f64) -> f64 {
    match function {
        Function::Abs => number.abs(),
        Function::Ceil => number.ceil(),
        Function::Floor => number.floor(),
        // Halves go up, also below zero; adding a half first would round 0.49999999999999994 up.
        Function::Round if number < 0.0 => -(-number - 0.5).ceil(),
        Function::Round => number.round(),
        Function::Boolean
        | Function::Number
        | Function::String
        | Function::IsArray
        | Function::IsNaN
        | Function::IsInteger
        | Function::Entries
        | Function::Keys
        | Function::Values
        | Function::Max
        | Function::Min
        | Function::Trunc => number.trunc(),
    }
}

fn extreme(
    function: Function,
    arguments: &[Value],
    budget: &mut Budget,
) -> Result<Value, EvaluateError> {
    let greatest = function == Function::Max;
    let mut found = if greatest {
        f64::NEG_INFINITY
    } else {
        f64::INFINITY
    };
    for argument in arguments {
        let number = convert::number(argument, budget)?;
        let further = if greatest {
            number > found
        } else {
            number < found
        };
        if further || number.is_nan() {
            found = number;
        }
        if found.is_nan() {
            return Ok(Value::Number(f64::NAN));
        }
    }
    Ok(Value::Number(found))
}

fn list(function: Function, of: &Value, budget: &mut Budget) -> Result<Value, EvaluateError> {
    let items: Vec<(Rc<str>, Value)> = match of {
        Value::Object(object) => {
            budget.work(object.entries().len())?;
            object.entries().to_vec()
        }
        Value::Array(array) => {
            budget.work(array.items.len())?;
            let key = |at: usize| Rc::from(at.to_string());
            array
                .items
                .iter()
                .enumerate()
                .map(|(at, item)| (key(at), item.clone()))
                .collect()
        }
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let message = format!(
                "`{}` needs an object, not {}",
                function.as_str(),
                of.type_name()
            );
            return Err(error(message));
        }
    };
    budget.make(64 * items.len())?;
    let item = |(key, value): (Rc<str>, Value)| match function {
        Function::Keys => Some(Value::String(key)),
        Function::Entries => Value::array(vec![Value::String(key), value]),
        Function::Boolean
        | Function::Number
        | Function::String
        | Function::IsArray
        | Function::Abs
        | Function::Ceil
        | Function::Floor
        | Function::Max
        | Function::Min
        | Function::Round
        | Function::Trunc
        | Function::IsNaN
        | Function::IsInteger
        | Function::Values => Some(value),
    };
    let items: Option<Vec<Value>> = items.into_iter().map(item).collect();
    items
        .and_then(Value::array)
        .ok_or_else(|| error("the value nests too deeply".to_owned()))
}
