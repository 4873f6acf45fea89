//! The methods of lists.

use std::rc::Rc;

use super::super::evaluate::{Evaluator, Halt, error};
use super::super::tree::{Callback, Method};
use super::super::value::Array;
use super::super::{Value, convert, operators};
use super::position;

/// The methods that call a function for each item.
pub(super) fn each(
    evaluator: &mut Evaluator<'_>,
    array: &Rc<Array>,
    method: Method,
    (callback, values): (&Callback, Vec<Value>),
) -> Result<Value, Halt> {
    if method == Method::Reduce {
        return reduce(evaluator, array, callback, values);
    }
    let mut made = Vec::new();
    for (at, item) in array.items.iter().enumerate() {
        let given = [item.clone(), convert::count(at), Value::Undefined];
        let result = evaluator.callback(callback, given)?;
        let truth = convert::truth(&result);
        match method {
            Method::Some if truth => return Ok(Value::Bool(true)),
            Method::Every if !truth => return Ok(Value::Bool(false)),
            Method::Find if truth => return Ok(item.clone()),
            Method::FindIndex if truth => return Ok(convert::count(at)),
            Method::Filter if truth => made.push(item.clone()),
            Method::Map => made.push(result),
            Method::FlatMap => flatten(evaluator, &result, &mut made)?,
            _ => {}
        }
    }
    match method {
        Method::Some => Ok(Value::Bool(false)),
        Method::Every => Ok(Value::Bool(true)),
        Method::Find => Ok(Value::Undefined),
        Method::FindIndex => Ok(Value::Number(-1.0)),
        _ => evaluator.list(made),
    }
}

fn reduce(
    evaluator: &mut Evaluator<'_>,
    array: &Rc<Array>,
    callback: &Callback,
    values: Vec<Value>,
) -> Result<Value, Halt> {
    let mut items = array.items.iter().enumerate();
    let mut sum = match values.into_iter().next() {
        Some(start) => start,
        None => match items.next() {
            Some((_, first)) => first.clone(),
            None => {
                let message = "`reduce` of an empty list needs a start value";
                return Err(error(message.to_owned()).into());
            }
        },
    };
    for (at, item) in items {
        sum = evaluator.callback(callback, [sum, item.clone(), convert::count(at)])?;
    }
    Ok(sum)
}

fn flatten(evaluator: &mut Evaluator<'_>, item: &Value, made: &mut Vec<Value>) -> Result<(), Halt> {
    if let Value::Array(inner) = item {
        evaluator.budget.work(inner.items.len())?;
        evaluator.budget.make(16 * inner.items.len())?;
        made.extend(inner.items.iter().cloned());
    } else {
        made.push(item.clone());
    }
    Ok(())
}

/// The methods without a function; `None` for one that lists do not have.
pub(super) fn call(
    evaluator: &mut Evaluator<'_>,
    array: &Rc<Array>,
    method: Method,
    values: &[Value],
) -> Result<Option<Value>, Halt> {
    let items = &array.items;
    let first = values.first().unwrap_or(&Value::Undefined);
    Ok(Some(match method {
        Method::At => {
            let at = position(evaluator, values.first(), 0)?;
            let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
            let at = if at < 0 {
                at.saturating_add(length)
            } else {
                at
            };
            usize::try_from(at)
                .ok()
                .and_then(|at| items.get(at))
                .cloned()
                .unwrap_or(Value::Undefined)
        }
        Method::Concat => {
            let mut made = Vec::new();
            flatten(evaluator, &Value::Array(Rc::clone(array)), &mut made)?;
            for value in values {
                flatten(evaluator, value, &mut made)?;
            }
            evaluator.list(made)?
        }
        Method::Flat => {
            let mut made = Vec::new();
            for item in items {
                evaluator.budget.work(1)?;
                flatten(evaluator, item, &mut made)?;
            }
            evaluator.list(made)?
        }
        Method::Includes => Value::Bool(includes(evaluator, items, first)?),
        Method::IndexOf => {
            let found = find(evaluator, items.iter().enumerate(), first)?;
            found.map_or(Value::Number(-1.0), convert::count)
        }
        Method::LastIndexOf => {
            let found = find(evaluator, items.iter().enumerate().rev(), first)?;
            found.map_or(Value::Number(-1.0), convert::count)
        }
        Method::Join => {
            let separator = match first {
                Value::Undefined => Rc::from(","),
                value => convert::text(value, &mut evaluator.budget)?,
            };
            Value::String(Rc::from(convert::join(
                items,
                &separator,
                &mut evaluator.budget,
            )?))
        }
        Method::Slice => {
            let start = position(evaluator, values.first(), 0)?;
            let end = position(evaluator, values.get(1), i64::MAX)?;
            let start = convert::relative(start, items.len());
            let end = convert::relative(end, items.len()).max(start);
            evaluator.budget.work(end - start)?;
            evaluator.list(items[start..end].to_vec())?
        }
        Method::ToString => {
            Value::String(Rc::from(convert::join(items, ",", &mut evaluator.budget)?))
        }
        _ => return Ok(None),
    }))
}

/// `includes` finds NaN, which `indexOf` does not.
fn includes(evaluator: &mut Evaluator<'_>, items: &[Value], wanted: &Value) -> Result<bool, Halt> {
    let nan = |value: &Value| matches!(value, Value::Number(number) if number.is_nan());
    if nan(wanted) {
        evaluator.budget.work(items.len())?;
        return Ok(items.iter().any(nan));
    }
    Ok(find(evaluator, items.iter().enumerate(), wanted)?.is_some())
}

fn find<'v>(
    evaluator: &mut Evaluator<'_>,
    items: impl Iterator<Item = (usize, &'v Value)>,
    wanted: &Value,
) -> Result<Option<usize>, Halt> {
    for (at, item) in items {
        evaluator.budget.work(1)?;
        if operators::strictly_equal(item, wanted, &mut evaluator.budget)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}
