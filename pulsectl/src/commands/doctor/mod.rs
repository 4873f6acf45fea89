//! `doctor`: looks for what is wrong between this machine and the server.

use clap::Args;
use pulse_api::doctor::{Check, Verdict, is_healthy};
use serde::Serialize;

use crate::{
    app::App,
    error::{Exit, Failure, Kind},
    flags::Output,
    ui::{Tone, sanitize, toned},
};

mod agent;
mod certificate;
mod local;
mod mend;
mod remote;

/// Look for what is wrong: configuration, network, server, clock, token
///
/// Exit code 3 when a check did not pass.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// The same as -o json
    #[arg(long)]
    json: bool,
    /// First mend what can be mended here without harm: who may read the tokens, and completion
    #[arg(long)]
    fix: bool,
    /// Also have the agent of this machine look at itself, as `pulse-agent doctor` does
    #[arg(long)]
    agent: bool,
}

fn failed(name: &'static str, failure: &Failure) -> Check {
    let mut detail = failure.message.clone();
    if let Some(cause) = failure.causes.last() {
        detail = format!("{detail}: {cause}");
    }
    Check {
        name,
        verdict: Verdict::Bad,
        detail,
        fix: failure.hint.clone(),
    }
}

#[derive(Serialize)]
struct Report<'a> {
    healthy: bool,
    checks: &'a [Check],
}

impl Doctor {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        if self.fix {
            for line in mend::mend(app) {
                app.ui.say(line);
            }
        }
        let mut checks = local::checks(app);
        checks.extend(remote::checks(app).await);
        if self.agent {
            checks.extend(agent::checks());
        }
        let healthy = is_healthy(&checks);
        if self.json || app.ui.is_structured() {
            let mut ui = app.ui.clone();
            if !ui.is_structured() {
                ui.output = Output::Json;
            }
            ui.structured(&Report {
                healthy,
                checks: &checks,
            })?;
        } else {
            for check in checks
                .iter()
                .filter(|check| !app.ui.quiet || check.verdict == Verdict::Bad)
            {
                app.ui.data(line(check))?;
            }
        }
        Ok(if healthy {
            Exit::OK
        } else {
            Kind::Failed.into()
        })
    }
}

fn line(check: &Check) -> String {
    let mark = match check.verdict {
        Verdict::Good => toned("✓", Tone::Good),
        Verdict::Warning => toned("!", Tone::Warn),
        Verdict::Bad => toned("✗", Tone::Bad),
    };
    let fix = check
        .fix
        .as_ref()
        .map(|fix| format!("\n    fix: {}", sanitize::cell(fix)));
    format!(
        "{mark} {}: {}{}",
        check.name,
        sanitize::cell(&check.detail),
        fix.unwrap_or_default()
    )
}
