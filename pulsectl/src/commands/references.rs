//! What people type for an execution, a worker, a workflow, a prompt.

use pulse_api::http::{
    executions::ExecutionSummary, health::UserView, workers::WorkerView, workflows::WorkflowView,
};
use uuid::Uuid;

use crate::{
    client::{Call, Client},
    error::{Failure, Kind},
    names,
};

/// How far back an id's beginning is looked for.
const LOOKED_AT: usize = 200;

/// The path segment for an execution: `42`, `#42`, an id, the beginning of an id, or `@last`.
pub(crate) async fn execution(client: &Client, given: &str) -> Result<String, Failure> {
    let plain = given.strip_prefix('#').unwrap_or(given);
    if plain.parse::<i64>().is_ok() || plain.parse::<Uuid>().is_ok() {
        return Ok(plain.to_owned());
    }
    if plain == "@last" {
        return newest(client).await;
    }
    let is_beginning = plain.len() >= 4 && plain.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    if !is_beginning {
        return Err(Failure::usage(format!("`{given}` names no execution"))
            .hint("give its number, its id, the beginning of its id, or @last"));
    }
    by_beginning(client, plain).await
}

/// The newest execution that the caller started.
async fn newest(client: &Client) -> Result<String, Failure> {
    let user: UserView = client.get("/user").await?;
    let call = Call::get("/executions").query("started_by", &user.username);
    let found: Vec<ExecutionSummary> = client.list(call, Some(1)).await?;
    match found.first() {
        Some(execution) => Ok(execution.id.to_string()),
        None => Err(
            Failure::not_found(format!("{} has started nothing yet", user.username))
                .hint("`pulsectl execution ls` shows the executions of everybody"),
        ),
    }
}

async fn by_beginning(client: &Client, beginning: &str) -> Result<String, Failure> {
    let recent: Vec<ExecutionSummary> = client
        .list(Call::get("/executions"), Some(LOOKED_AT))
        .await?;
    let beginning = beginning.to_lowercase();
    let found: Vec<&ExecutionSummary> = recent
        .iter()
        .filter(|execution| execution.id.to_string().starts_with(&beginning))
        .collect();
    match found.as_slice() {
        [] => Err(Failure::not_found(format!(
            "no recent execution has an id that begins with {beginning}"
        ))),
        [only] => Ok(only.id.to_string()),
        several => {
            let lines = several
                .iter()
                .take(10)
                .map(|one| format!("{}  #{}", one.id, one.number));
            Err(Failure::usage(format!(
                "{} executions begin with {beginning}",
                several.len()
            ))
            .details(lines.collect())
            .hint("give more of the id, or the number"))
        }
    }
}

/// A prompt's number, with or without `#`.
pub(crate) fn prompt(given: &str) -> Result<&str, Failure> {
    let plain = given.strip_prefix('#').unwrap_or(given);
    if plain.parse::<i64>().is_ok() || plain.parse::<Uuid>().is_ok() {
        return Ok(plain);
    }
    Err(Failure::usage(format!("`{given}` names no prompt"))
        .hint("`pulsectl prompt ls` shows their numbers"))
}

/// Adds the command that shows what there is to a "not found".
pub(crate) fn or_list(failure: Failure, list: &str) -> Failure {
    if failure.kind == Kind::NotFound {
        failure.hint(list)
    } else {
        failure
    }
}

/// Where prompts are found.
pub(crate) const PROMPTS: &str = "`pulsectl prompt ls` shows the open prompts";

/// Adds the worker that was probably meant to a "not found".
pub(crate) async fn suggest_worker(client: &Client, given: &str, failure: Failure) -> Failure {
    if failure.kind != Kind::NotFound {
        return failure;
    }
    let known: Vec<WorkerView> = client
        .list(Call::get("/workers"), None)
        .await
        .unwrap_or_default();
    let known = known.iter().map(|worker| worker.name.as_str());
    with_nearest(
        given,
        known,
        failure,
        "`pulsectl worker ls` shows the workers",
    )
}

/// Adds the workflow that was probably meant to a "not found".
pub(crate) async fn suggest_workflow(client: &Client, given: &str, failure: Failure) -> Failure {
    if failure.kind != Kind::NotFound {
        return failure;
    }
    let known: Vec<WorkflowView> = client
        .list(Call::get("/workflows"), None)
        .await
        .unwrap_or_default();
    let known = known.iter().map(|workflow| workflow.name.as_str());
    with_nearest(
        given,
        known,
        failure,
        "`pulsectl workflow ls` shows the workflows",
    )
}

fn with_nearest<'a>(
    given: &str,
    known: impl Iterator<Item = &'a str>,
    failure: Failure,
    otherwise: &str,
) -> Failure {
    match names::nearest(given, known) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint(otherwise),
    }
}
