//! JavaScript expressions: conditions, and the `${{ … }}` in texts.
//!
//! Parsed by a real JavaScript parser, checked once when the document is loaded, and evaluated by a
//! small bounded evaluator. No host objects, no I/O, no clock, no randomness.

mod budget;
mod calls;
mod compile;
mod convert;
#[cfg(test)]
mod differential;
mod evaluate;
mod functions;
mod guard;
mod methods;
mod names;
mod number;
mod operators;
mod refusals;
mod tree;
mod value;
mod walk;

pub(crate) use number::text as number_text;
use tree::{Kind, Node, Unary};
pub(crate) use value::DEEPEST;
pub use value::{Array, Object, Value};

/// A name that expressions may start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    PromptResponse,
    State,
    Inputs,
    Steps,
    Execution,
    Host,
    Matrix,
    Item,
    Payload,
    Headers,
    Event,
}

/// Where an expression stands, which decides the names it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Condition,
    Text,
    /// Before anything has run: only the inputs are known.
    Start,
    /// Inside a command, script or variable: rendered once for every host.
    Job,
    /// Where it is decided whether something that has happened starts a run: only that is known.
    When(Occasion),
    /// What it gives to the run that it starts.
    Given(Occasion),
}

/// What may have happened before a run that it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Something was delivered from outside.
    Delivery,
    /// Something has happened in pulse.
    Event,
}

/// How things stand before a step: what `success()` and its kin answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    pub success: bool,
    pub failure: bool,
    pub cancelled: bool,
}

/// The values behind the names of an expression.
pub trait Names {
    fn root(&self, root: Root) -> Value;
    /// One step, as `steps.<id>` reads it.
    fn step(&self, id: &str) -> Value;
    fn outlook(&self) -> Outlook;
}

/// Why an expression is refused, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpressionFault {
    pub message: String,
    pub hint: Option<String>,
    /// Counted from 0, in bytes of the expression.
    pub offset: usize,
}

/// Why an expression gave no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct EvaluateError {
    pub message: String,
    pub offset: usize,
}

/// A checked expression.
#[derive(Clone, Debug)]
pub struct Expression {
    source: String,
    tree: Node,
}

/// How many of the values an expression read are shown as evidence.
const SHOWN: usize = 8;

impl Expression {
    /// Parses an expression and refuses whatever is not part of the language.
    pub fn parse(source: &str, place: Place) -> Result<Self, ExpressionFault> {
        let tree = compile::compile(source, place)?;
        if matches!(place, Place::Condition | Place::When(_)) && !could_be_boolean(&tree) {
            let message = "a condition must give true or false";
            let fault = ExpressionFault {
                message: message.to_owned(),
                hint: None,
                offset: tree.at,
            };
            return Err(fault.hinted("compare the value with something, as in `x === 'Yes'`"));
        }
        Ok(Self {
            source: source.to_owned(),
            tree,
        })
    }

    /// The expression as written.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub fn evaluate(&self, names: &dyn Names) -> Result<Value, EvaluateError> {
        evaluate::evaluate(&self.tree, names)
    }

    /// Whether it asks `success()` and its kin.
    pub fn asks_status(&self) -> bool {
        walk::any(&self.tree, |kind| matches!(kind, Kind::Status(_)))
    }

    /// Whether it may look at the output of earlier steps.
    pub fn reads_stdout(&self) -> bool {
        walk::reads_stdout(&self.tree)
    }

    /// The ids of the steps it names.
    pub(crate) fn steps_read(&self) -> Vec<(&str, usize)> {
        let mut ids = Vec::new();
        walk::each(&self.tree, &mut |node| {
            if let Kind::Step(id) = &node.kind {
                ids.push((&**id, node.at));
            }
        });
        ids
    }

    /// The inputs it names.
    pub(crate) fn inputs_read(&self) -> Vec<(&str, usize)> {
        let mut names = Vec::new();
        walk::each(&self.tree, &mut |node| {
            if let Kind::Member {
                object, property, ..
            } = &node.kind
                && matches!(object.kind, Kind::Root(Root::Inputs))
            {
                names.push((&**property, node.at));
            }
        });
        names
    }

    /// Where it reads `matrix`, with the axis that it names, and `item`.
    pub(crate) fn repeated_read(&self) -> Vec<(Root, Option<&str>, usize)> {
        let mut reads = Vec::new();
        walk::each(&self.tree, &mut |node| {
            if let Kind::Root(root @ (Root::Matrix | Root::Item)) = &node.kind {
                reads.push((*root, None, node.at));
            }
            if let Kind::Member {
                object, property, ..
            } = &node.kind
                && matches!(object.kind, Kind::Root(Root::Matrix))
            {
                reads.push((Root::Matrix, Some(&**property), node.at));
            }
        });
        reads
    }

    /// The expression with the values it read, for people who ask why.
    pub fn evidence(&self, names: &dyn Names) -> String {
        let mut reads = Vec::new();
        walk::reads(&self.tree, &mut reads);
        let values: Vec<String> = reads
            .iter()
            .take(SHOWN)
            .map(|(path, node)| match evaluate::evaluate(node, names) {
                Ok(value) => format!("{path} = {}", brief(&value)),
                Err(error) => format!("{path}: {error}"),
            })
            .collect();
        if values.is_empty() {
            return self.source.clone();
        }
        format!("{} ({})", self.source, values.join(", "))
    }
}

/// Whether a tree is anything but a value that is plainly no boolean.
fn could_be_boolean(tree: &Node) -> bool {
    match &tree.kind {
        Kind::Undefined
        | Kind::Null
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Template { .. }
        | Kind::Array(_)
        | Kind::Object(_)
        | Kind::Step(_)
        | Kind::Root(_) => false,
        Kind::Unary { operator, .. } => *operator == Unary::Not,
        Kind::Binary { operator, .. } => operator.compares(),
        Kind::Choose { yes, no, .. } => could_be_boolean(yes) || could_be_boolean(no),
        Kind::And(left, right) | Kind::Or(left, right) | Kind::Coalesce(left, right) => {
            could_be_boolean(left) || could_be_boolean(right)
        }
        Kind::Bool(_)
        | Kind::Local(_)
        | Kind::Member { .. }
        | Kind::Index { .. }
        | Kind::Chain(_)
        | Kind::Method { .. }
        | Kind::Call { .. }
        | Kind::Status(_) => true,
    }
}

/// A value in few words.
fn brief(value: &Value) -> String {
    match value {
        Value::Undefined => "undefined".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number::text(*number),
        Value::String(text) if text.chars().count() > 60 => {
            let start: String = text.chars().take(57).collect();
            format!("{start:?}...")
        }
        Value::String(text) => format!("{text:?}"),
        Value::Array(array) => format!("a list of {}", array.items.len()),
        Value::Object(_) => "an object".to_owned(),
    }
}
