//! `execution rerun`: the same wish once more, of the workflow as it is now.

use clap::Args;
use pulse_api::http::executions::{ExecutionView, RetryExecution, StartExecution};

use super::control::{Follow, Why, started};
use crate::{
    app::App,
    client::{Call, Client},
    commands::{
        references::{self, Noun},
        run::{SecretInputs, Secrets},
    },
    error::{Exit, Failure},
};

/// Start a workflow again with the inputs and targets that an execution had
///
/// The newest version of the workflow runs, as a new execution; `retry` runs the version that it
/// had, and links the two. An execution of no workflow has one document only, and is retried.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution rerun 42
  pulsectl execution rerun @last -F --reason \"with the new certificate\"")]
pub(crate) struct Rerun {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("execution"))]
    execution: String,
    #[command(flatten)]
    secrets: Secrets,
    #[command(flatten)]
    why: Why,
    #[command(flatten)]
    follow: Follow,
}

impl Rerun {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let secrets = self.secrets.read()?;
        let client = app.client()?;
        let reference = references::execution(&client, &self.execution).await?;
        let before: ExecutionView = client.get(&format!("/executions/{reference}")).await?;
        if let Some(number) = before.undo_of {
            let said = format!(
                "#{} undoes #{number}: run again, it would do what it undoes",
                before.number
            );
            return Err(Failure::usage(said).hint(format!("pulsectl fleet rollout undo {number}")));
        }
        let again = self.start(&client, &before, secrets).await?;
        let line = format!(
            "execution/{} started, #{} again",
            again.number, before.number
        );
        started(app, &client, (&again, line), self.follow).await
    }

    async fn start(
        &self,
        client: &Client,
        before: &ExecutionView,
        secret_inputs: SecretInputs,
    ) -> Result<ExecutionView, Failure> {
        let (Some(workflow), Some(name)) = (before.workflow.id, &before.workflow.name) else {
            let body = RetryExecution {
                secret_inputs,
                reason: self.why.reason.clone(),
                override_window: self.why.override_window,
                ..RetryExecution::default()
            };
            let call = Call::post(&format!("/executions/{}/retry", before.id)).json(&body)?;
            return client.json(call).await;
        };
        let reason = self.why.reason.clone();
        let body = StartExecution {
            override_window: self.why.override_window,
            workflow_id: Some(workflow),
            inputs: before.inputs.clone(),
            secret_inputs,
            targets: before.targets.clone(),
            reason: Some(reason.unwrap_or_else(|| format!("#{} again", before.number))),
            ..StartExecution::default()
        };
        references::with(client, (Noun::Workflow, name), async |_| {
            client.json(Call::post("/executions").json(&body)?).await
        })
        .await
    }
}
