//! What takes the network: the name, the port, the certificate, the server, its clock, the token.

use pulse_api::doctor::Check;
use std::time::{Duration, Instant};

use jiff::{Timestamp, fmt::rfc2822};
use pulse_api::http::health::{HealthView, UserView};
use reqwest::{Method, Response, Url, header};
use tokio::{net::TcpStream, time::timeout};

use super::{certificate, failed};
use crate::{
    app::App,
    client::{Call, read_json},
    clock, duration,
    error::Failure,
};

/// How long a name or a port may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A clock that is off by more than this is worth a word.
const SKEW: i64 = 5;

/// Every check up to the first that leaves the rest without sense.
pub(super) async fn checks(app: &App) -> Vec<Check> {
    let mut checks = Vec::new();
    let url = match app.settings.url() {
        Ok(url) => url,
        Err(failure) => return vec![failed("address", &failure)],
    };
    checks.push(Check::good(
        "address",
        format!("{} (from {})", url.value, url.origin),
    ));
    checks.extend(proxy(app));
    let Ok(parsed) = Url::parse(&url.value) else {
        return checks;
    };
    if !reach(&parsed, &mut checks).await {
        return checks;
    }
    let before = Instant::now();
    let answered = match app.connect(url.value.clone(), None) {
        Ok(client) => {
            client
                .ask(&Call::at(Method::GET, "/health".to_owned()))
                .await
        }
        Err(failure) => Err(failure),
    };
    let is_tls = parsed.scheme() == "https";
    match answered {
        Ok(response) => {
            if is_tls {
                checks.push(certificate::check(&response));
            } else if !is_loopback(&parsed) {
                checks.push(Check::warning(
                    "tls",
                    "the connection is not encrypted",
                    "use an https:// address",
                ));
            }
            checks.extend(clock_of(&response, before.elapsed()));
            checks.push(server(response, before.elapsed()).await);
            checks.push(token(app, &url.value).await);
        }
        Err(failure) => {
            checks.push(failed(
                if failure.message.contains("certificate") {
                    "tls"
                } else {
                    "server"
                },
                &failure,
            ));
        }
    }
    checks
}

fn proxy(app: &App) -> Option<Check> {
    let env = &app.settings.env;
    let proxy = env.get("HTTPS_PROXY").or_else(|| env.get("HTTP_PROXY"))?;
    // A proxy's address may hold a password.
    let host = Url::parse(proxy)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    Some(Check::good(
        "proxy",
        host.unwrap_or_else(|| "set".to_owned()),
    ))
}

/// Looks the name up and knocks at the port; `false` when that is as far as it goes.
async fn reach(url: &Url, checks: &mut Vec<Check>) -> bool {
    let host = url
        .host_str()
        .unwrap_or_default()
        .trim_matches(['[', ']'])
        .to_owned();
    let port = url.port_or_known_default().unwrap_or(80);
    let found = timeout(PATIENCE, tokio::net::lookup_host((host.as_str(), port))).await;
    let addresses: Vec<_> = match found {
        Ok(Ok(addresses)) => addresses.collect(),
        Ok(Err(error)) => {
            checks.push(Check::bad(
                "dns",
                format!("{host}: {error}"),
                "check the name, or your resolver",
            ));
            return false;
        }
        Err(_) => {
            checks.push(Check::bad(
                "dns",
                format!("{host}: no answer"),
                "check your resolver",
            ));
            return false;
        }
    };
    let listed: Vec<String> = addresses
        .iter()
        .map(|address| address.ip().to_string())
        .collect();
    checks.push(Check::good(
        "dns",
        format!("{host} is {}", listed.join(", ")),
    ));
    let started = Instant::now();
    match timeout(PATIENCE, TcpStream::connect(addresses.as_slice())).await {
        Ok(Ok(_)) => {
            let took = started.elapsed().as_secs_f64() * 1000.0;
            checks.push(Check::good(
                "tcp",
                format!("port {port} answers in {took:.1} ms"),
            ));
            true
        }
        Ok(Err(error)) => {
            let fix = "is pulsed running there, and is a firewall in between?";
            checks.push(Check::bad("tcp", format!("port {port}: {error}"), fix));
            false
        }
        Err(_) => {
            checks.push(Check::bad(
                "tcp",
                format!("port {port}: no answer"),
                "is a firewall in between?",
            ));
            false
        }
    }
}

fn is_loopback(url: &Url) -> bool {
    url.host_str()
        .is_some_and(|host| host == "localhost" || host.starts_with("127.") || host == "[::1]")
}

/// Compares the server's clock with this one, allowing for the way of the answer.
fn clock_of(response: &Response, took: Duration) -> Option<Check> {
    let date = response.headers().get(header::DATE)?.to_str().ok()?;
    let server = rfc2822::parse(date).ok()?.timestamp();
    Some(skew(server, clock::now(), took))
}

fn skew(server: Timestamp, here: Timestamp, took: Duration) -> Check {
    let off = here.as_second() - server.as_second();
    let slack = SKEW + i64::try_from(took.as_secs()).unwrap_or(0);
    if off.abs() <= slack {
        return Check::good("clock", "agrees with the server's");
    }
    let age = duration::age(off.unsigned_abs());
    let word = if off > 0 { "ahead of" } else { "behind" };
    Check::warning(
        "clock",
        format!("this clock is {age} {word} the server's"),
        "set up NTP on both sides",
    )
}

async fn server(response: Response, took: Duration) -> Check {
    let health: HealthView = match read_json(response).await {
        Ok(health) => health,
        Err(failure) => return failed("server", &failure),
    };
    let took = took.as_millis();
    let detail = format!(
        "pulsed {}, {}, answers in {took} ms",
        health.version, health.status
    );
    let own = env!("CARGO_PKG_VERSION");
    if health.database != "connected" {
        return Check::bad(
            "server",
            format!("its database is {}", health.database),
            "see `pulsectl server status`",
        );
    }
    if minor(&health.version) != minor(own) {
        return Check::warning(
            "server",
            format!("{detail}; pulsectl is {own}"),
            "use the same version on both sides",
        );
    }
    Check::good("server", detail)
}

/// `0.1` of `0.1.7`.
fn minor(version: &str) -> Option<(&str, &str)> {
    let mut parts = version.split('.');
    Some((parts.next()?, parts.next()?))
}

async fn token(app: &App, url: &str) -> Check {
    let found = match app.settings.token(url) {
        Ok(Some(found)) => found,
        Ok(None) => {
            return Check::bad(
                "token",
                "none for this server",
                format!("pulsectl login {url}"),
            );
        }
        Err(failure) => return failed("token", &failure),
    };
    let user: Result<UserView, Failure> = match app.connect(url.to_owned(), Some(found.clone())) {
        Ok(client) => client.get("/user").await,
        Err(failure) => Err(failure),
    };
    match user {
        Ok(user) => of_user(app, &user, &found.origin),
        Err(failure) => failed("token", &failure),
    }
}

fn of_user(app: &App, user: &UserView, origin: &str) -> Check {
    let detail = format!("{} ({}), from {origin}", user.username, user.role);
    let left = user
        .token_expires_at
        .map(|at| at.as_second() - clock::now().as_second());
    match (user.token_expires_at, left) {
        (Some(at), Some(left)) if left < 7 * 86_400 => Check::warning(
            "token",
            format!("{detail}; expires {}", app.ui.times.show(at)),
            "pulsectl token create, then pulsectl login",
        ),
        _ => Check::good("token", detail),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::doctor::Verdict;

    #[test]
    fn a_clock_may_be_a_little_off() {
        let at = |second| Timestamp::from_second(second).unwrap();

        assert_eq!(
            skew(at(1000), at(1003), Duration::ZERO).verdict,
            Verdict::Good
        );
        assert_eq!(
            skew(at(1000), at(1008), Duration::from_secs(4)).verdict,
            Verdict::Good
        );
        let off = skew(at(1000), at(880), Duration::ZERO);
        assert_eq!(
            (off.verdict, off.detail.as_str()),
            (Verdict::Warning, "this clock is 2m0s behind the server's")
        );
    }

    #[test]
    fn the_first_two_parts_of_a_version_count() {
        assert_eq!(minor("0.1.7"), minor("0.1.0"));
        assert_ne!(minor("0.1.7"), minor("0.2.0"));
    }
}
