//! One entry of a list of steps.

use super::check::Placed;
use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::document::{Complaint, Node};
use crate::model::{Action, Runtime, Section, Step, StepKind, StepPath};
use crate::targets::Targets;

const KEYS: Keys = Keys {
    known: keys::STEP,
    later: keys::STEP_LATER,
};

/// The list being read, and what its steps inherit.
#[derive(Clone, Copy, Debug)]
pub(super) struct List<'a> {
    pub(super) section: Section,
    pub(super) key: &'static str,
    pub(super) targets: Option<&'a Targets>,
    pub(super) runtime: Option<Runtime>,
}

impl Decoder<'_> {
    pub(super) fn steps(
        &mut self,
        node: &Node,
        list: List<'_>,
        placed: &mut Vec<Placed>,
    ) -> Vec<Step> {
        let Some(items) = self.list(node, list.key) else {
            return Vec::new();
        };
        if items.is_empty() {
            self.fault(node.at, list.key, format!("`{}` is empty", list.key));
        }
        let mut steps: Vec<Step> = Vec::new();
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{}[{at}]", list.key);
            let before = steps.last().map(|step| step.path.clone());
            if let Some(step) = self.step(item, &path, list) {
                placed.push(Placed::new(&step, item, path));
                steps.push(Step {
                    needs: implied(&step, before, item),
                    ..step
                });
            }
        }
        steps
    }

    fn step(&mut self, node: &Node, path: &str, list: List<'_>) -> Option<Step> {
        let fields = self.fields(node, path, KEYS)?;
        let kind = self.step_kind(fields, path);
        if let Some(kind) = kind {
            self.refuse_foreign(fields, path, kind);
        }
        let name = fields
            .get("name")
            .and_then(|node| self.name(node, &join(path, "name")));
        let id = self.step_id(fields, path, name.as_deref())?;
        // A step that is refused still stands for its id, or every `needs` of it would be one more fault.
        let action = kind
            .and_then(|kind| self.action(fields, (path, kind), list))
            .unwrap_or(Action::Wait { duration_ms: 0 });
        let condition = fields
            .get("condition")
            .and_then(|node| self.condition(node, &join(path, "condition")));
        let timeout_ms = fields
            .get("timeout")
            .and_then(|node| self.timeout(node, &join(path, "timeout")));
        let continue_on_error = fields
            .get("continue_on_error")
            .and_then(|node| self.boolean(node, &join(path, "continue_on_error")));
        let needs = self.step_needs(fields, path, list.section);
        Some(Step {
            path: step_path(list.section, &id),
            name: name.unwrap_or_else(|| id.clone()),
            id,
            condition,
            needs,
            timeout_ms,
            continue_on_error: continue_on_error.unwrap_or(false),
            action,
        })
    }

    /// The type as written, or the one that the other keys imply.
    fn step_kind(&mut self, fields: Fields<'_>, path: &str) -> Option<StepKind> {
        if let Some(node) = fields.get("type") {
            let path = join(path, "type");
            let text = &self.scalar(node, &path)?.text;
            if ["workflow", "group", "agent", "notify"].contains(&text.as_str()) {
                self.fault(
                    node.at,
                    &path,
                    format!("`type: {text}` is not supported yet"),
                );
                return None;
            }
            return match self.word(node, &path, &["execute", "prompt", "wait"])? {
                "execute" => Some(StepKind::Execute),
                "prompt" => Some(StepKind::Prompt),
                _ => Some(StepKind::Wait),
            };
        }
        if fields.has("command") || fields.has("script") || fields.has("uses") {
            Some(StepKind::Execute)
        } else if fields.has("message") || fields.has("options") {
            Some(StepKind::Prompt)
        } else if fields.has("duration") {
            Some(StepKind::Wait)
        } else {
            // A key that is refused already says what the step was meant to be.
            if !fields
                .iter()
                .any(|(key, _)| !KEYS.known.contains(&key.text.as_str()))
            {
                let complaint = Complaint::new(fields.node.at, "the step does nothing")
                    .hint("give it a `command`, a `script`, `uses`, a `message` or a `duration`");
                self.complain(complaint, path);
            }
            None
        }
    }

    fn refuse_foreign(&mut self, fields: Fields<'_>, path: &str, kind: StepKind) {
        let groups = [
            (StepKind::Execute, keys::EXECUTE),
            (StepKind::Prompt, keys::PROMPT),
            (StepKind::Wait, keys::WAIT),
        ];
        for (key, _) in fields.iter() {
            let text = key.text.as_str();
            let owner = groups
                .iter()
                .find(|(owner, keys)| *owner != kind && keys.contains(&text));
            if let Some((owner, _)) = owner {
                let message =
                    format!("`{text}` belongs to {owner} steps; the type of this one is {kind}");
                self.fault(key.at, &join(path, text), message);
            } else if text == "timeout" && kind == StepKind::Wait {
                let message = "`timeout` has no meaning in a wait step";
                self.fault(key.at, &join(path, text), message);
            }
        }
    }

    fn step_id(&mut self, fields: Fields<'_>, path: &str, name: Option<&str>) -> Option<String> {
        if let Some(node) = fields.get("id") {
            let path = join(path, "id");
            let id = self.name(node, &path)?;
            let valid = id.len() <= 63
                && id.starts_with(|c: char| c.is_ascii_alphanumeric())
                && id
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            if !valid {
                self.fault(
                    node.at,
                    &path,
                    "an id is letters, digits, `-` and `_`, at most 63",
                );
                return None;
            }
            return Some(id);
        }
        let id = name.map(slug).unwrap_or_default();
        if !id.is_empty() {
            return Some(id);
        }
        // `steps[3]` becomes `step-4`, `finally[0]` becomes `finally-1`.
        let (list, at) = path.strip_suffix(']')?.split_once('[')?;
        let number = at.parse::<usize>().ok()? + 1;
        Some(format!(
            "{}-{number}",
            if list == "steps" { "step" } else { list }
        ))
    }

    fn step_needs(&mut self, fields: Fields<'_>, path: &str, section: Section) -> Vec<StepPath> {
        let Some((key, node)) = fields.entry("needs") else {
            return Vec::new();
        };
        let path = join(path, "needs");
        if section != Section::Main {
            self.fault(
                key.at,
                &path,
                "steps of this list run in order; `needs` has no meaning here",
            );
            return Vec::new();
        }
        let names = self.names(node, &path).unwrap_or_default();
        names.into_iter().map(StepPath).collect()
    }

    fn action(
        &mut self,
        fields: Fields<'_>,
        (path, kind): (&str, StepKind),
        list: List<'_>,
    ) -> Option<Action> {
        match kind {
            StepKind::Execute => self
                .execute(fields, path, list)
                .map(|execute| Action::Execute(Box::new(execute))),
            StepKind::Prompt => self.prompt(fields, path).map(Action::Prompt),
            StepKind::Wait => {
                let Some(node) = fields.get("duration") else {
                    self.fault(fields.node.at, path, "a wait step needs a `duration`");
                    return None;
                };
                let duration_ms = self.duration(node, &join(path, "duration"))?;
                Some(Action::Wait { duration_ms })
            }
        }
    }
}

/// The needs of a step: those written, else the step before it.
fn implied(step: &Step, before: Option<StepPath>, node: &Node) -> Vec<StepPath> {
    if super::check::writes_needs(node) {
        step.needs.clone()
    } else {
        before.into_iter().collect()
    }
}

fn step_path(section: Section, id: &str) -> StepPath {
    StepPath(match section {
        Section::Main => id.to_owned(),
        Section::OnFailure => format!("on_failure/{id}"),
        Section::Finally => format!("finally/{id}"),
    })
}

/// A name in the letters of an id.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(63);
    slug.trim_end_matches('-').to_owned()
}
