//! `schedule create`.

use clap::Args;
use pulse_api::{
    http::schedules::{ScheduleSpec, ScheduleView},
    status::{MissedRuns, Overlap},
};

use crate::{
    app::App,
    client::Call,
    commands::{
        references::{self, Noun},
        run,
    },
    error::{Exit, Failure},
};

/// Start a workflow by the clock, in your name and with your rights
///
/// Each moment starts one execution, however many servers there are. What came of it, also where nothing
/// was started, is in `pulsectl schedule show`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl schedule create backup --cron '30 2 * * *' --tz Europe/Berlin
  pulsectl schedule create report --cron '0 9 * * 1-5' -p region=fra --overlap queue
  pulsectl schedule preview --cron '30 2 * * *' --tz Europe/Berlin -n 10")]
pub(crate) struct Create {
    /// Name or id of the workflow; its newest version is started
    #[arg(value_parser = crate::names::given("workflow"))]
    workflow: String,
    /// Five fields, or @hourly, @daily, @weekly, @monthly, @yearly
    #[arg(long, value_name = "FIELDS")]
    cron: String,
    /// The time zone of the fields
    #[arg(
        long,
        visible_alias = "timezone",
        value_name = "ZONE",
        default_value = "UTC"
    )]
    tz: String,
    /// What becomes of a moment while an earlier run is still going: skip, queue, allow or replace
    #[arg(long, value_name = "HOW", default_value_t)]
    overlap: Overlap,
    /// What becomes of moments that no server was there for: skip, once or all
    #[arg(long, value_name = "HOW", default_value_t)]
    missed: MissedRuns,
    /// What each run is given
    #[arg(short = 'p', long = "param", value_name = "KEY=VALUE")]
    params: Vec<String>,
    /// What it is called; without, as its workflow
    #[arg(long)]
    name: Option<String>,
}

impl Create {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let spec = ScheduleSpec {
            name: self.name,
            workflow: self.workflow,
            cron: self.cron,
            timezone: Some(self.tz),
            overlap: self.overlap,
            missed: self.missed,
            inputs: run::params(&self.params)?,
        };
        let client = app.client()?;
        let made = client.json(Call::post("/schedules").json(&spec)?).await;
        let made: ScheduleView = match made {
            Ok(made) => made,
            Err(failure) => {
                let named = (Noun::Workflow, std::slice::from_ref(&spec.workflow));
                return Err(references::or_missing(&client, named, failure).await);
            }
        };
        let next = made.next_due_at.map(|at| app.ui.times.show(at));
        let next = next.map_or_else(
            || "no moment comes any more".to_owned(),
            |at| format!("due next {at}"),
        );
        let line = format!("schedule/{} created, {next}", made.name);
        app.ui.done(("schedule", &made.name), &made, line)?;
        let workflow = made.workflow.name.as_ref().unwrap_or(&spec.workflow);
        if spec.name.is_none() && made.name != *workflow {
            app.ui.say(format!(
                "a schedule {workflow} is there already, and stays; --name gives another name"
            ));
        }
        Ok(Exit::OK)
    }
}
