//! What a monitor looks at, and what a look at it gave: said by people, by the server and by agents alike.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{CheckId, status::CheckResult};

/// What is looked at, and what makes it good: exactly one of the fields is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Probe {
    /// A page, or a call of an interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http: Option<HttpProbe>,
    /// A port that accepts connections.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tcp: Option<TcpProbe>,
    /// A certificate that is trusted, for this name, and for some time to come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<TlsProbe>,
    /// A name that leads somewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns: Option<DnsProbe>,
    /// A host that answers an echo request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icmp: Option<IcmpProbe>,
    /// Something that reports by itself, with `POST /monitors/{name}/beat`: no worker looks at it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heartbeat: Option<HeartbeatProbe>,
}

/// A page, or a call of an interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HttpProbe {
    /// Of HTTP or HTTPS, without spaces, a user and a password: everybody who sees the monitor sees it.
    pub url: String,
    /// `GET` unless it is given; `HEAD` and `POST` are the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Everybody who sees the monitor sees them. They go to the host, the port and the scheme of the URL, and
    /// not to another that an answer leads to.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Which answers are good, such as `200` or `200-299`; 200-399 unless it is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<String>,
    /// What the first 64 KiB of a good answer contain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
}

impl HttpProbe {
    /// Where the page is, or what is wrong with how that is written: whoever writes it down and whoever goes
    /// there read it in the same way.
    pub fn address(&self) -> Result<Url, String> {
        let text = self.url.as_str();
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(
                "it has a space or a character of control: write `%20` for a space".to_owned(),
            );
        }
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err("it begins with neither http:// nor https://".to_owned());
        }
        let host = rest.split(['/', '\\', '?', '#']).next();
        match host {
            None | Some("") => Err("it names no host".to_owned()),
            Some(host) if host.contains('@') => Err(
                "it has a user or a password, which everybody would see who sees the monitor"
                    .to_owned(),
            ),
            Some(_) => Url::parse(text).map_err(|error| format!("it is no URL: {error}")),
        }
    }
}

/// A port that accepts connections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TcpProbe {
    pub host: String,
    pub port: u16,
}

/// A certificate that is trusted, for this name, and for some time to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TlsProbe {
    pub host: String,
    /// 443 unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// How many days it must still be good for; 14 unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days_left: Option<u16>,
}

/// A name that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DnsProbe {
    /// It is asked of the resolver of the host that looks.
    pub name: String,
    /// An address that must be among those it leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// A host that answers an echo request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct IcmpProbe {
    pub host: String,
}

/// Something that reports by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HeartbeatProbe {
    /// How many seconds a report may be late, beside the interval; none unless it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grace_seconds: Option<u32>,
}

/// A frame from the server: look at this, once.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Check {
    pub check_id: CheckId,
    pub probe: Probe,
    /// How long a look may take, in milliseconds.
    pub timeout_ms: u64,
    /// By the server's clock: nobody looks after this.
    pub expires_at: Timestamp,
}

/// A frame from an agent: what a look gave.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckReport {
    pub check_id: CheckId,
    #[serde(flatten)]
    pub outcome: CheckOutcome,
}

/// What a look gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckOutcome {
    pub result: CheckResult,
    /// Milliseconds until it was known; absent where nothing was looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency_ms: Option<u32>,
    /// For people, in a line of at most 300 characters: what was seen, or why nothing could be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<String, String> {
        let probe = HttpProbe {
            url: url.to_owned(),
            method: None,
            headers: BTreeMap::new(),
            status: Vec::new(),
            contains: None,
        };
        probe.address().map(String::from)
    }

    #[test]
    fn an_address_is_read_as_browsers_read_it() {
        for (text, address) in [
            ("HTTP://Example.org", "http://example.org/"),
            (
                "https://b\u{fc}cher.example/\u{e4}?q=\u{e4}",
                "https://xn--bcher-kva.example/%C3%A4?q=%C3%A4",
            ),
            ("http://[::1]:81/a", "http://[::1]:81/a"),
            ("http://h/a@b", "http://h/a@b"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(address));
        }
    }

    #[test]
    fn an_address_that_nobody_could_go_to_is_told_with_what_is_wrong() {
        for (text, wrong) in [
            ("example.org", "neither http:// nor https://"),
            ("http:example.org", "neither http:// nor https://"),
            ("ftp://example.org", "neither http:// nor https://"),
            ("http://", "no host"),
            ("http:///a", "no host"),
            ("http://@h/", "a user"),
            ("http://me:secret@h/", "a user"),
            ("http://h/a b", "%20"),
            (" http://h/", "%20"),
            ("http://h:99999/", "port"),
            ("http://a<b/", "no URL"),
        ] {
            let told = read(text).unwrap_err();
            assert!(told.contains(wrong), "{text}: {told}");
        }
    }
}
