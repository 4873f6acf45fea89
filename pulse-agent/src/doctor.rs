//! Looks at everything that keeps an agent from working, and says how to mend it.

use std::{
    fs, net::ToSocketAddrs as _, os::unix::fs::PermissionsExt as _, path::Path, time::Duration,
};

use pulse_api::http::health::HealthView;
use serde_json::json;

use crate::{
    address::Address,
    clock,
    config::{Config, Loaded},
    control,
    network::Network,
    state::State,
    ui,
    verbs::Failure,
    wire::ToExecutor,
};

/// Something is wrong.
const ILL: u8 = 3;
/// A clock this far off is worth a remark; pulse itself does not rely on it.
const SKEW_LIMIT_SECONDS: f64 = 5.0;

/// Whether people or programs read what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Json,
}

enum Finding {
    Good(String),
    Remark(String, &'static str),
    Bad(String, &'static str),
}

/// Prints one line for each thing looked at; the exit code.
pub(crate) fn examine(state_dir: &Path, loaded: Result<Loaded, Failure>, form: Form) -> u8 {
    let config = match loaded {
        Ok(loaded) => loaded.config,
        Err(failure) => {
            let finding = Finding::Bad(failure.sentence, "correct the configuration file");
            tell(&[finding], form);
            return ILL;
        }
    };
    let mut findings = vec![Finding::Good("configuration is valid".to_owned())];
    let state = look_at_state(state_dir, &mut findings);
    look_at_server(&config, state.as_ref(), &mut findings);
    if let Some(state) = &state {
        findings.push(look_at_executor(state));
    }
    tell(&findings, form);
    if is_well(&findings) { 0 } else { ILL }
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

fn is_well(findings: &[Finding]) -> bool {
    !findings
        .iter()
        .any(|finding| matches!(finding, Finding::Bad(..)))
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

fn look_at_state(path: &Path, findings: &mut Vec<Finding>) -> Option<State> {
    let probed = State::open(path).and_then(|state| {
        let probe = state.path().join("doctor.probe");
        fs::write(&probe, b"x")?;
        fs::remove_file(&probe)?;
        Ok(state)
    });
    let state = match probed {
        Ok(state) => state,
        Err(error) => {
            let fact = format!("{} cannot be written: {error}", path.display());
            findings.push(Finding::Bad(
                fact,
                "run as the user of the agent, or pass --state-dir",
            ));
            return None;
        }
    };
    findings.push(Finding::Good(format!("{} can be written", path.display())));
    findings.push(look_at_credential(&state));
    Some(state)
}

fn look_at_credential(state: &State) -> Finding {
    let mode =
        fs::metadata(state.credential_path()).map(|about| about.permissions().mode() & 0o777);
    match (state.credential(), mode) {
        (Ok(None), _) => Finding::Remark(
            "this host is not enrolled".to_owned(),
            "run `pulse-agent enroll --url … --token-file …`",
        ),
        (Ok(Some(_)), Ok(mode)) if mode & 0o077 != 0 => Finding::Bad(
            format!("others may read the credential (mode {mode:o})"),
            "chmod 600 credential.json, then remove and enrol the worker anew",
        ),
        (Ok(Some(known)), _) => {
            Finding::Good(format!("enrolled as {} in {}", known.name, known.region))
        }
        (Err(error), _) => Finding::Bad(
            format!("the credential cannot be read: {error}"),
            "enrol anew with `pulse-agent enroll --force …`",
        ),
    }
}

fn look_at_server(config: &Config, state: Option<&State>, findings: &mut Vec<Finding>) {
    let known = state.and_then(|state| state.credential().ok().flatten());
    let Some(url) = config
        .server
        .url
        .clone()
        .or(known.map(|known| known.server))
    else {
        findings.push(Finding::Bad(
            "no server is configured".to_owned(),
            "set server.url",
        ));
        return;
    };
    let address = match Address::parse(&url, config.server.plain()) {
        Ok(address) => address,
        Err(error) => {
            findings.push(Finding::Bad(
                error.to_string(),
                "write it like https://pulse.example",
            ));
            return;
        }
    };
    match (address.host.as_str(), address.port).to_socket_addrs() {
        Ok(_) => findings.push(Finding::Good(format!("{} has an address", address.host))),
        Err(error) => {
            let fact = format!("{} has no address: {error}", address.host);
            findings.push(Finding::Bad(fact, "check the name, and the host's DNS"));
            return;
        }
    }
    match Network::new(address, config.server.ca_cert.as_deref()) {
        Ok(network) => look_at_answer(&network, findings),
        Err(error) => {
            let fact = format!("certificates cannot be loaded: {error}");
            findings.push(Finding::Bad(fact, "check server.ca_cert"));
        }
    }
}

fn look_at_answer(network: &Network, findings: &mut Vec<Finding>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let Ok(runtime) = runtime else { return };
    let asked = runtime.block_on(network.get::<HealthView>("/health"));
    match asked {
        Ok(health) => {
            findings.push(Finding::Good(format!("{} answers", network.address)));
            findings.push(skew(&health));
        }
        Err(error) => {
            let cause = std::error::Error::source(&error)
                .map_or(String::new(), |cause| format!(": {cause}"));
            findings.push(Finding::Bad(
                format!("{} does not answer: {error}{cause}", network.address),
                "check the address, firewalls, and that pulsed runs",
            ));
        }
    }
}

fn skew(health: &HealthView) -> Finding {
    let seconds = clock::wall().duration_since(health.timestamp).as_secs_f64();
    if seconds.abs() > SKEW_LIMIT_SECONDS {
        return Finding::Remark(
            format!("this host's clock is {seconds:+.0} s off the server's"),
            "switch on time synchronisation; pulse itself goes by the server's clock",
        );
    }
    Finding::Good("the clock agrees with the server's".to_owned())
}

fn look_at_executor(state: &State) -> Finding {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let asked = runtime.map(|runtime| {
        runtime.block_on(async {
            let limit = Duration::from_secs(2);
            tokio::time::timeout(limit, control::ask(state, &ToExecutor::Status)).await
        })
    });
    match asked {
        Ok(Ok(Ok(load))) if load.link_online => {
            Finding::Good("the executor is alive and the link is connected".to_owned())
        }
        Ok(Ok(Ok(_))) => Finding::Remark(
            "the executor is alive, but no link is connected".to_owned(),
            "start `pulse-agent run`, and look at its log",
        ),
        Ok(Ok(Err(_)) | Err(_)) | Err(_) => Finding::Remark(
            "no agent is running here".to_owned(),
            "start it with `systemctl start pulse-agent` or `pulse-agent run`",
        ),
    }
}
