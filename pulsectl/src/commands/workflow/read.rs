//! `workflow ls|get|history|delete|schema`.

use clap::Args;
use pulse_api::http::workflows::{WorkflowVersionView, WorkflowView};

use crate::{
    app::App,
    cli::Output,
    client::{Call, segment},
    commands::references,
    error::{Exit, Failure},
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
    /// Name or id
    #[arg(value_parser = crate::names::given("workflow"))]
    workflow: String,
    /// An older version
    #[arg(long, value_name = "VERSION")]
    rev: Option<u32>,
}

impl Get {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let path = format!("/workflows/{}", segment(&self.workflow));
        let text = match self.rev {
            Some(rev) => {
                let version = client
                    .get::<WorkflowVersionView>(&format!("{path}/versions/{rev}"))
                    .await;
                version.map(|version| (serde_json::to_value(&version).ok(), version.source))
            }
            None => client
                .get::<WorkflowView>(&path)
                .await
                .map(|workflow| (serde_json::to_value(&workflow).ok(), workflow.source)),
        };
        let (object, source) = match text {
            Ok(found) => found,
            Err(failure) => {
                return Err(references::suggest_workflow(&client, &self.workflow, failure).await);
            }
        };
        match app.ui.output {
            Output::Json | Output::Jsonl => app.ui.structured(&object)?,
            Output::Name => app.ui.data(format!("workflow/{}", self.workflow))?,
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
        let call = Call::get(&format!("/workflows/{}/versions", segment(&self.workflow)));
        let versions: Vec<WorkflowVersionView> = match client.list(call, None).await {
            Ok(versions) => versions,
            Err(failure) => {
                return Err(references::suggest_workflow(&client, &self.workflow, failure).await);
            }
        };
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
        app.confirm(&format!("delete {}", self.workflows.join(", ")), "--yes")?;
        for name in &self.workflows {
            let call = Call::delete(&format!("/workflows/{}", segment(name)));
            if let Err(failure) = client.send(&call).await {
                return Err(references::suggest_workflow(&client, name, failure).await);
            }
            let done = serde_json::json!({"name": name, "deleted": true});
            app.ui
                .changed(name, &done, format!("workflow/{name} deleted"))?;
        }
        Ok(Exit::OK)
    }
}

/// Print the JSON Schema of the workflow language, for editors
#[derive(Debug, Args)]
pub(crate) struct Schema {}

impl Schema {
    #[expect(clippy::unused_self, reason = "every command runs alike")]
    pub(super) fn run(self, app: &App) -> Result<Exit, Failure> {
        let schema = serde_json::to_string_pretty(&pulse_workflow::schema())
            .map_err(|error| Failure::general("could not write the schema").because(&error))?;
        app.ui.data(schema)?;
        Ok(Exit::OK)
    }
}
