//! The way to the server: its name, its certificate, its answer, its clock, its opinion of us.

use std::{error::Error as _, net::ToSocketAddrs as _};

use pulse_api::{ProblemCode, http::health::HealthView};
use serde_json::{Value, json};

use super::{Finding, block_on};
use crate::{
    address::Address,
    clock,
    config::Config,
    credential::Credential,
    network::{Network, RequestError},
    state::State,
};

/// A clock this far off is worth a remark; pulse itself does not rely on it.
const SKEW_LIMIT_SECONDS: f64 = 5.0;

/// Looks as far as it gets.
pub(super) fn look(config: &Config, state: Option<&State>, findings: &mut Vec<Finding>) {
    let known = state.and_then(|state| state.credential().ok().flatten());
    let server = known.as_ref().map(|known| known.server.clone());
    let Some(url) = config.server.url.clone().or(server) else {
        let fact = "no server is configured".to_owned();
        findings.push(Finding::Bad(fact, "set server.url"));
        return;
    };
    let address = match Address::parse(&url, config.server.plain()) {
        Ok(address) => address,
        Err(error) => {
            let fix = "write it like https://pulse.example";
            findings.push(Finding::Bad(error.to_string(), fix));
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
        Ok(network) => ask(&network, known.as_ref(), findings),
        Err(error) => {
            let fact = format!("certificates cannot be loaded: {error}");
            findings.push(Finding::Bad(fact, "check server.ca_cert"));
        }
    }
}

fn ask(network: &Network, known: Option<&Credential>, findings: &mut Vec<Finding>) {
    let address = &network.address;
    match block_on(network.get::<HealthView>("/health")) {
        Some(Ok(health)) => {
            findings.push(Finding::Good(format!("{address} answers")));
            findings.push(encryption(address));
            findings.push(skew(&health));
            findings.extend(known.map(|known| opinion(network, known)));
        }
        Some(Err(error)) => {
            let cause = error
                .source()
                .map_or(String::new(), |cause| format!(": {cause}"));
            let fix = if cause.contains("certificate") {
                "set server.ca_cert to the authority that signed the server's certificate"
            } else {
                "check the address, firewalls, and that pulsed runs"
            };
            let fact = format!("{address} does not answer: {error}{cause}");
            findings.push(Finding::Bad(fact, fix));
        }
        None => {}
    }
}

fn encryption(address: &Address) -> Finding {
    if address.is_tls {
        Finding::Good("the server's certificate is trusted".to_owned())
    } else if address.is_loopback() {
        Finding::Good("the server is on this host, so nothing has to be encrypted".to_owned())
    } else {
        Finding::Remark(
            "the connection to the server is not encrypted".to_owned(),
            "use an https:// address, and take server.insecure out",
        )
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
    Finding::Good(format!(
        "the clock agrees with the server's ({seconds:+.1} s)"
    ))
}

/// Whether the server still takes this host's credential.
fn opinion(network: &Network, known: &Credential) -> Finding {
    let endpoint = format!("/workers/{}/ping", known.worker_id);
    let body = json!({});
    let asked = network.post::<Value>(&endpoint, Some(known.secret()), &body);
    match block_on(asked) {
        Some(Ok(_)) => Finding::Good("the server takes this host's credential".to_owned()),
        Some(Err(RequestError::Refused(problem))) if problem.code == ProblemCode::WorkerDeleted => {
            Finding::Remark(
                "the server has cleaned this worker up".to_owned(),
                "start the agent: it registers again",
            )
        }
        Some(Err(RequestError::Refused(problem)))
            if problem.code == ProblemCode::CredentialUnknown =>
        {
            never_given_out(known)
        }
        Some(Err(RequestError::Refused(problem))) => Finding::Bad(
            format!("the server refuses this host: {}", problem.detail),
            "enrol anew with `pulse-agent enroll --force …` and a new token",
        ),
        Some(Err(_)) | None => Finding::Remark(
            "the server did not say whether it takes this host's credential".to_owned(),
            "try again",
        ),
    }
}

/// A restore of the server's database, or another server.
fn never_given_out(known: &Credential) -> Finding {
    let fact = "the server has never given out this host's credential: its database was restored from an older backup, or it is another server".to_owned();
    let anew = "if `pulsectl worker ls` shows this worker, `pulsectl worker remove <name> --force`; then `pulse-agent enroll --force …` here with a new token";
    match known.earlier() {
        0 => Finding::Bad(fact, anew),
        _ => Finding::Bad(
            fact,
            "start the agent: it goes back to the earlier credential that the server knows; if its log says that there is none, `pulsectl worker remove <name> --force` and `pulse-agent enroll --force …` here with a new token",
        ),
    }
}
