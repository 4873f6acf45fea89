//! Going the way of a channel, with the values of the secrets that it takes.

use pulse_api::{
    SecretText,
    http::notifications::{Address, ChannelSpec, SecretName},
};
use serde_json::Value;

use super::{put::named, start};
use crate::{
    app::App,
    courier::{Parcel, Undelivered, UrlKind},
    domain::secrets::delivery::{self, SecretFault},
    model::notification::{Notice, Way},
    store::{StoreError, Tx},
};

/// The values of the secrets that a way takes, each with its name.
pub(super) type Values = Vec<(String, SecretText)>;

/// The values of the secrets that a way takes.
pub(super) async fn secrets(app: &App, tx: &mut Tx, way: Way<'_>) -> Result<Values, SecretFault> {
    let names = named(way);
    if let Some(name) = names.iter().find(|name| name.contains('\0')) {
        return Err(SecretFault::Unknown(name.replace('\0', "")));
    }
    delivery::values(app, tx, &names).await
}

/// How a channel is reached right now.
pub(super) enum Open {
    /// There is no such channel.
    Nowhere,
    /// Another server may reach it: this one has not the key of its secrets.
    Elsewhere(String),
    /// Nobody reaches it before somebody mends it.
    Broken(String),
    Ready(Box<ChannelSpec>, Values),
}

/// Looks a channel up, with the values of its secrets.
pub(super) async fn open(app: &App, channel: &str) -> Result<Open, StoreError> {
    let mut tx = app.store().read().await?;
    let Some(spec) = crate::store::notifications::channels::find(&mut tx, channel).await? else {
        return Ok(Open::Nowhere);
    };
    let Some(way) = Way::of(&spec) else {
        let why = "a newer version of pulse has made this channel";
        return Ok(Open::Elsewhere(why.to_owned()));
    };
    match secrets(app, &mut tx, way).await {
        Ok(values) => Ok(Open::Ready(Box::new(spec), values)),
        Err(SecretFault::Key(crate::domain::secrets::keys::KeyTrouble::Store(error))) => Err(error),
        Err(fault) if fault.is_of_this_server() => Ok(Open::Elsewhere(fault.to_string())),
        Err(fault) => Ok(Open::Broken(fault.to_string())),
    }
}

/// Has a notification reach its channel.
pub(super) async fn go(
    app: &App,
    (spec, values): (&ChannelSpec, &Values),
    notice: &Notice,
) -> Result<(), Undelivered> {
    let value = |name: &SecretName| {
        let found = values.iter().find(|(own, _)| *own == name.secret);
        found.map(|(_, value)| value)
    };
    let post = async |name: &SecretName, body: Value| {
        let url = value(name).map(SecretText::expose).unwrap_or_default();
        let parcel = Parcel {
            id: notice.id,
            url: url.trim(),
            url_kind: UrlKind::Secret,
            body: body.to_string().into_bytes(),
            sign_with: None,
        };
        app.courier().post(parcel).await
    };
    match Way::of(spec) {
        None => Err(Undelivered::later("the channel has no way")),
        Some(Way::Slack(hook)) => post(&hook.url, notice.for_slack()).await,
        Some(Way::Discord(hook)) => post(&hook.url, notice.for_discord()).await,
        Some(Way::Webhook(webhook)) => {
            let (url, url_kind) = match &webhook.url {
                Address::Plain(url) => (url.as_str(), UrlKind::Shown),
                Address::Secret(name) => {
                    let url = value(name).map(SecretText::expose);
                    (url.unwrap_or_default().trim(), UrlKind::Secret)
                }
            };
            let parcel = Parcel {
                id: notice.id,
                url,
                url_kind,
                body: notice.body().to_string().into_bytes(),
                sign_with: webhook.sign_with.as_ref().and_then(value),
            };
            app.courier().post(parcel).await
        }
        Some(Way::Email(spec)) => {
            let password = spec.password.as_ref().and_then(value);
            app.courier().mail((spec, password), notice).await
        }
        Some(Way::Start(spec)) => start::start(app, spec, notice).await,
    }
}
