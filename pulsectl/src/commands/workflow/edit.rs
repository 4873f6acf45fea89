//! `workflow edit`: a stored document in the editor, and back.

use std::path::Path;

use clap::Args;
use pulse_api::http::workflows::{AppliedWorkflow, WorkflowView};

use super::{apply::header_text, read::newest, validate};
use crate::{
    app::App,
    client::{Call, Client, segment},
    commands::config::{has_editor, open_editor},
    error::{Exit, Failure, Kind},
};

/// Edit a workflow's newest version, and store what came of it
///
/// It is refused when somebody stored another version meanwhile; the edited document is then kept.
#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// Name or id
    #[arg(value_parser = crate::names::given("workflow"))]
    workflow: String,
    /// Note for the history
    #[arg(short, long, value_name = "TEXT")]
    message: Option<String>,
}

impl Edit {
    pub(super) async fn run(self, app: &App) -> Result<Exit, Failure> {
        if !has_editor(app) {
            return Err(Failure::usage("an editor needs a terminal").hint(
                "`pulsectl workflow get NAME` and `pulsectl workflow apply FILE` do without; \
                 PULSECTL_EDITOR names an editor that needs none",
            ));
        }
        let client = app.client()?;
        let stored = newest(&client, &self.workflow).await?;
        let text = stored
            .source
            .clone()
            .unwrap_or_else(|| stored.definition.to_string());
        let file =
            std::env::temp_dir().join(format!("{}-{}.yaml", stored.name, std::process::id()));
        let unusable = |error: std::io::Error| {
            Failure::usage(format!("could not use {}", file.display())).because(&error)
        };
        write_private(&file, &text).map_err(unusable)?;
        open_editor(app, &file)?;
        let edited = std::fs::read_to_string(&file).map_err(unusable)?;
        if edited == text {
            app.ui.say("nothing was changed");
        } else {
            self.put(app, &client, (&stored, edited))
                .await
                .map_err(|failure| kept(failure, &file))?;
        }
        // The copy is of no use to anybody any more.
        let _ = std::fs::remove_file(&file);
        Ok(Exit::OK)
    }

    async fn put(
        &self,
        app: &App,
        client: &Client,
        (stored, text): (&WorkflowView, String),
    ) -> Result<(), Failure> {
        validate::refuse_faults(&stored.name, &text)?;
        let mut call = Call::put(&format!("/workflows/{}", segment(&stored.name)))
            .body("application/yaml", text.into_bytes())
            .header("If-Match", stored.version.to_string());
        if let Some(message) = &self.message {
            call = call.header("X-Pulse-Message", header_text(message));
        }
        let applied: AppliedWorkflow = client.json(call).await.map_err(|failure| {
            if failure.kind != Kind::Conflict {
                return failure;
            }
            failure.hint(format!(
                "`pulsectl workflow history {}` shows who changed it",
                stored.name
            ))
        })?;
        let line = format!(
            "workflow/{} updated (version {})",
            applied.name, applied.version
        );
        app.ui.done(("workflow", &applied.name), &applied, line)
    }
}

/// Says where the edited document is left.
fn kept(failure: Failure, file: &Path) -> Failure {
    let place = format!("your document is in {}", file.display());
    match failure.hint.clone() {
        Some(hint) => failure.hint(format!("{hint}; {place}")),
        None => failure.hint(place),
    }
}

/// Only the person who edits may read it, and it replaces nothing.
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _};

    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)?;
    file.write_all(text.as_bytes())
}
