//! Groups that stand for several: one for each combination of a `matrix`, or each item of a `foreach`.
//!
//! The planner knows nothing of them: each instance is a group of its own inside the one that was
//! written, and all of them begin together.

use std::collections::{BTreeSet, VecDeque};

use serde_json::Value;

use super::{Action, Group, Step, StepPath, Workflow};
use crate::Map;

/// What a group is repeated for.
#[derive(Clone, Debug, PartialEq)]
pub enum Spread {
    /// What the document lists.
    Instances(Vec<Instance>),
    /// The items of the run's input of this name.
    Input(String),
}

/// What `matrix` or `item` is in one of the groups that a group stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Instance {
    /// The value of each axis.
    Matrix(Map),
    Item(Value),
}

impl Instance {
    /// Every combination of the axes; the last axis turns fastest.
    pub(crate) fn combinations(axes: Vec<(String, Vec<Value>)>) -> Vec<Self> {
        let mut combinations = vec![Map::new()];
        for (axis, values) in axes {
            combinations = combinations
                .iter()
                .flat_map(|so_far| {
                    values.iter().map(|value| {
                        let mut combination = so_far.clone();
                        combination.insert(axis.clone(), value.clone());
                        combination
                    })
                })
                .collect();
        }
        combinations.into_iter().map(Self::Matrix).collect()
    }

    /// Its values, for people.
    fn label(&self) -> String {
        let values: Vec<String> = match self {
            Self::Matrix(axes) => axes.values().map(text).collect(),
            Self::Item(item) => vec![text(item)],
        };
        values.join(", ")
    }
}

/// A value as a text: what a shell sees of it.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    }
}

/// The most steps that an execution has, however they came about.
pub(crate) const MOST_STEPS: usize = 200;

/// How many groups one group may stand for.
pub(crate) const MOST_INSTANCES: usize = 100;

/// The longest item, in bytes.
const LONGEST_ITEM: usize = 128;

/// Whether a run that is to begin is unfolded, which these limits are for, or one that has begun: that
/// goes on as it is, whatever the limits were then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limits {
    Kept,
    Lifted,
}

/// Why groups cannot be repeated for what they are given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfoldable {
    #[error("with one group for each item there are more than {MOST_STEPS} steps")]
    Steps,
    #[error("{0} items; the limit is {MOST_INSTANCES}")]
    Items(usize),
    /// It stands in names and in variables.
    #[error("an item of a `foreach` is one line of at most {LONGEST_ITEM} bytes")]
    Item,
}

/// The lists of a document: main, `on_failure`, `finally`.
pub(crate) type Lists = [Vec<Step>; 3];

/// The lists with a group for each instance inside every group that is repeated. What an input decides
/// is repeated where the inputs are given, and left as written where they are not.
pub(crate) fn unfold(lists: Lists, inputs: Option<&Map>) -> Result<Lists, Unfoldable> {
    unfold_within(lists, inputs, Limits::Kept)
}

fn unfold_within(lists: Lists, inputs: Option<&Map>, limits: Limits) -> Result<Lists, Unfoldable> {
    let mut room = match limits {
        Limits::Kept => MOST_STEPS,
        Limits::Lifted => usize::MAX,
    };
    let mut unfolded = Lists::default();
    for (list, steps) in unfolded.iter_mut().zip(lists) {
        *list = unfold_list(steps, (inputs, limits), room)?;
        room -= list.len();
    }
    Ok(unfolded)
}

fn unfold_list(
    steps: Vec<Step>,
    (inputs, limits): (Option<&Map>, Limits),
    room: usize,
) -> Result<Vec<Step>, Unfoldable> {
    let mut unfolded: Vec<Step> = Vec::with_capacity(steps.len());
    let mut rest = VecDeque::from(steps);
    while let Some(mut step) = rest.pop_front() {
        let instances = instances_of(&mut step, inputs, limits)?;
        let within = format!("{}/", step.path);
        let is_inside = |other: &&Step| other.path.as_str().starts_with(&within);
        let count = match &instances {
            Some(_) => rest.iter().take_while(is_inside).count(),
            None => 0,
        };
        let inside: Vec<Step> = rest.drain(..count).collect();
        let instances = instances.unwrap_or_default();
        let added = instances.len() * (inside.len() + 1);
        if unfolded.len() + 1 + added + rest.len() > room {
            return Err(Unfoldable::Steps);
        }
        let mut ids = BTreeSet::new();
        let mut repeated = Vec::new();
        for instance in instances {
            let label = instance.label();
            let id = id_of(&label, &mut ids);
            let group = instance_of(&step, (id, label), instance);
            let moved = inside
                .iter()
                .map(|inner| moved(inner, &step.path, &group.path));
            let moved: Vec<Step> = moved.collect();
            repeated.push(group);
            repeated.extend(moved);
        }
        unfolded.push(step);
        for inner in repeated.into_iter().rev() {
            rest.push_front(inner);
        }
    }
    Ok(unfolded)
}

/// Takes from a group what it is repeated for, where that is known.
fn instances_of(
    step: &mut Step,
    inputs: Option<&Map>,
    limits: Limits,
) -> Result<Option<Vec<Instance>>, Unfoldable> {
    let Action::Group(group) = &mut step.action else {
        return Ok(None);
    };
    match (group.spread.take(), inputs) {
        (None, _) => Ok(None),
        (Some(Spread::Instances(instances)), _) => Ok(Some(instances)),
        (Some(Spread::Input(name)), Some(inputs)) => {
            let items = inputs.get(&name).and_then(Value::as_array);
            let items = items.map(Vec::as_slice).unwrap_or_default();
            if limits == Limits::Kept {
                check(items)?;
            }
            Ok(Some(items.iter().cloned().map(Instance::Item).collect()))
        }
        (Some(spread @ Spread::Input(_)), None) => {
            group.spread = Some(spread);
            Ok(None)
        }
    }
}

/// Refuses items that no run may begin with.
fn check(items: &[Value]) -> Result<(), Unfoldable> {
    if items.len() > MOST_INSTANCES {
        return Err(Unfoldable::Items(items.len()));
    }
    let is_line = |item: &Value| {
        let text = text(item);
        text.len() <= LONGEST_ITEM && !text.contains(['\n', '\r', '\t'])
    };
    if !items.iter().all(is_line) {
        return Err(Unfoldable::Item);
    }
    Ok(())
}

/// An id that no other instance has.
fn id_of(label: &str, taken: &mut BTreeSet<String>) -> String {
    let slug = crate::decode::slug(label);
    let numbered = (taken.len() + 1..).map(|number| format!("{slug}-{number}"));
    std::iter::once(slug.clone())
        .chain(numbered)
        .map(|id| id.trim_start_matches('-').to_owned())
        .find(|id| !id.is_empty() && taken.insert(id.clone()))
        .unwrap_or_default()
}

fn instance_of(step: &Step, (id, name): (String, String), instance: Instance) -> Step {
    let group = Group {
        instance: Some(instance),
        ..Group::default()
    };
    Step {
        path: StepPath(format!("{}/{id}", step.path)),
        parent: Some(step.path.clone()),
        id,
        name,
        condition: None,
        needs: Vec::new(),
        timeout_ms: None,
        continue_on_error: false,
        action: Action::Group(group),
    }
}

/// A step of a group as it stands in an instance of it.
fn moved(step: &Step, from: &StepPath, to: &StepPath) -> Step {
    let within = |path: &StepPath| match path.as_str().strip_prefix(from.as_str()) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => StepPath(format!("{to}{rest}")),
        Some(_) | None => path.clone(),
    };
    Step {
        path: within(&step.path),
        parent: step.parent.as_ref().map(within),
        needs: step.needs.iter().map(within).collect(),
        ..step.clone()
    }
}

/// What `matrix` and `item` are where a step stands: further in counts before further out.
#[derive(Debug, Default)]
pub(crate) struct Repeated<'a> {
    pub(crate) matrix: Option<Map>,
    pub(crate) item: Option<&'a Value>,
}

impl Workflow {
    /// What the groups around a step are repeated for.
    pub(crate) fn repeated(&self, step: &Step) -> Repeated<'_> {
        let mut found = Repeated::default();
        let mut scope = step.parent.as_ref();
        while let Some(group) = scope.and_then(|path| self.step(path)) {
            match &group.action {
                Action::Group(Group { instance, .. }) => match instance {
                    Some(Instance::Matrix(axes)) => {
                        let matrix = found.matrix.get_or_insert_default();
                        for (axis, value) in axes {
                            matrix.entry(axis).or_insert_with(|| value.clone());
                        }
                    }
                    Some(Instance::Item(item)) => found.item = found.item.or(Some(item)),
                    None => {}
                },
                Action::Execute(_)
                | Action::Agent(_)
                | Action::Prompt(_)
                | Action::Wait { .. }
                | Action::Workflow(_)
                | Action::Notify(_) => {}
            }
            scope = group.parent.as_ref();
        }
        found
    }

    /// The input that decides how many steps a run has, where one does.
    pub fn folded_by(&self) -> Option<&str> {
        self.all_steps().find_map(|step| match &step.action {
            Action::Group(Group {
                spread: Some(Spread::Input(name)),
                ..
            }) => Some(name.as_str()),
            Action::Group(_)
            | Action::Execute(_)
            | Action::Agent(_)
            | Action::Prompt(_)
            | Action::Wait { .. }
            | Action::Workflow(_)
            | Action::Notify(_) => None,
        })
    }

    /// The workflow as a run that is to begin with these inputs has it: with a group for each item.
    pub fn unfolded(&self, inputs: &Map) -> Result<Self, Unfoldable> {
        self.with_items(inputs, Limits::Kept)
    }

    /// The workflow as a run that has begun with these inputs has it, whatever may begin by now.
    pub fn unfolded_as_begun(&self, inputs: &Map) -> Result<Self, Unfoldable> {
        self.with_items(inputs, Limits::Lifted)
    }

    fn with_items(&self, inputs: &Map, limits: Limits) -> Result<Self, Unfoldable> {
        let [steps, on_failure, finally] = unfold_within(
            [&self.steps, &self.on_failure, &self.finally].map(Vec::clone),
            Some(inputs),
            limits,
        )?;
        let main = (steps.as_slice(), &self.defaults);
        Ok(Self {
            rollbacks: super::rollback::steps(self.rollback.as_ref(), main),
            steps,
            on_failure,
            finally,
            ..self.clone()
        })
    }
}
