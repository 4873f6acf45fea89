//! One entry of a list of steps.

use super::check::Placed;
use super::fields::{Fields, Keys, join};
use super::{Decoder, keys};
use crate::document::{Complaint, Node};
use crate::model::{Action, Group, Runtime, Section, Step, StepKind, StepPath, Wait};
use crate::targets::Targets;

const KEYS: Keys = Keys {
    known: keys::STEP,
    later: keys::STEP_LATER,
};

/// The list being read, and what its steps inherit.
#[derive(Clone, Copy, Debug)]
pub(super) struct List<'a> {
    pub(super) section: Section,
    /// Where the list stands, as in `steps[1].steps`.
    pub(super) at: &'a str,
    pub(super) group: Option<Enclosing<'a>>,
    pub(super) targets: Option<&'a Targets>,
    pub(super) runtime: Option<Runtime>,
}

/// The group that a list belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Enclosing<'a> {
    pub(super) path: &'a StepPath,
    pub(super) order: Turns,
}

/// Who decides when the steps of a list run on which host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turns {
    Steps,
    /// A rollout, host by host.
    Hosts,
}

impl Decoder<'_> {
    /// Reads a list of steps; the steps of a group follow it.
    pub(super) fn steps(
        &mut self,
        node: &Node,
        list: List<'_>,
        placed: &mut Vec<Placed>,
    ) -> Vec<Step> {
        let Some(items) = self.list(node, list.at) else {
            return Vec::new();
        };
        if items.is_empty() {
            let key = list.at.rsplit('.').next().unwrap_or(list.at);
            self.fault(node.at, list.at, format!("`{key}` is empty"));
        }
        let mut steps: Vec<Step> = Vec::new();
        let mut before: Option<StepPath> = None;
        for (item, at) in items.iter().zip(0..) {
            let path = format!("{}[{at}]", list.at);
            let Some(step) = self.step(item, &path, list) else {
                continue;
            };
            placed.push(Placed::new(&step, item, path.clone()));
            let step = Step {
                needs: implied(&step, before.replace(step.path.clone()), item),
                ..step
            };
            let inside = match &step.action {
                Action::Group(group) => self.inside((item, &path), (&step, group, list), placed),
                Action::Execute(_)
                | Action::Agent(_)
                | Action::Prompt(_)
                | Action::Wait { .. }
                | Action::Workflow(_)
                | Action::Notify(_) => Vec::new(),
            };
            let unwritten = super::rollout::unwritten(&step, &inside);
            placed.extend(
                unwritten
                    .iter()
                    .map(|added| Placed::new(added, item, path.clone())),
            );
            steps.push(step);
            steps.extend(inside);
            steps.extend(unwritten);
        }
        steps
    }

    /// Reads the steps of a group.
    fn inside(
        &mut self,
        (node, path): (&Node, &str),
        (step, group, list): (&Step, &Group, List<'_>),
        placed: &mut Vec<Placed>,
    ) -> Vec<Step> {
        let at = join(path, "steps");
        let Some(node) = super::check::value(node, "steps") else {
            return Vec::new();
        };
        let order = if group.rollout.is_some() {
            Turns::Hosts
        } else {
            Turns::Steps
        };
        let outer = self.scope.replace(step.path.clone());
        let depth = self.spreads.len();
        self.spreads.extend(group.spread.clone());
        let steps = self.steps(
            node,
            List {
                at: &at,
                group: Some(Enclosing {
                    path: &step.path,
                    order,
                }),
                targets: group.targets.as_ref().or(list.targets),
                ..list
            },
            placed,
        );
        self.scope = outer;
        self.spreads.truncate(depth);
        steps
    }

    fn step(&mut self, node: &Node, path: &str, list: List<'_>) -> Option<Step> {
        let fields = self.fields(node, path, KEYS)?;
        let kind = self.step_kind(fields, path);
        if let Some(kind) = kind {
            self.refuse_foreign(fields, path, kind);
            self.refuse_in_rollout(fields, path, (kind, list));
        }
        let name = fields
            .get("name")
            .and_then(|node| self.name(node, &join(path, "name")));
        let id = self.step_id(fields, path, name.as_deref())?;
        // A step that is refused still stands for its id, or every `needs` of it would be one more fault.
        let outer = self.scope.clone();
        if kind == Some(StepKind::Group) {
            // What a group itself says may name the steps in it.
            self.scope = Some(step_path(list, &id));
        }
        let action = kind
            .and_then(|kind| self.action(fields, (path, kind), list))
            .unwrap_or(Action::Wait(Wait::For { duration_ms: 0 }));
        self.scope = outer;
        let condition = fields
            .get("condition")
            .and_then(|node| self.condition(node, &join(path, "condition")));
        let timeout_ms = fields
            .get("timeout")
            .and_then(|node| self.timeout(node, &join(path, "timeout")));
        let continue_on_error = fields
            .get("continue_on_error")
            .and_then(|node| self.boolean(node, &join(path, "continue_on_error")));
        let needs = self.step_needs(fields, path, list);
        Some(Step {
            path: step_path(list, &id),
            parent: list.group.map(|group| group.path.clone()),
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
            let words = KINDS.map(StepKind::as_str);
            let word = self.word(node, &path, &words)?;
            return KINDS.into_iter().find(|kind| kind.as_str() == word);
        }
        if fields.has("workflow") {
            Some(StepKind::Workflow)
        } else if fields.has("channel") {
            Some(StepKind::Notify)
        } else if fields.has("command") || fields.has("script") || fields.has("uses") {
            Some(StepKind::Execute)
        } else if fields.has("message") || fields.has("options") {
            Some(StepKind::Prompt)
        } else if fields.has("duration") || fields.has("until") {
            Some(StepKind::Wait)
        } else if fields.has("steps") {
            Some(StepKind::Group)
        } else if fields.has("agent") {
            Some(StepKind::Agent)
        } else {
            // A key that is refused already says what the step was meant to be.
            if !fields
                .iter()
                .any(|(key, _)| !KEYS.known.contains(&key.text.as_str()))
            {
                let complaint = Complaint::new(fields.node.at, "the step does nothing")
                    .hint("give it a `command`, a `script`, `uses`, a `message`, a `duration`, `until`, `steps`, `agent`, `workflow` or a `channel`");
                self.complain(complaint, path);
            }
            None
        }
    }

    fn refuse_foreign(&mut self, fields: Fields<'_>, path: &str, kind: StepKind) {
        for (key, _) in fields.iter() {
            let text = key.text.as_str();
            let owners = || {
                KINDS
                    .into_iter()
                    .filter(|owner| keys_of(*owner).contains(&text))
            };
            if let Some(owner) = owners().next()
                && owners().all(|owner| owner != kind)
            {
                let message =
                    format!("`{text}` belongs to {owner} steps; the type of this one is {kind}");
                self.fault(key.at, &join(path, text), message);
            } else if text == "timeout" && !super::wait::may_time_out(fields, kind) {
                let message = format!("`timeout` has no meaning in a {kind} step");
                self.fault(key.at, &join(path, text), message);
            }
        }
    }

    /// Refuses what a step cannot have, or be, where a rollout decides when it runs on which host.
    fn refuse_in_rollout(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        (kind, list): (StepKind, List<'_>),
    ) {
        let turns = list.group.map_or(Turns::Steps, |group| group.order);
        if turns == Turns::Steps {
            if let Some((key, _)) = fields.entry("rollback")
                && !fields.has("rollout")
                && !(self.brings_back && list.section == Section::Main)
            {
                let complaint =
                    Complaint::new(key.at, "`rollback` has no effect without `rollout`")
                        .hint("give the step or its group a `rollout`, or the document a `rollback: {after: [failed]}`");
                self.complain(complaint, &join(path, "rollback"));
            }
            return;
        }
        match kind {
            StepKind::Execute | StepKind::Agent => {}
            StepKind::Prompt
            | StepKind::Wait
            | StepKind::Group
            | StepKind::Workflow
            | StepKind::Notify => {
                let message = format!("a {kind} step cannot stand in a group with a `rollout`");
                let complaint = Complaint::new(fields.node.at, message)
                    .hint("its steps run host by host: put this one before or after the group");
                self.complain(complaint, path);
            }
        }
        for key in [
            "condition",
            "needs",
            "targets",
            "pick",
            "offline",
            "rollout",
        ] {
            if let Some((found, _)) = fields.entry(key) {
                let message = format!("`{key}` has no place inside a group with a `rollout`");
                let complaint = Complaint::new(found.at, message).hint("give it to the group");
                self.complain(complaint, &join(path, key));
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
        let (list, at) = path.strip_suffix(']')?.rsplit_once('[')?;
        let number = at.parse::<usize>().ok()? + 1;
        Some(match list {
            "on_failure" | "finally" => format!("{list}-{number}"),
            _ => format!("step-{number}"),
        })
    }

    fn step_needs(&mut self, fields: Fields<'_>, path: &str, list: List<'_>) -> Vec<StepPath> {
        let Some((key, node)) = fields.entry("needs") else {
            return Vec::new();
        };
        let path = join(path, "needs");
        if list.section != Section::Main && list.group.is_none() {
            self.fault(
                key.at,
                &path,
                "steps of this list run in order; `needs` has no meaning here",
            );
            return Vec::new();
        }
        let names = self.names(node, &path).unwrap_or_default();
        names
            .into_iter()
            .map(|name| match list.group {
                Some(group) => StepPath(format!("{}/{name}", group.path)),
                None => StepPath(name),
            })
            .collect()
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
            StepKind::Wait => self.wait(fields, path).map(Action::Wait),
            StepKind::Group => Some(Action::Group(self.group(fields, path, list))),
            StepKind::Agent => self.agent(fields, path, list).map(Action::Agent),
            StepKind::Workflow => self.call(fields, path).map(Action::Workflow),
            StepKind::Notify => self.notify(fields, path).map(Action::Notify),
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

fn step_path(list: List<'_>, id: &str) -> StepPath {
    StepPath(match (list.group, list.section) {
        (Some(group), _) => format!("{}/{id}", group.path),
        (None, Section::Main) => id.to_owned(),
        (None, Section::OnFailure) => format!("on_failure/{id}"),
        (None, Section::Rollback) => format!("rollback/{id}"),
        (None, Section::Finally) => format!("finally/{id}"),
    })
}

const KINDS: [StepKind; 7] = [
    StepKind::Execute,
    StepKind::Prompt,
    StepKind::Wait,
    StepKind::Group,
    StepKind::Agent,
    StepKind::Workflow,
    StepKind::Notify,
];

/// The keys that only steps of some types have.
fn keys_of(kind: StepKind) -> &'static [&'static str] {
    match kind {
        StepKind::Execute => keys::EXECUTE,
        StepKind::Prompt => keys::PROMPT,
        StepKind::Wait => keys::WAIT,
        StepKind::Group => keys::GROUP,
        StepKind::Agent => keys::AGENT,
        StepKind::Workflow => keys::WORKFLOW,
        StepKind::Notify => keys::NOTIFY,
    }
}

/// A name in the letters of an id.
pub fn slug(name: &str) -> String {
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
