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
        if truth && method == Method::Find {
            return Ok(item.clone());
        } else if truth && method == Method::FindIndex {
            return Ok(convert::count(at));
        } else if truth == (method == Method::Some)
            && matches!(method, Method::Some | Method::Every)
        {
            return Ok(Value::Bool(truth));
        } else if method == Method::Map {
            made.push(result);
        } else if method == Method::FlatMap {
            flatten(evaluator, &result, &mut made)?;
        } else if truth && method == Method::Filter {
            made.push(item.clone());
        }
    }
    if method == Method::Find {
        return Ok(Value::Undefined);
    }
    if method == Method::FindIndex {
        return Ok(Value::Number(-1.0));
    }
    if matches!(method, Method::Some | Method::Every) {
        return Ok(Value::Bool(method == Method::Every));
    }
    evaluator.list(made)
}

fn reduce(
    evaluator: &mut Evaluator<'_>,
    array: &Rc<Array>,
    callback: &Callback,
    values: Vec<Value>,
) -> Result<Value, Halt> {
    let mut items = array.items.iter().enumerate();
    let start = values
        .into_iter()
        .next()
        .or_else(|| items.next().map(|(_, first)| first.clone()));
    let Some(mut sum) = start else {
        let message = "`reduce` of an empty list needs a start value";
        return Err(error(message.to_owned()).into());
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
        Method::At => at(evaluator, items, values)?,
        Method::Concat => {
            let whole = Value::Array(Rc::clone(array));
            gather(evaluator, std::iter::once(&whole).chain(values))?
        }
        Method::Flat => gather(evaluator, items.iter())?,
        Method::Includes => Value::Bool(includes(evaluator, items, first)?),
        Method::IndexOf => {
            let found = find(evaluator, items.iter().enumerate(), first)?;
            found.map_or(Value::Number(-1.0), convert::count)
        }
        Method::LastIndexOf => {
            let found = find(evaluator, items.iter().enumerate().rev(), first)?;
            found.map_or(Value::Number(-1.0), convert::count)
        }
        Method::Join => join(evaluator, items, first)?,
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
        Method::CharAt
        | Method::EndsWith
        | Method::Every
        | Method::Filter
        | Method::Find
        | Method::FindIndex
        | Method::FlatMap
        | Method::Map
        | Method::PadEnd
        | Method::PadStart
        | Method::Reduce
        | Method::Repeat
        | Method::Replace
        | Method::ReplaceAll
        | Method::Some
        | Method::Split
        | Method::StartsWith
        | Method::Substring
        | Method::ToLowerCase
        | Method::ToUpperCase
        | Method::Trim
        | Method::TrimEnd
        | Method::TrimStart => return Ok(None),
    }))
}

/// The items of all lists among the values, and the other values themselves.
fn gather<'v>(
    evaluator: &mut Evaluator<'_>,
    values: impl Iterator<Item = &'v Value>,
) -> Result<Value, Halt> {
    let mut made = Vec::new();
    for value in values {
        evaluator.budget.work(1)?;
        flatten(evaluator, value, &mut made)?;
    }
    evaluator.list(made)
}

fn join(evaluator: &mut Evaluator<'_>, items: &[Value], separator: &Value) -> Result<Value, Halt> {
    let separator = if matches!(separator, Value::Undefined) {
        Rc::from(",")
    } else {
        convert::text(separator, &mut evaluator.budget)?
    };
    Ok(Value::String(Rc::from(convert::join(
        items,
        &separator,
        &mut evaluator.budget,
    )?)))
}

fn at(evaluator: &mut Evaluator<'_>, items: &[Value], values: &[Value]) -> Result<Value, Halt> {
    let wanted = position(evaluator, values.first(), 0)?;
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    let at = if wanted < 0 {
        wanted.saturating_add(length)
    } else {
        wanted
    };
    let found = usize::try_from(at).ok().and_then(|at| items.get(at));
    Ok(found.cloned().unwrap_or(Value::Undefined))
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
