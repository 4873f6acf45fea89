//! Looks at everything that keeps an agent from working, and says how to mend it.
//!
//! This file says what was found; `local` looks at this host, `server` at the way to the server.

mod local;
mod server;

use std::path::Path;

use pulse_api::doctor::{Check, Verdict, is_healthy};
use serde_json::json;

use crate::{
    config::{Loaded, Origin},
    ui,
};

/// Something is wrong.
const ILL: u8 = 3;

/// Whether people or programs read what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Json,
}

/// Prints one line for each thing looked at; the exit code. Beside the configuration, why there is none.
pub(crate) fn examine(
    (state_dir, origin): (&Path, &Origin),
    loaded: Result<Loaded, String>,
    form: Form,
) -> u8 {
    let mut checks = Vec::new();
    match loaded {
        Ok(loaded) => {
            checks.push(Check::good("configuration", "the configuration is valid"));
            checks.extend(local::file(origin));
            let state = local::state(state_dir, &mut checks);
            server::look(&loaded.config, state.as_ref(), &mut checks);
            let load = state.as_ref().map(local::executor);
            let load = load.and_then(|(check, load)| {
                checks.push(check);
                load
            });
            checks.extend(local::runtimes(&loaded.config, &origin.environment));
            checks.push(local::sandbox(&loaded.config, load.as_ref()));
        }
        Err(sentence) => {
            let fix = "correct the configuration file";
            checks.push(Check::bad("configuration", sentence, fix));
        }
    }
    tell(&checks, form);
    if is_healthy(&checks) { 0 } else { ILL }
}

fn tell(checks: &[Check], form: Form) {
    match form {
        Form::Text => {
            for check in checks {
                let sign = match check.verdict {
                    Verdict::Good => '✓',
                    Verdict::Warning => '!',
                    Verdict::Bad => '✗',
                };
                let fix = check.fix.as_deref();
                let fix = fix.map_or(String::new(), |fix| format!("\n  fix: {fix}"));
                ui::line(format!("{sign} {}{fix}", check.detail));
            }
        }
        Form::Json => {
            ui::line(json!({"healthy": is_healthy(checks), "checks": checks}));
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
