//! `notify apply`.

use clap::Args;
use pulse_api::http::notifications::{ChannelSpec, ChannelView};
use serde::Deserialize as _;

use crate::{
    app::App,
    client::{Call, segment},
    commands::workflow::read_text,
    error::{Exit, Failure},
};

/// Have channels be as files say, whether they are there or not
///
/// A file has one or more documents with `name`, one of `slack`, `discord`, `webhook`, `email` and `start`, and as
/// needed `on` (completed, failed, cancelled, timed_out, prompt) and `workflows`. What is secret stands there by the
/// name of a secret: `pulsectl secret set` keeps its value.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl notify apply -f channels.yaml

  # In Slack, or with `discord` in Discord
  name: ops
  slack: {url: {secret: SLACK_URL}}
  on: [failed, timed_out, prompt]
  workflows: [deploy]

  # JSON by POST, signed
  name: board
  webhook: {url: https://board.example/pulse, sign_with: {secret: BOARD_KEY}}
  on: [completed, failed]

  # A mail; without `on` for steps of type notify only
  name: team
  email:
    server: mail.example
    user: pulse
    password: {secret: MAIL_PASSWORD}
    from: pulse <pulse@example.com>
    to: [team@example.com]

  # A workflow, which is given what it has inputs for: event, text, execution and more
  name: oncall
  start: {workflow: page-somebody, inputs: {urgency: high}}
  on: [failed]")]
pub(crate) struct Apply {
    /// A file, or - for stdin
    #[arg(short, long = "file", value_name = "FILE", required = true)]
    files: Vec<String>,
}

impl Apply {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let mut specs = Vec::new();
        for file in &self.files {
            specs.extend(read(file)?);
        }
        let client = app.client()?;
        for (name, spec) in specs {
            let path = format!("/notifications/channels/{}", segment(&name));
            let made: ChannelView = client.json(Call::put(&path).json(&spec)?).await?;
            let line = format!("channel/{} applied", made.name);
            app.ui.done(("channel", &made.name), &made, line)?;
        }
        Ok(Exit::OK)
    }
}

fn read(file: &str) -> Result<Vec<(String, ChannelSpec)>, Failure> {
    let text = read_text(file)?;
    let mut specs = Vec::new();
    for document in serde_yaml::Deserializer::from_str(&text) {
        let spec = ChannelSpec::deserialize(document).map_err(|error| {
            Failure::usage(format!("{file} does not hold channels"))
                .because(&error)
                .hint("`pulsectl notify apply --help` has an example of each kind")
        })?;
        let Some(name) = spec.name.clone() else {
            return Err(Failure::usage(format!("a channel in {file} has no name")));
        };
        specs.push((name, spec));
    }
    Ok(specs)
}
