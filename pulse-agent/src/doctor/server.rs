//! The way to the server: its name, its certificate, its answer, its clock, its opinion of us.

use std::{error::Error as _, net::ToSocketAddrs as _};

use pulse_api::{ProblemCode, doctor::Check, http::health::HealthView};
use serde_json::{Value, json};

use super::block_on;
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
pub(super) fn look(config: &Config, state: Option<&State>, checks: &mut Vec<Check>) {
    let known = state.and_then(|state| state.credential().ok().flatten());
    let server = known.as_ref().map(|known| known.server.clone());
    let Some(url) = config.server.url.clone().or(server) else {
        let detail = "no server is configured";
        checks.push(Check::bad("server", detail, "set server.url"));
        return;
    };
    let address = match Address::parse(&url, config.server.plain()) {
        Ok(address) => address,
        Err(error) => {
            let fix = "write it like https://pulse.example";
            checks.push(Check::bad("address", error.to_string(), fix));
            return;
        }
    };
    match (address.host.as_str(), address.port).to_socket_addrs() {
        Ok(_) => checks.push(Check::good(
            "dns",
            format!("{} has an address", address.host),
        )),
        Err(error) => {
            let detail = format!("{} has no address: {error}", address.host);
            checks.push(Check::bad(
                "dns",
                detail,
                "check the name, and the host's DNS",
            ));
            return;
        }
    }
    match Network::new(address, config.server.ca_cert.as_deref()) {
        Ok(network) => ask(&network, known.as_ref(), checks),
        Err(error) => {
            let detail = format!("certificates cannot be loaded: {error}");
            checks.push(Check::bad("tls", detail, "check server.ca_cert"));
        }
    }
}

fn ask(network: &Network, known: Option<&Credential>, checks: &mut Vec<Check>) {
    let address = &network.address;
    match block_on(network.get::<HealthView>("/health")) {
        Some(Ok(health)) => {
            checks.push(Check::good("server", format!("{address} answers")));
            checks.push(encryption(address));
            checks.push(skew(&health));
            checks.extend(known.map(|known| opinion(network, known)));
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
            let detail = format!("{address} does not answer: {error}{cause}");
            checks.push(Check::bad("server", detail, fix));
        }
        None => {}
    }
}

fn encryption(address: &Address) -> Check {
    if address.is_tls {
        Check::good("encryption", "the server's certificate is trusted")
    } else if address.is_loopback() {
        Check::good(
            "encryption",
            "the server is on this host, so nothing has to be encrypted",
        )
    } else {
        Check::warning(
            "encryption",
            "the connection to the server is not encrypted",
            "use an https:// address, and take server.insecure out",
        )
    }
}

fn skew(health: &HealthView) -> Check {
    let seconds = clock::wall().duration_since(health.timestamp).as_secs_f64();
    if seconds.abs() > SKEW_LIMIT_SECONDS {
        return Check::warning(
            "clock",
            format!("this host's clock is {seconds:+.0} s off the server's"),
            "switch on time synchronisation; pulse itself goes by the server's clock",
        );
    }
    Check::good(
        "clock",
        format!("the clock agrees with the server's ({seconds:+.1} s)"),
    )
}

/// Whether the server still takes this host's credential.
fn opinion(network: &Network, known: &Credential) -> Check {
    let endpoint = format!("/workers/{}/ping", known.worker_id);
    let body = json!({});
    let asked = network.post::<Value>(&endpoint, Some(known.secret()), &body);
    match block_on(asked) {
        Some(Ok(_)) => Check::good("credential", "the server takes this host's credential"),
        Some(Err(RequestError::Refused(problem))) if problem.code == ProblemCode::WorkerDeleted => {
            Check::warning(
                "credential",
                "the server has cleaned this worker up",
                "start the agent: it registers again",
            )
        }
        Some(Err(RequestError::Refused(problem)))
            if problem.code == ProblemCode::CredentialUnknown =>
        {
            never_given_out(known)
        }
        Some(Err(RequestError::Refused(problem))) => Check::bad(
            "credential",
            format!("the server refuses this host: {}", problem.detail),
            "enrol anew with `pulse-agent enroll --force …` and a new token",
        ),
        Some(Err(_)) | None => Check::warning(
            "credential",
            "the server did not say whether it takes this host's credential",
            "try again",
        ),
    }
}

/// A restore of the server's database, or another server.
fn never_given_out(known: &Credential) -> Check {
    let detail = "the server has never given out this host's credential: its database was restored from an older backup, or it is another server";
    let anew = "if `pulsectl worker ls` shows this worker, `pulsectl worker remove <name> --force`; then `pulse-agent enroll --force …` here with a new token";
    match known.earlier() {
        0 => Check::bad("credential", detail, anew),
        _ => Check::bad(
            "credential",
            detail,
            "start the agent: it goes back to the earlier credential that the server knows; if its log says that there is none, `pulsectl worker remove <name> --force` and `pulse-agent enroll --force …` here with a new token",
        ),
    }
}
