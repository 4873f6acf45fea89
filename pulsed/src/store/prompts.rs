//! Prompts: questions that executions wait on.

use jiff::Timestamp;
use pulse_api::{ExecutionId, PromptId, http::prompts::PromptAnswer, status::PromptStatus};
use serde_json::Value;
use uuid::Uuid;

use super::{
    StoreError, Tx,
    executions::visible,
    notifications::{called_now, is_reaction},
    sensors::events::heard,
    sql::{row, sql},
    types::{Array, At, BigInt, Bool, Jsonb, Nullable, SqlUuid, Text, Timestamptz, Word, moment},
    writes::{Write, write},
};
use pulse_workflow::NotBy;

use crate::model::execution::Execution;
use crate::model::grant::Reach;
use crate::model::prompt::{Change, NewPrompt, Prompt};
use crate::model::wake::Wake;

row! { OpenedRow {
    has_told: bool = Bool,
    number: i64 = BigInt,
    expires_at: Option<At> = Nullable<Timestamptz>,
} }

/// Opens a prompt of an execution, and tells the channels and documents that want it; gives its number, and when it expires.
pub(crate) async fn open(
    tx: &mut Tx,
    (new, execution): (&NewPrompt, &Execution),
) -> Result<(i64, Option<Timestamp>), StoreError> {
    let timeout = new.timeout_ms.and_then(|ms| i64::try_from(ms).ok());
    let row: Option<OpenedRow> = tx
        .row(
            sql(concat!("with opened as (insert into prompts (id, execution_id, step_path, message, options, default_option, \
                   expires_at, approvals, not_by, fields) \
                 values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 millisecond', $8, $9, $10) \
                 returning number, expires_at), \
                 told as (insert into notifications (channel, event, execution_id, prompt, give_up_at) \
                   select c.name, 'prompt', $2, opened.number, now() + interval '1 day' \
                   from notification_channels c, opened where 'prompt' = any (c.events) \
                   and (c.workflows is null or ", called_now!("$2", "$11"), " = any (c.workflows)) \
                   and not (c.kind = 'workflow' and $12) returning 1), \
                 heard as (", heard!(("'prompt'", "opened.number"),
                   ("about_execution, about_prompt", "$2::uuid, opened.number"),
                   "opened", "not $12 and (s.workflows is null or ", called_now!("$2", "$11"), " = any (s.workflows))"), ") \
                 select number, expires_at, exists (select 1 from told) or exists (select 1 from heard) as has_told \
                 from opened"))
            .bind::<SqlUuid, _>(new.id.0)
            .bind::<SqlUuid, _>(new.execution.0)
            .bind::<Text, _>(new.step.as_str())
            .bind::<Text, _>(new.message.as_str())
            .bind::<Array<Text>, _>(new.options.clone())
            .bind::<Nullable<Text>, _>(new.default.clone())
            .bind::<Nullable<BigInt>, _>(timeout)
            .bind::<Jsonb, _>(serde_json::to_value(&new.terms.approvals)?)
            .bind::<Nullable<Text>, _>(new.terms.not_by.map(NotBy::as_str))
            .bind::<Jsonb, _>(serde_json::to_value(&new.fields)?)
            .bind::<Nullable<Text>, _>(execution.workflow.clone())
            .bind::<Bool, _>(is_reaction(&execution.started_by)),
        )
        .await?;
    let row = row.ok_or(StoreError::Stale)?;
    if row.has_told {
        tx.wake(Wake::Notifications);
    }
    Ok((row.number, moment(row.expires_at)))
}

row! { PromptRow {
    id: Uuid = SqlUuid,
    number: i64 = BigInt,
    step_path: String = Text,
    message: String = Text,
    options: Vec<String> = Array<Text>,
    default_option: Option<String> = Nullable<Text>,
    status: Word<PromptStatus> = Text,
    response: Option<String> = Nullable<Text>,
    answered_by: Option<String> = Nullable<Text>,
    answered_at: Option<At> = Nullable<Timestamptz>,
    expires_at: Option<At> = Nullable<Timestamptz>,
    terms: Value = Jsonb,
    answers: Value = Jsonb,
} }

impl TryFrom<PromptRow> for Prompt {
    type Error = StoreError;

    fn try_from(row: PromptRow) -> Result<Self, StoreError> {
        Ok(Self {
            terms: serde_json::from_value(row.terms)?,
            answers: serde_json::from_value(row.answers)?,
            id: PromptId(row.id),
            number: row.number,
            step: row.step_path,
            message: row.message,
            options: row.options,
            default: row.default_option,
            status: row.status.0,
            response: row.response,
            answered_by: row.answered_by,
            answered_at: moment(row.answered_at),
            expires_at: moment(row.expires_at),
        })
    }
}

/// What each person has said to a prompt, in order.
macro_rules! answers {
    () => {
        "coalesce((select jsonb_agg(jsonb_build_object('answered_by', a.answered_by, \
           'response', a.response, 'comment', a.comment, 'values', a.fields, 'answered_at', a.answered_at) \
           order by a.answered_at, a.answered_by) from prompt_answers a where a.prompt_id = p.id), '[]')"
    };
}

/// The prompts of a locked execution, oldest first.
pub(crate) async fn of(tx: &mut Tx, execution: ExecutionId) -> Result<Vec<Prompt>, StoreError> {
    let rows: Vec<PromptRow> = tx
        .rows(
            sql(concat!(
                "select id, number, step_path, message, options, default_option, status, \
                 response, answered_by, answered_at, expires_at, \
                 jsonb_build_object('approvals', approvals, 'not_by', not_by) as terms, ",
                answers!(),
                " as answers from prompts p where execution_id = $1 order by number",
            ))
            .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    rows.into_iter().map(Prompt::try_from).collect()
}

/// Keeps what one of several people has answered; written with the commit.
pub(crate) fn keep(tx: &mut Tx, prompt: PromptId, answer: &PromptAnswer) {
    tx.run_last(
        sql(
            "insert into prompt_answers (prompt_id, answered_by, response, comment, answered_at, fields) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind::<SqlUuid, _>(prompt.0)
        .bind::<Text, _>(answer.answered_by.clone())
        .bind::<Text, _>(answer.response.clone())
        .bind::<Nullable<Text>, _>(answer.comment.clone())
        .bind::<Timestamptz, _>(At::from(answer.answered_at))
        .bind::<Nullable<Jsonb>, _>(answer.values.clone().map(Value::Object)),
    );
}

/// Writes moves of prompts that are still open.
pub(super) fn apply(changes: &[Change]) -> Write<'_> {
    fn each<'a, T>(changes: &'a [Change], part: impl Fn(&'a Change) -> T) -> Vec<T> {
        changes.iter().map(part).collect()
    }
    let statement = sql(
        "update prompts set status = v.new::prompt_status, response = v.response, \
         answered_by = v.answered_by, comment = v.comment, \
         answered_at = case when v.response is null then null else now() end \
         from unnest($1, $2, $3, $4, $5) as v (id, new, response, answered_by, comment) \
         where prompts.id = v.id and prompts.status = 'open' returning 1",
    )
    .bind::<Array<SqlUuid>, _>(each(changes, |c| c.prompt().0))
    .bind::<Array<Text>, _>(each(changes, |c| c.to().as_str()))
    .bind::<Array<Nullable<Text>>, _>(each(changes, Change::response))
    .bind::<Array<Nullable<Text>>, _>(each(changes, Change::by))
    .bind::<Array<Nullable<Text>>, _>(each(changes, Change::comment));
    write("moved_prompts", changes.len(), statement).finding_all()
}

row! { ExecutionIdRow { execution_id: Uuid = SqlUuid } }

/// How a prompt is named by people.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Name {
    Id(PromptId),
    Number(i64),
}

/// The execution that a prompt belongs to.
pub(crate) async fn execution_of(
    tx: &mut Tx,
    name: Name,
) -> Result<Option<ExecutionId>, StoreError> {
    let query = match name {
        Name::Id(id) => {
            sql("select execution_id from prompts where id = $1").bind::<SqlUuid, _>(id.0)
        }
        Name::Number(number) => {
            sql("select execution_id from prompts where number = $1").bind::<BigInt, _>(number)
        }
    };
    let row: Option<ExecutionIdRow> = tx.row(query).await?;
    Ok(row.map(|row| ExecutionId(row.execution_id)))
}

/// The executions with a prompt that nobody answered in time.
pub(crate) async fn expired(tx: &mut Tx) -> Result<Vec<ExecutionId>, StoreError> {
    let rows: Vec<ExecutionIdRow> = tx
        .rows(sql(
            "select distinct execution_id from prompts where status = 'open' \
                   and expires_at <= now() limit 200",
        ))
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| ExecutionId(row.execution_id))
        .collect())
}

row! { PromptIdRow { id: Uuid = SqlUuid } }

/// Which prompts of a locked execution nobody answered in time.
pub(crate) async fn expired_of(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Vec<PromptId>, StoreError> {
    let rows: Vec<PromptIdRow> = tx
        .rows(
            sql("select id from prompts where execution_id = $1 and status = 'open' and expires_at <= now()")
                .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(rows.into_iter().map(|row| PromptId(row.id)).collect())
}

row! { ViewRow { view: Value = Jsonb } }

/// What every view of a prompt selects, as JSON in the shape of `PromptView`.
macro_rules! view {
    ($rest:literal) => {
        concat!(
            "select jsonb_build_object('id', p.id, 'number', p.number, 'execution_id', p.execution_id, \
             'execution_number', e.number, 'workflow', e.workflow_name, 'step', s.path, 'step_name', s.name, \
             'step_index', s.index, 'message', p.message, 'options', p.options, 'status', p.status, \
             'default', p.default_option, 'opened_at', p.opened_at, 'expires_at', p.expires_at, \
             'response', p.response, 'answered_by', p.answered_by, 'answered_at', p.answered_at, \
             'comment', p.comment, 'started_by', e.started_by, 'answerers', w.grants -> 'answer', \
             'delegated_to', p.delegated_to, 'delegated_by', p.delegated_by, 'approvals', p.approvals, \
             'not_by', p.not_by, 'fields', p.fields, 'values', s.fields, 'answers', ",
            answers!(),
            ") as view from prompts p join executions e on e.id = p.execution_id \
             left join workflows w on w.id = e.workflow_id \
             join steps s on s.execution_id = p.execution_id and s.path = p.step_path ",
            $rest
        )
    };
}

/// The prompts of an execution as JSON.
pub(crate) async fn views_of(
    tx: &mut Tx,
    execution: ExecutionId,
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(view!("where p.execution_id = $1 order by p.number"))
                .bind::<SqlUuid, _>(execution.0),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}

/// One prompt as JSON, if it may be seen.
pub(crate) async fn view(
    tx: &mut Tx,
    name: Name,
    reach: &Reach,
) -> Result<Option<Value>, StoreError> {
    let query = match name {
        Name::Id(id) => sql(concat!(view!("where p.id = $1 and "), visible!("$2", "$3")))
            .bind::<SqlUuid, _>(id.0),
        Name::Number(number) => sql(concat!(
            view!("where p.number = $1 and "),
            visible!("$2", "$3")
        ))
        .bind::<BigInt, _>(number),
    };
    let query = query
        .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
        .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone());
    let row: Option<ViewRow> = tx.row(query).await?;
    Ok(row.map(|row| row.view))
}

row! { CountRow { found: i64 = BigInt } }

/// Whether somebody of this name, with a token or through a proxy, has a role that answers.
pub(crate) async fn has_answerer(tx: &mut Tx, username: &str) -> Result<bool, StoreError> {
    let row: Option<CountRow> = tx
        .row(
            sql(
                "select (select count(*) from tokens where username = $1 and revoked_at is null \
                   and expires_at > now() and role in ('approver', 'operator', 'admin')) \
                 + (select count(*) from users where username = $1 and disabled_at is null \
                   and coalesce(fixed_role, role) in ('approver', 'operator', 'admin')) as found",
            )
            .bind::<Text, _>(username),
        )
        .await?;
    Ok(row.is_some_and(|row| row.found > 0))
}

/// Whether an execution was started by somebody of this name.
pub(crate) async fn is_starter(
    tx: &mut Tx,
    execution: ExecutionId,
    username: &str,
) -> Result<bool, StoreError> {
    let row: Option<CountRow> = tx
        .row(
            sql("select count(*) as found from executions where id = $1 and started_by = $2")
                .bind::<SqlUuid, _>(execution.0)
                .bind::<Text, _>(username),
        )
        .await?;
    Ok(row.is_some_and(|row| row.found > 0))
}

/// Notes whom somebody has asked to answer a prompt that is open; `false` where it is not.
pub(crate) async fn delegate(
    tx: &mut Tx,
    id: PromptId,
    (to, by): (&str, &str),
) -> Result<bool, StoreError> {
    let row: Option<PromptIdRow> = tx
        .row(
            sql("update prompts set delegated_to = $2, delegated_by = $3 \
                 where id = $1 and status = 'open' returning id")
            .bind::<SqlUuid, _>(id.0)
            .bind::<Text, _>(to)
            .bind::<Text, _>(by),
        )
        .await?;
    Ok(row.is_some())
}

/// Prompts as JSON, oldest first; those that somebody has started or was asked to answer, where
/// they are named.
pub(crate) async fn list(
    tx: &mut Tx,
    status: Option<PromptStatus>,
    (whose, reach): (Option<String>, &Reach),
    (after, limit): (i64, i64),
) -> Result<Vec<Value>, StoreError> {
    let rows: Vec<ViewRow> = tx
        .rows(
            sql(concat!(
                view!(
                    "where ($1 is null or p.status = $1::prompt_status) \
                     and ($2 is null or e.started_by = $2 or p.delegated_to = $2) and p.number > $3 and "
                ),
                visible!("$5", "$6"),
                " order by p.number limit $4"
            ))
            .bind::<Nullable<Text>, _>(status.map(PromptStatus::as_str))
            .bind::<Nullable<Text>, _>(whose)
            .bind::<BigInt, _>(after)
            .bind::<BigInt, _>(limit)
            .bind::<Nullable<Array<Text>>, _>(reach.groups.clone())
            .bind::<Nullable<Array<Text>>, _>(reach.workflows.clone()),
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.view).collect())
}
