//! `logout`: forgets stored tokens.

use clap::Args;

use crate::{
    app::App,
    config::Stored,
    error::{Exit, Failure},
    flags::Output,
};

/// Forget the stored token of the context in use
#[derive(Debug, Args)]
pub(crate) struct Logout {
    /// Forget the tokens of all contexts
    #[arg(long)]
    all: bool,
}

impl Logout {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        let mut stored = Stored::open(&app.settings)?;
        let credentials = &mut stored.credentials;
        let forgotten: Vec<String> = if self.all {
            std::mem::take(&mut credentials.contexts)
                .into_keys()
                .collect()
        } else {
            let name = app.settings.context_name()?.map(|name| name.value);
            name.into_iter()
                .filter(|name| credentials.contexts.remove(name).is_some())
                .collect()
        };
        if forgotten.is_empty() {
            if app.ui.is_structured() {
                app.ui
                    .structured(&serde_json::json!({"forgotten": forgotten}))?;
            }
            app.ui.say("no token was stored");
            return Ok(Exit::OK);
        }
        stored.write()?;
        if app.ui.is_structured() {
            app.ui
                .structured(&serde_json::json!({"forgotten": forgotten}))?;
        } else if app.ui.output == Output::Name {
            for name in &forgotten {
                app.ui.data(format!("context/{name}"))?;
            }
        }
        app.ui
            .say(format!("forgot the token of {}", forgotten.join(", ")));
        app.ui
            .say("it is valid until it expires; `pulsectl token revoke ID` ends it at once");
        Ok(Exit::OK)
    }
}
