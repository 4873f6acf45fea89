//! Sensors, and the door through which deliveries come.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
};
use pulse_api::{
    ProblemCode,
    http::{
        Page,
        sensors::{DeliveryView, HookAnswer, SensorView},
    },
    status::DeliveryResult,
};
use pulse_workflow::Webhook;

use super::{
    body,
    guard::{Actor, Caller, HOOK_LIMIT},
    problem::Refusal,
    query::{Query, pages::Part},
};
use crate::{
    app::App,
    domain::{
        perform, perform_once,
        sensors::{
            self, Order, SetPause,
            deliver::{self, Came, Deliver, Turn},
        },
    },
    model::{
        access::User,
        grant::Reach,
        place::{Count, Schedule as Place},
        sensor::Delivery,
    },
};

/// A delivery: its bytes as they came, which the signature is over, and its headers.
pub(super) struct Delivered(Delivery);

impl<S: Send + Sync> FromRequest<S> for Delivered {
    type Rejection = Refusal;

    async fn from_request(request: Request, _: &S) -> Result<Self, Refusal> {
        check_media(request.headers())?;
        let headers = headers(request.headers());
        let bytes = body::bytes(request, HOOK_LIMIT).await?;
        Ok(Self(Delivery {
            headers,
            body: bytes.into(),
        }))
    }
}

/// Refuses what is neither of the two that a body can be; which of them it is says the body itself.
fn check_media(headers: &HeaderMap) -> Result<(), Refusal> {
    let value = headers.get(header::CONTENT_TYPE);
    let text = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let media = text.split(';').next().unwrap_or("").trim();
    let known = ["application/json", "application/x-www-form-urlencoded"];
    if known.iter().any(|known| media.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    Err(Refusal::new(
        ProblemCode::UnsupportedMediaType,
        "a delivery is application/json, or application/x-www-form-urlencoded that begins with `payload=`",
    ))
}

/// Every header that is text. One that is there twice is both of them, which is no signature.
fn headers(map: &HeaderMap) -> BTreeMap<String, String> {
    let mut headers: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in map {
        let Ok(value) = value.to_str() else { continue };
        headers
            .entry(name.as_str().to_owned())
            .and_modify(|known| {
                known.push_str(", ");
                known.push_str(value);
            })
            .or_insert_with(|| value.to_owned());
    }
    headers
}

/// Takes a delivery to the webhook of a workflow that has no name.
pub(super) async fn deliver(
    State(app): State<App>,
    caller: Caller,
    Path(workflow): Path<String>,
    Delivered(delivery): Delivered,
) -> Result<(StatusCode, Json<HookAnswer>), Refusal> {
    take(&app, caller, (&workflow, Webhook::UNNAMED), delivery).await
}

/// Takes a delivery to a webhook of a workflow.
pub(super) async fn deliver_to(
    State(app): State<App>,
    caller: Caller,
    Path((workflow, name)): Path<(String, String)>,
    Delivered(delivery): Delivered,
) -> Result<(StatusCode, Json<HookAnswer>), Refusal> {
    take(&app, caller, (&workflow, &name), delivery).await
}

async fn take(
    app: &App,
    caller: Caller,
    (workflow, name): (&str, &str),
    delivery: Delivery,
) -> Result<(StatusCode, Json<HookAnswer>), Refusal> {
    let genuine = deliver::admit(app, (workflow, name), delivery).await;
    let genuine = genuine.map_err(|error| caller.door.refuse_delivery(error))?;
    caller.door.share_of_sensor(&genuine.sensor.full_name())?;
    match perform(app, &Deliver(genuine)).await? {
        Came::Started(started, turn) => {
            let answer = HookAnswer {
                result: DeliveryResult::Started,
                detail: None,
                execution_id: Some(started.execution_id),
                execution: Some(started.number),
                repeated: turn == Turn::Repeated,
            };
            Ok((StatusCode::ACCEPTED, Json(answer)))
        }
        Came::Ignored(why) => {
            let answer = HookAnswer {
                result: DeliveryResult::Ignored,
                detail: Some(why),
                execution_id: None,
                execution: None,
                repeated: false,
            };
            Ok((StatusCode::OK, Json(answer)))
        }
        Came::Refused(objection) => Err(objection.into()),
    }
}

/// Lists sensors by name.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(part): Query<Part<Place, 100>>,
) -> Result<Json<Page<SensorView>>, Refusal> {
    let after = part.after.map(|place| place.0);
    let wanted = (after, part.limit.and_one());
    let items = sensors::list(&app, &Reach::of(&user), wanted).await?;
    Ok(Json(
        part.limit.page(items, |last| Place(last.name.clone())),
    ))
}

/// Shows a sensor.
pub(super) async fn show(
    State(app): State<App>,
    Actor(user): Actor,
    Path(name): Path<String>,
) -> Result<Json<SensorView>, Refusal> {
    let view = sensors::get(&app, (&name, &Reach::of(&user))).await?;
    Ok(Json(view))
}

/// Lists what came of the deliveries to a sensor, newest first.
pub(super) async fn deliveries(
    State(app): State<App>,
    Actor(user): Actor,
    Path(name): Path<String>,
    Query(part): Query<Part<Count, 100>>,
) -> Result<Json<Page<DeliveryView>>, Refusal> {
    let before = part.after.map(|place| place.0);
    let wanted = (before, part.limit.and_one());
    let items = sensors::deliveries(&app, (&name, &Reach::of(&user)), wanted).await?;
    Ok(Json(part.limit.page(items, |last| Count(last.id))))
}

/// Lets a sensor start nothing.
pub(super) async fn pause(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<SensorView>, Refusal> {
    change(&app, (caller, user), (&name, Order::Pause)).await
}

/// Lets a sensor start again.
pub(super) async fn resume(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<SensorView>, Refusal> {
    change(&app, (caller, user), (&name, Order::Resume)).await
}

async fn change(
    app: &App,
    (caller, user): (Caller, User),
    (name, order): (&str, Order),
) -> Result<Json<SensorView>, Refusal> {
    let change = SetPause {
        name: name.to_owned(),
        order,
        reach: Reach::of(&user),
        by: user.username,
    };
    perform_once(app, caller.once.as_ref(), &change).await?;
    let view = sensors::get(app, (&change.name, &change.reach)).await?;
    Ok(Json(view))
}
