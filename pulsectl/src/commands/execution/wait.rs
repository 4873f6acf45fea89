//! `execution wait`.

use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use pulse_api::{http::executions::ExecutionView, status::PromptStatus};

use crate::{
    app::App,
    client::Client,
    commands::references,
    error::{Exit, Failure, Kind},
    follow::{self, interrupted},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum For {
    /// Until it has ended well; ending otherwise is an exit code
    Succeeded,
    /// Until it has ended, however
    Finished,
    /// Until it asks something
    Prompt,
}

/// Wait for executions without showing them
///
/// Exit codes: 0, 3 failed, 5 cancelled, 6 timed out, 124 --timeout ran out. Of several executions,
/// the first that did not end well decides. With --for prompt an execution that ends without asking
/// is a failure too: 3, also when it completed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution wait 42 --timeout 30m
  pulsectl execution wait @last --for prompt")]
pub(crate) struct Wait {
    /// Numbers, ids, beginnings of ids, or @last
    #[arg(value_parser = crate::names::given("execution"), required = true, value_name = "EXECUTION")]
    executions: Vec<String>,
    /// What to wait for
    #[arg(long = "for", value_enum, default_value = "succeeded")]
    state: For,
}

impl Wait {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let mut worst = Exit::OK;
        for given in &self.executions {
            let reference = references::execution(&client, given).await?;
            let execution = tokio::select! {
                execution = self.until(&client, &reference) => execution?,
                interrupt = tokio::signal::ctrl_c() => {
                    interrupt?;
                    return Err(interrupted());
                }
            };
            let line = format!("execution/{} {}", execution.number, execution.status);
            app.ui.changed(&execution, line)?;
            if worst == Exit::OK {
                worst = self.exit(app, &execution);
            }
        }
        Ok(worst)
    }

    /// What was waited for has come, or never will.
    fn exit(&self, app: &App, execution: &ExecutionView) -> Exit {
        match self.state {
            For::Finished => Exit::OK,
            For::Succeeded => follow::exit_of_run(execution.status),
            For::Prompt if !execution.status.is_terminal() => Exit::OK,
            For::Prompt => {
                let number = execution.number;
                app.ui
                    .say(format!("#{number} has ended and asks nothing any more"));
                match follow::exit_of_run(execution.status) {
                    Exit::OK => Kind::Failed.into(),
                    ended => ended,
                }
            }
        }
    }

    async fn until(&self, client: &Client, reference: &str) -> Result<ExecutionView, Failure> {
        let mut pause = Duration::from_millis(200);
        loop {
            let execution = match client
                .get::<ExecutionView>(&format!("/executions/{reference}"))
                .await
            {
                Ok(execution) => execution,
                // A server that restarts is waited for as long as the execution is.
                Err(failure)
                    if is_away(&failure)
                        && client.deadline().is_some_and(|at| Instant::now() < at) =>
                {
                    tokio::time::sleep(pause).await;
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            let is_asking = execution
                .prompts
                .iter()
                .any(|prompt| prompt.status == PromptStatus::Open);
            if execution.status.is_terminal() || (self.state == For::Prompt && is_asking) {
                return Ok(execution);
            }
            if client
                .deadline()
                .is_some_and(|deadline| Instant::now() >= deadline)
            {
                let number = execution.number;
                return Err(Failure::new(
                    Kind::WaitedTooLong,
                    format!("#{number} was not over in time; it goes on"),
                )
                .hint(format!(
                    "`pulsectl execution wait {number}` goes on waiting"
                )));
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 3 / 2).min(Duration::from_secs(2));
        }
    }
}

fn is_away(failure: &Failure) -> bool {
    matches!(failure.kind, Kind::Unreachable | Kind::General)
}
