//! `prompt ls` and `prompt show`.

use clap::Args;
use pulse_api::{http::prompts::PromptView, status::PromptStatus};

use serde_json::Value;

use super::watch::{Whose, watch};
use crate::{
    app::App,
    client::{Call, Client},
    commands::references,
    error::{Exit, Failure},
    follow::{approvals, who_answers},
    ui::{Cell, Column, Row, Toned as _, document, time_cell},
};

impl Row for PromptView {
    const KIND: &'static str = "prompt";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NUMBER", |prompt, _| Cell::new(prompt.number.to_string())),
            Column::new("EXECUTION", |prompt, _| {
                Cell::new(format!("#{}", prompt.execution_number))
            }),
            Column::new("WORKFLOW", |prompt, _| {
                Cell::maybe(prompt.workflow.as_ref())
            }),
            Column::new("STEP", |prompt, _| Cell::new(&prompt.step_name)),
            Column::new("STATUS", |prompt, _| prompt.status.to_cell()),
            Column::new("OPENED", |prompt, times| {
                time_cell(Some(prompt.opened_at), times)
            }),
            Column::new("EXPIRES", |prompt, times| {
                time_cell(prompt.expires_at, times)
            }),
            Column::new("OPTIONS", |prompt, _| Cell::list(&options(prompt))),
            Column::wide("STARTED-BY", |prompt, _| Cell::new(&prompt.started_by)),
            Column::wide("DELEGATED-TO", |prompt, _| {
                Cell::maybe(prompt.delegated_to.as_ref())
            }),
            Column::wide("ANSWER", |prompt, _| Cell::maybe(prompt.response.as_ref())),
            Column::wide("BY", |prompt, _| Cell::maybe(prompt.answered_by.as_ref())),
            Column::wide("MESSAGE", |prompt, _| Cell::new(&prompt.message)),
            Column::wide("ID", |prompt, _| Cell::new(prompt.id.to_string())),
        ]
    }

    fn key(&self) -> String {
        self.number.to_string()
    }
}

/// List prompts, open ones unless told otherwise
#[derive(Debug, Args)]
pub(crate) struct Ls {
    /// Only those of executions that you started, and those that were delegated to you
    #[arg(long)]
    mine: bool,
    /// Those with another status: answered, expired or cancelled
    #[arg(long, default_value = "open")]
    status: PromptStatus,
    /// Go on with prompts that are opened and closed from now on
    #[arg(long, conflicts_with = "status")]
    watch: bool,
}

impl Ls {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let mine = self.mine.then_some("true");
        let client = app.client()?;
        let prompts = list(&client, self.status, mine).await?;
        if !self.watch {
            app.ui.list(&prompts)?;
            return Ok(Exit::OK);
        }
        if app.ui.is_structured() {
            prompts.iter().try_for_each(|prompt| app.ui.entry(prompt))?;
        } else {
            app.ui.list(&prompts)?;
        }
        let whose = if self.mine {
            Whose::Mine
        } else {
            Whose::Everybodys
        };
        watch(app, &client, whose).await
    }
}

pub(super) async fn list(
    client: &Client,
    status: PromptStatus,
    mine: Option<&str>,
) -> Result<Vec<PromptView>, Failure> {
    let call = Call::get("/prompts")
        .query("status", status.as_str())
        .maybe("mine", mine);
    client.list(call, None).await
}

/// A prompt by its number.
pub(super) async fn one(client: &Client, number: &str) -> Result<PromptView, Failure> {
    client
        .get(&format!("/prompts/{number}"))
        .await
        .map_err(|failure| references::or_list(failure, references::PROMPTS))
}

/// Show a prompt
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Its number, id, or the beginning of its id
    #[arg(value_parser = crate::names::given("prompt"))]
    prompt: String,
}

impl Show {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let number = references::prompt(&client, &self.prompt).await?;
        let prompt = one(&client, &number).await?;
        app.ui.object(&prompt, || describe(app, &prompt))?;
        Ok(Exit::OK)
    }
}

/// The options, with how far those have come that need several people.
fn options(prompt: &PromptView) -> Vec<String> {
    let heard = (&prompt.approvals, prompt.answers.as_slice());
    approvals::options(&prompt.options, heard)
}

/// What is asked beside the options.
fn asked(prompt: &PromptView) -> String {
    let asked = prompt.fields.iter().map(|field| {
        let kind = match field.values.as_slice() {
            [] => field.kind.clone(),
            values => values.join(" or "),
        };
        format!("{} ({kind})", field.name)
    });
    asked.collect::<Vec<_>>().join(", ")
}

/// What was filled in with the answer.
fn filled(prompt: &PromptView) -> String {
    let values = prompt.values.iter().flatten();
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let filled = values.map(|(name, value)| format!("{name}={}", text(value)));
    filled.collect::<Vec<_>>().join(", ")
}

/// What each person has said, where several are needed.
fn said(app: &App, prompt: &PromptView) -> String {
    let said = prompt.answers.iter().map(|one| {
        let comment = one.comment.as_ref();
        let comment = comment.map(|text| format!(": {text}")).unwrap_or_default();
        let at = app.ui.times.show(one.answered_at);
        format!("{} by {}, {at}{comment}", one.response, one.answered_by)
    });
    said.collect::<Vec<_>>().join("; ")
}

/// Who may answer, and who may not.
fn who(prompt: &PromptView) -> String {
    let who = who_answers(prompt.answerers.as_deref());
    match prompt.not_by {
        Some(_) => format!("{who}, but not {}", prompt.started_by),
        None => who,
    }
}

fn describe(app: &App, prompt: &PromptView) -> String {
    let times = &app.ui.times;
    let at = |at: Option<jiff::Timestamp>| at.map(|at| times.show(at)).unwrap_or_default();
    document(&[
        ("Prompt", prompt.number.to_string()),
        ("Execution", format!("#{}", prompt.execution_number)),
        ("Workflow", prompt.workflow.clone().unwrap_or_default()),
        ("Step", prompt.step_name.clone()),
        ("Message", prompt.message.clone()),
        ("Options", options(prompt).join(", ")),
        ("Fields", asked(prompt)),
        ("Default", prompt.default.clone().unwrap_or_default()),
        ("Status", prompt.status.to_string()),
        ("Started by", prompt.started_by.clone()),
        ("Answers", who(prompt)),
        (
            "Delegated to",
            prompt.delegated_to.clone().unwrap_or_default(),
        ),
        (
            "Delegated by",
            prompt.delegated_by.clone().unwrap_or_default(),
        ),
        ("Said", said(app, prompt)),
        ("Opened", at(Some(prompt.opened_at))),
        ("Expires", at(prompt.expires_at)),
        ("Answer", prompt.response.clone().unwrap_or_default()),
        ("Filled in", filled(prompt)),
        (
            "Answered by",
            prompt.answered_by.clone().unwrap_or_default(),
        ),
        ("Answered", at(prompt.answered_at)),
        ("Comment", prompt.comment.clone().unwrap_or_default()),
    ])
}
