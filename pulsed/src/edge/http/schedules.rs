//! Schedules.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode,
    http::{
        Page,
        schedules::{ScheduleSpec, ScheduleView},
    },
};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, pages::Part},
};
use crate::{
    app::App,
    domain::{
        perform_once,
        schedules::{self, Change, Maker, Order, Put},
        workflows::Existing,
    },
    model::{
        access::{User, Via},
        grant::Reach,
        place::Schedule as Place,
        schedule::Owner,
    },
};

/// Whose rights count when the schedule starts something.
fn maker(user: User) -> Maker {
    let reach = Reach::of(&user);
    let (token, shown) = match user.via {
        Via::Token { id, shown, .. } => (Some(id), Some(shown)),
        Via::Proxy | Via::Console => (None, None),
    };
    Maker {
        owner: Owner {
            name: user.username,
            token,
        },
        shown,
        reach,
    }
}

/// Lists schedules by name.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(part): Query<Part<Place, 100>>,
) -> Result<Json<Page<ScheduleView>>, Refusal> {
    let after = part.after.map(|place| place.0);
    let wanted = (after, part.limit.and_one());
    let items = schedules::list(&app, &Reach::of(&user), wanted).await?;
    Ok(Json(
        part.limit.page(items, |last| Place(last.name.clone())),
    ))
}

/// Shows a schedule.
pub(super) async fn show(
    State(app): State<App>,
    Actor(user): Actor,
    Path(name): Path<String>,
) -> Result<Json<ScheduleView>, Refusal> {
    view(&app, (&name, &Reach::of(&user))).await
}

async fn view(app: &App, named: (&str, &Reach)) -> Result<Json<ScheduleView>, Refusal> {
    Ok(Json(schedules::get(app, named).await?))
}

/// Makes a schedule.
pub(super) async fn create(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(spec): Body<ScheduleSpec>,
) -> Result<(StatusCode, Json<ScheduleView>), Refusal> {
    let put = Put {
        spec,
        existing: Existing::Refuse,
        maker: maker(user),
    };
    let name = perform_once(&app, caller.once.as_ref(), &put).await?;
    let view = view(&app, (&name, &put.maker.reach)).await?;
    Ok((StatusCode::CREATED, view))
}

/// Has a schedule be like this, whether it is there or not.
pub(super) async fn apply(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
    Body(mut spec): Body<ScheduleSpec>,
) -> Result<Json<ScheduleView>, Refusal> {
    if spec.name.get_or_insert_with(|| name.clone()) != &name {
        return Err(Refusal::new(
            ProblemCode::InvalidBody,
            "the body names another schedule",
        ));
    }
    let put = Put {
        spec,
        existing: Existing::Update,
        maker: maker(user),
    };
    let name = perform_once(&app, caller.once.as_ref(), &put).await?;
    view(&app, (&name, &put.maker.reach)).await
}

/// Removes a schedule that a person has made.
pub(super) async fn remove(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<StatusCode, Refusal> {
    change(&app, (caller, user), (&name, Order::Remove)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets a schedule start nothing.
pub(super) async fn pause(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<ScheduleView>, Refusal> {
    let reach = change(&app, (caller, user), (&name, Order::Pause)).await?;
    view(&app, (&name, &reach)).await
}

/// Lets a schedule start again, with the caller's rights.
pub(super) async fn resume(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<ScheduleView>, Refusal> {
    let reach = change(&app, (caller, user), (&name, Order::Resume)).await?;
    view(&app, (&name, &reach)).await
}

/// Starts what a schedule starts, now.
pub(super) async fn trigger(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<ScheduleView>, Refusal> {
    let reach = change(&app, (caller, user), (&name, Order::Trigger)).await?;
    view(&app, (&name, &reach)).await
}

async fn change(
    app: &App,
    (caller, user): (Caller, User),
    (name, order): (&str, Order),
) -> Result<Reach, Refusal> {
    let change = Change {
        name: name.to_owned(),
        order,
        maker: maker(user),
    };
    perform_once(app, caller.once.as_ref(), &change).await?;
    Ok(change.maker.reach)
}
