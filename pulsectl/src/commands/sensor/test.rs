//! `sensor test`: a delivery as the sender would make it, signed and all.

use std::fmt::Write as _;

use clap::Args;
use pulse_api::{
    http::sensors::{DELIVERY_HEADER, EVENT_HEADER, HookAnswer, SIGNATURE_HEADER},
    status::{DeliveryResult, SensorKind},
};
use reqwest::Method;
use ring::hmac;
use uuid::Uuid;

use super::show;
use crate::{
    app::App,
    client::Call,
    clock,
    commands::{secret::Source, workflow::read_text},
    error::{Exit, Failure, Kind},
};

/// Deliver something to a sensor as its sender would, and say what came of it
///
/// It is no rehearsal: what the payload starts is started. Nobody can read the value of a secret back, so
/// it is given here as it was given to the sender.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl sensor test deploy --payload '{\"ref\": \"refs/heads/main\", \"after\": \"4f2a91c\"}'
  pulsectl sensor test deploy.push --payload @push.json --from-file hook.secret")]
pub(crate) struct Test {
    /// WORKFLOW.NAME; WORKFLOW alone for the one that has no name
    #[arg(value_parser = crate::names::given("sensor"))]
    sensor: String,
    /// JSON, or @FILE, or @- for stdin
    #[arg(long, value_name = "JSON|@FILE", default_value = "{}")]
    payload: String,
    /// What is said to have happened
    #[arg(long, value_name = "EVENT", default_value = "push")]
    event: String,
    #[command(flatten)]
    source: Source,
}

impl Test {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let sensor = show::find(&client, &self.sensor).await?;
        let Some(path) = &sensor.path else {
            let why = format!("sensor {} waits for events of pulse itself", sensor.name);
            let hint =
                "nobody delivers these: have one happen, then look at `pulsectl sensor events`";
            return Err(Failure::new(Kind::Usage, why).hint(hint));
        };
        let payload = match self.payload.strip_prefix('@') {
            Some(file) => read_text(file)?,
            None => self.payload.clone(),
        };
        let name = sensor.secrets.first().map_or("the secret", String::as_str);
        let secret = self.source.read(app, name).await?;
        let call = self.call((sensor.kind, path), (secret.expose(), payload));
        let answer: HookAnswer = client.json(call).await?;
        let what = match (answer.execution, answer.detail.as_deref()) {
            (Some(number), _) if answer.repeated => {
                format!("had started #{number} for the same payload before")
            }
            (Some(number), _) => format!("started #{number}"),
            (None, why) => format!("{}: {}", answer.result, why.unwrap_or_default()),
        };
        let line = format!("sensor/{} {what}", sensor.name);
        app.ui.done(("sensor", &sensor.name), &answer, line)?;
        if answer.result == DeliveryResult::Ignored {
            app.ui
                .say("the sender is told the same, and takes it for a success");
        }
        Ok(Exit::OK)
    }

    fn call(&self, (kind, path): (SensorKind, &str), (secret, payload): (&str, String)) -> Call {
        let id = Uuid::new_v4().to_string();
        let call = Call::at(Method::POST, path.to_owned());
        let event = self.event.clone();
        let call = match kind {
            SensorKind::Gitea => call
                .header("X-Gitea-Signature", code(secret, &payload))
                .header("X-Gitea-Event", event)
                .header("X-Gitea-Delivery", id),
            SensorKind::Github => call
                .header(
                    "X-Hub-Signature-256",
                    format!("sha256={}", code(secret, &payload)),
                )
                .header("X-GitHub-Event", event)
                .header("X-GitHub-Delivery", id),
            SensorKind::Gitlab => call
                .header("X-Gitlab-Token", secret)
                .header("X-Gitlab-Event", event)
                .header("X-Gitlab-Event-UUID", id),
            // Such a sensor has no address.
            SensorKind::Event => call,
            SensorKind::Generic => {
                let at = clock::now().as_second();
                let code = code(secret, &format!("{at}.{payload}"));
                call.header(SIGNATURE_HEADER, format!("t={at},v1={code}"))
                    .header(EVENT_HEADER, event)
                    .header(DELIVERY_HEADER, id)
            }
        };
        call.body("application/json", payload.into_bytes())
    }
}

/// The code of a text, as hex digits.
fn code(secret: &str, text: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let code = hmac::sign(&key, text.as_bytes());
    code.as_ref().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
