//! `notify`: the channels that people are told things by.

mod apply;
mod change;
mod show;

use clap::Subcommand;
use pulse_api::{http::notifications::ChannelView, status::NotificationEvent};

use crate::{
    app::App,
    error::{Exit, Failure},
    ui::{Cell, Column, Row},
};

/// Tell people what happens: in Slack, in Discord, by a webhook, by mail, or in ways of your own
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Notify {
    #[command(visible_alias = "list")]
    Ls(show::Ls),
    Show(show::Show),
    Apply(apply::Apply),
    Test(change::Test),
    Rm(change::Remove),
}

impl Notify {
    pub(crate) async fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app).await,
            Self::Show(command) => command.run(app).await,
            Self::Apply(command) => command.run(app).await,
            Self::Test(command) => command.run(app).await,
            Self::Rm(command) => command.run(app).await,
        }
    }
}

impl Row for ChannelView {
    const KIND: &'static str = "channel";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("NAME", |channel, _| Cell::new(&channel.name)),
            Column::new("KIND", |channel, _| Cell::new(channel.kind.as_str())),
            Column::new("ON", |channel, _| Cell::new(on(channel))),
            Column::new("WORKFLOWS", |channel, _| Cell::new(workflows(channel))),
            Column::new("MONITORS", |channel, _| Cell::new(monitors(channel))),
            Column::new("WAITING", |channel, _| {
                Cell::new(channel.waiting.to_string())
            }),
            Column::new("FAILED", |channel, _| Cell::new(channel.failed.to_string())),
            Column::new("LAST", |channel, times| {
                Cell::maybe(channel.last.as_ref().map(|last| {
                    let at = times.show(last.at);
                    match &last.error {
                        Some(error) => format!("{} {at}: {error}", last.status),
                        None => format!("{} {at}", last.status),
                    }
                }))
            }),
            Column::wide("BY", |channel, _| Cell::new(&channel.updated_by)),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

/// What a channel is told of by itself.
fn on(channel: &ChannelView) -> String {
    let events = channel.spec.on.iter().map(|event| event.as_str());
    let events: Vec<&str> = events.collect();
    if events.is_empty() {
        "steps only".to_owned()
    } else {
        events.join(", ")
    }
}

/// The workflows whose executions it is told of.
fn workflows(channel: &ChannelView) -> String {
    named(channel, &channel.spec.workflows, |event| {
        !is_of_monitors(event)
    })
}

/// The monitors that it is told of.
fn monitors(channel: &ChannelView) -> String {
    named(channel, &channel.spec.monitors, is_of_monitors)
}

fn is_of_monitors(event: NotificationEvent) -> bool {
    event.as_str().starts_with("monitor_")
}

/// These names; all without any, and none where it wants to know nothing of the kind.
fn named(
    channel: &ChannelView,
    names: &[String],
    is_wanted: impl Fn(NotificationEvent) -> bool,
) -> String {
    match names {
        [] if channel.spec.on.iter().any(|event| is_wanted(*event)) => "all".to_owned(),
        [] => "-".to_owned(),
        names => names.join(", "),
    }
}
