//! Questions about a tree that need no values.

use super::Root;
use super::tree::{Argument, Callback, Kind, Node, Reach};

/// Calls `visit` with a node and everything under it.
pub(super) fn each<'n>(node: &'n Node, visit: &mut dyn FnMut(&'n Node)) {
    visit(node);
    for child in children(node) {
        each(child, visit);
    }
}

pub(super) fn any(node: &Node, holds: impl Fn(&Kind) -> bool) -> bool {
    let mut found = false;
    each(node, &mut |node| found |= holds(&node.kind));
    found
}

fn children(node: &Node) -> Vec<&Node> {
    match &node.kind {
        Kind::Undefined
        | Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Root(_)
        | Kind::Step(_)
        | Kind::Local(_)
        | Kind::Status(_) => Vec::new(),
        Kind::Template { values, .. } => values.iter().collect(),
        Kind::Array(items) => items.iter().map(|item| &item.node).collect(),
        Kind::Object(entries) => entries.iter().map(|(_, value)| value).collect(),
        Kind::Member { object, .. } => vec![object],
        Kind::Index { object, index, .. } => vec![object, index],
        Kind::Chain(inner) => vec![inner],
        Kind::Method {
            object, arguments, ..
        } => std::iter::once(&**object)
            .chain(arguments.iter().filter_map(argument))
            .collect(),
        Kind::Call { arguments, .. } => arguments.iter().collect(),
        Kind::Unary { operand, .. } => vec![operand],
        Kind::Binary { left, right, .. } => vec![left, right],
        Kind::And(left, right) | Kind::Or(left, right) | Kind::Coalesce(left, right) => {
            vec![left, right]
        }
        Kind::Choose { test, yes, no } => vec![test, yes, no],
    }
}

fn argument(argument: &Argument) -> Option<&Node> {
    match argument {
        Argument::Value(node) => Some(node),
        Argument::Callback(Callback::Arrow { body, .. }) => Some(body),
        Argument::Callback(Callback::Function(_)) => None,
    }
}

/// The paths an expression reads, as in `steps.check.exit_code`, each with its node.
pub(super) fn reads<'n>(node: &'n Node, found: &mut Vec<(String, &'n Node)>) {
    if let Some(path) = path(node) {
        if !found.iter().any(|(known, _)| *known == path) {
            found.push((path, node));
        }
        return;
    }
    for child in children(node) {
        reads(child, found);
    }
}

fn path(node: &Node) -> Option<String> {
    match &node.kind {
        Kind::Root(root) => Some(root.as_str().to_owned()),
        Kind::Step(id) => Some(format!("steps.{id}")),
        Kind::Member {
            object,
            property,
            reach: Reach::Direct,
        } => Some(format!("{}.{property}", path(object)?)),
        Kind::Chain(inner) => path(inner),
        Kind::Undefined
        | Kind::Null
        | Kind::Bool(_)
        | Kind::Number(_)
        | Kind::String(_)
        | Kind::Template { .. }
        | Kind::Local(_)
        | Kind::Array(_)
        | Kind::Object(_)
        | Kind::Member { .. }
        | Kind::Index { .. }
        | Kind::Method { .. }
        | Kind::Call { .. }
        | Kind::Status(_)
        | Kind::Unary { .. }
        | Kind::Binary { .. }
        | Kind::And(..)
        | Kind::Or(..)
        | Kind::Coalesce(..)
        | Kind::Choose { .. } => None,
    }
}

/// Whether the output of earlier steps may be looked at.
pub(super) fn reads_stdout(node: &Node) -> bool {
    let steps = |kind: &Kind| matches!(kind, Kind::Step(_) | Kind::Root(Root::Steps | Root::State));
    let picks = |kind: &Kind| {
        if let Kind::Member { property, .. } = kind {
            return &**property == "stdout";
        }
        // A computed key or a whole object could be anything.
        matches!(
            kind,
            Kind::Index { .. } | Kind::Root(Root::Steps | Root::State)
        )
    };
    any(node, steps) && any(node, picks)
}
