//! Prompts: answering them, closing those that nobody answered, and looking at them.

pub(crate) mod delegate;

use pulse_api::{
    ExecutionId, PromptId,
    http::prompts::{PromptAnswer, PromptView},
    problem::FirstAnswer,
    status::PromptStatus,
};
use pulse_workflow::{
    Action,
    inputs::{self, InputFault},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    Verb,
    engine::{self, EngineError, Fleet, Run},
    entries,
};
use crate::{
    app::App,
    model::{
        access::PULSE,
        changes::Changes,
        grant::{Reach, Right},
        prompt::{Answer, Change, Effect, Prompt, RefusedAnswer},
    },
    store::{self, StoreError, Tx, prompts::Name},
};

/// Which prompt is answered.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    Named(Name),
    /// The only open prompt of an execution, or the one that was named with it.
    Of(ExecutionId, Option<Name>),
}

/// Answers a prompt: the first answer has the effect, and the only one.
#[derive(Debug, Clone)]
pub(crate) struct Respond {
    pub(crate) which: Which,
    pub(crate) answer: Answer,
    /// What was filled in beside the choice.
    pub(crate) fields: Map<String, Value>,
    pub(crate) reach: Reach,
}

/// The prompt that was answered.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Answered {
    pub(crate) prompt: PromptId,
    pub(crate) execution_id: ExecutionId,
}

/// Why an answer had no effect.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RespondError {
    #[error("no such prompt")]
    Unknown,
    #[error("the execution has no open prompt")]
    NothingOpen,
    #[error("the execution has more than one open prompt")]
    Ambiguous(Vec<i64>),
    #[error("the prompt has been answered")]
    AlreadyAnswered(i64, FirstAnswer),
    #[error("the same person has answered before")]
    AnsweredBefore(i64, FirstAnswer),
    #[error("who started the execution may not answer")]
    Starter(i64),
    #[error("the prompt is closed")]
    Closed(i64, PromptStatus),
    #[error("not one of the options")]
    NotAnOption(Vec<String>),
    #[error("what was filled in does not fit")]
    Fields(Vec<InputFault>),
    #[error(transparent)]
    Engine(#[from] EngineError),
}

impl From<StoreError> for RespondError {
    fn from(error: StoreError) -> Self {
        Self::Engine(EngineError::Store(error))
    }
}

impl Verb for Respond {
    type Output = Answered;
    type Error = RespondError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<Answered, RespondError> {
        let execution = match self.which {
            Which::Of(execution, _) => execution,
            Which::Named(name) => store::prompts::execution_of(tx, name)
                .await?
                .ok_or(RespondError::Unknown)?,
        };
        // A question is there for those only who may answer it.
        if !store::executions::allows(tx, execution, (&self.reach, Right::Answer)).await? {
            return Err(RespondError::Unknown);
        }
        let Some((mut run, now)) = engine::lock(app, tx, execution).await? else {
            return Err(RespondError::Unknown);
        };
        let prompts = store::prompts::of(tx, execution).await?;
        let mut prompt = pick(prompts, self.which)?;
        let effect = prompt
            .answer(self.answer.clone(), &run.execution.started_by)
            .map_err(|error| refused(&prompt, error))?;
        let fields = fields(&run, &prompt, &self.fields).map_err(RespondError::Fields)?;
        let (id, number) = (prompt.id, prompt.number);
        let mut changes = Changes::default();
        if prompt.takes_several() {
            let answer = PromptAnswer {
                answered_by: self.answer.by.clone(),
                response: self.answer.response.clone(),
                comment: self.answer.comment.clone(),
                values: Some(fields.clone()).filter(|fields| !fields.is_empty()),
                answered_at: now,
            };
            store::prompts::keep(tx, id, &answer);
            prompt.answers.push(answer);
        }
        match effect {
            Effect::Kept => {
                let entry = entries::prompt(&prompt, PromptStatus::Open, prompt.expires_at);
                changes.note(&mut run.execution, entry);
            }
            Effect::Answers(change) => {
                fill_in(tx, &prompt, (execution, &fields));
                close(&mut run, prompt, (change, fields), &mut changes)?;
            }
        }
        engine::advance(tx, &mut run, &mut Fleet::default(), &mut changes).await?;
        engine::finish(app, tx, (vec![run], changes));
        let detail = json!({"response": self.answer.response, "comment": self.answer.comment});
        let subject = format!("prompt {number}");
        store::audit::insert(tx, (&self.answer.by, "prompt.answer", &subject), detail);
        Ok(Answered {
            prompt: id,
            execution_id: execution,
        })
    }

    fn store_error(error: &RespondError) -> Option<&StoreError> {
        match error {
            RespondError::Engine(EngineError::Store(error)) => Some(error),
            RespondError::Unknown
            | RespondError::NothingOpen
            | RespondError::Ambiguous(_)
            | RespondError::AlreadyAnswered(..)
            | RespondError::AnsweredBefore(..)
            | RespondError::Starter(_)
            | RespondError::Closed(..)
            | RespondError::NotAnOption(_)
            | RespondError::Fields(_)
            | RespondError::Engine(_) => None,
        }
    }
}

/// The prompt that is meant, out of all of the execution's.
fn pick(prompts: Vec<Prompt>, which: Which) -> Result<Prompt, RespondError> {
    let named = match which {
        Which::Named(name) | Which::Of(_, Some(name)) => Some(name),
        Which::Of(_, None) => None,
    };
    if let Some(name) = named {
        let is_meant = |prompt: &Prompt| match name {
            Name::Id(id) => prompt.id == id,
            Name::Number(number) => prompt.number == number,
        };
        return prompts
            .into_iter()
            .find(is_meant)
            .ok_or(RespondError::Unknown);
    }
    let last_closed = prompts
        .iter()
        .rev()
        .find(|p| p.status != PromptStatus::Open)
        .cloned();
    let mut open: Vec<Prompt> = prompts
        .into_iter()
        .filter(|prompt| prompt.status == PromptStatus::Open)
        .collect();
    match (open.len(), last_closed) {
        (1, _) => Ok(open.remove(0)),
        // Answering too late tells who was faster.
        (0, Some(closed)) => Ok(closed),
        (0, None) => Err(RespondError::NothingOpen),
        _ => Err(RespondError::Ambiguous(
            open.iter().map(|prompt| prompt.number).collect(),
        )),
    }
}

fn refused(prompt: &Prompt, error: RefusedAnswer) -> RespondError {
    match (error, &prompt.response, &prompt.answered_by) {
        (RefusedAnswer::NotAnOption, _, _) => RespondError::NotAnOption(prompt.options.clone()),
        (RefusedAnswer::Starter, _, _) => RespondError::Starter(prompt.number),
        (RefusedAnswer::Twice(before), _, _) => {
            let first = FirstAnswer {
                answered_by: before.answered_by,
                response: before.response,
                answered_at: Some(before.answered_at),
            };
            RespondError::AnsweredBefore(prompt.number, first)
        }
        (RefusedAnswer::Closed(_), Some(response), Some(by)) => {
            let first = FirstAnswer {
                answered_by: by.clone(),
                response: response.clone(),
                answered_at: prompt.answered_at,
            };
            RespondError::AlreadyAnswered(prompt.number, first)
        }
        (RefusedAnswer::Closed(_), _, _) => RespondError::Closed(prompt.number, prompt.status),
    }
}

/// What was filled in, as the prompt's fields want it.
fn fields(
    run: &Run,
    prompt: &Prompt,
    given: &Map<String, Value>,
) -> Result<Map<String, Value>, Vec<InputFault>> {
    let step = run.workflow.step(&prompt.step.as_str().into());
    match step.map(|step| &step.action) {
        Some(Action::Prompt(asked)) => inputs::fields(asked, given),
        Some(
            Action::Execute(_)
            | Action::Wait { .. }
            | Action::Group(_)
            | Action::Agent(_)
            | Action::Workflow(_)
            | Action::Notify(_),
        )
        | None => Ok(Map::new()),
    }
}

/// Keeps what was filled in, where there is anything.
fn fill_in(tx: &mut Tx, prompt: &Prompt, (execution, fields): (ExecutionId, &Map<String, Value>)) {
    if !fields.is_empty() {
        store::steps::fill_in(tx, (execution, &prompt.step), fields.clone());
    }
}

/// Closes a prompt and ends its step accordingly.
fn close(
    run: &mut Run,
    mut prompt: Prompt,
    (change, fields): (Change, Map<String, Value>),
    changes: &mut Changes,
) -> Result<(), EngineError> {
    prompt.status = change.to();
    prompt.response = change.response().map(str::to_owned);
    prompt.answered_by = change.by().map(str::to_owned);
    changes.note(
        &mut run.execution,
        entries::prompt(&prompt, change.to(), None),
    );
    let order = run.next_order();
    let step = run.step(&prompt.step)?;
    match change.response() {
        Some(response) => step.answer(response, fields)?,
        None if prompt.answers.is_empty() => {
            step.fail("prompt_expired", Some("nobody answered in time".to_owned()))?;
        }
        None => {
            let detail = "too few people answered in time".to_owned();
            step.fail("prompt_expired", Some(detail))?;
        }
    }
    step.ended_order = Some(order);
    let entry = entries::step(step);
    changes.note(&mut run.execution, entry);
    changes.prompts.push(change);
    Ok(())
}

/// Closes what nobody answered in time, in one execution: by the declared default, or as expired.
#[derive(Debug)]
pub(crate) struct ExpirePrompts(pub(crate) ExecutionId);

impl Verb for ExpirePrompts {
    type Output = ();
    type Error = EngineError;

    async fn run(&self, app: &App, tx: &mut Tx) -> Result<(), EngineError> {
        let Some((mut run, _)) = engine::lock(app, tx, self.0).await? else {
            return Ok(());
        };
        let due = store::prompts::expired_of(tx, self.0).await?;
        let mut changes = Changes::default();
        for prompt in store::prompts::of(tx, self.0).await? {
            if !due.contains(&prompt.id) {
                continue;
            }
            let change = match &prompt.default {
                Some(default) => prompt
                    .close_with(Answer {
                        response: default.clone(),
                        by: PULSE.to_owned(),
                        comment: Some("nobody answered in time".to_owned()),
                    })
                    .ok(),
                None => prompt.expire().ok(),
            };
            if let Some(change) = change {
                let subject = format!("prompt {}", prompt.number);
                let detail = json!({"response": change.response()});
                store::audit::insert(tx, (PULSE, "prompt.expire", &subject), detail);
                // Where there is a default every field has something to fall back on.
                let fields = change
                    .response()
                    .map(|_| fields(&run, &prompt, &Map::new()));
                let fields = fields.and_then(Result::ok).unwrap_or_default();
                fill_in(tx, &prompt, (self.0, &fields));
                close(&mut run, prompt, (change, fields), &mut changes)?;
            }
        }
        engine::advance(tx, &mut run, &mut Fleet::default(), &mut changes).await?;
        engine::finish(app, tx, (vec![run], changes));
        Ok(())
    }

    fn store_error(error: &EngineError) -> Option<&StoreError> {
        error.store()
    }
}

/// The executions with a prompt that nobody answered in time.
pub(crate) async fn expired(app: &App) -> Result<Vec<ExecutionId>, StoreError> {
    store::prompts::expired(&mut app.store().read().await?).await
}

/// One prompt.
pub(crate) async fn get(
    app: &App,
    name: Name,
    reach: &Reach,
) -> Result<Option<PromptView>, StoreError> {
    let view = store::prompts::view(&mut app.store().read().await?, name, reach).await?;
    Ok(view.map(serde_json::from_value).transpose()?)
}

/// Prompts, oldest first.
pub(crate) async fn list(
    app: &App,
    status: Option<PromptStatus>,
    whose: (Option<String>, &Reach),
    page: (i64, i64),
) -> Result<Vec<PromptView>, StoreError> {
    let mut tx = app.store().read().await?;
    let views = store::prompts::list(&mut tx, status, whose, page).await?;
    views
        .into_iter()
        .map(|view| Ok(serde_json::from_value(view)?))
        .collect()
}
