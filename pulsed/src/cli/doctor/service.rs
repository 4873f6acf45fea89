//! The unit of systemd, where systemd runs.

use pulse_api::doctor::Check;
use std::{collections::BTreeMap, path::Path, time::Duration};

use tokio::process::Command;

const UNIT: &str = "pulsed.service";

/// What `systemctl show` is asked for.
const PROPERTIES: &str =
    "--property=LoadState,ActiveState,SubState,UnitFileState,StatusText,Result,NRestarts";

pub(super) async fn check() -> Option<Check> {
    if !Path::new("/run/systemd/system").is_dir() {
        return None;
    }
    let mut command = Command::new("systemctl");
    command.args(["show", UNIT, PROPERTIES]).kill_on_drop(true);
    let shown = tokio::time::timeout(Duration::from_secs(5), command.output()).await;
    let Ok(Ok(output)) = shown else {
        let detail = "systemd runs here, but systemctl does not answer";
        return Some(Check::warning(
            "service",
            detail,
            format!("systemctl status {UNIT}"),
        ));
    };
    Some(judge(&String::from_utf8_lossy(&output.stdout)))
}

fn judge(shown: &str) -> Check {
    let all: BTreeMap<&str, &str> = shown
        .lines()
        .filter_map(|line| line.split_once('='))
        .collect();
    let value = |name: &str| all.get(name).copied().unwrap_or_default();
    if value("LoadState") != "loaded" {
        return Check::good("service", format!("{UNIT} is not installed"));
    }
    let said = match value("StatusText") {
        "" => String::new(),
        text => format!(": {text}"),
    };
    let state = format!(
        "{UNIT} is {} ({}){said}",
        value("ActiveState"),
        value("SubState")
    );
    let see = format!("see journalctl -u {UNIT} -n 50");
    let is_enabled = value("UnitFileState").starts_with("enabled");
    match (value("ActiveState"), is_enabled) {
        ("active", true) => Check::good("service", format!("{state}, and starts with this host")),
        ("active", false) => Check::warning(
            "service",
            format!("{state}, but does not start with this host"),
            format!("systemctl enable {UNIT}"),
        ),
        ("failed", _) => Check::bad(
            "service",
            format!("{state}, result {}", value("Result")),
            see,
        ),
        ("activating", _) if value("NRestarts") != "0" => {
            let times = value("NRestarts");
            Check::bad("service", format!("{state}, restarted {times} times"), see)
        }
        ("activating" | "deactivating" | "reloading", _) => Check::warning("service", state, see),
        _ => Check::warning("service", state, format!("systemctl enable --now {UNIT}")),
    }
}

#[cfg(test)]
mod tests {
    use pulse_api::doctor::Verdict;

    use super::*;

    fn shown(active: &str, file: &str, restarts: u32) -> String {
        format!(
            "LoadState=loaded\nActiveState={active}\nSubState=x\nUnitFileState={file}\n\
             StatusText=waiting for the database\nResult=exit-code\nNRestarts={restarts}\n"
        )
    }

    #[test]
    fn a_unit_is_as_well_as_systemd_says() {
        for (active, file, restarts, verdict) in [
            ("active", "enabled", 3, Verdict::Good),
            ("active", "disabled", 0, Verdict::Warning),
            ("failed", "enabled", 0, Verdict::Bad),
            ("activating", "enabled", 0, Verdict::Warning),
            ("activating", "enabled", 7, Verdict::Bad),
            ("inactive", "disabled", 0, Verdict::Warning),
        ] {
            let check = judge(&shown(active, file, restarts));

            assert_eq!(check.verdict, verdict, "{}", check.detail);
            assert!(check.detail.contains("waiting for the database"));
        }
    }

    #[test]
    fn a_unit_that_is_not_there_is_no_fault() {
        assert_eq!(judge("LoadState=not-found\n").verdict, Verdict::Good);
    }
}
