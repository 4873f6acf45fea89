//! `notify ls|show`.

use clap::Args;
use pulse_api::http::notifications::{ChannelView, NotificationView};

use super::{monitors, on, workflows};
use crate::{
    app::App,
    client::{Call, segment},
    commands::references::{self, Noun},
    error::{Exit, Failure},
    ui::{Cell, document, render_table, time_cell},
};

/// How many notifications are shown of a channel.
const SHOWN: usize = 10;

/// List channels, with what waits for each and how the newest try went
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let call = Call::get("/notifications/channels");
        let channels: Vec<ChannelView> = app.client()?.list(call, None).await?;
        app.ui.list(&channels)?;
        Ok(Exit::OK)
    }
}

/// Show a channel, and what came of the newest notifications for it
///
/// With `-o yaml` the field `spec` is what `pulsectl notify apply` takes.
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[arg(value_parser = crate::names::given("channel"))]
    channel: String,
}

impl Show {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let given = (Noun::Channel, self.channel.as_str());
        let channel: ChannelView = references::with(&client, given, async |name| {
            let path = format!("/notifications/channels/{}", segment(name));
            client.get(&path).await
        })
        .await?;
        let call = Call::get("/notifications").query("channel", &channel.name);
        let told: Vec<NotificationView> = client.list(call, Some(SHOWN)).await?;
        app.ui.object(&channel, || describe(app, &channel, &told))?;
        Ok(Exit::OK)
    }
}

fn describe(app: &App, channel: &ChannelView, told: &[NotificationView]) -> String {
    let times = &app.ui.times;
    let mut text = document(&[
        ("Channel", channel.name.clone()),
        ("Kind", channel.kind.to_string()),
        ("Goes to", goes_to(channel)),
        ("On", on(channel)),
        ("Workflows", workflows(channel)),
        ("Monitors", monitors(channel)),
        ("Waiting", channel.waiting.to_string()),
        ("Failed", channel.failed.to_string()),
        ("Made by", channel.created_by.clone()),
        (
            "Changed",
            format!(
                "{} by {}",
                times.show(channel.updated_at),
                channel.updated_by
            ),
        ),
    ]);
    if told.is_empty() {
        return text;
    }
    let rows = told.iter().map(|told| {
        vec![
            time_cell(Some(told.created_at), times),
            Cell::new(about(told)),
            Cell::new(told.status.as_str()),
            Cell::new(told.attempts.to_string()),
            Cell::maybe(told.last_error.as_ref()),
        ]
    });
    text.push('\n');
    text.push_str(&render_table(
        &["at", "what", "status", "tries", "last error"],
        rows.collect(),
        app.ui.paint,
    ));
    text.push('\n');
    text
}

/// Where it goes, as far as that is no secret.
fn goes_to(channel: &ChannelView) -> String {
    let spec = &channel.spec;
    let hook = spec.slack.as_ref().or(spec.discord.as_ref());
    let secret = hook.map(|hook| format!("the secret {}", hook.url.secret));
    let webhook = spec.webhook.as_ref().map(|webhook| webhook.url.to_string());
    let mail = spec
        .email
        .as_ref()
        .map(|email| format!("{} by {}", email.to.join(", "), email.server));
    let start = spec
        .start
        .as_ref()
        .map(|start| format!("starts {}", start.workflow));
    secret.or(webhook).or(mail).or(start).unwrap_or_default()
}

/// `failed #42`, or `step #42 say`.
fn about(told: &NotificationView) -> String {
    let execution = told.execution.map(|number| format!(" #{number}"));
    let step = told.step.as_ref().map(|step| format!(" {step}"));
    let prompt = told.prompt.map(|number| format!(" {number}"));
    let parts = [execution, step, prompt].into_iter().flatten();
    format!("{}{}", told.event, parts.collect::<String>())
}
