//! Targets, `pick` and `offline`, which stand side by side in a step or a document.

use super::Decoder;
use super::fields::{Fields, join, kind};
use super::text::holds_expression;
use crate::document::{Complaint, Node, Position, Shape, Style};
use crate::duration;
use crate::targets::{Offline, Selector, Targets, Wanted};

/// How many entries a list of targets may have.
const MOST: usize = 10_000;

impl Decoder<'_> {
    /// Reads the targets of a mapping; `inherited` serves a mapping that only says `pick` or `offline`.
    pub(super) fn targets(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        inherited: Option<&Targets>,
    ) -> Option<Targets> {
        let pick = fields
            .get("pick")
            .map(|node| self.pick(node, &join(path, "pick")));
        let offline = fields
            .get("offline")
            .map(|node| self.offline(node, &join(path, "offline")));
        let mut targets = match fields.get("targets") {
            Some(node) => {
                let wanted = self.wanted(node, &join(path, "targets"))?;
                Targets::wanting(wanted)
            }
            None if pick.is_none() && offline.is_none() => return None,
            None => {
                let Some(inherited) = inherited else {
                    let (key, _) = fields.entry("pick").or_else(|| fields.entry("offline"))?;
                    let message = format!("`{}` has no effect without `targets`", key.text);
                    self.fault(key.at, &join(path, &key.text), message);
                    return None;
                };
                inherited.clone()
            }
        };
        if let Some(pick) = pick {
            targets.pick = pick;
        }
        if let Some(offline) = offline {
            targets.offline = offline;
        }
        Some(targets)
    }

    fn wanted(&mut self, node: &Node, path: &str) -> Option<Wanted> {
        match &node.shape {
            Shape::List(items) => self.entries(node, items, path),
            // `all` is no selector, and can mean nothing else.
            Shape::Scalar(scalar) if scalar.text.trim() == "all" => {
                Some(Wanted::List(vec!["all".to_owned()]))
            }
            Shape::Scalar(scalar) if !scalar.is_null() => match Selector::parse(&scalar.text) {
                Ok(selector) => Some(Wanted::Matching(selector)),
                Err(error) => {
                    let mut at = node.at;
                    if node.at.line == node.end.line && scalar.style != Style::Literal {
                        at.column += u32::try_from(error.offset).unwrap_or(0)
                            + u32::from(scalar.style == Style::Quoted);
                    }
                    let hint = error.hint.unwrap_or_else(|| {
                        "a selector reads `role=web && region in (iad, fra)`; a list of names needs `[…]`".to_owned()
                    });
                    self.complain(Complaint::new(at, error.message).hint(hint), path);
                    None
                }
            },
            Shape::Scalar(_) | Shape::Mapping(_) => {
                let message = format!(
                    "expected a list of names or a selector, found {}",
                    kind(node)
                );
                self.fault(node.at, path, message);
                None
            }
        }
    }

    fn entries(&mut self, node: &Node, items: &[Node], path: &str) -> Option<Wanted> {
        if items.is_empty() {
            self.complain(
                Complaint::new(node.at, "an empty list of targets would run nowhere")
                    .hint("name workers or groups, or write `[all]`"),
                path,
            );
            return None;
        }
        if items.len() > MOST {
            self.fault(node.at, path, format!("more than {MOST} targets"));
            return None;
        }
        let mut entries = Vec::with_capacity(items.len());
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{path}[{at}]");
            if holds_expression(item) {
                self.fault(item.at, &path, "`${{ … }}` in targets is not supported yet");
            } else if let Some(name) = self.name(item, &path) {
                entries.push(name);
            }
        }
        Some(Wanted::List(entries))
    }

    fn pick(&mut self, node: &Node, path: &str) -> Option<u32> {
        if let Shape::Scalar(scalar) = &node.shape
            && scalar.text == "all"
        {
            return None;
        }
        let pick = self.whole(node, path)?;
        if pick == 0 {
            self.fault(node.at, path, "a `pick` of 0 would run nowhere");
        }
        Some(pick)
    }

    fn offline(&mut self, node: &Node, path: &str) -> Offline {
        let Some(scalar) = self.scalar(node, path) else {
            return Offline::Fail;
        };
        match scalar.text.trim() {
            "fail" => Offline::Fail,
            "skip" => Offline::Skip,
            text => match text
                .strip_prefix("wait(")
                .and_then(|rest| rest.strip_suffix(')'))
            {
                Some(inside) => match duration::parse(inside.trim()) {
                    Some(for_ms) => Offline::Wait { for_ms },
                    None => self.refused_offline(node.at, path),
                },
                None => self.refused_offline(node.at, path),
            },
        }
    }

    fn refused_offline(&mut self, at: Position, path: &str) -> Offline {
        let complaint = Complaint::new(at, "unknown value for `offline`")
            .hint("it is `fail`, `skip` or `wait(<duration>)`, as in `wait(10m)`");
        self.complain(complaint, path);
        Offline::Fail
    }
}
