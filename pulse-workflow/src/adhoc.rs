//! The document behind a direct command.
//!
//! A direct command is an execution of one step, so everything else treats it like any other.

use std::collections::BTreeMap;

use serde_json::json;

use crate::model::{Action, Payload, Step, Workflow};

/// What stands around a command that is fed its stdin: before the bytes, and behind them.
const FED: (&str, &str) = ("base64 -d <<'PULSE_STDIN' | {\n", "\nPULSE_STDIN\n");

/// Wraps a command so that it reads what these lines of base64 hold.
///
/// In base64 every byte survives: a NUL, a missing line end, the end mark itself.
pub fn fed(command: &str, lines: &[&str]) -> String {
    format!("{}{}{}{command}\n}}", FED.0, lines.join("\n"), FED.1)
}

/// The command alone, without what it is fed.
fn unfed(text: &str) -> Option<&str> {
    let (_, command) = text.strip_prefix(FED.0)?.split_once(FED.1)?;
    command.strip_suffix("\n}")
}

/// What a step runs, as the document writes it: no values are filled in, and neither its variables
/// nor what it is fed are told.
pub fn command(step: &Step) -> Option<String> {
    let Action::Execute(execute) = &step.action else {
        return None;
    };
    Some(match &execute.payload {
        Payload::Command(body) | Payload::Script(body) => match unfed(body.source()) {
            Some(command) => format!("{command} < stdin"),
            None => body.source().to_owned(),
        },
        Payload::Block { name, .. } => name.clone(),
    })
}

/// What brings a host back after a step, as the document writes it.
pub fn way_back(step: &Step) -> Option<String> {
    step.rollback().map(|body| body.source().to_owned())
}

/// The command that a document is known by: its first, on one line, with how many others there are.
pub fn headline(workflow: &Workflow, length: usize) -> Option<String> {
    let mut commands: Vec<String> = workflow.all_steps().filter_map(command).collect();
    commands.dedup();
    let first = shortened(commands.first()?, length);
    Some(match commands.len() - 1 {
        0 => first,
        others => format!("{first} (and {others} more)"),
    })
}

/// Text on one line, of so many characters at most.
pub fn shortened(text: &str, length: usize) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    if first.chars().count() > length {
        let begin: String = first.chars().take(length.saturating_sub(1)).collect();
        return format!("{}…", begin.trim_end());
    }
    match lines.next() {
        Some(_) => format!("{first} …"),
        None => first.to_owned(),
    }
}

/// A command given directly, to run as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandSpec {
    pub command: String,
    pub timeout_ms: Option<u64>,
    pub env: BTreeMap<String, String>,
    pub working_dir: Option<String>,
    pub user: Option<String>,
    /// The function block to call in place of the command.
    pub uses: Option<String>,
    /// What the function block is given.
    pub with: serde_json::Map<String, serde_json::Value>,
}

/// Writes the one-step document that runs exactly these bytes: `${{` in them is not special.
pub fn document(spec: &CommandSpec) -> String {
    let mut step = serde_json::Map::new();
    step.insert("id".into(), json!("command"));
    step.insert("name".into(), json!("command"));
    step.insert("type".into(), json!("execute"));
    if let Some(block) = &spec.uses {
        step.insert("uses".into(), json!(block));
        if !spec.with.is_empty() {
            step.insert("with".into(), json!(spec.with));
        }
    } else {
        step.insert("command".into(), json!(spec.command));
    }
    step.insert("literal".into(), json!(true));
    if let Some(timeout_ms) = spec.timeout_ms {
        step.insert("timeout".into(), json!(timeout_ms));
    }
    if !spec.env.is_empty() {
        step.insert("env".into(), json!(spec.env));
    }
    if let Some(working_dir) = &spec.working_dir {
        step.insert("working_dir".into(), json!(working_dir));
    }
    if let Some(user) = &spec.user {
        step.insert("user".into(), json!(user));
    }
    json!({ "name": "command", "steps": [step] }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Workflow {
        let source = crate::Source { name: "test", text };
        crate::load(&source).unwrap().workflow
    }

    #[test]
    fn a_direct_command_is_known_by_itself_and_not_by_its_variables() {
        let spec = CommandSpec {
            command: "echo ${{ hello }}".to_owned(),
            env: BTreeMap::from([("TOKEN".to_owned(), "s3cret".to_owned())]),
            ..CommandSpec::default()
        };

        let headline = headline(&read(&document(&spec)), 80);

        assert_eq!(headline.as_deref(), Some("echo ${{ hello }}"));
    }

    #[test]
    fn what_a_command_is_fed_is_not_told() {
        let spec = CommandSpec {
            command: fed("sh -s", &["c2VjcmV0", "c2VjcmV0"]),
            ..CommandSpec::default()
        };

        let workflow = read(&document(&spec));

        assert_eq!(headline(&workflow, 80).as_deref(), Some("sh -s < stdin"));
        assert_eq!(
            command(&workflow.steps[0]).as_deref(),
            Some("sh -s < stdin")
        );
    }

    #[test]
    fn long_and_many_commands_are_cut_and_counted() {
        let text = "targets: [all]\nsteps:\n- {name: a, command: \"uname -r\\ndf\"}\n\
            - {name: b, command: uptime}\n- {name: c, type: wait, duration: 1}\n";

        assert_eq!(
            headline(&read(text), 80).as_deref(),
            Some("uname -r … (and 1 more)")
        );
        assert_eq!(shortened("systemctl restart nginx", 12), "systemctl r…");
        assert_eq!(shortened("\n\n", 12), "");
    }
}
