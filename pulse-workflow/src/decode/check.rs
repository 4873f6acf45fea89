//! What must hold between the steps of a document.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{join, shortened};
use super::{Decoder, Named, Read, nearest};
use crate::document::{Complaint, Node, Position, Shape};
use crate::model::spread::Lists;
use crate::model::{InputSpec, OnExceed, Step, StepPath};

/// Where a step stands, for messages.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    step: StepPath,
    pub(super) at: Position,
    id_at: Position,
    needs_at: Position,
    path: String,
}

impl Placed {
    pub(super) fn new(step: &Step, node: &Node, path: String) -> Self {
        let of = |key: &str| value(node, key).map_or(node.at, |value| value.at);
        let id_at = if value(node, "id").is_some() {
            of("id")
        } else {
            of("name")
        };
        Self {
            step: step.path.clone(),
            at: node.at,
            id_at,
            needs_at: of("needs"),
            path,
        }
    }
}

/// Whether a step says itself what it needs.
pub(super) fn writes_needs(node: &Node) -> bool {
    value(node, "needs").is_some()
}

pub(super) fn value<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.shape {
        Shape::Mapping(entries) => entries
            .iter()
            .find(|(found, _)| found.text == key)
            .map(|(_, value)| value),
        Shape::Scalar(_) | Shape::List(_) => None,
    }
}

impl Decoder<'_> {
    pub(super) fn check(&mut self, lists: &Lists, placed: &[Placed]) {
        let are_unique = self.check_ids(placed);
        let steps: Vec<&Step> = lists.iter().flatten().collect();
        self.check_needs(&steps, placed);
        self.check_rollbacks(&steps, placed);
        // Of two steps with one id, neither knows which of them it comes after.
        if are_unique {
            self.check_cycles(&steps, placed);
        }
    }

    /// What is to be brought back must say how.
    fn check_rollbacks(&mut self, steps: &[&Step], placed: &[Placed]) {
        for step in steps {
            let is_asked = step
                .rollout()
                .is_some_and(|rollout| rollout.on_exceed == OnExceed::Rollback);
            let is_member = |other: &&&Step| {
                other.path == step.path || other.parent.as_ref() == Some(&step.path)
            };
            let mut members = steps.iter().filter(is_member);
            if !is_asked || members.any(|member| member.rollback().is_some()) {
                continue;
            }
            if let Some(place) = placed.iter().find(|place| place.step == step.path) {
                let message = "`on_exceed: rollback` has nothing to bring back";
                let complaint = Complaint::new(place.at, message)
                    .hint("give a step that changes its host a `rollback`: the command that brings it back");
                self.complain(complaint, &place.path);
            }
        }
    }

    /// Gives whether no id is there twice.
    fn check_ids(&mut self, placed: &[Placed]) -> bool {
        let mut seen: BTreeMap<&StepPath, &Placed> = BTreeMap::new();
        for place in placed {
            if let Some(first) = seen.insert(&place.step, place) {
                let message = format!("two steps have the id `{}`", place.step);
                let hint = format!(
                    "the other is on line {}; give one of them an `id`",
                    first.at.line
                );
                let complaint = Complaint::new(place.id_at, message).hint(hint);
                self.complain(complaint, &join(&place.path, "id"));
            }
        }
        seen.len() == placed.len()
    }

    fn check_needs(&mut self, steps: &[&Step], placed: &[Placed]) {
        let mut beside: BTreeMap<ListKey<'_>, BTreeMap<&StepPath, &str>> = BTreeMap::new();
        for step in steps {
            let list = beside.entry(list_key(step)).or_default();
            list.insert(&step.path, &step.id);
        }
        for (step, place) in steps.iter().zip(placed) {
            let known = &beside[&list_key(step)];
            for need in step.needs.iter().filter(|need| !known.contains_key(need)) {
                let id = need.as_str().rsplit('/').next().unwrap_or_default();
                let complaint =
                    Complaint::new(place.needs_at, format!("no step has the id `{id}`"));
                let complaint = match nearest(id, known.values().copied()) {
                    Some(near) => complaint.hint(format!("did you mean `{near}`?")),
                    None => complaint
                        .hint("an id is the step's `id`, or its name in lower case with `-`"),
                };
                self.complain(complaint, &join(&place.path, "needs"));
            }
        }
    }

    fn check_cycles(&mut self, steps: &[&Step], placed: &[Placed]) {
        let mut open: Vec<(&Step, &Placed)> = steps.iter().copied().zip(placed).collect();
        loop {
            let waiting: BTreeSet<&StepPath> = open.iter().map(|(step, _)| &step.path).collect();
            let before = open.len();
            open.retain(|(step, _)| step.needs.iter().any(|need| waiting.contains(need)));
            if open.len() == before {
                break;
            }
        }
        // What only hangs behind a cycle is not part of one.
        loop {
            let needed: BTreeSet<&StepPath> =
                open.iter().flat_map(|(step, _)| &step.needs).collect();
            let before = open.len();
            open.retain(|(step, _)| needed.contains(&step.path));
            if open.len() == before {
                break;
            }
        }
        if let Some((_, first)) = open.first() {
            let ids: Vec<&str> = open.iter().map(|(step, _)| step.path.as_str()).collect();
            let message = format!("these steps need each other: {}", ids.join(", "));
            self.complain(
                Complaint::new(first.needs_at, message),
                &join(&first.path, "needs"),
            );
        }
    }

    /// Refuses expressions that name steps or inputs which do not exist: those of a group as it is
    /// written for its own steps, and for others as a run has them.
    pub(super) fn check_reads(&mut self, written: &Lists, unfolded: &Lists) {
        let written: Vec<&str> = paths(written).collect();
        let folded: Vec<String> = unfolded
            .iter()
            .flatten()
            .filter(|step| step.is_folded())
            .map(|step| format!("{}/", step.path))
            .collect();
        let is_there = |path: &&str| !folded.iter().any(|group| path.starts_with(group));
        let steps: Vec<&str> = paths(unfolded).filter(is_there).collect();
        let declared = std::mem::take(&mut self.inputs);
        let inputs: Vec<&str> = declared.iter().map(|spec| spec.name.as_str()).collect();
        for read in std::mem::take(&mut self.reads) {
            if let Named::Step(id) = &read.what
                && is_in_scope(id, read.scope.as_ref(), &written)
            {
                continue;
            }
            let (kind, name, known) = match &read.what {
                Named::Step(id) => ("step", id, &steps),
                Named::Input(name) => ("input", name, &inputs),
            };
            if known.contains(&name.as_str()) {
                self.refuse_secret(&read, &declared);
                continue;
            }
            let complaint = Complaint::new(
                read.at,
                format!("no {kind} `{}` in this workflow", shortened(name)),
            );
            let complaint = match nearest(name, known.iter().copied()) {
                Some(near) => complaint.hint(format!("did you mean `{near}`?")),
                None if known.is_empty() => complaint,
                None => {
                    let shown: Vec<&str> = known.iter().copied().take(20).collect();
                    complaint.hint(format!("it has {}", shown.join(", ")))
                }
            };
            self.complain(complaint, &read.path);
        }
    }
}

impl Decoder<'_> {
    /// Refuses an expression that names a secret input: what it gives is stored and shown.
    fn refuse_secret(&mut self, read: &Read, declared: &[InputSpec]) {
        let Named::Input(name) = &read.what else {
            return;
        };
        if declared
            .iter()
            .any(|spec| spec.secret && spec.name == *name)
        {
            let message = format!("input `{name}` is secret: expressions do not see it");
            let variable = crate::render::input_variable(name);
            let complaint = Complaint::new(read.at, message)
                .hint(format!("commands and scripts find it in `${variable}`"));
            self.complain(complaint, &read.path);
        }
    }
}

/// The paths of all steps.
fn paths(lists: &Lists) -> impl Iterator<Item = &str> {
    lists.iter().flatten().map(|step| step.path.as_str())
}

/// The list that a step stands in: its group's, or a list of the document.
type ListKey<'a> = (Option<&'a StepPath>, &'a str);

fn list_key(step: &Step) -> ListKey<'_> {
    let path = step.path.as_str();
    let list = match &step.parent {
        None => path.split_once('/').map_or("", |(list, _)| list),
        Some(_) => "",
    };
    (step.parent.as_ref(), list)
}

/// Whether a step inside these groups may call a step by this id.
fn is_in_scope(id: &str, scope: Option<&StepPath>, steps: &[&str]) -> bool {
    let mut group = scope.map(StepPath::as_str);
    while let Some(path) = group {
        if steps.contains(&format!("{path}/{id}").as_str()) {
            return true;
        }
        group = path.rsplit_once('/').map(|(outer, _)| outer);
    }
    false
}
