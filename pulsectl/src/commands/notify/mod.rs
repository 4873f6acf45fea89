//! `notify`: the channels that people are told things by.

mod apply;
mod change;
mod show;

use clap::Subcommand;
use pulse_api::http::notifications::ChannelView;

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

fn workflows(channel: &ChannelView) -> String {
    match channel.spec.workflows.as_slice() {
        [] => "all".to_owned(),
        names => names.join(", "),
    }
}
