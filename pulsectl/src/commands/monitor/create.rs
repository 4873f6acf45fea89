//! `monitor create`: one monitor from flags.

use std::{collections::BTreeMap, time::Duration};

use clap::{Args, Subcommand};
use pulse_api::{
    http::monitors::{MonitorSpec, MonitorView},
    probe::{DnsProbe, HeartbeatProbe, IcmpProbe, Probe},
    status::RegionRule,
};

use super::probe;
use crate::{
    app::App,
    client::Call,
    duration,
    error::{Exit, Failure},
    flags::Pairs,
};

/// Watch something, from now on
#[derive(Debug, Subcommand)]
pub(crate) enum Create {
    Http(Http),
    Tcp(Tcp),
    Tls(Tls),
    Dns(Dns),
    Icmp(Icmp),
    Heartbeat(Heartbeat),
}

/// What every monitor has.
#[derive(Debug, Args)]
struct Terms {
    /// How often each region looks, or how often it reports; a minute without it
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    every: Option<Duration>,
    /// How long a look may take; 10 s without it
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    within: Option<Duration>,
    /// A region that looks; may be repeated. Any one worker looks without it
    #[arg(long = "region", value_name = "REGION", value_delimiter = ',')]
    regions: Vec<String>,
    /// How many of the regions have to find it down: majority, any or all
    #[arg(long, value_name = "RULE", default_value_t)]
    rule: RegionRule,
    /// After how many failed looks in a row it is down
    #[arg(long, value_name = "COUNT")]
    down_after: Option<u16>,
    /// After how many good looks in a row it is up again
    #[arg(long, value_name = "COUNT")]
    up_after: Option<u16>,
    /// What a maintenance may choose it by; may be repeated
    #[arg(long = "label", value_name = "KEY=VALUE")]
    labels: Vec<String>,
    /// For people
    #[arg(long)]
    description: Option<String>,
}

/// Watch a page, or a call of an interface
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor create http website https://example.com/ --contains Welcome
  pulsectl monitor create http api https://api.example.com/health --status 200 --region fra,nyc --rule all")]
pub(crate) struct Http {
    /// What it is to be called
    name: String,
    /// Everybody who sees the monitor sees it: no user and no password
    #[arg(value_name = "URL")]
    page: String,
    /// GET without it; HEAD or POST
    #[arg(long)]
    method: Option<String>,
    /// Sent along, and seen by everybody who sees the monitor; may be repeated
    #[arg(long = "header", value_name = "NAME=VALUE")]
    headers: Vec<String>,
    /// Which answers are good, such as 200 or 200-299; 200-399 without it
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    status: Vec<String>,
    /// What the first 64 KiB of a good answer contain
    #[arg(long, value_name = "TEXT")]
    contains: Option<String>,
    #[command(flatten)]
    terms: Terms,
}

/// Watch a port that accepts connections
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor create tcp database db.example:5432 --every 30s")]
pub(crate) struct Tcp {
    /// What it is to be called
    name: String,
    /// HOST:PORT
    address: String,
    #[command(flatten)]
    terms: Terms,
}

/// Watch a certificate: trusted, for this name, and for some time to come
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor create tls certificate example.com --days-left 21 --every 6h")]
pub(crate) struct Tls {
    /// What it is to be called
    name: String,
    /// HOST, or HOST:PORT where it is not 443
    address: String,
    /// How many days it must still be good for; 14 without it
    #[arg(long, value_name = "DAYS")]
    days_left: Option<u16>,
    #[command(flatten)]
    terms: Terms,
}

/// Watch a name that leads somewhere
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor create dns www www.example.com --address 192.0.2.10")]
pub(crate) struct Dns {
    /// What it is to be called
    name: String,
    /// It is asked of the resolver of the host that looks
    host: String,
    /// An address that must be among those it leads to
    #[arg(long)]
    address: Option<String>,
    #[command(flatten)]
    terms: Terms,
}

/// Watch a host that answers an echo request
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor create icmp router 192.0.2.1 --down-after 5")]
pub(crate) struct Icmp {
    /// What it is to be called
    name: String,
    host: String,
    #[command(flatten)]
    terms: Terms,
}

/// Watch something that reports by itself, with `pulsectl monitor beat`
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor create heartbeat backup --every 24h --grace 1h

  # At the end of the job
  pulsectl monitor beat backup")]
pub(crate) struct Heartbeat {
    /// What it is to be called
    name: String,
    /// How late a report may be, beside the interval
    #[arg(long, value_name = "DURATION", value_parser = duration::parse)]
    grace: Option<Duration>,
    #[command(flatten)]
    terms: Terms,
}

impl Create {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let (name, probe, terms) = self.read()?;
        let spec = terms.spec(name, probe)?;
        let client = app.client()?;
        let made: MonitorView = client.json(Call::post("/monitors").json(&spec)?).await?;
        let line = format!(
            "monitor/{} created, looks at {}",
            made.name,
            probe::target(&made.spec.probe)
        );
        app.ui.changed(&made, line)?;
        Ok(Exit::OK)
    }

    fn read(self) -> Result<(String, Probe, Terms), Failure> {
        let mut probe = Probe::default();
        let (name, terms) = match self {
            Self::Http(it) => {
                let mut page = probe::page(&it.page);
                page.headers = HEADERS.read(&it.headers)?;
                (page.method, page.status, page.contains) = (it.method, it.status, it.contains);
                probe.http = Some(page);
                (it.name, it.terms)
            }
            Self::Tcp(it) => {
                probe.tcp = Some(probe::port(&it.address)?);
                (it.name, it.terms)
            }
            Self::Tls(it) => {
                let mut certificate = probe::certificate(&it.address)?;
                certificate.days_left = it.days_left;
                probe.tls = Some(certificate);
                (it.name, it.terms)
            }
            Self::Dns(it) => {
                let (name, address) = (it.host, it.address);
                probe.dns = Some(DnsProbe { name, address });
                (it.name, it.terms)
            }
            Self::Icmp(it) => {
                probe.icmp = Some(IcmpProbe { host: it.host });
                (it.name, it.terms)
            }
            Self::Heartbeat(it) => {
                let grace_seconds = whole("--grace", it.grace)?;
                probe.heartbeat = Some(HeartbeatProbe { grace_seconds });
                (it.name, it.terms)
            }
        };
        Ok((name, probe, terms))
    }
}

const HEADERS: Pairs = Pairs {
    flag: "--header",
    example: "Accept=application/json",
};
const LABELS: Pairs = Pairs {
    flag: "--label",
    example: "team=web",
};

impl Terms {
    fn spec(self, name: String, probe: Probe) -> Result<MonitorSpec, Failure> {
        let labels: BTreeMap<String, String> = LABELS.read(&self.labels)?;
        Ok(MonitorSpec {
            name: Some(name),
            description: self.description,
            probe,
            interval_seconds: whole("--every", self.every)?,
            timeout_seconds: whole("--within", self.within)?,
            regions: self.regions,
            rule: self.rule,
            down_after: self.down_after,
            up_after: self.up_after,
            labels,
        })
    }
}

/// A duration in whole seconds.
pub(super) fn whole(flag: &str, given: Option<Duration>) -> Result<Option<u32>, Failure> {
    let Some(given) = given else { return Ok(None) };
    let seconds = u32::try_from(given.as_secs());
    match seconds {
        Ok(seconds) if given.subsec_nanos() == 0 => Ok(Some(seconds)),
        Ok(_) | Err(_) => Err(Failure::usage(format!("{flag} takes whole seconds"))
            .hint(format!("write it as {flag} 30s or {flag} 5m"))),
    }
}
