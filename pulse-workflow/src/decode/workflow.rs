//! The top level of a document.

use std::collections::BTreeMap;

use super::fields::{Fields, Keys, join};
use super::step::List;
use super::{Decoder, keys};
use crate::document::{Complaint, Node};
use crate::expression::Place;
use crate::model::rollback;
use crate::model::spread::{Lists, MOST_STEPS, unfold};
use crate::model::{Defaults, Runtime, Section, Workflow};
use crate::targets::Targets;
use crate::template::Template;

const DOCUMENT: Keys = Keys {
    known: keys::DOCUMENT,
    later: keys::DOCUMENT_LATER,
};
const DEFAULTS: Keys = Keys {
    known: keys::DEFAULTS,
    later: &["targets", "rollout"],
};

/// Whether `${{ … }}` in a text is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Texts {
    Filled,
    Literal,
}

/// Reads the whole document; `None` when not even its outline is there.
pub(super) fn decode(decoder: &mut Decoder<'_>, root: &Node) -> Option<Workflow> {
    let fields = decoder.fields(root, "", DOCUMENT)?;
    let name = fields
        .get("name")
        .and_then(|node| decoder.workflow_name(node));
    decoder.own_name.clone_from(&name);
    let description = fields
        .get("description")
        .and_then(|node| decoder.text(node, "description"));
    let inputs = fields
        .get("inputs")
        .map(|node| decoder.inputs(node))
        .unwrap_or_default();
    let targets = decoder.default_targets(fields);
    let defaults = fields
        .get("defaults")
        .map(|node| decoder.defaults(node))
        .unwrap_or_default();
    let timeout_ms = fields
        .get("timeout")
        .and_then(|node| decoder.timeout(node, "timeout"));
    let permissions = fields
        .get("permissions")
        .map(|node| decoder.permissions(node))
        .unwrap_or_default();
    let concurrency = fields
        .get("concurrency")
        .and_then(|node| decoder.concurrency(node));
    let windows = fields.get("windows").and_then(|node| decoder.windows(node));
    let triggers = decoder.triggers(fields, &inputs);
    let secrets = decoder.secrets(fields);
    decoder.inputs.clone_from(&inputs);
    let rollback = decoder.rollback(fields);
    decoder.brings_back = fields.has("rollback");
    let written = decoder.lists(fields, targets.as_ref(), defaults.runtime)?;
    let lists = decoder.unfold(&written, fields);
    decoder.check_reads(&written, &lists);
    decoder.check_secrets((fields, &secrets), (&defaults, &written));
    decoder.check_rollback(fields, &lists);
    let [steps, on_failure, finally] = lists;
    Some(Workflow {
        rollbacks: rollback::steps(rollback.as_ref(), (&steps, &defaults)),
        rollback,
        name,
        description,
        inputs,
        targets,
        defaults,
        steps,
        on_failure,
        finally,
        timeout_ms,
        permissions,
        concurrency,
        windows,
        schedules: triggers.schedules,
        webhooks: triggers.webhooks,
        events: triggers.events,
        secrets,
    })
}

impl Decoder<'_> {
    /// The targets of steps that name none.
    fn default_targets(&mut self, fields: Fields<'_>) -> Option<Targets> {
        let targets = self.targets(fields, "", None)?;
        Some(Targets {
            is_default: true,
            ..targets
        })
    }

    fn workflow_name(&mut self, node: &Node) -> Option<String> {
        let name = self.name(node, "name")?;
        if !is_workflow_name(&name) {
            let complaint = Complaint::new(
                node.at,
                "a workflow's name is lower case letters, digits and `-`",
            );
            let slug = super::step::slug(&name);
            let complaint = if slug.is_empty() {
                complaint.hint("it has at most 63 characters")
            } else {
                complaint.hint(format!("for example `{slug}`"))
            };
            self.complain(complaint, "name");
            return None;
        }
        Some(name)
    }

    fn defaults(&mut self, node: &Node) -> Defaults {
        let Some(fields) = self.fields(node, "defaults", DEFAULTS) else {
            return Defaults::default();
        };
        Defaults {
            timeout_ms: fields
                .get("timeout")
                .and_then(|node| self.timeout(node, "defaults.timeout")),
            runtime: fields.get("shell").and_then(|node| {
                let word = self.word(node, "defaults.shell", &["shell", "sh", "bash"])?;
                Some(if word == "bash" {
                    Runtime::Bash
                } else {
                    Runtime::Shell
                })
            }),
            env: self.env(fields, "defaults", Texts::Filled),
            working_dir: self.working_dir(fields, "defaults"),
            user: fields
                .get("user")
                .and_then(|node| self.name(node, "defaults.user")),
            retry: fields
                .get("retry")
                .and_then(|node| self.retry(node, "defaults.retry")),
        }
    }

    /// Reads `env`; names a shell could not read are refused, and so are the agent's own.
    pub(super) fn env(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        texts: Texts,
    ) -> BTreeMap<String, Template> {
        let path = join(path, "env");
        let mut env = BTreeMap::new();
        let Some(entries) = fields
            .get("env")
            .and_then(|node| self.open_fields(node, &path))
        else {
            return env;
        };
        for (key, node) in entries.iter() {
            let path = join(&path, &key.text);
            if !is_variable(&key.text) {
                self.fault(
                    key.at,
                    &path,
                    "a variable's name is letters, digits and `_`",
                );
            } else if key.text.starts_with("PULSE_") {
                self.fault(
                    key.at,
                    &path,
                    "names that start with `PULSE_` belong to pulse",
                );
            } else if let Some(template) = self.variable(node, &path, texts) {
                env.insert(key.text.clone(), template);
            }
        }
        env
    }

    pub(super) fn variable(&mut self, node: &Node, path: &str, texts: Texts) -> Option<Template> {
        match texts {
            Texts::Filled => self.template(node, path, Place::Job),
            Texts::Literal => self
                .scalar(node, path)
                .map(|scalar| Template::literal(&scalar.text)),
        }
    }

    pub(super) fn working_dir(&mut self, fields: Fields<'_>, path: &str) -> Option<String> {
        let node = fields.get("working_dir")?;
        let path = join(path, "working_dir");
        let directory = self.text(node, &path)?;
        if directory.contains("${{") {
            self.fault(node.at, &path, "`${{ … }}` is not supported here");
        }
        if !directory.starts_with('/') {
            self.fault(node.at, &path, "`working_dir` must start with `/`");
        }
        Some(directory)
    }

    fn lists(
        &mut self,
        fields: Fields<'_>,
        targets: Option<&Targets>,
        runtime: Option<Runtime>,
    ) -> Option<Lists> {
        if !fields.has("steps") {
            self.fault(fields.node.at, "", "the document has no `steps`");
            return None;
        }
        let mut positions = Vec::new();
        let mut read = |section: Section, key: &'static str| {
            let Some(node) = fields.get(key) else {
                return Vec::new();
            };
            let list = List {
                section,
                at: key,
                group: None,
                targets,
                runtime,
            };
            self.steps(node, list, &mut positions)
        };
        let steps = read(Section::Main, "steps");
        let on_failure = read(Section::OnFailure, "on_failure");
        let finally = read(Section::Finally, "finally");
        if positions.len() > MOST_STEPS {
            let message = format!("{} steps; the limit is {MOST_STEPS}", positions.len());
            self.fault(positions[MOST_STEPS].at, "steps", message);
        }
        let lists = [steps, on_failure, finally];
        self.check(&lists, &positions);
        Some(lists)
    }

    /// The lists with a group for each instance of those that are repeated.
    fn unfold(&mut self, written: &Lists, fields: Fields<'_>) -> Lists {
        unfold(written.clone(), None).unwrap_or_else(|too_many| {
            // One that is too long as it is written was refused already.
            if written.iter().flatten().count() <= MOST_STEPS {
                self.fault(fields.node.at, "steps", too_many.to_string());
            }
            written.clone()
        })
    }
}

/// Whether a workflow may be called so, or a channel.
pub(super) fn is_workflow_name(name: &str) -> bool {
    name.len() <= 63
        && !name.is_empty()
        && !name.starts_with('-')
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn is_variable(name: &str) -> bool {
    name.len() <= 128
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
