//! Looks at everything that keeps an agent from working, and says how to mend it.
//!
//! This file says what was found; `local` looks at this host, `server` at the way to the server.

mod local;
mod server;

use std::path::Path;

use serde_json::json;

use crate::{
    config::{Loaded, Origin},
    ui,
    verbs::Failure,
};

/// Something is wrong.
const ILL: u8 = 3;

/// Whether people or programs read what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Json,
}

/// One thing that was looked at, and how to mend it where that is needed.
enum Finding {
    Good(String),
    Remark(String, &'static str),
    Bad(String, &'static str),
}

impl Finding {
    /// A sign and a word for how bad it is, what was found, and how to mend it.
    fn parts(&self) -> (char, &'static str, &str, Option<&'static str>) {
        match self {
            Self::Good(fact) => ('✓', "ok", fact, None),
            Self::Remark(fact, fix) => ('!', "remark", fact, Some(fix)),
            Self::Bad(fact, fix) => ('✗', "bad", fact, Some(fix)),
        }
    }
}

/// Prints one line for each thing looked at; the exit code.
pub(crate) fn examine(
    (state_dir, origin): (&Path, &Origin),
    loaded: Result<Loaded, Failure>,
    form: Form,
) -> u8 {
    let mut findings = Vec::new();
    match loaded {
        Ok(loaded) => {
            findings.push(Finding::Good("the configuration is valid".to_owned()));
            findings.extend(local::file(origin));
            let state = local::state(state_dir, &mut findings);
            server::look(&loaded.config, state.as_ref(), &mut findings);
            let load = state.as_ref().map(local::executor);
            let load = load.and_then(|(finding, load)| {
                findings.push(finding);
                load
            });
            findings.extend(local::runtimes(&loaded.config, &origin.environment));
            findings.push(local::sandbox(&loaded.config, load.as_ref()));
        }
        Err(failure) => {
            let fix = "correct the configuration file";
            findings.push(Finding::Bad(failure.sentence, fix));
        }
    }
    tell(&findings, form);
    if is_well(&findings) { 0 } else { ILL }
}

fn is_well(findings: &[Finding]) -> bool {
    !findings.iter().any(|it| matches!(it, Finding::Bad(..)))
}

fn tell(findings: &[Finding], form: Form) {
    match form {
        Form::Text => {
            for finding in findings {
                let (sign, _, fact, fix) = finding.parts();
                let fix = fix.map_or(String::new(), |fix| format!("\n  fix: {fix}"));
                ui::line(format!("{sign} {fact}{fix}"));
            }
        }
        Form::Json => {
            let checks: Vec<_> = findings
                .iter()
                .map(|finding| {
                    let (_, status, fact, fix) = finding.parts();
                    json!({"status": status, "fact": fact, "fix": fix})
                })
                .collect();
            ui::line(json!({"healthy": is_well(findings), "checks": checks}));
        }
    }
}

/// A runtime for what has to be asked.
fn block_on<T>(asked: impl Future<Output = T>) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.ok().map(|runtime| runtime.block_on(asked))
}
