//! `execution respond`: answers a prompt of an execution.

use clap::Args;
use pulse_api::{http::prompts, status::PromptStatus};

use crate::{
    app::App,
    client::Call,
    commands::references,
    error::{Exit, Failure},
    follow::approvals,
};

/// Answer a prompt of an execution
///
/// Exit code 9 when somebody has answered already.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl execution respond 42 Yes
  pulsectl execution respond @last No --prompt 7 --comment 'not on a Friday'")]
pub(crate) struct Respond {
    /// Number, id, beginning of the id, or @last
    #[arg(value_parser = crate::names::given("execution"))]
    execution: String,
    /// One of the prompt's options
    answer: String,
    /// Which prompt, by number, when more than one is open
    #[arg(long, value_name = "PROMPT")]
    prompt: Option<String>,
    /// Note for the history
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
}

impl Respond {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let reference = references::execution(&client, &self.execution).await?;
        let prompt = match &self.prompt {
            Some(given) => Some(references::prompt(&client, given).await?),
            None => None,
        };
        let number = |given: &str| {
            given
                .parse::<i64>()
                .map_or_else(|_| given.into(), Into::into)
        };
        let body = prompts::Respond {
            response: self.answer.clone(),
            prompt: prompt.as_deref().map(number),
            fields: None,
            comment: self.comment,
        };
        let call = Call::post(&format!("/executions/{reference}/respond")).json(&body)?;
        let done: prompts::PromptView = client.json(call).await?;
        let line = match approvals::standing(&done.approvals, &done.answers) {
            Some(standing) if done.status == PromptStatus::Open => {
                format!("{} is kept: {standing}", self.answer)
            }
            Some(_) | None => format!("answered {}", self.answer),
        };
        app.ui.changed(&done, line)?;
        Ok(Exit::OK)
    }
}
