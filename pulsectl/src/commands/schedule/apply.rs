//! `schedule apply`: schedules as documents say.

use clap::Args;
use pulse_api::http::schedules::{ScheduleSpec, ScheduleView};

use crate::{
    app::App,
    commands::{
        specs::{self, Spec},
        workflow::Documents,
    },
    error::{Exit, Failure},
};

/// Have schedules be as files say, whether they are there or not
///
/// A file has one or more documents with `name`, `workflow`, `cron`, and as needed `timezone`, `overlap`,
/// `missed` and `inputs`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl schedule apply -f schedules.yaml
  pulsectl schedule apply schedules/ -R")]
pub(crate) struct Apply {
    #[command(flatten)]
    from: Documents,
}

impl Apply {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        specs::apply::<ScheduleSpec>(app, &self.from.read()?).await?;
        Ok(Exit::OK)
    }
}

impl Spec for ScheduleSpec {
    type View = ScheduleView;

    const KIND: &'static str = "schedule";
    const PATH: &'static str = "/schedules";
    const EXAMPLE: &'static str = "write name, workflow and cron, such as `cron: 30 2 * * *`";
    const NAME: &'static str = "nightly-backup";

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn called(view: &ScheduleView) -> &str {
        &view.name
    }

    /// Whether both start the same at the same moments, in the same name.
    fn is_alike(one: &ScheduleView, other: &ScheduleView) -> bool {
        let what = |it: &ScheduleView| (it.workflow.id, it.inputs.clone(), it.runs_as.clone());
        let when =
            |it: &ScheduleView| (it.cron.clone(), it.timezone.clone(), it.overlap, it.missed);
        what(one) == what(other) && when(one) == when(other)
    }
}
