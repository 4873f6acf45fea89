//! What a monitor looks at, and what a look at it gave: said by people, by the server and by agents alike.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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
    /// Of HTTP or HTTPS, without a user and a password: everybody who sees the monitor sees it.
    pub url: String,
    /// `GET` unless it is given; `HEAD` and `POST` are the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Everybody who sees the monitor sees them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// Which answers are good, such as `200` or `200-299`; 200-399 unless it is given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<String>,
    /// What the first 64 KiB of a good answer contain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
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
