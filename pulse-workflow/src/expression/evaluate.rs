//! Evaluating a checked tree over values, within a budget.
//!
//! Recursion follows the tree, whose depth is bounded; loops and text are paid for.

use std::rc::Rc;

use super::budget::Budget;
use super::tree::{Binary, Callback, Item, Kind, Method, Node, Reach, Status, Unary};
use super::value::array_index;
use super::{EvaluateError, Names, Value, convert, functions, methods, operators};

/// Evaluates a tree; the budget is fresh for every evaluation.
pub(super) fn evaluate(node: &Node, names: &dyn Names) -> Result<Value, EvaluateError> {
    let mut evaluator = Evaluator {
        names,
        budget: Budget::new(),
        locals: Vec::new(),
    };
    match evaluator.value(node) {
        Ok(value) => Ok(value),
        Err(Halt::Error(error)) => Err(error),
        Err(Halt::Nothing) => Ok(Value::Undefined),
    }
}

/// Why evaluation of a node ended without a value.
pub(super) enum Halt {
    Error(EvaluateError),
    /// `?.` found nothing; the enclosing chain is `undefined`.
    Nothing,
}

impl From<EvaluateError> for Halt {
    fn from(error: EvaluateError) -> Self {
        Self::Error(error)
    }
}

pub(super) struct Evaluator<'a> {
    names: &'a dyn Names,
    pub(super) budget: Budget,
    locals: Vec<Value>,
}

impl Evaluator<'_> {
    /// Evaluates a node; errors carry its place unless one inside is closer.
    pub(super) fn value(&mut self, node: &Node) -> Result<Value, Halt> {
        self.budget.work(1)?;
        self.kind(node).map_err(|halt| match halt {
            Halt::Error(error) if error.offset == 0 => Halt::Error(EvaluateError {
                offset: node.at,
                ..error
            }),
            Halt::Error(_) | Halt::Nothing => halt,
        })
    }

    fn kind(&mut self, node: &Node) -> Result<Value, Halt> {
        match &node.kind {
            Kind::Undefined => Ok(Value::Undefined),
            Kind::Null => Ok(Value::Null),
            Kind::Bool(truth) => Ok(Value::Bool(*truth)),
            Kind::Number(number) => Ok(Value::Number(*number)),
            Kind::String(text) => self.text(text),
            Kind::Root(root) => Ok(self.names.root(*root)),
            Kind::Step(id) => Ok(self.names.step(id)),
            Kind::Local(slot) => Ok(self.locals.get(*slot).cloned().unwrap_or(Value::Undefined)),
            Kind::Status(status) => Ok(Value::Bool(self.status(*status))),
            Kind::Chain(inner) => match self.value(inner) {
                Err(Halt::Nothing) => Ok(Value::Undefined),
                result => result,
            },
            Kind::And(left, right) => {
                let left = self.value(left)?;
                if convert::truth(&left) {
                    self.value(right)
                } else {
                    Ok(left)
                }
            }
            Kind::Or(left, right) => {
                let left = self.value(left)?;
                if convert::truth(&left) {
                    Ok(left)
                } else {
                    self.value(right)
                }
            }
            Kind::Coalesce(left, right) => {
                let left = self.value(left)?;
                let nothing = matches!(left, Value::Undefined | Value::Null);
                if nothing { self.value(right) } else { Ok(left) }
            }
            Kind::Choose { test, yes, no } => {
                let test = self.value(test)?;
                self.value(if convert::truth(&test) { yes } else { no })
            }
            Kind::Unary { operator, operand } => self.unary(*operator, operand),
            Kind::Binary {
                operator,
                left,
                right,
            } => self.binary(*operator, left, right),
            Kind::Template { .. }
            | Kind::Array(_)
            | Kind::Object(_)
            | Kind::Member { .. }
            | Kind::Index { .. }
            | Kind::Method { .. }
            | Kind::Call { .. } => self.compound(node),
        }
    }

    fn compound(&mut self, node: &Node) -> Result<Value, Halt> {
        match &node.kind {
            Kind::Template { texts, values } => self.template(texts, values),
            Kind::Array(items) => self.array(items),
            Kind::Object(entries) => self.record(entries),
            Kind::Member {
                object,
                property,
                reach,
            } => {
                let object = self.object(object, *reach)?;
                Ok(property_of(&object, property, &mut self.budget)?)
            }
            Kind::Index {
                object,
                index,
                reach,
            } => {
                let object = self.object(object, *reach)?;
                let index = self.value(index)?;
                Ok(self.index(&object, &index)?)
            }
            Kind::Method {
                object,
                method,
                arguments,
                reach,
            } => {
                let object = self.object(object, *reach)?;
                present(&object, method.as_str())?;
                methods::call(self, &object, *method, arguments)
            }
            Kind::Call {
                function,
                arguments,
            } => {
                let values: Result<Vec<Value>, Halt> = arguments
                    .iter()
                    .map(|argument| self.value(argument))
                    .collect();
                Ok(functions::call(*function, &values?, &mut self.budget)?)
            }
            Kind::Undefined
            | Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::String(_)
            | Kind::Root(_)
            | Kind::Step(_)
            | Kind::Local(_)
            | Kind::Chain(_)
            | Kind::Status(_)
            | Kind::Unary { .. }
            | Kind::Binary { .. }
            | Kind::And(..)
            | Kind::Or(..)
            | Kind::Coalesce(..)
            | Kind::Choose { .. } => Ok(Value::Undefined),
        }
    }

    pub(super) fn text(&mut self, text: &str) -> Result<Value, Halt> {
        self.budget.make(text.len())?;
        Ok(Value::string(text))
    }

    pub(super) fn list(&mut self, items: Vec<Value>) -> Result<Value, Halt> {
        self.budget.make(16 * items.len())?;
        Ok(Value::array(items).ok_or_else(too_deep)?)
    }

    /// The object of `object.property`; `?.` ends the chain when there is none.
    fn object(&mut self, node: &Node, reach: Reach) -> Result<Value, Halt> {
        let object = self.value(node)?;
        if reach == Reach::IfPresent && matches!(object, Value::Undefined | Value::Null) {
            return Err(Halt::Nothing);
        }
        Ok(object)
    }

    fn status(&self, status: Status) -> bool {
        let outlook = self.names.outlook();
        match status {
            Status::Success => outlook.success,
            Status::Failure => outlook.failure,
            Status::Always => true,
            Status::Cancelled => outlook.cancelled,
        }
    }

    fn unary(&mut self, operator: Unary, operand: &Node) -> Result<Value, Halt> {
        let value = self.value(operand)?;
        Ok(match operator {
            Unary::Not => Value::Bool(!convert::truth(&value)),
            Unary::Plus => Value::Number(convert::number(&value, &mut self.budget)?),
            Unary::Minus => Value::Number(-convert::number(&value, &mut self.budget)?),
            Unary::Typeof => Value::string(match value {
                Value::Undefined => "undefined",
                Value::Null | Value::Array(_) | Value::Object(_) => "object",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "number",
                Value::String(_) => "string",
            }),
        })
    }

    fn binary(&mut self, operator: Binary, left: &Node, right: &Node) -> Result<Value, Halt> {
        let (left, right) = (self.value(left)?, self.value(right)?);
        Ok(operators::binary(
            operator,
            &left,
            &right,
            &mut self.budget,
        )?)
    }

    fn template(&mut self, texts: &[Box<str>], values: &[Node]) -> Result<Value, Halt> {
        let mut filled = String::new();
        for (at, text) in texts.iter().enumerate() {
            filled.push_str(text);
            if let Some(value) = values.get(at) {
                let value = self.value(value)?;
                let text = convert::text(&value, &mut self.budget)?;
                self.budget.make(text.len())?;
                filled.push_str(&text);
            }
        }
        self.text(&filled)
    }

    fn array(&mut self, items: &[Item]) -> Result<Value, Halt> {
        let mut made = Vec::with_capacity(items.len());
        for item in items {
            let value = self.value(&item.node)?;
            match (&value, item.spread) {
                (_, false) => made.push(value),
                (Value::Array(array), true) => {
                    self.budget.work(array.items.len())?;
                    self.budget.make(16 * array.items.len())?;
                    made.extend(array.items.iter().cloned());
                }
                (_, true) => {
                    let message = format!("`...` needs a list, not {}", value.type_name());
                    return Err(error(message).into());
                }
            }
        }
        self.list(made)
    }

    fn record(&mut self, entries: &[(Box<str>, Node)]) -> Result<Value, Halt> {
        let mut made = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            made.push((Rc::from(&**key), self.value(value)?));
        }
        self.budget.make(64 * made.len())?;
        Ok(Value::object(made).ok_or_else(too_deep)?)
    }

    fn index(&mut self, object: &Value, index: &Value) -> Result<Value, EvaluateError> {
        let key = convert::text(index, &mut self.budget)?;
        property_of(object, &key, &mut self.budget)
    }

    /// Calls what was given to `filter` and its kin.
    pub(super) fn callback(
        &mut self,
        callback: &Callback,
        given: [Value; 3],
    ) -> Result<Value, Halt> {
        self.budget.work(1)?;
        match callback {
            Callback::Arrow { parameters, body } => {
                let base = self.locals.len();
                self.locals.extend(given.into_iter().take(*parameters));
                let result = self.value(body);
                self.locals.truncate(base);
                // A `?.` that found nothing ends inside the function's own body.
                match result {
                    Err(Halt::Nothing) => Ok(Value::Undefined),
                    result => result,
                }
            }
            Callback::Function(function) => {
                let [first, ..] = given;
                Ok(functions::call(*function, &[first], &mut self.budget)?)
            }
        }
    }
}

/// One property of a value; JavaScript's own rules, without prototypes.
fn property_of(object: &Value, key: &str, budget: &mut Budget) -> Result<Value, EvaluateError> {
    present(object, key)?;
    match object {
        Value::Object(object) => Ok(object.get(key).cloned().unwrap_or(Value::Undefined)),
        Value::Array(array) => {
            if key == "length" {
                return Ok(convert::count(array.items.len()));
            }
            match array_index(key) {
                Some(at) => Ok(array
                    .items
                    .get(at as usize)
                    .cloned()
                    .unwrap_or(Value::Undefined)),
                None => not_a_method(key),
            }
        }
        Value::String(text) => {
            if key == "length" {
                return methods::length(text, budget).map(convert::count);
            }
            match array_index(key) {
                Some(at) => methods::character(text, at as usize, budget),
                None => not_a_method(key),
            }
        }
        Value::Undefined | Value::Null | Value::Bool(_) | Value::Number(_) => not_a_method(key),
    }
}

/// A method that is not called is a mistake, not a value.
fn not_a_method(key: &str) -> Result<Value, EvaluateError> {
    if Method::named(key).is_some() {
        return Err(error(format!("`{key}` is a method and must be called")));
    }
    Ok(Value::Undefined)
}

fn present(object: &Value, key: &str) -> Result<(), EvaluateError> {
    if matches!(object, Value::Undefined | Value::Null) {
        let kind = object.type_name();
        return Err(error(format!("cannot read `{key}` of {kind}")));
    }
    Ok(())
}

fn too_deep() -> EvaluateError {
    error("the value nests too deeply".to_owned())
}

pub(super) fn error(message: String) -> EvaluateError {
    EvaluateError { message, offset: 0 }
}
