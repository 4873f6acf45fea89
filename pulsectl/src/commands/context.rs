//! `context`: servers by names of one's own.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::habits;
use crate::{
    app::App,
    config::{ConfigFile, Context as Kept, Credentials, Stored, full_path, tidy_url},
    error::{Exit, Failure, Kind},
    flags::Output,
    names,
    ui::{Cell, Column, Row, Tone, document, render_table},
};

/// Switch between servers
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Context {
    #[command(visible_alias = "list")]
    Ls(Ls),
    Use(Use),
    Show(Show),
    Set(Set),
    Rename(Rename),
    #[command(visible_aliases = ["remove", "delete"])]
    Rm(Remove),
}

impl Context {
    pub(crate) fn run(self, app: &App) -> Result<Exit, Failure> {
        match self {
            Self::Ls(command) => command.run(app),
            Self::Use(command) => command.run(app),
            Self::Show(command) => command.run(app),
            Self::Set(command) => command.run(app),
            Self::Rename(command) => command.run(app),
            Self::Rm(command) => command.run(app),
        }
    }
}

#[derive(Debug, Serialize)]
struct Listed {
    name: String,
    url: String,
    current: bool,
}

impl Row for Listed {
    const KIND: &'static str = "context";

    fn columns() -> Vec<Column<Self>> {
        vec![
            Column::new("CURRENT", |context, _| {
                let cell = if context.current {
                    Cell::toned("*", Tone::Good)
                } else {
                    Cell::new("")
                };
                cell.for_programs(context.current.to_string())
            }),
            Column::new("NAME", |context, _| Cell::new(&context.name)),
            Column::new("URL", |context, _| Cell::new(&context.url)),
        ]
    }

    fn key(&self) -> String {
        self.name.clone()
    }
}

/// List contexts
#[derive(Debug, Args)]
pub(crate) struct Ls {}

impl Ls {
    #[expect(clippy::unused_self, reason = "every command runs alike")]
    fn run(self, app: &App) -> Result<Exit, Failure> {
        let current = app.settings.context_name()?.map(|name| name.value);
        let contexts = &app.settings.file()?.contexts;
        let listed: Vec<Listed> = contexts
            .iter()
            .map(|(name, context)| Listed {
                name: name.clone(),
                url: context.url.clone(),
                current: current.as_ref() == Some(name),
            })
            .collect();
        app.ui.list(&listed)?;
        Ok(Exit::OK)
    }
}

/// Make a context the current one
#[derive(Debug, Args)]
pub(crate) struct Use {
    /// Its name
    name: String,
}

impl Use {
    fn run(self, app: &App) -> Result<Exit, Failure> {
        change(app, |file, _| {
            found(file, &self.name)?;
            file.current = Some(self.name.clone());
            Ok((
                self.name.clone(),
                format!("context {} is now in use", self.name),
            ))
        })
    }
}

/// Show the settings in use
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Tell where each value comes from
    #[arg(long)]
    origin: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct Setting {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) origin: String,
}

impl Show {
    fn run(self, app: &App) -> Result<Exit, Failure> {
        let shown = settings(app)?;
        if app.ui.is_structured() {
            app.ui.structured(&serde_json::json!({"settings": shown}))?;
        } else if self.origin {
            let rows = shown.iter().map(|one| {
                vec![
                    Cell::new(one.name),
                    Cell::new(&one.value),
                    Cell::new(&one.origin),
                ]
            });
            app.ui.data(render_table(
                &["setting", "value", "origin"],
                rows.collect(),
                app.ui.paint,
            ))?;
        } else {
            let fields: Vec<(&str, String)> =
                shown.into_iter().map(|one| (one.name, one.value)).collect();
            app.ui.data(document(&fields).trim_end())?;
        }
        Ok(Exit::OK)
    }
}

fn settings(app: &App) -> Result<Vec<Setting>, Failure> {
    let settings = &app.settings;
    let mut shown = Vec::new();
    if let Some(name) = settings.context_name()? {
        shown.push(Setting {
            name: "context",
            value: name.value,
            origin: name.origin,
        });
    }
    let url = settings.url()?;
    let token = settings.token(&url.value)?;
    shown.push(Setting {
        name: "url",
        value: url.value,
        origin: url.origin,
    });
    if let Some(token) = token {
        shown.push(Setting {
            name: "token",
            value: masked(&token.value),
            origin: token.origin,
        });
    }
    if let Some(path) = settings.ca_cert()? {
        shown.push(Setting {
            name: "ca_cert",
            value: path.value.display().to_string(),
            origin: path.origin,
        });
    }
    shown.extend(habits::of(app));
    // Without a home there are no files, and nothing of the above came from one.
    let files = [
        ("config", settings.env.config_path()),
        ("credentials", settings.env.credentials_path()),
    ];
    shown.extend(files.into_iter().filter_map(|(name, path)| {
        Some(Setting {
            name,
            value: path?.display().to_string(),
            origin: "file".to_owned(),
        })
    }));
    Ok(shown)
}

/// The kind and the beginning of the id of a token, and none of its secret.
fn masked(token: &str) -> String {
    match pulse_api::token::parse(token) {
        Some(parts) => format!("pulse_{}_{}_…", parts.kind.as_str(), parts.id.simple()),
        None => "…".to_owned(),
    }
}

/// Make or change a context; the server is the one of --url
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pulsectl context set prod --url https://pulse.example --ca-cert pulse.pem")]
pub(crate) struct Set {
    /// Its name
    name: String,
}

impl Set {
    fn run(self, app: &App) -> Result<Exit, Failure> {
        let global = &app.settings.global;
        change(app, |file, _| {
            check_name(&self.name)?;
            let is_new = !file.contexts.contains_key(&self.name);
            if is_new && global.url.is_none() {
                return Err(Failure::usage("a new context needs an address")
                    .hint("add --url https://pulse.example"));
            }
            let context = file
                .contexts
                .entry(self.name.clone())
                .or_insert_with(Kept::default);
            if let Some(url) = &global.url {
                context.url = tidy_url(url)?;
            }
            if let Some(path) = &global.ca_cert {
                context.ca_cert = Some(full_path(path));
            }
            if file.current.is_none() {
                file.current = Some(self.name.clone());
            }
            let done = if is_new { "made" } else { "changed" };
            Ok((self.name.clone(), format!("context {} {done}", self.name)))
        })
    }
}

/// Give a context another name
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// Its name now
    from: String,
    /// Its new name
    to: String,
}

impl Rename {
    fn run(self, app: &App) -> Result<Exit, Failure> {
        change(app, |file, credentials| {
            found(file, &self.from)?;
            check_name(&self.to)?;
            if file.contexts.contains_key(&self.to) {
                return Err(Failure::new(
                    Kind::Conflict,
                    format!("there is a context {} already", self.to),
                ));
            }
            if let Some(context) = file.contexts.remove(&self.from) {
                file.contexts.insert(self.to.clone(), context);
            }
            if let Some(credential) = credentials.contexts.remove(&self.from) {
                credentials.contexts.insert(self.to.clone(), credential);
            }
            if file.current.as_ref() == Some(&self.from) {
                file.current = Some(self.to.clone());
            }
            let line = format!("context {} is now {}", self.from, self.to);
            Ok((self.to.clone(), line))
        })
    }
}

/// Remove a context and its token
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// Its name
    name: String,
}

impl Remove {
    fn run(self, app: &App) -> Result<Exit, Failure> {
        change(app, |file, credentials| {
            found(file, &self.name)?;
            file.contexts.remove(&self.name);
            credentials.contexts.remove(&self.name);
            let mut line = format!("context {} removed", self.name);
            if file.current.as_ref() == Some(&self.name) {
                file.current = None;
                line.push_str(match file.contexts.len() {
                    0 => "; `pulsectl login URL` makes another",
                    _ => "; it was in use: `pulsectl context use NAME` chooses another",
                });
            }
            Ok((self.name.clone(), line))
        })
    }
}

/// The context that was changed, and what to tell of it.
type Changed = (String, String);

/// Changes both files, and writes only what changed.
fn change(
    app: &App,
    edit: impl FnOnce(&mut ConfigFile, &mut Credentials) -> Result<Changed, Failure>,
) -> Result<Exit, Failure> {
    let mut stored = Stored::open(&app.settings)?;
    let (name, line) = edit(&mut stored.file, &mut stored.credentials)?;
    let file = stored.file.clone();
    stored.write()?;
    if app.ui.is_structured() {
        app.ui.structured(&listed(&file, &name))?;
    } else if app.ui.output == Output::Name {
        app.ui.data(format!("context/{name}"))?;
    }
    app.ui.say(line);
    Ok(Exit::OK)
}

/// A context as a list shows it; of one that is gone, its name.
fn listed(file: &ConfigFile, name: &str) -> Listed {
    let kept = file.contexts.get(name);
    Listed {
        name: name.to_owned(),
        url: kept.map(|kept| kept.url.clone()).unwrap_or_default(),
        current: file.current.as_deref() == Some(name),
    }
}

/// Refuses what no context can be called.
fn check_name(name: &str) -> Result<(), Failure> {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(Failure::usage("a context needs a name of visible letters"));
    }
    Ok(())
}

fn found(file: &ConfigFile, name: &str) -> Result<(), Failure> {
    if file.contexts.contains_key(name) {
        return Ok(());
    }
    let failure = Failure::not_found(format!("no context is named `{name}`"));
    match names::nearest(name, file.contexts.keys().map(String::as_str)) {
        Some(near) => Err(failure.hint(format!("did you mean `{near}`?"))),
        None => Err(failure.hint("`pulsectl context ls` shows them")),
    }
}
