//! Sending JSON by HTTP.

use std::{net::IpAddr, time::Duration};

use pulse_api::SecretText;
use reqwest::{Client, ClientBuilder, Response, StatusCode, Url, header, redirect};
use ring::hmac;
use uuid::Uuid;

use super::{Courier, Undelivered, address::Guarded, quoted};
use crate::{causes::error_chain, model::token::hex};

/// How long it may take until somebody answers at all.
const LONGEST_CONNECT: Duration = Duration::from_secs(5);
/// How much of an answer is read, in bytes.
const MOST_READ: usize = 2_048;
/// The latest that a receiver may put off the next try, in seconds.
const LONGEST_PUT_OFF: u64 = 600;
/// Said in place of an answer to a secret URL: it may repeat any part of it, in any form.
const UNSAID: &str = " (its URL is secret: what it says is not kept)";
/// The longest URL.
const LONGEST_URL: usize = 2_048;

/// A client that trusts those whom the system trusts, or nobody where the system has no certificates:
/// what needs none still works.
fn client(guarded: &Guarded) -> Client {
    // Chooses ring; a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let build = |builder: ClientBuilder| {
        builder
            .user_agent(concat!("pulse/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(LONGEST_CONNECT)
            .dns_resolver(guarded.clone())
            .build()
    };
    build(Client::builder()).unwrap_or_else(|error| {
        tracing::warn!(cause = %error_chain(&error), "notifications go to no https:// address");
        let alone = build(Client::builder().tls_certs_only([]));
        alone.expect("without certificates nothing is read for it")
    })
}

/// A body, and where it goes.
pub(crate) struct Parcel<'a> {
    pub(crate) id: Uuid,
    pub(crate) url: &'a str,
    /// Whether the URL itself is a secret.
    pub(crate) url_kind: UrlKind,
    pub(crate) body: Vec<u8>,
    pub(crate) sign_with: Option<&'a SecretText>,
}

/// Who may read a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UrlKind {
    Shown,
    Secret,
}

/// What is wrong with a URL that everybody may read.
pub(crate) fn plain_fault(url: &str) -> Option<&'static str> {
    let Ok(parsed) = Url::parse(url) else {
        return Some("it is no URL");
    };
    let is_bare = parsed.query().is_none() && parsed.fragment().is_none();
    if !is_web(&parsed) {
        Some("it begins with neither http:// nor https://")
    } else if url.len() > LONGEST_URL {
        Some("it is too long")
    } else if !parsed.username().is_empty() || parsed.password().is_some() || !is_bare {
        Some("it has a user, a password or parameters, which may be secret")
    } else {
        None
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

impl Courier {
    /// Posts JSON; it is delivered once the receiver answers with 2xx.
    pub(crate) async fn post(&self, parcel: Parcel<'_>) -> Result<(), Undelivered> {
        let url = Url::parse(parcel.url).ok().filter(is_web);
        let Some(url) = url else {
            let why = "the URL of the channel is none: it begins with https://";
            return Err(Undelivered::Refused(why.to_owned()));
        };
        self.may_go_to(&url)?;
        let id = parcel.id.to_string();
        let mut request = self
            .http
            .get_or_init(|| client(&self.guarded))
            .post(url.clone())
            .header(header::CONTENT_TYPE, "application/json")
            .header("Idempotency-Key", &id)
            .header("X-Pulse-Notification", &id);
        if let Some(secret) = parcel.sign_with {
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
            let signature = hmac::sign(&key, &parcel.body);
            let signature = format!("sha256={}", hex(signature.as_ref()));
            request = request.header("X-Pulse-Signature", signature);
        }
        let key = parcel.sign_with.map(SecretText::expose);
        match (request.body(parcel.body).send().await, parcel.url_kind) {
            (Ok(response), _) if response.status().is_success() => Ok(()),
            (Ok(response), UrlKind::Secret) => Err(refusal(&response, UNSAID)),
            (Ok(mut response), UrlKind::Shown) => {
                let said = said(&mut response, key).await;
                Err(refusal(&response, &said))
            }
            (Err(error), kind) => {
                let host = url.host_str().filter(|_| kind == UrlKind::Secret);
                let secrets: Vec<&str> = key.into_iter().chain(host).collect();
                let why = error_chain(&error.without_url());
                Err(Undelivered::later(quoted(&why, &secrets)))
            }
        }
    }

    /// Refuses an address that is written as a number: nobody looks such a one up.
    fn may_go_to(&self, url: &Url) -> Result<(), Undelivered> {
        let host = url.host_str().unwrap_or_default();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        match bare.parse::<IpAddr>() {
            Ok(address) if !self.guarded.allows(address) => Err(Undelivered::Refused(format!(
                "nothing is sent to {address}: `notifications.allow_addresses` of the server would allow it"
            ))),
            Ok(_) | Err(_) => Ok(()),
        }
    }
}

/// What a receiver says in its own words, after two dots; nothing where it says nothing.
async fn said(response: &mut Response, key: Option<&str>) -> String {
    let mut said = Vec::new();
    while said.len() < MOST_READ {
        let Ok(Some(piece)) = response.chunk().await else {
            break;
        };
        said.extend_from_slice(&piece);
    }
    said.truncate(MOST_READ);
    let key: Vec<&str> = key.into_iter().collect();
    let said = quoted(&String::from_utf8_lossy(&said), &key);
    if said.is_empty() {
        said
    } else {
        format!(": {said}")
    }
}

/// Why it was not accepted, from the status of the answer.
fn refusal(response: &Response, said: &str) -> Undelivered {
    let status = response.status();
    let put_off = response
        .headers()
        .get(header::RETRY_AFTER)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let why = format!("the receiver answered {status}{said}");
    let is_of_the_moment = matches!(
        status,
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS
    );
    if status.is_redirection() {
        Undelivered::Refused(format!("{why} (redirects are not followed)"))
    } else if status.is_client_error() && !is_of_the_moment {
        Undelivered::Refused(why)
    } else {
        let after_ms = put_off.map(|seconds| seconds.min(LONGEST_PUT_OFF) * 1_000);
        Undelivered::Later { why, after_ms }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_may_hold_a_secret_is_not_shown() {
        for (url, fault) in [
            ("https://hooks.example/pulse", None),
            ("http://10.0.0.7:9000/in", None),
            (
                "ftp://x/y",
                Some("it begins with neither http:// nor https://"),
            ),
            ("hooks.example", Some("it is no URL")),
        ] {
            assert_eq!(plain_fault(url), fault, "{url}");
        }
        for url in ["https://u:p@x/", "https://x/?token=7", "https://x/#y"] {
            assert!(plain_fault(url).unwrap().contains("secret"), "{url}");
        }
    }
}
