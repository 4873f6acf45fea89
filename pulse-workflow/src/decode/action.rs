//! What an execute step does: its command or script.

use super::Decoder;
use super::fields::{Fields, join};
use super::step::List;
use super::workflow::Texts;
use crate::model::{Execute, Payload, Runtime};
use crate::template::Template;

const RUNTIMES: &[&str] = &["shell", "bash", "python", "node"];

impl Decoder<'_> {
    pub(super) fn execute(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        list: List<'_>,
    ) -> Option<Execute> {
        let runtime = match fields.get("runtime") {
            Some(node) => runtime(self.word(node, &join(path, "runtime"), RUNTIMES)?),
            None => list.runtime.unwrap_or_default(),
        };
        if let Some((key, _)) = fields.entry("runtime")
            && fields.has("command")
            && matches!(runtime, Runtime::Python | Runtime::Node)
        {
            let message = format!(
                "a `command` is for a shell; {} needs `script`",
                runtime.as_str()
            );
            self.fault(key.at, &join(path, "runtime"), message);
        }
        let literal = fields
            .get("literal")
            .and_then(|node| self.boolean(node, &join(path, "literal")));
        let literal = literal == Some(true);
        let payload = self.payload(fields, path, (runtime, literal));
        let texts = if literal {
            Texts::Literal
        } else {
            Texts::Filled
        };
        let env = self.env(fields, path, texts);
        let rollback_runtime = match runtime {
            Runtime::Python | Runtime::Node => Runtime::Shell,
            Runtime::Shell | Runtime::Bash => runtime,
        };
        let rollback = fields
            .get("rollback")
            .and_then(|node| self.body(node, &join(path, "rollback"), rollback_runtime));
        Some(Execute {
            rollout: self.own_rollout(fields, path, list),
            rollback,
            expect: self.expect(fields, path),
            runtime,
            targets: self.targets(fields, path, list.targets),
            retry: fields
                .get("retry")
                .and_then(|node| self.retry(node, &join(path, "retry"))),
            env,
            working_dir: self.working_dir(fields, path),
            user: fields
                .get("user")
                .and_then(|node| self.name(node, &join(path, "user"))),
            sandbox: fields
                .get("sandbox")
                .and_then(|node| self.sandbox(node, &join(path, "sandbox"))),
            payload: payload?,
        })
    }

    fn payload(
        &mut self,
        fields: Fields<'_>,
        path: &str,
        (runtime, literal): (Runtime, bool),
    ) -> Option<Payload> {
        if let Some(node) = fields.get("uses") {
            let texts = if literal {
                Texts::Literal
            } else {
                Texts::Filled
            };
            return self.block(fields, path, (node, texts));
        }
        if let Some((key, _)) = fields.entry("with") {
            self.fault(key.at, &join(path, "with"), "`with` belongs to `uses`");
        }
        let (key, node) = match (fields.get("command"), fields.get("script")) {
            (Some(command), None) => ("command", command),
            (None, Some(script)) => ("script", script),
            (Some(_), Some(script)) => {
                let message = "a step has a `command` or a `script`, not both";
                self.fault(script.at, &join(path, "script"), message);
                return None;
            }
            (None, None) => {
                self.fault(
                    fields.node.at,
                    path,
                    "an execute step needs a `command`, a `script` or `uses`",
                );
                return None;
            }
        };
        let path = join(path, key);
        let body = if literal {
            Template::literal(&self.text(node, &path)?)
        } else {
            self.body(node, &path, runtime)?
        };
        Some(if key == "command" {
            Payload::Command(body)
        } else {
            Payload::Script(body)
        })
    }
}

fn runtime(word: &str) -> Runtime {
    Runtime::ALL
        .into_iter()
        .find(|runtime| runtime.as_str() == word)
        .unwrap_or_default()
}
