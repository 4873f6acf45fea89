//! `prompt delegate`: asking somebody to answer.

use clap::Args;
use pulse_api::http::prompts::{DelegatePrompt, PromptView};

use crate::{
    app::App,
    client::Call,
    commands::references,
    error::{Exit, Failure},
};

/// Ask somebody to answer a prompt
///
/// It is among theirs from then on (`prompt ls --mine`). It gives them no right that they do not have,
/// and whoever else may answer still may.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl prompt delegate 7 maria")]
pub(crate) struct Delegate {
    /// Its number, id, or the beginning of its id
    #[arg(value_parser = crate::names::given("prompt"))]
    prompt: String,
    /// The user, as `whoami` shows it to them
    user: String,
}

impl Delegate {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        let client = app.client()?;
        let number = references::prompt(&client, &self.prompt).await?;
        let body = DelegatePrompt {
            to: self.user.clone(),
        };
        let call = Call::post(&format!("/prompts/{number}/delegate")).json(&body)?;
        let prompt: PromptView = client
            .json(call)
            .await
            .map_err(|failure| references::or_list(failure, references::PROMPTS))?;
        let key = prompt.number.to_string();
        let line = format!("prompt/{key} delegated to {}", self.user);
        app.ui.changed(&prompt, line)?;
        Ok(Exit::OK)
    }
}
