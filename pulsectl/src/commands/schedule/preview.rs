//! `schedule preview`.

use clap::Args;
use jiff::Timestamp;
use pulse_workflow::{Cron, CronFault, Due};
use serde::Serialize;

use super::show::find;
use crate::{
    app::App,
    clock,
    error::{Exit, Failure},
    ui::{Cell, Column, Row},
};

/// Show when a schedule is due, or would be; needs no server for the latter
///
/// Days on which the clocks of the time zone change are marked. A time that does not exist that day is due
/// as soon as the clocks go on; one that there is twice is due once, unless it comes every so often.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl schedule preview backup
  pulsectl schedule preview --cron '30 2 * * *' --tz Europe/Berlin --from 2027-03-26 -n 5")]
pub(crate) struct Preview {
    /// A schedule that there is
    #[arg(value_parser = crate::names::given("schedule"), required_unless_present = "cron", conflicts_with = "cron")]
    schedule: Option<String>,
    /// Five fields, or @hourly, @daily, @weekly, @monthly, @yearly
    #[arg(long, value_name = "FIELDS")]
    cron: Option<String>,
    /// The time zone of the fields
    #[arg(
        long,
        visible_alias = "timezone",
        value_name = "ZONE",
        default_value = "UTC",
        conflicts_with = "schedule"
    )]
    tz: String,
    /// How many moments
    #[arg(short = 'n', long, value_name = "COUNT", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    count: u16,
    /// Those after this time; a day begins as it does in the time zone. Without, after now
    #[arg(long, value_name = "WHEN")]
    from: Option<String>,
}

/// A moment as it is shown.
#[derive(Debug, Serialize)]
struct Moment {
    due_at: Timestamp,
    local: String,
    note: Option<String>,
}

impl Row for Moment {
    const KIND: &'static str = "moment";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("DUE", |moment, _| Cell::new(&moment.local)),
            Column::new("UTC", |moment, _| Cell::new(moment.due_at.to_string())),
            Column::new("NOTE", |moment, _| Cell::maybe(moment.note.as_ref())),
        ]
    }

    fn key(&self) -> String {
        self.due_at.to_string()
    }
}

impl From<Due> for Moment {
    fn from(due: Due) -> Self {
        Self {
            due_at: due.at,
            local: due.local.strftime("%a %F %R %Z").to_string(),
            note: due.shift.map(|shift| shift.to_string()),
        }
    }
}

impl Preview {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let cron = match (&self.schedule, &self.cron) {
            (Some(name), _) => {
                let schedule = find(&app.client()?, name).await?;
                Cron::parse(&schedule.cron, &schedule.timezone)
            }
            (None, cron) => Cron::parse(cron.as_deref().unwrap_or_default(), &self.tz),
        };
        let cron = cron.map_err(unread)?;
        let from = match &self.from {
            None => clock::now(),
            Some(text) => clock::instant_in(text, cron.zone())?,
        };
        let moments: Vec<Moment> = cron
            .upcoming(from)
            .take(usize::from(self.count))
            .map(Moment::from)
            .collect();
        app.ui.list(&moments)?;
        Ok(Exit::OK)
    }
}

fn unread(fault: CronFault) -> Failure {
    let failure = Failure::usage(fault.message);
    match fault.hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}
