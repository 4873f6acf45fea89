//! `region enable-multi` and `region disable-multi`.

use clap::Args;
use pulse_api::http::settings::{PatchSettings, SettingsView};
use reqwest::Method;

use crate::{
    app::App,
    client::{Call, Client},
    error::{Exit, Failure},
};

/// Show and choose regions from now on
#[derive(Debug, Args)]
pub(crate) struct Enable {}

/// Show one place for everything again
///
/// Regions stay as they are, and so do the workers in them.
#[derive(Debug, Args)]
pub(crate) struct Disable {}

impl Enable {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        set(app, Wanted(true)).await
    }
}

impl Disable {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        set(app, Wanted(false)).await
    }
}

/// What the switch is set to.
struct Wanted(bool);

async fn set(app: &App, wanted: Wanted) -> Result<Exit, Failure> {
    let change = PatchSettings {
        multi_region_enabled: Some(wanted.0),
    };
    let call = Call::new(Method::PATCH, "/settings").json(&change)?;
    let settings: SettingsView = app.client()?.json(call).await?;
    let now = settings.multi_region_enabled;
    let line = if now {
        "several regions are shown; `pulsectl region create CODE --name NAME` adds one"
    } else {
        "one region is shown; the others and their workers stay as they are"
    };
    if app.ui.quiet {
        app.ui.data(now.to_string())?;
    } else {
        let name = ("setting", "multi_region_enabled");
        app.ui.done(name, &settings, line)?;
    }
    Ok(Exit::OK)
}

/// Whether several regions are shown; a server that does not say so shows one.
pub(crate) async fn is_enabled(client: &Client) -> bool {
    let Ok(response) = client.ask(&Call::get("/settings")).await else {
        return false;
    };
    let settings: Result<SettingsView, Failure> = crate::client::read_json(response).await;
    settings.is_ok_and(|settings| settings.multi_region_enabled)
}
