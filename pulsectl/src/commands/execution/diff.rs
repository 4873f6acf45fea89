//! `execution diff`: what went otherwise in another execution.

use clap::Args;
use pulse_api::http::executions::ExecutionView;
use serde_json::json;
use similar::TextDiff;

use super::ls::workflow;
use crate::{
    app::App,
    client::Client,
    commands::{references, workflow::colored},
    error::{Exit, Failure, Kind},
    ui::{Paint, sanitize},
};

/// Show how two executions differ: version, inputs, and how steps and jobs ended
///
/// Exit codes: 0 the same, 1 different, more for an error.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("execution"), value_name = "EXECUTION")]
    before: String,
    /// The one to compare it with
    #[arg(value_parser = crate::names::given("execution"), value_name = "OTHER")]
    after: String,
}

impl Diff {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let before = get(&client, &self.before).await?;
        let after = get(&client, &self.after).await?;
        if app.ui.is_structured() {
            return structured(app, &before, &after);
        }
        let text = compared(&before, &after);
        if text.is_empty() {
            app.ui.say(format!(
                "#{} and #{} went the same way",
                before.number, after.number
            ));
            return Ok(Exit::OK);
        }
        if app.ui.paint == Paint::Colored {
            app.ui.data(colored(&text).trim_end_matches('\n'))?;
        } else {
            app.ui.text(&sanitize::lines(&text))?;
        }
        Ok(Kind::General.into())
    }
}

/// The differences for a program: what was said only of one, and only of the other.
fn structured(app: &App, before: &ExecutionView, after: &ExecutionView) -> Result<Exit, Failure> {
    let (one, other) = (told(before), told(after));
    let lacks = |text: &str, lines: &str| -> Vec<String> {
        let lacking = lines
            .lines()
            .filter(|line| !text.lines().any(|own| own == *line));
        lacking.map(|line| line.trim().to_owned()).collect()
    };
    let same = one == other;
    app.ui.structured(&json!({
        "before": before.number, "after": after.number, "same": same,
        "removed": lacks(&other, &one), "added": lacks(&one, &other),
    }))?;
    Ok(if same { Exit::OK } else { Kind::General.into() })
}

async fn get(client: &Client, given: &str) -> Result<ExecutionView, Failure> {
    let reference = references::execution(client, given).await?;
    client.get(&format!("/executions/{reference}")).await
}

/// A unified diff; empty when there is no difference.
fn compared(before: &ExecutionView, after: &ExecutionView) -> String {
    let (one, other) = (told(before), told(after));
    if one == other {
        return String::new();
    }
    let names = (format!("#{}", before.number), format!("#{}", after.number));
    TextDiff::from_lines(&one, &other)
        .unified_diff()
        .context_radius(2)
        .header(&names.0, &names.1)
        .to_string()
}

/// How it went, without what differs every time: ids, times, who started it.
fn told(execution: &ExecutionView) -> String {
    let mut lines = vec![
        format!(
            "workflow: {}",
            workflow(execution).unwrap_or_else(|| "unnamed run".to_owned())
        ),
        format!("status: {}", execution.status),
    ];
    let inputs = execution.inputs.iter();
    lines.extend(inputs.map(|(name, value)| format!("input {name}: {value}")));
    for step in &execution.steps {
        let reason = step.reason.iter().map(|reason| format!(" ({reason})"));
        let response = step.response.iter().map(|answer| format!(" {answer}"));
        let more: String = reason.chain(response).collect();
        lines.push(format!("step {}: {}{more}", step.id, step.status));
        let mut jobs: Vec<String> = step
            .jobs
            .iter()
            .map(|job| {
                let code = job.exit_code.map(|code| format!(", exit code {code}"));
                let signal = job.signal.map(|signal| format!(", signal {signal}"));
                let how = code.or(signal).unwrap_or_default();
                format!("  {} on {}: {}{how}", step.id, job.worker, job.status)
            })
            .collect();
        jobs.sort();
        lines.extend(jobs);
        for (worker, host) in &step.hosts {
            let outputs = host.outputs.iter();
            lines.extend(
                outputs
                    .map(|(key, value)| format!("  {} on {worker} gave {key}: {value}", step.id)),
            );
        }
    }
    lines.join("\n") + "\n"
}
