//! `prompt answer`: one answer, or the inbox.

use clap::Args;
use pulse_api::{
    http::prompts::{PromptView, Respond},
    status::PromptStatus,
};

use serde_json::{Map, Value};

use super::ls::{list, one};
use crate::{
    app::App,
    client::{Call, Client},
    commands::{execution::last_lines, references},
    error::{Exit, Failure, Kind},
    follow::{approvals, asked, fill_in, of_one, option_of, pick, who_answers},
    ui::{form::Form, sanitize},
};

/// Answer a prompt; without a number, go through all open ones
///
/// Exit code 9 when somebody has answered already.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl prompt answer
  pulsectl prompt answer 7 Yes --field version=1.4.2
  pulsectl prompt answer 7 Yes --comment 'checked the dashboard'")]
pub(crate) struct Answer {
    /// Its number, id, or the beginning of its id
    #[arg(value_parser = crate::names::given("prompt"))]
    prompt: Option<String>,
    /// One of its options
    #[arg(value_name = "ANSWER")]
    choice: Option<String>,
    /// What it asks beside its options; may be repeated
    #[arg(long = "field", value_name = "NAME=VALUE")]
    fields: Vec<String>,
    /// Note for the history
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
}

/// How many lines of output are shown before a decision.
const CONTEXT: usize = 8;

impl Answer {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        match (&self.prompt, &self.choice) {
            (Some(prompt), Some(answer)) => {
                let number = references::prompt(&client, prompt).await?;
                self.send(app, &client, (&number, answer, of_one(&self.fields)?))
                    .await?;
            }
            (given, _) if !app.ui.interactive => {
                let (missing, hint) = match given {
                    Some(prompt) => (
                        "an answer",
                        format!("`pulsectl prompt show {prompt}` has the answers; then `pulsectl prompt answer {prompt} ANSWER`"),
                    ),
                    None => (
                        "a prompt and an answer",
                        "`pulsectl prompt ls` shows the prompts; then `pulsectl prompt answer PROMPT ANSWER`".to_owned(),
                    ),
                };
                let said = format!("without a terminal, {missing} must be given");
                return Err(Failure::usage(said).hint(hint));
            }
            (Some(prompt), None) => {
                let number = references::prompt(&client, prompt).await?;
                let prompt = one(&client, &number).await?;
                self.ask(app, &client, &prompt).await?;
            }
            (None, _) => self.inbox(app, &client).await?,
        }
        Ok(Exit::OK)
    }

    /// Goes through the open prompts, one after the other.
    async fn inbox(&self, app: &App, client: &Client) -> Result<(), Failure> {
        let prompts = list(client, PromptStatus::Open, None).await?;
        if prompts.is_empty() {
            app.ui.say("nothing waits for an answer");
            return Ok(());
        }
        app.ui.say(format!(
            "{} open; Esc goes on to the next, Ctrl-C ends",
            prompts.len()
        ));
        for prompt in &prompts {
            match self.ask(app, client, prompt).await {
                // Somebody else was faster; the next one may still wait.
                Err(failure) if failure.kind == Kind::Conflict => app.ui.say(failure.to_string()),
                outcome => outcome?,
            }
        }
        Ok(())
    }

    async fn ask(&self, app: &App, client: &Client, prompt: &PromptView) -> Result<(), Failure> {
        if prompt.status != PromptStatus::Open {
            let by = prompt
                .answered_by
                .as_ref()
                .map(|by| format!(" by {by}"))
                .unwrap_or_default();
            return Err(Failure::new(
                Kind::Conflict,
                format!("prompt {} is {}{by}", prompt.number, prompt.status),
            )
            .hint(shows(prompt)));
        }
        let execution = prompt.execution_id.to_string();
        for line in last_lines(client, &execution, CONTEXT)
            .await
            .unwrap_or_default()
        {
            app.ui.say(format!("  {}", sanitize::line(&line)));
        }
        let workflow = prompt.workflow.as_deref().unwrap_or("unnamed run");
        let left = prompt
            .expires_at
            .map(|at| format!(", expires {}", app.ui.times.show(at)));
        let title = format!(
            "? {}\n  prompt {} of {workflow} #{}, started by {}{}\n  {}{}",
            asked(&prompt.step_name, &prompt.message),
            prompt.number,
            prompt.execution_number,
            prompt.started_by,
            left.unwrap_or_default(),
            who_answers(prompt.answerers.as_deref()),
            approvals::needs(&prompt.approvals, &prompt.answers)
                .map(|needs| format!("\n  {needs}"))
                .unwrap_or_default()
        );
        let Some(index) = pick(&title, &prompt.options, app.ui.device).await? else {
            return Ok(());
        };
        let answer = prompt.options.get(index).cloned().unwrap_or_default();
        let given = of_one(&self.fields)?;
        let fields = match Form::new(&prompt.fields, &given) {
            Some(form) => fill_in(&format!("{title}\n  {answer}"), form, app.ui.device).await?,
            None => Some(given),
        };
        let Some(fields) = fields else {
            return Ok(());
        };
        self.send(app, client, (&prompt.number.to_string(), &answer, fields))
            .await
    }

    async fn send(
        &self,
        app: &App,
        client: &Client,
        (number, answer, fields): (&str, &str, Map<String, Value>),
    ) -> Result<(), Failure> {
        let answered = self.post(client, (number, answer), &fields).await;
        let done = match answered {
            // The options are worth a look only when the answer was not one of them.
            Err(failure) if failure.kind == Kind::Usage => {
                let prompt = one(client, number).await?;
                let meant = option_of(answer, &prompt.options);
                if prompt.options.contains(&answer.to_owned()) {
                    return Err(failure.hint(asks(&prompt)));
                }
                if meant == answer {
                    // The server says which there are.
                    return Err(failure.hint(format!("`pulsectl prompt show {number}` shows it")));
                }
                self.post(client, (number, &meant), &fields).await?
            }
            Err(failure) if failure.kind == Kind::Conflict && failure.hint.is_none() => {
                return Err(match one(client, number).await {
                    Ok(prompt) => failure.hint(shows(&prompt)),
                    Err(_) => failure,
                });
            }
            Err(failure) => return Err(references::or_list(failure, references::PROMPTS)),
            Ok(done) => done,
        };
        let line = match approvals::standing(&done.approvals, &done.answers) {
            Some(standing) if done.status == PromptStatus::Open => {
                format!("prompt/{number}: {answer} is kept; {standing}")
            }
            Some(_) | None => format!("prompt/{number} answered {answer}"),
        };
        app.ui.changed(&done, line)
    }

    async fn post(
        &self,
        client: &Client,
        (number, answer): (&str, &str),
        fields: &Map<String, Value>,
    ) -> Result<PromptView, Failure> {
        let body = Respond {
            response: answer.to_owned(),
            fields: Some(fields.clone()).filter(|fields| !fields.is_empty()),
            comment: self.comment.clone(),
            ..Respond::default()
        };
        client
            .json(Call::post(&format!("/prompts/{number}/answer")).json(&body)?)
            .await
    }
}

/// What to type for the fields of a prompt.
fn asks(prompt: &PromptView) -> String {
    let fields = prompt.fields.iter();
    let fields: Vec<String> = fields
        .map(|field| format!("--field {}=…", field.name))
        .collect();
    if fields.is_empty() {
        return "it asks for nothing but one of its options".to_owned();
    }
    format!("it asks for {}", fields.join(" "))
}

/// Where the execution of a prompt is told of.
fn shows(prompt: &PromptView) -> String {
    let number = prompt.execution_number;
    format!("it belongs to #{number}: `pulsectl execution show {number}`")
}
