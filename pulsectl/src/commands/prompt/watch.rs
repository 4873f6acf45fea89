//! `prompt ls --watch`: prompts as they are opened and closed.

use pulse_api::{
    http::{
        events::{Event, EventKind},
        health::UserView,
        prompts::PromptView,
    },
    status::PromptStatus,
};

use super::ls::one;
use crate::{
    app::App,
    client::{Call, Client, Fed, Feed},
    clock,
    commands::events,
    error::{Exit, Failure, Kind},
    flags::Output,
    signals::interruptible,
};

/// Whose prompts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    Everybodys,
    Mine,
}

/// Shows what becomes of prompts from now on, until interrupted.
pub(super) async fn watch(app: &App, client: &Client, whose: Whose) -> Result<Exit, Failure> {
    interruptible(go_on(app, client, whose)).await
}

async fn go_on(app: &App, client: &Client, whose: Whose) -> Result<Exit, Failure> {
    let me = match whose {
        Whose::Mine => Some(client.get::<UserView>("/user").await?.username),
        Whose::Everybodys => None,
    };
    let mut feed = Feed::new(client, Call::get("/events").query("kind", "prompt"));
    loop {
        let fed = tokio::select! {
            biased;
            () = clock::until(client.deadline()) => {
                return Err(Failure::new(Kind::WaitedTooLong, ""));
            }
            fed = feed.next() => fed?,
        };
        match fed {
            Fed::Event(event) => show(app, client, (&event, me.as_deref())).await?,
            Fed::Lost => app.ui.say("the connection is lost; reconnecting …"),
            Fed::Back => app.ui.say("reconnected"),
            Fed::End => return Ok(Exit::OK),
        }
    }
}

async fn show(
    app: &App,
    client: &Client,
    (event, me): (&Event, Option<&str>),
) -> Result<(), Failure> {
    let EventKind::Prompt(entry) = &event.what else {
        return Ok(());
    };
    let needs_view = me.is_some() || app.ui.is_structured();
    let view: Option<PromptView> = if needs_view {
        Some(one(client, &entry.prompt.to_string()).await?)
    } else {
        None
    };
    let is_other = me.zip(view.as_ref()).is_some_and(|(me, view)| {
        view.started_by != me && view.delegated_to.as_deref() != Some(me)
    });
    if is_other {
        return Ok(());
    }
    if let Some(view) = view.filter(|_| app.ui.is_structured()) {
        return app.ui.entry(&view);
    }
    let key = if app.ui.quiet {
        Some(entry.prompt.to_string())
    } else {
        let is_name = app.ui.output == Output::Name;
        is_name.then(|| format!("prompt/{}", entry.prompt))
    };
    if let Some(key) = key {
        let is_open = entry.status == PromptStatus::Open;
        return if is_open { app.ui.data(key) } else { Ok(()) };
    }
    app.ui.data(events::line_of(event, app.ui.paint))
}
