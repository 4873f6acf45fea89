//! `workflow rename`.

use clap::Args;
use pulse_api::http::workflows::{RenameWorkflow, WorkflowView};

use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
};

/// Give a workflow another name
///
/// Its versions, executions and schedules stay, and tokens and secrets that are for it are still. Where its
/// document says a name, the new one is there as its next version. The old name is free. Refused while steps
/// of other workflows run it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl workflow rename deploy deploy-web")]
pub(crate) struct Rename {
    /// Name or id
    #[arg(value_parser = crate::names::given("workflow"))]
    workflow: String,
    /// What it is called from now on
    #[arg(value_name = "NEW")]
    new: String,
}

impl Rename {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let body = RenameWorkflow { name: self.new };
        let view: WorkflowView =
            references::with(&client, (Noun::Workflow, &self.workflow), async |name| {
                let call = Call::patch(&format!("/workflows/{}", segment(name)));
                client.json(call.json(&body)?).await
            })
            .await?;
        let line = format!("workflow/{} renamed, was {}", view.name, self.workflow);
        app.ui.done(("workflow", &view.name), &view, line)?;
        Ok(Exit::OK)
    }
}
