//! What webhooks and events have in common: a name, `when`, and the `inputs` of the run that they start.

use std::collections::BTreeMap;

use super::Decoder;
use super::fields::{Fields, join};
use super::workflow::is_workflow_name;
use crate::document::{Complaint, Node, Shape};
use crate::expression::{Occasion, Place};
use crate::inputs::coerce;
use crate::model::occasion::Reaction;
use crate::model::{Given, InputSpec};

impl Occasion {
    /// What the trigger is called, and what could give an input of this name.
    fn words(self, input: &str) -> (&'static str, String) {
        match self {
            Self::Delivery => ("webhook", format!("payload.{input}")),
            Self::Event => ("event", "event.text".to_owned()),
        }
    }
}

impl Decoder<'_> {
    /// Reads the `name` of such a trigger.
    pub(super) fn sensor_name(
        &mut self,
        (node, path): (&Node, &str),
        what: &str,
    ) -> Option<String> {
        let name = self.name(node, path)?;
        if !is_workflow_name(&name) {
            let message = format!("{what}'s name is lower case letters, digits and `-`");
            self.fault(node.at, path, message);
            return None;
        }
        Some(name)
    }

    /// Reads when such a trigger starts something, and what it gives to a workflow with these inputs.
    pub(super) fn reaction(
        &mut self,
        (fields, path): (Fields<'_>, &str),
        (occasion, inputs): (Occasion, &[InputSpec]),
    ) -> Option<Reaction> {
        let when = match fields.get("when") {
            None => Some(None),
            Some(node) => {
                let read = self.truth(node, &join(path, "when"), Place::When(occasion));
                read.map(Some)
            }
        };
        let given = fields
            .get("inputs")
            .map(|node| self.givens((node, &join(path, "inputs")), Place::Given(occasion)));
        let given = given.unwrap_or_default();
        self.check_given((fields, path), (occasion, &given), inputs);
        Some(Reaction {
            when: when?,
            inputs: given,
        })
    }

    /// Nobody is there to correct an input when it happens: what can be known before is.
    fn check_given(
        &mut self,
        (fields, path): (Fields<'_>, &str),
        (occasion, given): (Occasion, &BTreeMap<String, Given>),
        inputs: &[InputSpec],
    ) {
        let missing = inputs.iter().find(|spec| {
            spec.required && spec.default.is_none() && !given.contains_key(&spec.name)
        });
        if let Some(spec) = missing {
            let name = &spec.name;
            let (trigger, such_as) = occasion.words(name);
            let message =
                format!("input `{name}` has no default, and the {trigger} does not give it");
            let hint = if spec.secret {
                "store it with `pulsectl secret set NAME`, and name it under `secrets`".to_owned()
            } else {
                format!("inputs: {{{name}: '${{{{ {such_as} }}}}'}}")
            };
            self.complain(Complaint::new(fields.node.at, message).hint(hint), path);
        }
        let path = join(path, "inputs");
        let entries = fields
            .get("inputs")
            .filter(|node| matches!(node.shape, Shape::Mapping(_)))
            .and_then(|node| self.open_fields(node, &path));
        for (key, node) in entries.iter().flat_map(Fields::iter) {
            let path = join(&path, &key.text);
            let Some(spec) = inputs.iter().find(|spec| spec.name == key.text) else {
                let message = format!("the workflow has no input `{}`", key.text);
                self.fault(key.at, &path, message);
                continue;
            };
            if spec.secret {
                let (trigger, _) = occasion.words(&spec.name);
                let article = if trigger == "event" { "an" } else { "a" };
                let message = format!(
                    "input `{}` is secret, and {article} {trigger} gives none",
                    key.text
                );
                self.fault(key.at, &path, message);
                continue;
            }
            if let Some(Given::Value(value)) = given.get(&key.text)
                && let Err(fault) = coerce(spec, value)
            {
                self.fault(node.at, &path, fault.message);
            }
        }
    }
}
