//! `workflow pause|resume`.

use clap::Args;
use pulse_api::http::workflows::{PauseWorkflow, WorkflowView};

use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
};

/// Let nothing of a workflow start; what has begun goes on
///
/// What is started meanwhile, by hand or by a schedule, is refused with who has paused it and why.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow pause deploy --reason 'the registry is being moved'
  pulsectl workflow resume deploy")]
pub(crate) struct Pause {
    /// Name or id
    #[arg(value_parser = crate::names::given("workflow"))]
    workflow: String,
    /// Why, for those who wonder
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Let a paused workflow start again
#[derive(Debug, Args)]
pub(crate) struct Resume {
    /// Name or id
    #[arg(value_parser = crate::names::given("workflow"))]
    workflow: String,
}

impl Pause {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let body = PauseWorkflow {
            reason: self.reason,
        };
        let client = app.client()?;
        let view: WorkflowView =
            references::with(&client, (Noun::Workflow, &self.workflow), async |name| {
                let call = Call::post(&format!("/workflows/{}/pause", segment(name)));
                client.json(call.json(&body)?).await
            })
            .await?;
        let line = format!("workflow/{} paused", view.name);
        app.ui.done(("workflow", &view.name), &view, line)?;
        Ok(Exit::OK)
    }
}

impl Resume {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let view: WorkflowView =
            references::with(&client, (Noun::Workflow, &self.workflow), async |name| {
                let call = Call::post(&format!("/workflows/{}/resume", segment(name)));
                client.json(call).await
            })
            .await?;
        let line = format!("workflow/{} resumed", view.name);
        app.ui.done(("workflow", &view.name), &view, line)?;
        Ok(Exit::OK)
    }
}
