//! Monitors, what came of their looks, and their incidents.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode,
    http::{
        Page,
        monitors::{CheckView, IncidentView, MonitorSpec, MonitorTest, MonitorView, UptimeView},
    },
};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, kinds::Whole, pages::Part, parameters},
};
use crate::{
    app::App,
    domain::{
        monitors::{self, Beat, Change, IncidentFilter, LookNow, Order, Put, TryOut},
        perform_once,
        workflows::Existing,
    },
    model::{
        access::User,
        place::{Aged, Count, Monitor as Place},
    },
};

/// Lists monitors by name.
pub(super) async fn list(
    State(app): State<App>,
    Query(part): Query<Part<Place, 100>>,
) -> Result<Json<Page<MonitorView>>, Refusal> {
    let wanted = (part.after.map(|place| place.0), part.limit.and_one());
    let items = monitors::list(&app, wanted).await?;
    Ok(Json(
        part.limit.page(items, |last| Place(last.name.clone())),
    ))
}

/// Shows a monitor.
pub(super) async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
) -> Result<Json<MonitorView>, Refusal> {
    Ok(Json(monitors::get(&app, &name).await?))
}

/// Makes a monitor.
pub(super) async fn create(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(spec): Body<MonitorSpec>,
) -> Result<(StatusCode, Json<MonitorView>), Refusal> {
    let Some(name) = spec.name.clone() else {
        let refusal = Refusal::new(ProblemCode::InvalidBody, "the body has no name");
        return Err(refusal.hint("add `name`, such as \"website\""));
    };
    let put = Put {
        name,
        spec,
        existing: Existing::Refuse,
        by: user.username,
    };
    perform_once(&app, caller.once.as_ref(), &put).await?;
    let view = monitors::get(&app, &put.name).await?;
    Ok((StatusCode::CREATED, Json(view)))
}

/// Has a monitor be like this, whether it is there or not.
pub(super) async fn put(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
    Body(spec): Body<MonitorSpec>,
) -> Result<Json<MonitorView>, Refusal> {
    if spec.name.as_ref().is_some_and(|own| *own != name) {
        return Err(Refusal::new(
            ProblemCode::InvalidBody,
            "the body names another monitor",
        ));
    }
    let put = Put {
        name,
        spec,
        existing: Existing::Update,
        by: user.username,
    };
    perform_once(&app, caller.once.as_ref(), &put).await?;
    Ok(Json(monitors::get(&app, &put.name).await?))
}

/// Removes a monitor; its incidents stay.
pub(super) async fn remove(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<StatusCode, Refusal> {
    change(&app, (caller, user), (&name, Order::Remove)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lets nobody look at a monitor.
pub(super) async fn pause(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<MonitorView>, Refusal> {
    change(&app, (caller, user), (&name, Order::Pause)).await?;
    Ok(Json(monitors::get(&app, &name).await?))
}

/// Lets a paused monitor be looked at again.
pub(super) async fn resume(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<MonitorView>, Refusal> {
    change(&app, (caller, user), (&name, Order::Resume)).await?;
    Ok(Json(monitors::get(&app, &name).await?))
}

async fn change(
    app: &App,
    (caller, user): (Caller, User),
    (name, order): (&str, Order),
) -> Result<(), Refusal> {
    let change = Change {
        name: name.to_owned(),
        order,
        by: user.username,
    };
    Ok(perform_once(app, caller.once.as_ref(), &change).await?)
}

/// Has every region of a monitor look now, and answers with what is known by that.
pub(super) async fn check(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<MonitorView>, Refusal> {
    let wish = LookNow {
        name,
        by: user.username,
    };
    let view = monitors::look_now(&app, caller.once.as_ref(), &wish).await?;
    Ok(Json(view))
}

/// Has a worker look once, and answers with what it saw.
pub(super) async fn test(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Body(test): Body<MonitorTest>,
) -> Result<Json<CheckView>, Refusal> {
    let wish = TryOut {
        test,
        by: user.username,
    };
    let view = monitors::try_out(&app, caller.once.as_ref(), &wish).await?;
    Ok(Json(view))
}

/// Takes a sign of what reports by itself.
pub(super) async fn beat(
    State(app): State<App>,
    caller: Caller,
    Path(name): Path<String>,
) -> Result<StatusCode, Refusal> {
    perform_once(&app, caller.once.as_ref(), &Beat { name }).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Lists looks at a monitor, newest first.
pub(super) async fn checks(
    State(app): State<App>,
    Path(name): Path<String>,
    Query(part): Query<Part<Aged, 100>>,
) -> Result<Json<Page<CheckView>>, Refusal> {
    let wanted = (part.after, part.limit.and_one());
    let items = monitors::checks(&app, &name, wanted).await?;
    let page = part.limit.page(items, |last| last.0);
    Ok(Json(Page {
        items: page.items.into_iter().map(|(_, view)| view).collect(),
        next_cursor: page.next_cursor,
    }))
}

parameters! {
    pub(super) struct IncidentQuery {
        /// Only those that are open, or only the others.
        open: Option<bool>,
        ..part: Part<Count, 100>,
    }
}

/// Lists incidents, newest first.
pub(super) async fn incidents(
    State(app): State<App>,
    Query(query): Query<IncidentQuery>,
) -> Result<Json<Page<IncidentView>>, Refusal> {
    found(&app, None, query).await
}

/// Lists incidents of a monitor, newest first.
pub(super) async fn incidents_of(
    State(app): State<App>,
    Path(name): Path<String>,
    Query(query): Query<IncidentQuery>,
) -> Result<Json<Page<IncidentView>>, Refusal> {
    found(&app, Some(name), query).await
}

async fn found(
    app: &App,
    monitor: Option<String>,
    query: IncidentQuery,
) -> Result<Json<Page<IncidentView>>, Refusal> {
    let filter = IncidentFilter {
        monitor,
        open: query.open,
    };
    let part = query.part;
    let wanted = (part.after.map(|place| place.0), part.limit.and_one());
    let items = monitors::incidents(app, &filter, wanted).await?;
    Ok(Json(part.limit.page(items, |last| Count(last.number))))
}

parameters! {
    pub(super) struct UptimeQuery {
        /// How many seconds until now are looked at; a day without it.
        window_seconds: Option<Whole<60, 2_592_000>>,
    }
}

/// Shows how much of a time a monitor was up.
pub(super) async fn uptime(
    State(app): State<App>,
    Path(name): Path<String>,
    Query(query): Query<UptimeQuery>,
) -> Result<Json<UptimeView>, Refusal> {
    let window = query.window_seconds.map_or(86_400, |seconds| seconds.0);
    Ok(Json(monitors::uptime(&app, (&name, window)).await?))
}
