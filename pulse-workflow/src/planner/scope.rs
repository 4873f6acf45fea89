//! The values that expressions of one step see.
//!
//! Everything is built on first use: most conditions read a single name.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::standing::Standing;
use super::{HostFacts, StepFacts};
use crate::expression::{Names, Outlook, Root, Value};
use crate::model::{Section, Step};
use crate::targets::Host;

/// One step in its surroundings: the answers to every name its expressions use.
pub(crate) struct Scene<'a> {
    standing: &'a Standing<'a>,
    step: &'a Step,
    section: Section,
    host: Option<&'a Host>,
    ancestors: OnceCell<Vec<&'a Step>>,
    roots: RefCell<BTreeMap<Root, Value>>,
    steps: RefCell<HashMap<String, Value>>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(standing: &'a Standing<'a>, step: &'a Step, section: Section) -> Self {
        Self {
            standing,
            step,
            section,
            host: None,
            ancestors: OnceCell::new(),
            roots: RefCell::default(),
            steps: RefCell::default(),
        }
    }

    pub(crate) fn on_host(mut self, host: &'a Host) -> Self {
        self.host = Some(host);
        self
    }

    /// The most recent answer among the step's ancestors.
    pub(crate) fn answer(&self) -> Option<&'a str> {
        let facts = self.standing.facts();
        self.ancestors()
            .iter()
            .filter_map(|step| facts.steps.get(&step.path))
            .filter_map(|facts| Some((facts.order, facts.response.as_deref()?)))
            .max_by_key(|(order, _)| *order)
            .map(|(_, response)| response)
    }

    fn ancestors(&self) -> &[&'a Step] {
        self.ancestors
            .get_or_init(|| self.standing.ancestors(self.step, self.section))
    }

    fn build(&self, root: Root) -> Value {
        let facts = self.standing.facts();
        match root {
            Root::PromptResponse => self.answer().into(),
            Root::Inputs => record(&facts.inputs),
            Root::Execution => self.execution(),
            Root::Host => self.host.map_or(Value::Undefined, host),
            Root::Matrix => {
                let repeated = self.standing.workflow().repeated(self.step);
                repeated.matrix.as_ref().map_or(Value::Undefined, record)
            }
            Root::Item => {
                let repeated = self.standing.workflow().repeated(self.step);
                repeated.item.map_or(Value::Undefined, Value::from)
            }
            // Before a run there are deliveries; within it only what they gave.
            Root::Payload | Root::Headers | Root::Event => Value::Undefined,
            Root::Steps => self.all_steps(),
            Root::State => Value::record([
                ("execution", self.root(Root::Execution)),
                ("inputs", self.root(Root::Inputs)),
                ("steps", self.root(Root::Steps)),
                ("prompts", self.prompts()),
            ]),
        }
    }

    fn execution(&self) -> Value {
        let execution = &self.standing.facts().execution;
        let status = if execution.stop.is_some() {
            "stopping"
        } else {
            "running"
        };
        Value::record([
            ("id", Value::string(&execution.id)),
            ("number", number(execution.number)),
            ("started_by", Value::string(&execution.started_by)),
            ("workflow", execution.workflow.as_deref().into()),
            ("status", Value::string(status)),
        ])
    }

    fn all_steps(&self) -> Value {
        let steps = || self.standing.workflow().all_steps();
        let own = steps()
            .filter(|step| step.parent.is_some() && step.parent == self.step.parent)
            .map(|step| step.id.as_str());
        let ids = steps().map(|step| step.path.as_str()).chain(own);
        let entries = ids.map(|id| (Rc::from(id), self.step(id))).collect();
        Value::object(entries).unwrap_or(Value::Undefined)
    }

    /// The answers so far, by the id of the prompt.
    fn prompts(&self) -> Value {
        let facts = self.standing.facts();
        let answered = facts.steps.iter().filter_map(|(path, facts)| {
            Some((
                Rc::from(path.as_str()),
                Value::string(facts.response.as_deref()?),
            ))
        });
        Value::object(answered.collect()).unwrap_or(Value::Undefined)
    }

    fn build_step(&self, id: &str) -> Value {
        let workflow = self.standing.workflow();
        let Some(step) = workflow.named_from(self.step, id) else {
            return Value::Undefined;
        };
        let nothing = StepFacts::default();
        let facts = self
            .standing
            .facts()
            .steps
            .get(&step.path)
            .unwrap_or(&nothing);
        let only = if facts.hosts.len() == 1 {
            facts.hosts.values().next()
        } else {
            None
        };
        Value::record([
            (
                "status",
                Value::string(self.standing.status(&step.path).as_str()),
            ),
            ("response", facts.response.as_deref().into()),
            ("fields", record(&facts.fields)),
            (
                "outputs",
                facts.outputs().map_or_else(|| Value::record([]), outputs),
            ),
            ("exit_code", exit_code(facts.hosts.values())),
            (
                "stdout",
                only.and_then(|only| only.stdout.as_deref()).into(),
            ),
            ("hosts", hosts(&facts.hosts)),
        ])
    }
}

impl Names for Scene<'_> {
    fn root(&self, root: Root) -> Value {
        if let Some(value) = self.roots.borrow().get(&root) {
            return value.clone();
        }
        let value = self.build(root);
        self.roots.borrow_mut().insert(root, value.clone());
        value
    }

    fn step(&self, id: &str) -> Value {
        if let Some(value) = self.steps.borrow().get(id) {
            return value.clone();
        }
        let value = self.build_step(id);
        self.steps.borrow_mut().insert(id.to_owned(), value.clone());
        value
    }

    fn outlook(&self) -> Outlook {
        self.standing
            .outlook(&self.standing.concerned(self.step, self.section))
    }
}

fn record(values: &crate::Map) -> Value {
    let entries = values
        .iter()
        .map(|(name, value)| (Rc::from(name.as_str()), Value::from(value)));
    Value::object(entries.collect()).unwrap_or(Value::Undefined)
}

fn hosts(hosts: &BTreeMap<String, HostFacts>) -> Value {
    let entries = hosts.iter().map(|(name, facts)| {
        let value = Value::record([
            ("status", Value::string(facts.status.as_str())),
            ("exit_code", exit_code(std::iter::once(facts))),
            ("outputs", outputs(&facts.outputs)),
            ("stdout", facts.stdout.as_deref().into()),
        ]);
        (Rc::from(name.as_str()), value)
    });
    Value::object(entries.collect()).unwrap_or(Value::Undefined)
}

fn outputs(outputs: &BTreeMap<String, String>) -> Value {
    let entries = outputs
        .iter()
        .map(|(key, value)| (Rc::from(key.as_str()), Value::string(value)));
    Value::object(entries.collect()).unwrap_or(Value::Undefined)
}

/// One host's exit code; over several hosts the first that is not zero, by name.
fn exit_code<'a>(hosts: impl Iterator<Item = &'a HostFacts>) -> Value {
    let mut codes = hosts.filter_map(|facts| facts.exit_code);
    let Some(first) = codes.next() else {
        return Value::Null;
    };
    let code = if first == 0 {
        codes.find(|code| *code != 0).unwrap_or(0)
    } else {
        first
    };
    Value::Number(f64::from(code))
}

fn host(host: &Host) -> Value {
    let list = |items: &[String]| {
        Value::array(items.iter().map(|item| Value::string(item)).collect())
            .unwrap_or(Value::Undefined)
    };
    let labels = host
        .labels
        .iter()
        .map(|(key, value)| (Rc::from(key.as_str()), Value::string(value)));
    Value::record([
        ("id", Value::string(&host.id)),
        ("name", Value::string(&host.name)),
        ("groups", list(&host.groups)),
        ("role", Value::string(&host.role)),
        ("region", Value::string(&host.region)),
        ("runtimes", list(&host.runtimes)),
        (
            "labels",
            Value::object(labels.collect()).unwrap_or(Value::Undefined),
        ),
    ])
}

/// Execution numbers stay far below the 2^53 that a JavaScript number holds exactly.
#[expect(clippy::cast_precision_loss, reason = "a count of executions")]
fn number(number: i64) -> Value {
    Value::Number(number as f64)
}
