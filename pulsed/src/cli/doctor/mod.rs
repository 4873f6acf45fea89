//! `pulsed doctor`: looks for whatever keeps a server from running well, and says how to mend it.
//!
//! Nothing is changed. `setup` looks at the configuration, `database` at PostgreSQL, `certificate`
//! at what it shows, `address` at where it listens, `service` at systemd; this file says what they found.

mod address;
mod certificate;
mod database;
mod service;
mod setup;

use pulse_api::doctor::{Check, Verdict, is_healthy};
use serde_json::json;

use super::{
    failure::Failure,
    say::{out, say},
};
use crate::config::Sources;

/// Something is wrong.
const ILL: u8 = 3;

/// Whether people or programs read what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Json,
}

/// A sign, what was found, and how to mend it, on lines of their own whatever the texts hold.
fn lines(check: &Check) -> String {
    let sign = match check.verdict {
        Verdict::Good => '✓',
        Verdict::Warning => '!',
        Verdict::Bad => '✗',
    };
    let plain = |text: &str| text.replace(char::is_control, " ");
    let fix = check
        .fix
        .as_ref()
        .map(|fix| format!("    fix: {}\n", plain(fix)));
    let detail = plain(&check.detail);
    format!(
        "{sign} {}: {detail}\n{}",
        check.name,
        fix.unwrap_or_default()
    )
}

/// Looks at everything and prints a line for each thing; fails with a code of its own when one is bad.
pub(crate) fn run(sources: &Sources<'_>, form: Form) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::error(format!("cannot start the runtime: {error}")))?;
    let checks = runtime.block_on(examine(sources));
    let healthy = is_healthy(&checks);
    match form {
        Form::Text => out(&checks.iter().map(lines).collect::<String>())?,
        Form::Json => {
            let report = json!({"apiVersion": "pulse/v1", "healthy": healthy, "checks": checks});
            out(&format!("{report:#}\n"))?;
        }
    }
    if healthy {
        Ok(())
    } else {
        Err(Failure::told(ILL))
    }
}

async fn examine(sources: &Sources<'_>) -> Vec<Check> {
    let read = setup::read(sources);
    for notice in &read.notices {
        say(&format!("notice: {notice}"));
    }
    let mut checks = read.checks;
    if let Some((config, origin)) = &read.config {
        checks.extend(database::checks(&config.database, origin).await);
        checks.extend(certificate::check(config.server.tls.as_ref()));
        checks.extend(address::checks(&config.server).await);
    }
    checks.extend(service::check().await);
    checks
}

/// A length in the largest unit that leaves it above one.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let found = UNITS.iter().find(|(unit, _)| bytes >= *unit);
    found.map_or_else(
        || format!("{bytes} bytes"),
        |(unit, name)| format!("{} {name}", bytes / unit),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_holds_does_not_break_its_line() {
        let check = Check::bad("database", "refused:\n\u{1b}[2Jno", "ask\nsomebody");

        assert_eq!(
            lines(&check),
            "✗ database: refused:  [2Jno\n    fix: ask somebody\n"
        );
    }

    #[test]
    fn a_size_has_the_unit_that_fits() {
        let sizes = [0, 1023, 1024, 5 << 20, 3 << 30, 5 << 40].map(size);

        assert_eq!(
            sizes,
            [
                "0 bytes",
                "1023 bytes",
                "1 KiB",
                "5 MiB",
                "3 GiB",
                "5120 GiB"
            ]
        );
    }
}
