//! `workflow ls|get|history|delete|schema`.

use clap::Args;
use pulse_api::http::workflows::{WorkflowPause, WorkflowVersionView, WorkflowView};

use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::{
        each::Each,
        references::{self, Noun},
    },
    error::{Exit, Failure, Kind},
    flags::Output,
    ui::{self, Cell, Column, Row, time_cell},
};

impl Row for WorkflowView {
    const KIND: &'static str = "workflow";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |workflow, _| Cell::new(&workflow.name)),
            Column::new("VERSION", |workflow, _| {
                Cell::new(workflow.version.to_string())
            }),
            Column::new("UPDATED", |workflow, times| {
                time_cell(Some(workflow.updated_at), times)
            }),
            Column::new("BY", |workflow, _| Cell::new(&workflow.created_by)),
            Column::new("PAUSED", |workflow, _| {
                Cell::maybe(workflow.paused.as_ref().map(why_paused))
            }),
            Column::new("DESCRIPTION", |workflow, _| {
                Cell::maybe(workflow.description.as_ref())
            }),
            Column::wide("CREATED", |workflow, times| {
                time_cell(Some(workflow.created_at), times)
            }),
            Column::wide("ID", |workflow, _| Cell::new(workflow.id.to_string())),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

/// `by maria: the registry is being moved`.
fn why_paused(paused: &WorkflowPause) -> String {
    let why = paused.reason.as_ref().map(|reason| format!(": {reason}"));
    format!("by {}{}", paused.by, why.unwrap_or_default())
}

impl Row for WorkflowVersionView {
    const KIND: &'static str = "version";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("VERSION", |version, _| {
                Cell::new(version.version.to_string())
            }),
            Column::new("CREATED", |version, times| {
                time_cell(Some(version.created_at), times)
            }),
            Column::new("BY", |version, _| Cell::new(&version.created_by)),
            Column::new("MESSAGE", |version, _| {
                Cell::maybe(version.message.as_ref())
            }),
            Column::wide("SHA256", |version, _| Cell::new(&version.sha256)),
        ]
    }

    fn key(&self) -> String {
        self.version.to_string()
    }
}

/// List workflows
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let workflows: Vec<WorkflowView> =
            app.client()?.list(Call::get("/workflows"), None).await?;
        app.ui.list(&workflows)?;
        Ok(Exit::OK)
    }
}

/// Print a workflow's document as it was given
#[derive(Debug, Args)]
pub(crate) struct Get {
    /// Name or id; NAME@3 for an older version
    #[arg(value_parser = crate::names::given("workflow"))]
    workflow: String,
    /// An older version
    #[arg(long, value_name = "VERSION", value_parser = clap::value_parser!(i32).range(1..))]
    rev: Option<i32>,
}

impl Get {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let (name, version) = references::version_of(&self.workflow)?;
        let found = if let Some(version) = self.rev.or(version) {
            let found = version_at(&client, &name, version).await?;
            (serde_json::to_value(&found).ok(), found.source)
        } else {
            let found = newest(&client, &name).await?;
            (serde_json::to_value(&found).ok(), found.source)
        };
        let (object, source) = found;
        match app.ui.output {
            Output::Json | Output::Jsonl => app.ui.structured(&object)?,
            Output::Name => app.ui.data(format!("workflow/{name}"))?,
            Output::Table
            | Output::Wide
            | Output::Yaml
            | Output::Csv
            | Output::Raw
            | Output::Github
            | Output::Sarif => match source {
                Some(source) => app.ui.text(&with_line_end(source))?,
                None => app.ui.text(&ui::yaml(&object)?)?,
            },
        }
        Ok(Exit::OK)
    }
}

/// The newest version of a workflow.
pub(super) async fn newest(client: &Client, given: &str) -> Result<WorkflowView, Failure> {
    references::with(client, (Noun::Workflow, given), async |name| {
        client.get(&format!("/workflows/{}", segment(name))).await
    })
    .await
}

/// One version of a workflow.
pub(super) async fn version_at(
    client: &Client,
    given: &str,
    version: i32,
) -> Result<WorkflowVersionView, Failure> {
    let found = references::with(client, (Noun::Workflow, given), async |name| {
        let path = format!("/workflows/{}/versions/{version}", segment(name));
        client.get(&path).await
    });
    found.await.map_err(|failure| {
        if failure.kind == Kind::NotFound && failure.hint.is_none() {
            failure.hint(format!(
                "`pulsectl workflow history {given}` shows its versions"
            ))
        } else {
            failure
        }
    })
}

fn with_line_end(mut text: String) -> String {
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// List the versions of a workflow
#[derive(Debug, Args)]
pub(crate) struct History {
    /// Name or id
    #[arg(value_parser = crate::names::given("workflow"))]
    workflow: String,
}

impl History {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let versions: Vec<WorkflowVersionView> =
            references::with(&client, (Noun::Workflow, &self.workflow), async |name| {
                let call = Call::get(&format!("/workflows/{}/versions", segment(name)));
                client.list(call, None).await
            })
            .await?;
        app.ui.list(&versions)?;
        Ok(Exit::OK)
    }
}

/// Delete workflows; their executions stay
#[derive(Debug, Args)]
pub(crate) struct Delete {
    /// Names or ids
    #[arg(value_parser = crate::names::given("workflow"), required = true, value_name = "WORKFLOW")]
    workflows: Vec<String>,
}

impl Delete {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        // Nobody is asked about what is not there.
        if !app.ui.yes {
            for name in &self.workflows {
                newest(&client, name).await?;
            }
        }
        app.confirm(&format!("delete {}", self.workflows.join(", ")), "--yes")?;
        let mut each = Each::of(self.workflows.len(), "workflow");
        for name in &self.workflows {
            let deleted = references::with(&client, (Noun::Workflow, name), async |name| {
                let path = format!("/workflows/{}", segment(name));
                client.send(&Call::delete(&path)).await.map(drop)
            })
            .await;
            let is_gone = deleted.is_ok();
            each.take(name, deleted)?;
            if is_gone {
                let done = serde_json::json!({"name": name, "deleted": true});
                let line = format!("workflow/{name} deleted");
                app.ui.done(("workflow", name), &done, line)?;
            }
        }
        each.end()
    }
}

/// Print the JSON Schema of the workflow language, for editors
#[derive(Debug, Args)]
pub(crate) struct Schema {}

impl Schema {
    #[expect(clippy::unused_self, reason = "every command runs alike")]
    pub(super) fn run(self, app: &App) -> Result<Exit, Failure> {
        let schema = pulse_workflow::schema();
        if app.ui.is_structured() {
            app.ui.bare(&schema)?;
            return Ok(Exit::OK);
        }
        let schema = serde_json::to_string_pretty(&schema)
            .map_err(|error| Failure::general("could not write the schema").because(&error))?;
        app.ui.data(schema)?;
        Ok(Exit::OK)
    }
}
