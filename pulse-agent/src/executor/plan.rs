//! What an offer comes to on this host: what is started, as whom, how confined; or why not.
//!
//! Pure. The rules are this host's own: nothing in an offer widens them.

use std::collections::BTreeMap;

use pulse_api::{
    SecretText,
    blocks::{self, DOCTOR, FORMAT, FunctionBlock},
    frames::{ExecuteCommand, Reason},
    status::Runtime,
};

use crate::{
    config::{Allow, Block, Rules},
    sandbox::Layers,
};

/// What is started for an offer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub(crate) what: What,
    pub(crate) env: BTreeMap<String, String>,
    /// Beside those: never written to disk, whatever else is.
    pub(crate) secrets: BTreeMap<String, SecretText>,
    pub(crate) working_dir: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) timeout_ms: u64,
    pub(crate) confinement: Layers,
}

/// The program of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// A line of text for a runtime.
    Line(Runtime, String),
    /// A script, to be written to a file.
    Script(Runtime, String),
    /// A program and its arguments, without a shell.
    Argv(Vec<String>),
    /// This very program, to examine the host.
    Doctor { json: bool },
}

/// Why an offer is not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Denied {
    pub(crate) reason: Reason,
    /// For people.
    pub(crate) detail: String,
}

impl Denied {
    /// Something that this host does not allow.
    pub(crate) fn by_policy(detail: impl Into<String>) -> Self {
        Self {
            reason: Reason::PolicyDenied,
            detail: detail.into(),
        }
    }

    /// Something that is not there.
    pub(crate) fn not_startable(detail: impl Into<String>) -> Self {
        Self {
            reason: Reason::NotStartable,
            detail: detail.into(),
        }
    }

    /// A confinement that this host cannot give.
    pub(crate) fn unconfined(detail: impl Into<String>) -> Self {
        Self {
            reason: Reason::SandboxUnavailable,
            detail: detail.into(),
        }
    }
}

/// What an offer comes to under the rules of this host.
pub(crate) fn plan(rules: &Rules, offer: &ExecuteCommand) -> Result<Plan, Denied> {
    match &offer.uses {
        Some(name) if name == DOCTOR => doctor(offer),
        Some(name) => {
            let block = rules.blocks.iter().find(|block| block.name == *name);
            let block = block.ok_or_else(|| {
                Denied::by_policy(format!(
                    "this host does not offer the function block `{name}`"
                ))
            })?;
            call(rules, offer, block)
        }
        None => match rules.policy.allow {
            Allow::Any => any(rules, offer),
            Allow::Listed => listed(rules, offer),
            Allow::FunctionBlocks => Err(Denied::by_policy(
                "this host runs function blocks and nothing else (policy.allow)",
            )),
        },
    }
}

/// Whatever the offer says.
fn any(rules: &Rules, offer: &ExecuteCommand) -> Result<Plan, Denied> {
    let what = if offer.script {
        What::Script(offer.runtime, offer.command.clone())
    } else {
        What::Line(offer.runtime, offer.command.clone())
    };
    Ok(Plan {
        what,
        env: offer.env.clone(),
        secrets: offer.secrets.clone(),
        working_dir: offer.working_dir.clone(),
        user: user(rules, offer.user.as_ref())?,
        timeout_ms: rules.timeout_ms(offer.timeout),
        confinement: Layers::new(&rules.confinement.limits, offer.sandbox.as_ref()),
    })
}

/// A command of the list, word for word, without a shell.
fn listed(rules: &Rules, offer: &ExecuteCommand) -> Result<Plan, Denied> {
    let denied = |what: &str| {
        Denied::by_policy(format!(
            "{what}: this host runs listed commands only (policy.commands)"
        ))
    };
    if offer.script {
        return Err(denied("a script"));
    }
    if offer.user.is_some() || offer.working_dir.is_some() {
        return Err(denied("a command with a user or a folder of its own"));
    }
    if !offer.secrets.is_empty() {
        return Err(denied("a command that gets secrets"));
    }
    let words = words(&offer.command).ok_or_else(|| denied("shell text"))?;
    if !rules.policy.commands.contains(&words) {
        return Err(denied(&format!("`{}`", offer.command)));
    }
    Ok(Plan {
        what: What::Argv(words),
        env: own_variables(offer),
        secrets: BTreeMap::new(),
        working_dir: None,
        user: rules.confinement.user.clone(),
        timeout_ms: rules.timeout_ms(offer.timeout),
        confinement: Layers::new(&rules.confinement.limits, offer.sandbox.as_ref()),
    })
}

/// A function block with what it is given.
fn call(rules: &Rules, offer: &ExecuteCommand, block: &Block) -> Result<Plan, Denied> {
    let given = block.inputs.resolve(&offer.with).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Denied::by_policy(format!("{}: {}", block.name, faults.join("; ")))
    })?;
    let what = match &block.command {
        Some(text) => What::Line(block.runtime, text.clone()),
        None => What::Argv(block.argv.clone()),
    };
    let mut env = own_variables(offer);
    env.extend(block.env.clone());
    env.extend(
        given
            .into_iter()
            .map(|(name, text)| (blocks::variable(&name), text)),
    );
    Ok(Plan {
        what,
        env,
        secrets: BTreeMap::new(),
        working_dir: block.working_dir.clone(),
        user: user(rules, block.user.as_ref())?,
        timeout_ms: rules
            .timeout_ms(offer.timeout)
            .min(block.timeout_ms.unwrap_or(u64::MAX)),
        confinement: Layers::new(&rules.confinement.limits, offer.sandbox.as_ref()),
    })
}

/// The examination of this host, which is not confined: it looks at everything.
fn doctor(offer: &ExecuteCommand) -> Result<Plan, Denied> {
    let block = FunctionBlock::doctor();
    let given = block.inputs.resolve(&offer.with).map_err(|faults| {
        Denied::by_policy(faults.first().map(ToString::to_string).unwrap_or_default())
    })?;
    Ok(Plan {
        what: What::Doctor {
            json: given.get(FORMAT).is_some_and(|format| format == "json"),
        },
        env: BTreeMap::new(),
        secrets: BTreeMap::new(),
        working_dir: None,
        user: None,
        timeout_ms: offer.timeout.min(block.timeout_ms.unwrap_or(u64::MAX)),
        confinement: Layers::default(),
    })
}

/// Who the step runs as: where the host says it, nobody else can.
fn user(rules: &Rules, wanted: Option<&String>) -> Result<Option<String>, Denied> {
    match (&rules.confinement.user, wanted) {
        (Some(own), Some(wanted)) if own != wanted => Err(Denied::by_policy(format!(
            "steps run as `{own}` on this host (sandbox.user), not as `{wanted}`"
        ))),
        (Some(own), _) => Ok(Some(own.clone())),
        (None, wanted) => Ok(wanted.cloned()),
    }
}

/// What pulse itself says of the job. A variable such as `LD_PRELOAD` would be as good as a shell.
fn own_variables(offer: &ExecuteCommand) -> BTreeMap<String, String> {
    let is_own = |name: &str| name.starts_with("PULSE_") && !name.starts_with("PULSE_INPUT_");
    offer
        .env
        .iter()
        .filter(|(name, _)| is_own(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The words of a command in which nothing is special to a shell.
fn words(command: &str) -> Option<Vec<String>> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=+,@% ".contains(c);
    command.chars().all(is_plain).then(|| {
        command
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn offer(more: &Value) -> ExecuteCommand {
        let mut offer = json!({
            "execution_id": uuid::Uuid::nil(), "step_index": 0, "command": "", "timeout": 1000,
            "worker_id": uuid::Uuid::nil(), "job_id": uuid::Uuid::nil(), "attempt": 1, "fence": 1,
            "expires_at": "2026-01-01T00:00:00Z",
        });
        for (key, value) in more.as_object().unwrap() {
            offer[key] = value.clone();
        }
        serde_json::from_value(offer).unwrap()
    }

    fn rules(allow: Allow) -> Rules {
        let block = json!({
            "name": "restart", "command": "systemctl restart \"$PULSE_INPUT_SERVICE\"",
            "inputs": {"properties": {"service": {"enum": ["nginx"]}}, "required": ["service"]},
            "timeout_ms": 50,
        });
        let mut rules = Rules {
            blocks: vec![serde_json::from_value(block).unwrap()],
            ..Rules::default()
        };
        rules.policy.allow = allow;
        rules.policy.commands = vec![vec!["/usr/bin/uptime".into(), "-p".into()]];
        rules
    }

    fn reason(rules: &Rules, more: &Value) -> Option<Reason> {
        plan(rules, &offer(more)).err().map(|denied| denied.reason)
    }

    #[test]
    fn a_block_finds_its_inputs_in_its_environment_and_nothing_else() {
        let with = json!({
            "uses": "restart", "with": {"service": "nginx"}, "command": "reboot", "user": "root",
            "env": {"LD_PRELOAD": "/evil.so", "PULSE_INPUT_OTHER": "x", "PULSE_WORKER": "w"},
        });

        let plan = plan(&rules(Allow::FunctionBlocks), &offer(&with)).unwrap();

        let names: Vec<&str> = plan.env.keys().map(String::as_str).collect();
        assert_eq!(names, ["PULSE_INPUT_SERVICE", "PULSE_WORKER"]);
        assert!(
            matches!(plan.what, What::Line(Runtime::Shell, text) if text.starts_with("systemctl"))
        );
        assert_eq!((plan.timeout_ms, plan.user), (50, None));
    }

    #[test]
    fn no_step_runs_longer_than_the_host_lets_it() {
        let mut rules = rules(Allow::Any);
        let time = |rules: &Rules, wanted: u64| {
            let offer = offer(&json!({"command": "true", "timeout": wanted}));
            plan(rules, &offer).unwrap().timeout_ms
        };
        assert_eq!(time(&rules, 1000), 1000);

        rules.run_timeout_ms = Some(300);

        assert_eq!((time(&rules, 1000), time(&rules, 200)), (300, 200));
        let block = json!({"uses": "restart", "with": {"service": "nginx"}});
        assert_eq!(plan(&rules, &offer(&block)).unwrap().timeout_ms, 50);
    }

    #[test]
    fn values_that_a_block_does_not_take_are_refused_here_too() {
        let rules = rules(Allow::Any);
        for with in [
            json!({}),
            json!({"service": "sshd"}),
            json!({"service": "nginx", "x": 1}),
        ] {
            let denied = reason(&rules, &json!({"uses": "restart", "with": with}));
            assert_eq!(denied, Some(Reason::PolicyDenied), "{with}");
        }
        assert_eq!(
            reason(&rules, &json!({"uses": "other"})),
            Some(Reason::PolicyDenied)
        );
    }

    #[test]
    fn a_host_that_runs_blocks_only_runs_no_command_and_no_script() {
        let rules = rules(Allow::FunctionBlocks);

        for more in [
            json!({"command": "true"}),
            json!({"command": "true", "script": true}),
        ] {
            assert_eq!(reason(&rules, &more), Some(Reason::PolicyDenied));
        }
        assert_eq!(reason(&rules, &json!({"uses": DOCTOR})), None);
    }

    #[test]
    fn a_listed_command_runs_word_for_word_and_without_a_shell() {
        let rules = rules(Allow::Listed);
        let allowed = plan(&rules, &offer(&json!({"command": " /usr/bin/uptime  -p"}))).unwrap();

        assert_eq!(
            allowed.what,
            What::Argv(vec!["/usr/bin/uptime".into(), "-p".into()])
        );
        for command in [
            "/usr/bin/uptime",
            "/usr/bin/uptime -p; reboot",
            "/usr/bin/uptime -p\nreboot",
            "/usr/bin/uptime $(reboot)",
            "/usr/bin/uptime -p extra",
        ] {
            let denied = reason(&rules, &json!({"command": command}));
            assert_eq!(denied, Some(Reason::PolicyDenied), "{command}");
        }
        let as_root = json!({"command": "/usr/bin/uptime -p", "user": "root"});
        assert_eq!(reason(&rules, &as_root), Some(Reason::PolicyDenied));
    }

    #[test]
    fn secrets_reach_commands_and_nothing_that_the_host_has_written() {
        let secrets = json!({"LD_PRELOAD": "/evil.so"});
        let command = json!({"command": "/usr/bin/uptime -p", "secrets": secrets});
        let with = json!({"service": "nginx"});
        let block = json!({"uses": "restart", "with": with, "secrets": secrets});

        let any = plan(&rules(Allow::Any), &offer(&command)).unwrap();
        let listed = reason(&rules(Allow::Listed), &command);
        let called = plan(&rules(Allow::Any), &offer(&block)).unwrap();

        assert_eq!(any.secrets["LD_PRELOAD"].expose(), "/evil.so");
        assert!(!format!("{any:?}").contains("evil"));
        assert_eq!(listed, Some(Reason::PolicyDenied));
        assert!(called.secrets.is_empty());
    }

    #[test]
    fn where_the_host_names_the_user_nobody_else_can() {
        let mut rules = rules(Allow::Any);
        rules.confinement.user = Some("nobody".into());

        let plan = plan(&rules, &offer(&json!({"command": "id"}))).unwrap();

        assert_eq!(plan.user.as_deref(), Some("nobody"));
        let root = json!({"command": "id", "user": "root"});
        assert_eq!(reason(&rules, &root), Some(Reason::PolicyDenied));
    }
}
