//! Why the database did not answer, in words that an operator can act on.

use std::{io, time::Duration};

use tokio_postgres::{NoTls, config::Host, error::SqlState};

use super::failure::Failure;
use crate::config::Secret;

/// Long enough for a slow network, short enough for a person who waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// Tries the database once more and explains what is wrong with it; `None` when it answers.
pub(crate) async fn diagnose(url: &Secret) -> Option<Failure> {
    let config: tokio_postgres::Config = url.expose().parse().ok()?;
    let place = place_of(&config);
    let Ok(tried) = tokio::time::timeout(PATIENCE, config.connect(NoTls)).await else {
        return Some(unreachable(&place, "no answer within 5 s"));
    };
    let error = tried.err()?;
    if let Some(refusal) = error.as_db_error() {
        let text = format!("the database at {place} refused: {}", refusal.message());
        return Some(Failure::error(text).hint(remedy(refusal.code(), &config)));
    }
    let reason = io_reason(&error)?;
    Some(unreachable(&place, &reason))
}

fn unreachable(place: &str, reason: &str) -> Failure {
    Failure::error(format!("cannot reach the database at {place}: {reason}")).hint(
        "is PostgreSQL running there? `pulsed config show --origin` tells where database.url \
         comes from; to try pulse without a database: pulsed dev",
    )
}

fn remedy(code: &SqlState, config: &tokio_postgres::Config) -> String {
    let name = config.get_dbname().or(config.get_user()).unwrap_or("pulse");
    if *code == SqlState::INVALID_CATALOG_NAME {
        return format!("create it: createdb {name}");
    }
    let credentials = [
        SqlState::INVALID_PASSWORD,
        SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
    ];
    let user = config.get_user().unwrap_or("pulsed");
    let is_socket = matches!(config.get_hosts().first(), Some(Host::Unix(_)));
    if *code == SqlState::INVALID_AUTHORIZATION_SPECIFICATION && is_socket {
        return format!(
            "on its socket PostgreSQL goes by who asks: sudo -u {user} pulsed …; or make the role: createuser {user}"
        );
    }
    if credentials.contains(code) {
        return "check the user and the password in database.url, and pg_hba.conf".to_owned();
    }
    "see the log of PostgreSQL".to_owned()
}

fn io_reason(error: &(dyn std::error::Error + 'static)) -> Option<String> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return Some(error.to_string());
        }
        next = error.source();
    }
    None
}

/// Host and port of a database, without user and password.
pub(super) fn place_of(config: &tokio_postgres::Config) -> String {
    let ports = config.get_ports();
    let port = |index: usize| ports.get(index).or(ports.first()).copied().unwrap_or(5432);
    let hosts = config
        .get_hosts()
        .iter()
        .enumerate()
        .map(|(index, host)| match host {
            Host::Tcp(name) => format!("{name}:{}", port(index)),
            Host::Unix(folder) => format!("{}/.s.PGSQL.{}", folder.display(), port(index)),
        });
    hosts.collect::<Vec<_>>().join(", ")
}
