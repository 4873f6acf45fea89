//! `schedule create|apply`.

use clap::Args;
use pulse_api::{
    http::schedules::{ScheduleSpec, ScheduleView},
    status::{MissedRuns, Overlap},
};
use serde::Deserialize as _;

use crate::{
    app::App,
    client::{Call, segment},
    commands::{run, workflow::read_text},
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
        let call = Call::post("/schedules").json(&spec)?;
        let made: ScheduleView = app.client()?.json(call).await?;
        let next = made.next_due_at.map(|at| app.ui.times.show(at));
        let next = next.map_or_else(
            || "no moment comes any more".to_owned(),
            |at| format!("due next {at}"),
        );
        let line = format!("schedule/{} created, {next}", made.name);
        app.ui.done(("schedule", &made.name), &made, line)?;
        Ok(Exit::OK)
    }
}

/// Have schedules be as files say, whether they are there or not
///
/// A file has one or more documents with `name`, `workflow`, `cron`, and as needed `timezone`, `overlap`,
/// `missed` and `inputs`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  pulsectl schedule apply -f schedules.yaml")]
pub(crate) struct Apply {
    /// A file, or - for stdin
    #[arg(short, long = "file", value_name = "FILE", required = true)]
    files: Vec<String>,
}

impl Apply {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let mut specs = Vec::new();
        for file in &self.files {
            specs.extend(read(file)?);
        }
        let client = app.client()?;
        for spec in specs {
            let path = format!(
                "/schedules/{}",
                segment(spec.name.as_deref().unwrap_or_default())
            );
            let made: ScheduleView = client.json(Call::put(&path).json(&spec)?).await?;
            let line = format!("schedule/{} applied", made.name);
            app.ui.done(("schedule", &made.name), &made, line)?;
        }
        Ok(Exit::OK)
    }
}

fn read(file: &str) -> Result<Vec<ScheduleSpec>, Failure> {
    let text = read_text(file)?;
    let mut specs = Vec::new();
    for document in serde_yaml::Deserializer::from_str(&text) {
        let spec = ScheduleSpec::deserialize(document).map_err(|error| {
            Failure::usage(format!("{file} does not hold schedules"))
                .because(&error)
                .hint("write name, workflow and cron, such as `cron: 30 2 * * *`")
        })?;
        if spec.name.is_none() {
            return Err(Failure::usage(format!("a schedule in {file} has no name")));
        }
        specs.push(spec);
    }
    Ok(specs)
}
