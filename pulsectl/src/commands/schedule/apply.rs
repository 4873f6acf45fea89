//! `schedule apply`: schedules as documents say.

use std::collections::BTreeMap;

use clap::Args;
use pulse_api::http::schedules::{ScheduleSpec, ScheduleView};
use serde::Serialize;

use crate::{
    app::App,
    cli::Form,
    client::{Call, Client, segment},
    commands::workflow::{Document, Documents},
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

/// What became of one schedule.
#[derive(Debug, Serialize)]
struct Applied {
    #[serde(flatten)]
    schedule: ScheduleView,
    file: String,
    /// `created`, `updated` or `unchanged`.
    result: &'static str,
}

impl Apply {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let named = named(&self.from.read()?)?;
        let client = app.client()?;
        let before: Vec<ScheduleView> = client.list(Call::get("/schedules"), None).await?;
        let mut all = Vec::new();
        for one in &named {
            let before = before.iter().find(|before| before.name == one.name);
            let applied = put(&client, one, before).await?;
            applied.print(app)?;
            all.push(applied);
        }
        if app.ui.output.form() == Form::Document && !app.ui.quiet {
            app.ui.structured(&counted(&all))?;
        }
        Ok(Exit::OK)
    }
}

async fn put(
    client: &Client,
    one: &Named,
    before: Option<&ScheduleView>,
) -> Result<Applied, Failure> {
    let call = Call::put(&format!("/schedules/{}", segment(&one.name)));
    let schedule: ScheduleView = client.json(call.json(&one.spec)?).await?;
    let result = match before {
        None => "created",
        Some(before) if is_alike(before, &schedule) => "unchanged",
        Some(_) => "updated",
    };
    Ok(Applied {
        schedule,
        file: one.place.clone(),
        result,
    })
}

/// Whether both start the same at the same moments, in the same name.
fn is_alike(one: &ScheduleView, other: &ScheduleView) -> bool {
    let what = |it: &ScheduleView| (it.workflow.id, it.inputs.clone(), it.runs_as.clone());
    let when = |it: &ScheduleView| (it.cron.clone(), it.timezone.clone(), it.overlap, it.missed);
    what(one) == what(other) && when(one) == when(other)
}

impl Applied {
    /// Prints it, where it is not kept for one document at the end.
    fn print(&self, app: &App) -> Result<(), Failure> {
        let name = &self.schedule.name;
        if app.ui.output.form() == Form::Document && !app.ui.quiet {
            return Ok(());
        }
        let line = format!("schedule/{name} {}", self.result);
        app.ui.done(("schedule", name), self, line)
    }
}

#[derive(Serialize)]
struct Counted<'a> {
    created: usize,
    updated: usize,
    unchanged: usize,
    schedules: &'a [Applied],
}

fn counted(all: &[Applied]) -> Counted<'_> {
    let count = |result: &str| all.iter().filter(|one| one.result == result).count();
    Counted {
        created: count("created"),
        updated: count("updated"),
        unchanged: count("unchanged"),
        schedules: all,
    }
}

/// A schedule that a document wants, and where it stands.
struct Named {
    name: String,
    place: String,
    spec: ScheduleSpec,
}

/// Reads all of them before any is applied.
fn named(documents: &[Document]) -> Result<Vec<Named>, Failure> {
    let mut places: BTreeMap<String, &str> = BTreeMap::new();
    let mut all = Vec::new();
    for document in documents {
        let place = &document.place;
        let spec = read(document)?;
        let Some(name) = spec.name.clone() else {
            return Err(Failure::usage(format!("a schedule in {place} has no name"))
                .hint("add a line such as `name: nightly-backup`"));
        };
        if let Some(other) = places.insert(name.clone(), place) {
            return Err(Failure::usage(format!(
                "{other} and {place} both hold the schedule {name}"
            )));
        }
        all.push(Named {
            name,
            place: place.clone(),
            spec,
        });
    }
    Ok(all)
}

fn read(document: &Document) -> Result<ScheduleSpec, Failure> {
    // So the lines that the parser speaks of are those of the file.
    let above = usize::try_from(document.lines_before).unwrap_or_default();
    let text = "\n".repeat(above) + &document.text;
    serde_yaml::from_str(&text).map_err(|error| {
        let place = &document.place;
        let at = error
            .location()
            .map(|at| format!(":{}:{}", at.line(), at.column()));
        let at = at.unwrap_or_default();
        Failure::usage(format!("{place}{at}: this is no schedule"))
            .because(&error)
            .hint("write name, workflow and cron, such as `cron: 30 2 * * *`")
    })
}
