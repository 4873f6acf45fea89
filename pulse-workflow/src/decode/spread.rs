//! What a group is repeated for: `matrix` and `foreach`.

use serde_json::Value;

use super::fields::{Fields, join, shortened};
use super::{Decoder, nearest};
use crate::document::{Complaint, Node, Position, Shape};
use crate::expression::Root;
use crate::model::spread::MOST_INSTANCES;
use crate::model::{InputKind, Instance, Spread};

impl Decoder<'_> {
    /// Reads `matrix` or `foreach`.
    pub(super) fn spread(&mut self, fields: Fields<'_>, path: &str) -> Option<Spread> {
        let (key, node) = match (fields.entry("matrix"), fields.entry("foreach")) {
            (Some(_), Some((key, _))) => {
                let message = "a group has a `matrix` or a `foreach`, not both";
                let complaint =
                    Complaint::new(key.at, message).hint("put one group inside the other");
                self.complain(complaint, &join(path, "foreach"));
                return None;
            }
            (Some(entry), None) | (None, Some(entry)) => entry,
            (None, None) => return None,
        };
        let at = join(path, &key.text);
        if fields.has("rollout") {
            let message = format!("`{}` and `rollout` on the same group", key.text);
            let complaint = Complaint::new(key.at, message)
                .hint("put the group with the `rollout` inside the other");
            self.complain(complaint, &at);
        }
        if key.text == "matrix" {
            return self.matrix(node, &at);
        }
        if let Some(name) = input_named(node) {
            return self.foreach_input(node, &at, name);
        }
        let items = self.values(node, &at)?;
        let items = items.into_iter().map(Instance::Item).collect();
        Some(Spread::Instances(items))
    }

    fn matrix(&mut self, node: &Node, path: &str) -> Option<Spread> {
        let fields = self.open_fields(node, path)?;
        let mut axes = Vec::new();
        for (key, node) in fields.iter() {
            let path = join(path, &key.text);
            if !is_axis(&key.text) {
                let message = "an axis is letters, digits and `_`, and starts with a letter";
                self.fault(key.at, &path, message);
            }
            axes.push((key.text.clone(), self.values(node, &path)?));
        }
        let sizes = axes.iter().map(|(_, values)| values.len());
        let count = sizes.fold(1_usize, usize::saturating_mul);
        if axes.is_empty() {
            self.fault(node.at, path, "`matrix` is empty");
            return None;
        }
        if count > MOST_INSTANCES {
            let message = format!("{count} combinations; the limit is {MOST_INSTANCES}");
            self.fault(node.at, path, message);
            return None;
        }
        Some(Spread::Instances(Instance::combinations(axes)))
    }

    fn foreach_input(&mut self, node: &Node, path: &str, name: &str) -> Option<Spread> {
        let Some(spec) = self.inputs.iter().find(|spec| spec.name == name) else {
            let complaint = Complaint::new(node.at, format!("no input `{name}` in this workflow"));
            let names = self.inputs.iter().map(|spec| spec.name.as_str());
            let complaint = match nearest(name, names) {
                Some(near) => complaint.hint(format!("did you mean `{near}`?")),
                None => complaint,
            };
            self.complain(complaint, path);
            return None;
        };
        if !matches!(spec.kind, InputKind::List) {
            let complaint = Complaint::new(node.at, format!("input `{name}` is no list"))
                .hint("declare it with `type: list`");
            self.complain(complaint, path);
            return None;
        }
        Some(Spread::Input(name.to_owned()))
    }

    /// Reads a list of single values, none of them twice.
    fn values(&mut self, node: &Node, path: &str) -> Option<Vec<Value>> {
        let items = match &node.shape {
            Shape::List(items) if items.is_empty() => {
                self.fault(node.at, path, "the list is empty");
                return None;
            }
            Shape::List(items) if items.len() > MOST_INSTANCES => {
                let message = format!("{} items; the limit is {MOST_INSTANCES}", items.len());
                self.fault(node.at, path, message);
                return None;
            }
            Shape::List(items) => items,
            Shape::Scalar(_) | Shape::Mapping(_) => {
                let complaint = Complaint::new(node.at, "expected a list").hint(
                    "write it as `[a, b]`; `foreach` also takes `${{ inputs.NAME }}`, a list",
                );
                self.complain(complaint, path);
                return None;
            }
        };
        let mut values = Vec::new();
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{path}[{at}]");
            // A value stands in names and in variables: it is a line.
            let text = self.name(item, &path)?;
            let value = match &item.shape {
                Shape::Scalar(scalar) => match (scalar.as_bool(), scalar.as_number()) {
                    (Some(truth), _) => Value::Bool(truth),
                    (None, Some(number)) => Value::Number(number),
                    (None, None) => Value::String(text),
                },
                Shape::List(_) | Shape::Mapping(_) => return None,
            };
            if values.contains(&value) {
                let shown = shortened(&crate::model::spread::text(&value));
                self.fault(item.at, &path, format!("`{shown}` is listed twice"));
                continue;
            }
            values.push(value);
        }
        Some(values)
    }

    /// Refuses `matrix` and `item` where nothing says what they are.
    pub(super) fn check_repeated(
        &mut self,
        (root, axis): (Root, Option<&str>),
        at: Position,
        path: &str,
    ) {
        let around = || {
            self.spreads.iter().flat_map(|spread| match spread {
                Spread::Instances(instances) => instances.as_slice(),
                Spread::Input(_) => &[],
            })
        };
        let axes: Vec<&str> = around()
            .filter_map(|instance| match instance {
                Instance::Matrix(axes) => Some(axes.keys().map(String::as_str)),
                Instance::Item(_) => None,
            })
            .flatten()
            .collect();
        let has_item = self.spreads.iter().any(|spread| match spread {
            Spread::Instances(instances) => {
                matches!(instances.first(), Some(Instance::Item(_)))
            }
            Spread::Input(_) => true,
        });
        let complaint = match (root, axis) {
            (Root::Item, _) if !has_item => {
                Complaint::new(at, "`item` is known only inside a group with a `foreach`")
            }
            (Root::Matrix, None) if axes.is_empty() => {
                Complaint::new(at, "`matrix` is known only inside a group with a `matrix`")
            }
            (Root::Matrix, Some(axis)) if !axes.is_empty() && !axes.contains(&axis) => {
                let complaint =
                    Complaint::new(at, format!("the matrix has no axis `{}`", shortened(axis)));
                match nearest(axis, axes.iter().copied()) {
                    Some(near) => complaint.hint(format!("did you mean `{near}`?")),
                    None => complaint,
                }
            }
            _ => return,
        };
        self.complain(complaint, path);
    }
}

/// The input that `${{ inputs.NAME }}` names, where a text is nothing but that.
fn input_named(node: &Node) -> Option<&str> {
    let Shape::Scalar(scalar) = &node.shape else {
        return None;
    };
    let inner = scalar.text.trim().strip_prefix("${{")?.strip_suffix("}}")?;
    let name = inner.trim().strip_prefix("inputs.")?;
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        .then_some(name)
}

fn is_axis(name: &str) -> bool {
    name.len() <= 63
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
