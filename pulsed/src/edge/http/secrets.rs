//! Secrets: values go in, and never come out.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use pulse_api::http::{
    Page,
    secrets::{PutSecret, SecretUseView, SecretVersionView, SecretView},
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
        secrets::{self, Missing, Put, Remove},
    },
    model::{
        grant::Reach,
        place::{Count, Secret as Place, Use},
    },
};

/// Lists secrets by name.
pub(super) async fn list(
    State(app): State<App>,
    Actor(user): Actor,
    Query(part): Query<Part<Place, 100>>,
) -> Result<Json<Page<SecretView>>, Refusal> {
    let wanted = (part.after.map(|place| place.0), part.limit.and_one());
    let items = secrets::list(&app, &Reach::of(&user), wanted).await?;
    Ok(Json(
        part.limit.page(items, |last| Place(last.name.clone())),
    ))
}

/// Shows a secret, without its value.
pub(super) async fn show(
    State(app): State<App>,
    Actor(user): Actor,
    Path(name): Path<String>,
) -> Result<Json<SecretView>, Refusal> {
    let found = secrets::find(&app, (&name, &Reach::of(&user))).await?;
    found.map(Json).ok_or_else(|| unknown(&name))
}

/// Sets a secret's value, and what may use it.
pub(super) async fn put(
    State(app): State<App>,
    (caller, Actor(user)): (Caller, Actor),
    Path(name): Path<String>,
    Body(wish): Body<PutSecret>,
) -> Result<Json<SecretView>, Refusal> {
    let put = Put {
        name,
        value: wish.value,
        workflows: wish.workflows,
        regions: wish.regions,
        missing: if wish.must_exist {
            Missing::Refuse
        } else {
            Missing::Make
        },
        by: user.username,
    };
    Ok(Json(perform_once(&app, caller.once.as_ref(), &put).await?))
}

/// Removes a secret.
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

/// Shows who has set a secret and when, newest first.
pub(super) async fn versions(
    State(app): State<App>,
    Path(name): Path<String>,
    Query(part): Query<Part<Count, 100>>,
) -> Result<Json<Page<SecretVersionView>>, Refusal> {
    let wanted = (part.after.map(|place| place.0), part.limit.and_one());
    let items = secrets::versions(&app, &name, wanted).await?;
    let items = items.ok_or_else(|| unknown(&name))?;
    Ok(Json(
        part.limit.page(items, |last| Count(last.version.into())),
    ))
}

/// Lists the workflows and channels that use a secret.
pub(super) async fn uses(
    State(app): State<App>,
    Actor(user): Actor,
    Path(name): Path<String>,
    Query(part): Query<Part<Use, 100>>,
) -> Result<Json<Page<SecretUseView>>, Refusal> {
    let wanted = (
        part.after.map(|place| place.to_string()),
        part.limit.and_one(),
    );
    let items = secrets::uses(&app, (&name, &Reach::of(&user)), wanted).await?;
    let items = items.ok_or_else(|| unknown(&name))?;
    Ok(Json(
        part.limit
            .page(items, |last| Use(last.kind, last.name.clone())),
    ))
}

fn unknown(name: &str) -> Refusal {
    let shown: String = name.chars().take(80).collect();
    Refusal::not_found("secret", shown).hint("pulsectl secret ls shows what there is")
}
