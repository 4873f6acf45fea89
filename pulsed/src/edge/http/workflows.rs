//! Workflows: documents in, documents out.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode,
    http::{
        Page,
        workflows::{
            AppliedWorkflow, CreateWorkflow, PauseWorkflow, PlanView, PlanWorkflow, RenameWorkflow,
            ValidWorkflow, WorkflowVersionView, WorkflowView,
        },
    },
};
use pulse_workflow::Source;

use super::{
    body::{Document, Json as Body, OptionalJson},
    guard::{Actor, Caller},
    headers::{IfMatch, Message},
    problem::{Refusal, invalid_workflow},
    query::{Query, pages::Part},
    text,
};
use crate::{
    app::App,
    domain::{
        WorkflowName,
        once::OnceError,
        perform, perform_once,
        workflows::{self, Apply, ApplyById, Existing, Expected},
    },
    model::{
        access::User,
        grant::Reach,
        place::{Count, Workflow as Place},
        workflow::name_for,
    },
};

fn unknown(name: &str) -> Refusal {
    let shown: String = name.chars().take(80).collect();
    Refusal::not_found("workflow", shown).hint("pulsectl workflow ls shows what there is")
}

/// Lists workflows by name.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(part): Query<Part<Place, 100>>,
) -> Result<Json<Page<WorkflowView>>, Refusal> {
    let after = part.after.map(|place| place.0);
    let wanted = (after, part.limit.and_one());
    let items = workflows::list(&app, &Reach::of(&user), wanted).await?;
    Ok(Json(
        part.limit.page(items, |last| Place(last.name.clone())),
    ))
}

/// Creates a workflow in the third seed's form; its free name becomes one that can be typed.
pub(super) async fn create(
    State(app): State<App>,
    caller: Caller,
    Actor(user): Actor,
    Body(wish): Body<CreateWorkflow>,
) -> Result<(StatusCode, Json<WorkflowView>), Refusal> {
    let reach = Reach::of(&user);
    if let Some(description) = &wish.description {
        text::check("description", description)?;
    }
    let apply = Apply {
        name: name_for(&wish.name).unwrap_or(wish.name),
        document: wish.definition.to_string(),
        description: wish.description,
        expected: Expected::Whatever,
        existing: Existing::Refuse,
        message: None,
        by: user.username,
    };
    let applied = perform_once(&app, caller.once.as_ref(), &apply).await?;
    let view = workflows::get(&app, &WorkflowName::Id(applied.id), &reach).await?;
    let view = view.ok_or_else(|| unknown(&applied.name))?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Checks a document: every fault at once.
pub(super) async fn validate(
    State(app): State<App>,
    Document(text): Document,
) -> Result<Json<ValidWorkflow>, Refusal> {
    let source = Source {
        name: "workflow",
        text: &text,
    };
    let loaded = pulse_workflow::load(&source)
        .map_err(|faults| invalid_workflow(workflows::fault_views(&faults)))?;
    Ok(Json(ValidWorkflow {
        valid: true,
        steps: loaded.workflow.step_rows().len(),
        warnings: workflows::warnings(&app, &loaded).await?,
        name: loaded.workflow.name,
    }))
}

/// Shows a workflow.
pub(super) async fn show(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
) -> Result<Json<WorkflowView>, Refusal> {
    let view = workflows::get(&app, &WorkflowName::meant(&text), &Reach::of(&user)).await?;
    view.map(Json).ok_or_else(|| unknown(&text))
}

/// Makes a document the newest version.
pub(super) async fn apply(
    State(app): State<App>,
    caller: Caller,
    (Path(text), (IfMatch(expected), Message(message))): (Path<String>, (IfMatch, Message)),
    Document(document): Document,
) -> Result<(StatusCode, Json<AppliedWorkflow>), Refusal> {
    let Some(crate::model::access::Principal::User(user)) = caller.principal else {
        return Err(Refusal::new(ProblemCode::Forbidden, "this is for admins"));
    };
    let apply = Apply {
        name: text,
        document,
        description: None,
        expected,
        existing: Existing::Update,
        message,
        by: user.username,
    };
    let once = caller.once.as_ref();
    let applied = match apply.name.parse() {
        Ok(id) => perform_once(&app, once, &ApplyById { id, apply }).await?,
        Err(_) => perform_once(&app, once, &apply).await?,
    };
    let is_new = applied.version == 1 && applied.changed;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, Json(applied)))
}

/// Deletes a workflow; its history stays.
pub(super) async fn delete(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
) -> Result<StatusCode, Refusal> {
    let delete = workflows::Delete {
        name: WorkflowName::meant(&text),
        by: user.username,
    };
    if perform_once(&app, caller.once.as_ref(), &delete).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown(&text))
    }
}

/// Lets nothing of a workflow start.
pub(super) async fn pause(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    OptionalJson(wish): OptionalJson<PauseWorkflow>,
) -> Result<Json<WorkflowView>, Refusal> {
    let pause = workflows::Pause::Paused(text::reason(wish.reason)?);
    set_pause(&app, (caller, user), (&text, pause)).await
}

/// Lets a paused workflow start again.
pub(super) async fn resume(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
) -> Result<Json<WorkflowView>, Refusal> {
    set_pause(&app, (caller, user), (&text, workflows::Pause::Going)).await
}

async fn set_pause(
    app: &App,
    (caller, user): (Caller, User),
    (text, pause): (&str, workflows::Pause),
) -> Result<Json<WorkflowView>, Refusal> {
    let reach = Reach::of(&user);
    let set = workflows::SetPause {
        name: WorkflowName::meant(text),
        pause,
        reach: reach.clone(),
        by: user.username,
    };
    let id = perform_once(app, caller.once.as_ref(), &set).await?;
    // Asked for once more, it is waited for once more: nobody may have been told.
    if let workflows::Pause::Paused(_) = &set.pause {
        perform(app, &workflows::AwaitStarts(id)).await?;
    }
    let view = workflows::get(app, &WorkflowName::Id(id), &reach).await?;
    view.map(Json).ok_or_else(|| unknown(text))
}

/// Gives a workflow another name.
pub(super) async fn rename(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(text): Path<String>,
    Body(wish): Body<RenameWorkflow>,
) -> Result<Json<WorkflowView>, Refusal> {
    let reach = Reach::of(&user);
    let rename = workflows::Rename {
        name: WorkflowName::meant(&text),
        to: wish.name,
        by: user.username,
    };
    let renamed = perform_once(&app, caller.once.as_ref(), &rename).await;
    let id = renamed.map_err(|error| {
        if let OnceError::Verb(workflows::RenameError::Unknown) = error {
            unknown(&text)
        } else {
            error.into()
        }
    })?;
    let view = workflows::get(&app, &WorkflowName::Id(id), &reach).await?;
    view.map(Json).ok_or_else(|| unknown(&text))
}

/// Lists a workflow's versions, newest first.
pub(super) async fn versions(
    State(app): State<App>,
    Actor(user): Actor,
    (Path(text), Query(part)): (Path<String>, Query<Part<Count, 100>>),
) -> Result<Json<Page<WorkflowVersionView>>, Refusal> {
    let before = part.after.map(|place| place.0);
    let wanted = (before, part.limit.and_one());
    let name = WorkflowName::meant(&text);
    let items = workflows::versions(&app, (&name, None), &Reach::of(&user), wanted).await?;
    let items = items.ok_or_else(|| unknown(&text))?;
    Ok(Json(
        part.limit.page(items, |last| Count(last.version.into())),
    ))
}

/// Shows a version with its document.
pub(super) async fn version(
    State(app): State<App>,
    Actor(user): Actor,
    Path((text, version)): Path<(String, String)>,
) -> Result<Json<WorkflowVersionView>, Refusal> {
    let no_version = || Refusal::not_found("version", format!("{version} of {text}"));
    let number: i32 = version.parse().map_err(|_| no_version())?;
    let (wanted, only) = ((&WorkflowName::meant(&text), Some(number)), (None, 1));
    let found = workflows::versions(&app, wanted, &Reach::of(&user), only).await?;
    let found = found.ok_or_else(|| unknown(&text))?;
    found.into_iter().next().map(Json).ok_or_else(no_version)
}

/// Shows what a run would do, nothing started.
pub(super) async fn plan(
    State(app): State<App>,
    Actor(user): Actor,
    Path(text): Path<String>,
    OptionalJson(wish): OptionalJson<PlanWorkflow>,
) -> Result<Json<PlanView>, Refusal> {
    let (name, reach) = (WorkflowName::meant(&text), Reach::of(&user));
    let plan = workflows::plan(&app, (&name, &reach), &wish);
    Ok(Json(plan.await?))
}
