//! `schedule ls|show`.

use clap::Args;
use pulse_api::http::schedules::ScheduleView;

use super::came_of;
use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
    ui::{Cell, document, render_table, time_cell},
};

/// List schedules, with when each is due next and what came of it last
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let schedules: Vec<ScheduleView> =
            app.client()?.list(Call::get("/schedules"), None).await?;
        app.ui.list(&schedules)?;
        Ok(Exit::OK)
    }
}

/// Show a schedule, and what came of its newest moments
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Its name or id
    #[arg(value_parser = crate::names::given("schedule"))]
    schedule: String,
}

impl Show {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let schedule = find(&app.client()?, &self.schedule).await?;
        app.ui.object(&schedule, || describe(app, &schedule))?;
        Ok(Exit::OK)
    }
}

pub(super) async fn find(client: &Client, given: &str) -> Result<ScheduleView, Failure> {
    references::with(client, (Noun::Schedule, given), async |name| {
        client.get(&format!("/schedules/{}", segment(name))).await
    })
    .await
}

fn describe(app: &App, schedule: &ScheduleView) -> String {
    let times = &app.ui.times;
    let inputs: Vec<String> = schedule
        .inputs
        .iter()
        .map(|(key, value)| match value.as_str() {
            Some(text) => format!("{key}={text}"),
            None => format!("{key}={value}"),
        })
        .collect();
    let origin = match schedule.position {
        Some(_) => "the workflow's document",
        None => "a person",
    };
    let mut text = document(&[
        ("Schedule", schedule.name.clone()),
        (
            "Workflow",
            schedule.workflow.name.clone().unwrap_or_default(),
        ),
        ("Cron", schedule.cron.clone()),
        ("Time zone", schedule.timezone.clone()),
        ("Overlap", schedule.overlap.to_string()),
        ("Missed", schedule.missed.to_string()),
        ("Inputs", inputs.join(", ")),
        ("Made by", format!("{origin} ({})", schedule.created_by)),
        ("Runs as", schedule.runs_as.clone()),
        ("Paused by", schedule.paused_by.clone().unwrap_or_default()),
        (
            "Next",
            schedule
                .next_due_at
                .map(|at| times.show(at))
                .unwrap_or_default(),
        ),
    ]);
    if !schedule.slots.is_empty() {
        let rows = schedule.slots.iter().map(|slot| {
            vec![
                time_cell(Some(slot.due_at), times),
                Cell::new(came_of(slot)),
            ]
        });
        text.push('\n');
        text.push_str(&render_table(
            &["due", "what came of it"],
            rows.collect(),
            app.ui.paint,
        ));
        text.push('\n');
    }
    text
}
