//! The document behind `fleet rolling-restart` and `fleet upgrade`.

use std::time::Duration;

use clap::Args;
use serde_json::{Map, Value, json};

use crate::{commands::selectors, duration, error::Failure};

/// How a change goes over the workers.
#[derive(Debug, Args)]
pub(super) struct Pace {
    /// Only these workers, such as role=web,region!=fra; without it all of them
    #[arg(short = 'l', long, value_name = "SELECTOR")]
    pub(super) selector: Vec<String>,
    /// How many at a time: a number, or a part of all such as 10%
    #[arg(long, value_name = "SHARE", default_value = "1", value_parser = batch)]
    batch: String,
    /// Never more than this many at a time
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    max_unavailable: Option<u32>,
    /// Rest between two batches
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    pause: Option<Duration>,
    /// How long a worker may take to finish what runs there
    #[arg(long, value_name = "DURATION", default_value = "30m", value_parser = duration::parse)]
    drain_deadline: Duration,
    /// A command that must succeed on each worker before it gets work again
    #[arg(long, value_name = "COMMAND")]
    health: Option<String>,
    /// A workflow that must end well on the workers of each batch, once they get work again, before the
    /// next batch begins
    #[arg(long, value_name = "WORKFLOW", conflicts_with = "health")]
    health_workflow: Option<String>,
    /// How many workers may fail before it stops: a number, or a part of all
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = share)]
    max_failures: String,
    /// Begin with this many, and look at how they do before the others follow
    #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u32).range(1..))]
    canary: Option<u32>,
    /// How long to look at the canary
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    canary_time: Option<Duration>,
    /// How many runs must end on the canary, none of them badly
    #[arg(long, value_name = "COUNT")]
    canary_runs: Option<u32>,
}

/// A number of workers, or a percentage.
fn share(text: &str) -> Result<String, String> {
    let digits = text.strip_suffix('%').unwrap_or(text);
    let number: Option<u32> = digits.parse().ok();
    let is_percent = digits.len() < text.len();
    match number {
        Some(number) if !is_percent || number <= 100 => Ok(text.to_owned()),
        Some(_) | None => Err("expected a number such as 2, or a part of all such as 10%".into()),
    }
}

/// Some workers at least.
fn batch(text: &str) -> Result<String, String> {
    match text.trim_end_matches('%').parse() {
        Ok(0_u32) => Err("with no worker at a time it would never end".into()),
        Ok(1..) | Err(_) => share(text),
    }
}

impl Pace {
    /// The document that does `change` to each worker, with what surrounds it.
    pub(super) fn document(
        &self,
        (id, name): (&str, &str),
        change: Vec<Value>,
    ) -> Result<Value, Failure> {
        let targets = match selectors::targets(&[], selectors::all(&self.selector)?.as_deref())? {
            Some(targets) => targets,
            None => json!(["all"]),
        };
        let deadline = milliseconds(self.drain_deadline);
        let mut steps = vec![json!({"id": "drain", "agent": "drain", "timeout": deadline})];
        steps.extend(change);
        steps.push(json!({"id": "doctor", "agent": "doctor", "timeout": "2m"}));
        if let Some(command) = &self.health {
            steps.push(json!({"id": "health", "command": command, "literal": true}));
        }
        steps.push(json!({"id": "resume", "agent": "resume"}));
        Ok(json!({
            "name": id,
            "targets": targets,
            "offline": "skip",
            "steps": [{"id": id, "name": name, "rollout": self.rollout(), "steps": steps}],
        }))
    }

    fn rollout(&self) -> Value {
        let mut rollout = Map::new();
        let batch = json!(self.batch);
        rollout.insert(
            "batches".into(),
            match self.canary() {
                Some(canary) => json!([canary, batch]),
                None => json!([batch]),
            },
        );
        rollout.insert("max_fail".into(), json!(self.max_failures));
        if let Some(most) = self.max_unavailable {
            rollout.insert("max_unavailable".into(), json!(most));
        }
        if let Some(pause) = self.pause {
            rollout.insert("pause".into(), json!(milliseconds(pause)));
        }
        let gate = self.canary().map(|_| self.gate());
        let workflow = self.health_workflow.as_ref();
        let each = workflow.map(|workflow| json!({"workflow": workflow}));
        let health: Vec<Value> = gate.into_iter().chain(each).collect();
        if !health.is_empty() {
            rollout.insert("health".into(), Value::Array(health));
        }
        Value::Object(rollout)
    }

    /// How many workers are the canary; looking at one means having one.
    fn canary(&self) -> Option<u32> {
        let is_looked_at = self.canary_time.is_some() || self.canary_runs.is_some();
        self.canary.or(is_looked_at.then_some(1))
    }

    fn gate(&self) -> Value {
        let mut gate = Map::from_iter([("after".to_owned(), json!("first"))]);
        if let Some(time) = self.canary_time {
            gate.insert("for".into(), json!(milliseconds(time)));
        }
        if let Some(runs) = self.canary_runs {
            gate.insert("runs".into(), json!(runs));
        }
        Value::Object(gate)
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        pace: Pace,
    }

    fn document(arguments: &[&str]) -> Value {
        let line = Line::try_parse_from([&["x"], arguments].concat()).unwrap();
        let restart = json!({"id": "restart", "agent": "restart"});
        line.pace
            .document(("rolling-restart", "Rolling restart"), vec![restart])
            .unwrap()
    }

    #[test]
    fn what_is_written_loads_whatever_the_flags() {
        for arguments in [
            &[][..],
            &[
                "-l",
                "role=action",
                "--batch",
                "10%",
                "--max-unavailable",
                "3",
            ],
            &[
                "--canary",
                "2",
                "--canary-time",
                "10m",
                "--canary-runs",
                "3",
            ],
            &[
                "--pause",
                "30s",
                "--max-failures",
                "20%",
                "--health",
                "echo ${{ not ours }}",
            ],
            &["--health-workflow", "look", "--canary-runs", "3"],
        ] {
            let text = document(arguments).to_string();
            let source = pulse_workflow::Source {
                name: "x",
                text: &text,
            };
            assert!(pulse_workflow::load(&source).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_workflow_looks_at_each_batch_and_not_beside_a_command() {
        let document = document(&["--health-workflow", "look@3", "--canary", "2"]);
        let refused = ["x", "--health-workflow", "look", "--health", "true"];

        let rollout = &document["steps"][0]["rollout"];
        assert_eq!(rollout["batches"], json!([2, "1"]));
        let canary = json!({"after": "first"});
        assert_eq!(rollout["health"], json!([canary, {"workflow": "look@3"}]));
        assert!(Line::try_parse_from(refused).is_err());
    }

    #[test]
    fn a_gate_brings_a_canary_of_one() {
        let rollout =
            document(&["--canary-runs", "3", "--batch", "25%"])["steps"][0]["rollout"].clone();

        assert_eq!(rollout["batches"], json!([1, "25%"]));
        assert_eq!(rollout["health"], json!([{"after": "first", "runs": 3}]));
    }

    #[test]
    fn what_is_no_share_is_refused() {
        for wrong in ["110%", "some", "-1", "%"] {
            assert!(share(wrong).is_err(), "{wrong}");
            assert!(batch(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_batch_of_nobody_is_refused_where_it_was_typed() {
        for wrong in ["0", "00", "0%"] {
            assert!(batch(wrong).is_err(), "{wrong}");
            assert!(share(wrong).is_ok(), "{wrong}");
        }
        assert!(["1", "10%"].into_iter().all(|right| batch(right).is_ok()));
    }
}
