//! Prompts: look at them, answer them.

use axum::{
    Json,
    extract::{Path, State},
};
use pulse_api::{
    ProblemCode, PromptId,
    http::{
        Page,
        prompts::{DelegatePrompt, PromptView, Respond as RespondBody},
    },
    status::PromptStatus,
};
use serde_json::Value;

use super::{
    body::Json as Body,
    executions,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, kinds::One, pages::Part, parameters},
    text,
};
use crate::{
    app::App,
    domain::{
        PromptName, perform_once,
        prompts::{self, Respond, Which, delegate::Delegate},
    },
    model::{access::User, grant::Reach, place::Count, prompt::Answer},
};

fn unknown(text: &str) -> Refusal {
    Refusal::not_found("prompt", text.chars().take(80).collect::<String>())
        .hint("pulsectl prompt ls shows what is open")
}

/// A prompt by its id or its number.
fn name(text: &str) -> Option<PromptName> {
    let number = executions::number(text);
    number
        .map(PromptName::Number)
        .or_else(|| text.parse::<PromptId>().ok().map(PromptName::Id))
}

parameters! {
    pub(super) struct ListQuery {
        /// Only those that stand so.
        status: One<PromptStatus>,
        /// Only those of what the caller has started, and those that the caller was asked to answer.
        mine: Option<bool>,
        ..part: Part<Count, 100>,
    }
}

/// Lists prompts, oldest first.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<PromptView>>, Refusal> {
    let reach = Reach::of(&user);
    let whose = (query.mine == Some(true)).then_some(user.username);
    let after = query.part.after.map_or(0, |place| place.0);
    let part = (after, query.part.limit.and_one());
    let items = prompts::list(&app, query.status.0, (whose, &reach), part).await?;
    Ok(Json(
        query.part.limit.page(items, |last| Count(last.number)),
    ))
}

/// Shows a prompt.
pub(super) async fn show(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
) -> Result<Json<PromptView>, Refusal> {
    let name = name(&text).ok_or_else(|| unknown(&text))?;
    prompts::get(&app, name, &Reach::of(&user))
        .await?
        .map(Json)
        .ok_or_else(|| unknown(&text))
}

/// Answers a prompt.
pub(super) async fn answer(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    Body(body): Body<RespondBody>,
) -> Result<Json<PromptView>, Refusal> {
    let name = name(&text).ok_or_else(|| unknown(&text))?;
    give(&app, (&caller, &user), Which::Named(name), body).await
}

/// Asks somebody to answer a prompt.
pub(super) async fn delegate(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    Body(body): Body<DelegatePrompt>,
) -> Result<Json<PromptView>, Refusal> {
    let verb = Delegate {
        prompt: name(&text).ok_or_else(|| unknown(&text))?,
        to: body.to,
        reach: Reach::of(&user),
        by: user.username,
    };
    perform_once(&app, caller.once.as_ref(), &verb).await?;
    prompts::get(&app, verb.prompt, &verb.reach)
        .await?
        .map(Json)
        .ok_or_else(|| unknown(&text))
}

/// Answers the prompt of an execution.
pub(super) async fn respond(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    Body(body): Body<RespondBody>,
) -> Result<Json<PromptView>, Refusal> {
    let execution = executions::find(&app, &user, &text).await?;
    let named = match &body.prompt {
        None | Some(Value::Null) => None,
        Some(Value::Number(number)) => {
            let number = number.as_i64().ok_or_else(no_name)?;
            Some(PromptName::Number(number))
        }
        Some(Value::String(text)) => Some(name(text).ok_or_else(|| unknown(text))?),
        Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => return Err(no_name()),
    };
    give(&app, (&caller, &user), Which::Of(execution, named), body).await
}

fn no_name() -> Refusal {
    Refusal::new(
        ProblemCode::InvalidBody,
        "prompt is a whole number or an id",
    )
}

async fn give(
    app: &App,
    (caller, user): (&Caller, &User),
    which: Which,
    body: RespondBody,
) -> Result<Json<PromptView>, Refusal> {
    let answer = Answer {
        response: body.response,
        by: user.username.clone(),
        comment: text::comment(body.comment)?,
    };
    let reach = Reach::of(user);
    let respond = Respond {
        which,
        answer,
        fields: body.fields.unwrap_or_default(),
        reach,
    };
    let answered = perform_once(app, caller.once.as_ref(), &respond).await?;
    let name = PromptName::Id(answered.prompt);
    prompts::get(app, name, &respond.reach)
        .await?
        .map(Json)
        .ok_or_else(|| unknown(&answered.prompt.to_string()))
}
