//! `config`: the file of contexts itself.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use clap::{Args, Subcommand};

use crate::{
    app::App,
    config::{ConfigFile, put, text_of},
    error::{Exit, Failure},
    signals::left_to,
    ui,
};

/// Find, show and edit the configuration file
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Config {
    Path(Where),
    View(View),
    Edit(Edit),
}

impl Config {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Path(command) => command.run(app),
            Self::View(command) => command.run(app),
            Self::Edit(command) => command.run(app),
        }
    }
}

/// Print the path of the configuration file
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// That of the file with the tokens
    #[arg(long)]
    credentials: bool,
}

impl Where {
    fn run(self, app: &App) -> Result<Exit, Failure> {
        let path = if self.credentials {
            app.settings.credentials_path()?
        } else {
            app.settings.config_path()?
        };
        let path = path.display().to_string();
        if app.ui.is_structured() {
            app.ui.structured(&serde_json::json!({"path": path}))?;
        } else {
            app.ui.data(path)?;
        }
        Ok(Exit::OK)
    }
}

/// Print the configuration file; it holds no secrets
#[derive(Debug, Args)]
pub(crate) struct View {}

impl View {
    #[expect(clippy::unused_self, reason = "every command runs alike")]
    fn run(self, app: &App) -> Result<Exit, Failure> {
        let file = app.settings.file()?;
        if app.ui.is_structured() {
            app.ui.structured(file)?;
        } else {
            app.ui.text(&ui::sanitize::lines(&ui::yaml(file)?))?;
        }
        Ok(Exit::OK)
    }
}

/// Edit the configuration file, and keep the old one unless the new one can be read
#[derive(Debug, Args)]
pub(crate) struct Edit {}

impl Edit {
    #[expect(clippy::unused_self, reason = "every command runs alike")]
    fn run(self, app: &App) -> Result<Exit, Failure> {
        let path = app.settings.config_path()?;
        if !has_editor(app) {
            return Err(Failure::usage("an editor needs a terminal").hint(format!(
                "change {} by other means, or use `pulsectl context set`",
                path.display()
            )));
        }
        let text = text_of(&path)?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| unusable(folder, &error))?;
        }
        let draft = draft(&path, &text)?;
        open_editor(app, &draft)?;
        let edited = std::fs::read_to_string(&draft).map_err(|error| unusable(&draft, &error))?;
        if edited == text {
            // The draft is no use to anybody.
            let _ = std::fs::remove_file(&draft);
            app.ui.say("nothing was changed");
            return Ok(Exit::OK);
        }
        let kept =
            |failure: Failure| failure.hint(format!("your changes are in {}", draft.display()));
        ConfigFile::read(&draft).map_err(kept)?;
        put(&path, (&text, &edited)).map_err(kept)?;
        // Its text is where it belongs.
        let _ = std::fs::remove_file(&draft);
        app.ui.say(format!("{} changed", path.display()));
        Ok(Exit::OK)
    }
}

/// A copy to edit, under a name that no earlier one has: one that was refused is somebody's work.
fn draft(path: &Path, text: &str) -> Result<PathBuf, Failure> {
    use std::io::{ErrorKind, Write as _};

    let mut number = 1;
    loop {
        let draft = match number {
            1 => path.with_extension("draft.yaml"),
            number => path.with_extension(format!("draft-{number}.yaml")),
        };
        match std::fs::File::create_new(&draft) {
            Ok(mut file) => {
                let written = file.write_all(text.as_bytes());
                return written
                    .map(|()| draft.clone())
                    .map_err(|error| unusable(&draft, &error));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(unusable(&draft, &error)),
        }
    }
}

fn unusable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(format!("could not use {}", path.display())).because(error)
}

/// Whether there is an editor to run: one that was named for pulsectl says itself what it needs.
pub(super) fn has_editor(app: &App) -> bool {
    app.ui.interactive || app.settings.env.get("PULSECTL_EDITOR").is_some()
}

/// Runs the editor of the environment until it is closed.
pub(super) fn open_editor(app: &App, file: &PathBuf) -> Result<(), Failure> {
    let env = &app.settings.env;
    let editor = ["PULSECTL_EDITOR", "VISUAL", "EDITOR"]
        .into_iter()
        .find_map(|name| env.get(name))
        .unwrap_or("vi");
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let status = left_to(|| Command::new(program).args(words).arg(file).status())?;
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => {
            Err(Failure::general(format!("{program} ended with {status}"))
                .hint("nothing was changed"))
        }
        Err(error) => Err(Failure::usage(format!("could not start {program}"))
            .because(&error)
            .hint("set PULSECTL_EDITOR, VISUAL or EDITOR to your editor")),
    }
}
