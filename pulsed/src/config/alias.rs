//! The seeds' variables: still accepted, each with one line that names its successor.

use std::{
    fmt::Write as _,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use super::{
    environment::Environment,
    fault::Fault,
    file::Reading,
    keys::{self, ALIASES},
    settings::{Origin, Settings},
};

/// The key of the static enrolment token.
const TOKEN: &str = "server.dev_enrollment_token";

/// A variable that was found, and the key that it speaks of.
#[derive(Debug)]
pub(crate) struct Found {
    variable: &'static str,
    meaning: Meaning,
}

#[derive(Debug)]
enum Meaning {
    Key(&'static str),
    /// Nothing is set by it, for this reason.
    Unused(&'static str),
}

/// Lays the seeds' variables over the files; `PULSE__` variables and flags come later and win.
pub(crate) fn apply(environment: &Environment, reading: &mut Reading<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    listen(environment, reading, &mut found);
    database(environment, reading, &mut found);
    for (variable, path) in ALIASES {
        if let Some(text) = environment.find(variable) {
            reading.settings.set(path, text, origin(variable));
            found.push(Found {
                variable,
                meaning: Meaning::Key(path),
            });
        }
    }
    enrollment_token(environment, reading, &mut found);
    secret_key(environment, reading, &mut found);
    if environment.find("NODE_ENV").is_some() {
        let meaning = Meaning::Unused("pulsed has no modes");
        found.push(Found {
            variable: "NODE_ENV",
            meaning,
        });
    }
    found
}

/// One line for each variable that was found.
pub(crate) fn notices(found: &[Found], settings: &Settings) -> Vec<String> {
    found
        .iter()
        .map(|Found { variable, meaning }| match meaning {
            Meaning::Unused(reason) => format!("{variable} is not used: {reason}"),
            Meaning::Key(TOKEN) if !is_dev(settings) => {
                format!("{variable} is not used: only `pulsed dev` honours a static token")
            }
            Meaning::Key(path) => {
                let key = keys::find(path).expect("aliases name keys that exist");
                let winner = settings.find(path).map(|setting| &setting.origin);
                match winner {
                    Some(origin) if !origin.to_string().contains(variable) => {
                        format!("{variable} is not used: {path} comes from {origin}")
                    }
                    _ => format!(
                        "{variable} is read as {path}; its name here is {}",
                        key.variable()
                    ),
                }
            }
        })
        .collect()
}

fn is_dev(settings: &Settings) -> bool {
    settings
        .find("server.dev")
        .is_some_and(|setting| setting.text == "true")
}

fn origin(variable: &str) -> Origin {
    Origin::Variable(variable.to_owned())
}

fn listen(environment: &Environment, reading: &mut Reading<'_>, found: &mut Vec<Found>) {
    const LISTEN: &str = "server.listen";
    let current = reading
        .settings
        .find(LISTEN)
        .map(|setting| setting.text.as_str());
    let mut address: SocketAddr = current
        .and_then(|text| text.parse().ok())
        .unwrap_or_else(|| SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)));
    let mut used = Vec::new();
    if let Some(host) = environment.find("HOST") {
        if let Some(ip) = address_of(host) {
            address.set_ip(ip);
            used.push("HOST");
        } else {
            // Some shells and build tools export HOST with the name of the machine.
            let meaning = Meaning::Unused("it is not an IP address");
            found.push(Found {
                variable: "HOST",
                meaning,
            });
        }
    }
    if let Some(port) = environment.find("PORT") {
        match port.parse() {
            Ok(port) => {
                address.set_port(port);
                used.push("PORT");
            }
            Err(_) => reading
                .faults
                .push(Fault::new("PORT", "must be a number up to 65535")),
        }
    }
    if !used.is_empty() {
        reading
            .settings
            .set(LISTEN, address.to_string(), origin(&used.join(" and ")));
    }
    for variable in used {
        found.push(Found {
            variable,
            meaning: Meaning::Key(LISTEN),
        });
    }
}

fn address_of(host: &str) -> Option<IpAddr> {
    match host {
        "localhost" => Some(Ipv4Addr::LOCALHOST.into()),
        _ => host.parse().ok(),
    }
}

fn database(environment: &Environment, reading: &mut Reading<'_>, found: &mut Vec<Found>) {
    const PARTS: [(&str, &str); 5] = [
        ("DB_HOST", "host"),
        ("DB_PORT", "port"),
        ("DB_NAME", "dbname"),
        ("DB_USER", "user"),
        ("DB_PASSWORD", "password"),
    ];
    let given: Vec<_> = PARTS
        .iter()
        .filter_map(|(variable, name)| Some((*variable, *name, environment.find(variable)?)))
        .collect();
    if given.is_empty() {
        return;
    }
    let mut url = String::new();
    if environment.find("DB_HOST").is_none() {
        url.push_str("host=localhost");
    }
    for (variable, name, value) in &given {
        let quoted = value.replace('\\', "\\\\").replace('\'', "\\'");
        let gap = if url.is_empty() { "" } else { " " };
        let _ = write!(url, "{gap}{name}='{quoted}'");
        found.push(Found {
            variable,
            meaning: Meaning::Key("database.url"),
        });
    }
    if environment.find("DB_PORT") == Some("3306") {
        let notice = "DB_PORT=3306 is MariaDB's port; pulsed needs PostgreSQL, usually on 5432";
        reading.notices.push(notice.to_owned());
    }
    let names: Vec<_> = given.iter().map(|(variable, ..)| *variable).collect();
    reading
        .settings
        .set("database.url", url, origin(&names.join(", ")));
}

fn enrollment_token(environment: &Environment, reading: &mut Reading<'_>, found: &mut Vec<Found>) {
    let Some(token) = environment.find("WORKER_ENROLLMENT_TOKEN") else {
        return;
    };
    reading
        .settings
        .set(TOKEN, token, origin("WORKER_ENROLLMENT_TOKEN"));
    found.push(Found {
        variable: "WORKER_ENROLLMENT_TOKEN",
        meaning: Meaning::Key(TOKEN),
    });
}

fn secret_key(environment: &Environment, reading: &mut Reading<'_>, found: &mut Vec<Found>) {
    let Some(key) = environment.find("SECRET_KEY") else {
        return;
    };
    if key.starts_with("change-") {
        let fault = Fault::new("SECRET_KEY", "still has the value of the example");
        reading
            .faults
            .push(fault.hint("unset it: pulsed signs nothing with it"));
    }
    let meaning = Meaning::Unused("tokens are random and only their digests are kept");
    found.push(Found {
        variable: "SECRET_KEY",
        meaning,
    });
}
