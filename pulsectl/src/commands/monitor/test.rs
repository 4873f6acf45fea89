//! `monitor test|check`: looking now.

use clap::Args;
use pulse_api::{
    http::monitors::{CheckView, MonitorTest, MonitorView},
    status::{CheckResult, MonitorStatus},
};

use super::{
    probe::of_url,
    rows::{detail, result},
    show::find,
};
use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure, Kind},
};

/// Look once, and keep nothing of it: 0 if it is good, 3 if it is not, 1 if nobody could look
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor test website
  pulsectl monitor test --url https://example.com/health --from fra
  pulsectl monitor test --url tcp://db.example:5432

Behind `monitor test`, --url is what to look at: one of http://, https://, tcp://HOST:PORT, tls://HOST,
dns://NAME and icmp://HOST. In front of it, it is the address of the server.")]
pub(crate) struct Test {
    /// A monitor, of which each region looks; with --url none
    #[arg(value_parser = crate::names::given("monitor"), required_unless_present = "look_at")]
    monitor: Option<String>,
    /// What to look at in place of a monitor; `--url` behind `monitor test` is the same
    #[arg(long = crate::cli::LOOK_AT, value_name = "ADDRESS", hide = true)]
    look_at: Option<String>,
    /// The region that looks; any one worker without it
    #[arg(long, value_name = "REGION")]
    from: Option<String>,
}

/// Look now, and say what is known by that: 0 if it is up, 3 if it is down, 1 if nobody could see it now
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor check website && echo up")]
pub(crate) struct Check {
    #[arg(value_parser = crate::names::given("monitor"))]
    monitor: String,
}

impl Test {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let (probe, timeout_seconds, regions) = match (&self.monitor, &self.look_at) {
            (None, None) => return Err(Failure::usage("there is nothing to look at")),
            (None, Some(url)) => (of_url(url)?, None, Vec::new()),
            (Some(name), None) if name.contains("://") => {
                return Err(Failure::usage(format!("no monitor is called `{name}`"))
                    .hint(format!("`pulsectl monitor test --url {name}` looks at it")));
            }
            (Some(name), None) => {
                let spec = find(&client, name).await?.spec;
                (spec.probe, spec.timeout_seconds, spec.regions)
            }
            (Some(name), Some(url)) => {
                return Err(Failure::usage(format!(
                    "either the monitor `{name}` or `{url}` is looked at"
                ))
                .hint(format!(
                    "where it is the server's: `pulsectl --url {url} monitor test {name}`"
                )));
            }
        };
        let mut from: Vec<Option<String>> = match self.from {
            Some(region) => vec![Some(region)],
            None => regions.into_iter().map(Some).collect(),
        };
        if from.is_empty() {
            from.push(None);
        }
        let mut looks: Vec<CheckView> = Vec::new();
        for region in from {
            client.in_time()?;
            let wish = MonitorTest {
                probe: probe.clone(),
                timeout_seconds,
                region,
            };
            let call = Call::post("/monitors/test").json(&wish)?.unhurried();
            looks.push(client.json(call).await?);
        }
        app.ui.list(&looks)?;
        Ok(exit(&looks))
    }
}

/// What one look says of the target outweighs that another could not be taken.
fn exit(looks: &[CheckView]) -> Exit {
    let gave = |wanted: CheckResult| {
        looks
            .iter()
            .filter(|look| look.outcome.as_ref().map(|it| it.result) == Some(wanted))
            .count()
    };
    if gave(CheckResult::Failed) > 0 {
        Exit::from(Kind::Failed)
    } else if gave(CheckResult::Good) == looks.len() {
        Exit::OK
    } else {
        Exit::from(Kind::General)
    }
}

impl Check {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let given = (Noun::Monitor, self.monitor.as_str());
        let monitor: MonitorView = references::with(&client, given, async |name| {
            let call = Call::post(&format!("/monitors/{}/check", segment(name)));
            client.json(call.unhurried()).await
        })
        .await?;
        let line = told(&monitor);
        app.ui.changed(&monitor, line)?;
        Ok(match monitor.status {
            MonitorStatus::Up => Exit::OK,
            MonitorStatus::Down => Exit::from(Kind::Failed),
            MonitorStatus::Unknown | MonitorStatus::Paused => Exit::from(Kind::General),
        })
    }
}

/// `monitor/web up (fra: it answers 200 OK; nyc: w-2 has not reported yet)`.
fn told(monitor: &MonitorView) -> String {
    let lasts = || monitor.regions.iter().filter_map(|it| it.last.as_ref());
    let saw = lasts().map(|last| {
        let gave = match (&last.outcome, &last.worker) {
            (None, Some(worker)) => format!("{worker} has not reported yet"),
            (None, None) | (Some(_), _) => {
                detail(last).map_or_else(|| result(last).text, Clone::clone)
            }
        };
        format!("{}: {gave}", last.region)
    });
    let saw: Vec<String> = saw.collect();
    let has_seen = |last: &CheckView| {
        let result = last.outcome.as_ref().map(|outcome| outcome.result);
        matches!(result, Some(CheckResult::Good | CheckResult::Failed))
    };
    let nobody = if lasts().any(has_seen) {
        ""
    } else {
        ", nobody has seen it now"
    };
    let saw = if saw.is_empty() {
        String::new()
    } else {
        format!(" ({})", saw.join("; "))
    };
    format!("monitor/{} {}{nobody}{saw}", monitor.name, monitor.status)
}
