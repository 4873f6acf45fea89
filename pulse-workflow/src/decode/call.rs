//! What runs another workflow: `workflow` and `with`, of a step or of a rollout's health.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::fields::{Fields, join, shortened};
use super::text::holds_expression;
use super::workflow::is_workflow_name;
use super::{Decoder, keys};
use crate::document::{Complaint, Node, Shape};
use crate::expression::Place;
use crate::model::{Call, Callee, Given};

/// How many inputs a workflow may be given.
const MOST_VALUES: usize = 100;

impl Decoder<'_> {
    pub(super) fn call(&mut self, fields: Fields<'_>, path: &str) -> Option<Call> {
        let Some(node) = fields.get("workflow") else {
            let complaint = Complaint::new(fields.node.at, "a workflow step needs a `workflow`")
                .hint("the name of the one to run, or `name@version`");
            self.complain(complaint, path);
            return None;
        };
        for key in keys::OF_COMMANDS {
            if let Some((key, _)) = fields.entry(key) {
                let message = format!("a step has a `workflow` or a `{}`, not both", key.text);
                self.fault(key.at, &join(path, &key.text), message);
            }
        }
        self.called((fields, node), path)
    }

    /// Reads which workflow is run, and what it is given.
    pub(super) fn called(
        &mut self,
        (fields, node): (Fields<'_>, &Node),
        path: &str,
    ) -> Option<Call> {
        let with = fields
            .get("with")
            .map(|node| self.givens((node, &join(path, "with")), Place::Text));
        let callee = self.callee(node, &join(path, "workflow"))?;
        Some(Call {
            callee,
            with: with.unwrap_or_default(),
        })
    }

    fn callee(&mut self, node: &Node, path: &str) -> Option<Callee> {
        let text = self.name(node, path)?;
        let (name, version) = match text.split_once('@') {
            None => (text.as_str(), None),
            Some((name, version)) => (name, Some(version)),
        };
        let number = version.map(|version| version.parse().ok().filter(|number| *number > 0));
        if !is_workflow_name(name) || number == Some(None) {
            let message = format!("`{}` names no workflow", shortened(&text));
            let complaint = Complaint::new(node.at, message)
                .hint("write `name` or `name@3`: lower case letters, digits and `-`");
            self.complain(complaint, path);
            return None;
        }
        if self.own_name.as_deref() == Some(name) {
            let message = format!("`{name}` would run itself: {name} -> {text}");
            let complaint = Complaint::new(node.at, message)
                .hint("a workflow runs others; what is to happen several times is a `foreach`");
            self.complain(complaint, path);
            return None;
        }
        let callee = Callee {
            name: name.to_owned(),
            version: number.flatten(),
        };
        let site = self.site(callee.clone(), (node, path));
        self.calls.push(site);
        Some(callee)
    }

    /// Reads what inputs are given, by their names.
    pub(super) fn givens(
        &mut self,
        (node, path): (&Node, &str),
        place: Place,
    ) -> BTreeMap<String, Given> {
        let mut given = BTreeMap::new();
        let Some(entries) = self.open_fields(node, path) else {
            return given;
        };
        if entries.iter().count() > MOST_VALUES {
            let message = format!("a workflow is given at most {MOST_VALUES} inputs");
            self.fault(node.at, path, message);
        }
        for (key, node) in entries.iter() {
            if let Some(value) = self.given((node, &join(path, &key.text)), place) {
                given.insert(key.text.clone(), value);
            }
        }
        given
    }

    fn given(&mut self, (node, path): (&Node, &str), place: Place) -> Option<Given> {
        match &node.shape {
            Shape::Scalar(_) if holds_expression(node) => {
                self.template(node, path, place).map(Given::Text)
            }
            Shape::List(items) => {
                let values = items
                    .iter()
                    .zip(0..)
                    .map(|(item, at)| self.single(item, &format!("{path}[{at}]")));
                let values: Option<Vec<Json>> = values.collect();
                values.map(|values| Given::Value(Json::Array(values)))
            }
            Shape::Scalar(_) | Shape::Mapping(_) => self.single(node, path).map(Given::Value),
        }
    }

    /// Reads a text, a number, or true or false.
    fn single(&mut self, node: &Node, path: &str) -> Option<Json> {
        let scalar = self.scalar(node, path)?;
        if holds_expression(node) {
            let complaint = Complaint::new(node.at, "`${{ … }}` is not supported inside a list")
                .hint("give the whole list by one expression: `${{ inputs.NAME }}`");
            self.complain(complaint, path);
            return None;
        }
        Some(match (scalar.as_bool(), scalar.as_number()) {
            (Some(truth), _) => Json::Bool(truth),
            (None, Some(number)) => Json::Number(number),
            (None, None) => Json::String(scalar.text.clone()),
        })
    }
}
