//! `execution respond`: answers a prompt of an execution.

use clap::Args;
use pulse_api::{
    http::{executions::ExecutionView, prompts},
    status::PromptStatus,
};

use crate::{
    app::App,
    client::{Call, Client},
    commands::references,
    error::{Exit, Failure, Kind},
    follow::{approvals, of_one, option_of},
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
    /// What it asks beside its options; may be repeated
    #[arg(long = "field", value_name = "NAME=VALUE")]
    fields: Vec<String>,
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
            fields: Some(of_one(&self.fields)?).filter(|fields| !fields.is_empty()),
            comment: self.comment,
        };
        let call = Call::post(&format!("/executions/{reference}/respond")).json(&body)?;
        let done: prompts::PromptView = match client.json(call).await {
            Err(failure) if failure.kind == Kind::Usage => {
                let wish = meant(&client, (&reference, prompt.as_deref()), &body).await;
                let Some(body) = wish else {
                    return Err(failure);
                };
                let call = Call::post(&format!("/executions/{reference}/respond"));
                client.json(call.json(&body)?).await?
            }
            answered => answered?,
        };
        let answer = done.response.as_deref().unwrap_or(&self.answer);
        let line = match approvals::standing(&done.approvals, &done.answers) {
            Some(standing) if done.status == PromptStatus::Open => {
                format!("prompt/{}: {answer} is kept; {standing}", done.number)
            }
            Some(_) | None => format!("prompt/{} answered {answer}", done.number),
        };
        app.ui.changed(&done, line)?;
        Ok(Exit::OK)
    }
}

/// The same with the option that was meant, where it was written in another case.
async fn meant(
    client: &Client,
    (execution, prompt): (&str, Option<&str>),
    body: &prompts::Respond,
) -> Option<prompts::Respond> {
    let execution: ExecutionView = client.get(&format!("/executions/{execution}")).await.ok()?;
    let asks = |view: &&prompts::PromptView| match prompt {
        Some(given) => view.number.to_string() == given || view.id.to_string() == given,
        None => view.status == PromptStatus::Open,
    };
    let mut asking = execution.prompts.iter().filter(asks);
    let (view, None) = (asking.next()?, asking.next()) else {
        return None;
    };
    let response = option_of(&body.response, &view.options);
    (response != body.response).then(|| prompts::Respond {
        response,
        ..body.clone()
    })
}
