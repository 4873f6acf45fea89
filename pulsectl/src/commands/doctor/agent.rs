//! What the agent of this machine says of itself: `pulse-agent doctor`, run and read.

use std::{
    io,
    process::{Command, Stdio},
};

use pulse_api::doctor::{Check, Verdict};
use serde::Deserialize;

const PROGRAM: &str = "pulse-agent";
const NAME: &str = "agent";

/// What `pulse-agent doctor --json` prints.
#[derive(Debug, Deserialize)]
struct Report {
    checks: Vec<Found>,
}

#[derive(Debug, Deserialize)]
struct Found {
    verdict: Word,
    detail: String,
    fix: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Good,
    Warning,
    Bad,
}

/// Runs the agent's own doctor. It asks the server itself, and gives up by itself.
pub(super) fn checks() -> Vec<Check> {
    let ran = Command::new(PROGRAM)
        .args(["doctor", "--json"])
        // Whose token this is, is no business of the agent.
        .env_remove("PULSE_TOKEN")
        .env_remove("PULSE_TOKEN_FILE")
        .stdin(Stdio::null())
        .output();
    let output = match ran {
        Ok(output) => output,
        Err(error) => return vec![absent(&error)],
    };
    if let Ok(report) = serde_json::from_slice::<Report>(&output.stdout) {
        return report.checks.into_iter().map(Check::from).collect();
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or("it said nothing");
    let detail = format!("`{PROGRAM} doctor` ended with {}: {said}", output.status);
    vec![Check::bad(NAME, detail, format!("{PROGRAM} doctor"))]
}

fn absent(error: &io::Error) -> Check {
    let (detail, fix) = if error.kind() == io::ErrorKind::NotFound {
        (
            format!("there is no {PROGRAM} on this machine's PATH"),
            "install the agent here, or look at a host with `pulsectl worker doctor NAME`",
        )
    } else {
        (
            format!("could not run {PROGRAM}: {error}"),
            "see who may run it",
        )
    };
    Check::bad(NAME, detail, fix)
}

impl From<Found> for Check {
    fn from(found: Found) -> Self {
        Self {
            name: NAME,
            verdict: match found.verdict {
                Word::Good => Verdict::Good,
                Word::Warning => Verdict::Warning,
                Word::Bad => Verdict::Bad,
            },
            detail: found.detail,
            fix: found.fix,
        }
    }
}
