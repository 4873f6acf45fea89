//! `monitor apply`: monitors as documents say.

use clap::Args;
use pulse_api::http::monitors::{MonitorSpec, MonitorView};

use crate::{
    app::App,
    commands::{
        specs::{self, Spec},
        workflow::Documents,
    },
    error::{Exit, Failure},
};

/// Have monitors be as files say, whether they are there or not
///
/// A file has one or more documents with `name`, `probe` with one of `http`, `tcp`, `tls`, `dns`, `icmp` and
/// `heartbeat`, and as needed `interval_seconds`, `timeout_seconds`, `regions`, `rule`, `down_after`, `up_after`,
/// `labels` and `description`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl monitor apply -f monitors.yaml
  pulsectl monitor apply monitors/ -R

  # A page, looked at from two places
  name: website
  probe:
    http: {url: https://example.com/, contains: Welcome}
  regions: [fra, nyc]
  rule: all

  # A job that says when it is done, at least once a day
  name: backup
  probe:
    heartbeat: {grace_seconds: 3600}
  interval_seconds: 86400")]
pub(crate) struct Apply {
    #[command(flatten)]
    from: Documents,
}

impl Apply {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        specs::apply::<MonitorSpec>(app, &self.from.read()?).await?;
        Ok(Exit::OK)
    }
}

impl Spec for MonitorSpec {
    type View = MonitorView;

    const KIND: &'static str = "monitor";
    const PATH: &'static str = "/monitors";
    const EXAMPLE: &'static str =
        "write name and probe, such as `probe: {http: {url: https://example.com/}}`";
    const NAME: &'static str = "website";

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn called(view: &MonitorView) -> &str {
        &view.name
    }

    fn is_alike(one: &MonitorView, other: &MonitorView) -> bool {
        one.spec == other.spec
    }
}
