//! Channels, and what came of what they were told.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::{
    ProblemCode,
    http::{
        Page,
        notifications::{ChannelSpec, ChannelView, NotificationView},
    },
    status::NotificationStatus,
};

use super::{
    body::Json as Body,
    guard::{Actor, Caller},
    problem::Refusal,
    query::{Query, kinds::One, pages::Part, parameters},
};
use crate::{
    app::App,
    domain::{
        notifications::{self, Filter, Put, Remove, Test},
        perform_once,
    },
    model::{
        grant::Reach,
        place::{Channel as Place, Count},
    },
};

/// Lists channels by name.
pub(super) async fn channels(
    State(app): State<App>,
    Actor(user): Actor,
    Query(part): Query<Part<Place, 100>>,
) -> Result<Json<Page<ChannelView>>, Refusal> {
    let wanted = (part.after.map(|place| place.0), part.limit.and_one());
    let items = notifications::list(&app, &Reach::of(&user), wanted).await?;
    Ok(Json(
        part.limit.page(items, |last| Place(last.name.clone())),
    ))
}

/// Shows a channel.
pub(super) async fn channel(
    State(app): State<App>,
    Actor(user): Actor,
    Path(name): Path<String>,
) -> Result<Json<ChannelView>, Refusal> {
    let found = notifications::find(&app, (&name, &Reach::of(&user))).await?;
    found.map(Json).ok_or_else(|| unknown(&name))
}

/// Has a channel be like this, whether it is there or not.
pub(super) async fn put(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
    Body(spec): Body<ChannelSpec>,
) -> Result<Json<ChannelView>, Refusal> {
    if spec.name.as_ref().is_some_and(|own| *own != name) {
        return Err(Refusal::new(
            ProblemCode::InvalidBody,
            "the body names another channel",
        ));
    }
    let put = Put {
        name,
        spec,
        by: user.username,
    };
    Ok(Json(perform_once(&app, caller.once.as_ref(), &put).await?))
}

/// Removes a channel.
pub(super) async fn remove(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<StatusCode, Refusal> {
    let remove = Remove {
        name: name.clone(),
        by: user.username,
    };
    if perform_once(&app, caller.once.as_ref(), &remove).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(unknown(&name))
    }
}

/// Tells a channel something now, and answers with what came of it.
pub(super) async fn test(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
) -> Result<Json<NotificationView>, Refusal> {
    let test = Test {
        channel: name,
        by: user.username,
    };
    Ok(Json(
        notifications::test(&app, caller.once.as_ref(), &test).await?,
    ))
}

parameters! {
    pub(super) struct ListQuery {
        /// Only those for this channel.
        channel: Option<String>,
        /// Only those that stand so.
        status: One<NotificationStatus>,
        ..part: Part<Count, 100>,
    }
}

/// Lists what was to be told, newest first.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(query): Query<ListQuery>,
) -> Result<Json<Page<NotificationView>>, Refusal> {
    let filter = Filter {
        channel: query.channel,
        status: query.status.0,
        id: None,
    };
    let wanted = (
        query.part.after.map(|place| place.0),
        query.part.limit.and_one(),
    );
    let items = notifications::told(&app, (&filter, &Reach::of(&user)), wanted).await?;
    Ok(Json(
        query.part.limit.page(items, |last| Count(last.number)),
    ))
}

fn unknown(name: &str) -> Refusal {
    let shown: String = name.chars().take(80).collect();
    Refusal::not_found("channel", shown).hint("pulsectl notify ls shows what there is")
}
